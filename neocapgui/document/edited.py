"""An edit written into a working copy: the rows it leaves behind and what the history says, or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from neocapgui.document import history_rows, indices, working
from neocapgui.ledger.edits import Edit


def write(
    connection: sqlite3.Connection, edit: Edit, record: Callable[[], None], go_on: Callable[[], None]
) -> None:
    """Write an edit to the disk in one step; `record` notes it in the history.

    What `go_on` raises before the last byte is to be settled leaves everything as it was.
    """
    try:
        _write(connection, edit, record, go_on)
    except sqlite3.DatabaseError:  # of an index maybe, for the pure apply had no objection
        indices.mend(connection)
        _write(connection, edit, record, go_on)


def _write(
    connection: sqlite3.Connection, edit: Edit, record: Callable[[], None], go_on: Callable[[], None]
) -> None:
    with working.transaction(connection), working.heeding(connection, go_on):
        history_rows.write_changes(connection, edit.changes)
        record()
        go_on()
