"""Why a holder's stake in a company went from one figure to another between two days, event by event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from neocapgui.engine.course import moving_days
from neocapgui.engine.holdings import replayed, rounding_policies
from neocapgui.engine.itself import issuer_of_stakeholder, stakeholders_being
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.movements import SPLIT, Movements, movements
from neocapgui.engine.ownership import weights
from neocapgui.engine.reserves import unallocated_pools
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import KIND_CODE, KINDS

TERMS = "terms"  # the kind of a step that no entry makes: a day on which what a paper counts for moved
_TURNING = (SPLIT, KIND_CODE["conversion_price"])  # entries by which what a paper counts for moves


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """What one entry did to a stake, or several that cannot be told apart; or the terms on a day."""

    day: date
    kind: str  # of a transaction, or TERMS
    rows: tuple[int, ...]  # of the ledger
    contribution: Fraction  # to the stake
    stake: Fraction  # after it
    shares: Fraction  # what the holder has on the basis after it
    total: Fraction  # all shares on the basis after it


@dataclass(frozen=True, slots=True)
class Bridge:
    """A stake at the end of two days, and the steps that lead from one to the other."""

    holders: tuple[int, ...]  # one stakeholder, or all that are the same company
    first: date
    last: date
    before: BridgeStep  # the stake at the end of the first day; contributes itself
    steps: tuple[BridgeStep, ...]  # in the order of the ledger; their contributions sum to after - before

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
    before = walk.step(first, "", ())
    steps: list[BridgeStep] = []
    latest = before
    for step in walk.days(last):
        moved = step.stake - latest.stake
        if moved or step.shares != latest.shares:
            steps.append(replace(step, contribution=moved))
            latest = step
    return Bridge(holders, first, last, replace(before, contribution=before.stake), tuple(steps))


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
        self._take(self._row)
        self._weigh(first)

    def step(self, day: date, kind: str, rows: tuple[int, ...]) -> BridgeStep:
        """Return the state as a step; what it contributed is found by whoever compares."""
        mine, total = self._weighted
        stake = Fraction(mine, total) if total else Fraction(0)
        scale = self._scale
        return BridgeStep(day, kind, rows, Fraction(0), stake, Fraction(mine, scale), Fraction(total, scale))

    def days(self, last: date) -> Iterator[BridgeStep]:
        """Return a step for every entry after the first day up to the last, and for every change of terms."""
        transactions = self._ledger.transactions
        end = transactions.until(last)
        moved = self._moved(end)
        turning = moving_days(self._ledger, self._issuer)
        turning = turning[(turning > self._first.toordinal()) & (turning <= last.toordinal())]
        numbers = transactions.numbers
        rows = np.array(sorted(moved), np.int64)
        ordinals = numbers["date"][rows] if len(rows) else rows
        turns = set(turning.tolist())
        for ordinal in np.unique(np.concatenate([turning, ordinals])).tolist():
            low, high = np.searchsorted(ordinals, [ordinal, ordinal + 1])
            day = date.fromordinal(int(ordinal))
            yield from self._day(day, rows[low:high].tolist(), moved, ordinal in turns)

    def _moved(self, end: int) -> dict[int, list[tuple[int, Any]]]:
        """Return what each entry moves, by its row: pairs with units; splits and notices move none."""
        moved: dict[int, list[tuple[int, Any]]] = {}
        for hand in self._moves.hands:
            low, high = np.searchsorted(hand.rows, [self._row, end])
            chosen = np.flatnonzero(self._counted[hand.pairs[low:high]]) + low
            for at in chosen.tolist():
                moved.setdefault(int(hand.rows[at]), []).append((int(hand.pairs[at]), hand.units[at]))
        numbers = self._ledger.transactions.numbers
        window = slice(self._row, end)
        of_issuer = np.isin(numbers["security"][window], list(self._own))
        turns = of_issuer & np.isin(numbers["kind"][window], [KIND_CODE["conversion_price"]])
        if self._has_plans:
            turns |= of_issuer & (numbers["kind"][window] == KIND_CODE["reserve"])
        for row in (np.flatnonzero(turns) + self._row).tolist():
            moved.setdefault(row, [])
        for row in self._moves.splits.tolist():
            if self._row <= row < end and int(numbers["security"][row]) in self._own:
                moved.setdefault(row, [])
        return moved

    def _day(
        self, day: date, rows: Sequence[int], moved: Mapping[int, list[tuple[int, Any]]], has_turned: bool
    ) -> Iterator[BridgeStep]:
        groups = list(self._groups(rows))
        turn = next((place for place, (kind, _) in enumerate(groups) if kind in _TURNING), None)
        if has_turned and turn is None:
            self._weigh(day, pools=not groups)
            yield self.step(day, TERMS, ())
        for place, (kind, of_group) in enumerate(groups):
            for row in of_group:
                self._carry_out(row, kind, moved[row])
            if place == turn:
                self._weigh(day, pools=False)
            if self._has_plans and self._has_pool(groups, place):
                self._pool = unallocated_pools(self._ledger, replace(self._lens, as_of=day), self._issuer)
                self._count()
            yield self.step(day, KINDS[kind].name, tuple(of_group))

    def _groups(self, rows: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
        """Return the entries of a day as they are told apart: splits together, and grants with their pool."""
        kinds = self._ledger.transactions.numbers["kind"]
        group: list[int] = []
        for row in rows:
            if group and not self._go_together(group[-1], row):
                yield int(kinds[group[0]]), group
                group = []
            group.append(row)
        if group:
            yield int(kinds[group[0]]), group

    def _go_together(self, one: int, other: int) -> bool:
        kinds = self._ledger.transactions.numbers["kind"]
        if kinds[one] == kinds[other] == SPLIT:
            return True
        return self._has_plans and self._is_of_plan(one) and self._is_of_plan(other)

    def _is_of_plan(self, row: int) -> bool:
        return int(self._ledger.transactions.numbers["security"][row]) in self._plans

    def _has_pool(self, groups: Sequence[tuple[int, list[int]]], place: int) -> bool:
        """Whether the pool moves with a group: with the first one of grants, or else with the last of all."""
        of_plans = [at for at, (_, rows) in enumerate(groups) if self._is_of_plan(rows[0])]
        return place == (of_plans[0] if of_plans else len(groups) - 1)

    def _carry_out(self, row: int, kind: int, moved: Sequence[tuple[int, Any]]) -> None:
        if kind == SPLIT:
            self._take(row + 1)
            return
        mine, total = self._weighted
        for pair, units in moved:
            security, exact = int(self._moves.securities[pair]), _exact(units)
            weight = self._factors.get(security, 0)
            self._all[security] = self._all.get(security, 0) + exact
            total += exact * weight
            if self._held[pair]:
                self._mine[security] = self._mine.get(security, 0) + exact
                mine += exact * weight
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
            sums[security] = sums.get(security, 0) + _exact(held)
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


def _exact(units: Any) -> Any:
    return units if isinstance(units, Fraction) else int(units)
