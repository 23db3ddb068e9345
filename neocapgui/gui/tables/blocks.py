"""Texts typed into many cells at once as one edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from neocapgui.figures.grid.entry import can_be_empty, entered
from neocapgui.figures.grid.facts_at import facts_at
from neocapgui.figures.kinds import NotUnderstood, Style
from neocapgui.figures.tables import Row, Table
from neocapgui.ledger.edits import Change, Edit, apply, with_value
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.ledger import Ledger, value_at


def typed(
    ledger: Ledger, table: Table, label: str, cells: Iterable[tuple[int, int, str]], style: Style
) -> Edit:
    """Return one edit for texts typed into many cells, each given as (row, column, text).

    Rows beyond the last become new lines where the table takes them. Refuses (NotUnderstood) with the
    line and column of the first text that is no value; then nothing is changed at all.
    """
    cells = list(cells)
    held = _held(ledger, table, {row for row, _, _ in cells})
    facts: dict[int, tuple[Any, Any]] = {}  # by row: as it stood, as it will stand
    newcomers: dict[str, Stakeholder] = {}
    touched: set[int] = set()
    for row, number, text in cells:
        column = table.columns[number]
        if row not in facts:
            facts[row] = _fact_at(ledger, table, row, held, len(facts))
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


def emptied(
    ledger: Ledger, table: Table, rows: Sequence[int], columns: Sequence[int], style: Style
) -> tuple[list[tuple[int, int, str]], list[str]]:
    """Return the cells of a block that say something and can be empty, each with nothing to be typed into it.

    And the titles of the columns in which something must stay.
    """
    good: list[tuple[int, int, str]] = []
    kept: dict[str, None] = {}
    found = [(number, table.columns[number]) for number in columns]
    for row, fact in zip(rows, facts_at(ledger, table, rows), strict=True):
        if fact is None:
            continue
        for number, column in found:
            value = value_at(fact, column.field) if column.field else table.rows[row].cells[number]
            if not column.text(value, style):
                continue
            if can_be_empty(fact, column):
                good.append((row, number, ""))
            else:
                kept[column.title] = None
    return good, list(kept)


def _held(ledger: Ledger, table: Table, rows: Iterable[int]) -> dict[int, Any]:
    """Return by line what stands there."""
    there = [row for row in rows if row < len(table.rows)]
    return dict(zip(there, facts_at(ledger, table, there), strict=True))


def _fact_at(ledger: Ledger, table: Table, row: int, held: Mapping[int, Any], taken: int) -> tuple[Any, Any]:
    if row < len(table.rows):
        fact = held[row]
        if fact is None:
            raise NotUnderstood(f"Line {row + 1} of {table.title} is calculated and cannot be typed.")
        return fact, fact
    if table.blank is None:
        raise NotUnderstood(f"{table.title} has {len(table.rows):,} lines, and none can be added.")
    blank: Any = table.blank()
    return None, replace(blank, id=ledger.next_id(type(blank)) + taken)
