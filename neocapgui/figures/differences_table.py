"""The changes of an edit in the words of the field: which fact, which field, what it said, what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from neocapgui.figures.fact_words import FactWords, field_changes, shortened
from neocapgui.figures.kinds import PLAIN, Kind, Style
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.edits import Change, Edit
from neocapgui.ledger.ledger import TABLES, Ledger

MOST = 2_000  # lines that are made; of what comes after them only the facts are counted
_ADDED, _REMOVED, _CHANGED = "added", "removed", "changed"

_COLUMNS = (
    Column("Where", Kind.TEXT, help="The fact, with its number", width=56),
    Column("What", Kind.TEXT, help="Added, removed or changed", width=10),
    Column("Field", Kind.TEXT, help="As its column is called where it is entered", width=20),
    Column("Before", Kind.TEXT, width=34),
    Column("After", Kind.TEXT, width=34),
)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field that says something else, or one fact that comes or goes."""

    table: str
    id: int
    where: str
    what: str  # added, removed or changed
    title: str = ""  # of the field; blank where the whole fact comes or goes
    field: str = ""  # the field itself: `exercise.price`
    before: str = ""
    after: str = ""
    values: tuple[Any, Any] = (None, None)  # of the field, before and after


def change_lines(before: Ledger, after: Ledger, edit: Edit, style: Style = PLAIN) -> Table:
    """Return one line for each changed field, and one for each fact that comes or goes.

    References are shown by their names, on each side in that side's ledger. Figures are not rounded as
    columns may round them, and facts of one name are told apart by their numbers. At most MOST lines are
    made, and one that counts the facts left out. A row's key is its ChangeLine.
    """
    lines = tuple(islice(lines_of(before, after, edit, style), MOST + 1))
    rows = [
        Row((line.where, line.what, line.title, line.before, line.after), key=line) for line in lines[:MOST]
    ]
    if len(lines) > MOST:
        shown = {(line.table, line.id) for line in lines[:MOST]}
        said = {(TABLES[change.kind], change.id) for change in edit.changes}
        rows.append(Row((_more(len(said - shown)), "", "", "", "")))
    return Table(
        "differences",
        "Differences",
        _COLUMNS,
        tuple(rows),
        counted(edit),
        empty="Nothing differs: both record the same facts.",
    )


def lines_of(before: Ledger, after: Ledger, edit: Edit, style: Style = PLAIN) -> Iterator[ChangeLine]:
    """Return the lines of an edit one after the other, however many they are."""
    old, new = FactWords(before, style), FactWords(after, style)
    for change in edit.changes:
        yield from _lines(before, after, change, old, new)


def counted(edit: Edit) -> str:
    """Return how many facts an edit changes: 3 facts differ: 1 added, 2 changed."""
    whats = [_what(change) for change in edit.changes]
    if not whats:
        return ""
    facts = "1 fact differs" if len(whats) == 1 else f"{len(whats):,} facts differ"
    parts = [f"{whats.count(what):,} {what}" for what in (_ADDED, _REMOVED, _CHANGED) if what in whats]
    return f"{facts}: {', '.join(parts)}."


def _what(change: Change) -> str:
    return _ADDED if change.before is None else _REMOVED if change.after is None else _CHANGED


def _lines(
    before: Ledger, after: Ledger, change: Change, old: FactWords, new: FactWords
) -> Iterator[ChangeLine]:
    kind, id, table = change.kind, change.id, TABLES[change.kind]
    if change.before is None and change.after is not None:
        where, said = new.name(kind, id, change.after), new.summary(change.after)
        yield ChangeLine(table, id, where, _ADDED, after=said)
    elif change.after is None and change.before is not None:
        where, said = old.name(kind, id, change.before), old.summary(change.before)
        yield ChangeLine(table, id, where, _REMOVED, before=said)
    elif change.before is not None and change.after is not None:
        where = new.name(kind, id, change.after)
        for one in field_changes(after, change.before, change.after):
            was, is_now = old.text(kind, one.field, one.before), new.text(kind, one.field, one.after)
            if was == is_now:
                was = old.told_apart(kind, one.field, one.before)
                is_now = new.told_apart(kind, one.field, one.after)
            texts, values = shortened(was, is_now), (one.before, one.after)
            yield ChangeLine(table, id, where, _CHANGED, one.title, one.field, *texts, values)


def _more(count: int) -> str:
    return "and more of the same fact" if not count else f"and {count:,} more fact{'' if count == 1 else 's'}"
