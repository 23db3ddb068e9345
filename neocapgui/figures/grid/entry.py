"""What typing into a cell means: text becomes one edit, or a sentence why it cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, replace
from fractions import Fraction
from typing import Any

from neocapgui.figures.choices import Named
from neocapgui.figures.grid.called import kind_called
from neocapgui.figures.kinds import NUMBERS, PLAIN, Kind, NotUnderstood, Style, no_ratio
from neocapgui.figures.newcomers import newcomer
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.edits import Change, Edit, described, remove, with_value
from neocapgui.ledger.facts import Security, Stakeholder
from neocapgui.ledger.ledger import Fact, Ledger, value_at

_PARTS = frozenset({Kind.RATE, Kind.STAKE})


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
    fact = before if before is not None else (table.blank() if table.blank else None)
    if fact is None:
        raise NotUnderstood(f"No line can be added to {table.title}.")
    named = figures_of(table, fact, column) if text.lstrip().startswith("=") else None
    value = _value(ledger, column, text, style, named, changes)
    if value is None:
        value = _of_nothing(fact, column)
    if before is not None and value_at(before, column.field) == value:
        return None
    if column.kind is Kind.RATIO and value is not None and value <= 0:  # a file may hold it, nobody means it
        raise NotUnderstood(no_ratio(text.strip()))
    after = with_value(fact, column.field, value)
    if before is None and isinstance(after, Security) and column.field == "name":
        after = replace(after, kind=kind_called(after.name) or after.kind)
    changes.append(Change(before, after))
    what = f"Change {column.title.lower()}" if before is not None else f"Add to {table.title.lower()}"
    if before is not None:
        said = text.strip() if changes[:-1] else column.text(value, style)
        what = f"{what} to {said or 'nothing'}"
    return Edit(what, tuple(changes))


def figures_of(table: Table, fact: Fact, column: Column) -> dict[str, Fraction | None]:
    """Return what a sum typed into a column can name: the figures of the line by the titles of their columns.

    A part is taken as it is shown, in percent, where the sum is one in percent, and as a part elsewhere:
    8 % of an amount is =Amount*Rate.
    """
    named: dict[str, Fraction | None] = {}
    for other in table.columns:
        if other.kind in NUMBERS and other.field and other.choices is None:
            value = value_at(fact, other.field)
            factor = 100 if other.kind in _PARTS and column.kind in _PARTS else 1
            named[other.title] = None if value is None else Fraction(value) * factor
    return named


def _value(
    ledger: Ledger,
    column: Column,
    text: str,
    style: Style,
    named: Mapping[str, Fraction | None] | None,
    changes: list[Change],
) -> Any:
    try:
        return column.value(text, style, named)
    except NotUnderstood:
        choices = column.choices
        if not isinstance(choices, Named) or choices.kind is not Stakeholder:
            raise
        fresh = newcomer(ledger, text, ledger.next_id(Stakeholder))
        changes.append(Change(None, fresh))
        return fresh.id


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


def can_be_empty(fact: Fact, column: Column) -> bool:
    """Whether a field of a fact may hold nothing, or has something to go back to."""
    try:
        if column.value("", PLAIN) is None:
            _of_nothing(fact, column)
    except NotUnderstood:
        return False
    return True


def removed(ledger: Ledger, table: Table, facts: Sequence[Fact]) -> Edit:
    """Return the edit that takes the facts of some lines away."""
    if len(facts) == 1:
        fact = facts[0]
        return remove(f"Remove {described(type(fact), fact.id, fact)}", facts)
    return remove(f"Remove {len(facts):,} of {table.title.lower()}", facts)
