"""Words for tests of guides: a sample, a guide with texts in its fields, and what it answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from neocapgui.engine.lens import Lens
from neocapgui.exchange.samples import sample
from neocapgui.figures.guided.answered import Answered, answered
from neocapgui.figures.guided.guides import GUIDE
from neocapgui.figures.kinds import PLAIN, Style
from neocapgui.figures.tables import Table
from neocapgui.ledger.edits import apply, remove
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import Transaction


def before(day: date, name: str = "neotherapeutics-as-filed") -> Ledger:
    """Return a sample as it stood before a day: no transaction of that day or later, no published count."""
    ledger = sample(name)
    later = [record for record in ledger.transactions if record.date >= day]
    counts = list(ledger.published_counts.values())
    return apply(ledger, remove("Forget", [*later, *counts]))


def asked(ledger: Ledger, lens: Lens, guide: str, **texts: str) -> Answered:
    """Return what a guide answers to texts in its fields."""
    return asked_in(PLAIN, ledger, lens, guide, **texts)


def asked_in(style: Style, ledger: Ledger, lens: Lens, guide: str, **texts: str) -> Answered:
    """Return what a guide answers to texts in its fields, typed in the marks of a language."""
    return answered(GUIDE[guide].guide, ledger, lens, texts, style)


def offered(answer: Answered, field: str) -> str:
    """Return what an empty field shows: the value proposed, and where it comes from."""
    proposal = answer.proposed.get(field)
    if proposal is None:
        return ""
    (shown,) = [one for one in answer.fields if one.name == field]
    return f"{shown.text(proposal.value)} {proposal.why}".strip()


def records(answer: Answered) -> list[Transaction]:
    """Return the transactions that the edit adds."""
    assert answer.edit is not None, answer.lack or answer.errors
    return [change.after for change in answer.edit.changes if isinstance(change.after, Transaction)]


def said(answer: Answered, is_contrary: bool = False) -> list[str]:
    """Return the remarks that speak against the terms, or those that do not."""
    return [one.text for one in answer.remarks if one.is_contrary is is_contrary]


def lines(table: Table) -> list[tuple[Any, ...]]:
    """Return what the cells of a table show."""
    return [
        tuple(column.text(cell, PLAIN) for column, cell in zip(table.columns, row.cells, strict=True))
        for row in table.rows
    ]
