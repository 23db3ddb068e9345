"""The steps that lead from one stake to another, kept as columns; each is made when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from heapq import nsmallest
from typing import Any, overload

import numpy as np

from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.transactions import KINDS

TERMS = "terms"  # the kind of a step that no entry makes: a day on which what a paper counts for moved
TERMS_CODE = -1  # beside the codes of the kinds of transactions
_DOUBT = 1e-15  # of two stakes: by how much their difference may be wrong where it is not exact


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


@dataclass(frozen=True, slots=True, eq=False)
class StepColumns:
    """One figure of each step in each column."""

    days: Integers  # ordinals
    kinds: Integers  # codes, or TERMS_CODE
    firsts: Integers  # the place of its first entry among the rows
    counts: Integers  # its entries
    mine: Integers  # what the holder has after it, in parts of a share
    totals: Integers  # what all have
    scales: Integers  # parts in a share


class BridgeSteps(Sequence[BridgeStep]):
    """The steps in the order of the ledger; what some contribute together is found without making them.

    >>> one = np.array([1])
    >>> columns = StepColumns(one * 730_000, one * 0, one * 0, one, one * 3, one * 4, one)
    >>> steps = BridgeSteps(Fraction(1), np.array([17]), columns)
    >>> steps[0].rows, str(steps[0].contribution), str(steps.moved(0, 1)), steps.largest(5)
    ((17,), '-1/4', '-1/4', [0])
    """

    def __init__(self, start: Fraction, rows: Integers, columns: StepColumns) -> None:
        """Hold the steps after a stake, made by rows of the ledger."""
        self._start, self._rows, self._columns = start, rows, columns

    def __len__(self) -> int:
        return len(self._columns.days)

    @overload
    def __getitem__(self, place: int) -> BridgeStep: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[BridgeStep, ...]: ...
    def __getitem__(self, place: int | slice) -> BridgeStep | tuple[BridgeStep, ...]:
        if isinstance(place, slice):
            return tuple(self._step(at) for at in range(*place.indices(len(self))))
        return self._step(range(len(self))[place])

    def _step(self, place: int) -> BridgeStep:
        columns = self._columns
        first, scale = int(columns.firsts[place]), int(columns.scales[place])
        code = int(columns.kinds[place])
        return BridgeStep(
            date.fromordinal(int(columns.days[place])),
            TERMS if code == TERMS_CODE else KINDS[code].name,
            tuple(self._rows[first : first + int(columns.counts[place])].tolist()),
            self.moved(place, place + 1),
            self._stake(place),
            Fraction(exact(columns.mine[place]), scale),
            Fraction(exact(columns.totals[place]), scale),
        )

    def _stake(self, place: int) -> Fraction:
        """Return the stake after a step; -1 is before the first."""
        if place < 0:
            return self._start
        return part(exact(self._columns.mine[place]), exact(self._columns.totals[place]))

    def kind(self, place: int) -> str:
        """Return the kind of a step."""
        code = int(self._columns.kinds[place])
        return TERMS if code == TERMS_CODE else KINDS[code].name

    def moved(self, first: int, past: int) -> Fraction:
        """Return what the steps from one to before another contribute together, exactly."""
        return self._stake(past - 1) - self._stake(first - 1)

    def moving(self) -> list[int]:
        """Return the places of the steps that moved the stake."""
        sizes, doubts = self._sizes()
        is_moving = sizes > doubts
        for place in np.flatnonzero(~is_moving).tolist():
            is_moving[place] = self.moved(place, place + 1) != 0
        return list(np.flatnonzero(is_moving).tolist())

    def largest(self, count: int) -> list[int]:
        """Return in order the places of the steps that moved the stake most; of equal ones the first."""
        sizes, doubts = self._sizes()
        if len(sizes) <= count:
            return list(range(len(sizes)))
        bound = np.sort(sizes - doubts)[-count]
        candidates = np.flatnonzero(sizes + doubts >= bound).tolist()
        found = nsmallest(count, candidates, key=lambda place: -abs(self.moved(place, place + 1)))
        return sorted(found)

    def _sizes(self) -> tuple[Any, Any]:
        """Return nearly how much each step moved the stake, and by how much that may be wrong."""
        mine = self._columns.mine.astype(np.float64)
        totals = self._columns.totals.astype(np.float64)
        stakes = np.divide(mine, totals, out=np.zeros(len(mine)), where=totals != 0)
        before = np.concatenate([[float(self._start)], stakes[:-1]])[: len(stakes)]
        return np.abs(stakes - before), _DOUBT * (np.abs(stakes) + np.abs(before))


def part(mine: Any, total: Any) -> Fraction:
    """Return what one has of what all have; nothing of nothing is 0.

    >>> str(part(3, 4)), str(part(0, 0))
    ('3/4', '0')
    """
    return Fraction(mine, total) if total else Fraction(0)


def exact(units: Any) -> Any:
    """Return units as Python counts them: whole, or a fraction where a split left one.

    >>> exact(np.int64(3)), exact(Fraction(1, 2))
    (3, Fraction(1, 2))
    """
    return units if isinstance(units, Fraction) else int(units)
