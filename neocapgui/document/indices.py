"""The indices of a file, which repeat what its rows say and are made again where they are harmed."""

from __future__ import annotations

import sqlite3

from neocapgui.document import schema

_MOST_ROWS = 50_000  # of a table whose indices are looked through when a file is opened: a tenth of a second
MENDED = "An index of the file did not fit its rows: the file is damaged; the index was made again."


def are_sound(connection: sqlite3.Connection) -> bool:
    """Return whether the indices of every table of no great size say what its rows say."""
    for table in schema.tables(connection):
        (last,) = connection.execute(f"SELECT max(id) FROM {table}").fetchone()
        if (last or 0) <= _MOST_ROWS:
            (answer,) = connection.execute(f"PRAGMA integrity_check({table})").fetchone()
            if answer != "ok":
                return False
    return True


def mend(connection: sqlite3.Connection) -> None:
    """Make every index again from the rows."""
    connection.execute("REINDEX")
