"""Blocks of cells as text: copied out, and typed, pasted or cleared as one edit."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from neocapgui.figures.entry import entered
from neocapgui.figures.kinds import Kind, NotUnderstood, Style
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.edits import Change, Edit, apply, with_value
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.ledger import Ledger

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def raw_text(column: Column, value: Any, style: Style) -> str:
    """Return a cell as a spreadsheet takes it: no group marks, ISO days, no text that would be run.

    >>> from neocapgui.figures.kinds import PLAIN
    >>> raw_text(Column("Shares", Kind.SHARES), 1234567, PLAIN)
    '1234567'
    >>> raw_text(Column("Note", Kind.TEXT), "=1+1", PLAIN)
    "'=1+1"
    """
    if value is None:
        return ""
    if column.kind is Kind.DATE:
        return str(value.isoformat())
    text = column.text(value, replace(style, group_mark=""))
    is_text = column.kind in (Kind.TEXT, Kind.CHOICE, Kind.REFERENCE)
    return f"'{text}" if is_text and text.startswith(_FORMULA) else text


def block_text(rows: Iterable[Sequence[str]]) -> str:
    """Return a block as plain text: tabs, CRLF, quotes only where a cell holds a tab, newline or quote."""
    out = io.StringIO(newline="")
    csv.writer(out, "excel-tab").writerows(rows)
    return out.getvalue()


def block_of(text: str) -> list[list[str]]:
    """Return pasted text as a block; the apostrophe that guards a text in a spreadsheet is taken off.

    >>> block_of('a\\t1,000\\r\\n"b\\tc"\\t2\\r\\n')
    [['a', '1,000'], ['b\\tc', '2']]
    """
    rows = list(csv.reader(io.StringIO(text.replace("\0", ""), newline=""), "excel-tab"))
    width = max((len(row) for row in rows), default=0)
    return [[_unguarded(cell) for cell in row] + [""] * (width - len(row)) for row in rows]


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def typed(
    ledger: Ledger, table: Table, label: str, cells: Iterable[tuple[int, int, str]], style: Style
) -> Edit:
    """Return one edit for texts typed into many cells, each given as (row, column, text).

    Rows beyond the last become new lines where the table takes them. Refuses (NotUnderstood) with the
    line and column of the first text that is no value; then nothing is changed at all.
    """
    facts: dict[int, tuple[Any, Any]] = {}  # by row: as it stood, as it will stand
    newcomers: dict[str, Stakeholder] = {}
    touched: set[int] = set()
    for row, number, text in cells:
        column = table.columns[number]
        if row not in facts:
            facts[row] = _fact_at(ledger, table, row, len(facts))
        before, now = facts[row]
        try:
            edit = entered(ledger, table, Row((), now), column, text, style)
        except NotUnderstood as answer:
            raise NotUnderstood(f"Line {row + 1}, {column.title}: {answer}") from answer
        if edit is None:
            continue
        *recorded, change = edit.changes
        after = change.after
        for newcomer in recorded:
            who = newcomer.after
            if isinstance(who, Stakeholder) and who.name.casefold() in newcomers:
                after = with_value(after, column.field, newcomers[who.name.casefold()].id)
            elif isinstance(who, Stakeholder):
                newcomers[who.name.casefold()] = who
                ledger = apply(ledger, Edit(label, (newcomer,)))
        facts[row] = (before, after)
        touched.add(row)
    changes = [Change(None, who) for who in newcomers.values()]
    changes += [Change(*facts[row]) for row in facts if row in touched and facts[row][0] != facts[row][1]]
    return Edit(label, tuple(changes))


def _fact_at(ledger: Ledger, table: Table, row: int, taken: int) -> tuple[Any, Any]:
    if row < len(table.rows):
        fact = table.rows[row].fact
        if fact is None:
            raise NotUnderstood(f"Line {row + 1} of {table.title} is calculated and cannot be typed.")
        return fact, fact
    if table.blank is None:
        raise NotUnderstood(f"{table.title} has {len(table.rows):,} lines, and none can be added.")
    blank: Any = table.blank()
    return None, replace(blank, id=ledger.next_id(type(blank)) + taken)
