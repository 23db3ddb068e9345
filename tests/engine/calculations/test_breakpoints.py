"""Breakpoints: hand-worked points, and the waterfall as the sum of what lies in each tranche."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings

from neocapgui.engine.calculations.breakpoints import Breakpoints, breakpoints
from neocapgui.engine.calculations.claims import (
    Common,
    Debt,
    Option,
    Participation,
    Pool,
    Preferred,
    ShareClass,
)
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.waterfall import waterfall
from tests.engine.calculations.exit_stacks import moneys, stacks

Stack = tuple[list[ShareClass], list[Debt]]


def points(answer: Breakpoints) -> list[tuple[int, str]]:
    return [(int(point.value), str(point.kind)) for point in answer.breakpoints]


def test_equal_ranks_are_one_point_and_share_by_claims() -> None:
    g, h = Preferred("G", 100, 1, 100), Preferred("H", 50, 1, 300)
    answer = breakpoints([Common("common", 850), g, h])
    # G converts at 1 per share: 400 + 850; H at 6: 300 + 6 x 950.
    assert points(answer) == [(400, "preference"), (1_250, "conversion"), (6_000, "conversion")]
    assert answer.tranches[0].shares == {"G": Fraction(1, 4), "H": Fraction(3, 4)}
    assert answer.tranches[1].shares == {"common": 1}
    assert [point.ids for point in answer.breakpoints] == [("G", "H"), ("G",), ("H",)]
    assert [point.value_per_share for point in answer.breakpoints] == [0, 1, 6]


def test_points_of_equal_value_per_share_are_one_with_the_kind_of_the_class_in_front() -> None:
    stock, option = Preferred("P", 100, 1, 200), Option("options", 50, 2)
    common = Common("common", 100)
    assert points(breakpoints([common, stock, option])) == [(200, "preference"), (400, "conversion")]
    both = breakpoints([option, common, stock])
    assert points(both) == [(200, "preference"), (400, "exercise")]
    assert both.tranches[-1].shares == {
        "options": Fraction(1, 5), "common": Fraction(2, 5), "P": Fraction(2, 5),
    }  # fmt: skip


def test_options_without_a_strike_share_from_the_start() -> None:
    answer = breakpoints([Common("common", 90), Option("options", 10, 0), Pool("pool", 5)])
    assert points(answer) == []
    assert answer.tranches[0].shares == {"common": Fraction(9, 10), "options": Fraction(1, 10)}


def test_a_preference_cut_off_at_its_cap_never_participates() -> None:
    stock = Preferred("P", 100, 1, 100, accrued=150, participation=Participation.CAPPED, cap_multiple=2)
    answer = breakpoints([Common("common", 100), stock])
    assert points(answer) == [(200, "preference"), (400, "conversion")]
    assert answer.tranches[1].shares == {"common": 1}


def test_a_stack_without_common_leaps_to_the_first_who_share() -> None:
    answer = breakpoints([Preferred("P", 100, 1, 100), Option("options", 100, Fraction(1, 2))])
    assert points(answer) == [(100, "preference"), (150, "conversion")]
    assert answer.tranches[1].shares == {"options": 1}


def test_a_stack_in_which_nobody_takes_the_rest_is_refused() -> None:
    with pytest.raises(CalculationRefused) as refused:
        breakpoints([Preferred("P", 100, 1, 100, is_convertible=False)])
    assert refused.value.code == "nobody_to_share"


@given(stacks(), moneys)
@settings(max_examples=80, deadline=None)
def test_the_waterfall_is_the_integral_of_the_tranche_shares(stack: Stack, money: Fraction) -> None:
    tranches = breakpoints(*stack).tranches
    for payout in waterfall(money, *stack).payouts:
        shares = (tranche.shares.get(payout.id, 0) * tranche.amount_within(money) for tranche in tranches)
        assert sum(shares) == payout.total


@given(stacks())
@settings(max_examples=60, deadline=None)
def test_points_rise_and_every_tranche_is_shared_out_in_a_new_way(stack: Stack) -> None:
    answer = breakpoints(*stack)
    values = [Fraction(0), *(point.value for point in answer.breakpoints)]
    assert all(low < high for low, high in pairwise(values))
    assert [tranche.start for tranche in answer.tranches] == values
    assert all(sum(tranche.shares.values()) == 1 for tranche in answer.tranches)
    assert all(part > 0 for tranche in answer.tranches for part in tranche.shares.values())
