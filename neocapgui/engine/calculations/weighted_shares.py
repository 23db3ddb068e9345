"""How many shares were outstanding on average over a reporting period, restated for splits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact


class Basis(StrEnum):
    """What the time in a weighted average is counted in."""

    DAYS = "days"  # both end days of the period count
    MONTHS = "months"  # an event counts from the first of its month


@dataclass(frozen=True, slots=True)
class Issue:
    """Shares that come into circulation; they count from this day on."""

    date: date
    shares: Exact


@dataclass(frozen=True, slots=True)
class Repurchase:
    """Shares that leave circulation; they count until the day before."""

    date: date
    shares: Exact


@dataclass(frozen=True, slots=True)
class Split:
    """Each `old` shares become `new` ones; a stock dividend or bonus issue is one too."""

    date: date
    new: Exact
    old: Exact


@dataclass(frozen=True, slots=True)
class BonusFactor:
    """The bonus element of an issue below value: earlier counts are restated, that of the day is not."""

    date: date
    new: Exact
    old: Exact


Event = Issue | Repurchase | Split | BonusFactor


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the period during which the count stood still."""

    shares: Exact  # as they were counted then
    length: Exact  # in days or months
    factor: Exact = 1  # of all later splits and bonus elements
    since: date | None = None  # first day, where known

    @property
    def restated(self) -> Fraction:
        """Return the shares in terms of the shares after the last split."""
        return Fraction(self.shares) * Fraction(self.factor)


@dataclass(frozen=True, slots=True)
class WeightedAverage:
    """The average count of a period, the stretches it is made of, and the count at its end."""

    shares: Fraction
    closing: Fraction  # restated for nothing that comes later
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class RightsIssue:
    """What an issue of rights below value does to the price and to earlier share counts."""

    theoretical_ex_rights: Fraction  # price per share
    factor: Fraction  # by which counts before the issue are multiplied


def weighted_average(
    period_start: date, period_end: date, opening: Exact, events: Sequence[Event], basis: Basis = Basis.DAYS
) -> WeightedAverage:
    """Return the weighted average of the shares outstanding, restated for all splits known.

    Sum of shares x factor x time / time. Events of one day apply in the order given. Splits and bonus
    factors multiply all that was counted before them, and may be dated after the period. By months the
    period must be made of whole ones. Unrounded. Refuses `bad_input` (any other event outside the period,
    a negative count, a ratio of 0) and `insufficient_quantity` (more repurchased than outstanding).
    Source: ASC 260-10-45-10 and 260-10-55-12; IAS 33.19 to 33.29.

    >>> year = date(2001, 1, 1), date(2001, 12, 31)
    >>> events = Issue(date(2001, 6, 1), 800), Repurchase(date(2001, 12, 1), 250)
    >>> answer = weighted_average(*year, 1_700, events, Basis.MONTHS)
    >>> answer.shares, int(answer.closing)
    (Fraction(12875, 6), 2250)
    """
    after = period_end + timedelta(days=1)
    _refuse_impossible(period_start, period_end, opening, events)
    if basis is Basis.MONTHS and (period_start.day, after.day) != (1, 1):
        raise CalculationRefused("bad_input", f"{period_start} to {period_end} is not made of whole months.")
    stretches: list[Stretch] = []
    count, since = Fraction(opening), period_start
    within = [event for event in events if event.date <= period_end]
    later = [event for event in events if event.date > period_end]
    for event in sorted(within, key=lambda event: event.date):
        start = event.date.replace(day=1) if basis is Basis.MONTHS else event.date
        if start > since:
            stretches.append(Stretch(count, _length(since, start, basis), since=since))
            since = start
        count = _count_after(event, count)
        stretches = [_restated(stretch, event) for stretch in stretches]
    stretches.append(Stretch(count, _length(since, after, basis), since=since))
    for event in later:
        stretches = [_restated(stretch, event) for stretch in stretches]
    return WeightedAverage(weighted_average_periods(stretches), count, tuple(stretches))


def weighted_average_periods(periods: Sequence[Stretch]) -> Fraction:
    """Return the weighted average over stretches: sum of shares x factor x length / sum of lengths.

    Unrounded. Refuses `bad_input` when there is no time to average over. Source: IAS 33.20.

    >>> int(weighted_average_periods([Stretch(400, 3, Fraction("1.25")), Stretch(520, 9)]))
    515
    """
    time = sum((Fraction(stretch.length) for stretch in periods), Fraction(0))
    if time <= 0 or any(stretch.length < 0 for stretch in periods):
        raise CalculationRefused("bad_input", f"Shares cannot be averaged over a time of {time}.")
    return sum((stretch.restated * Fraction(stretch.length) for stretch in periods), Fraction(0)) / time


def rights_issue(
    fair_value_before: Exact, shares_before: Exact, rights_shares: Exact, exercise_price: Exact
) -> RightsIssue:
    """Return the theoretical ex-rights price and the factor for earlier counts.

    Price = (fair value x shares + exercise price x new shares) / all shares; factor = fair value / price.
    Unrounded. Refuses `bad_input` (a negative figure, no shares, a price of 0). Source: IAS 33.A2,
    ASC 260-10-55-13.

    >>> answer = rights_issue(9, 800, 200, 4)
    >>> int(answer.theoretical_ex_rights), answer.factor
    (8, Fraction(9, 8))
    """
    value, shares, rights, price = (
        Fraction(f) for f in (fair_value_before, shares_before, rights_shares, exercise_price)
    )
    if min(value, shares, rights, price) < 0 or not value or not shares + rights:
        raise CalculationRefused(
            "bad_input", f"Rights to {rights} on {shares} shares at {value} have no price."
        )
    all_worth = value * shares + price * rights
    if not all_worth:
        raise CalculationRefused("bad_input", f"Rights to {rights} shares at {price} leave a price of 0.")
    ex_rights = all_worth / (shares + rights)
    return RightsIssue(ex_rights, value / ex_rights)


def _count_after(event: Event, count: Fraction) -> Fraction:
    match event:
        case Issue():
            return count + Fraction(event.shares)
        case Repurchase():
            if event.shares > count:
                raise CalculationRefused(
                    "insufficient_quantity",
                    f"{event.shares} shares cannot be repurchased of {count} on {event.date}.",
                )
            return count - Fraction(event.shares)
        case Split():
            return count * Fraction(event.new) / Fraction(event.old)
        case BonusFactor():
            return count


def _restated(stretch: Stretch, event: Event) -> Stretch:
    if isinstance(event, Issue | Repurchase):
        return stretch
    return replace(stretch, factor=Fraction(stretch.factor) * Fraction(event.new) / Fraction(event.old))


def _length(start: date, end: date, basis: Basis) -> int:
    if basis is Basis.DAYS:
        return (end - start).days
    return (end.year - start.year) * 12 + end.month - start.month


def _refuse_impossible(period_start: date, period_end: date, opening: Exact, events: Sequence[Event]) -> None:
    if period_end < period_start:
        raise CalculationRefused("bad_input", f"The period ends on {period_end}, before {period_start}.")
    if opening < 0:
        raise CalculationRefused("bad_input", f"The period opens with {opening} shares.")
    for event in events:
        if isinstance(event, Issue | Repurchase):
            if event.shares < 0 or event.date > period_end:
                raise CalculationRefused(
                    "bad_input", f"{event.shares} shares on {event.date} are no event until {period_end}."
                )
        elif event.new <= 0 or event.old <= 0:
            raise CalculationRefused("bad_input", f"{event.new} for {event.old} on {event.date} is no ratio.")
        if event.date < period_start:
            raise CalculationRefused("bad_input", f"An event of {event.date} lies before {period_start}.")
