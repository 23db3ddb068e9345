"""The one edit that a pasted block becomes, and the cells that stay as they were typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from neocapgui.figures.kinds import NotUnderstood
from neocapgui.figures.newcomers import newcomer
from neocapgui.figures.pasting.reading import Reading
from neocapgui.figures.pasting.understood import Understood, cannot_be_empty
from neocapgui.figures.tables import Column
from neocapgui.ledger.edits import Change, Edit, with_value
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class LeftCell:
    """A cell whose text is no value: it stays in the table as it was pasted, with the reason."""

    fact: int
    column: str  # its title
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Recording:
    """What applying a paste does."""

    edit: Edit
    left: tuple[LeftCell, ...]
    first: int | None = None  # the fact of the first line that changes


def recording(
    block: Understood, given: Mapping[str, str] | None = None, same: Mapping[str, str] | None = None
) -> Recording:
    """Return the edit of a block. Refuses (NotUnderstood) a `given` that is no value.

    `given` are the texts chosen once for all new lines, by field; `same` names, for a new holder (in small
    letters), the holder that it is. A line with nothing in it makes no new fact. Where a new fact must have
    what could not be understood (its day), the text as pasted is kept in its note as well.
    """
    ledger, table = block.ledger, block.plan.table
    holders = _Holders(ledger, same or {})
    template = _template(block, given or {})
    next_id = 0 if template is None else template.id
    columns = [block.column(at) for at in range(len(block.plan.columns))]
    changes: list[Change] = []
    left: list[LeftCell] = []
    standing: dict[tuple[type[Any], int], int] = {}  # a fact that is typed into twice: where its change is
    for row, (before, line) in enumerate(zip(block.plan.facts, block.lines, strict=True)):
        cells = block.plan.cells[row]
        if row in block.left_out:
            continue
        after: Any = before
        if before is None:
            if template is None:
                raise NotUnderstood(f"{table.title} has {len(table.rows):,} lines, and none can be added.")
            if not any(cell.strip() for cell in cells):
                continue
            after, next_id = replace(template, id=next_id), next_id + 1
        elif (type(before), before.id) in standing:
            after = changes[standing[type(before), before.id]].after
        after = _typed(after, before is None, columns, line, holders, left)
        if before is None or before != after:
            key = type(after), after.id
            if key in standing:
                changes[standing[key]] = Change(before, after)
            else:
                standing[key] = len(changes)
                changes.append(Change(before, after))
    recorded = [Change(None, who) for who in holders.new.values()]
    first = changes[0].id if changes else None
    return Recording(Edit(block.plan.label, (*recorded, *changes)), tuple(left), first)


def _typed(
    fact: Any,
    is_new: bool,
    columns: list[Column | None],
    line: tuple[Reading, ...],
    holders: _Holders,
    left: list[LeftCell],
) -> Any:
    plain: dict[str, Any] = {}
    kept = ""
    for column, reading in zip(columns, line, strict=True):
        if column is None:
            continue
        if reading.problem:
            left.append(LeftCell(fact.id, column.title, reading.text, reading.problem))
            if is_new and cannot_be_empty(fact, column):
                kept += f"{column.title} as pasted: {reading.text.strip()}. "
            continue
        value = holders.id_of(reading.newcomer) if reading.newcomer else reading.value
        if value is None and is_new:
            continue
        if "." in column.field:
            fact = with_value(fact, column.field, value)
        else:
            plain[column.field] = _of_kind(fact, column, value)
    if kept and hasattr(fact, "note"):
        plain["note"] = f"{kept}{plain.get('note', fact.note)}".strip()
    return replace(fact, **plain) if plain else fact


def _of_kind(fact: Any, column: Column, value: Any) -> Any:
    """Return what a field holds where its cell is a dash for nothing: a blank where it is a text."""
    return "" if value is None and isinstance(getattr(fact, column.field), str) else value


def _template(block: Understood, given: Mapping[str, str]) -> Any:
    """Return what every new line begins as."""
    table = block.plan.table
    if table.blank is None:
        return None
    blank: Any = table.blank()
    for column in table.columns:
        text = given.get(column.field, "") if column.field else ""
        if text.strip():
            try:
                blank = with_value(blank, column.field, column.value(text, block.style))
            except NotUnderstood as refusal:
                raise NotUnderstood(f"{column.title} of the new lines: {refusal}") from refusal
    return blank


class _Holders:
    """The numbers of holders by their names; one that is new is recorded once."""

    def __init__(self, ledger: Ledger, same: Mapping[str, str]) -> None:
        self._ledger = ledger
        self._known = {who.name.casefold(): who.id for who in ledger.stakeholders.values()}
        self._next = ledger.next_id(Stakeholder)
        self._same = same
        self.new: dict[str, Stakeholder] = {}

    def id_of(self, name: str) -> int:
        """Return the number of a holder, new or the same as another."""
        name = self._same.get(name.casefold(), name)
        key = name.casefold()
        if key not in self._known:
            who = self.new[key] = newcomer(self._ledger, name, self._next)
            self._known[key], self._next = who.id, self._next + 1
        return self._known[key]
