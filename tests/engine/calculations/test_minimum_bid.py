"""The minimum bid price and the reverse split that would mend it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.minimum_bid import bid_status, split_ratio
from neocapgui.engine.calculations.refusal import CalculationRefused

START = date(2025, 2, 3)


def closes(*hundredths: int) -> list[tuple[date, Fraction]]:
    return [(START + timedelta(number), Fraction(close, 100)) for number, close in enumerate(hundredths)]


def test_the_smallest_approved_ratio_that_is_enough() -> None:
    answer = split_ratio(Fraction("0.16"), 1, approved=[25, 20, 10, 15])
    assert (answer.smallest_whole_ratio, answer.ratio, answer.indicative_price) == (7, 10, Fraction("1.6"))
    assert (answer.cumulative_two_years, answer.at_or_above_limit) == (10, False)


def test_no_approved_ratio_is_enough() -> None:
    answer = split_ratio(Fraction("0.03"), 1, approved=[5, 10, 20], prior_two_years=[30])
    assert (answer.smallest_whole_ratio, answer.ratio, answer.indicative_price) == (34, None, None)


def test_splits_of_two_years_multiply() -> None:
    answer = split_ratio(Fraction("0.40"), 1, prior_two_years=[10, 9])
    assert (answer.ratio, answer.cumulative_two_years, answer.at_or_above_limit) == (3, 270, True)
    assert split_ratio(Fraction("0.04"), 1, prior_two_years=[10]).at_or_above_limit  # exactly 250


def test_a_bid_above_the_target_needs_no_split() -> None:
    assert split_ratio(2, 1).ratio == 1


def test_a_close_at_the_minimum_breaks_the_run_below_and_counts_for_the_cure() -> None:
    listed = closes(98, 97, 100, 99, 99, 98, 95, 101, 100, 99, 102, 100, 103)
    status = bid_status(listed, 1, deficiency_days=4, cure_days=3)
    assert status.deficient_on == START + timedelta(6)
    assert status.cured_on == START + timedelta(12)


def test_no_deficiency_no_cure() -> None:
    status = bid_status(closes(98, 97, 100, 99), 1, deficiency_days=3, cure_days=1)
    assert (status.deficient_on, status.cured_on) == (None, None)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: split_ratio(0, 1),
        lambda: split_ratio(1, 0),
        lambda: split_ratio(1, 1, approved=[0]),
        lambda: bid_status([], 1, deficiency_days=0),
        lambda: bid_status(closes(98) * 2, 1),
    ],
)
def test_what_cannot_be_is_refused(ask: Callable[[], object]) -> None:
    with pytest.raises(CalculationRefused) as refused:
        ask()
    assert refused.value.code == "bad_input"


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 500), st.integers(1, 500))
def test_one_less_would_not_be_enough(price: int, target: int) -> None:
    ratio = split_ratio(Fraction(price, 100), Fraction(target, 100)).smallest_whole_ratio
    assert price * ratio >= target
    assert ratio == 1 or price * (ratio - 1) < target


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([99, 100]), max_size=30), st.integers(1, 4), st.integers(1, 4))
def test_the_days_agree_with_looking_back_from_each_day(
    row: list[int], deficiency_days: int, cure_days: int
) -> None:
    listed = closes(*row)
    status = bid_status(listed, 1, deficiency_days=deficiency_days, cure_days=cure_days)
    ends = range(len(row))
    below = [
        end
        for end in ends
        if end + 1 >= deficiency_days and set(row[end + 1 - deficiency_days : end + 1]) == {99}
    ]
    cures = [
        end
        for end in ends
        if below and end >= below[0] + cure_days and set(row[end + 1 - cure_days : end + 1]) == {100}
    ]
    assert status.deficient_on == (START + timedelta(below[0]) if below else None)
    assert status.cured_on == (START + timedelta(cures[0]) if cures else None)
