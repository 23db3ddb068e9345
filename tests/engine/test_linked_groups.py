"""Groups no law knows are answered in time: all hold all, thousands below one another, odd numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from neocapgui.engine.calculations.lookthrough import effective_interests_of, effective_interests_of_each
from neocapgui.engine.calculations.mutual_holdings import Effort, Stake, solved
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.group import group, tree
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.ownership import ownership
from neocapgui.figures.charts.group_diagram import group_diagram
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import Transaction

DAY = date(2001, 1, 1)
LENS = Lens(DAY, basis=Basis.OUTSTANDING)
PUBLIC = 9_000


def companies(count: int, held: list[tuple[int, int, int]], first: int = 1) -> Ledger:
    """Return companies, each a stakeholder of its own number, with holdings (who, company, shares)."""
    numbers = range(first, first + count)
    return Ledger(
        issuers={id: Issuer(id, f"Company {id}") for id in numbers},
        stakeholders={id: Stakeholder(id, f"Company {id}", "issuer", issuer=id) for id in numbers}
        | {PUBLIC: Stakeholder(PUBLIC, "Public")},
        securities={id: Security(id, id, "Common", SecurityKind.COMMON) for id in numbers},
        transactions=Transactions.of(
            Transaction(id, DAY, "opening", id, None, company, who, quantity=Decimal(shares))
            for id, (who, company, shares) in enumerate(held, 1)
        ),
    )


def all_hold_all(count: int) -> Ledger:
    held = [(who, of, 1 + who * of % 997) for who in range(1, count + 1) for of in range(1, count + 1)]
    return companies(count, held + [(PUBLIC, of, 1) for of in range(1, count + 1)])


def test_where_all_companies_hold_all_others_effective_stakes_are_left_open() -> None:
    found = group(all_hold_all(90), LENS)
    assert len(found) == 90 * 89
    assert {line.effective for line in found} == {None}
    assert all(line.direct for line in found)


def test_a_dozen_companies_that_hold_one_another_are_solved() -> None:
    found = group(all_hold_all(12), LENS)
    assert len(found) == 12 * 11
    assert all(line.effective is not None and line.direct < line.effective < 1 for line in found)


def test_one_solution_for_all_owners_is_that_of_each() -> None:
    names = ["a", "b", "c", "d"]
    stakes = [
        Stake("a", "b", Fraction(1, 3)),
        Stake("b", "c", Fraction(2, 5)),
        Stake("c", "a", Fraction(1, 7)),
        Stake("c", "c", Fraction(1, 4)),
        Stake("clan", "a", Fraction(1, 2)),
        Stake("clan", "d", Fraction(1, 9)),
        Stake("d", "b", Fraction(1, 6)),
    ]
    each = effective_interests_of_each(["a", "b", "c", "d", "clan", "nobody"], names, stakes)
    for owner, found in each.items():
        assert found == effective_interests_of(owner, names, stakes)
    assert each["c"] == {
        "a": Fraction(1, 7),
        "b": Fraction(1, 21),
        "c": Fraction(1, 4) + Fraction(2, 105),
        "d": Fraction(0),
    }


def test_what_would_take_too_long_is_refused_by_what_it_costs() -> None:
    chain = {str(number): {str(number + 1): Fraction(1, 2)} for number in range(10)} | {"10": {}}
    own = {"10": {"ada": Fraction(1)}}
    assert solved(own, chain, Effort(100))["0"] == {"ada": Fraction(1, 1024)}
    with pytest.raises(CalculationRefused, match="too many ways to be looked through") as refused:
        solved(own, chain, Effort(20))
    assert refused.value.code == "too_linked"


def test_a_chain_of_thousands_is_a_tree() -> None:
    count = 3_000
    ledger = companies(count, [(id, id + 1, 80) for id in range(1, count)])
    found = tree(ledger, LENS)
    assert [(line.issuer, line.depth) for line in found] == [(id, id - 1) for id in range(1, count + 1)]


def test_numbers_near_the_largest_take_no_place_for_those_below() -> None:
    last = 10_000_000 - 20
    ledger = companies(20, [(last + 1, last, 30), (PUBLIC, last, 10), (last, last, 5)], first=last)
    owners = ownership(ledger, Lens(DAY, issuer=last))
    assert [(one.stakeholder, one.stake) for one in owners] == [
        (last + 1, Fraction(3, 4)),
        (PUBLIC, Fraction(1, 4)),
    ]


def test_of_many_companies_each_has_its_own_owners() -> None:
    ledger = companies(40, [(PUBLIC, id, id) for id in range(1, 41)] + [(2, 1, 3), (1, 1, 50)])
    assert [
        [(one.stakeholder, int(one.shares)) for one in ownership(ledger, Lens(DAY, issuer=id))]
        for id in (1, 2, 40)
    ] == [[(2, 3), (PUBLIC, 1)], [(PUBLIC, 2)], [(PUBLIC, 40)]]


def test_too_many_stakes_for_a_diagram_are_listed_instead() -> None:
    found = group_diagram(all_hold_all(20), LENS)
    assert found.empty == (
        "20 companies with 380 stakes in one another are too many for a diagram that can be read: the table"
        " lists them."
    )
    assert not found.links
    assert len(found.table.rows) == 380
    assert len(group_diagram(all_hold_all(12), LENS).links) == 132
