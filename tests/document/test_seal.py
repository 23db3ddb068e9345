"""A changed number is noticed, the row it stands in is named, and by whom it was changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from neocapgui.document import canonical, indices, row_seals, schema, seal
from neocapgui.document.document import Document
from neocapgui.document.seal import Header
from neocapgui.document.seal_state import WHOLE, SealedRow, SealState
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.edits import EditRefused, add, remove
from neocapgui.ledger.facts import Issuer
from neocapgui.ledger.transactions import Transaction
from tests.document.files import changed
from tests.document.ledgers import acme, facts


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with Document.create(acme()) as document:
        document.do(add("Add", [Issuer(3, "Delta")]))
        document.save(tmp_path / "acme.db")
    return tmp_path / "acme.db"


def state(path: Path) -> SealState:
    with Document.open(path) as document:
        assert document.warnings == document.seal_state.sentences
        return document.seal_state


def flipped(file: Path, old: bytes, new: bytes) -> Path:
    """Return the file with other bytes in the one place where these stand."""
    held = file.read_bytes()
    assert held.count(old) == 1
    file.write_bytes(held.replace(old, new))
    return file


def test_a_saved_file_is_whole(file: Path) -> None:
    assert state(file) == WHOLE


def test_a_flipped_byte_in_a_number_is_noticed(file: Path) -> None:
    assert state(flipped(file, b"201149", b"201148")) == SealState(
        "damaged",
        (SealedRow("transactions", 4, "changed"),),
        1,
        ("Row 4 of the table transactions is not as it was saved: the file is damaged.",),
    )


@pytest.mark.parametrize(
    ("old", "new"), [(b"3.48", b"3.49"), (b"120000", b"120001"), (b"4.125", b"4.126"), (b"0.92", b"0.93")]
)
def test_every_number_of_a_file_is_sealed(file: Path, old: bytes, new: bytes) -> None:
    held = file.read_bytes()
    place = -1
    while (place := held.find(old, place + 1)) >= 0:
        file.write_bytes(held[:place] + new + held[place + len(old) :])
        found = state(file)
        assert (found.kind, found.count) == ("damaged", 1)


EDITS = [
    ("UPDATE issuers SET note = 'x' WHERE id = 2", "Row 2 of the table issuers was changed"),
    ("UPDATE prices SET close = '3.49'", "Row 1 of the table prices was changed"),
    ("UPDATE prices SET close = NULL, vwap = close", "Row 1 of the table prices was changed"),
    ("DELETE FROM published_counts", "Row 1 of the table published counts was removed"),
    ("DELETE FROM changes", "Row 1 of the table changes in the history was removed"),
    ("UPDATE edits SET is_undone = 1", "Row 1 of the table history was changed"),
    (
        "UPDATE transactions SET kind = 'issuance' WHERE kind = 'transfer'",
        "Row 7 of the table transactions was changed",
    ),
    (
        "UPDATE transactions SET recorded = '2001-10-02' WHERE id < 3",
        "Rows 1 and 2 of the table transactions",
    ),
    ("UPDATE transactions SET quantity = quantity || '0'", "Rows 1, 2, 3, 4 and 7 of the table trans"),
]


@pytest.mark.parametrize(("statement", "sentence"), EDITS)
def test_what_another_program_changes_is_named(file: Path, statement: str, sentence: str) -> None:
    found = state(changed(file, statement))
    assert found.kind == "edited"
    (said,) = found.sentences
    assert said.startswith(sentence)
    assert said.endswith(" by another program.")


def test_a_row_that_moved_is_gone_here_and_new_there(file: Path) -> None:
    changed(file, "UPDATE transactions SET id = 70 WHERE id = 7")
    assert state(file).rows == (
        SealedRow("transactions", 7, "removed"),
        SealedRow("transactions", 70, "added"),
    )


def test_many_rows_are_counted_and_the_first_of_them_named(tmp_path: Path) -> None:
    ledger = replace(
        acme(),
        transactions=Transactions.of(
            Transaction(id, date(2000, 1, 3), "issuance", security=1, stakeholder=1, quantity=Decimal(id))
            for id in range(1, 1001)
        ),
    )
    with Document.create(ledger) as document:
        document.save(tmp_path / "many.db")
    changed(tmp_path / "many.db", "UPDATE transactions SET price = '7' WHERE id > 100")
    found = state(tmp_path / "many.db")
    assert (found.count, len(found.rows)) == (900, 50)
    assert found.sentences == (
        "Rows 101, 102, 103, 104, 105, 106, 107, 108 and 42 more of the table transactions were changed by"
        " another program.",
        "850 more rows of the table transactions were changed by another program.",
    )


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DELETE FROM meta WHERE key LIKE 'seal%'", "The file carries no seal, so it cannot be told"),
        ("DELETE FROM meta WHERE key = 'seal'", "The seal of the file was changed by another program."),
        ("UPDATE meta SET value = 'x' WHERE key = 'seal'", "The seal of the file was changed"),
        ("UPDATE meta SET value = 'x' WHERE key = 'seal.prices'", "The table prices or its seal was changed"),
        ("DELETE FROM meta WHERE key = 'seal.prices'", "The table prices or its seal was changed"),
        ("DELETE FROM row_seals", "The list of the checksums of all rows was changed"),
        ("UPDATE row_seals SET first = 2 WHERE id = 1", "The list of the checksums of all rows was changed"),
        ("UPDATE meta SET value = '9' WHERE key = 'seal.counter'", "The seal of the file "),
        (
            "UPDATE meta SET value = '7b2eb8f1-2ae8-4b42-9f5f-2f8a2f7e5d8e' WHERE key = 'id'",
            "The seal of the file was changed by another program.",
        ),
    ],
)
def test_a_harmed_seal_is_noticed(file: Path, statement: str, sentence: str) -> None:
    (said,) = state(changed(file, statement)).sentences
    assert said.startswith(sentence)


def test_a_flip_in_the_seal_itself_is_noticed(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        values = [value for (value,) in connection.execute("SELECT value FROM meta WHERE length(value) > 9")]
        (sums,) = connection.execute("SELECT checksums FROM row_seals WHERE fact_table = 'prices'").fetchone()
    held = file.read_bytes()
    for value in (*map(str.encode, values), sums):
        last = bytes([value[-1] ^ 1])
        file.write_bytes(held.replace(value, value[:-1] + last))
        assert state(file).kind == "damaged"


def test_a_table_and_the_list_of_checksums_that_are_both_damaged_are_named(file: Path) -> None:
    changed(file, "DELETE FROM row_seals", "UPDATE prices SET close = '9'")
    assert state(file).sentences == (
        "The list of the checksums of all rows was changed by another program.",
        "The table prices was changed by another program.",
    )


def test_a_program_that_leaves_the_content_alone_is_no_trouble(file: Path) -> None:
    counter = Header.of(file).counter
    changed(file, "UPDATE prices SET close = close", "VACUUM", "PRAGMA journal_mode = WAL")
    changed(file, "PRAGMA journal_mode = DELETE")
    assert Header.of(file).counter > counter
    assert state(file) == WHOLE


def test_a_damaged_counter_makes_no_edit_of_damage(file: Path) -> None:
    flipped(file, b"201149", b"201148")
    held = bytearray(file.read_bytes())
    held[27] ^= 1
    file.write_bytes(held)
    assert state(file).kind == "damaged"


def test_saving_seals_again(file: Path) -> None:
    changed(file, "UPDATE prices SET close = '3.49'", "DELETE FROM row_seals WHERE fact_table = 'issuers'")
    with Document.open(file) as document:
        assert document.warnings
        document.save(file)
    assert state(file) == WHOLE
    changed(file, "UPDATE issuers SET note = 'x' WHERE id = 3")
    assert state(file).rows == (SealedRow("issuers", 3, "changed"),)


def test_what_another_program_changed_can_be_accepted(file: Path) -> None:
    changed(file, "UPDATE transactions SET price = '4' WHERE id IN (1, 2, 4)")
    with Document.open(file) as document:
        before = facts(document.ledger)
        edit = document.accept()
        assert (edit.label, edit.changes) == ("Accept changes by another program (3 rows)", ())
        assert document.history.done[-1].edit == edit
        assert (document.warnings, document.seal_state) == ((), WHOLE)
        assert document.is_modified
        assert facts(document.ledger) == before
        with pytest.raises(EditRefused, match="There is nothing to accept"):
            document.accept()
        document.save(file)
    with Document.open(file) as document:
        assert document.warnings == ()
        assert document.history.done[-1].edit == edit
        assert facts(document.ledger) == before


def test_damage_can_be_accepted_under_its_name(file: Path) -> None:
    with Document.open(flipped(file, b"201149", b"201148")) as document:
        assert document.accept().label == "Accept the file as damaged (1 row)"


@pytest.mark.parametrize("is_accepted", [False, True])
def test_a_crash_forgets_no_warning(file: Path, is_accepted: bool) -> None:
    changed(file, "UPDATE prices SET close = '3.49'")
    document = Document.open(file)
    if is_accepted:
        document.accept()
    said = document.seal_state
    document.close(keep=True)
    with Document.recover(document.working_copy) as recovered:
        assert recovered.seal_state == said
        assert recovered.warnings == said.sentences


def test_the_warnings_of_this_machine_do_not_travel(file: Path) -> None:
    changed(file, "UPDATE prices SET close = '3.49'")
    with Document.open(file) as document:
        document.save(file.with_name("other.db"))
    with closing(sqlite3.connect(file.with_name("other.db"))) as connection:
        keys = {key for (key,) in connection.execute("SELECT key FROM meta")}
    assert {key for key in keys if not key.startswith("seal")} == {"id"}


def test_the_seal_does_not_depend_on_how_the_file_is_laid_out(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        before = seal.digests(connection)
        connection.executescript("PRAGMA page_size = 512; VACUUM")
        assert seal.digests(connection) == before
        assert seal.seal(before) == seal.seal(dict(reversed(before.items())))
    assert state(file) == WHOLE


@pytest.fixture
def sparse() -> sqlite3.Connection:
    """Rows far apart, and a place for their checksums."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)")
    connection.executemany(
        "INSERT INTO t VALUES (?, ?)", ((id, f"n{id}") for id in (1, 2, 49_999, 50_001, 2**31))
    )
    connection.execute(schema.ADDED_2[0])
    return connection


def test_rows_far_apart_are_all_sealed(sparse: sqlite3.Connection) -> None:
    with closing(sparse):
        found = list(canonical.blocks(sparse, "t", ("id", "name")))
        assert b"".join(block.text for block in found).count(b"n") == 5
        assert [block.first for block in found] == [1, 50_001, 2**31]
        assert [block.first for block in canonical.ahead(iter(found))] == [1, 50_001, 2**31]


@pytest.mark.parametrize("text", ["other", "", "a\x1fb", "\x1f", "ü", None])
def test_the_checksums_find_every_row(sparse: sqlite3.Connection, text: str | None) -> None:
    columns = ("id", "name")
    with closing(sparse):
        sealed = [
            row_seals.sealed(sparse, "t", columns, block) for block in canonical.blocks(sparse, "t", columns)
        ]
        row_seals.write(sparse, "t", sealed)
        assert row_seals.differences(sparse, "t", columns, 50) == ([], 0)
        sparse.execute("UPDATE t SET name = ? WHERE id IN (2, 50001)", (text,))
        sparse.execute("DELETE FROM t WHERE id = 49999")
        sparse.execute("INSERT INTO t VALUES (77, 'new')")
        assert row_seals.differences(sparse, "t", columns, 50) == (
            [(2, "changed"), (77, "added"), (49_999, "removed"), (50_001, "changed")],
            4,
        )
        assert row_seals.differences(sparse, "t", columns, 1) == ([(2, "changed")], 4)


def test_checksums_that_no_program_of_ours_wrote_are_refused(sparse: sqlite3.Connection) -> None:
    with closing(sparse):
        for present, sums in ((b"\x80", b"123"), (b"\xff" * 10_000, b"1234" * 80_000)):
            sparse.execute("DELETE FROM row_seals")
            sparse.execute(
                "INSERT INTO row_seals (fact_table, first, present, checksums) VALUES ('t', 1, ?, ?)",
                (present, sums),
            )
            with pytest.raises(ValueError, match="checksums"):
                row_seals.differences(sparse, "t", ("id", "name"), 50)


def test_a_harmed_index_is_noticed_and_made_again(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'transactions_by_security'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    held = bytearray(file.read_bytes())
    held[page * size - 1] ^= 4  # the number of a row in the first cell, which stands last in the page
    file.write_bytes(held)
    with Document.open(file) as document:
        said = document.seal_state
        assert (said.kind, said.sentences) == ("damaged", (indices.MENDED,))
        assert facts(document.ledger)["transactions"] == facts(acme())["transactions"]
        document.do(remove("Remove", [document.ledger.transactions[0]]))
        document.save(file)
    assert state(file) == WHOLE
