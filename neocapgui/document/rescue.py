"""What is valid in a file, copied row by row into a fresh one made by our own schema."""

from __future__ import annotations

import os
import sqlite3
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from neocapgui.document import history_rows, quarantine, reading, room, rows, schema, working
from neocapgui.document.losses import Losses, unusable
from neocapgui.document.refusal import DocumentError, reason
from neocapgui.document.rows import FORM, KIND_OF, Row
from neocapgui.document.values import LARGEST_ID
from neocapgui.ledger.edits import Change
from neocapgui.ledger.facts import Scenario, Security
from neocapgui.ledger.history import Entry, History
from neocapgui.ledger.ledger import REFERENCES, TABLES, Fact, Ledger, value_at
from neocapgui.ledger.transactions import Transaction

_LARGEST_RATIO = 10**18 - 1  # the columns of a ledger hold no longer one
_MOST_HOLES = 200  # of a table; beyond them its rest is given up
_AT_ONCE = 10_000
HISTORY = frozenset(history_rows.HISTORY_TABLES)


@dataclass(slots=True)
class _Copying:
    """A file that is read, the fresh one, and what is left out on the way."""

    source: sqlite3.Connection
    fresh: sqlite3.Connection
    losses: Losses = field(default_factory=Losses)
    there: dict[type[Any], set[int]] = field(default_factory=dict)  # the facts copied that can be named
    count: int = 0  # of all rows copied

    def copy_facts(self, columns: Mapping[str, frozenset[str]]) -> None:
        """Copy the valid facts of every table, those first that others name."""
        for kind, table in TABLES.items():
            self.there[kind] = set()
            held = self._securities if kind is Security else self._facts
            if table in columns:
                self._insert(kind, held(kind, columns[table]))
        if not self.there[Scenario]:
            rows.insert(self.fresh, Scenario, [rows.cells(Scenario(1, "Untitled"))])

    def _insert(self, kind: type[Any], facts: Iterator[Any]) -> None:
        is_named = kind is not Transaction
        waiting: list[Row] = []
        for fact in facts:
            self.count += 1
            waiting.append(rows.cells(fact))
            if is_named:
                self.there[kind].add(fact.id)
            if len(waiting) == _AT_ONCE:
                rows.insert(self.fresh, kind, waiting)
                waiting.clear()
        rows.insert(self.fresh, kind, waiting)

    def _facts(self, kind: type[Any], there: frozenset[str]) -> Iterator[Any]:
        for fact in self._valid(kind, there):
            lacking = self._lacking(fact)
            if kind is Scenario and self.there[Scenario]:
                self.losses.add(TABLES[kind], fact.id, "there is exactly one scenario")
            elif lacking:
                self.losses.add(TABLES[kind], fact.id, lacking)
            else:
                yield fact

    def _securities(self, kind: type[Any], there: frozenset[str]) -> Iterator[Any]:
        """Return the securities; they name one another, so what names a lost one is lost in turn."""
        held = {fact.id: fact for fact in self._valid(kind, there)}
        naming: dict[int, list[int]] = {}
        for fact in held.values():
            for path, target in REFERENCES[kind].items():
                if target is Security and value_at(fact, path) is not None:
                    naming.setdefault(value_at(fact, path), []).append(fact.id)
        self.there[Security] = set(held)
        doubtful = list(held)
        while doubtful:
            id = doubtful.pop()
            if id not in held:
                continue
            lacking = self._lacking(held[id])
            if lacking:
                del held[id]
                self.there[Security].discard(id)
                self.losses.add(TABLES[kind], id, lacking)
                doubtful += naming.get(id, ())
        yield from held.values()

    def _lacking(self, fact: Any) -> str:
        for path, target in REFERENCES[type(fact)].items():
            id = value_at(fact, path)
            if id is not None and id not in self.there[target]:
                column = path.replace(".", "_")
                return f"{column} names {id}, which is not among the {TABLES[target]}"
        return ""

    def _valid(self, kind: type[Any], there: frozenset[str]) -> Iterator[Any]:
        table, form = TABLES[kind], FORM[kind]
        named = [f'"{name}"' if name in there else "NULL" for name in form.columns]
        unsaid = [
            (place, cell) for place, (name, cell) in enumerate(form.unsaid.items()) if name not in there
        ]
        count, most = 0, room.MOST_ROWS.get(table, LARGEST_ID)
        for row in self._readable(table, ", ".join(named)):
            said = list(row)
            for place, cell in unsaid:
                said[place] = cell
            try:
                fact = rows.fact(kind, said)
                _check_ratio(fact)
            except ValueError as error:
                self.losses.add(table, row[0], str(error).removeprefix(f"{table} {row[0]}: "))
                continue
            count += 1
            if count > most:
                self.losses.give_up(table, f"more than the {most:,} rows that can be")
                return
            yield fact

    def _readable(self, table: str, named: str) -> Iterator[Row]:
        """Return the rows of a table as far as SQLite reads them, stepping over its broken pages."""
        query = f'SELECT {named} FROM "{table}" NOT INDEXED WHERE id >= ? ORDER BY id'
        start, holes = -(2**63), 0
        while True:
            try:
                for row in self.source.execute(query, (start,)):
                    start = row[0] + 1
                    yield row
                return
            except (sqlite3.DatabaseError, MemoryError) as error:
                if unusable(error):
                    raise
            start, holes = max(start, 1), holes + 1
            if holes > _MOST_HOLES:
                self.losses.give_up(table, f"the rows from {start:,} on could not be read")
                return
            after = _first_after(start, lambda id: self._is_readable(query, id))
            self.losses.add_hole(table, start, after)
            if after > LARGEST_ID:
                return
            start = after

    def _is_readable(self, query: str, id: int) -> bool:
        try:
            self.source.execute(query, (id,)).fetchone()
        except (sqlite3.DatabaseError, MemoryError) as error:
            if unusable(error):
                raise
            return False
        return True


def fresh_file(source: Path, fresh: Path, name: str) -> tuple[str, ...]:
    """Fill an empty file with every valid row of a private copy of another; return what is left out.

    What names a row that is left out is left out as well. The history is copied where each of its edits can
    be read and leads to the present facts. Refuses (DocumentError) a file that holds nothing of ours.
    """
    _make_up_length(source)
    with closing(quarantine.guarded(source)) as reader:
        reader.execute(
            "PRAGMA writable_schema = ON"
        )  # a schema of which a part is broken is read all the same
        columns = our_columns(reader)
        if not columns.keys() & TABLES.values():
            raise DocumentError(f"{name} is no scenario: it holds none of the tables of one.")
        with closing(working.connect(fresh)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")  # every reference is looked at here
            with working.hasty(connection), working.transaction(connection):
                schema.create_tables(connection)
                connection.execute("INSERT INTO meta VALUES ('id', ?)", (_own_id(reader),))
                copying = _Copying(reader, connection)
                copying.copy_facts(columns)
                schema.create_indices(connection)
            if not copying.count:
                raise DocumentError(f"{name} holds no row that is valid in a scenario.")
            said = [*copying.losses.sentences(), *_missing(columns)]
            if columns.keys() >= HISTORY:
                said += _copy_history(reader, fresh, connection)
            return tuple(said)


def _make_up_length(copy: Path) -> None:
    """Add to a copy that was cut short the pages that it lacks, empty; otherwise SQLite reads none."""
    with copy.open("rb+") as file:
        page, _, pages = struct.unpack(">H10sI", file.read(32)[16:])
        whole = pages * (65536 if page == 1 else page)
        if file.seek(0, os.SEEK_END) < whole <= quarantine.LARGEST_FILE:
            file.truncate(whole)


def _copy_history(reader: sqlite3.Connection, fresh: Path, connection: sqlite3.Connection) -> Iterator[str]:
    """Copy the history where it leads to the facts as they are now; otherwise say that it is left out."""
    try:
        history = history_rows.history(reader)
        if not history.done and not history.undone:
            return
        with closing(quarantine.guarded(fresh)) as copied:
            ledger, _ = reading.ledger(copied)
        _check_leads_to(ledger, history)
        with working.hasty(connection), working.transaction(connection):
            history_rows.write(connection, history)
    except (sqlite3.DatabaseError, ValueError, MemoryError) as error:
        if isinstance(error, sqlite3.DatabaseError) and unusable(error):
            raise
        yield f"The history is left out: {reason(error)}."


def _check_leads_to(ledger: Ledger, history: History) -> None:
    """Refuse (ValueError) a history whose last states are not the facts of the ledger."""
    entries = (*history.done, *history.undone)
    changes = [change for entry in entries for change in entry.edit.changes]
    state: dict[tuple[type[Any], int], Fact | None] = {
        (change.kind, change.id): ledger.get(change.kind, change.id)
        for change in changes
        if change.kind is not Transaction
    }
    named = list(dict.fromkeys(change.id for change in changes if change.kind is Transaction))
    for id, row in zip(named, ledger.transactions.rows_of(named), strict=True):
        state[Transaction, id] = None if row is None else ledger.transactions[row]
    before = dict(state)
    for entry in reversed(history.done):
        for change in reversed(entry.edit.changes):
            _step(before, change, change.after, change.before, entry)
    for entry in reversed(history.undone):
        for change in entry.edit.changes:
            _step(state, change, change.before, change.after, entry)


def _step(
    state: dict[tuple[type[Any], int], Fact | None],
    change: Change,
    here: Fact | None,
    there: Fact | None,
    entry: Entry,
) -> None:
    key = change.kind, change.id
    if state[key] != here:
        raise ValueError(
            f"edit {entry.number} of {TABLES[change.kind]} {change.id} does not lead to what the file holds"
        )
    state[key] = there


def our_columns(reader: sqlite3.Connection) -> dict[str, frozenset[str]]:
    """Return the plain tables of ours in a file, each with those of our columns that it has.

    Views and virtual tables under our names are none, and generated columns neither: reading them would
    carry out what the file says.
    """
    plain = dict(reader.execute("SELECT name, type FROM pragma_table_list WHERE schema = 'main'").fetchall())
    found = {}
    for table in (*TABLES.values(), *history_rows.HISTORY_TABLES):
        if plain.get(table) != "table":
            continue
        about = reader.execute("SELECT name, pk FROM pragma_table_xinfo(?) WHERE hidden = 0", (table,))
        numbered = dict(about.fetchall())
        if numbered.get("id") == 1:
            kind = KIND_OF.get(table)
            known = FORM[kind].columns if kind else numbered
            found[table] = frozenset(numbered) & frozenset(known)
    return found


def _missing(columns: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for kind, table in TABLES.items():
        if table not in columns:
            yield f"The table {table} is not in the file, or is none that this program could have made."
            continue
        lost = [name for name in FORM[kind].columns if name not in columns[table]]
        if lost:
            yield f"The table {table} lacks {_listed(lost)}."


def _listed(names: Sequence[str]) -> str:
    few = ", ".join(names[:5])
    return few if len(names) <= 5 else f"{few} and {len(names) - 5:,} more"


def _own_id(reader: sqlite3.Connection) -> str:
    """Return the number of the document, where the file says one."""
    try:
        said = reader.execute("SELECT value FROM meta WHERE key = 'id' LIMIT 1").fetchone()
        return str(UUID(said[0])) if said else str(uuid4())
    except (sqlite3.Error, ValueError, TypeError, AttributeError):
        return str(uuid4())


def _check_ratio(fact: Any) -> None:
    ratio = fact.ratio if isinstance(fact, Transaction) else None
    if ratio is not None and max(abs(ratio.numerator), ratio.denominator) > _LARGEST_RATIO:
        raise ValueError("ratio_new holds a ratio of more than 18 digits on a side")


def _first_after(start: int, is_readable: Callable[[int], bool]) -> int:
    """Return a number from which on rows can be read again, close behind one from which they cannot."""
    broken, step = start, 1
    while broken + step <= LARGEST_ID and not is_readable(broken + step):
        broken, step = broken + step, step * 2
    sound = min(broken + step, LARGEST_ID + 1)
    while sound - broken > 1:
        middle = (broken + sound) // 2
        if is_readable(middle):
            sound = middle
        else:
            broken = middle
    return sound
