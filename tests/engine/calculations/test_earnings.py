"""Earnings per share: the standards' examples, and the least of all subsets."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.earnings import (
    Award,
    ContingentTerms,
    PotentialShares,
    ReportingPeriod,
    contingent_shares,
    diluted_earnings,
    incremental_shares,
    treasury_stock,
    two_class,
    year_to_date_incremental,
)
from neocapgui.engine.calculations.refusal import CalculationRefused

F = Fraction


def test_the_order_of_the_standard() -> None:
    # IAS 33, Illustrative Example 9: each step as printed there.
    answer = diluted_earnings(
        16_400_000,
        2_000_000,
        [
            PotentialShares("options", incremental_shares(Award("options", 100_000, 60), 75)),
            PotentialShares("preferred", 1_600_000, 6_400_000),
            PotentialShares("bonds", 2_000_000, 3_000_000),
        ],
        preferred_dividends=6_400_000,
        discontinued=-4_000_000,
    )
    steps = [(step.id, round(float(step.figure or 0), 2), step.is_included) for step in answer.sequence]
    assert steps == [("options", 4.95, True), ("bonds", 3.23, True), ("preferred", 3.45, False)]
    assert [answer.basic, answer.basic_net, answer.diluted_net] == [5, 3, F(150, 67)]
    assert answer.diluted_discontinued == F(-4_000_000, 4_020_000)


def test_what_comes_after_the_first_that_does_not_lower_the_figure_is_not_tried() -> None:
    items = [PotentialShares("dear", 10, 30), PotentialShares("dearer", 10, 40)]
    answer = diluted_earnings(100, 100, items)
    assert [(step.id, step.figure, step.is_included) for step in answer.sequence] == [
        ("dear", F(130, 110), False),
        ("dearer", None, False),
    ]


def test_an_item_that_leaves_the_figure_as_it_is_does_not_count() -> None:
    assert diluted_earnings(100, 100, [PotentialShares("level", 10, 10)]).included == ()


@pytest.mark.parametrize("income", [0, -100])
def test_nothing_dilutes_a_control_number_that_is_not_positive(income: int) -> None:
    answer = diluted_earnings(income, 100, [PotentialShares("shares", 10)], discontinued=500)
    assert answer.included == ()
    assert answer.diluted_shares == 100
    assert answer.diluted == answer.basic
    assert answer.diluted_net == F(income + 500, 100)


def test_awards_count_by_the_price_above_strike_and_compensation() -> None:
    awards = [
        Award("in", 100, 6),
        Award("at", 100, 7, 1),
        Award("half", 100, 6, 0, F(1, 2)),
        Award("free", 8, 0),
    ]
    answer = treasury_stock(8, awards)
    assert answer.incremental == {"in": 25, "at": 0, "half": F(25, 2), "free": 8}
    assert answer.total == F(91, 2)
    assert treasury_stock(0, [Award("free", 8, 0)]).total == 0
    assert year_to_date_incremental([10, 0, 5]) == 5


def test_a_loss_is_borne_by_common_unless_the_preferred_must() -> None:
    assert two_class(-100, 80, 20).to_common == -100
    assert two_class(-100, 80, 20, preferred_bears_losses=True).to_common == -80
    assert two_class(-100, 80, 20).diluted == F(-100, 80)


def test_the_more_dilutive_of_two_class_and_if_converted() -> None:
    # 25 of 100 are paid to preferred, the rest shared 4:1: common 60 / 80; converted 100 / 100.
    answer = two_class(100, 80, 20, 0, 25)
    assert [answer.basic, answer.if_converted, answer.diluted] == [F(3, 4), 1, F(3, 4)]
    assert answer.to_common + answer.to_preferred == 100
    # A preferred that takes nothing of what is distributed to common dilutes if converted.
    assert two_class(100, 80, 20, 50, 0).diluted == 1


def test_profit_shares_need_a_full_step_above_the_threshold() -> None:
    terms = ContingentTerms(1_000, 100, 500, 10, 5)
    for profit, shares in ((500, 1_000), (509, 1_000), (510, 1_005), (-900, 1_000)):
        (figures,) = contingent_shares(terms, [ReportingPeriod(profit, profit, 12, [], 0)])
        assert [figures.basic_shares, figures.diluted_shares] == [1_000, shares]
        assert figures.diluted == F(profit, shares)


@pytest.mark.parametrize("shares", [0, -5])
def test_figures_without_shares_are_refused(shares: int) -> None:
    with pytest.raises(CalculationRefused):
        diluted_earnings(100, shares, [])
    with pytest.raises(CalculationRefused):
        two_class(100, shares, 20)
    with pytest.raises(CalculationRefused):
        contingent_shares(ContingentTerms(shares, 0, 0, 1, 0), [ReportingPeriod(1, 1, 3, [], 0)])


def test_nonsense_is_refused() -> None:
    twins = [PotentialShares("a", 1), PotentialShares("a", 2)]
    with pytest.raises(CalculationRefused):
        diluted_earnings(100, 100, twins)
    with pytest.raises(CalculationRefused):
        diluted_earnings(100, 100, [PotentialShares("a", -1)])
    with pytest.raises(CalculationRefused):
        incremental_shares(Award("a", 10, 1, fraction_of_period=2), 5)
    with pytest.raises(CalculationRefused):
        year_to_date_incremental([])
    with pytest.raises(CalculationRefused):
        two_class(100, 100, -1)
    with pytest.raises(CalculationRefused):
        contingent_shares(ContingentTerms(10, 1, 0, 1, 0), [ReportingPeriod(1, 1, 3, [4], 0)])


items = st.lists(st.tuples(st.integers(0, 20), st.integers(-5, 60)), max_size=5)


@given(st.integers(1, 300), st.integers(1, 60), items)
@settings(max_examples=100, deadline=None)
def test_the_diluted_figure_is_the_least_of_all_subsets(
    income: int, shares: int, effects: list[tuple[int, int]]
) -> None:
    potential = [
        PotentialShares(f"item{k}", count, effect) for k, (count, effect) in enumerate(effects) if count
    ]
    subsets = chain.from_iterable(combinations(potential, size) for size in range(len(potential) + 1))
    figures = [
        F(income + sum(F(item.income_effect) for item in chosen), 1)
        / (shares + sum(F(i.shares) for i in chosen))
        for chosen in subsets
    ]
    assert diluted_earnings(income, shares, potential).diluted == min(figures)
