"""Group income: hand-worked groups, and shares that add to the whole."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.group_income import group_income
from neocapgui.engine.calculations.mutual_holdings import Stake
from neocapgui.engine.calculations.refusal import CalculationRefused

MUTUAL = [Stake("p", "s", Fraction("0.8")), Stake("s", "p", Fraction("0.1"))]


def test_a_parent_mutually_owned_under_the_conventional_approach() -> None:
    income = group_income("p", {"p": 50_000, "s": 20_000}, MUTUAL)
    parent, subsidiary = income.companies
    assert (round(parent.total), round(income.controlling_share)) == (71_739, 64_565)
    assert (parent.total, subsidiary.total) == (Fraction(1_650_000, 23), Fraction(625_000, 23))
    assert income.noncontrolling == {"s": Fraction(125_000, 23)}
    assert income.consolidated == 70_000


def test_the_treasury_stock_approach_leaves_the_parent_s_income_with_its_other_owners() -> None:
    income = group_income("p", {"p": 50_000, "s": 20_000}, MUTUAL, treasury_stock_approach=True)
    assert income.controlling_share == 66_000
    assert income.noncontrolling == {"s": 4_000}


def test_a_chain_with_a_loss_and_a_holding_without_income() -> None:
    stakes = [Stake("p", "hold", Fraction("0.9")), Stake("hold", "works", Fraction("0.6"))]
    income = group_income("p", {"p": 1_000, "works": -500}, stakes)
    assert {line.company: line.total for line in income.companies} == {"p": 730, "works": -500, "hold": -300}
    assert income.controlling_share == 730
    assert income.consolidated == 500
    assert income.noncontrolling == {"works": -200, "hold": -30}


def test_a_holder_without_income_whom_nobody_holds_stands_outside() -> None:
    income = group_income(
        "p", {"p": 0, "s": 10}, [Stake("p", "s", Fraction("0.7")), Stake("bo", "s", Fraction("0.3"))]
    )
    assert [line.company for line in income.companies] == ["p", "s"]
    assert income.noncontrolling == {"s": 3}


def test_a_closed_ring_is_refused() -> None:
    with pytest.raises(CalculationRefused) as refused:
        group_income("p", {"p": 1, "s": 1}, [Stake("p", "s", 1), Stake("s", "p", 1)])
    assert refused.value.code == "closed_loop"


@given(
    st.lists(st.integers(-1000, 1000), min_size=5, max_size=5),
    st.lists(st.lists(st.integers(0, 5), min_size=5, max_size=5), min_size=5, max_size=5),
)
@settings(max_examples=60, deadline=None)
def test_controlling_and_noncontrolling_shares_add_to_the_consolidated_income(
    amounts: list[int], weights: list[list[int]]
) -> None:
    names = ["p", "a", "b", "c", "d"]
    stakes = [
        Stake(holder, company, Fraction(weight, 1 + sum(row)))
        for company, row in zip(names, weights, strict=True)
        for holder, weight in zip(names, row, strict=True)
    ]
    separate = dict(zip(names, amounts, strict=True))
    income = group_income("p", separate, stakes)
    assert income.controlling_share + sum(income.noncontrolling.values()) == income.consolidated
    total = {line.company: line.total for line in income.companies}
    part = {(each.holder, each.company): Fraction(each.fraction) for each in stakes}
    for holder in names:
        assert total[holder] == separate[holder] + sum(part[holder, other] * total[other] for other in names)
