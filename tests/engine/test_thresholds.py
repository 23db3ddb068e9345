"""The days on which a stake crossed a threshold, by hand on the sample and on small ledgers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.possible_moves import possible_moves
from neocapgui.engine.thresholds import crossings, group_crossings
from neocapgui.exchange.samples import sample
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import Transaction

EIGHTY = Fraction(80, 100)


def _held(*shares: tuple[int, int]) -> Ledger:
    """Return issues of common to a holder, one a day from 1 Jan 2001 on."""
    issues = [
        Transaction(id, date(2001, 1, id), "issuance", security=1, stakeholder=who, quantity=Decimal(count))
        for id, (who, count) in enumerate(shares, 1)
    ]
    return Ledger(
        securities={1: Security(1, 1, "Common", SecurityKind.COMMON)}, transactions=Transactions.of(issues)
    )


def test_the_stake_in_neogene_falls_below_eighty_percent_and_comes_back() -> None:
    """87.50 -> 78.75 on 21 Sep 2000, 75.72 and 79.57 between, 89.18 on 13 Aug 2001."""
    ledger = sample("neotherapeutics-as-filed")
    lens = Lens(date(2001, 8, 31), 1, Basis.AS_CONVERTED)
    found = [
        (one.day, one.threshold, one.is_upward)
        for owner, issuer, one in group_crossings(ledger, lens)
        if (owner, issuer) == (1, 2)
    ]
    first = date(1999, 10, 1)
    at_first = (20, Fraction(100, 3), 50, Fraction(200, 3), 75, 80)
    assert found == [
        *((first, Fraction(part) / 100, True) for part in at_first),
        (date(2000, 9, 21), EIGHTY, False),
        (date(2001, 8, 13), EIGHTY, True),
    ]


def test_exactly_a_third_has_reached_a_third() -> None:
    found = crossings(_held((1, 2), (2, 1)), Lens(date(2001, 1, 2), 1), stakeholder=2)
    assert [(one.threshold, one.after) for one in found] == [
        (Fraction(1, 5), Fraction(1, 3)),
        (Fraction(1, 3), Fraction(1, 3)),
    ]


def test_one_share_less_than_a_half_is_below_it() -> None:
    found = crossings(_held((1, 100), (2, 100), (2, 1)), Lens(date(2001, 1, 3), 1), stakeholder=1)
    last = found[-1]
    assert (last.day.day, last.threshold, last.is_upward) == (3, Fraction(1, 2), False)
    assert last.after == Fraction(100, 201)
    assert all(one.day.day < 3 or one is last for one in found)


def test_thresholds_passed_on_one_day_stand_in_the_order_of_the_stake() -> None:
    found = crossings(_held((1, 1), (2, 9)), Lens(date(2001, 1, 2), 1), stakeholder=1)
    fallen = [one.threshold for one in found if not one.is_upward]
    assert fallen == sorted(fallen, reverse=True)
    assert len(fallen) == 7


def test_the_papers_of_neogene_could_become_papers_of_the_parent_until_they_came_back() -> None:
    ledger = sample("neotherapeutics-as-filed")
    before = possible_moves(ledger, Lens(date(2000, 12, 31), 1))
    assert [(move.issuer, move.into_issuer, int(move.units)) for move in before] == [
        (2, 1, 111_110),
        (2, 1, 44_445),
    ]
    assert [move.shares for move in before] == [None, Fraction(200)]
    assert before[0].reason
    assert possible_moves(ledger, Lens(date(2001, 8, 31), 1)) == ()
