"""Texts typed into many cells at once as one edit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from neocapgui.figures.grid.entry import entered
from neocapgui.figures.kinds import NotUnderstood, Style
from neocapgui.figures.tables import Row, Table
from neocapgui.ledger.edits import Change, Edit, apply, with_value
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.ledger import Ledger


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
