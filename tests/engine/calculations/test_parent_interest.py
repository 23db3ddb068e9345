"""A parent's part of its subsidiary."""

from __future__ import annotations

from fractions import Fraction

import pytest

from neocapgui.engine.calculations.parent_interest import Taken, interest_change
from neocapgui.engine.calculations.refusal import CalculationRefused

HOLDINGS = {"parent": 7_500_000, "investor": 400_000, "redeemed": 1_000_000, "others": 1_100_000}


def test_acquired_shares_pass_to_the_parent() -> None:
    change = interest_change("parent", HOLDINGS, [Taken("investor", 400_000), Taken("redeemed", 1_000_000)])
    assert (change.before, change.after) == (Fraction(3, 4), Fraction(89, 100))
    assert change.steps == (Fraction(79, 100), Fraction(89, 100))


def test_retired_shares_shrink_the_whole() -> None:
    change = interest_change(
        "parent", HOLDINGS, [Taken("investor", 400_000), Taken("redeemed", 1_000_000, retired=True)]
    )
    assert change.after == Fraction(79, 90)
    assert sum(change.holdings.values()) == 9_000_000


def test_nothing_happened() -> None:
    assert interest_change("parent", HOLDINGS, []).after == Fraction(3, 4)


@pytest.mark.parametrize(
    ("parent", "holdings", "taken", "code"),
    [
        ("parent", HOLDINGS, Taken("investor", 400_001), "insufficient_quantity"),
        ("parent", HOLDINGS, Taken("stranger", 1), "insufficient_quantity"),
        ("stranger", HOLDINGS, Taken("investor", 1), "bad_input"),
        ("parent", {"parent": 5}, Taken("parent", 5, retired=True), "bad_input"),
    ],
)
def test_what_cannot_be_is_refused(
    parent: str, holdings: dict[str, int], taken: Taken[str], code: str
) -> None:
    with pytest.raises(CalculationRefused) as refused:
        interest_change(parent, holdings, [taken])
    assert refused.value.code == code
