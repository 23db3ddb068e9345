"""Control by majorities that add up, against sweeping until nothing changes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.control import controlled_companies
from neocapgui.engine.calculations.mutual_holdings import Stake, holders_of
from neocapgui.engine.calculations.refusal import CalculationRefused

COMPANIES = ["hold", "works", "trade", "joint"]
STAKES = [
    Stake("clan", "hold", Fraction("0.60")),
    Stake("hold", "works", Fraction("0.55")),
    Stake("clan", "trade", Fraction("0.20")),
    Stake("works", "trade", Fraction("0.31")),
    Stake("clan", "joint", Fraction("0.50")),
]


def test_holdings_of_controlled_companies_add_up_to_control() -> None:
    found = controlled_companies("clan", COMPANIES, STAKES)
    assert [control.company for control in found] == ["hold", "trade", "works"]
    trade = found[1]
    assert trade.held == Fraction(51, 100)
    assert [each.holder for each in trade.through] == ["clan", "works"]


def test_exactly_one_half_is_no_control_and_one_share_more_is() -> None:
    half = [Stake("ada", "shop", Fraction(1, 2))]
    assert controlled_companies("ada", ["shop"], half) == ()
    (shop,) = controlled_companies("ada", ["shop"], [*half, Stake("ada", "shop", Fraction(1, 10**9))])
    assert shop.held == Fraction(1, 2) + Fraction(1, 10**9)


def test_what_an_uncontrolled_company_holds_does_not_count() -> None:
    stakes = [
        Stake("ada", "club", Fraction("0.5")),
        Stake("club", "shop", Fraction("0.9")),
        Stake("ada", "shop", Fraction("0.1")),
    ]
    assert controlled_companies("ada", ["club", "shop"], stakes) == ()


def test_companies_that_control_only_one_another_are_not_the_owner_s() -> None:
    ring = [
        Stake("a", "b", Fraction(1)),
        Stake("b", "a", Fraction("0.9")),
        Stake("ada", "a", Fraction("0.1")),
    ]
    assert controlled_companies("ada", ["a", "b"], ring) == ()


def test_an_unknown_company_is_refused() -> None:
    with pytest.raises(CalculationRefused):
        controlled_companies("clan", ["hold"], STAKES)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 5), st.integers(1, 4)), max_size=25))
@settings(max_examples=60)
def test_control_is_what_sweeping_until_nothing_changes_finds(draws: list[tuple[int, int, int]]) -> None:
    names = ["owner", *(f"c{number}" for number in range(6))]
    companies = names[1:]
    stakes = []
    room = dict.fromkeys(companies, Fraction(1))
    for holder, held, weight in draws:
        part = min(Fraction(weight, 5), room[companies[held]])
        room[companies[held]] -= part
        stakes.append(Stake(names[holder], companies[held], part))
    circle = {"owner"}
    holders = holders_of(companies, stakes)
    for _ in companies:
        for company, row in holders.items():
            if sum(row.get(name, 0) for name in circle) > Fraction(1, 2):
                circle.add(company)
    found = controlled_companies("owner", companies, stakes)
    assert [control.company for control in found] == sorted(circle - {"owner"})
    for control in found:
        assert control.held == sum(holders[control.company].get(name, 0) for name in circle)
        assert control.held == sum(Fraction(each.fraction) for each in control.through)
