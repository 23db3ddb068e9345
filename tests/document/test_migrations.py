"""A file of any released version opens for ever, and is brought up to date all at once or not at all."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database, Migrations

from neocapgui.document import migrations, schema, seal, totals, working
from neocapgui.document.document import Document
from neocapgui.document.views import VIEWS_2
from tests.document.files import changed
from tests.document.ledgers import acme, content, facts

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture(params=range(1, schema.VERSION + 1))
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file as each version wrote it."""
    return Path(shutil.copy(GOLDEN / f"version-{request.param}.db", tmp_path))


def test_a_file_of_any_version_opens(golden: Path) -> None:
    before = content(golden)
    with Document.open(golden) as document:
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
    assert content(golden) == before


def test_a_migration_leaves_nothing_beside_the_working_copy(golden: Path, tmp_path: Path) -> None:
    folder = tmp_path / "working"
    with Document.open(golden, folder) as document:
        own = {document.working_copy.name, f"{document.working_copy.name}-journal"}
        assert {left.name for left in folder.iterdir()} <= own
    assert list(folder.iterdir()) == []


def test_a_file_of_any_version_is_saved_as_one_of_the_present(golden: Path) -> None:
    before = content(golden)
    with Document.open(golden) as document:
        document.save(golden.with_name("again.db"))
        assert content(golden) == before
        id = document.id
        document.save(golden)
    for path in (golden, golden.with_name("again.db")):
        with Document.open(path) as document:
            assert (document.warnings, document.id) == ((), id)
            assert facts(document.ledger) == facts(acme())
            assert len(document.history.done) == 2
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
            assert schema.structure(connection) == migrations.structure_of(schema.VERSION)
            assert connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id").fetchall() == [
                (f"version_{version}",) for version in range(1, schema.VERSION + 1)
            ]
            tables = {name for (name,) in connection.execute("SELECT DISTINCT fact_table FROM row_seals")}
            assert tables >= {"transactions", "edits", "changes", "prices"}


def test_a_crash_after_a_migration_loses_nothing(golden: Path) -> None:
    document = Document.open(golden)
    document.undo()
    document.close(keep=True)
    with Document.recover(document.working_copy) as recovered:
        assert recovered.ledger.issuers[3].name == "Delta"
        recovered.save(golden)
    with Document.open(golden) as again:
        assert again.warnings == ()
        assert again.ledger.issuers[3].name == "Delta"


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "UPDATE prices SET close = '9'",
            "The table prices is not as it was saved: it was changed by another program or is damaged.",
        ),
        (
            "UPDATE meta SET value = 'x' WHERE key = 'seal'",
            "The seal of the file was changed by another program or is damaged.",
        ),
        (
            "DELETE FROM meta WHERE key LIKE 'seal%'",
            "The file carries no seal, so it cannot be told whether another program changed it.",
        ),
    ],
)
def test_the_seal_of_version_1_names_the_table(tmp_path: Path, statement: str, sentence: str) -> None:
    path = changed(Path(shutil.copy(GOLDEN / "version-1.db", tmp_path)), statement)
    with Document.open(path) as document:
        assert document.warnings == (sentence,)
        document.save(path)
    with Document.open(path) as document:
        assert document.warnings == ()


def test_what_a_file_says_of_its_steps_may_be_harmed(tmp_path: Path) -> None:
    path = changed(
        Path(shutil.copy(GOLDEN / "version-1.db", tmp_path)),
        "UPDATE _sqlite_migrations SET name = 'vorsion_1'",
    )
    with Document.open(path) as document:
        assert facts(document.ledger) == facts(acme())


def test_new_files_are_made_as_the_migrations_make_them() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrations.bring_up(connection)
        migrated = schema.structure(connection)
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema.create_tables(connection)
        schema.create_indices(connection)
        assert schema.structure(connection) == migrated
        assert migrations.migrations().pending(Database(connection)) == []


LATER = (
    "ALTER TABLE issuers ADD COLUMN seat TEXT NOT NULL DEFAULT ''",
    "UPDATE issuers SET seat = upper(jurisdiction), note = 'moved'",
    "CREATE TABLE offices (id INTEGER PRIMARY KEY, issuer INTEGER NOT NULL REFERENCES issuers (id)) STRICT",
    "INSERT INTO offices (issuer) SELECT id FROM issuers",
    "ALTER TABLE prices RENAME COLUMN vwap TO average",
)


def later(*more: str, until: int = len(LATER), ends: Callable[[], None] = lambda: None) -> Migrations:
    """Return the migrations of a program of a version that is still to be written."""
    steps = migrations.migrations()

    @steps()
    def version_3(db: Database) -> None:
        for statement in (*LATER[:until], *more):
            db.execute(statement)
        ends()

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
        connection.execute("PRAGMA application_id").fetchone(),
        connection.execute("SELECT * FROM issuers").fetchall(),
        connection.execute("SELECT * FROM _sqlite_migrations").fetchall(),
        connection.in_transaction,
        connection.execute("PRAGMA foreign_keys").fetchone(),
        seal.digests(connection),
    )


def test_an_old_file_is_brought_up(old: sqlite3.Connection) -> None:
    prices = old.execute("SELECT * FROM prices").fetchall()
    migrations.bring_up(old, later(), 3)
    assert old.execute("PRAGMA user_version").fetchone() == (3,)
    assert old.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
    assert old.execute("SELECT DISTINCT note FROM issuers").fetchall() == [("moved",)]
    assert old.execute("SELECT * FROM prices").fetchall() == prices
    assert "average" in schema.columns(old, "prices")
    assert old.execute("PRAGMA foreign_keys").fetchone() == (1,)
    strict = {name: strict for _, name, _, _, _, strict in old.execute("PRAGMA table_list")}
    assert strict["prices"] == strict["row_seals"] == 1


class StepFailed(Exception):
    """A step of a migration fails on purpose."""


@pytest.mark.parametrize("until", range(len(LATER) + 1))
def test_a_step_that_fails_anywhere_leaves_nothing_behind(old: sqlite3.Connection, until: int) -> None:
    def fail() -> None:
        raise StepFailed

    before = state(old)
    with pytest.raises(StepFailed):
        migrations.bring_up(old, later(until=until, ends=fail), 3)
    assert state(old) == before
    migrations.bring_up(old, later(), 3)
    assert old.execute("PRAGMA user_version").fetchone() == (3,)


def test_an_error_of_sqlite_at_any_point_leaves_nothing_behind(old: sqlite3.Connection) -> None:
    before = state(old)
    refused = 0
    for passing in range(0, 100_000, 5):
        left = passing

        def authorizer(*_: Any) -> int:
            nonlocal left
            left -= old.in_transaction
            return sqlite3.SQLITE_DENY if left == -1 else sqlite3.SQLITE_OK

        old.set_authorizer(authorizer)
        try:
            migrations.bring_up(old, later(), 3)
        except sqlite3.DatabaseError:
            refused += 1
            old.set_authorizer(None)
            assert state(old) == before
        else:
            old.set_authorizer(None)
            break
    assert refused > 50
    assert old.execute("PRAGMA user_version").fetchone() == (3,)


@pytest.mark.parametrize("passing", [0, 1, 2, 5, 10, 20, 40, 80])
def test_a_migration_that_is_broken_off_leaves_nothing_behind(old: sqlite3.Connection, passing: int) -> None:
    before = state(old)
    calls = iter(range(passing))
    old.set_progress_handler(lambda: next(calls, None) is None, 20)
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        migrations.bring_up(old, later(), 3)
    old.set_progress_handler(None, 0)
    old.execute("PRAGMA foreign_keys = ON")
    assert state(old) == before


WRONG = [
    ("DELETE FROM approvals", "transactions 5 would name one of the approvals that is not there"),
    ("DELETE FROM prices", "the number of prices would come to 0, not to 1"),
    (
        "UPDATE transactions SET quantity = '751' WHERE id = 1",
        "the quantity of transactions would come to 1,813, not to 1,812",
    ),
    (
        "UPDATE transactions SET kind = 'opening' WHERE id = 1",
        "the quantity of transactions (issuance, 1) would come to 250, not to 1,000",
    ),
    (
        "UPDATE transactions SET amount = '0.000000000000000000000000000001' WHERE id = 1",
        "the amount of transactions would come to 0.000000000000000000000000000001, not to 0",
    ),
    (
        "UPDATE published_counts SET shares = '1e3'",
        "published_counts 1: shares holds '1e3', which is no number",
    ),
    (
        "UPDATE published_counts SET shares = '999.9'",
        "the shares of published_counts would come to 999.9, not to 1,000",
    ),
]


@pytest.mark.parametrize(("statement", "sentence"), WRONG)
def test_a_step_that_changes_what_was_recorded_is_refused(
    old: sqlite3.Connection, statement: str, sentence: str
) -> None:
    before = state(old)
    with pytest.raises(ValueError, match="^" + re.escape(sentence)):
        migrations.bring_up(old, later(statement), 3)
    assert state(old) == before


def test_a_step_may_leave_the_totals_as_they_are_and_write_them_otherwise(old: sqlite3.Connection) -> None:
    migrations.bring_up(old, later("UPDATE transactions SET quantity = quantity || '.0' WHERE id = 4"), 3)
    assert old.execute("SELECT quantity FROM transactions WHERE id = 4").fetchone() == ("700.0",)


def test_totals_are_exact_beyond_every_float() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema.create_tables(connection)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.executemany(
            "INSERT INTO published_counts VALUES (?, '2000-01-01', 1, ?, '', '')",
            [(1, "1" + "0" * 150), (2, "0." + "0" * 149 + "1"), (3, "-0.3"), (4, "0.1"), (5, "0.2")],
        )
        found = totals.totals(connection)
    assert found["shares of published_counts", "1"] == Decimal("1" + "0" * 150 + "." + "0" * 149 + "1")
    assert found["number of published_counts",] == 5


def test_the_structure_of_any_version_is_known(old: sqlite3.Connection) -> None:
    steps = later()
    assert migrations.structure_of(1, steps) == migrations.structure_of(1) == schema.structure(old)
    assert migrations.structure_of(2, steps) == migrations.structure_of(2)
    assert migrations.structure_of(2, steps) != migrations.structure_of(3, steps)
    migrations.bring_up(old, steps, 3)
    assert schema.structure(old) == migrations.structure_of(3, steps)


@pytest.mark.parametrize("version", range(1, schema.VERSION + 1))
def test_the_structure_of_a_released_version_is_frozen(version: int) -> None:
    said = "\n".join((*schema.BOOKKEEPING, *schema.TABLES_2, *schema.INDICES_2, *VIEWS_2))
    assert "--" not in said  # structures are compared without their lines, on which a comment would depend
    with closing(sqlite3.connect(GOLDEN / f"version-{version}.db")) as golden:
        assert migrations.structure_of(version) == schema.structure(golden)


@pytest.mark.parametrize(
    ("version", "digest"),
    [
        (1, "8666278f09c594b50caf652c98f7a61549e9dda082bac72838c28596982747ac"),
        (2, "3c957170326531f09ff83b4408bdbb3c5bafff31c1c504dc630d2cb66404e2d4"),
    ],
)
def test_a_golden_file_is_never_made_again(version: int, digest: str) -> None:
    assert sha256((GOLDEN / f"version-{version}.db").read_bytes()).hexdigest() == digest
