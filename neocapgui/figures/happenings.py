"""What happened to a company on a day, in a few words."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np

from neocapgui.engine.entries import counted_rows
from neocapgui.engine.lens import Lens
from neocapgui.engine.timeline import rows_of_issuer
from neocapgui.engine.wording import brief
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
        """Return what happened on a day, in a few words however much it was.

        `Conversion of 7% Series C, Societe Generale`, `Issuance × 3 of Common Stock and 2 others`.
        """
        low, high = np.searchsorted(self._days, [day.toordinal(), day.toordinal() + 1])
        rows = self._rows[low:high]
        if len(rows) <= 1:
            return "".join(entry_text(self._ledger, self._ledger.transactions[row]) for row in rows.tolist())
        numbers = self._ledger.transactions.numbers
        kinds, papers = numbers["kind"][rows], numbers["security"][rows]
        counts = Counter(kinds.tolist())
        if len(set(papers.tolist())) == 1:
            said = ", ".join(_times(KINDS[code].title, count) for code, count in counts.items())
            return said + _of(self._ledger, int(papers[0]))
        return ", ".join(
            _times(KINDS[code].title, count)
            + self._of_some(list(dict.fromkeys(papers[kinds == code].tolist())))
            for code, count in counts.items()
        )

    def _of_some(self, papers: list[int]) -> str:
        """Return of which papers something is: of one, of both, or of the first and how many others."""
        first, *others = papers
        if not others or not _of(self._ledger, first):
            return _of(self._ledger, first)
        last = self._ledger.securities.get(others[-1])
        if len(others) == 1 and last is not None:
            return f"{_of(self._ledger, first)} and {last.name}"
        return f"{_of(self._ledger, first)} and {len(others)} other{'' if len(others) == 1 else 's'}"


def entry_text(ledger: Ledger, record: Transaction) -> str:
    """Return what an entry records, in a few words: `Split 1:25 of Common`."""
    said = KIND[record.kind].title
    if record.ratio is not None:
        said += f" {shown(Kind.RATIO, record.ratio)}"
    said += _of(ledger, record.security or 0)
    if record.security is None and record.value:
        return f"{said}: {brief(record.value)}"
    who = ledger.stakeholders.get(record.stakeholder or 0)
    return f"{said}, {who.name}" if who is not None else said


def _of(ledger: Ledger, security: int) -> str:
    paper = ledger.securities.get(security)
    return f" of {paper.name}" if paper is not None else ""


def _times(title: str, count: int) -> str:
    return title if count == 1 else f"{title} × {count}"
