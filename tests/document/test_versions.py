"""A file of any released version opens for ever, and is brought up to date all at once or not at all."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database, Migrations

from neocapgui.document import schema, versions, working
from neocapgui.document.document import Document
from neocapgui.document.views import VIEWS_1
from tests.document.ledgers import acme, content, facts

GOLDEN = Path(__file__).parents[1] / "golden"


def test_a_file_of_version_1_opens(tmp_path: Path) -> None:
    path = Path(shutil.copy(GOLDEN / "version-1.db", tmp_path))
    before = content(path)
    with Document.open(path) as document:
        assert document.warnings == ()
        assert facts(document.ledger) == facts(acme())
        assert [entry.edit.label for entry in document.history.done] == ["Add Delta", "Remove Delta"]
        assert [entry.edit.label for entry in document.history.undone] == ["Correct the notice"]
        document.redo()
        notice = document.ledger.transactions.get(4)
        assert notice is not None
        assert (notice.price, notice.date) == (Decimal("3.54"), date(2001, 9, 20))
        document.undo()
        document.undo()
        assert document.ledger.issuers[3].name == "Delta"
        document.save(tmp_path / "again.db")
    assert content(path) == before


def test_new_files_are_made_as_the_migrations_make_them() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        versions.bring_up(connection)
        migrated = schema.structure(connection)
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema.create_tables(connection)
        schema.create_indices(connection)
        assert schema.structure(connection) == migrated
        assert versions.migrations().pending(Database(connection)) == []


def later(*, fails: bool = False, breaks: bool = False) -> Migrations:
    """Return the migrations of a program of version 3 that is still to be written."""
    steps = versions.migrations()

    @steps()
    def version_2(db: Database) -> None:
        db.execute("ALTER TABLE issuers ADD COLUMN seat TEXT NOT NULL DEFAULT ''")

    @steps()
    def version_3(db: Database) -> None:
        db.execute("UPDATE issuers SET seat = upper(jurisdiction), note = 'moved'")
        db["prices"].transform(rename={"vwap": "average"})  # type: ignore[union-attr]
        if breaks:
            db.execute("DELETE FROM approvals")
        if fails:
            raise RuntimeError

    return steps


@pytest.fixture
def old(tmp_path: Path) -> Any:
    """A connection to a file of version 1."""
    path = Path(shutil.copy(GOLDEN / "version-1.db", tmp_path))
    with closing(working.connect(path)) as connection:
        yield connection


def state(connection: sqlite3.Connection) -> tuple[Any, ...]:
    return (
        schema.structure(connection),
        connection.execute("PRAGMA user_version").fetchone(),
        connection.execute("SELECT * FROM issuers").fetchall(),
        connection.execute("SELECT name FROM _sqlite_migrations").fetchall(),
    )


def test_an_old_file_is_brought_up(old: sqlite3.Connection) -> None:
    prices = old.execute("SELECT * FROM prices").fetchall()
    versions.bring_up(old, later(), 3)
    assert old.execute("PRAGMA user_version").fetchone() == (3,)
    assert old.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
    assert old.execute("SELECT DISTINCT note FROM issuers").fetchall() == [("moved",)]
    assert old.execute("SELECT * FROM prices").fetchall() == prices
    assert "average" in schema.columns(old, "prices")
    assert old.execute("PRAGMA foreign_keys").fetchone() == (1,)
    strict = {name: strict for _, name, _, _, _, strict in old.execute("PRAGMA table_list")}
    assert strict["prices"] == 1


@pytest.mark.parametrize(("how", "error"), [({"fails": True}, RuntimeError), ({"breaks": True}, ValueError)])
def test_a_step_that_fails_leaves_the_file_of_the_old_version(
    old: sqlite3.Connection, how: dict[str, bool], error: type[Exception]
) -> None:
    before = state(old)
    with pytest.raises(error):
        versions.bring_up(old, later(**how), 3)
    assert state(old) == before


def test_the_structure_of_any_version_is_known(old: sqlite3.Connection) -> None:
    steps = later()
    assert versions.structure_of(1, steps) == versions.structure_of(1) == schema.structure(old)
    assert versions.structure_of(2, steps) != versions.structure_of(3, steps)
    versions.bring_up(old, steps, 3)
    assert schema.structure(old) == versions.structure_of(3, steps)


def test_the_structure_of_version_1_is_frozen() -> None:
    said = "\n".join((*schema.BOOKKEEPING, *schema.TABLES_1, *schema.INDICES_1, *VIEWS_1))
    assert "--" not in said  # structures are compared without their lines, on which a comment would depend
    with closing(sqlite3.connect(GOLDEN / "version-1.db")) as golden:
        assert versions.structure_of(1) == schema.structure(golden)
