"""What is recorded is read back: every fact, exactly, by the quick reader and by the plain one."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.document import bulk, canonical, rows, schema
from neocapgui.document.bulk_rows import transaction_rows
from neocapgui.document.document import Document, DocumentError
from neocapgui.document.values import figure_text
from neocapgui.ledger.columns import DECIMALS, Transactions
from neocapgui.ledger.facts import Issuer
from neocapgui.ledger.ledger import TABLES, Ledger
from neocapgui.ledger.terms import Accrual, Certainty
from neocapgui.ledger.transactions import Transaction
from tests.document.ledgers import a_fact, acme, facts, figures, ledgers, same

ANY_IDS = {kind: [1, 2, 7, 10_000_000] for kind in TABLES}
transactions = st.lists(st.integers(1, 10_000_000), max_size=5, unique=True).flatmap(
    lambda ids: st.tuples(*(a_fact(Transaction, id, ANY_IDS) for id in ids))
)


def read_both_ways(records: list[tuple[Any, ...]]) -> tuple[list[Transaction], Transactions]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema.create_tables(connection)
        rows.insert(connection, Transaction, records)
        columns = schema.columns(connection, "transactions")
        blocks = canonical.blocks(connection, "transactions", columns)
        return list(rows.facts(connection, Transaction)), bulk.read(connection, blocks, columns)


@settings(max_examples=30)
@given(ledgers())
def test_a_saved_ledger_is_the_ledger(ledger: Ledger) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "scenario.db")
        with Document.create(ledger, Path(folder, "working")) as document:
            document.save(path)
        with Document.open(path, Path(folder, "working")) as opened:
            assert facts(opened.ledger) == facts(ledger)
            assert opened.warnings == ()


@settings(max_examples=60)
@given(transactions)
def test_the_quick_reader_reads_what_the_plain_one_reads(records: tuple[Transaction, ...]) -> None:
    plainly, quickly = read_both_ways([tuple(rows.cells(record)) for record in records])
    by_place = sorted(plainly, key=lambda record: (record.date, record.order, record.id))
    assert list(quickly) == by_place == list(Transactions.of(records))
    held = Transactions.of(plainly)
    for name in DECIMALS:
        assert quickly.figures[name].places == held.figures[name].places
        assert quickly.figures[name].units.dtype == held.figures[name].units.dtype
    for name, column in held.numbers.items():
        assert np.array_equal(quickly.numbers[name], column)
        assert quickly.numbers[name].dtype == column.dtype


@settings(max_examples=40)
@given(transactions)
def test_the_rows_made_from_columns_are_those_made_from_records(records: tuple[Transaction, ...]) -> None:
    held = Transactions.of(records)
    assert list(transaction_rows(held)) == [tuple(rows.cells(record)) for record in held]


@settings(max_examples=60)
@given(st.sampled_from(list(TABLES)).flatmap(lambda kind: a_fact(kind, 5, ANY_IDS)))
def test_a_fact_in_the_history_is_the_fact(fact: Any) -> None:
    text = rows.as_json(fact)
    assert rows.from_json(type(fact), text) == fact
    assert rows.as_json(rows.from_json(type(fact), text)) == text


@given(figures)
def test_a_figure_is_one_text(figure: Decimal) -> None:
    text = figure_text(figure)
    assert Decimal(text) == figure
    assert figure_text(Decimal(text)) == text
    assert "E" not in text
    assert not text.startswith("-0") or "." in text


def test_the_values_read_have_their_types(tmp_path: Path) -> None:
    with Document.create(acme()) as document:
        document.save(tmp_path / "acme.db")
    with Document.open(tmp_path / "acme.db") as opened:
        security = opened.ledger.securities[2]
        assert type(security.certainty) is Certainty
        assert type(security.votes_as_converted) is bool
        assert type(security.accrual) is Accrual
        assert opened.ledger.conversion_rights[2].ratio == acme().conversion_rights[2].ratio
        assert opened.ledger.transactions.until(acme().transactions[2].date) == 3


def test_an_empty_scenario_is_kept(tmp_path: Path) -> None:
    with Document.create(Ledger()) as document:
        document.save(tmp_path / "empty.db")
    with Document.open(tmp_path / "empty.db") as opened:
        assert same(opened.ledger, Ledger())
        assert opened.ledger.title == "Untitled"


def test_many_blocks_of_rows_are_one_ledger() -> None:
    one = acme().transactions[3]
    records = [
        replace(one, id=id, quantity=Decimal(id).scaleb(-(id % 4)), note="" if id % 3 else f"Note {id}")
        for id in range(1, 200_000, 997)
    ]
    plainly, quickly = read_both_ways([tuple(rows.cells(record)) for record in records])
    assert list(quickly) == plainly == records


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a\x1fb", "issuers 1: name holds the character U+001F, which no text may hold"),
        ("a\x00b", "issuers 1: name holds the character U+0000, which no text may hold"),
        ("a\ud800b", "issuers 1: name holds a text that is not in Unicode"),
        ("a" * 1_000_001, "issuers 1: name holds a text of more than 1,000,000 characters"),
    ],
)
def test_a_text_that_cannot_be_kept_is_refused(text: str, sentence: str, home: Path) -> None:
    with pytest.raises(DocumentError) as refused:
        Document.create(Ledger(issuers={1: Issuer(1, text)}))
    assert str(refused.value) == f"Untitled could not be created: {sentence}."
    assert list(home.rglob("*.db")) == []


@pytest.mark.parametrize("figure", ["NaN", "Infinity", "1E+201", "1E-201", "1" * 201])
def test_a_figure_that_cannot_be_kept_is_refused(figure: str) -> None:
    security = replace(acme().securities[1], par=Decimal(figure))
    with pytest.raises(DocumentError, match="securities 1: par holds"):
        Document.create(replace(acme(), securities={**acme().securities, 1: security}))


def test_a_ledger_that_names_nothing_is_refused() -> None:
    with pytest.raises(DocumentError) as refused:
        Document.create(replace(acme(), approvals={}))
    assert str(refused.value) == (
        "Acme and Beta could not be created: transactions 5: approval names 1,"
        " which is not among the approvals."
    )


def test_a_file_of_this_version_is_read_without_the_library_for_old_ones(tmp_path: Path) -> None:
    with Document.create(acme()) as document:
        document.save(tmp_path / "acme.db")
    program = (
        "import sys; from pathlib import Path; from neocapgui.document.document import Document\n"
        "assert not {'sqlite_utils', 'platformdirs'} & set(sys.modules)\n"
        "Document.open(Path(sys.argv[1])).close()\n"
        "assert 'sqlite_utils' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "acme.db")], check=True)
