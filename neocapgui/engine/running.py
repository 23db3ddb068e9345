"""Running totals through the ledger: who falls below nothing, and when a class is the largest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np

from neocapgui.engine.holdings import followed
from neocapgui.engine.lens import Lens
from neocapgui.engine.replay import Kept, Walk
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers


@dataclass(frozen=True, slots=True)
class Shortfall:
    """An entry after which a holder has less than nothing of a security, the first for that holding."""

    row: int
    stakeholder: int
    security: int
    short: Fraction  # above 0


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
    known = followed(ledger, lens)
    places = known.moves.places
    found = [one for id in known.splits for one in _journey(known, id).shortfalls]
    for pair, row, units in _short_without_splits(known):
        found.append(_shortfall(known, pair, row, Fraction(units, 10**places)))
    return tuple(sorted(found, key=lambda one: (one.row, one.stakeholder, one.security)))


def _shortfall(known: Kept, pair: int, row: int, short: Fraction) -> Shortfall:
    moves = known.moves
    return Shortfall(row, int(moves.holders[pair]), int(moves.securities[pair]), short)


def _short_without_splits(known: Kept) -> Iterator[tuple[int, int, int]]:
    """Return pair, row and missing units of each holding of what is never split that falls below nothing."""
    moves, columns = known.moves, []
    for hand in moves.hands:
        chosen: Integers | slice = slice(None)
        if known.splits:
            chosen = np.flatnonzero(~np.isin(moves.securities[hand.pairs], list(known.splits)))
        columns.append((hand.rows[chosen], hand.pairs[chosen], hand.units[chosen]))
    if columns:
        rows, pairs, moved = (np.concatenate(column) for column in zip(*columns, strict=True))
        yield from _below_nothing(rows, pairs, moved, None)


def _below_nothing(
    rows: Integers, places: Integers, moved: Integers, before: Integers | None
) -> Iterator[tuple[int, int, int]]:
    """Return place, row and what is missing of each holding that movements take below nothing, at first."""
    order = np.lexsort((rows, places))  # stable: what an entry takes it takes first
    rows, places, moved = rows[order], places[order], moved[order]
    if not len(places):
        return
    sums = np.cumsum(moved)
    begins = np.flatnonzero(np.append(True, places[1:] != places[:-1]))
    lengths = np.diff(np.append(begins, len(places)))
    after = sums - np.repeat((sums - moved)[begins], lengths)
    if before is not None:
        after = before[places] + after
    low = np.flatnonzero(after < 0)
    first = np.flatnonzero(np.append(True, places[low][1:] != places[low][:-1])) if len(low) else low
    for place in low[first].tolist():
        yield int(places[place]), int(rows[place]), -int(after[place])


@dataclass(frozen=True, slots=True, eq=False)
class _Journey:
    """What happened to a security from the first entry to the last, found in one walk."""

    rows: Integers  # that change the count
    units: Integers  # issued after each, in units of 10^-places
    restated: Fraction  # shares that all splits together added
    shortfalls: tuple[Shortfall, ...]


@lru_cache(maxsize=64)
def _journey(known: Kept, security: int) -> _Journey:
    passage = known.passage(security)
    walk, one = Walk(passage), passage.one
    rows: list[Integers] = []
    totals: list[Integers] = []
    short: dict[int, Shortfall] = {}
    added = Fraction(0)
    for division in [*passage.divisions, None]:
        stop = len(known.transactions) if division is None else division.row
        moved_rows, places, parts, before, each = walk.ahead(stop)
        for place, row, missing in _below_nothing(moved_rows, places, parts, before):
            if place not in short:
                pair = int(passage.pairs[place])
                short[place] = _shortfall(known, pair, row, missing * each / one)
        total, changed, sums = walk.total, *_by_row(moved_rows, parts)
        rows.append(changed)
        totals.append(_after_each(total, sums, each))
        walk.go(stop)
        if division is not None:
            before_it = walk.total
            walk.go(stop + 1)
            added += walk.total - before_it
            rows.append(np.array([stop]))
            totals.append(_after_each(walk.total, np.zeros(1, np.int64), each))
    known.keep(security, walk)
    return _Journey(np.concatenate(rows), np.concatenate(totals), added / one, tuple(short.values()))


def _after_each(before: Fraction, sums: Integers, each: Fraction) -> Integers:
    """Return the count after each of some movements, summed up in parts of `each` units."""
    if before.denominator == each == 1:
        wide = sums.dtype != object and abs(before) + int(np.abs(sums).max(initial=0)) >= 2**62
        exact: Integers = (sums.astype(object) if wide else sums) + int(before)
        return exact
    found: Integers = np.empty(len(sums), object)
    found[:] = [before + passed * each for passed in sums.tolist()]
    return found


def _by_row(rows: Integers, moved: Integers) -> tuple[Integers, Integers]:
    """Return the rows that change the whole count, and by how much all so far have changed it."""
    if not len(rows):
        return rows, moved
    begins = np.flatnonzero(np.append(True, rows[1:] != rows[:-1]))
    sums = np.add.reduceat(moved, begins)
    changed = np.flatnonzero(sums != 0)
    return rows[begins[changed]], np.cumsum(sums)[changed]


def restated(ledger: Ledger, lens: Lens) -> dict[int, Fraction]:
    """Return the shares that the splits of each security added to all hands together, over all days.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.transactions import Transaction
    >>> issue = Transaction(1, date(2001, 8, 15), "issuance", security=1, stakeholder=1,
    ...                     quantity=Decimal(483_635))
    >>> split = Transaction(2, date(2002, 9, 5), "split", security=1, ratio=Fraction(1, 25), value="cash")
    >>> ledger = Ledger(transactions=Transactions.of([issue, split]))
    >>> {id: int(shares) for id, shares in restated(ledger, Lens(split.date)).items()}
    {1: -464290}
    """
    known = followed(ledger, lens)
    return {security: _journey(known, security).restated for security in known.splits}


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
    rows, units, one = running_units(ledger, lens, security)
    return rows, [Fraction(each) / one for each in units.tolist()]


def running_units(ledger: Ledger, lens: Lens, security: int) -> tuple[Integers, Integers, int]:
    """Return what `running_total` returns in units, whole or of any fraction, and how many make a share.

    >>> from datetime import date
    >>> rows, units, one = running_units(Ledger(), Lens(date(2001, 8, 15)), security=1)
    >>> rows.tolist(), units.tolist(), one
    ([], [], 1)
    """
    known = followed(ledger, lens)
    found = _journey(known, security)
    return found.rows, found.units, 10**known.moves.places
