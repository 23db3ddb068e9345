"""The facts of a scenario are found by kind and number, and by what they belong to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from neocapgui.ledger.facts import Issuer, PublishedCount, Scenario, Security, Stakeholder
from neocapgui.ledger.ledger import TABLES, Ledger, value_at
from neocapgui.ledger.terms import Exercise, SecurityKind
from neocapgui.ledger.transactions import Transaction, missing_fields
from tests.engine.ledgers import (
    ACME,
    ACME_ITSELF,
    ADA,
    COMMON,
    PREFERRED,
    TWO_FOR_ONE,
    cast,
    day,
    issued,
    ledger_of,
    split,
)


def test_a_new_ledger_is_an_untitled_scenario() -> None:
    ledger = Ledger()
    assert ledger.title == "Untitled"
    assert ledger_of(Scenario(1, "Acme")).title == "Acme"
    assert len(ledger.transactions) == 0


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.__name__)
def test_a_new_fact_gets_a_number_that_no_other_has(kind: type[object]) -> None:
    book = cast(issued(12, "01-01", ADA, 1), TWO_FOR_ONE, PublishedCount(3, day("01-01"), 1, Decimal(1)))
    number = book.next_id(kind)
    assert book.get(kind, number) is None
    assert number == 1 or book.get(kind, number - 1) is not None
    assert Ledger(scenario={}).next_id(kind) == 1


def test_a_fact_is_found_by_its_kind_and_number() -> None:
    book = cast(issued(12, "01-01", ADA, 1))
    assert book.get(Issuer, 1) == ACME
    assert book.get(Stakeholder, 1) == ADA
    assert book.get(Transaction, 12) == issued(12, "01-01", ADA, 1)
    assert book.get(Security, 3) is None


def test_securities_and_rights_are_found_by_what_they_belong_to() -> None:
    book = cast(TWO_FOR_ONE)
    assert book.securities_of(1) == (COMMON, PREFERRED)
    assert book.securities_of(99) == ()
    assert book.rights_of(PREFERRED.id) == (TWO_FOR_ONE,)
    assert book.rights_of(COMMON.id) == ()


def test_a_company_that_holds_shares_is_found_as_a_stakeholder() -> None:
    assert cast().stakeholder_of(ACME.id) == ACME_ITSELF
    assert ledger_of(ACME, ADA).stakeholder_of(ACME.id) is None


def test_a_field_inside_a_value_is_read_by_its_path() -> None:
    option = Security(3, 1, "Option", SecurityKind.OPTION, exercise=Exercise(1, Decimal(5)))
    assert value_at(option, "exercise.price") == 5
    assert value_at(option, "name") == "Option"


def test_an_entry_lacks_what_its_kind_needs_and_it_does_not_say() -> None:
    assert missing_fields(issued(1, "01-01", ADA, 0)) == ()
    assert missing_fields(Transaction(1, day("01-01"), "issuance", security=1)) == ("stakeholder", "quantity")
    assert missing_fields(Transaction(1, day("01-01"), "rename", issuer=1)) == ("value",)
    assert missing_fields(split(1, "01-01", "0")) == ()
