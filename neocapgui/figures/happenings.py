"""What happened to a company on a day, in a few words."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np

from neocapgui.engine.entries import counted_rows
from neocapgui.engine.lens import Lens
from neocapgui.engine.timeline import rows_of_issuer
from neocapgui.figures.kinds import Kind, shown
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import KIND, KINDS, Transaction


class Happenings:
    """The days of one company in words; each is made when it is asked for."""

    def __init__(self, ledger: Ledger, lens: Lens) -> None:
        """Look at what happened to the lens's issuer on all days."""
        self._ledger = ledger
        chosen = np.ones(len(ledger.transactions), bool)
        for part in (rows_of_issuer(ledger, lens.issuer), counted_rows(ledger, lens)):
            if part is not None:
                chosen &= part
        self._rows = np.flatnonzero(chosen)
        self._days = ledger.transactions.numbers["date"][self._rows]

    def on(self, day: date) -> str:
        """Return what happened on a day: `Conversion of 7% Series C, Societe Generale`, `Issuance × 3`."""
        low, high = np.searchsorted(self._days, [day.toordinal(), day.toordinal() + 1])
        rows = self._rows[low:high]
        if len(rows) <= 1:
            return "".join(entry_text(self._ledger, self._ledger.transactions[row]) for row in rows.tolist())
        numbers = self._ledger.transactions.numbers
        kinds = Counter(numbers["kind"][rows].tolist())
        said = ", ".join(_times(KINDS[code].title, count) for code, count in kinds.items())
        papers = set(numbers["security"][rows].tolist())
        return said + (_of(self._ledger, papers.pop()) if len(papers) == 1 else "")


def entry_text(ledger: Ledger, record: Transaction) -> str:
    """Return what an entry records, in a few words: `Split 1:25 of Common`."""
    said = KIND[record.kind].title
    if record.ratio is not None:
        said += f" {shown(Kind.RATIO, record.ratio)}"
    said += _of(ledger, record.security or 0)
    if record.security is None and record.value:
        return f"{said}: {record.value}"
    who = ledger.stakeholders.get(record.stakeholder or 0)
    return f"{said}, {who.name}" if who is not None else said


def _of(ledger: Ledger, security: int) -> str:
    paper = ledger.securities.get(security)
    return f" of {paper.name}" if paper is not None else ""


def _times(title: str, count: int) -> str:
    return title if count == 1 else f"{title} × {count}"
