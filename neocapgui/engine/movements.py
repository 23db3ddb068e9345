"""Every movement of shares that the transactions make, read from the legs of their kinds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from neocapgui.engine.entries import counting
from neocapgui.engine.lens import Lens
from neocapgui.engine.same import Same
from neocapgui.ledger.columns import MISSING, NOTHING, REFERENCES, Transactions
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.transactions import KIND_CODE, KINDS

SPLIT = KIND_CODE["split"]
_SAFE = 2**61  # what three hands and a split bring together then fits into 64 bits
_ALL_PAIRS = 8_000_000  # up to so many, every stakeholder is paired with every security
_MARKED_PAIRS = 64_000_000  # up to so many, pairs that occur are found by marking, beyond by sorting


def _signs() -> dict[tuple[str, str, str], Integers]:
    """Return for each shape of leg (holder, security, quantity) the sign it has in each kind."""
    signs: dict[tuple[str, str, str], Integers] = {}
    for code, kind in enumerate(KINDS):
        for leg in kind.legs:
            shape = (leg.holder, leg.security, leg.quantity)
            signs.setdefault(shape, np.zeros(len(KINDS), np.int8))[code] = leg.sign
    return signs


_SIGNS = _signs()
_STRUCTURE = ("kind", "certainty", "recorded", "ratio_new", *REFERENCES)


@dataclass(frozen=True, slots=True, eq=False)
class Hand:
    """The movements of one shape of leg, in the order they happened."""

    rows: Integers  # the transaction of each
    pairs: Integers  # which holder of which security: a position in the columns of `Movements`
    units: Integers  # signed, in units of 10^-places


@dataclass(frozen=True, slots=True, eq=False)
class Movements:
    """Who gave and took what, and the splits between; in the order of the ledger."""

    holders: Integers  # the stakeholder of each pair; pairs ascend by stakeholder, then by security
    securities: Integers  # the security of each pair
    places: int
    hands: tuple[Hand, ...]
    splits: Integers  # the rows of the splits that count


@dataclass(frozen=True, slots=True, eq=False)
class _Structure:
    """What moves, apart from how much: it stays the same while only figures are corrected."""

    holders: Integers
    securities: Integers
    hands: tuple[tuple[str, Integers, Integers, Integers], ...]  # quantity, rows, pairs, signs
    splits: Integers


def movements(ledger: Ledger, lens: Lens) -> Movements:
    """Return all movements that count for the lens, of every day.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.transactions import Transaction
    >>> passed = Transaction(1, date(2001, 8, 31), "transfer", security=1, stakeholder=1, counterparty=2,
    ...                      quantity=Decimal(201_149))
    >>> moves = movements(Ledger(transactions=Transactions.of([passed])), Lens(passed.date))
    >>> sorted((int(moves.holders[pair]), int(units)) for hand in moves.hands
    ...        for pair, units in zip(hand.pairs, hand.units, strict=True))
    [(1, -201149), (2, 201149)]
    """
    return _movements(ledger.transactions, lens.planned, lens.known)


@lru_cache(maxsize=2)
def _movements(transactions: Transactions, planned: bool, known: date | None) -> Movements:
    columns = Same(*(transactions.numbers[name] for name in _STRUCTURE))
    structure = _structure(columns, planned, known)
    figures = transactions.figures
    places = max(figures["quantity"].places, figures["into_quantity"].places)
    hands = tuple(
        Hand(rows, pairs, _signed(figures[quantity].at_places(places).units, rows, signs))
        for quantity, rows, pairs, signs in structure.hands
    )
    return Movements(structure.holders, structure.securities, places, hands, structure.splits)


def _signed(figures: Integers, rows: Integers, signs: Integers) -> Integers:
    units = figures.copy() if len(rows) == len(figures) else figures[rows]
    missing = units == MISSING
    if missing.any():
        units[missing] = 0
    if units.dtype != object and len(units):
        largest = max(int(units.max()), -int(units.min()))
        if largest * len(units) >= _SAFE:
            units = units.astype(object)
    units *= signs
    return units


@lru_cache(maxsize=2)
def _structure(columns: Same, planned: bool, known: date | None) -> _Structure:
    numbers: dict[str, Integers] = dict(zip(_STRUCTURE, columns.values, strict=True))
    counted = counting(numbers, planned, known)
    stride = 1 + max(int(numbers["security"].max(initial=0)), int(numbers["into_security"].max(initial=0)))
    found: list[tuple[str, Integers, Integers, Integers]] = []
    for (holder, security, quantity), by_kind in _SIGNS.items():
        signs, holders, securities = by_kind[numbers["kind"]], numbers[holder], numbers[security]
        moves = (signs != 0) & (holders > NOTHING) & (securities > NOTHING)
        rows = np.flatnonzero(moves if counted is None else moves & counted)
        if len(rows) < len(moves):
            signs, holders, securities = signs[rows], holders[rows], securities[rows]
        if len(rows):
            found.append((quantity, rows, holders.astype(np.int64) * stride + securities, signs))
    keys, positions = _numbered([key for _, _, key, _ in found])
    splits = (numbers["kind"] == SPLIT) & (numbers["security"] > NOTHING) & (numbers["ratio_new"] > 0)
    holders, securities = np.divmod(keys, stride)
    return _Structure(
        holders.astype(np.int32),
        securities.astype(np.int32),
        tuple(
            (quantity, rows, at, signs)
            for (quantity, rows, _, signs), at in zip(found, positions, strict=True)
        ),
        np.flatnonzero(splits if counted is None else splits & counted),
    )


def _numbered(columns: list[Integers]) -> tuple[Integers, list[Integers]]:
    """Return keys in ascending order that hold all given ones, and each column as positions among them."""
    cells = 1 + max((int(column.max(initial=0)) for column in columns), default=0)
    if cells <= _ALL_PAIRS:
        return np.arange(cells), columns
    if cells > _MARKED_PAIRS:
        keys = np.unique(np.concatenate(columns))
        return keys, [np.searchsorted(keys, column) for column in columns]
    marks = np.zeros(cells, bool)
    for column in columns:
        marks[column] = True
    keys = np.flatnonzero(marks)
    position = np.zeros(cells, np.int32)
    position[keys] = np.arange(len(keys), dtype=np.int32)
    return keys, [position[column] for column in columns]
