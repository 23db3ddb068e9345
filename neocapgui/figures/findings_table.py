"""The findings, and the history of edits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from neocapgui.engine.finding import Finding, Severity
from neocapgui.figures.choices import Words
from neocapgui.figures.kinds import Kind, day_text
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.edits import described
from neocapgui.ledger.facts import PublishedCount
from neocapgui.ledger.history import Entry, History
from neocapgui.ledger.ledger import TABLES, Ledger
from neocapgui.ledger.transactions import KIND, Transaction

_FINDING_COLUMNS = (
    Column("Severity", Kind.CHOICE, choices=Words.of(Severity), width=10),
    Column("Finding", Kind.TEXT, width=140),
)
_MENDS = Column("Mends", Kind.TEXT, help="The edit that would mend it", width=24)
_HISTORY_COLUMNS = (
    Column("No.", Kind.WHOLE, width=6),
    Column("Time", Kind.TEXT, width=20),
    Column("Edit", Kind.TEXT, width=60),
    Column("Changes", Kind.WHOLE, help="Facts changed"),
    Column("State", Kind.TEXT, width=12),
)


def findings_table(found: Sequence[Finding]) -> Table:
    """What contradicts what; a row's key is its finding."""
    can_mend = any(finding.mend for finding in found)
    rows = tuple(Row(_finding_cells(finding, can_mend), key=finding) for finding in found)
    return Table(
        "findings",
        "Findings",
        (*_FINDING_COLUMNS, _MENDS) if can_mend else _FINDING_COLUMNS,
        rows,
        "Facts that contradict each other or the terms. A double-click goes to the place.",
        empty="Nothing contradicts anything: every check passes.",
    )


def _finding_cells(finding: Finding, can_mend: bool) -> tuple[Any, ...]:
    said = (finding.severity, finding.message)
    return (*said, finding.mend.label if finding.mend else "") if can_mend else said


def history_table(history: History) -> Table:
    """Every edit with its time, the latest first; those taken back stand above."""
    rows = [_history_row(entry, "taken back") for entry in history.undone]
    rows += [_history_row(entry, "done") for entry in reversed(history.done)]
    return Table(
        "history",
        "History",
        _HISTORY_COLUMNS,
        tuple(rows),
        "Undo and redo go up and down this list, also after the program was closed.",
        empty="Nothing has been edited yet.",
    )


def _history_row(entry: Entry, state: str) -> Row:
    time = entry.at.replace("T", " ")[:16]
    return Row((entry.number, time, entry.edit.label, len(entry.edit.changes), state), key=entry)


def where(ledger: Ledger, finding: Finding) -> str:
    """Return the place of a finding in words: conversion of 15 Aug 2001, into quantity."""
    place = finding.place
    kind = _FACT_KINDS[place.table]
    fact = ledger.transactions.get(place.id) if kind is Transaction else ledger.get(kind, place.id)
    if isinstance(fact, Transaction):
        name = f"{KIND[fact.kind].title.lower()} of {day_text(fact.date)}"
    elif isinstance(fact, PublishedCount):
        name = f"published count of {day_text(fact.date)}"
    else:
        name = described(kind, place.id, fact)
    return name + (f", {place.field.replace('_', ' ')}" if place.field else "")


_FACT_KINDS = {table: kind for kind, table in TABLES.items()}
