"""What each version of the file changed; frozen the day it was released."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import TYPE_CHECKING

from neocapgui.document import schema, totals
from neocapgui.document.views import VIEWS_1

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations


def migrations() -> Migrations:
    """Return the steps from nothing to the present version; one function for each, named after it.

    A step changes tables by SQL alone and knows no facts: those speak of the present.
    """
    from sqlite_utils import Migrations  # here, because importing it takes a third of a second

    steps = Migrations(schema.MIGRATION_SET)

    @steps()
    def version_1(db: Database) -> None:
        for statement in (*schema.TABLES_1, *schema.INDICES_1, *VIEWS_1):
            db.execute(statement)

    @steps()
    def version_2(db: Database) -> None:
        for statement in schema.ADDED_2:
            db.execute(statement)

    return steps


def bring_up(
    connection: sqlite3.Connection, steps: Migrations | None = None, to: int = schema.VERSION
) -> None:
    """Bring a file to a version of the program in one atomic step: all the way, or not at all.

    Refuses (ValueError) a file whose references the steps would break, or whose totals are others after
    them: rows of each table, and the exact sums of what was issued, moved, paid and published.
    """
    from sqlite_utils import Database

    db = Database(connection, strict=True, execute_plugins=False)
    db.execute("PRAGMA foreign_keys = OFF")  # a step may rebuild a table that others name
    try:
        with db.atomic():
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            before = totals.totals(connection)
            if version:  # by its header a file is known; what it says of the steps may be harmed
                schema.keep_books(connection, version)
            (steps or migrations()).apply(db)
            for table, row, target, _ in db.execute("PRAGMA foreign_key_check"):
                raise ValueError(f"{table} {row} would name one of the {target} that is not there")
            totals.check_same(before, totals.totals(connection))
            db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {to}")
    finally:
        db.execute("PRAGMA foreign_keys = ON")


@cache
def structure_of(version: int, steps: Migrations | None = None) -> dict[str, str]:
    """Return what a file of a version is made of, for a file from elsewhere to be held against."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        if version == schema.VERSION and steps is None:
            schema.create_tables(connection)
            schema.create_indices(connection)
        else:
            from sqlite_utils import Database

            db = Database(connection, strict=True, execute_plugins=False)
            (steps or migrations()).apply(db, stop_before=f"version_{version + 1}")
        return schema.structure(connection)
    finally:
        connection.close()
