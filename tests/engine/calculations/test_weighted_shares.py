"""Weighted average shares: the standards' examples, restatement, and a count day by day."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.weighted_shares import (
    Basis,
    BonusFactor,
    Event,
    Issue,
    Repurchase,
    Split,
    Stretch,
    rights_issue,
    weighted_average,
    weighted_average_periods,
)

START, END = date(2024, 1, 1), date(2024, 12, 31)  # 366 days


def test_an_issue_counts_from_its_day_and_a_repurchase_until_the_day_before() -> None:
    on_the_last_day = weighted_average(START, END, 100, [Issue(END, 366)])
    assert [on_the_last_day.shares, on_the_last_day.closing] == [101, 466]
    on_the_first_day = weighted_average(START, END, 100, [Repurchase(START, 40)])
    assert [on_the_first_day.shares, on_the_first_day.closing] == [60, 60]


def test_a_later_split_restates_the_average_and_not_the_closing_count() -> None:
    answer = weighted_average(START, END, 1_000, [Split(date(2025, 2, 1), 1, 10)])
    assert [answer.shares, answer.closing] == [100, 1_000]


def test_by_months_an_event_counts_from_the_first_of_its_month() -> None:
    answer = weighted_average(START, END, 1_200, [Issue(date(2024, 7, 31), 240)], Basis.MONTHS)
    assert answer.shares == 1_200 + 120
    assert [(s.shares, s.length, s.since) for s in answer.stretches] == [
        (1_200, 6, START),
        (1_440, 6, date(2024, 7, 1)),
    ]


def test_events_of_one_day_apply_in_their_stated_order() -> None:
    issue, split = Issue(START, 100), Split(START, 2, 1)
    assert weighted_average(START, END, 100, [issue, split]).closing == 400
    assert weighted_average(START, END, 100, [split, issue]).closing == 300


def test_a_bonus_element_restates_what_was_before_its_day_only() -> None:
    day = date(2024, 7, 1)  # after 182 of 366 days
    answer = weighted_average(START, END, 100, [Issue(day, 50), BonusFactor(day, 11, 10)])
    assert answer.shares == Fraction(110 * 182 + 150 * 184, 366)
    assert answer.closing == 150


@pytest.mark.parametrize(
    ("events", "basis", "code"),
    [
        ([Issue(date(2025, 1, 1), 5)], Basis.DAYS, "bad_input"),
        ([Repurchase(date(2025, 1, 1), 5)], Basis.DAYS, "bad_input"),
        ([Issue(date(2023, 12, 31), 5)], Basis.DAYS, "bad_input"),
        ([Split(START, 0, 5)], Basis.DAYS, "bad_input"),
        ([Repurchase(START, 101)], Basis.DAYS, "insufficient_quantity"),
    ],
)
def test_impossible_events_are_refused(events: list[Event], basis: Basis, code: str) -> None:
    with pytest.raises(CalculationRefused) as refused:
        weighted_average(START, END, 100, events, basis)
    assert refused.value.code == code


def test_a_period_of_broken_months_is_refused() -> None:
    with pytest.raises(CalculationRefused):
        weighted_average(date(2024, 1, 2), END, 100, [], Basis.MONTHS)
    with pytest.raises(CalculationRefused):
        weighted_average(END, START, 100, [])


def test_stretches_without_time_are_refused() -> None:
    with pytest.raises(CalculationRefused):
        weighted_average_periods([])
    with pytest.raises(CalculationRefused):
        weighted_average_periods([Stretch(5, 3), Stretch(5, -1)])


def test_rights_at_the_fair_value_have_no_bonus_element() -> None:
    assert rights_issue(9, 800, 200, 9).factor == 1
    assert rights_issue(9, 800, 800, 0).factor == 2
    with pytest.raises(CalculationRefused):
        rights_issue(0, 800, 200, 4)
    with pytest.raises(CalculationRefused):
        rights_issue(9, 0, 800, 0)


days = st.integers(0, 400).map(lambda number: START + timedelta(days=number))
ratios = st.integers(1, 5)
events_of_a_year = st.lists(
    st.one_of(
        st.builds(Issue, days.filter(lambda day: day <= END), st.integers(0, 50)),
        st.builds(Repurchase, days.filter(lambda day: day <= END), st.integers(0, 3)),
        st.builds(Split, days, ratios, ratios),
        st.builds(BonusFactor, days, ratios, ratios),
    ),
    max_size=6,
)


@given(events_of_a_year)
@settings(max_examples=60, deadline=None)
def test_the_average_is_that_of_a_count_taken_every_day(events: list[Event]) -> None:
    in_order = sorted(events, key=lambda event: event.date)
    counts: list[Fraction] = []
    count, closing = Fraction(10**6), Fraction(0)
    for day in (START + timedelta(days=number) for number in range(401)):
        for event in in_order:
            if event.date != day:
                continue
            match event:
                case Issue():
                    count += Fraction(event.shares)
                case Repurchase():
                    count -= Fraction(event.shares)
                case Split() | BonusFactor():
                    ratio = Fraction(event.new) / Fraction(event.old)
                    counts = [earlier * ratio for earlier in counts]
                    count *= ratio if isinstance(event, Split) else 1
        if day <= END:
            counts.append(count)
            closing = count
    answer = weighted_average(START, END, 10**6, events)
    assert answer.shares == sum(counts) / 366
    assert answer.closing == closing
