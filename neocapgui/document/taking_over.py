"""What a copy of somebody's file loses before it is worked on: notes, measurements, pages that are free."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from neocapgui.document import quarantine, working

# What a document notes for itself in its working copy. In a file from elsewhere it is somebody else's word on
# where this program is to write, so it must be gone before the copy is one that `recover` believes.
NOTES = ("saved", "origin", "stamp", "read_only", "unaccepted", "target")


def is_needed(reader: sqlite3.Connection) -> bool:
    """Return whether a copy holds anything that it must lose."""
    return quarantine.has_statistics(reader) or _has_notes(reader) or _has_free_pages(reader)


def take_over(copy: Path) -> None:
    """Take from a copy what is no part of the scenario; every row of facts and history stays as it is.

    SQLite's own check passes over the list of free pages of a file that has views. Where that list names a
    page in use, the next edit would be written over facts; so no list is left.
    """
    with closing(working.connect(copy)) as connection:
        quarantine.drop_statistics(connection)
        connection.executemany("DELETE FROM meta WHERE key = ?", ((key,) for key in NOTES))
        with working.hasty(connection):
            connection.execute("VACUUM")


def _has_notes(reader: sqlite3.Connection) -> bool:
    marks = ", ".join("?" * len(NOTES))
    found = reader.execute(f"SELECT 1 FROM meta WHERE key IN ({marks}) LIMIT 1", NOTES).fetchone()
    return found is not None


def _has_free_pages(reader: sqlite3.Connection) -> bool:
    (count,) = reader.execute("PRAGMA freelist_count").fetchone()
    return bool(count)
