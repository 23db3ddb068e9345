"""The history in the file: each edit with its changes, done or taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from neocapgui.document import rows
from neocapgui.document.values import TEXT
from neocapgui.ledger.edits import Change, Edit
from neocapgui.ledger.history import Entry, History
from neocapgui.ledger.ledger import TABLES

HISTORY_TABLES = ("edits", "changes")


def history(connection: sqlite3.Connection) -> History:
    """Return the history; refuses (ValueError) an edit that cannot be read, naming it."""
    changes: dict[int, list[Change]] = {}
    found = connection.execute("SELECT id, edit, fact_table, before, after FROM changes ORDER BY id")
    for id, edit, table, before, after in found:
        try:
            if table not in rows.KIND_OF:
                raise ValueError(f"{table!r} is no table of facts")
            kind = rows.KIND_OF[table]
            if before is None and after is None:
                raise ValueError("it changes nothing")
            states = (None if said is None else rows.from_json(kind, said) for said in (before, after))
            changes.setdefault(edit, []).append(Change(*states))
        except ValueError as error:
            raise ValueError(f"changes {id}: {error}") from error
    done: list[Entry] = []
    undone: list[Entry] = []
    for id, at, label, is_undone in connection.execute(
        "SELECT id, at, label, is_undone FROM edits ORDER BY id"
    ):
        entry = Entry(id, at, Edit(label, tuple(changes.pop(id, ()))))
        (undone if is_undone else done).append(entry)
    for edit in changes:
        raise ValueError(f"changes: one names edit {edit}, which is not among the edits")
    return History(tuple(done), tuple(reversed(undone)))


def add(connection: sqlite3.Connection, entry: Entry) -> None:
    """Write an edit that was done; those taken back before it are given up."""
    connection.execute("DELETE FROM edits WHERE is_undone")
    connection.execute(
        "INSERT INTO edits (id, at, label, is_undone) VALUES (?, ?, ?, 0)",
        (entry.number, entry.at, *TEXT.write(entry.edit.label)),
    )
    connection.executemany(
        "INSERT INTO changes (edit, fact_table, fact, before, after) VALUES (?, ?, ?, ?, ?)",
        ((entry.number, TABLES[change.kind], change.id, *_both(change)) for change in entry.edit.changes),
    )


def mark(connection: sqlite3.Connection, entry: Entry, is_undone: bool) -> None:
    """Write that an edit was taken back or done again."""
    connection.execute("UPDATE edits SET is_undone = ? WHERE id = ?", (is_undone, entry.number))


def write_changes(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Write the rows that changes leave behind: of each fact, its last state."""
    last = {(change.kind, change.id): change.after for change in changes}
    for kind in TABLES:
        mine = {id: fact for (of, id), fact in last.items() if of is kind}
        rows.delete(connection, kind, (id for id, fact in mine.items() if fact is None))
        rows.replace(connection, kind, (rows.cells(fact) for fact in mine.values() if fact is not None))


def _both(change: Change) -> tuple[str | None, ...]:
    return tuple(None if fact is None else rows.as_json(fact) for fact in (change.before, change.after))
