"""When how many shares of a grant vest: instalments, cliffs, durations, events, acceleration, the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from neocapgui.engine.calculations.month_arithmetic import months_after, whole_months
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact, half_up, toward_zero
from neocapgui.ledger.terms import Allocation


class Frequency(StrEnum):
    """How often a grant that vests by duration goes on."""

    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"

    @property
    def months(self) -> int:
        """Months from one instalment to the next."""
        return 3 if self is Frequency.QUARTERLY else 1


@dataclass(frozen=True, slots=True)
class Instalment:
    """Shares that vest on a day."""

    day: date
    quantity: Fraction


@dataclass(frozen=True, slots=True)
class Step:
    """Equal instalments in a row: one every `months` months, each a portion of the whole grant."""

    months: int
    occurrences: int
    portion: Exact  # 1/48, a fraction and no printed decimal


def allocated(quantity: Exact, portions: Iterable[Exact], allocation: Allocation) -> tuple[Fraction, ...]:
    """Return the shares of each instalment, given the portions of the whole that they stand for.

    The cumulative types round the cumulative portion (half up, or down) and take differences, so that
    the sum is always that of the portions. The loaded types give every instalment its whole shares and
    the remainder to the first or the last ones, one each, or all of it to a single one. Refuses as
    `bad_input` a negative quantity or portion, portions above the whole, and a broken remainder
    that would have to go out one by one. Source: Open Cap Format, AllocationType.

    >>> [int(shares) for shares in allocated(18, [Fraction(1, 4)] * 4, Allocation.CUMULATIVE_ROUNDING)]
    [5, 4, 5, 4]
    """
    whole = Fraction(quantity)
    parts = [Fraction(portion) for portion in portions]
    if whole < 0 or any(part < 0 for part in parts):
        raise CalculationRefused(
            "bad_input", f"{whole} shares cannot vest in parts of {min(parts, default=0)}."
        )
    if sum(parts) > 1:
        raise CalculationRefused(
            "bad_input", f"The instalments are {sum(parts)} of the grant, more than all of it."
        )
    match allocation:
        case Allocation.FRACTIONAL:
            return tuple(whole * part for part in parts)
        case Allocation.CUMULATIVE_ROUNDING | Allocation.CUMULATIVE_ROUND_DOWN:
            rounded = half_up if allocation is Allocation.CUMULATIVE_ROUNDING else toward_zero
            return _differences([rounded(whole * portion) for portion in _cumulative(parts)])
        case _:
            return _loaded(whole, parts, allocation)


def tranches(quantity: Exact, count: int, allocation: Allocation) -> tuple[Fraction, ...]:
    """Return the shares of each of `count` equal instalments; they add to the quantity.

    Refuses as `bad_input` a count below one, and what `allocated` refuses.

    >>> [int(shares) for shares in tranches(18, 4, Allocation.BACK_LOADED)]
    [4, 4, 5, 5]
    """
    if count < 1:
        raise CalculationRefused("bad_input", f"{quantity} shares cannot vest in {count} instalments.")
    return allocated(quantity, [Fraction(1, count)] * count, allocation)


def schedule(
    quantity: Exact,
    start: date,
    steps: Iterable[Step],
    allocation: Allocation,
    *,
    day_of_month: int | None = None,
    cliff_months: int | None = None,
    grant_day: date | None = None,
) -> tuple[Instalment, ...]:
    """Return the instalments of a grant in the order of their days, at most one on a day.

    Months are counted from the start, on its day of the month or a stated one. A cliff holds back the
    instalments up to its day and releases them together on it. Then instalments dated before the grant
    fall due with the first one on or after it, on the grant day itself if there is none. Refuses as
    `bad_input` steps of no instalment, negative months, and what `allocated` and `months_after` refuse.
    Source: Open Cap Format, vesting terms.

    >>> plan = [Step(12, 1, Fraction(12, 48)), Step(1, 36, Fraction(1, 48))]
    >>> vesting = schedule(480, date(2021, 1, 30), plan, Allocation.CUMULATIVE_ROUNDING)
    >>> [(instalment.day.isoformat(), int(instalment.quantity)) for instalment in vesting[:3]]
    [('2022-01-30', 120), ('2022-02-28', 10), ('2022-03-30', 10)]
    """
    days: list[date] = []
    portions: list[Exact] = []
    months = 0
    for step in steps:
        if step.months < 0 or step.occurrences < 0:
            raise CalculationRefused(
                "bad_input", f"{step.occurrences} instalments every {step.months} months are no step."
            )
        for _ in range(step.occurrences):
            months += step.months
            days.append(months_after(start, months, day_of_month))
            portions.append(step.portion)
    if not days:
        raise CalculationRefused("bad_input", f"The schedule from {start} has no instalment.")
    if cliff_months is not None:
        cliff = months_after(start, cliff_months, day_of_month)
        days = [max(day, cliff) for day in days]
    if grant_day is not None:
        due = min((day for day in days if day >= grant_day), default=grant_day)
        days = [max(day, due) for day in days]
    shares = allocated(quantity, portions, allocation)
    dated = zip(days, shares, strict=True)
    return tuple(
        Instalment(day, sum((part for _, part in group), Fraction(0)))
        for day, group in groupby(dated, key=lambda pair: pair[0])
    )


def vested(instalments: Iterable[Instalment], as_of: date) -> Fraction:
    """Return the shares vested at the end of a day, by a schedule or by explicitly stated dates.

    >>> stated = [Instalment(date(2025, 6, 30), Fraction(700)), Instalment(date(2025, 12, 31), Fraction(300))]
    >>> vested(stated, date(2025, 6, 30))
    Fraction(700, 1)
    """
    return sum((part.quantity for part in instalments if part.day <= as_of), Fraction(0))


def vested_by_duration(
    quantity: Exact,
    start: date,
    as_of: date,
    *,
    cliff_months: int,
    duration_months: int,
    frequency: Frequency = Frequency.MONTHLY,
) -> Fraction:
    """Return the shares vested at the end of a day, where they vest evenly over a duration.

    Quantity times whole months since the start (cut down to whole quarters where asked) over the
    duration, at most the quantity, rounded down; nothing before the cliff has passed. Refuses as
    `bad_input` a duration below one month, a negative cliff, or a negative quantity.

    >>> vested_by_duration(5_000, date(2024, 3, 31), date(2024, 10, 30), cliff_months=6, duration_months=36)
    Fraction(833, 1)
    """
    if quantity < 0 or duration_months < 1 or cliff_months < 0:
        raise CalculationRefused(
            "bad_input",
            f"{quantity} shares cannot vest over {duration_months} months after a cliff of {cliff_months}.",
        )
    months = whole_months(start, as_of)
    if months < cliff_months:
        return Fraction(0)
    counted = min(months - months % frequency.months, duration_months)
    return Fraction(toward_zero(Fraction(quantity) * counted / duration_months))


@dataclass(frozen=True, slots=True)
class VestingEvent:
    """What happens vests a quantity, or a portion of the whole grant or of what is not vested yet."""

    quantity: Exact | None = None
    portion: Exact | None = None
    of_remainder: bool = False


@dataclass(frozen=True, slots=True)
class EventVesting:
    """What each event vested, in order, and what is left."""

    amounts: tuple[Fraction, ...]
    unvested: Fraction

    @property
    def vested(self) -> Fraction:
        """The shares all events vested together."""
        return sum(self.amounts, Fraction(0))


def event_vesting(quantity: Exact, events: Iterable[VestingEvent]) -> EventVesting:
    """Return what events vest one after another, each rounded down and at most what is left.

    Refuses as `bad_input` a negative figure, and an event that states not exactly one of quantity and
    portion.

    >>> happened = [VestingEvent(quantity=200), VestingEvent(portion=Fraction(1, 2), of_remainder=True)]
    >>> [int(amount) for amount in event_vesting(999, happened).amounts]
    [200, 399]
    """
    whole = left = Fraction(quantity)
    if whole < 0:
        raise CalculationRefused("bad_input", f"A grant of {whole} shares cannot vest.")
    amounts: list[Fraction] = []
    for number, event in enumerate(events, start=1):
        if (event.quantity is None) == (event.portion is None):
            raise CalculationRefused(
                "bad_input", f"Event {number} must state a quantity or a portion, one of them."
            )
        if event.portion is not None:
            stated = Fraction(event.portion) * (left if event.of_remainder else whole)
        else:
            stated = Fraction(event.quantity or 0)
        if stated < 0:
            raise CalculationRefused("bad_input", f"Event {number} cannot vest {stated} shares.")
        amounts.append(Fraction(toward_zero(min(stated, left))))
        left -= amounts[-1]
    return EventVesting(tuple(amounts), left)


def accelerated(instalments: Sequence[Instalment], day: date, quantity: Exact) -> tuple[Instalment, ...]:
    """Return the schedule after an acceleration: shares vest on `day` and leave the last instalments.

    At most what is not vested at the end of the day. Refuses as `bad_input` a negative quantity.

    >>> monthly = schedule(40, date(2025, 1, 1), [Step(1, 4, Fraction(1, 4))], Allocation.FRACTIONAL)
    >>> [(part.day.isoformat(), int(part.quantity)) for part in accelerated(monthly, date(2025, 2, 15), 15)]
    [('2025-02-01', 10), ('2025-02-15', 15), ('2025-03-01', 10), ('2025-04-01', 5)]
    """
    if quantity < 0:
        raise CalculationRefused("bad_input", f"{quantity} shares cannot vest early.")
    ended = ended_on(instalments, day)
    early = min(Fraction(quantity), ended.forfeited)
    to_take = early
    later: list[Instalment] = []
    for part in sorted(
        (part for part in instalments if part.day > day), key=lambda part: part.day, reverse=True
    ):
        taken = min(to_take, part.quantity)
        to_take -= taken
        if taken < part.quantity:
            later.append(Instalment(part.day, part.quantity - taken))
    return (*ended.vested, *([Instalment(day, early)] if early else ()), *reversed(later))


@dataclass(frozen=True, slots=True)
class Ended:
    """What remains of a grant after its holder has left."""

    vested: tuple[Instalment, ...]
    forfeited: Fraction  # cancelled on the day; returns to the pool if the plan says so


def ended_on(instalments: Iterable[Instalment], day: date) -> Ended:
    """Return what has vested at the end of the day on which the holder leaves, and what is cancelled.

    >>> ended_on([Instalment(date(2025, 6, 30), Fraction(7)), Instalment(date(2026, 6, 30), Fraction(3))],
    ...          date(2025, 12, 31)).forfeited
    Fraction(3, 1)
    """
    ordered = sorted(instalments, key=lambda part: part.day)
    kept = tuple(part for part in ordered if part.day <= day)
    return Ended(kept, sum((part.quantity for part in ordered[len(kept) :]), Fraction(0)))


def exercisable(vested_shares: Exact, exercised: Exact, cancelled: Exact = 0) -> Fraction:
    """Return the options that can be exercised: vested - exercised - cancelled after they had vested.

    After a split the vested quantity is computed again and rounded down, but it is never below what was
    exercised. Refuses `insufficient_quantity` where more was cancelled than was left.

    >>> exercisable(833, 500)
    Fraction(333, 1)
    """
    left = max(Fraction(vested_shares), Fraction(exercised)) - Fraction(exercised) - Fraction(cancelled)
    if left < 0:
        raise CalculationRefused(
            "insufficient_quantity",
            f"{cancelled} vested options cannot be cancelled: {exercised} of {vested_shares} are exercised.",
        )
    return left


def _loaded(whole: Fraction, parts: Sequence[Fraction], allocation: Allocation) -> tuple[Fraction, ...]:
    shares = [Fraction(toward_zero(whole * part)) for part in parts]
    remainder = whole * sum(parts) - sum(shares)
    places = range(len(shares))
    match allocation:
        case Allocation.FRONT_LOADED_TO_SINGLE_TRANCHE:
            extra = [remainder * (place == 0) for place in places]
        case Allocation.BACK_LOADED_TO_SINGLE_TRANCHE:
            extra = [remainder * (place == len(shares) - 1) for place in places]
        case _ if remainder.denominator != 1:
            raise CalculationRefused(
                "bad_input", f"{whole * sum(parts)} shares cannot vest in {len(parts)} whole instalments."
            )
        case Allocation.FRONT_LOADED:
            extra = [Fraction(place < remainder) for place in places]
        case _:
            extra = [Fraction(place >= len(shares) - remainder) for place in places]
    return tuple(share + more for share, more in zip(shares, extra, strict=True))


def _cumulative(parts: Iterable[Fraction]) -> list[Fraction]:
    sums, so_far = [], Fraction(0)
    for part in parts:
        so_far += part
        sums.append(so_far)
    return sums


def _differences(sums: Sequence[int]) -> tuple[Fraction, ...]:
    return tuple(Fraction(after - before) for before, after in zip([0, *sums[:-1]], sums, strict=True))
