"""A notice is entered: what its terms imply, and the entry that records it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from neocapgui.engine.lens import Lens
from neocapgui.figures.kinds import NotUnderstood
from neocapgui.figures.notice_entry import Notice, holders, implied, recorded, right_name
from neocapgui.figures.price_hints import missing_prices
from neocapgui.ledger.edits import add, apply
from neocapgui.ledger.facts import ConversionRight, Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import ConversionBasis, Rounding, SecurityKind
from neocapgui.ledger.transactions import Transaction

FLOATING = ConversionRight(1, 2, 1, ConversionBasis.NOTICE)
BY_RATIO = ConversionRight(2, 3, 1, ConversionBasis.RATIO, ratio=Fraction(5, 2))
EXCHANGE = ConversionRight(3, 4, 1, ConversionBasis.RATIO, ratio=Fraction(1))
DAY = date(2001, 8, 15)
LENS = Lens(DAY, 1)


@pytest.fixture
def company() -> Ledger:
    """100 Series C of 10,000 with Ada, 7 Series D with Bob, 10 of the daughter's preferred with Ada."""
    facts = (
        Issuer(1, "Parent"),
        Issuer(2, "Daughter"),
        Stakeholder(1, "Ada"),
        Stakeholder(2, "Bob"),
        Security(1, 1, "Common", SecurityKind.COMMON),
        Security(2, 1, "Series C", SecurityKind.PREFERRED, stated_value=Decimal(10_000)),
        Security(3, 1, "Series D", SecurityKind.PREFERRED, rounding=Rounding.DOWN),
        Security(4, 2, "Series A", SecurityKind.PREFERRED, stated_value=Decimal(45)),
        FLOATING,
        BY_RATIO,
        EXCHANGE,
        Transaction(1, date(2001, 6, 1), "issuance", security=2, stakeholder=1, quantity=Decimal(70)),
        Transaction(2, date(2001, 6, 1), "issuance", security=2, stakeholder=2, quantity=Decimal(100)),
        Transaction(3, date(2001, 6, 1), "issuance", security=3, stakeholder=2, quantity=Decimal(7)),
        Transaction(4, date(2001, 6, 1), "issuance", security=4, stakeholder=1, quantity=Decimal(10)),
    )
    return apply(Ledger(), add("Record the company", facts))


def test_a_price_implies_the_shares_of_the_stated_value(company: Ledger) -> None:
    notice = Notice(FLOATING, DAY, 1, Decimal(70), Decimal("3.48"))
    found = implied(company, LENS, notice)
    assert found.shares == 201_149
    assert found.words == "The terms imply 201,149: 700,000 / 3.48 = 201,149.43…, to the nearest share."


def test_a_ratio_implies_them_without_a_price(company: Ledger) -> None:
    found = implied(company, LENS, Notice(BY_RATIO, DAY, 2, Decimal(7)))
    assert found.shares == 17
    assert found.words == "The terms imply 17: 7 x 2.5 = 17.5, rounded down."


def test_without_price_or_formula_nothing_is_implied(company: Ledger) -> None:
    found = implied(company, LENS, Notice(FLOATING, DAY, 1, Decimal(70)))
    assert found.shares is None
    with pytest.raises(NotUnderstood, match="Type the shares that the notice states"):
        recorded(company, LENS, Notice(FLOATING, DAY, 1, Decimal(70)))


def test_a_price_needs_a_stated_value(company: Ledger) -> None:
    found = implied(company, LENS, Notice(BY_RATIO, DAY, 2, Decimal(7), Decimal(2)))
    assert found.words == "Series D has no stated value, so the terms imply no count."


def test_the_recorded_notice_says_units_price_money_and_shares(company: Ledger) -> None:
    edit = recorded(company, LENS, Notice(FLOATING, DAY, 1, Decimal(70), Decimal("3.48"), source="8-K"))
    assert edit.label == "Record conversion of Series C"
    record = apply(company, edit).transactions.get(5)
    assert record == Transaction(
        5,
        DAY,
        "conversion",
        security=2,
        stakeholder=1,
        quantity=Decimal(70),
        price=Decimal("3.48"),
        amount=Decimal(700_000),
        into_security=1,
        into_quantity=Decimal(201_149),
        source="8-K",
    )


def test_shares_the_notice_states_are_the_fact(company: Ledger) -> None:
    edit = recorded(company, LENS, Notice(FLOATING, DAY, 1, Decimal(70), Decimal("3.48"), Decimal(201_150)))
    record = apply(company, edit).transactions.get(5)
    assert record is not None
    assert record.into_quantity == 201_150


def test_into_another_companys_security_is_an_exchange(company: Ledger) -> None:
    record = apply(company, recorded(company, LENS, Notice(EXCHANGE, DAY, 1, Decimal(10)))).transactions.get(
        5
    )
    assert record is not None
    assert (record.kind, record.into_quantity) == ("exchange", Decimal(10))


def test_holders_stand_with_the_most_first(company: Ledger) -> None:
    assert holders(company, LENS, 2) == ((2, "Bob", Fraction(100)), (1, "Ada", Fraction(70)))
    assert holders(company, Lens(date(2001, 5, 31), 1), 2) == ()


def test_a_right_is_called_by_what_turns_into_what(company: Ledger) -> None:
    assert right_name(company, FLOATING) == "Series C  into  Common"
    assert right_name(company, EXCHANGE) == "Series A  into  Parent · Common"


def test_an_outstanding_convertible_without_a_price_is_hinted_at(company: Ledger) -> None:
    (hint,) = missing_prices(company, LENS)
    assert hint.sentence.startswith("Series C: ")
    assert not hint.needs_market
