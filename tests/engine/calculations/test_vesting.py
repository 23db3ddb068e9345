"""Vesting: hand-worked schedules, against going through the calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.month_arithmetic import months_after
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.vesting import (
    Frequency,
    Instalment,
    Step,
    VestingEvent,
    accelerated,
    allocated,
    ended_on,
    event_vesting,
    exercisable,
    schedule,
    tranches,
    vested,
    vested_by_duration,
)
from neocapgui.ledger.terms import Allocation

CUMULATIVE = [Allocation.CUMULATIVE_ROUNDING, Allocation.CUMULATIVE_ROUND_DOWN, Allocation.FRACTIONAL]
STARTS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("allocation", "shares"),
    [
        (Allocation.CUMULATIVE_ROUNDING, [5, 4, 5, 4]),
        (Allocation.CUMULATIVE_ROUND_DOWN, [4, 5, 4, 5]),
        (Allocation.FRONT_LOADED, [5, 5, 4, 4]),
        (Allocation.BACK_LOADED, [4, 4, 5, 5]),
        (Allocation.FRONT_LOADED_TO_SINGLE_TRANCHE, [6, 4, 4, 4]),
        (Allocation.BACK_LOADED_TO_SINGLE_TRANCHE, [4, 4, 4, 6]),
        (Allocation.FRACTIONAL, [Fraction(9, 2)] * 4),
    ],
)
def test_eighteen_shares_over_four_instalments(allocation: Allocation, shares: list[Fraction]) -> None:
    assert list(tranches(18, 4, allocation)) == shares


@pytest.mark.parametrize(
    ("allocation", "shares"),
    [
        (Allocation.CUMULATIVE_ROUNDING, [3, 2, 5]),  # 2.5, 5, 10
        (Allocation.CUMULATIVE_ROUND_DOWN, [2, 3, 5]),
        (Allocation.FRONT_LOADED, [3, 2, 5]),
        (Allocation.BACK_LOADED, [2, 2, 6]),
    ],
)
def test_unequal_portions(allocation: Allocation, shares: list[Fraction]) -> None:
    assert list(allocated(10, [Fraction(1, 4), Fraction(1, 4), Fraction(1, 2)], allocation)) == shares


def test_a_monthly_plan_after_a_first_year() -> None:
    steps = [Step(12, 1, Fraction(12, 48)), Step(1, 36, Fraction(1, 48))]
    plan = schedule(480, date(2021, 1, 30), steps, Allocation.CUMULATIVE_ROUNDING)
    assert plan[:3] == (
        Instalment(date(2022, 1, 30), Fraction(120)),
        Instalment(date(2022, 2, 28), Fraction(10)),
        Instalment(date(2022, 3, 30), Fraction(10)),
    )
    assert (plan[-1].day, len(plan)) == (date(2025, 1, 30), 37)
    assert [vested(plan, date(2022, 3, number)) for number in (29, 30)] == [130, 140]


def test_rounding_down_cumulatively_repeats_eight_eight_nine() -> None:
    plan = schedule(100, date(2026, 1, 31), [Step(1, 12, Fraction(1, 12))], Allocation.CUMULATIVE_ROUND_DOWN)
    assert [part.quantity for part in plan] == [8, 8, 9] * 4
    assert [part.day.day for part in plan[:4]] == [28, 31, 30, 31]


def monthly(
    quantity: int, months: int, cliff_months: int | None = None, grant_day: date | None = None
) -> tuple[Instalment, ...]:
    steps, allocation = [Step(1, months, Fraction(1, months))], Allocation.CUMULATIVE_ROUNDING
    start = date(2025, 2, 1)
    return schedule(quantity, start, steps, allocation, cliff_months=cliff_months, grant_day=grant_day)


def test_a_cliff_holds_back_and_releases_together() -> None:
    plan = monthly(240, 24, cliff_months=6)
    assert (plan[0], len(plan)) == (Instalment(date(2025, 8, 1), Fraction(60)), 19)


def test_a_cliff_between_instalments_releases_on_its_own_day() -> None:
    quarterly = [Step(3, 4, Fraction(1, 4))]
    plan = schedule(40, date(2025, 1, 15), quarterly, Allocation.FRACTIONAL, cliff_months=8)
    assert [(part.day, int(part.quantity)) for part in plan] == [
        (date(2025, 9, 15), 20),
        (date(2025, 10, 15), 10),
        (date(2026, 1, 15), 10),
    ]


def test_a_cliff_before_the_first_or_after_the_last_instalment() -> None:
    quarterly = [Step(3, 2, Fraction(1, 2))]
    start = date(2025, 1, 15)
    assert len(schedule(40, start, quarterly, Allocation.FRACTIONAL, cliff_months=2)) == 2
    late = schedule(40, start, quarterly, Allocation.FRACTIONAL, cliff_months=7)
    assert late == (Instalment(date(2025, 8, 15), Fraction(40)),)


def test_what_is_dated_before_the_grant_falls_due_with_the_first_instalment_after_it() -> None:
    plan = monthly(240, 24, cliff_months=6, grant_day=date(2025, 10, 15))
    assert plan[:2] == (
        Instalment(date(2025, 11, 1), Fraction(90)),
        Instalment(date(2025, 12, 1), Fraction(10)),
    )
    assert len(plan) == 16


def test_an_instalment_on_the_grant_day_is_not_before_it() -> None:
    plan = monthly(240, 24, grant_day=date(2025, 4, 1))
    assert plan[0] == Instalment(date(2025, 4, 1), Fraction(20))


def test_a_grant_after_all_instalments_vests_on_its_day() -> None:
    assert monthly(24, 24, grant_day=date(2030, 5, 5)) == (Instalment(date(2030, 5, 5), Fraction(24)),)


def test_a_stated_day_of_the_month_with_fractional_instalments() -> None:
    plan = schedule(
        100, date(2025, 1, 10), [Step(1, 8, Fraction(1, 8))], Allocation.FRACTIONAL, day_of_month=31
    )
    assert plan[0] == Instalment(date(2025, 2, 28), Fraction(25, 2))
    assert (plan[1].day, plan[-1].day) == (date(2025, 3, 31), date(2025, 9, 30))


def test_instalments_of_nothing_keep_their_days() -> None:
    plan = schedule(1, date(2025, 1, 1), [Step(1, 3, Fraction(1, 3))], Allocation.CUMULATIVE_ROUND_DOWN)
    assert [part.quantity for part in plan] == [0, 0, 1]


def test_sixteen_months_are_five_quarters() -> None:
    start = date(2024, 1, 15)

    def at(day: date, cliff_months: int = 12) -> Fraction:
        return vested_by_duration(
            7_200, start, day, cliff_months=cliff_months, duration_months=48, frequency=Frequency.QUARTERLY
        )

    assert at(date(2025, 6, 14)) == 2_250
    assert at(date(2025, 1, 14)) == 0
    assert at(date(2025, 1, 15)) == 1_800
    assert at(date(2040, 1, 1)) == 7_200
    assert at(date(2020, 1, 1), cliff_months=0) == 0
    assert at(date(2024, 5, 15), cliff_months=4) == 450  # past a cliff within a quarter


def test_events_round_down_and_never_vest_more_than_is_left() -> None:
    events = [
        VestingEvent(quantity=200),
        VestingEvent(portion=Fraction(1, 3)),
        VestingEvent(portion=Fraction(1, 2), of_remainder=True),
        VestingEvent(quantity=500),
    ]
    answer = event_vesting(999, events)
    assert [int(amount) for amount in answer.amounts] == [200, 333, 233, 233]
    assert answer.vested == 999
    assert answer.unvested == 0


def test_an_acceleration_comes_out_of_the_last_instalments() -> None:
    plan = schedule(40, date(2025, 1, 1), [Step(1, 4, Fraction(1, 4))], Allocation.FRACTIONAL)
    after = accelerated(plan, date(2025, 2, 1), 15)
    assert [(part.day.month, int(part.quantity)) for part in after] == [(2, 10), (2, 15), (3, 10), (4, 5)]
    assert [part.quantity for part in accelerated(plan, date(2025, 2, 15), 99)] == [10, 30]
    assert accelerated(plan, date(2026, 1, 1), 5) == plan


def test_who_leaves_keeps_what_has_vested() -> None:
    plan = schedule(40, date(2025, 1, 1), [Step(1, 4, Fraction(1, 4))], Allocation.FRACTIONAL)
    ended = ended_on(plan, date(2025, 3, 1))
    assert ended.vested == plan[:2]
    assert ended.forfeited == 20


def test_exercisable_is_vested_less_exercised_and_never_below_zero_after_a_split() -> None:
    assert exercisable(100, 30, 20) == 50
    assert exercisable(33, 34) == 0
    with pytest.raises(CalculationRefused) as refused:
        exercisable(100, 90, 11)
    assert refused.value.code == "insufficient_quantity"


@pytest.mark.parametrize(
    "ask",
    [
        lambda: tranches(18, 0, Allocation.FRACTIONAL),
        lambda: tranches(-1, 4, Allocation.FRACTIONAL),
        lambda: tranches(Fraction(1, 2), 4, Allocation.FRONT_LOADED),
        lambda: allocated(10, [Fraction(2, 3)] * 2, Allocation.FRACTIONAL),
        lambda: allocated(10, [Fraction(3, 2), Fraction(-1, 2)], Allocation.FRACTIONAL),
        lambda: schedule(10, date(2025, 1, 1), [], Allocation.FRACTIONAL),
        lambda: schedule(10, date(2025, 1, 1), [Step(-1, 2, Fraction(1, 2))], Allocation.FRACTIONAL),
        lambda: vested_by_duration(1, date(2025, 1, 1), date(2026, 1, 1), cliff_months=0, duration_months=0),
        lambda: event_vesting(10, [VestingEvent()]),
        lambda: event_vesting(10, [VestingEvent(quantity=1, portion=Fraction(1, 2))]),
        lambda: event_vesting(10, [VestingEvent(quantity=-1)]),
        lambda: event_vesting(-10, []),
        lambda: accelerated((), date(2025, 1, 1), -1),
    ],
)
def test_nonsense_is_refused(ask: Callable[[], object]) -> None:
    with pytest.raises(CalculationRefused) as refused:
        ask()
    assert refused.value.code == "bad_input"


@given(st.integers(0, 10**9), st.integers(1, 60), st.sampled_from(Allocation))
@settings(max_examples=100)
def test_every_allocation_adds_to_the_grant_and_is_within_a_share_of_equal(
    quantity: int, count: int, allocation: Allocation
) -> None:
    shares = tranches(quantity, count, allocation)
    assert sum(shares) == quantity
    assert len(shares) == count
    if "SINGLE" not in allocation.name:
        assert max(shares) - min(shares) <= 1
        assert all(abs(part - Fraction(quantity, count)) < 1 for part in shares)


@dataclass(frozen=True)
class Plan:
    quantity: int
    start: date
    steps: list[Step]
    allocation: Allocation
    day_of_month: int | None
    cliff_months: int | None
    grant_day: date | None

    def instalments(self) -> tuple[Instalment, ...]:
        return schedule(
            self.quantity,
            self.start,
            self.steps,
            self.allocation,
            day_of_month=self.day_of_month,
            cliff_months=self.cliff_months,
            grant_day=self.grant_day,
        )

    def vested_by_calendar(self, as_of: date) -> Fraction:
        """Go through the instalments one by one, as a clerk would with a calendar."""
        days: list[date] = []
        cumulative: list[Fraction] = []
        months, portion = 0, Fraction(0)
        for step in self.steps:
            for _ in range(step.occurrences):
                months += step.months
                portion += Fraction(step.portion)
                days.append(months_after(self.start, months, self.day_of_month))
                cumulative.append(portion)
        if self.cliff_months is not None:
            cliff = months_after(self.start, self.cliff_months, self.day_of_month)
            days = [cliff if day <= cliff else day for day in days]
        if self.grant_day is not None:
            on_or_after = [day for day in days if day >= self.grant_day]
            due = on_or_after[0] if on_or_after else self.grant_day
            days = [due if day < self.grant_day else day for day in days]
        reached = [part for day, part in zip(days, cumulative, strict=True) if day <= as_of]
        exact = self.quantity * reached[-1] if reached else Fraction(0)
        if self.allocation is Allocation.FRACTIONAL:
            return exact
        half = Fraction(1, 2) if self.allocation is Allocation.CUMULATIVE_ROUNDING else 0
        return Fraction((exact + half) // 1)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    row = st.tuples(st.integers(0, 6), st.integers(1, 12), st.integers(1, 9))
    rows = draw(st.lists(row, min_size=1, max_size=4))
    whole = sum(times * weight for _, times, weight in rows)
    start = draw(STARTS)
    return Plan(
        quantity=draw(st.integers(0, 10_000)),
        start=start,
        steps=[Step(months, times, Fraction(weight, whole)) for months, times, weight in rows],
        allocation=draw(st.sampled_from(CUMULATIVE)),
        day_of_month=draw(st.none() | st.integers(1, 31)),
        cliff_months=draw(st.none() | st.integers(0, 40)),
        grant_day=draw(st.none() | st.dates(start - timedelta(400), start + timedelta(1500))),
    )


@given(plans(), st.lists(st.integers(-100, 3000), min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_the_schedule_agrees_with_going_through_the_calendar(plan: Plan, offsets: list[int]) -> None:
    instalments = plan.instalments()
    days = [part.day for part in instalments]
    assert days == sorted(set(days))
    assert sum(part.quantity for part in instalments) == plan.quantity
    ahead = [plan.start + timedelta(offset) for offset in sorted(offsets)]
    found = [vested(instalments, day) for day in ahead]
    assert found == sorted(found)
    assert found == [plan.vested_by_calendar(day) for day in ahead]


@given(STARTS, st.integers(0, 10**6), st.integers(1, 72), st.integers(0, 24), st.sampled_from(Frequency))
@settings(max_examples=60)
def test_vesting_by_duration_never_falls_and_stays_within_the_grant(
    start: date, quantity: int, duration: int, cliff: int, frequency: Frequency
) -> None:
    def at(day: date) -> Fraction:
        return vested_by_duration(
            quantity, start, day, cliff_months=cliff, duration_months=duration, frequency=frequency
        )

    shares = [at(start + timedelta(97 * step)) for step in range(-1, 30)]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] <= quantity
    assert at(months_after(start, max(cliff, duration + 2))) == quantity


@given(plans(), st.integers(-100, 3000), st.integers(0, 12_000))
@settings(max_examples=60, deadline=None)
def test_an_acceleration_and_an_end_conserve_the_grant(plan: Plan, offset: int, early: int) -> None:
    instalments, day = plan.instalments(), plan.start + timedelta(offset)
    after = accelerated(instalments, day, early)
    assert sum(part.quantity for part in after) == plan.quantity
    assert vested(after, day) == min(plan.quantity, vested(instalments, day) + early)
    ended = ended_on(after, day)
    assert vested(ended.vested, date.max) + ended.forfeited == plan.quantity
