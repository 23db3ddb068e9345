"""A finding: facts that contradict each other or the terms; never an exception."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from neocapgui.engine.wording import plain
from neocapgui.ledger.edits import Edit
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.transactions import Transaction

LISTED = (
    200  # by one check; a file full of the same mistake is told so, not listed whole, and needs no more mends
)


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"  # the record cannot be right
    WARNING = "warning"  # two papers, or a paper and its terms, differ
    NOTE = "note"  # something is missing that a calculation would need
    REMARK = "remark"  # nothing contradicts anything, but it deserves a look: a harsh term, a line twice


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: a table, the number of a fact in it, and a field of the fact."""

    table: str
    id: int
    field: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction, in a full sentence that names the thing and the number."""

    code: str  # stable: `assertion_missed`
    severity: Severity
    said: str  # the sentence, its figures and days marked for the reader's language
    place: Place
    mend: Edit | None = None  # the edit that would mend it, where there is one
    stands_for: int = 1  # itself, and those of its kind that are counted and not told

    @property
    def message(self) -> str:
        """The sentence in the neutral form, the same in every language: for reports and other programs."""
        return plain(self.said)


def abridged(rows: Integers) -> Iterator[tuple[int, int]]:
    """Return the rows of findings that are told, and for how many each stands: the last for the rest.

    >>> import numpy as np
    >>> told = list(abridged(np.arange(1_000)))
    >>> len(told), told[0], told[-1]
    (201, (0, 1), (999, 800))
    """
    for row in rows[:LISTED].tolist():
        yield row, 1
    if len(rows) > LISTED:
        yield int(rows[-1]), len(rows) - LISTED


def at(record: Transaction, field: str = "") -> Place:
    """Return the place of an entry, or of one of its fields.

    >>> from datetime import date
    >>> at(Transaction(7, date(2001, 8, 31), "conversion"), "price")
    Place(table='transactions', id=7, field='price')
    """
    return Place("transactions", record.id, field)
