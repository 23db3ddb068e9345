"""Running totals through the ledger: who falls below nothing, and when a class is the largest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from neocapgui.engine.holdings import replayed, rounding_policies
from neocapgui.engine.lens import Lens
from neocapgui.engine.movements import Movements, movements
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers


@dataclass(frozen=True, slots=True)
class Shortfall:
    """An entry after which a holder has less than nothing of a security, the first for that holding."""

    row: int
    stakeholder: int
    security: int
    short: Fraction  # above 0


@dataclass(frozen=True, slots=True, eq=False)
class _Stretch:
    """The movements between two splits, holding by holding, with what each holding has after each."""

    rows: Integers
    pairs: Integers
    after: Integers


def shortfalls(ledger: Ledger, lens: Lens) -> tuple[Shortfall, ...]:
    """Return the first entry of each holding that takes more than is held, in ledger order.

    The day of the lens does not matter: the whole ledger is looked through.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.transactions import Transaction
    >>> day = date(2001, 8, 31)
    >>> records = [Transaction(1, day, "issuance", security=1, stakeholder=1, quantity=Decimal(282_486)),
    ...            Transaction(2, day, "expiry", security=1, stakeholder=1, quantity=Decimal(483_635))]
    >>> found = shortfalls(Ledger(transactions=Transactions.of(records)), Lens(day))
    >>> [(one.row, one.stakeholder, int(one.short)) for one in found]
    [(1, 1, 201149)]
    """
    moves = movements(ledger, lens)
    found: dict[int, Shortfall] = {}
    for stretch in _stretches(ledger, moves):
        for place in np.flatnonzero(stretch.after < 0).tolist():
            pair = int(stretch.pairs[place])
            if pair not in found:
                units = stretch.after[place]
                short = -Fraction(units if isinstance(units, Fraction) else int(units))
                found[pair] = Shortfall(
                    int(stretch.rows[place]),
                    int(moves.holders[pair]),
                    int(moves.securities[pair]),
                    Fraction(short, 10**moves.places),
                )
    return tuple(sorted(found.values(), key=lambda shortfall: shortfall.row))


def _stretches(ledger: Ledger, moves: Movements) -> Iterator[_Stretch]:
    if not moves.hands:
        return
    start = 0
    for stop in [*moves.splits.tolist(), len(ledger.transactions)]:
        first = start + 1 if start in moves.splits else start
        units = replayed(moves, ledger.transactions, rounding_policies(ledger), first)
        bounds = [np.searchsorted(hand.rows, (start, stop)) for hand in moves.hands]
        parts = [(hand, low, high) for hand, (low, high) in zip(moves.hands, bounds, strict=True)]
        rows = np.concatenate([hand.rows[low:high] for hand, low, high in parts])
        pairs = np.concatenate([hand.pairs[low:high] for hand, low, high in parts])
        moved = np.concatenate([hand.units[low:high] for hand, low, high in parts])
        order = np.lexsort((rows, pairs))
        rows, pairs, moved = rows[order], pairs[order], moved[order]
        if len(pairs):
            sums = np.cumsum(moved)
            begins = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1]))
            before = (sums - moved)[begins]
            lengths = np.diff(np.append(begins, len(pairs)))
            yield _Stretch(rows, pairs, units[pairs] + sums - np.repeat(before, lengths))
        start = stop


def running_total(ledger: Ledger, lens: Lens, security: int) -> tuple[Integers, list[Fraction]]:
    """Return the rows that change the issued count of a security, and the count after each.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.transactions import Transaction
    >>> issue = Transaction(1, date(2001, 8, 15), "issuance", security=1, stakeholder=1,
    ...                     quantity=Decimal(483_635))
    >>> split = Transaction(2, date(2002, 9, 5), "split", security=1, ratio=Fraction(1, 25), value="cash")
    >>> ledger = Ledger(transactions=Transactions.of([issue, split]))
    >>> rows, totals = running_total(ledger, Lens(split.date), security=1)
    >>> rows.tolist(), [int(total) for total in totals]
    ([0, 1], [483635, 19345])
    """
    moves = movements(ledger, lens)
    mine = moves.securities == security
    rows: list[int] = []
    totals: list[Fraction] = []
    start = 0
    own_splits = [
        row for row in moves.splits.tolist() if ledger.transactions.numbers["security"][row] == security
    ]
    for stop in [*own_splits, len(ledger.transactions)]:
        for row, moved in _moved(moves, mine, start, stop):
            rows.append(row)
            totals.append((totals[-1] if totals else Fraction(0)) + moved)
        if stop < len(ledger.transactions):
            after = replayed(moves, ledger.transactions, rounding_policies(ledger), stop + 1)
            rows.append(stop)
            totals.append(
                sum((_exact(units) for units in after[mine].tolist()), Fraction(0)) / 10**moves.places
            )
        start = stop
    return np.array(rows, np.int64), totals


def _moved(moves: Movements, mine: Integers, start: int, stop: int) -> list[tuple[int, Fraction]]:
    """Return what each row of a stretch adds to the whole count of a security, where it adds anything."""
    sums: dict[int, Fraction] = {}
    for hand in moves.hands:
        low, high = np.searchsorted(hand.rows, (start, stop))
        chosen = mine[hand.pairs[low:high]]
        for row, units in zip(
            hand.rows[low:high][chosen].tolist(), hand.units[low:high][chosen].tolist(), strict=True
        ):
            sums[row] = sums.get(row, Fraction(0)) + units
    return [(row, sums[row] / 10**moves.places) for row in sorted(sums) if sums[row]]


def _exact(units: int | Fraction) -> Fraction:
    return Fraction(units)
