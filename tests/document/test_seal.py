"""A changed number is noticed, and the table it stands in is named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from neocapgui.document import canonical, schema, seal
from neocapgui.document.document import Document
from neocapgui.ledger.edits import add
from neocapgui.ledger.facts import Issuer
from tests.document.ledgers import acme


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with Document.create(acme()) as document:
        document.do(add("Add", [Issuer(3, "Delta")]))
        document.save(tmp_path / "acme.db")
    return tmp_path / "acme.db"


def warnings(path: Path) -> tuple[str, ...]:
    with Document.open(path) as document:
        return document.warnings


def test_a_flipped_byte_in_a_number_is_noticed(file: Path) -> None:
    held = file.read_bytes()
    assert held.count(b"201149") == 1
    file.write_bytes(held.replace(b"201149", b"201148"))
    assert warnings(file) == (
        "The table transactions is not as it was saved: it was changed by another program or is damaged.",
    )


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE issuers SET note = 'x' WHERE id = 2", "issuers"),
        ("UPDATE prices SET close = '3.49'", "prices"),
        ("UPDATE prices SET close = NULL, vwap = close", "prices"),
        ("DELETE FROM published_counts", "published_counts"),
        ("DELETE FROM changes; DELETE FROM edits", "changes edits"),
        ("UPDATE edits SET is_undone = 1", "edits"),
        ("UPDATE transactions SET kind = 'issuance' WHERE kind = 'transfer'", "transactions"),
        ("UPDATE transactions SET recorded = '2001-10-02' WHERE id = 4", "transactions"),
        ("UPDATE transactions SET id = 70 WHERE id = 7", "transactions"),
    ],
)
def test_whatever_another_program_changes_is_named(file: Path, statement: str, table: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(statement)
    assert [warning.split()[2] for warning in warnings(file)] == table.split()


@pytest.mark.parametrize(
    ("statement", "warning"),
    [
        ("DELETE FROM meta WHERE key LIKE 'seal%'", "The file carries no seal"),
        ("UPDATE meta SET value = 'x' WHERE key = 'seal'", "The seal of the file was changed"),
        ("UPDATE meta SET value = 'x' WHERE key = 'seal.prices'", "The table prices is not as it was saved"),
        ("DELETE FROM meta WHERE key = 'seal.prices'", "The table prices is not as it was saved"),
    ],
)
def test_a_harmed_seal_is_noticed(file: Path, statement: str, warning: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(statement)
    assert [said.startswith(warning) for said in warnings(file)] == [True]


def test_saving_seals_again(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript("UPDATE prices SET close = '3.49'")
    with Document.open(file) as document:
        assert document.warnings
        document.save(file)
    assert warnings(file) == ()


def test_the_seal_does_not_depend_on_how_the_file_is_laid_out(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        before = seal.digests(connection)
        connection.executescript("PRAGMA page_size = 512; VACUUM")
        assert seal.digests(connection) == before
        assert seal.seal(before) == seal.seal(dict(reversed(before.items())))
    assert warnings(file) == ()


def test_rows_far_apart_are_all_sealed() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)")
        connection.executemany(
            "INSERT INTO t VALUES (?, ?)", ((id, f"n{id}") for id in (1, 2, 49_999, 50_001, 2**31))
        )
        columns = schema.columns(connection, "t")
        found = list(canonical.blocks(connection, "t", columns))
        assert b"".join(block.text for block in found).count(b"n") == 5
        assert [block.first for block in found] == [1, 50_001, 2**31]
