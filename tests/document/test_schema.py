"""The tables are strict and have the words of the facts; the views can be read with any SQLite program."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.document import rows, schema
from neocapgui.document.document import Document
from neocapgui.ledger.columns import TEXTS, Transactions
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.ledger import REFERENCES, TABLES, Ledger
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import KIND, Transaction
from tests.document.ledgers import acme, facts_of, table


@pytest.fixture(scope="module")
def empty() -> Any:
    """The tables of a new file."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema.create_tables(connection)
        schema.create_indices(connection)
        yield connection


def test_every_table_is_strict(empty: sqlite3.Connection) -> None:
    found = {
        name: strict for _, name, kind, _, _, strict in empty.execute("PRAGMA table_list") if kind == "table"
    }
    del found["sqlite_schema"], found["sqlite_temp_schema"]
    assert set(found) == {*TABLES.values(), "edits", "changes", "meta", "row_seals", "_sqlite_migrations"}
    assert set(found.values()) == {1}


def test_the_file_says_what_it_is(empty: sqlite3.Connection) -> None:
    assert empty.execute("PRAGMA application_id").fetchone() == (0x4E435031,)
    assert empty.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)


@pytest.mark.parametrize("kind", TABLES, ids=TABLES.get)
def test_a_table_has_the_columns_of_its_facts(empty: sqlite3.Connection, kind: type[Any]) -> None:
    columns = {
        name: (type_, notnull or pk)
        for _, name, type_, notnull, _, pk in empty.execute(f"PRAGMA table_info({TABLES[kind]})")
    }
    form = rows.FORM[kind]
    assert set(columns) == set(form.columns)
    for leaf in form.leaves:
        for column in leaf.columns:
            assert columns[column][1] == (not leaf.is_optional), column


@pytest.mark.parametrize("kind", TABLES, ids=TABLES.get)
def test_every_reference_is_a_foreign_key(empty: sqlite3.Connection, kind: type[Any]) -> None:
    keys = {
        column: target
        for _, _, target, column, *_ in empty.execute(f"PRAGMA foreign_key_list({TABLES[kind]})")
    }
    assert keys == {path.replace(".", "_"): TABLES[of] for path, of in REFERENCES[kind].items()}


def choices(kind: type[Any]) -> set[str]:
    """Return every value that an enumeration in a fact, or in a value inside it, can have."""
    found: set[str] = set()
    for hint in get_type_hints(kind).values():
        if isinstance(hint, type) and issubclass(hint, Enum):
            found |= {choice.value for choice in hint}
        elif is_dataclass(hint):
            found |= choices(cast("type[Any]", hint))
    return found


@pytest.mark.parametrize("kind", TABLES, ids=TABLES.get)
def test_every_choice_is_checked(empty: sqlite3.Connection, kind: type[Any]) -> None:
    made = schema.structure(empty)[f"table {TABLES[kind]}"]
    assert {choice for choice in choices(kind) if f"'{choice}'" not in made} == set()


def test_the_free_texts_of_a_transaction_stand_last(empty: sqlite3.Connection) -> None:
    assert schema.columns(empty, "transactions")[-len(TEXTS) :] == TEXTS


@pytest.fixture
def reader(tmp_path: Path) -> Any:
    """The small scenario in a file, read by plain SQLite."""
    with Document.create(acme()) as document:
        document.save(tmp_path / "acme.db")
    with closing(sqlite3.connect(tmp_path / "acme.db")) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def test_numbers_are_canonical_text(reader: sqlite3.Connection) -> None:
    (row,) = reader.execute("SELECT * FROM transactions WHERE id = 4")
    assert (row["date"], row["quantity"], row["price"], row["into_quantity"]) == (
        "2001-09-19",
        "700",
        "3.48",
        "201149",
    )
    (row,) = reader.execute("SELECT * FROM transactions WHERE id = 5")
    assert (row["ratio_new"], row["ratio_old"]) == ("1", "25")
    (row,) = reader.execute("SELECT * FROM securities WHERE id = 4")
    assert (row["exercise_price"], row["exercise_expires"], row["exercise_into"]) == (
        "4.125",
        "2006-09-04",
        1,
    )
    (row,) = reader.execute("SELECT * FROM conversion_rights WHERE id = 1")
    assert (row["look_back_days"], row["look_back_multiplier"], row["resets"]) == (
        10,
        "0.92",
        "2001-01-02 2001-07-02",
    )


def test_the_ledger_is_read_with_names(reader: sqlite3.Connection) -> None:
    found = [dict(row) for row in reader.execute("SELECT * FROM v_ledger")]
    assert [row["id"] for row in found] == [1, 2, 3, 7, 4, 5, 6]
    notice = found[4]
    assert notice["issuer"] == "Acme, Inc."
    assert (notice["security"], notice["into_security"]) == ("Series A", "Common")
    assert (notice["stakeholder"], notice["counterparty"]) == ("Bob", None)
    assert (found[5]["ratio"], found[5]["approval"]) == ("1:25", "Reverse split")
    assert (found[6]["issuer"], found[6]["value"]) == ("Beta GmbH", "Gamma GmbH")


def test_holdings_say_where_they_are_not_those_of_today(reader: sqlite3.Connection) -> None:
    found = {
        (row["security"], row["stakeholder"]): (row["quantity_unsplit"], row["remark"][:22])
        for row in reader.execute("SELECT * FROM v_holdings")
    }
    assert found == {
        ("Anteile", "Acme, Inc."): ("99.5", ""),
        ("Common", "Ada"): ("737.5", "the security was split"),
        ("Common", "Bob"): ("201411.5", "the security was split"),
        ("Series A", "Bob"): ("-700", ""),
    }


def test_ownership_is_of_one_security_and_none_where_it_was_split(reader: sqlite3.Connection) -> None:
    found = {
        (row["security"], row["stakeholder"]): row["percent_of_security"]
        for row in reader.execute("SELECT * FROM v_ownership")
    }
    assert found[("Anteile", "Acme, Inc.")] == "100.0000"
    assert found[("Common", "Ada")] is None


def test_shares_of_its_own_are_not_outstanding(tmp_path: Path) -> None:
    ledger = replace(
        acme(),
        transactions=Transactions.of(
            Transaction(
                id, date(2000, 1, id), "issuance", security=1, stakeholder=id, quantity=Decimal(shares)
            )
            for id, shares in ((1, 300), (2, 100), (3, 50))
        ),
    )
    with Document.create(ledger) as document:
        document.save(tmp_path / "acme.db")
    with closing(sqlite3.connect(tmp_path / "acme.db")) as connection:
        assert connection.execute(
            "SELECT stakeholder, quantity_unsplit, percent_of_security FROM v_ownership"
        ).fetchall() == [("Ada", "300", "75.0000"), ("Bob", "100", "25.0000")]


def test_the_other_views_are_read_with_names(reader: sqlite3.Connection) -> None:
    warrant = reader.execute("SELECT * FROM v_securities WHERE id = 4").fetchone()
    assert (warrant["issuer"], warrant["exercise_into"]) == ("Acme, Inc.", "Common")
    assert warrant["converts_into"] == "Common (ratio)"
    assert tuple(reader.execute("SELECT * FROM v_prices").fetchone())[:4] == (
        "Acme, Inc.",
        "Common",
        "2001-09-19",
        "3.48",
    )
    assert tuple(reader.execute("SELECT * FROM v_published_counts").fetchone())[:4] == (
        "Acme, Inc.",
        "Common",
        "2001-08-10",
        "1000",
    )


quantities = st.none() | st.decimals(-(10**11), 10**11, places=3) | st.decimals(-1, 1, places=9)


@settings(max_examples=40)
@given(
    st.lists(
        facts_of(
            Transaction,
            id=st.just(1),
            issuer=st.none(),
            security=st.sampled_from([1, 2]),
            into_security=st.sampled_from([1, 2]),
            stakeholder=st.sampled_from([1, 2, None]),
            counterparty=st.sampled_from([1, 2, None]),
            approval=st.none(),
            kind=st.sampled_from([kind for kind in KIND if kind != "split"]),
            quantity=quantities,
            into_quantity=quantities,
        ),
        max_size=6,
    )
)
def test_without_splits_the_view_adds_up_the_legs_exactly(records: list[Transaction]) -> None:
    held: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    numbered = [replace(record, id=number) for number, record in enumerate(records, 1)]
    for record in numbered:
        for leg in KIND[record.kind].legs:
            holder, quantity = getattr(record, leg.holder), getattr(record, leg.quantity)
            security = getattr(record, leg.security)
            if None not in (holder, quantity, security) and record.certainty is not Certainty.PLANNED:
                held[security, holder] += leg.sign * quantity
    ledger = replace(acme(), transactions=Transactions.of(numbered))
    with (
        TemporaryDirectory() as folder,
        Document.create(ledger, Path(folder)) as document,
        closing(sqlite3.connect(document.working_copy)) as connection,
    ):
        found = connection.execute("SELECT security_id, stakeholder_id, quantity_unsplit FROM v_holdings")
        assert {(security, holder): Decimal(said) for security, holder, said in found} == {
            key: shares for key, shares in held.items() if shares
        }


def test_a_count_too_long_for_sql_is_not_guessed(tmp_path: Path) -> None:
    long = Transaction(1, date(2000, 1, 1), "issuance", security=1, stakeholder=1, quantity=Decimal(10**30))
    ledger = Ledger(
        issuers=acme().issuers,
        stakeholders=table(Stakeholder(1, "Ada"), *list(acme().stakeholders.values())[1:]),
        securities=acme().securities,
        transactions=Transactions.of([long, replace(long, id=2, quantity=None, ratio=Fraction(1, 2))]),
    )
    with (
        Document.create(ledger, tmp_path) as document,
        closing(sqlite3.connect(document.working_copy)) as reader,
    ):
        assert reader.execute("SELECT quantity_unsplit, remark FROM v_holdings").fetchall() == [
            (None, "a count here is too long to be added in SQL")
        ]
        assert reader.execute("SELECT percent_of_security FROM v_ownership").fetchall() == [(None,)]
