"""Interest and dividends between two days."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.accrual import accrual, days_between, year_fraction
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.ledger.terms import AccrualMethod, DayCount

BOND = DayCount.THIRTY_360
ACTUAL = DayCount.ACTUAL_365F
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("start", "end", "counted"),
    [
        (date(2023, 1, 31), date(2024, 1, 31), 360),
        (date(2023, 5, 15), date(2023, 7, 31), 76),  # the 31st is kept
        (date(2023, 5, 30), date(2023, 7, 31), 60),  # and is the 30th after a 30th
        (date(2023, 5, 31), date(2023, 6, 30), 30),
        (date(2023, 2, 28), date(2023, 3, 31), 33),  # the end of February is no 30th
        (date(2024, 2, 29), date(2024, 3, 1), 2),
    ],
)
def test_days_of_the_bond_basis(start: date, end: date, counted: int) -> None:
    assert days_between(BOND, start, end) == counted


def test_a_leap_year_has_366_days_of_365() -> None:
    assert year_fraction(ACTUAL, date(2024, 1, 1), date(2025, 1, 1)) == Fraction(366, 365)
    assert year_fraction(DayCount.ACTUAL_360, date(2001, 6, 25), date(2001, 8, 15)) == Fraction(51, 360)


def test_paid_in_kind_raises_the_principal_and_owes_nothing_beside_it() -> None:
    year = date(2025, 3, 1), date(2026, 3, 1)
    note = accrual(600_000, Fraction("0.10"), AccrualMethod.PIK, ACTUAL, *year, periods_per_year=2)
    assert [note.accrued_interest, note.principal_outstanding, note.claim] == [0, 661_500, 661_500]
    same = accrual(600_000, Fraction("0.10"), AccrualMethod.COMPOUND, ACTUAL, *year, periods_per_year=2)
    assert [same.accrued_interest, same.principal_outstanding, same.claim] == [61_500, 600_000, 661_500]


def test_a_broken_period_needs_a_rule() -> None:
    terms = (1000, Fraction("0.12"), AccrualMethod.COMPOUND, BOND, date(2025, 1, 1), date(2025, 2, 16))
    with pytest.raises(CalculationRefused) as refused:
        accrual(*terms, periods_per_year=12)
    assert refused.value.code == "partial_compounding_period"
    with_rule = accrual(*terms, periods_per_year=12, simple_stub=True)
    assert with_rule.accrued_interest == 1010 * (1 + Fraction("0.01") / 2) - 1000
    in_kind = accrual(1000, terms[1], AccrualMethod.PIK, *terms[3:], periods_per_year=12, simple_stub=True)
    assert [in_kind.principal_outstanding, in_kind.accrued_interest] == [1010, Fraction("5.05")]


def test_no_day_no_interest() -> None:
    day = date(2025, 1, 31)
    for method in AccrualMethod:
        note = accrual(1000, Fraction("0.12"), method, BOND, day, day, periods_per_year=12)
        assert note.claim == 1000


@pytest.mark.parametrize(
    ("rate", "periods", "end"), [("0.1", None, 2026), ("0.1", 0, 2026), ("-3", 2, 2026), ("0.1", 2, 2024)]
)
def test_what_cannot_accrue_is_refused(rate: str, periods: int | None, end: int) -> None:
    year = date(2025, 1, 1), date(end, 1, 1)
    with pytest.raises(CalculationRefused) as refused:
        accrual(1000, Fraction(rate), AccrualMethod.COMPOUND, ACTUAL, *year, periods_per_year=periods)
    assert refused.value.code == "bad_input"


@settings(max_examples=60, deadline=None)
@given(days, st.integers(0, 4000), st.integers(0, 4000))
def test_simple_interest_of_two_stretches_adds_up(start: date, first: int, second: int) -> None:
    def interest(begin: date, end: date) -> Fraction:
        return accrual(900, Fraction("0.07"), AccrualMethod.SIMPLE, ACTUAL, begin, end).accrued_interest

    middle = start + timedelta(first)
    end = middle + timedelta(second)
    assert interest(start, middle) + interest(middle, end) == interest(start, end)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.integers(0, 30))
def test_compounding_is_simple_interest_on_what_stands_period_by_period(
    periods_per_year: int, years: int
) -> None:
    start, rate = date(2000, 1, 15), Fraction("0.08")
    owed = Fraction(1000)
    for _ in range(periods_per_year * years):
        owed += owed * rate / periods_per_year
    note = accrual(
        1000,
        rate,
        AccrualMethod.COMPOUND,
        BOND,
        start,
        date(2000 + years, 1, 15),
        periods_per_year=periods_per_year,
    )
    assert note.claim == owed


@settings(max_examples=60, deadline=None)
@given(days, days)
def test_the_bond_basis_stays_within_the_calendar(one: date, other: date) -> None:
    start, end = sorted((one, other))
    calendar = (end - start).days
    assert abs(days_between(BOND, start, end) - Fraction(calendar * 360, Fraction("365.25"))) <= 5
