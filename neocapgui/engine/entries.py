"""The entries of the ledger that count for a lens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

import numpy as np

from neocapgui.engine.lens import Lens
from neocapgui.engine.same import Same
from neocapgui.ledger.columns import PLANNED, Transactions
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.transactions import KIND_CODE, KINDS, Transaction


def counted_rows(ledger: Ledger, lens: Lens) -> Integers | None:
    """Return which rows of any day count (neither merely planned nor known only later); None if all do.

    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.terms import Certainty
    >>> day = date(2002, 9, 5)
    >>> renames = [Transaction(1, day, "rename"), Transaction(2, day, "rename", certainty=Certainty.PLANNED)]
    >>> ledger = Ledger(transactions=Transactions.of(renames))
    >>> counted_rows(ledger, Lens(day)).tolist(), counted_rows(ledger, Lens(day, planned=True))
    ([True, False], None)
    """
    return counting(ledger.transactions.numbers, lens.planned, lens.known)


def counting(numbers: Mapping[str, Integers], planned: bool, known: date | None) -> Integers | None:
    """Return which rows of some columns count; None if all do.

    >>> recorded = {"recorded": np.array([date(2001, 8, day).toordinal() for day in (10, 31)])}
    >>> counting(recorded, planned=True, known=date(2001, 8, 15)).tolist()
    [True, False]
    """
    counted: Integers | None = None
    if not planned:
        certain = numbers["certainty"] != PLANNED
        counted = None if bool(certain.all()) else certain
    if known is not None:
        recorded = numbers["recorded"] <= known.toordinal()
        counted = recorded if counted is None else counted & recorded
    return counted


def entries(
    ledger: Ledger, lens: Lens, kinds: Sequence[str], since: date | None = None, **named: int | Sequence[int]
) -> tuple[Transaction, ...]:
    """Return the entries of some kinds up to the lens's day, in order; `named`: ids in their fields.

    >>> from neocapgui.ledger.columns import Transactions
    >>> kinds = {1: "rename", 2: "status", 3: "rename"}
    >>> records = [Transaction(id, date(2002, 9, id), kind, issuer=1) for id, kind in kinds.items()]
    >>> ledger = Ledger(transactions=Transactions.of(records))
    >>> lenses = [Lens(date(2002, 9, day)) for day in (2, 3)]
    >>> [[one.id for one in entries(ledger, lens, ["rename"], issuer=1)] for lens in lenses]
    [[1], [1, 3]]
    """
    transactions = ledger.transactions
    return tuple(transactions[row] for row in entry_rows(ledger, lens, kinds, since, **named).tolist())


def entry_rows(
    ledger: Ledger, lens: Lens, kinds: Sequence[str], since: date | None = None, **named: int | Sequence[int]
) -> Integers:
    """Return where `entries` stand among the transactions, for who asks few columns of many of them."""
    transactions = ledger.transactions
    numbers, last = transactions.numbers, transactions.until(lens.as_of)
    first = 0 if since is None else transactions.since(since)
    by_kind = _rows_by_kind(Same(numbers["kind"]))
    rows = np.sort(np.concatenate([by_kind[KIND_CODE[kind]] for kind in kinds]))
    rows = rows[np.searchsorted(rows, first) : np.searchsorted(rows, last)]
    for field, id in named.items():
        found = numbers[field][rows]
        rows = rows[found == id if isinstance(id, int) else np.isin(found, id)]
    counted = counted_rows(ledger, lens) if len(rows) else None
    return rows if counted is None else rows[counted[rows]]


def rows_of(transactions: Transactions, kind: str) -> Integers:
    """Return the rows of a kind of any day, whether they count or not.

    >>> renamed = Transaction(1, date(2002, 12, 11), "rename")
    >>> rows_of(Transactions.of([renamed]), "rename").tolist(), len(rows_of(Transactions.of([]), "split"))
    ([0], 0)
    """
    return _rows_by_kind(Same(transactions.numbers["kind"]))[KIND_CODE[kind]]


@lru_cache(maxsize=2)
def _rows_by_kind(kinds: Same) -> list[Integers]:
    """Return the rows of each kind, so that the few splits among a million issuances are found at once."""
    (codes,) = kinds.values
    order = np.argsort(codes, kind="stable")
    return np.split(order, np.cumsum(np.bincount(codes, minlength=len(KINDS)))[:-1])
