"""Every kind of transaction is complete, and every field of a record is held and referred to."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_args

import pytest

from neocapgui.ledger.columns import DECIMALS, REFERENCES, TEXTS
from neocapgui.ledger.ledger import REFERENCES as REFERENCES_OF
from neocapgui.ledger.ledger import TABLES, Fact, Ledger
from neocapgui.ledger.transactions import KINDS, Kind, Transaction

RECORD = {field.name for field in fields(Transaction)}
OWN_COLUMNS = {"id", "date", "order", "kind", "certainty", "recorded", "ratio"}

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def test_each_kind_has_its_own_name_and_title() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert len({kind.title for kind in KINDS}) == len(KINDS)


@each_kind
def test_what_a_kind_needs_are_fields_of_the_record(kind: Kind) -> None:
    assert set(kind.needs) | set(kind.may) <= RECORD
    assert not set(kind.needs) & set(kind.may)
    assert kind.needs


@each_kind
def test_a_leg_names_fields_that_the_kind_needs(kind: Kind) -> None:
    for leg in kind.legs:
        assert leg.sign in (-1, +1)
        assert {leg.security, leg.quantity} <= set(kind.needs)
        assert leg.holder in (*kind.needs, *kind.may)
        assert leg.holder in ("stakeholder", "counterparty")
        assert leg.security in ("security", "into_security")
        assert leg.quantity in ("quantity", "into_quantity")


@each_kind
def test_money_per_share_speaks_of_a_count_that_the_kind_has(kind: Kind) -> None:
    speaks_of_money = {"price", "amount"} <= {*kind.needs, *kind.may}
    if speaks_of_money:
        assert kind.per_share in kind.needs
    if kind.raises_capital:
        assert speaks_of_money


@each_kind
def test_a_kind_is_an_object_of_the_open_cap_format_or_none(kind: Kind) -> None:
    assert not kind.ocf or kind.ocf.startswith("TX_")


def test_every_field_of_a_record_is_held_in_a_column() -> None:
    assert OWN_COLUMNS | {*REFERENCES, *DECIMALS, *TEXTS} == RECORD
    assert set(REFERENCES_OF[Transaction]) == set(REFERENCES)


def test_every_kind_of_fact_is_a_table_of_the_ledger() -> None:
    kinds = set(get_args(Fact))
    assert set(TABLES) == kinds
    assert set(REFERENCES_OF) == kinds
    assert set(TABLES.values()) == {field.name for field in fields(Ledger) if field.init}


@pytest.mark.parametrize("kind", REFERENCES_OF, ids=lambda kind: kind.__name__)
def test_a_reference_is_a_field_of_its_fact(kind: type[Any]) -> None:
    own = {field.name for field in fields(kind)}
    assert {path.partition(".")[0] for path in REFERENCES_OF[kind]} <= own
