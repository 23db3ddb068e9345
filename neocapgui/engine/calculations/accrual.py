"""What interest or dividends have grown to between two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from neocapgui.engine.calculations.demands import not_negative, positive, written
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact
from neocapgui.ledger.terms import AccrualMethod, DayCount

_MOST_BITS = 1_000_000  # of the growth as a fraction; daily compounding at 7 % takes 300,000 in 40 years


def days_between(day_count: DayCount, start: date, end: date) -> int:
    """Return the days that count from the start, included, to the end, not included.

    Source: ISDA 2006 Definitions, section 4.16; 30/360 is the bond basis of paragraph (f).

    >>> days_between(DayCount.THIRTY_360, date(2023, 5, 15), date(2023, 7, 31))  # the 31st is kept
    76
    """
    if end < start:
        raise CalculationRefused("bad_input", f"Interest cannot run from {start} back to {end}.")
    if day_count is not DayCount.THIRTY_360:
        return (end - start).days
    first = min(start.day, 30)
    last = 30 if end.day == 31 and first == 30 else end.day
    return 360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first


def year_fraction(day_count: DayCount, start: date, end: date) -> Fraction:
    """Return the days as a part of a year of 365 days, leap years too, or of 360.

    >>> year_fraction(DayCount.ACTUAL_360, date(2001, 6, 25), date(2001, 8, 15))
    Fraction(17, 120)
    """
    year = 365 if day_count is DayCount.ACTUAL_365F else 360
    return Fraction(days_between(day_count, start, end), year)


@dataclass(frozen=True, slots=True)
class Accrued:
    """What is owed on a principal; nothing is rounded."""

    days: int
    year_fraction: Fraction
    periods: Fraction | None  # compounding periods; None for simple interest
    accrued_interest: Fraction
    principal_outstanding: Fraction  # with the interest paid in kind
    claim: Fraction  # the two together


def accrual(
    principal: Exact,
    annual_rate: Exact,
    method: AccrualMethod,
    day_count: DayCount,
    start: date,
    end: date,
    *,
    periods_per_year: int | None = None,
    simple_stub: bool = False,
) -> Accrued:
    """Return the interest or dividends from the start, included, to the end, not included.

    Simple: principal x rate x year fraction. Compound: principal x ((1 + rate / m)^n - 1) with m periods
    a year and n = m x year fraction, which must be whole. Paid in kind (`pik`): the same, added to the
    principal. With `simple_stub` the rest of a broken last period accrues simple on what stands then,
    beside the principal. Refuses `partial_compounding_period` where n is not whole and there is no
    such rule; `bad_input`: an end before the start, no periods, a rate that takes all; `too_many_periods`
    where the exact growth has more digits than can be had.

    Source: ISDA 2006 Definitions, section 4.16; seed-stage note form (simple, actual/365).

    >>> year = date(2026, 1, 1), date(2027, 1, 1)
    >>> note = accrual(500_000, Fraction("0.06"), AccrualMethod.SIMPLE, DayCount.ACTUAL_365F, *year)
    >>> int(note.accrued_interest), int(note.claim)
    (30000, 530000)
    """
    lent, rate = not_negative("principal", principal), Fraction(annual_rate)
    days, years = days_between(day_count, start, end), year_fraction(day_count, start, end)
    if method is AccrualMethod.SIMPLE:
        interest = lent * rate * years
        return Accrued(days, years, None, interest, lent, lent + interest)
    if periods_per_year is None:
        raise CalculationRefused("bad_input", "Compound interest needs its periods per year.")
    per_period = rate / positive("number of periods per year", periods_per_year)
    growth = positive("growth of a period", 1 + per_period)
    periods = periods_per_year * years
    whole = periods.numerator // periods.denominator
    if periods != whole and not simple_stub:
        raise CalculationRefused(
            "partial_compounding_period",
            f"{days} days are {written(periods)} compounding periods, with no rule for a broken one.",
        )
    if whole * max(growth.numerator.bit_length(), growth.denominator.bit_length()) > _MOST_BITS:
        raise CalculationRefused(
            "too_many_periods", f"{whole:,} compounding periods are more than can be calculated exactly."
        )
    grown = lent * growth**whole
    stub = grown * per_period * (periods - whole)
    if method is AccrualMethod.PIK:
        return Accrued(days, years, periods, stub, grown, grown + stub)
    return Accrued(days, years, periods, grown - lent + stub, lent, grown + stub)
