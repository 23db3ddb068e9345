"""What a look-back window gives, however long it and its price list are, and however often it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import overload

import numpy as np

from neocapgui.engine.calculations.demands import positive
from neocapgui.engine.calculations.floating import Looked, Window, averaged_lowest, check_history
from neocapgui.engine.same import Same
from neocapgui.ledger.columns import Figures
from neocapgui.ledger.facts import Price
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.terms import Statistic, WindowEnd

Restated = Callable[[date], Fraction]  # how many shares of today stand for one of a day


@dataclass(frozen=True, slots=True, eq=False)
class PriceColumn:
    """One column of the price list of a security, by day."""

    listed: Integers  # day ordinals of all days of the list
    days: Integers  # of those on which the column says something
    figures: Figures  # what it says
    sums: Integers  # of the figures before each, and of all


def price_list(prices: Same, security: int) -> tuple[Sequence[Price], date | None]:
    """Return the prices of a security by day, and the first day that stands twice among them."""
    return _price_lists(prices).get(security, ((), None))


@lru_cache(maxsize=2)
def _price_lists(prices: Same) -> dict[int, tuple[list[Price], date | None]]:
    (every,) = prices.values
    lists: dict[int, list[Price]] = {}
    for price in every.values():
        lists.setdefault(price.security, []).append(price)
    for found in lists.values():
        found.sort(key=lambda price: price.date)
    return {
        security: (found, next((one.date for one, other in pairwise(found) if one.date == other.date), None))
        for security, found in lists.items()
    }


@lru_cache(maxsize=16)
def _column(prices: Same, security: int, field: str) -> PriceColumn:
    listed, _ = price_list(prices, security)
    stated = [
        (price.date.toordinal(), figure) for price in listed if (figure := getattr(price, field)) is not None
    ]
    figures = Figures.of([figure for _, figure in stated])
    sums: Integers = np.zeros(len(stated) + 1, object)
    sums[1:] = np.cumsum(figures.units.astype(object))
    return PriceColumn(
        np.array([price.date.toordinal() for price in listed], np.int64),
        np.array([day for day, _ in stated], np.int64),
        figures,
        sums,
    )


def looked_back(
    prices: Same, security: int, window: Window, day: date, splits: Sequence[date], restated: Restated
) -> Looked:
    """Return what a window that ends on a day (or just before it) gives, in the shares `restated` counts.

    `splits` are the days of the splits of the security, in order: between them all days are restated alike,
    so only what each stretch gives is. Refuses what `floating_price` refuses of a window.
    """
    positive("number of days of a window", window.days)
    column = _column(prices, security, window.field)
    last_counts = window.ends is WindowEnd.ON_CONVERSION_DATE
    end = int(np.searchsorted(column.listed, day.toordinal() + last_counts))
    bounds = [
        int(column.listed[max(end - window.days, 0)]) if end else 0,
        int(column.listed[end - 1]) + 1 if end else 0,
    ]
    first, last = np.searchsorted(column.days, bounds).tolist()
    check_history(window, day, last - first)
    days = _Days(column, first, last, restated)
    below = np.flatnonzero(column.figures.units[first:last] <= 0)
    if len(below):
        on, price = days[int(below[0])]
        positive(f"{window.field} of {on}", price)
    breaks = np.searchsorted(column.days, [one.toordinal() for one in splits])
    inside = np.unique(breaks[(breaks > first) & (breaks < last)]).tolist()
    stretches = [_Stretch(column, low, high, restated) for low, high in pairwise([first, *inside, last])]
    return Looked(days, _statistic(window, stretches, days))


@dataclass(frozen=True, slots=True, eq=False)
class _Stretch:
    """Days of a window between two splits."""

    column: PriceColumn
    first: int
    last: int
    restated: Restated

    @property
    def units(self) -> Integers:
        return self.column.figures.units[self.first : self.last]

    def price(self, units: int) -> Fraction:
        """Return what so many units of a price of the stretch are in shares of today."""
        day = date.fromordinal(int(self.column.days[self.first]))
        return Fraction(units, 10**self.column.figures.places) / self.restated(day)

    @property
    def sum(self) -> Fraction:
        return self.price(int(self.column.sums[self.last] - self.column.sums[self.first]))


def _statistic(
    window: Window, stretches: Sequence[_Stretch], days: Sequence[tuple[date, Fraction]]
) -> Fraction:
    match window.statistic:
        case Statistic.LOWEST:
            return min(one.price(int(one.units.min())) for one in stretches)
        case Statistic.LAST:
            return days[-1][1]
        case Statistic.AVERAGE:
            return sum((one.sum for one in stretches), Fraction(0)) / window.days
        case Statistic.AVERAGE_OF_LOWEST:
            count = averaged_lowest(window, window.days)
            lowest = [one.price(units) for one in stretches for units in _lowest(one.units, count)]
            if len(stretches) > 1:
                return sum(sorted(lowest)[:count], Fraction(0)) / count
            (one,) = stretches
            return one.price(sum(_lowest(one.units, count))) / count


def _lowest(units: Integers, count: int) -> list[int]:
    few = np.partition(units, count - 1)[:count] if count < len(units) else units
    found: list[int] = few.tolist()
    return found


class _Days(Sequence[tuple[date, Fraction]]):
    """The days of a window with their prices in shares of today, each made when somebody asks for it."""

    __slots__ = ("_column", "_first", "_last", "_restated")

    def __init__(self, column: PriceColumn, first: int, last: int, restated: Restated) -> None:
        self._column, self._first, self._last, self._restated = column, first, last, restated

    def __len__(self) -> int:
        return self._last - self._first

    @overload
    def __getitem__(self, index: int) -> tuple[date, Fraction]: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[tuple[date, Fraction], ...]: ...

    def __getitem__(self, index: int | slice) -> tuple[date, Fraction] | tuple[tuple[date, Fraction], ...]:
        if isinstance(index, slice):
            return tuple(self[place] for place in range(*index.indices(len(self))))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        place = (self._first if index >= 0 else self._last) + index
        on = date.fromordinal(int(self._column.days[place]))
        price = Fraction(int(self._column.figures.units[place]), 10**self._column.figures.places)
        return on, price / self._restated(on)

    def __iter__(self) -> Iterator[tuple[date, Fraction]]:
        return (self[place] for place in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))
