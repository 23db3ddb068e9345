"""A document takes no more than can be opened again: what goes beyond is refused when it is entered."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from neocapgui.document import history_rows, room, schema
from neocapgui.document.document import Document, DocumentError
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.edits import add, correct
from neocapgui.ledger.facts import Issuer, PublishedCount, Security, Stakeholder
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import Transaction
from tests.document.files import changed, sentence
from tests.document.ledgers import acme
from tests.document.ledgers import facts as facts_of

DAY = date(2001, 1, 1)


@pytest.fixture
def document() -> Iterator[Document]:
    """Acme, never saved."""
    with Document.create(acme()) as document:
        yield document


def reopened(document: Document, path: Path) -> None:
    """Make sure that a document opens again as it stands."""
    document.save(path)
    with Document.open(path) as again:
        assert facts_of(again.ledger) == facts_of(document.ledger)
        assert again.warnings == ()


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (
            [Security(100 + number, 1, "S", SecurityKind.COMMON) for number in range(7_997)],
            "8,001 rows of securities are more than the 8,000 that can be held",
        ),
        (
            [PublishedCount(100 + number, DAY, 1, Decimal(1), "x") for number in range(25_000)],
            "25,001 rows of published_counts are more than the 25,000 that can be held",
        ),
        (
            [
                Transaction(1000 + days, DAY + timedelta(days), "split", security=1, ratio=Fraction(10**17))
                for days in range(200)
            ],
            "its 201 splits together make counts of 3,401 digits, and 3,000 can be counted with",
        ),
    ],
    ids=["rows", "counts", "splits"],
)
def test_an_edit_that_could_not_be_opened_again_is_refused(
    document: Document, tmp_path: Path, facts: Sequence[Any], why: str
) -> None:
    before = document.ledger
    with pytest.raises(DocumentError) as refused:
        document.do(add("Too much", facts))
    assert str(refused.value) == f"Acme and Beta could not be changed: {why}."
    assert document.ledger is before
    assert not document.is_modified
    document.do(add("Less", facts[:100]))
    reopened(document, tmp_path / "acme.db")


def test_a_new_document_that_could_not_be_opened_again_is_not_made() -> None:
    issuers = {number: Issuer(number, "Acme") for number in range(1, 5_002)}
    with pytest.raises(DocumentError) as refused:
        Document.create(replace(acme(), issuers=issuers))
    assert str(refused.value) == (
        "Acme and Beta could not be created: 5,001 rows of issuers are more than the 5,000 that can be held."
    )


def test_so_much_text_is_refused_as_could_not_be_opened_again(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_MOST_TEXT_EDITED", 1_000_000)
    holder = Stakeholder(9, "Eve", note="x" * 900_000)
    document.do(add("One", [holder]))
    with pytest.raises(DocumentError, match="bytes beside the transactions are more than the 1,000,000"):
        document.do(add("Another", [replace(holder, id=10)]))
    reopened(document, tmp_path / "acme.db")


def test_so_long_a_file_is_refused_as_could_not_be_opened_again(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_LARGEST_EDITED", 400_000)
    long = replace(document.ledger.transactions[0], id=900, note="x" * 400_000)
    with pytest.raises(DocumentError, match="more than the 400,000 that can be"):
        document.do(add("Long", [long]))
    reopened(document, tmp_path / "acme.db")


def test_so_long_transactions_are_refused_as_could_not_be_opened_again(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_LOOKED_AT", 0)
    monkeypatch.setattr(room, "_MOST_TRANSACTIONS_EDITED", 100_000)
    long = replace(document.ledger.transactions[0], id=900, note="x" * 100_000)
    with pytest.raises(DocumentError, match="bytes of transactions are more than the 100,000"):
        document.do(add("Long", [long]))


def test_an_edit_longer_than_any_history_is_refused(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_rows, "MOST_TEXT", 1_000)
    holder = document.ledger.stakeholders[2]
    with pytest.raises(DocumentError, match="characters in the history, and 1,000 can be held"):
        document.do(correct("Note", holder, replace(holder, note="x" * 1_000)))


def test_long_texts_do_not_make_a_history_that_could_not_be_opened_again(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_rows, "MOST_TEXT", 2_000_000)
    monkeypatch.setattr(history_rows, "_A_CHANGE", 50)
    for number in range(12):
        holder = document.ledger.stakeholders[2]
        note = f"{number}" + "\u20ac" * 60_000  # in memory such a text takes more than its characters
        document.do(correct("Note", holder, replace(holder, note=note)))
    assert 0 < len(document.history.done) < 12
    reopened(document, tmp_path / "acme.db")


def test_a_name_as_long_as_a_book_is_refused(document: Document, tmp_path: Path) -> None:
    issuer = document.ledger.issuers[1]
    document.do(correct("Long", issuer, replace(issuer, name="x" * 10_000)))
    reopened(document, tmp_path / "acme.db")
    with pytest.raises(DocumentError, match="name holds a name of more than 10,000 characters"):
        document.do(correct("Longer", document.ledger.issuers[1], replace(issuer, name="x" * 10_001)))
    assert sentence(changed(tmp_path / "acme.db", "UPDATE issuers SET name = name || 'y' WHERE id = 1")) == (
        "acme.db could not be opened: issuers 1: name holds a name of more than 10,000 characters."
    )


def test_texts_of_a_stranger_that_memory_would_not_hold_are_refused(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document.save(tmp_path / "acme.db")
    monkeypatch.setattr(room, "MOST_TEXT", 100_000)
    for table, column in (("stakeholders", "note"), ("issuers", "source"), ("scenario", "description")):
        path = tmp_path / f"{table}.db"
        path.write_bytes((tmp_path / "acme.db").read_bytes())
        said = sentence(changed(path, f"UPDATE {table} SET {column} = hex(zeroblob(60000))"))
        assert "bytes beside the transactions are more than the 100,000 that can be held" in said


def test_a_whole_scenario_in_another_encoding_is_refused_and_can_be_rescued(
    document: Document, tmp_path: Path
) -> None:
    document.save(tmp_path / "acme.db")
    other = tmp_path / "utf16.db"
    with closing(sqlite3.connect(tmp_path / "acme.db")) as source, closing(sqlite3.connect(other)) as copy:
        copy.execute("PRAGMA encoding = 'UTF-16le'")
        copy.executescript("\n".join(source.iterdump()))
        copy.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        copy.execute(f"PRAGMA user_version = {schema.VERSION}")
    assert sentence(other) == ("utf16.db holds its texts in UTF-16le; a scenario holds them in UTF-8.")
    with Document.rescue(other) as rescued:
        assert facts_of(rescued.ledger) == facts_of(document.ledger)


def test_as_many_transactions_as_ever_are_taken(document: Document) -> None:
    first = document.ledger.transactions[0]
    document.do(add("Many", [replace(first, id=number) for number in range(1_000, 11_000)]))
    assert isinstance(document.ledger.transactions, Transactions)
    assert len(document.ledger.transactions) > 10_000
