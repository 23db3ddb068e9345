"""The entries of the ledger that count for a lens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from neocapgui.engine.lens import Lens
from neocapgui.ledger.columns import PLANNED, Integers
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import KIND_CODE, KINDS, Transaction


def counted_rows(ledger: Ledger, lens: Lens) -> Integers | None:
    """Return which rows of any day count (neither merely planned nor known only later); None if all do."""
    return counting(ledger.transactions.numbers, lens.planned, lens.known)


def counting(numbers: Mapping[str, Integers], planned: bool, known: date | None) -> Integers | None:
    """Return which rows of some columns count; None if all do."""
    counted: Integers | None = None
    if not planned:
        certain = numbers["certainty"] != PLANNED
        counted = None if bool(certain.all()) else certain
    if known is not None:
        recorded = numbers["recorded"] <= known.toordinal()
        counted = recorded if counted is None else counted & recorded
    return counted


def entries(
    ledger: Ledger, lens: Lens, kinds: Sequence[str], since: date | None = None, **named: int
) -> tuple[Transaction, ...]:
    """Return the entries of some kinds up to the lens's day, in order; `named`: whose fields name an id."""
    transactions = ledger.transactions
    numbers, last = transactions.numbers, transactions.until(lens.as_of)
    first = 0 if since is None else int(np.searchsorted(numbers["date"], since.toordinal(), side="left"))
    wanted = np.zeros(len(KINDS), bool)
    wanted[[KIND_CODE[kind] for kind in kinds]] = True
    found = wanted[numbers["kind"][first:last]]
    for field, id in named.items():
        found &= numbers[field][first:last] == id
    counted = counted_rows(ledger, lens)
    if counted is not None:
        found &= counted[first:last]
    return tuple(transactions[row] for row in (found.nonzero()[0] + first).tolist())
