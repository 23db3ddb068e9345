"""One security followed through the ledger, holder by holder: sums between its splits, a step at each.

A split touches its own security alone, so each is followed by itself: many splits of one class cost nothing
to the holders of all others. Where fractions are kept a split is one multiplication for all holders.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from neocapgui.engine.movements import Movements
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.terms import Rounding

_SAFE = 2**61  # sums up to it leave room for three hands and a split in 64 bits
_TREATMENTS = frozenset(str(policy) for policy in Rounding)

Policies = tuple[tuple[int, Rounding], ...]


@dataclass(frozen=True, slots=True)
class Division:
    """A split: how many new shares for each old one, and what is done about fractions."""

    row: int
    ratio: Fraction
    policy: Rounding


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """All that ever moved of one security, in the order of the ledger, and its splits between."""

    pairs: Integers  # who ever had any: positions in the columns of `Movements`, ascending
    rows: Integers  # of each movement
    places: Integers  # of each movement, whose: a position in `pairs`
    units: Integers  # signed, in units of 10^-places
    divisions: tuple[Division, ...]
    one: int  # units in a share


def treatment(transactions: Transactions, policies: dict[int, Rounding], row: int) -> Rounding:
    """Return what a split does with fractions: as it says itself, or as the security does.

    >>> from datetime import date
    >>> from neocapgui.ledger.transactions import Transaction
    >>> records = [Transaction(id, date(2002, 9, 5), "split", security=1, ratio=Fraction(1, 25), value=value)
    ...            for id, value in {1: "cash", 2: ""}.items()]
    >>> [treatment(Transactions.of(records), {1: Rounding.DOWN}, row).value for row in (0, 1)]
    ['cash', 'down']
    """
    stated = transactions.texts["value"].at(row)
    security = int(transactions.numbers["security"][row])
    return Rounding(stated) if stated in _TREATMENTS else policies.get(security, Rounding.NEAREST)


class Walk:
    """Goes forward through a passage and keeps what each holder has, as whole parts of a common fraction."""

    __slots__ = ("_divided", "_factor", "_moved", "_parts", "_sum", "passage", "row")

    def __init__(self, passage: Passage) -> None:
        """Stand before the first row."""
        self.passage, self.row = passage, 0
        self._parts: Integers = np.zeros(len(passage.pairs), passage.units.dtype)
        self._factor = Fraction(1)  # units in a part
        self._sum = 0  # of all parts
        self._moved = self._divided = 0  # movements and splits behind us

    def copy(self) -> Walk:
        """Return another walk that stands at the same place."""
        other = Walk.__new__(Walk)
        for name in Walk.__slots__:
            setattr(other, name, getattr(self, name))
        other._parts = self._parts.copy()
        return other

    def go(self, until: int) -> None:
        """Go on to just before a row; one that is behind us is where we stand."""
        divisions = self.passage.divisions
        while self._divided < len(divisions) and divisions[self._divided].row < until:
            division = divisions[self._divided]
            self._move(division.row)
            self._divide(division)
            self._divided += 1
        self._move(until)
        self.row = max(self.row, until)

    def ahead(self, until: int) -> tuple[Integers, Integers, Integers, Integers, Fraction]:
        """Return rows, holders' places and parts of the movements before a row, up to which no split lies.

        Then come the parts that each holder has before them, and how many units a part is.
        """
        first, last = self._moved, self._reached(until)
        parts = self._in_parts(self.passage.units[first:last])
        rows, places = self.passage.rows[first:last], self.passage.places[first:last]
        return rows, places, parts, self._parts, self._factor

    @property
    def total(self) -> Fraction:
        """What all have together, in units."""
        return self._sum * self._factor

    def of(self, places: Iterable[int]) -> Fraction:
        """What some holders have together, in units."""
        return sum((int(self._parts[place]) for place in places), 0) * self._factor

    def units(self) -> Integers:
        """Return what each has, in units: integers, of any size, and fractions where they are kept."""
        new, old = self._factor.numerator, self._factor.denominator
        held = _times(self._parts, new)
        if old == 1:
            return held
        if old >= _SAFE:  # more than a column of 64 bits can be divided by
            held = held.astype(object)
        if not (held % old).any():
            whole: Integers = held // old
            return whole
        each = (divmod(one, old) for one in held.tolist())
        return _objects([whole if not rest else Fraction(whole * old + rest, old) for whole, rest in each])

    def _reached(self, until: int) -> int:
        return max(self._moved, int(np.searchsorted(self.passage.rows, np.int64(until))))

    def _in_parts(self, units: Integers) -> Integers:
        """Return units in parts, which are made so small that there is no fraction of one."""
        if len(units) and self._factor != 1:
            self._parts = _times(self._parts, self._factor.numerator)
            self._sum *= self._factor.numerator
            self._factor = Fraction(1, self._factor.denominator)
            if self._factor != 1:
                self._parts = self._parts.astype(object)
                return units.astype(object) * self._factor.denominator
        return units

    def _move(self, until: int) -> None:
        first, last = self._moved, self._reached(until)
        if first == last:
            return
        parts = self._in_parts(self.passage.units[first:last])
        if self._parts.dtype == object:
            parts = parts.astype(object)
        np.add.at(self._parts, self.passage.places[first:last], parts)
        self._sum += _sum(parts)
        self._moved = last

    def _divide(self, division: Division) -> None:
        self._factor *= division.ratio
        if division.policy is Rounding.NONE or (self._factor == 1 and self.passage.one == 1):
            return
        parts = rounded_parts(self._parts, self._factor, division.policy, self.passage.one)
        self._parts = parts.astype(object) if self.passage.units.dtype == object else parts
        self._factor, self._sum = Fraction(1), _sum(parts)


def rounded_parts(parts: Integers, units: Fraction, policy: Rounding, one: int) -> Integers:
    """Return each holder's units, of `units` units a part, rounded to whole shares of `one` unit.

    >>> held = np.array([483_635, 282_486])
    >>> rounded_parts(held, Fraction(1, 25), Rounding.CASH, one=1).tolist()
    [19345, 11299]
    """
    new, old = units.numerator, units.denominator * one
    if parts.dtype != object and max(_largest(parts), 1) * new * 2 + 2 * old < _SAFE:
        whole = _rounded(np.abs(parts) * new, old, policy)
        signed: Integers = np.sign(parts) * whole * one
        return signed if _largest(signed) * max(len(signed), 1) < _SAFE else signed.astype(object)
    above = [_rounded(abs(part) * new, old, policy) * one for part in parts.tolist()]
    found = _objects([each if part >= 0 else -each for part, each in zip(parts.tolist(), above, strict=True)])
    return found.astype(np.int64) if _largest(found) * max(len(found), 1) < _SAFE else found


def _rounded(above: Any, below: int, policy: Rounding) -> Any:
    """Return counts (one, or a column of them) divided and rounded; none is below nothing."""
    match policy:
        case Rounding.NEAREST:
            return (2 * above + below) // (2 * below)
        case Rounding.DOWN | Rounding.CASH:
            return above // below
        case _:
            return -(-above // below)


def _objects(values: list[int | Fraction]) -> Integers:
    found: Integers = np.empty(len(values), object)
    found[:] = values
    return found


def _largest(parts: Integers) -> int:
    return max(int(parts.max()), -int(parts.min())) if len(parts) else 0


def _sum(parts: Integers) -> int:
    if parts.dtype != object and _largest(parts) * len(parts) < _SAFE:
        return int(parts.sum())
    return sum(parts.tolist())


def _times(parts: Integers, factor: int) -> Integers:
    if factor == 1:
        return parts
    if parts.dtype != object and max(_largest(parts) * len(parts), 1) * factor >= _SAFE:
        parts = parts.astype(object)
    return parts * factor


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """What is remembered of one ledger's securities that are split, and of the sums of all."""

    moves: Movements
    transactions: Transactions
    policies: dict[int, Rounding]
    splits: dict[int, list[int]]  # rows, by security
    _passages: dict[int, Passage] = field(default_factory=dict)
    _walks: dict[int, Walk] = field(default_factory=dict)
    _sums: list[tuple[int, Integers]] = field(default_factory=list)

    def passage(self, security: int) -> Passage:
        """Return all that ever moved of a security."""
        found = self._passages.get(security)
        if found is None:
            found = _passage(self, security)
            if security in self.splits:
                self._passages[security] = found
        return found

    def walk(self, security: int, until: int) -> Walk:
        """Return a walk that stands just before a row; who goes on with it takes a copy."""
        last = self._walks.get(security)
        walk = Walk(self.passage(security)) if last is None or last.row > until else last.copy()
        walk.go(until)
        if security in self.splits:
            self._walks[security] = walk
        return walk

    def keep(self, security: int, walk: Walk) -> None:
        """Remember a walk that nobody goes on with."""
        self._walks[security] = walk

    def sums(self, until: int) -> Integers:
        """Return what each pair got less what it gave before a row, as if there were no splits."""
        done, units = self._sums[-1] if self._sums else (0, None)
        if units is None or done > until:
            wide = any(hand.units.dtype == object for hand in self.moves.hands)
            done, units = 0, np.zeros(len(self.moves.holders), object if wide else np.int64)
        else:
            units = units.copy()
        for hand in self.moves.hands:
            first, last = np.searchsorted(hand.rows, np.array([done, until], hand.rows.dtype))
            np.add.at(units, hand.pairs[first:last], hand.units[first:last])
        self._sums[:] = [(until, units)]
        return units.copy()


@lru_cache(maxsize=2)
def kept(moves: Movements, transactions: Transactions, policies: Policies) -> Kept:
    """Return what is remembered of a ledger, for as long as the same one is asked about."""
    numbers = transactions.numbers
    splits: dict[int, list[int]] = {}
    rows = moves.splits
    for row, security in zip(rows.tolist(), numbers["security"][rows].tolist(), strict=True):
        splits.setdefault(security, []).append(row)
    return Kept(moves, transactions, dict(policies), splits)


def _passage(known: Kept, security: int) -> Passage:
    moves, transactions = known.moves, known.transactions
    chosen = []
    for hand, (order, ordered) in zip(moves.hands, _by_security(moves), strict=True):
        first, last = np.searchsorted(ordered, np.array([security, security + 1], ordered.dtype))
        own = order[first:last]
        chosen.append((hand.rows[own], hand.pairs[own], hand.units[own]))
    none: Integers = np.zeros(0, np.int64)
    columns = zip(*chosen, strict=True) if chosen else ((none,), (none,), (none,))
    rows, pairs, units = (np.concatenate(column) for column in columns)
    order = np.argsort(rows, kind="stable")
    held, places = np.unique(pairs[order], return_inverse=True)
    numbers = transactions.numbers
    divisions = tuple(
        Division(
            row,
            Fraction(int(numbers["ratio_new"][row]), int(numbers["ratio_old"][row])),
            treatment(transactions, known.policies, row),
        )
        for row in known.splits.get(security, ())
    )
    return Passage(held, rows[order].astype(np.int64), places, units[order], divisions, 10**moves.places)


@lru_cache(maxsize=2)
def _by_security(moves: Movements) -> list[tuple[Integers, Integers]]:
    """Return for each hand its movements in the order of their securities, and those securities."""
    found = []
    for hand in moves.hands:
        securities = moves.securities[hand.pairs]
        order = np.argsort(securities, kind="stable").astype(np.int32)
        found.append((order, securities[order]))
    return found


def replayed(moves: Movements, transactions: Transactions, policies: Policies, until: int) -> Integers:
    """Return the units of each pair after the first `until` rows: sums between splits, a step at each.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.engine.lens import Lens
    >>> from neocapgui.engine.movements import movements
    >>> from neocapgui.ledger.ledger import Ledger
    >>> from neocapgui.ledger.transactions import Transaction
    >>> lens, cash = Lens(date(2002, 9, 5)), Rounding.CASH
    >>> issue = Transaction(1, lens.as_of, "opening", security=1, stakeholder=1, quantity=Decimal(282_486))
    >>> split = Transaction(2, lens.as_of, "split", security=1, ratio=Fraction(1, 25))
    >>> ledger = Ledger(transactions=Transactions.of([issue, split]))
    >>> moves = movements(ledger, lens)
    >>> [int(replayed(moves, ledger.transactions, ((1, cash),), row).sum()) for row in (0, 1, 2)]
    [0, 282486, 11299]
    """
    return _replayed(kept(moves, transactions, policies), until)


@lru_cache(maxsize=4)
def _replayed(known: Kept, until: int) -> Integers:
    units = known.sums(until)
    for security, rows in known.splits.items():
        if rows[0] < until:
            walk = known.walk(security, until)
            own = walk.units()
            if own.dtype == object and units.dtype != object:
                units = units.astype(object)
            units[walk.passage.pairs] = own
    units.flags.writeable = False
    return units
