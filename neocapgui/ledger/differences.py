"""What must be edited to make one ledger of another, found by comparing facts of the same number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from neocapgui.ledger.columns import DECIMALS, TEXTS, TextColumn, TextPool, Transactions
from neocapgui.ledger.edits import Change, Edit
from neocapgui.ledger.ledger import TABLES, Fact, Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.transactions import Transaction

_AT_ONCE = 1 << 22  # bytes of text compared at once


def differences(before: Ledger, after: Ledger, label: str = "Differences") -> Edit:
    """Return the edit that turns `before` into `after`: `apply(before, edit)` records the same facts.

    A fact with the same number in the same table is the same fact. Facts come in the order of their
    tables and numbers, transactions in the order of the ledger. Transactions are compared by columns:
    only those that differ are made.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> notice = Transaction(41, date(2001, 7, 10), "issuance", quantity=Decimal(201_149))
    >>> one = Ledger(transactions=Transactions.of([notice]))
    >>> other = Ledger()
    >>> [(change.before, change.after.quantity) for change in differences(other, one).changes]
    [(None, Decimal('201149'))]
    >>> differences(one, one).changes
    ()
    """
    changes: list[Change] = []
    for kind, table in TABLES.items():
        if kind is Transaction:
            changes += _of_transactions(before.transactions, after.transactions)
        else:
            changes += _of_facts(getattr(before, table), getattr(after, table))
    return Edit(label, tuple(changes))


def _of_facts(before: Mapping[int, Fact], after: Mapping[int, Fact]) -> Iterator[Change]:
    if before is after:
        return
    for id in sorted(before.keys() | after.keys()):
        old, new = before.get(id), after.get(id)
        if old is not new and old != new:
            yield Change(old, new)


def _of_transactions(before: Transactions, after: Transactions) -> list[Change]:
    if before is after:
        return []
    old, new = before.numbers["id"], after.numbers["id"]
    if np.array_equal(old, new):
        rows = other_rows = np.arange(len(old))
    else:
        _, rows, other_rows = np.intersect1d(old, new, assume_unique=True, return_indices=True)
    unlike = _unlike(before, rows, after, other_rows)
    changes = [
        Change(before[row], after[other])
        for row, other in zip(rows[unlike].tolist(), other_rows[unlike].tolist(), strict=True)
    ]
    changes += [Change(before[row], None) for row in _others(len(old), rows)]
    changes += [Change(None, after[row]) for row in _others(len(new), other_rows)]
    return sorted(changes, key=_place)


def _others(count: int, rows: Integers) -> list[int]:
    is_other = np.ones(count, bool)
    is_other[rows] = False
    return np.flatnonzero(is_other).tolist()


def _place(change: Change) -> tuple[int, int, int]:
    record = change.before if change.after is None else change.after
    if not isinstance(record, Transaction):
        raise TypeError(f"A transaction was awaited, not {record!r}.")
    return (record.date.toordinal(), record.order, record.id)


def _unlike(before: Transactions, rows: Integers, after: Transactions, other_rows: Integers) -> Integers:
    """Return for each pair of rows whether anything in them differs."""
    unlike: Integers = np.zeros(len(rows), bool)
    for name, column in before.numbers.items():
        if column is not after.numbers[name] or rows is not other_rows:
            unlike |= column[rows] != after.numbers[name][other_rows]
    for name in DECIMALS:
        held, other = before.figures[name], after.figures[name]
        if held is not other or rows is not other_rows:
            places = max(held.places, other.places)
            mine, its = held.at_places(places).units[rows], other.at_places(places).units[other_rows]
            unlike |= (mine != its).astype(bool)
    for name in TEXTS:
        still = np.flatnonzero(~unlike)  # what differs already need not be read
        unlike[still] |= _texts_unlike(before.texts[name], rows[still], after.texts[name], other_rows[still])
    return unlike


def _texts_unlike(mine: TextColumn, rows: Integers, its: TextColumn, other_rows: Integers) -> Integers:
    numbers, others = mine.numbers[rows], its.numbers[other_rows]
    is_empty, is_other_empty = numbers < 0, others < 0
    unlike: Integers = is_empty != is_other_empty
    pairs = np.flatnonzero(~is_empty & ~is_other_empty)
    if mine.pool is its.pool:
        pairs = pairs[numbers[pairs] != others[pairs]]
    unlike[pairs] = _unequal(mine.pool, numbers[pairs], its.pool, others[pairs])
    return unlike


def _unequal(pool: TextPool, numbers: Integers, other: TextPool, others: Integers) -> Integers:
    """Return for each pair of texts whether they differ; only those not found alike as bytes are read."""
    unlike = ~_alike(pool, numbers, other, others)
    for place in np.flatnonzero(unlike).tolist():
        unlike[place] = pool[int(numbers[place])] != other[int(others[place])]
    return unlike


def _alike(pool: TextPool, numbers: Integers, other: TextPool, others: Integers) -> Integers:
    """Return which pairs are the same bytes of the blocks read from files."""
    block, starts, ends = pool.spans(numbers)
    other_block, other_starts, other_ends = other.spans(others)
    mine, its = np.frombuffer(block, np.uint8), np.frombuffer(other_block, np.uint8)
    lengths = ends - starts
    alike: Integers = np.zeros(len(numbers), bool)
    pairs = np.flatnonzero((lengths == other_ends - other_starts) & (lengths > 0))
    for some in _of_bytes(pairs, lengths):
        sizes = lengths[some]
        firsts = np.cumsum(sizes) - sizes
        within = np.arange(int(sizes.sum())) - np.repeat(firsts, sizes)
        same = (
            mine[np.repeat(starts[some], sizes) + within]
            == its[np.repeat(other_starts[some], sizes) + within]
        )
        alike[some] = np.logical_and.reduceat(same, firsts)
    return alike


def _of_bytes(pairs: Integers, lengths: Integers) -> Iterator[Integers]:
    """Cut pairs into parts of about so many bytes as are compared at once."""
    if len(pairs):
        parts = np.cumsum(lengths[pairs]) // _AT_ONCE
        yield from np.split(pairs, np.flatnonzero(np.diff(parts)) + 1)
