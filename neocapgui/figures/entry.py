"""What typing into a cell means: text becomes one edit, or a sentence why it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, fields
from typing import Any

from neocapgui.figures.choices import Named
from neocapgui.figures.kinds import PLAIN, Kind, NotUnderstood, Style, no_ratio
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.edits import Change, Edit, described, remove, with_value
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.ledger import Fact, Ledger, value_at


def entered(
    ledger: Ledger, table: Table, row: Row | None, column: Column, text: str, style: Style = PLAIN
) -> Edit | None:
    """Return the edit that typing `text` into a cell makes, or None where nothing changes.

    `row` is None for the empty line at the end: a new fact is recorded. A stakeholder's name that is
    not known yet is recorded with it, in the same step. Raises NotUnderstood.
    """
    if not column.is_editable:
        raise NotUnderstood(f"{column.title} is calculated and cannot be typed.")
    before = None if row is None else row.fact
    if before is None and not text.strip():
        return None
    changes: list[Change] = []
    value = _value(ledger, column, text, style, changes)
    fact = before if before is not None else (table.blank() if table.blank else None)
    if fact is None:
        raise NotUnderstood(f"No line can be added to {table.title}.")
    if value is None:
        value = _of_nothing(fact, column)
    if before is not None and value_at(before, column.field) == value:
        return None
    if column.kind is Kind.RATIO and value is not None and value <= 0:  # a file may hold it, nobody means it
        raise NotUnderstood(no_ratio(text.strip()))
    after = with_value(fact, column.field, value)
    changes.append(Change(before, after))
    what = f"Change {column.title.lower()}" if before is not None else f"Add to {table.title.lower()}"
    if before is not None:
        said = text.strip() if changes[:-1] else column.text(value, style)
        what = f"{what} to {said or 'nothing'}"
    return Edit(what, tuple(changes))


def _value(ledger: Ledger, column: Column, text: str, style: Style, changes: list[Change]) -> Any:
    try:
        return column.value(text, style)
    except NotUnderstood:
        choices = column.choices
        if not isinstance(choices, Named) or choices.kind is not Stakeholder:
            raise
        newcomer = Stakeholder(ledger.next_id(Stakeholder), text.strip())
        changes.append(Change(None, newcomer))
        return newcomer.id


def _of_nothing(fact: Any, column: Column) -> Any:
    """Return what a field holds when its cell is emptied: None where it may, else its default."""
    *parents, name = column.field.split(".")
    holder = value_at(fact, ".".join(parents)) if parents else fact
    if "None" in str(type(holder).__annotations__[name]):
        return None
    default = next(field.default for field in fields(holder) if field.name == name)
    if default is MISSING:
        raise NotUnderstood(f"{column.title} cannot be empty.")
    return default


def removed(ledger: Ledger, table: Table, facts: Sequence[Fact]) -> Edit:
    """Return the edit that takes the facts of some lines away."""
    if len(facts) == 1:
        fact = facts[0]
        return remove(f"Remove {described(type(fact), fact.id, fact)}", facts)
    return remove(f"Remove {len(facts):,} of {table.title.lower()}", facts)
