"""A scenario as plain SQL: any SQLite loads it, and has the same scenario under the same seal then."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from neocapgui.document import schema
from neocapgui.document.document import Document, DocumentError
from neocapgui.document.dump import dump, dump_to
from neocapgui.ledger.edits import add, correct
from neocapgui.ledger.facts import Issuer
from neocapgui.ledger.ledger import TABLES
from tests.document.ledgers import acme

AWKWARD = 'O\'Neil; -- "x"\n.quit\r\n\tDROP TABLE issuers;\x07 日本 €'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with a history and a text that would harm a careless dump."""
    path = tmp_path / "acme.db"
    with Document.create(acme()) as document:
        document.do(add("Add", [Issuer(3, "Delta")]))
        before = document.ledger.issuers[3]
        document.do(correct("Note", before, replace(before, note=AWKWARD)))
        document.undo()
        document.redo()
        document.save(path)
    return path


def loaded(sql: str, path: Path) -> Path:
    """Return the file that Python's SQLite makes of some SQL."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(sql)
    return path


def rows(path: Path) -> Iterator[tuple[object, ...]]:
    """Return every row of every table, and the header's own numbers."""
    with closing(sqlite3.connect(path)) as connection:
        yield connection.execute("PRAGMA application_id").fetchone()
        yield connection.execute("PRAGMA user_version").fetchone()
        for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1"):
            yield table, *connection.execute(f'SELECT * FROM "{table}" ORDER BY 1')


def same(one: Path, other: Path) -> None:
    """Make sure that two files are the same scenario, here and for any other reader."""
    assert list(rows(one)) == list(rows(other))
    with closing(sqlite3.connect(one)) as first, closing(sqlite3.connect(other)) as second:
        assert schema.structure(first) == schema.structure(second)
    with Document.open(one) as here, Document.open(other) as there:
        assert here.seal_state.kind == there.seal_state.kind == "whole"
        assert there.warnings == ()
        assert here.id == there.id
        assert here.history == there.history
        for table in TABLES.values():
            assert list(getattr(here.ledger, table)) == list(getattr(there.ledger, table))
        assert there.ledger.issuers[3].note == AWKWARD


def test_what_is_dumped_and_loaded_is_the_same_scenario(file: Path, tmp_path: Path) -> None:
    same(file, loaded("".join(dump(file)), tmp_path / "loaded.db"))


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="The sqlite3 shell is not installed")
def test_the_sqlite3_shell_loads_it(file: Path, tmp_path: Path) -> None:
    dump_to(file, tmp_path / "acme.sql")
    with (tmp_path / "acme.sql").open("rb") as sql:
        answer = subprocess.run(
            ["sqlite3", "-bail", tmp_path / "loaded.db"],
            stdin=sql,
            capture_output=True,
            check=False,
            timeout=60,
        )
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, b"", b"")
    same(file, tmp_path / "loaded.db")


def test_a_dump_of_a_dump_is_the_same_text(file: Path, tmp_path: Path) -> None:
    once = "".join(dump(file))
    assert "".join(dump(loaded(once, tmp_path / "loaded.db"))) == once
    assert not [mark for mark in once if mark < " " and mark != "\n"]


def test_a_file_that_another_program_changed_is_still_known_for_it(file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript("UPDATE issuers SET note = 'x' WHERE id = 2")
    with Document.open(loaded("".join(dump(file)), tmp_path / "loaded.db")) as document:
        assert document.seal_state.kind in ("edited", "damaged")
        assert [row[:2] for row in document.seal_state.rows] == [("issuers", 2)]


def test_a_dump_replaces_no_file_and_leaves_nothing_behind(file: Path, tmp_path: Path, home: Path) -> None:
    before = file.read_bytes()
    for there in (file, tmp_path / "acme.sql"):
        there.touch()
        with pytest.raises(DocumentError, match=r"is there already; a dump does not replace a file"):
            dump_to(file, there)
    assert file.read_bytes() == before
    (tmp_path / "thesis.txt").write_text("Two years." * 100)
    with pytest.raises(DocumentError, match=r"thesis\.txt is no scenario"):
        dump_to(tmp_path / "thesis.txt", tmp_path / "thesis.sql")
    assert not (tmp_path / "thesis.sql").exists()
    assert [path for path in home.rglob("*") if path.is_file()] == []
