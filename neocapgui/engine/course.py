"""How the ownership of a company moved over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import lcm

import numpy as np

from neocapgui.engine.holdings import holdings, rounding_policies
from neocapgui.engine.itself import stakeholders_being
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.movements import Movements, movements
from neocapgui.engine.ownership import POOL, owners, weights
from neocapgui.engine.replay import replayed
from neocapgui.engine.reserves import unallocated_pools
from neocapgui.engine.same import Same
from neocapgui.engine.timeline import EventDays, event_days
from neocapgui.ledger.columns import NOTHING
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import KIND_CODE

OTHERS = -1  # stands for all who are not shown by themselves
_SAFE = 2**62
_FEW_CELLS = 100_000  # up to so many, every day is looked at for the largest owners
_SAMPLES = 2  # days that are looked at beyond it
_FINE = 10**12  # parts in which stakes are compared

Weights = dict[int, Fraction]
Columns = tuple[tuple[int, int], ...]  # of each security


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Ownership of one company at the end of each day on which something happened to it."""

    days: tuple[date, ...]
    bands: tuple[int, ...]  # stakeholders or securities, the largest first; then OTHERS, POOL where needed
    units: Integers  # days x bands, in units of 1 / scale shares
    totals: Integers  # of each day
    scale: int

    def shares(self, day: int, band: int) -> Fraction:
        """Return the shares of a band on a day of the course, exactly."""
        return _exact(self.units[day, band]) / self.scale

    def stake(self, day: int, band: int) -> Fraction:
        """Return the part a band has on a day of the course; the parts of a day sum to exactly 1."""
        total = _exact(self.totals[day])
        return _exact(self.units[day, band]) / total if total else Fraction(0)

    def position(self, day: date) -> int | None:
        """Return the last day of the course on or before a day, or None if it lies before the first."""
        before = sum(1 for one in self.days if one <= day)
        return before - 1 if before else None


def _exact(units: int | Fraction | np.int64) -> Fraction:
    return units if isinstance(units, Fraction) else Fraction(int(units))


def course(ledger: Ledger, lens: Lens, shown: int = 9, by_security: bool = False) -> Course:
    """Return how the ownership of the lens's issuer moved over all days, whatever the lens's day.

    The `shown` largest owners (or securities) stand by themselves, the rest as OTHERS. Nothing is
    rounded; on every day the result equals `ownership` of that day.

    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Security
    >>> from neocapgui.ledger.transactions import Transaction
    >>> issues = [Transaction(who, date(2001, 8, who), "issuance", security=1, stakeholder=who,
    ...                       quantity=Decimal(shares)) for who, shares in {1: 75, 2: 25}.items()]
    >>> ledger = Ledger(securities={1: Security(1, 1, "Common", SecurityKind.COMMON)},
    ...                 transactions=Transactions.of(issues))
    >>> moved = course(ledger, Lens(date(2001, 8, 2), issuer=1))
    >>> moved.bands, [[str(moved.stake(day, band)) for band in (0, 1)] for day in (0, 1)]
    ((1, 2), [['1', '0'], ['3/4', '1/4']])
    """
    if lens.issuer is None:
        raise ValueError("Ownership over time is asked of one issuer.")
    return _course(ledger, replace(lens, as_of=date.max), lens.issuer, shown, by_security)


@lru_cache(maxsize=4)
def _course(ledger: Ledger, lens: Lens, issuer: int, shown: int, by_security: bool) -> Course:
    days = event_days(ledger, lens, issuer)
    if not len(days):
        empty = np.zeros((0, 0), np.int64)
        return Course((), (), empty, empty[:, :0].sum(axis=1), 1)
    moves = movements(ledger, lens)
    spells, spell_of_day = _spells(ledger, lens, issuer, days)
    pools = _pools_by_day(ledger, lens, issuer, days)
    denominator = lcm(
        *(weight.denominator for spell in spells for weight in spell.values()),
        *(pool.denominator for pool in pools),
    )
    columns, factors_of_spell = _columns(spells, denominator)
    factors = factors_of_spell[spell_of_day]
    pairs, itself = Same(moves.holders, moves.securities), stakeholders_being(ledger, issuer)
    ranked = _everyone(pairs, itself, columns, by_security)
    are_few = len(days) * len(ranked) * factors.shape[1] <= _FEW_CELLS
    if not are_few:
        ranked = _largest(ledger, lens, issuer, days, shown, by_security)
    labels = _labels(pairs, itself, columns, ranked, by_security)
    cells = _cells(ledger, moves, labels, days, (len(ranked) + 1) * factors.shape[1])
    units = _weighted(cells.reshape(len(days), len(ranked) + 1, factors.shape[1]), factors)
    scale = denominator * 10**moves.places
    reserved = np.array([int(pool * scale) for pool in pools] or [0] * len(days), object)
    if are_few:
        ranked, units = _by_peak(ranked, units, reserved, shown)
    bands = [*ranked, OTHERS]
    if reserved.any():
        bands.append(POOL)
        units = np.concatenate([units.astype(object), reserved[:, None]], axis=1)
    kept = [place for place, band in enumerate(bands) if band != OTHERS or units[:, place].any()]
    units = units[:, kept]
    return Course(
        tuple(days.day(position) for position in range(len(days))),
        tuple(bands[place] for place in kept),
        units,
        units.sum(axis=1),
        scale,
    )


@lru_cache(maxsize=4)
def _own_pairs(pairs: Same, itself: tuple[int, ...], columns: Columns) -> Integers:
    """Return for each pair of the movements its column, or NOTHING where it does not count."""
    holders, securities = pairs.values
    known = dict(columns)
    column = np.full(1 + max(int(securities.max(initial=0)), *known, 0), NOTHING, np.int64)
    column[list(known)] = list(known.values())
    own: Integers = np.where(np.isin(holders, itself), NOTHING, column[securities])
    return own


def _everyone(pairs: Same, itself: tuple[int, ...], columns: Columns, by_security: bool) -> tuple[int, ...]:
    """Return all owners (or securities) that ever had something that counts."""
    of_pair = pairs.values[by_security]
    marks = np.zeros(1 + int(of_pair.max(initial=0)), bool)
    marks[of_pair[_own_pairs(pairs, itself, columns) >= 0]] = True
    return tuple(np.flatnonzero(marks).tolist())


def _by_peak(
    ranked: Sequence[int], units: Integers, reserved: Integers, shown: int
) -> tuple[tuple[int, ...], Integers]:
    """Return those with the largest stakes on any day, the largest first, and the rest as one."""
    totals = units.astype(object).sum(axis=1) + reserved
    parts = units[:, :-1].astype(object) * _FINE // np.where(totals == 0, 1, totals)[:, None]
    peaks = parts.max(axis=0)
    order = sorted(range(len(ranked)), key=lambda place: (-peaks[place], ranked[place]))
    first = [place for place in order if units[:, place].any()][:shown]
    rest = [place for place in range(len(ranked) + 1) if place not in first]
    others = units[:, rest].sum(axis=1)
    return tuple(ranked[place] for place in first), np.column_stack([units[:, first], others])


def _largest(
    ledger: Ledger, lens: Lens, issuer: int, days: EventDays, shown: int, by_security: bool
) -> tuple[int, ...]:
    """Return the owners (or securities) with the largest stakes on some days spread over the course."""
    found: dict[int, Fraction] = {}
    for sample in range(_SAMPLES):
        day = days.day((len(days) - 1) * (_SAMPLES - sample) // _SAMPLES)
        looked = replace(lens, as_of=day, issuer=issuer)
        held = holdings(ledger, looked)
        for id, part in _parts(
            ledger, looked, issuer, shown, by_security, held.totals() if by_security else {}
        ):
            found[id] = max(found.get(id, Fraction(0)), part)
    return tuple(sorted(found, key=lambda id: (-found[id], id))[:shown])


def _parts(
    ledger: Ledger, lens: Lens, issuer: int, shown: int, by_security: bool, totals: Mapping[int, Fraction]
) -> list[tuple[int, Fraction]]:
    company = owners(ledger, lens, issuer, holdings(ledger, lens))
    if not by_security:
        return [(owner.stakeholder, owner.stake) for owner in company[: shown + 1] if owner.stakeholder]
    whole = company.total or Fraction(1)
    return [(id, totals.get(id, Fraction(0)) * weight / whole) for id, weight in company.weights.items()]


def _columns(spells: Sequence[Weights], denominator: int) -> tuple[Columns, Integers]:
    """Return the column of each security, and the factor of each column in each spell.

    Securities that count for the same on every day share one column: all plain shares, say.
    """
    histories: dict[tuple[int, ...], int] = {}
    columns: dict[int, int] = {}
    for security in sorted({security for spell in spells for security in spell}):
        history = tuple(int(spell.get(security, Fraction(0)) * denominator) for spell in spells)
        columns[security] = histories.setdefault(history, len(histories))
    table = list(zip(*histories, strict=True)) or [(0,)] * len(spells)
    wide = any(abs(factor) >= 2**31 for row in table for factor in row)
    return tuple(columns.items()), np.array(table, object if wide else np.int64)


@lru_cache(maxsize=4)
def _labels(
    pairs: Same, itself: tuple[int, ...], columns: Columns, ranked: tuple[int, ...], by_security: bool
) -> Integers:
    """Return for each pair of the movements its cell (band x columns + column), or NOTHING."""
    width = max(1, len({column for _, column in columns}))
    of_pair = pairs.values[by_security]
    band = np.full(1 + int(of_pair.max(initial=0)), len(ranked), np.int64)
    present = [(place, id) for place, id in enumerate(ranked) if id < len(band)]
    band[[id for _, id in present]] = [place for place, _ in present]
    own = _own_pairs(pairs, itself, columns)
    cells: Integers = np.where(own < 0, NOTHING, band[of_pair] * width + own)
    return cells


def _cells(ledger: Ledger, moves: Movements, labels: Integers, days: EventDays, size: int) -> Integers:
    """Return the units in each cell at the end of each day: running sums, begun anew after each split."""
    dates = ledger.transactions.numbers["date"]
    wide = any(hand.units.dtype == object for hand in moves.hands)
    cells: Integers = np.zeros((len(days), size), object if wide else np.int64)
    carried: Integers = np.zeros(size, cells.dtype)
    start = 0
    for stop in [*_splits_that_count(ledger, moves, labels), len(dates)]:
        first, last = (
            int(np.searchsorted(days.days, dates[row])) if row < len(dates) else len(days)
            for row in (start, stop)
        )
        part = np.zeros((min(last + 1, len(days)) - first, size), carried.dtype)
        if len(part):
            part[0] = carried
            _gather(part, moves, labels, days, dates, (start, stop), first)
            if part.dtype == object:
                cells = cells.astype(object)
            cells[first : first + len(part)] = np.cumsum(part, axis=0)
        if stop < len(dates):
            carried = _after_split(ledger, moves, labels, stop, size)
            start = stop
    return cells


def _splits_that_count(ledger: Ledger, moves: Movements, labels: Integers) -> list[int]:
    """Return the rows of the splits of what is counted: those of other securities change no cell."""
    counted = np.unique(moves.securities[labels >= 0])
    rows: list[int] = moves.splits[
        np.isin(ledger.transactions.numbers["security"][moves.splits], counted)
    ].tolist()
    return rows


def _gather(
    part: Integers,
    moves: Movements,
    labels: Integers,
    days: EventDays,
    dates: Integers,
    rows: tuple[int, int],
    first: int,
) -> None:
    flat = part.reshape(-1)  # the same cells in one line, which numpy adds up faster
    for hand in moves.hands:
        moved = Same(labels, hand.pairs, hand.rows, dates, days.days)
        counted, cells = _cells_of_rows(moved, rows, first, part.shape[1])
        np.add.at(flat, cells, hand.units[counted])


@lru_cache(maxsize=8)
def _cells_of_rows(moved: Same, rows: tuple[int, int], first: int, width: int) -> tuple[Integers, Integers]:
    """Return which movements of a stretch of rows count, and where each goes: day x width + its cell."""
    labels, pairs, movement_rows, dates, days = moved.values
    low, high = np.searchsorted(movement_rows, rows)
    place = np.zeros(1 + int(days[-1] - days[0]), np.int64)  # of each day among the days
    place[days - days[0]] = np.arange(len(days)) - first
    target = labels[pairs[low:high]]
    counted = np.flatnonzero(target >= 0) + low
    cells = place[dates[movement_rows[counted]] - days[0]] * width + target[counted - low]
    return counted, cells


def _after_split(ledger: Ledger, moves: Movements, labels: Integers, row: int, size: int) -> Integers:
    units = replayed(moves, ledger.transactions, rounding_policies(ledger), row + 1)
    counted = np.flatnonzero(labels >= 0)
    sums: Integers = np.zeros(size, units.dtype)
    np.add.at(sums, labels[counted], units[counted])
    return sums


def _weighted(cells: Integers, factors: Integers) -> Integers:
    """Return days x bands: each cell times the factor of its column on its day, summed over columns."""
    largest = (
        max((abs(int(value)) for value in (cells.max(initial=0), cells.min(initial=0))), default=0)
        if cells.dtype != object
        else 0
    )
    of_a_day = cells.shape[1] * cells.shape[2]  # cells that the totals sum up
    bound = largest * int(factors.max(initial=0)) * of_a_day
    if object in (cells.dtype, factors.dtype) or bound >= _SAFE:
        cells, factors = cells.astype(object), factors.astype(object)
    units: Integers = (cells * factors[:, None, :]).sum(axis=2)
    return units


def _spells(ledger: Ledger, lens: Lens, issuer: int, days: EventDays) -> tuple[tuple[Weights, ...], Integers]:
    """Return the weights in each spell between days on which terms may move, and the spell of each day."""
    passed = np.searchsorted(moving_days(ledger, issuer), days.days, side="right")
    begins = np.append(True, passed[1:] != passed[:-1])
    spells = tuple(
        weights(ledger, replace(lens, as_of=days.day(position)), issuer)[0]
        for position in np.flatnonzero(begins).tolist()
    )
    return spells, np.cumsum(begins) - 1


def moving_days(ledger: Ledger, issuer: int) -> Integers:
    """Return the days on which what a unit counts for may change: splits, notices, prices, terms."""
    own = {security.id for security in ledger.securities_of(issuer)}
    rights = [right for right in ledger.conversion_rights.values() if right.security in own]
    numbers = ledger.transactions.numbers
    changes = np.isin(numbers["kind"], [KIND_CODE["split"], KIND_CODE["conversion_price"]])
    converting = [right.security for right in rights]
    changes |= (numbers["kind"] == KIND_CODE["conversion"]) & np.isin(numbers["security"], converting)
    days = set(numbers["date"][changes].tolist())
    floating = {right.into for right in rights if right.look_back.days}
    for price in ledger.prices.values():
        if price.security in floating:
            days.update((price.date.toordinal(), price.date.toordinal() + 1))
    for right in rights:
        days.update(() if right.starts is None else (right.starts.toordinal(),))
        days.update(() if right.ends is None else (right.ends.toordinal() + 1,))
    return np.array(sorted(days), np.int64)


def _pools_by_day(ledger: Ledger, lens: Lens, issuer: int, days: EventDays) -> tuple[Fraction, ...]:
    """Return what plans can still grant on each day, where the basis counts it and there are plans."""
    plans = [one for one in ledger.securities_of(issuer) if one.kind is SecurityKind.OPTION_PLAN]
    if lens.basis is not Basis.FULLY_DILUTED or not plans:
        return ()
    return tuple(
        unallocated_pools(ledger, replace(lens, as_of=days.day(position)), issuer)
        for position in range(len(days))
    )
