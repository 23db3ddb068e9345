"""The entries of the ledger that count for a lens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

import numpy as np

from neocapgui.engine.lens import Lens
from neocapgui.engine.same import Same
from neocapgui.ledger.columns import PLANNED, Transactions
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.transactions import KIND_CODE, KINDS, Transaction

_BATCH = 2_000  # entries that are made at once


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
    numbers = ledger.transactions.numbers
    return _counted(Same(numbers["certainty"], numbers["recorded"]), lens.planned, lens.known)


@lru_cache(maxsize=4)
def _counted(columns: Same, planned: bool, known: date | None) -> Integers | None:
    certainty, recorded = columns.values
    return counting({"certainty": certainty, "recorded": recorded}, planned, known)


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
    rows = entry_rows(ledger, lens, kinds, since, **named)
    return tuple(ledger.transactions.records(rows))


def in_batches(transactions: Transactions, rows: Integers) -> Iterator[Transaction]:
    """Return the entries of some rows, made some at a time: quickly, and of a million never all at once.

    >>> renamed = Transaction(1, date(2002, 12, 11), "rename")
    >>> [record.id for record in in_batches(Transactions.of([renamed]), np.array([0]))]
    [1]
    """
    for start in range(0, len(rows), _BATCH):
        yield from transactions.records(rows[start : start + _BATCH])


def entry_rows(
    ledger: Ledger, lens: Lens, kinds: Sequence[str], since: date | None = None, **named: int | Sequence[int]
) -> Integers:
    """Return where `entries` stand among the transactions, for who asks few columns of many of them."""
    transactions = ledger.transactions
    numbers, last = transactions.numbers, transactions.until(lens.as_of)
    first = 0 if since is None else transactions.since(since)
    indexed = next(iter(named), "")  # the first field is looked up, others are sifted
    if indexed:
        rows = _naming(Same(numbers["kind"], numbers[indexed]), tuple(kinds), named[indexed])
    else:
        rows = _rows_of_kinds(Same(numbers["kind"]), tuple(kinds))
    low, high = np.searchsorted(rows, np.array([first, last], rows.dtype))
    rows = rows[low:high]
    for field, id in named.items():
        if field != indexed:
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


def rows_naming(transactions: Transactions, field: str, id: int) -> Integers:
    """Return the rows whose reference field names an id, of any day, whether they count or not.

    >>> sold = Transaction(1, date(2002, 11, 21), "issuance", approval=6)
    >>> rows_naming(Transactions.of([sold]), "approval", 6).tolist()
    [0]
    """
    order, ordered = _ordered(Same(transactions.numbers[field]))
    low, high = np.searchsorted(ordered, np.array([id, id + 1], ordered.dtype))
    return order[low:high]


@lru_cache(maxsize=4)
def _ordered(column: Same) -> tuple[Integers, Integers]:
    """Return the rows in the order of what a column names, and what it names in that order."""
    (named,) = column.values
    order = np.argsort(named, kind="stable")
    return order, named[order]


def _naming(columns: Same, kinds: tuple[str, ...], ids: int | Sequence[int]) -> Integers:
    """Return the rows of some kinds that name an id, or one of several, in order."""
    rows, ordered = _by_name(columns, kinds)
    if isinstance(ids, int):
        low, high = np.searchsorted(ordered, np.array([ids, ids + 1], ordered.dtype))
        return rows[low:high]
    sought = np.unique(np.array(ids, np.int64)).astype(ordered.dtype)
    lows, highs = np.searchsorted(ordered, sought), np.searchsorted(ordered, sought, side="right")
    found = [rows[low:high] for low, high in zip(lows.tolist(), highs.tolist(), strict=True) if high > low]
    return np.sort(np.concatenate(found)) if found else rows[:0]


@lru_cache(maxsize=16)
def _by_name(columns: Same, kinds: tuple[str, ...]) -> tuple[Integers, Integers]:
    """Return the rows of some kinds in the order of what a field names, and what it names in that order."""
    codes, named = columns.values
    rows = _rows_of_kinds(Same(codes), kinds)
    order = np.argsort(named[rows], kind="stable")
    return rows[order], named[rows][order]


@lru_cache(maxsize=16)
def _rows_of_kinds(codes: Same, kinds: tuple[str, ...]) -> Integers:
    by_kind = _rows_by_kind(codes)
    return np.sort(np.concatenate([by_kind[KIND_CODE[kind]] for kind in kinds]))


@lru_cache(maxsize=2)
def _rows_by_kind(kinds: Same) -> list[Integers]:
    """Return the rows of each kind, so that the few splits among a million issuances are found at once."""
    (codes,) = kinds.values
    order = np.argsort(codes, kind="stable")
    return np.split(order, np.cumsum(np.bincount(codes, minlength=len(KINDS)))[:-1])
