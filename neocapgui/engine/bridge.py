"""Why a holder's stake in a company went from one figure to another between two days, event by event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from neocapgui.engine.bridge_steps import TERMS_CODE, BridgeStep, BridgeSteps, StepColumns, exact, part
from neocapgui.engine.course import moving_days
from neocapgui.engine.entries import counted_rows
from neocapgui.engine.holdings import rounding_policies
from neocapgui.engine.itself import issuer_of_stakeholder, stakeholders_being
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.movements import SPLIT, Movements, movements
from neocapgui.engine.ownership import weights
from neocapgui.engine.replay import replayed
from neocapgui.engine.reserves import unallocated_pools
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import KIND_CODE

_TURNING = (SPLIT, KIND_CODE["conversion_price"])  # entries by which what a paper counts for moves
_SAFE = 2**62  # sums below it fit into 64 bits


@dataclass(frozen=True, slots=True)
class Bridge:
    """A stake at the end of two days, and the steps that lead from one to the other."""

    holders: tuple[int, ...]  # one stakeholder, or all that are the same company
    first: date
    last: date
    before: BridgeStep  # the stake at the end of the first day; contributes itself
    steps: BridgeSteps  # in the order of the ledger; their contributions sum to after - before

    @property
    def start(self) -> Fraction:
        """The stake at the end of the first day."""
        return self.before.stake

    @property
    def end(self) -> Fraction:
        """The stake at the end of the last day."""
        return self.steps[-1].stake if self.steps else self.before.stake


def bridge(ledger: Ledger, lens: Lens, holder: int, first: date, last: date) -> Bridge:
    """Return what moved a stakeholder's stake in the lens's issuer after one day, up to another.

    Each contribution is the stake after the entry less the stake before it, in the order of the ledger, on
    the lens's basis; nothing is rounded, so they sum exactly. Splits on one place are one step (each holder
    is rounded by itself); so are grants of one place where the basis counts the pool. A change of what a
    paper counts for goes to the split or notice of that day, or else is a step of its own (TERMS). Entries
    that leave the stake and the holder's shares as they are make no step.

    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Security
    >>> from neocapgui.ledger.transactions import Transaction
    >>> issues = [Transaction(who, date(2001, 8, who), "issuance", security=1, stakeholder=who,
    ...                       quantity=Decimal(shares)) for who, shares in {1: 75, 2: 25}.items()]
    >>> ledger = Ledger(securities={1: Security(1, 1, "Common", SecurityKind.COMMON)},
    ...                 transactions=Transactions.of(issues))
    >>> found = bridge(ledger, Lens(date(2001, 8, 2), issuer=1), 1, date(2001, 8, 1), date(2001, 8, 2))
    >>> str(found.start), [str(step.contribution) for step in found.steps], str(found.end)
    ('1', ['-1/4'], '3/4')
    """
    if lens.issuer is None:
        raise ValueError("A bridge is asked of one issuer.")
    being = issuer_of_stakeholder(ledger).get(holder)
    holders = (holder,) if being is None else stakeholders_being(ledger, being)
    last = max(first, last)
    walk = _Walk(ledger, lens, lens.issuer, frozenset(holders), first)
    before = walk.before
    walk.go(last)
    return Bridge(holders, first, last, before, BridgeSteps(before.stake, walk.rows, walk.trail.columns()))


class _Trail:
    """The steps that are kept, column by column: one after another, or a stretch of them at once."""

    def __init__(self) -> None:
        self._stretches: list[tuple[Integers, ...]] = []
        self._singles: list[tuple[Any, ...]] = []

    def put(self, *figures: Any) -> None:
        """Keep one step."""
        self._singles.append(figures)

    def put_stretch(self, *columns: Integers) -> None:
        """Keep many steps."""
        self._gather()
        self._stretches.append(columns)

    def columns(self) -> StepColumns:
        """Return all that was kept."""
        self._gather()
        stretches = self._stretches or [tuple(np.zeros(0, np.int64) for _ in fields(StepColumns))]
        return StepColumns(*(np.concatenate(column) for column in zip(*stretches, strict=True)))

    def _gather(self) -> None:
        if self._singles:
            self._stretches.append(tuple(_column(one) for one in zip(*self._singles, strict=True)))
            self._singles = []


def _column(figures: Sequence[Any]) -> Integers:
    are_small = all(type(figure) is int and -_SAFE < figure < _SAFE for figure in figures)
    return np.array(figures, np.int64 if are_small else object)


class _Walk:
    """Goes through the entries of an issuer and keeps the holder's shares and all shares."""

    def __init__(self, ledger: Ledger, lens: Lens, issuer: int, holders: frozenset[int], first: date) -> None:
        self._ledger, self._lens, self._issuer = ledger, lens, issuer
        self._moves: Movements = movements(ledger, lens)
        own = {security.id for security in ledger.securities_of(issuer)}
        itself = frozenset(stakeholders_being(ledger, issuer))
        self._first = first
        self._row = ledger.transactions.until(first)
        securities, who = self._moves.securities, self._moves.holders
        counted = np.isin(securities, list(own)) & ~np.isin(who, list(itself))
        self._counted = counted
        self._held = counted & np.isin(who, list(holders - itself))
        self._has_plans = lens.basis is Basis.FULLY_DILUTED and any(
            security.kind is SecurityKind.OPTION_PLAN for security in ledger.securities_of(issuer)
        )
        self._plans = {one.id for one in ledger.securities_of(issuer) if one.kind is SecurityKind.OPTION_PLAN}
        self._plans |= {one.id for one in ledger.securities_of(issuer) if one.plan in self._plans}
        self._own = own
        self._mine: dict[int, Any] = {}  # units of each security
        self._all: dict[int, Any] = {}
        self._weights: Mapping[int, Fraction] = {}
        self._pool = Fraction(0)
        self._factors: dict[int, int] = {}  # the weights, in whole parts
        self._scale = 1  # parts in a share
        self._weighted: tuple[Any, Any] = (0, 0)  # what the holder has and what all have, in parts
        self._moved: tuple[Integers, Integers, Integers, Integers]
        self.rows: Integers = np.zeros(0, np.int64)  # of the entries that may move the stake
        self.trail = _Trail()
        self._take(self._row)
        self._weigh(first)
        self._latest = self._state()

    @property
    def before(self) -> BridgeStep:
        """The state at the beginning as a step, which contributes itself."""
        stake, shares = self._latest
        return BridgeStep(self._first, "", (), stake, stake, shares, Fraction(self._weighted[1], self._scale))

    def _state(self) -> tuple[Fraction, Fraction]:
        """Return the stake and the holder's shares."""
        mine, total = self._weighted
        return part(mine, total), Fraction(mine, self._scale)

    def _keep(self, day: int, kind: int, first: int, count: int) -> None:
        """Keep a step that led to the present state, unless it left stake and shares as they were."""
        state = self._state()
        if state != self._latest:
            self._latest = state
            self.trail.put(day, kind, first, count, *self._weighted, self._scale)

    def go(self, last: date) -> None:
        """Keep a step for every entry after the first day up to the last, and for every change of terms."""
        end = self._ledger.transactions.until(last)
        self._list_moved(end)
        ordinals = self._ledger.transactions.numbers["date"][self.rows].astype(np.int64)
        turning = moving_days(self._ledger, self._issuer)
        turning = turning[(turning > self._first.toordinal()) & (turning <= last.toordinal())]
        turns = set(turning.tolist())
        begin = 0
        for ordinal in np.unique(np.concatenate([turning, ordinals[self._stops]])).tolist():
            low, high = np.searchsorted(ordinals, [ordinal, ordinal + 1]).tolist()
            self._walk_on(begin, low, ordinals)
            self._day(ordinal, low, high, ordinal in turns)
            begin = high
        self._walk_on(begin, len(ordinals), ordinals)

    def _list_moved(self, end: int) -> None:
        """List the entries that may move the stake, what each moves, and those that need a closer look."""
        window = slice(self._row, end)
        rows, pairs, units = [], [], []
        for hand in self._moves.hands:
            low, high = np.searchsorted(hand.rows, [self._row, end])
            chosen = np.flatnonzero(self._counted[hand.pairs[low:high]]) + low
            rows.append(hand.rows[chosen])
            pairs.append(hand.pairs[chosen])
            units.append(hand.units[chosen])
        numbers, counted = self._ledger.transactions.numbers, counted_rows(self._ledger, self._lens)
        stops = np.isin(numbers["security"][window], list(self._own))
        stops &= np.isin(numbers["kind"][window], _TURNING)
        if self._has_plans:
            stops |= np.isin(numbers["security"][window], list(self._plans))
        if counted is not None:
            stops &= counted[window]
        nothing = np.zeros(0, np.int64)
        at = np.concatenate([*rows, nothing]) - self._row
        is_listed = stops.copy()
        is_listed[at] = True
        place_of = np.cumsum(is_listed) - 1
        self.rows = np.flatnonzero(is_listed) + self._row
        self._stops = place_of[np.flatnonzero(stops)]
        order = np.argsort(at, kind="stable")
        moving = np.concatenate([*pairs, nothing])[order]
        moved = np.concatenate([*units, nothing])[order]
        self._moved = (place_of[at[order]], self._moves.securities[moving], self._held[moving], moved)

    def _walk_on(self, begin: int, end: int, ordinals: Integers) -> None:
        """Carry out entries that move nothing but shares, all at once, and keep the steps they make."""
        if begin >= end:
            return
        places, securities, is_mine, units = self._between(begin, end)
        known = np.unique(securities)
        factors = np.array([self._factors.get(id, 0) for id in known.tolist()], object)
        at = np.searchsorted(known, securities)
        most = int(np.abs(units).max(initial=0)) * int(factors.max(initial=0)) * max(len(units), 1)
        are_whole = units.dtype != object and all(type(one) is int for one in self._weighted)
        is_wide = not are_whole or most + max(map(abs, self._weighted)) >= _SAFE
        kind: Any = object if is_wide else np.int64
        parts = units.astype(kind) * factors.astype(kind)[at]
        mine, totals = np.zeros(1 + end - begin, kind), np.zeros(1 + end - begin, kind)
        mine[0], totals[0] = self._weighted
        np.add.at(totals, places + 1 - begin, parts)
        np.add.at(mine, places[is_mine] + 1 - begin, parts[is_mine])
        mine, totals = np.cumsum(mine), np.cumsum(totals)
        moved = (mine[1:] != mine[:-1]) | ((mine[1:] != 0) & (totals[1:] != totals[:-1]))
        kept = np.flatnonzero(moved)
        kinds = self._ledger.transactions.numbers["kind"][self.rows[begin:end][kept]]
        ones = np.ones(len(kept), np.int64)
        scales = _column([self._scale])[ones - 1]
        self.trail.put_stretch(
            ordinals[begin:end][kept], kinds, kept + begin, ones, mine[1:][kept], totals[1:][kept], scales
        )
        for sums, chosen in ((self._all, slice(None)), (self._mine, is_mine)):
            by_security = np.zeros(len(known), object)
            np.add.at(by_security, at[chosen], units[chosen].astype(object))
            for id, more in zip(known.tolist(), by_security.tolist(), strict=True):
                sums[id] = sums.get(id, 0) + exact(more)
        self._weighted = exact(mine[-1]), exact(totals[-1])
        self._latest = self._state()

    def _between(self, begin: int, end: int) -> tuple[Integers, Integers, Integers, Integers]:
        low, high = np.searchsorted(self._moved[0], [begin, end])
        places, securities, is_mine, units = (column[low:high] for column in self._moved)
        return places, securities, is_mine, units

    def _day(self, ordinal: int, low: int, high: int, has_turned: bool) -> None:
        """Go through a day on which what papers count for may move, or the pool, entry by entry."""
        groups = list(self._groups(low, high))
        kinds = self._ledger.transactions.numbers["kind"][self.rows]
        day = date.fromordinal(ordinal)
        turn = next((at for at, (first, _) in enumerate(groups) if kinds[first] in _TURNING), None)
        if has_turned and turn is None:
            self._weigh(day, pools=not groups)
            self._keep(ordinal, TERMS_CODE, low, 0)
        for at, (first, past) in enumerate(groups):
            for place in range(first, past):
                self._carry_out(place, int(kinds[place]))
            if at == turn:
                self._weigh(day, pools=False)
            if self._has_plans and self._has_pool(groups, at):
                self._pool = unallocated_pools(self._ledger, replace(self._lens, as_of=day), self._issuer)
                self._count()
            self._keep(ordinal, int(kinds[first]), first, past - first)

    def _groups(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Return the entries of a day as they are told apart: splits together, and grants with their pool."""
        first = low
        for place in range(low + 1, high + 1):
            if place == high or not self._go_together(place - 1, place):
                yield first, place
                first = place

    def _go_together(self, one: int, other: int) -> bool:
        kinds = self._ledger.transactions.numbers["kind"][self.rows[[one, other]]]
        if (kinds == SPLIT).all():
            return True
        return self._has_plans and self._is_of_plan(one) and self._is_of_plan(other)

    def _is_of_plan(self, place: int) -> bool:
        return int(self._ledger.transactions.numbers["security"][self.rows[place]]) in self._plans

    def _has_pool(self, groups: Sequence[tuple[int, int]], place: int) -> bool:
        """Whether the pool moves with a group: with the first one of grants, or else with the last of all."""
        of_plans = [at for at, (first, _) in enumerate(groups) if self._is_of_plan(first)]
        return place == (of_plans[0] if of_plans else len(groups) - 1)

    def _carry_out(self, place: int, kind: int) -> None:
        if kind == SPLIT:
            self._take(int(self.rows[place]) + 1)
            return
        mine, total = self._weighted
        for _, security, is_mine, units in zip(*self._between(place, place + 1), strict=True):
            id, moved = int(security), exact(units)
            weight = self._factors.get(id, 0)
            self._all[id] = self._all.get(id, 0) + moved
            total += moved * weight
            if is_mine:
                self._mine[id] = self._mine.get(id, 0) + moved
                mine += moved * weight
        self._weighted = mine, total

    def _take(self, row: int) -> None:
        """Take the holdings just before a row as they are."""
        ledger = self._ledger
        units = replayed(self._moves, ledger.transactions, rounding_policies(ledger), row)
        self._all, self._mine = (self._sums(units, chosen) for chosen in (self._counted, self._held))
        self._count()

    def _sums(self, units: Any, chosen: Any) -> dict[int, Any]:
        sums: dict[int, Any] = {}
        pairs = np.flatnonzero(chosen & (units != 0))
        for security, held in zip(self._moves.securities[pairs].tolist(), units[pairs].tolist(), strict=True):
            sums[security] = sums.get(security, 0) + exact(held)
        return sums

    def _weigh(self, day: date, pools: bool = True) -> None:
        """Count every paper as it counts at the end of a day."""
        lens = replace(self._lens, as_of=day, issuer=self._issuer)
        self._weights = weights(self._ledger, lens, self._issuer)[0]
        if pools and self._has_plans:
            self._pool = unallocated_pools(self._ledger, lens, self._issuer)
        self._count()

    def _count(self) -> None:
        """Count all shares anew, in whole parts: 1 / scale of a share is the smallest that occurs."""
        parts = lcm(self._pool.denominator, *(weight.denominator for weight in self._weights.values()))
        one: int = 10**self._moves.places
        self._scale = parts * one
        self._factors = {id: int(weight * parts) for id, weight in self._weights.items()}
        mine = sum(factor * self._mine.get(id, 0) for id, factor in self._factors.items())
        total = sum(factor * self._all.get(id, 0) for id, factor in self._factors.items())
        self._weighted = mine, total + int(self._pool * self._scale)
