"""What splits do to holders, prices and instruments."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Mode
from neocapgui.engine.calculations.splitting import (
    SplitRatio,
    aggregate_and_holder_total,
    cumulative_reverse_ratio,
    reverse_forward,
    split,
    split_price,
    split_shares,
)
from neocapgui.ledger.terms import Rounding

holdings = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 10**6), min_size=1)
ratios = st.builds(SplitRatio, st.integers(1, 60), st.integers(1, 60))


def test_one_for_twenty_five_with_cash_for_the_fraction() -> None:
    after = split({"investor": 483_635}, SplitRatio(1, 25), Rounding.CASH, cash_price=4)
    assert after.holders == {"investor": 19_345}
    assert after.cash == {"investor": Fraction("1.6")}
    assert split_price(Fraction("3.54"), SplitRatio(1, 25), 2) == Fraction("88.50")


def test_rounding_up_account_by_account_makes_more_than_one_division() -> None:
    accounts = {f"account {number}": 130 for number in range(8)}
    after = split(accounts, SplitRatio(1, 100), Rounding.UP)
    assert [after.outstanding, after.aggregate_exact] == [16, Fraction("10.4")]
    both = aggregate_and_holder_total(1040, SplitRatio(1, 100), 5)
    assert [both.aggregate_rounded_up, both.holder_level_total] == [11, 16]


def test_halves_go_up_and_small_holders_may_disappear() -> None:
    holders = {"anna": 10, "ben": 9, "cleo": 2, "dora": 1}
    assert split(holders, SplitRatio(1, 4), Rounding.NEAREST).holders == {
        "anna": 3,
        "ben": 2,
        "cleo": 1,
        "dora": 0,
    }
    assert split({"whole": 100}, SplitRatio(1, 4), Rounding.CASH, cash_price=1).cash == {"whole": 0}


def test_an_option_is_rounded_against_its_holder() -> None:
    assert split_shares(1003, SplitRatio(1, 4), Mode.FLOOR) == 250
    assert split_price(Fraction("0.126"), SplitRatio(1, 4), 2, Mode.CEIL) == Fraction("0.51")
    assert split_price(Fraction("0.126"), SplitRatio(5, 4)) == Fraction("0.1008")


def test_fractions_survive_between_a_reverse_and_a_forward_split() -> None:
    after = reverse_forward(
        {"anna": 49, "ben": 50, "cleo": 77, "dora": 1000},
        SplitRatio(1, 50),
        SplitRatio(10, 1),
        Rounding.UP,
        Fraction("0.35"),
    )
    assert after.holders == {"anna": 0, "ben": 10, "cleo": 16, "dora": 200}
    assert [after.cash, after.outstanding] == [{"anna": Fraction("17.15")}, 226]


def test_a_forward_split_counts_as_its_inverse() -> None:
    assert cumulative_reverse_ratio([SplitRatio(1, 8), SplitRatio(3, 1), SplitRatio(1, 20)]) == Fraction(
        160, 3
    )
    assert cumulative_reverse_ratio([]) == 1


@pytest.mark.parametrize("ratio", [SplitRatio(0, 1), SplitRatio(1, 0), SplitRatio(-1, 2)])
def test_a_ratio_that_cannot_be_is_refused(ratio: SplitRatio) -> None:
    with pytest.raises(CalculationRefused) as refused:
        split({"holder": 1}, ratio, Rounding.DOWN)
    assert refused.value.code == "bad_input"


def test_cash_needs_a_price() -> None:
    with pytest.raises(CalculationRefused) as refused:
        split({"holder": 1}, SplitRatio(1, 2), Rounding.CASH)
    assert refused.value.code == "bad_input"


@settings(max_examples=60, deadline=None)
@given(holdings, ratios, st.sampled_from(Rounding))
def test_the_holders_add_up_to_the_outstanding(
    holders: dict[str, int], ratio: SplitRatio, policy: Rounding
) -> None:
    after = split(holders, ratio, policy, cash_price=1)
    assert sum(after.holders.values()) == after.outstanding
    assert abs(after.outstanding - after.aggregate_exact) <= len(holders)
    assert policy is Rounding.NONE or all(shares.denominator == 1 for shares in after.holders.values())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), ratios, st.integers(0, 10**4))
def test_cash_is_the_left_over_old_shares_at_the_old_price(
    shares: int, ratio: SplitRatio, hundredths: int
) -> None:
    old_price = Fraction(hundredths, 100)
    after = split({"a": shares}, ratio, Rounding.CASH, cash_price=old_price / ratio.factor)
    left_over = shares - after.holders["a"] / ratio.factor
    assert abs(after.cash["a"] - left_over * old_price) <= Fraction(1, 200)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 10**6), st.lists(ratios, max_size=5))
def test_restating_one_by_one_is_restating_by_the_product(price: int, row: list[SplitRatio]) -> None:
    one_by_one = Fraction(price)
    for ratio in reversed(row):
        one_by_one = split_price(one_by_one, ratio)
    assert one_by_one == price * cumulative_reverse_ratio(row)


@settings(max_examples=60, deadline=None)
@given(holdings, st.integers(1, 60))
def test_a_split_and_its_reverse_return_to_the_start(holders: dict[str, int], times: int) -> None:
    there = split(holders, SplitRatio(times, 1), Rounding.DOWN)
    assert split(there.holders, SplitRatio(1, times), Rounding.DOWN).holders == holders
