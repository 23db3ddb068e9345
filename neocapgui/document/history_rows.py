"""The history in the file: each edit with its changes, done or taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from neocapgui.document import rows
from neocapgui.document.values import TEXT
from neocapgui.ledger.edits import Change, Edit, EditRefused
from neocapgui.ledger.history import Entry, History
from neocapgui.ledger.ledger import TABLES

HISTORY_TABLES = ("edits", "changes")
MOST_CHANGES = 200_000
MOST_TEXT = 100_000_000  # characters of all of them as JSON
LARGEST_EDIT = 10**15  # beyond any history; SQLite counts to some nine thousand times as many
UNCHECKED = 2_000  # changes between two looks at how long the history is
_A_CHANGE = 5_000  # characters, for which one change counts among the UNCHECKED
_FULL, _KEPT = 0.9, 0.8  # of the most: when the oldest edits are forgotten, and how much then stays
_LONG, _WIDE = 20_000, 4  # characters of a text, and the most bytes of memory that one then takes
_MOST_AT_ONCE = 100_000  # changes of one edit


def history(connection: sqlite3.Connection) -> History:
    """Return the history; refuses (ValueError) an edit that cannot be read, naming it."""
    _check_amount(connection)
    changes: dict[int, list[Change]] = {}
    found = connection.execute("SELECT id, edit, fact_table, fact, before, after FROM changes ORDER BY id")
    for id, edit, table, fact, before, after in found:
        try:
            if table not in rows.KIND_OF:
                raise ValueError(f"{table!r} is no table of facts")
            kind = rows.KIND_OF[table]
            if before is None and after is None:
                raise ValueError("it changes nothing")
            states = [None if said is None else rows.from_json(kind, said) for said in (before, after)]
            if any(state is not None and state.id != fact for state in states):
                raise ValueError(f"it is of row {fact} and speaks of another")
            changes.setdefault(edit, []).append(Change(*states))
        except ValueError as error:
            raise ValueError(f"changes {id}: {error}") from error
    done: list[Entry] = []
    undone: list[Entry] = []
    for id, at, label, is_undone in connection.execute(
        "SELECT id, at, label, is_undone FROM edits ORDER BY id"
    ):
        if id > LARGEST_EDIT:
            raise ValueError(f"edits {id}: the edits are numbered up to {LARGEST_EDIT:,}")
        entry = Entry(id, _time(id, at), Edit(label, tuple(changes.pop(id, ()))))
        (undone if is_undone else done).append(entry)
    for edit in changes:
        raise ValueError(f"changes: one names edit {edit}, which is not among the edits")
    return History(tuple(done), tuple(reversed(undone)))


def _check_amount(connection: sqlite3.Connection) -> None:
    """Refuse a history that memory does not hold: a change of a transaction takes some 1,500 bytes."""
    (edits,) = connection.execute("SELECT count(*) FROM edits").fetchone()
    count, size = connection.execute(f"SELECT count(*), {_WEIGHT} FROM changes").fetchone()
    if edits + count > MOST_CHANGES or size > MOST_TEXT:
        raise ValueError(
            f"its history of {count:,} changes in {edits:,} edits is longer than the {MOST_CHANGES:,}"
            f" changes and {MOST_TEXT:,} characters that can be held"
        )


def _weight(text: str | None) -> int:
    """Return for how many characters a text counts: in a long one, any but ASCII may widen all in memory."""
    if text is None:
        return 0
    return len(text) * (_WIDE if len(text) > _LONG and not text.isascii() else 1)


def _weight_sql(column: str) -> str:
    is_wide = f"length({column}) > {_LONG} AND length(CAST({column} AS BLOB)) > length({column})"
    return f"length({column}) * CASE WHEN {is_wide} THEN {_WIDE} ELSE 1 END"


_WEIGHT = f"total({_weight_sql('before')}) + total({_weight_sql('after')})"


def _time(edit: int, at: str) -> str:
    try:
        datetime.fromisoformat(at)
    except (TypeError, ValueError):
        raise ValueError(f"edits {edit}: at holds {str(at)[:60]!r}, which is no time") from None
    return at


def give_up(connection: sqlite3.Connection) -> None:
    """Take away the edits that were taken back: another was done, and they cannot be done again."""
    connection.execute("DELETE FROM edits WHERE is_undone")


def add(connection: sqlite3.Connection, entry: Entry) -> int:
    """Write an edit that was done, and return how much of the way to the next look at the length it is.

    Refuses (ValueError) one that alone is longer than any history.
    """
    connection.execute(
        "INSERT INTO edits (id, at, label, is_undone) VALUES (?, ?, ?, 0)",
        (entry.number, entry.at, *TEXT.write(entry.edit.label)),
    )
    size = 0

    def rows_of_changes() -> Iterator[tuple[int, str, int, str | None, str | None]]:
        nonlocal size
        for kind, run in groupby(entry.edit.changes, lambda change: change.kind):
            changes = list(run)
            befores = rows.all_json(kind, [one.before for one in changes if one.before is not None])
            afters = rows.all_json(kind, [one.after for one in changes if one.after is not None])
            for change in changes:
                before = None if change.before is None else next(befores)
                after = None if change.after is None else next(afters)
                size += _weight(before) + _weight(after)
                yield entry.number, TABLES[kind], change.id, before, after

    connection.executemany(
        "INSERT INTO changes (edit, fact_table, fact, before, after) VALUES (?, ?, ?, ?, ?)",
        rows_of_changes(),
    )
    if size > MOST_TEXT:
        raise ValueError(f"the edit takes {size:,} characters in the history, and {MOST_TEXT:,} can be held")
    return 1 + len(entry.edit.changes) + size // _A_CHANGE


def check_size(edit: Edit) -> None:
    """Refuse (EditRefused) an edit that changes more facts than the history of a file can hold."""
    if len(edit.changes) > _MOST_AT_ONCE:
        raise EditRefused(
            f"“{edit.label}” would change {len(edit.changes):,} facts, and an edit changes {_MOST_AT_ONCE:,}"
            " at most: do it in parts."
        )


def forget_oldest(connection: sqlite3.Connection) -> None:
    """Take away the oldest edits, where there is no room for all; they cannot be taken back any more."""
    sizes = connection.execute(
        f"SELECT edits.id, count(changes.id), {_WEIGHT}"
        " FROM edits LEFT JOIN changes ON changes.edit = edits.id WHERE NOT is_undone"
        " GROUP BY edits.id ORDER BY edits.id"
    ).fetchall()
    count, size = sum(changes + 1 for _, changes, _ in sizes), sum(text for _, _, text in sizes)
    part = _FULL
    for id, changes, text in sizes[:-1]:
        if count <= part * MOST_CHANGES and size <= part * MOST_TEXT:
            return
        part = _KEPT
        connection.execute("DELETE FROM edits WHERE id = ?", (id,))
        count, size = count - changes - 1, size - text


def oldest(connection: sqlite3.Connection) -> int:
    """Return the number of the oldest edit that is not forgotten."""
    (found,) = connection.execute("SELECT min(id) FROM edits").fetchone()
    return int(found or 0)


def write(connection: sqlite3.Connection, history: History) -> None:
    """Write a whole history into a file that has none."""
    for entry in history.done:
        add(connection, entry)
    for entry in reversed(history.undone):
        add(connection, entry)
        mark(connection, entry, is_undone=True)


def mark(connection: sqlite3.Connection, entry: Entry, is_undone: bool) -> None:
    """Write that an edit was taken back or done again."""
    connection.execute("UPDATE edits SET is_undone = ? WHERE id = ?", (is_undone, entry.number))


def write_changes(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Write the rows that changes leave behind: of each fact, its last state."""
    last = {(change.kind, change.id): change.after for change in changes}
    kinds = {of for of, _ in last}
    for kind in (kind for kind in TABLES if kind in kinds):
        mine = {id: fact for (of, id), fact in last.items() if of is kind}
        rows.delete(connection, kind, (id for id, fact in mine.items() if fact is None))
        stay = [fact for fact in mine.values() if fact is not None]
        rows.replace(connection, kind, rows.all_cells(kind, stay))
