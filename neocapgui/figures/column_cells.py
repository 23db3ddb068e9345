"""A column of a table all at once: each distinct value once, and which of them each line has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from neocapgui.figures.choices import Choices
from neocapgui.figures.kinds import Kind, Style, shown
from neocapgui.ledger.columns import MISSING, plain
from neocapgui.ledger.splicing import Integers

_LEAST_DECIMALS = {Kind.SHARES: (0, 4), Kind.PRICE: (2, 8), Kind.MONEY: (2, 2)}
_IN_ORDER = frozenset({Kind.DATE, Kind.DATES, Kind.FLAG, Kind.WHOLE})


class Decimals(Sequence[Any]):
    """Distinct figures in rising order, held as whole units; each is made a decimal when it is asked for."""

    def __init__(self, units: Integers, places: int) -> None:
        """Hold units of 10^-places, of which the first may be MISSING."""
        self.units = units
        self.places = places

    def __len__(self) -> int:
        return len(self.units)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        units = int(self.units[place])
        return None if units == MISSING else plain(units, self.places)


@dataclass(slots=True, eq=False)
class ColumnCells:
    """The cells of one column; what is found out about its distinct values is remembered."""

    codes: Integers  # of each line: which of the values it has
    values: Sequence[Any]  # each once; None and "" are nothing
    is_rising: bool = False  # whether the values stand in the order of their kind
    _texts: dict[tuple[Any, ...], list[str]] = field(default_factory=dict)
    _ranks: Integers | None = None

    @classmethod
    def of(cls, values: Iterable[Any]) -> ColumnCells:
        """Hold the values of all lines."""
        numbers: dict[Any, int] = {}
        codes = [numbers.setdefault(value, len(numbers)) for value in values]
        return cls(np.array(codes, np.int64), list(numbers))

    @classmethod
    def of_numbers(cls, numbers: Integers, value: Any) -> ColumnCells:
        """Hold the values that stand for some numbers; they rise as the numbers do only if values do."""
        distinct, codes = distinct_of(numbers)
        return cls(codes, [value(number) for number in distinct.tolist()])

    @classmethod
    def of_units(cls, units: Integers, places: int) -> ColumnCells:
        """Hold figures as whole units of 10^-places."""
        distinct, codes = distinct_of(units)
        return cls(codes, Decimals(distinct, places), is_rising=True)

    def taken(self, lines: Integers) -> ColumnCells:
        """Return the cells of some lines in their order; what was found out is shared."""
        return ColumnCells(self.codes[lines], self.values, self.is_rising, self._texts, self._ranks)

    def filled(self) -> Integers:
        """Return for each line whether there is something in it."""
        if isinstance(self.values, Decimals):
            said: Integers = self.values.units != MISSING
        else:
            said = np.array([value not in (None, "") for value in self.values], bool)
        found: Integers = said[self.codes] if len(said) else np.zeros(len(self.codes), bool)
        return found

    def texts(self, kind: Kind, choices: Choices | None, style: Style) -> list[str]:
        """Return what is shown for each distinct value."""
        key = (kind, style)
        if key not in self._texts:
            if choices is not None:
                self._texts[key] = [choices.name_of(value) for value in self.values]
            elif isinstance(self.values, Decimals) and kind in _LEAST_DECIMALS:
                self._texts[key] = _figure_texts(self.values, kind, style)
            else:
                self._texts[key] = [shown(kind, value, style) for value in self.values]
        return self._texts[key]

    def ranks(self, kind: Kind, choices: Choices | None, style: Style) -> Integers:
        """Return the rank of each distinct value by its kind: numbers and days by size, names by letters.

        Equals have one rank; nothing has rank -1.
        """
        if self._ranks is None:
            self._ranks = self._ranked(kind, choices, style)
        return self._ranks

    def _ranked(self, kind: Kind, choices: Choices | None, style: Style) -> Integers:
        values = self.values
        if self.is_rising and isinstance(values, Decimals):
            ranks: Integers = np.arange(len(values), dtype=np.int64)
            ranks[values.units == MISSING] = -1
            return ranks
        keys: list[Any]
        if choices is not None or kind in (Kind.TEXT, Kind.CHOICE, Kind.REFERENCE):
            keys = [text.casefold() for text in self.texts(kind, choices, style)]
        elif kind in _IN_ORDER:
            keys = list(values)
        else:
            keys = [value if _is_nothing(value) else Fraction(value) for value in values]
        there = sorted({key for key in keys if not _is_nothing(key)})
        rank = {key: place for place, key in enumerate(there)}
        return np.array([-1 if _is_nothing(key) else rank[key] for key in keys], np.int64)

    def counts(self) -> list[int]:
        """Return how many lines have each distinct value."""
        counted: list[int] = np.bincount(self.codes, minlength=len(self.values)).tolist()
        return counted


def distinct_of(numbers: Integers) -> tuple[Integers, Integers]:
    """Return the distinct numbers in rising order, and for each line which of them it has."""
    if numbers.dtype == object or not len(numbers):
        distinct, codes = np.unique(numbers, return_inverse=True)
        return distinct, codes.reshape(-1)
    low, high = int(numbers.min()), int(numbers.max())
    if high - low < 4 * len(numbers) + 1000:  # ids, days and codes lie close together: counted, not sorted
        there = np.zeros(high - low + 1, bool)
        there[numbers - low] = True
        places = np.cumsum(there) - 1
        return np.flatnonzero(there) + low, places[numbers - low]
    distinct, codes = np.unique(numbers, return_inverse=True)
    return distinct, codes.reshape(-1)


def _is_nothing(value: Any) -> bool:
    return value is None or value == ""


def _figure_texts(figures: Decimals, kind: Kind, style: Style) -> list[str]:
    """Return what is shown for many figures, as `shown` does it for one."""
    least, most = _LEAST_DECIMALS[kind]
    places = figures.places
    if places > most or figures.units.dtype == object:
        return [shown(kind, value, style) for value in figures]
    texts = []
    scale, is_share = 10**places, kind is Kind.SHARES
    for units in figures.units.tolist():
        if units == MISSING or (is_share and not units):
            texts.append("")
            continue
        whole, rest = divmod(abs(units), scale)
        decimals = (f"{rest:0{places}d}".rstrip("0") if rest else "").ljust(least, "0")
        text = f"{whole:,}".replace(",", style.group_mark)
        sign = "-" if units < 0 else ""
        texts.append(f"{sign}{text}{style.decimal_mark}{decimals}" if decimals else sign + text)
    return texts
