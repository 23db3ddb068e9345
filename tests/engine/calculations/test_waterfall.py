"""Exits: hand-worked waterfalls, and every election tried out against the fast walk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.claims import (
    CapBasis,
    Common,
    Debt,
    Decision,
    Option,
    Participation,
    Pool,
    Preferred,
    Settlement,
    ShareClass,
)
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import rounded_to
from neocapgui.engine.calculations.waterfall import Waterfall, waterfall
from tests.engine.calculations.exit_stacks import all_elections, moneys, payouts_under, stacks

Stack = tuple[list[ShareClass], list[Debt]]

FOUNDERS = Common("founders", 8_000_000)
SERIES_A = Preferred("A", shares=2_000_000, seniority=1, invested=5_000_000)


def totals(answer: Waterfall) -> dict[str, Fraction]:
    return {payout.id: payout.total for payout in answer.payouts}


# Worked by hand


def test_the_decision_of_one_class_depends_on_who_has_converted_before() -> None:
    # 100 common; A 100 at 1.00, B 100 at 2.00. At 450, B alone would compare 450 x 1/3 = 150 with 200.
    a = Preferred("A", shares=100, seniority=2, invested=100)
    b = Preferred("B", shares=100, seniority=1, invested=200)
    answer = waterfall(450, [Common("common", 100), a, b])
    assert totals(answer) == {"common": 125, "A": 125, "B": 200}
    assert answer.decisions == {"A": Decision.CONVERT, "B": Decision.PREFERENCE}
    assert answer.value_per_share == Fraction(5, 4)
    assert answer.indifferent == ()


def test_strike_money_is_shared_out_with_the_rest() -> None:
    # (900 + 100 x 1) / (400 + 100) = 2 per share; the option nets 2 - 1.
    answer = waterfall(900, [Common("common", 400), Option("options", 100, 1)])
    assert totals(answer) == {"common": 800, "options": 100}
    assert answer.exercised == ("options",)


def test_options_at_exactly_their_strike_are_not_exercised() -> None:
    answer = waterfall(400, [Common("common", 400), Option("options", 100, 1)])
    assert totals(answer) == {"common": 400, "options": 0}
    assert answer.exercised == ()


def test_a_capped_class_stops_at_its_cap_until_converting_overtakes_it() -> None:
    capped = replace(SERIES_A, participation=Participation.CAPPED, cap_multiple=2)
    for exit_amount, due, decision in (
        (40_000_000, 10_000_000, Decision.PREFERENCE),
        (50_000_000, 10_000_000, Decision.PREFERENCE),
        (60_000_000, 12_000_000, Decision.CONVERT),
    ):
        answer = waterfall(exit_amount, [FOUNDERS, capped])
        assert totals(answer)["A"] == due
        assert answer.decisions["A"] is decision
    assert waterfall(50_000_000, [FOUNDERS, capped]).indifferent == ("A",)


@pytest.mark.parametrize(
    ("settlement", "basis", "due"),
    [
        (Settlement.FORFEITED, CapBasis.INCLUDES_DIVIDENDS, 200),
        (Settlement.FORFEITED, CapBasis.EXCLUDES_DIVIDENDS, 250),
        (Settlement.PAID_IN_KIND, CapBasis.INCLUDES_DIVIDENDS, 300),  # 150 x 2
        (Settlement.PAID_IN_KIND, CapBasis.EXCLUDES_DIVIDENDS, 300),  # no dividends are left to exclude
    ],
)
def test_dividends_and_the_cap(settlement: Settlement, basis: CapBasis, due: int) -> None:
    capped = Preferred("P", 100, 1, 100, participation=Participation.CAPPED, cap_multiple=2)
    stock = replace(capped, accrued=50, settlement=settlement, cap_basis=basis)
    assert totals(waterfall(900, [Common("common", 400), stock]))["P"] == due


def test_dividends_paid_on_conversion_come_beside_the_converted_shares() -> None:
    # 40 are paid, the other 960 shared: 9.60 x 20 = 192, better than a preference of 100 + 40.
    stock = Preferred("P", 20, 1, 100, accrued=40, settlement=Settlement.PAID)
    answer = waterfall(1_000, [Common("common", 80), stock])
    assert totals(answer) == {"common": 768, "P": 232}
    assert [[payout.by_rank, payout.by_share] for payout in answer.payouts] == [[0, 768], [40, 192]]


def test_debt_then_ranks_then_nothing_for_the_rest() -> None:
    senior, junior = replace(SERIES_A, id="S", seniority=1), replace(SERIES_A, id="J", seniority=2)
    answer = waterfall(
        8_100_000, [FOUNDERS, junior, senior, Pool("pool", 1)], [Debt("bank", 1_000_000)], 100_000
    )
    assert totals(answer) == {"bank": 1_000_000, "founders": 0, "J": 2_000_000, "S": 5_000_000, "pool": 0}
    assert answer.value_per_share == 0


def test_a_class_that_gets_nothing_either_way_is_indifferent() -> None:
    answer = waterfall(1_000, [FOUNDERS, SERIES_A], [Debt("bank", 2_000)])
    assert answer.indifferent == ("A",)


def test_costs_above_the_exit_leave_nothing() -> None:
    assert set(totals(waterfall(100, [FOUNDERS, SERIES_A], costs=200)).values()) == {0}


def test_odd_cents_go_to_the_largest_remainders() -> None:
    answer = waterfall(100, [Common("a", 1), Common("b", 1), Common("c", 1)])
    assert sum(answer.rounded(2).values()) == Fraction("99.99")
    assert answer.adding_up(2) == {"a": Fraction("33.34"), "b": Fraction("33.33"), "c": Fraction("33.33")}


@pytest.mark.parametrize(
    ("classes", "debt", "code"),
    [
        ([FOUNDERS, FOUNDERS], [], "bad_input"),
        ([FOUNDERS], [Debt("founders", 5)], "bad_input"),
        ([FOUNDERS, replace(SERIES_A, participation=Participation.CAPPED)], [], "bad_input"),
        ([FOUNDERS, replace(SERIES_A, multiple=-1)], [], "bad_input"),
        (
            [FOUNDERS, replace(SERIES_A, invested=0, accrued=1, settlement=Settlement.PAID_IN_KIND)],
            [],
            "bad_input",
        ),
        ([replace(SERIES_A, is_convertible=False)], [Debt("bank", 5)], "nobody_to_share"),
        ([], [], "nobody_to_share"),
    ],
)
def test_contradictory_stacks_are_refused(
    classes: Sequence[ShareClass], debt: Sequence[Debt], code: str
) -> None:
    with pytest.raises(CalculationRefused) as refused:
        waterfall(10_000_000, classes, debt)
    assert refused.value.code == code


def test_a_negative_exit_is_refused() -> None:
    with pytest.raises(CalculationRefused):
        waterfall(-1, [FOUNDERS])


# Laws


@given(stacks(), moneys)
@settings(max_examples=120, deadline=None)
def test_every_equilibrium_of_elections_pays_what_the_walk_pays(stack: Stack, money: Fraction) -> None:
    classes, debt = stack
    outcomes = [
        (elections, payouts_under(elections, classes, debt, money)) for elections in all_elections(classes)
    ]

    def flipped(elections: dict[str, bool], name: str) -> Fraction:
        other = {**elections, name: not elections[name]}
        return next(paid for tried, paid in outcomes if tried == other)[name]

    def is_equilibrium(elections: dict[str, bool], paid: dict[str, Fraction]) -> bool:
        return all(flipped(elections, name) <= paid[name] for name in elections)

    equilibria = [(elections, paid) for elections, paid in outcomes if is_equilibrium(elections, paid)]
    answer = waterfall(money, classes, debt)
    assert equilibria
    assert all(paid == totals(answer) for _, paid in equilibria)
    decided = {name: decision is Decision.CONVERT for name, decision in answer.decisions.items()}
    assert decided in [elections for elections, _ in equilibria]
    same = sorted(name for name in decided if flipped(decided, name) == totals(answer)[name])
    assert list(answer.indifferent) == same


@given(stacks(), moneys)
@settings(max_examples=60, deadline=None)
def test_without_common_the_money_still_goes_where_it_is_owed(stack: Stack, money: Fraction) -> None:
    classes = [one for one in stack[0] if not isinstance(one, Common)]
    answer = waterfall(money, [*classes, Option("warrant", 2, 1)], stack[1])
    assert sum(totals(answer).values()) == money
    assert min(totals(answer).values()) >= 0


@given(stacks(), moneys, st.fractions(0, 5, max_denominator=4))
@settings(max_examples=60, deadline=None)
def test_payouts_add_to_the_exit_less_costs(stack: Stack, money: Fraction, costs: Fraction) -> None:
    answer = waterfall(money, *stack, costs)
    assert sum(totals(answer).values()) == answer.available == max(money - costs, 0)
    assert min(totals(answer).values()) >= 0
    assert sum(answer.adding_up(2).values()) == rounded_to(answer.available, 2)


@given(stacks(), moneys, moneys)
@settings(max_examples=60, deadline=None)
def test_nobody_gets_less_of_a_higher_exit(stack: Stack, one: Fraction, other: Fraction) -> None:
    low, high = (totals(waterfall(money, *stack)) for money in sorted((one, other)))
    assert all(low[name] <= high[name] for name in low)


@given(stacks(), moneys, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_classes_changes_nothing(stack: Stack, money: Fraction, random: Random) -> None:
    classes, debt = stack
    shuffled = random.sample(classes, len(classes))
    one, other = waterfall(money, classes, debt), waterfall(money, shuffled, debt[::-1])
    assert totals(one) == totals(other)
    assert (one.decisions, one.indifferent, one.exercised) == (
        other.decisions,
        other.indifferent,
        other.exercised,
    )
