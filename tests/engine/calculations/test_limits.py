"""Limits on issuing: to one holder, under a cap, without a vote."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.limits import (
    BeneficialHolder,
    beneficial_ownership,
    blocked_conversion,
    exchange_cap,
    minimum_price_test,
    ownership_blocker,
)
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.ledger.terms import Rounding

CLOSES = [Fraction(close) for close in ("4.10", "4.00", "3.90", "3.80", "4.20")]
counts = st.integers(0, 10**8)


def test_the_limit_is_of_the_shares_after_the_issue() -> None:
    answer = ownership_blocker(10_000_000, 0, Fraction("0.0999"), 1_200_000)
    assert [answer.max_issuable, answer.held_back] == [1_109_876, 90_124]
    assert answer.percent_after == Fraction(277_469, 2_777_469)


def test_a_holder_above_the_limit_gets_nothing() -> None:
    answer = ownership_blocker(2_000_000, 250_000, Fraction("0.0999"), 5000)
    assert [answer.issued, answer.held_back, answer.percent_after] == [0, 5000, Fraction(1, 8)]


def test_the_face_of_shares_held_back_stays() -> None:
    answer = blocked_conversion(4_000_000, 100_000, Fraction("0.0499"), 500_000, Fraction("2.25"))
    assert answer.shares.requested == 222_222
    assert (answer.face_converted, answer.face_remaining) == (Fraction("235869.75"), Fraction("264130.25"))


def test_the_whole_face_converts_where_nothing_is_held_back() -> None:
    answer = blocked_conversion(4_000_000, 0, Fraction("0.0499"), 100, 3, Rounding.UP)
    assert [answer.shares.issued, answer.face_converted, answer.face_remaining] == [34, 100, 0]


def test_what_could_be_acquired_counts_for_that_holder_alone() -> None:
    holders = {"lender": BeneficialHolder(0, 500_000), "chair": BeneficialHolder(380_000)}
    assert beneficial_ownership(9_500_000, holders) == {"lender": Fraction(1, 20), "chair": Fraction(1, 25)}


def test_the_cap_is_fixed_at_signing_and_used_up_by_all() -> None:
    answer = exchange_cap(20_777_181, 483_635, 4_000_000, cap=Fraction("0.1999"))
    assert [answer.cap_shares, answer.available, answer.excess] == [4_153_358, 3_669_723, 330_277]
    assert exchange_cap(1000, 500, 10, cap=Fraction("0.1999")).available == 0


@pytest.mark.parametrize(("outstanding", "most"), [(10_000_001, 2_000_000), (10_000_000, 1_999_999), (4, 0)])
def test_without_a_stated_cap_it_stays_below_twenty_percent(outstanding: int, most: int) -> None:
    assert exchange_cap(outstanding, 0, 1).cap_shares == most


def test_a_vote_is_needed_below_the_minimum_price_for_a_fifth() -> None:
    below = minimum_price_test(CLOSES, Fraction("3.99"), 1_600_000, 8_000_000)
    assert [below.minimum_price, below.approval_required] == [4, True]
    assert not minimum_price_test(CLOSES, Fraction("3.99"), 1_599_999, 8_000_000).approval_required
    assert not minimum_price_test(CLOSES, 4, 3_000_000, 8_000_000).approval_required
    assert minimum_price_test([5, 5, 5, 5, 1], 2, 1, 1).minimum_price == 1  # the last close is lower


@pytest.mark.parametrize(
    "ask",
    [
        lambda: ownership_blocker(100, 0, 1, 5),
        lambda: ownership_blocker(0, 0, Fraction("0.05"), 0),
        lambda: ownership_blocker(100, -1, Fraction("0.05"), 5),
        lambda: blocked_conversion(100, 0, Fraction("0.05"), 100, 0),
        lambda: beneficial_ownership(0, {"nobody": BeneficialHolder(0)}),
        lambda: exchange_cap(0, 0, 1),
        lambda: minimum_price_test(CLOSES[:4], 4, 1, 1),
    ],
)
def test_what_cannot_be_is_refused(ask: Callable[[], object]) -> None:
    with pytest.raises(CalculationRefused) as refused:
        ask()
    assert refused.value.code == "bad_input"


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 10**8), counts, st.integers(0, 9999), counts)
def test_one_share_more_would_pass_the_limit(
    outstanding: int, held: int, points: int, requested: int
) -> None:
    limit = Fraction(points, 10_000)
    answer = ownership_blocker(outstanding, held, limit, requested)
    most = answer.max_issuable
    assert (held + most + 1) > limit * (outstanding + most + 1)
    assert most == 0 or (held + most) <= limit * (outstanding + most)
    assert answer.issued + answer.held_back == requested


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 10**8), counts, counts)
def test_no_issue_reaches_twenty_percent(outstanding: int, already_issued: int, requested: int) -> None:
    answer = exchange_cap(outstanding, already_issued, requested)
    assert 5 * answer.cap_shares < outstanding <= 5 * (answer.cap_shares + 1)
    assert answer.issued == 0 or answer.issued + already_issued <= answer.cap_shares
    assert answer.issued + answer.excess == requested
