"""Where a typed fact comes from: its paper, and the edit of the history that wrote it."""

from __future__ import annotations

from datetime import date
from typing import Any

from neocapgui.engine.finding import Place
from neocapgui.figures.choices import names_of
from neocapgui.figures.kinds import Kind, day_text
from neocapgui.figures.origins.holdings import Asked, vouched
from neocapgui.figures.origins.origin import TYPED, Origin
from neocapgui.figures.tables import Column
from neocapgui.ledger.edits import described
from neocapgui.ledger.facts import Security
from neocapgui.ledger.history import Entry, History
from neocapgui.ledger.ledger import TABLES, Fact, value_at
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import KIND, Transaction


def typed(asked: Asked, fact: Fact, column: Column) -> Origin:
    """Return where a typed value comes from: the paper that vouches for it, and who wrote it when.

    The edit is the last one of the history that changed this field of this fact; what was there before
    the history began is said to be recorded before it.
    """
    value = value_at(fact, column.field)
    entry = written_by(asked.history, fact, column.field)
    if entry is None:
        note = "recorded before the history of this file begins"
    else:
        note = f"typed, edit {entry.number:,} of {_day(asked, entry)}: {entry.edit.label}"
    certainty = getattr(fact, "certainty", None)
    source = str(getattr(fact, "source", ""))
    vouches = vouched(certainty, source) if isinstance(certainty, Certainty) else source
    place = Place(TABLES[type(fact)], fact.id, column.field)
    title = f"{column.title} of {_called(asked, fact)}"
    return Origin(title, column.text(value, asked.style), Kind.TEXT, TYPED, (), note, vouches, place)


def written_by(history: History | None, fact: Fact, field: str) -> Entry | None:
    """Return the last edit that gave a field of a fact its value, or None where the history knows none."""
    for entry in reversed(history.done if history is not None else ()):
        for change in reversed(entry.edit.changes):
            if change.after is None or change.id != fact.id or change.kind is not type(fact):
                continue
            if change.before is None or _value(change.before, field) != _value(change.after, field):
                return entry
    return None


def _value(fact: Any, field: str) -> Any:
    return value_at(fact, field)


def _day(asked: Asked, entry: Entry) -> str:
    try:
        return day_text(date.fromisoformat(entry.at[:10]), asked.style)
    except ValueError:
        return entry.at


def _called(asked: Asked, fact: Fact) -> str:
    if isinstance(fact, Transaction):
        return f"the {KIND[fact.kind].title.lower()} of {day_text(fact.date, asked.style)}"
    security = getattr(fact, "security", None)
    if isinstance(security, int) and security in asked.ledger.securities:
        day = getattr(fact, "date", None)
        on = f" on {day_text(day, asked.style)}" if isinstance(day, date) else ""
        return names_of(asked.ledger, Security)[security] + on
    return described(type(fact), fact.id, fact)
