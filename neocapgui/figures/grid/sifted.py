"""A table sorted and filtered for the eye: the lines are the same lines, and what is stored does not move."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from neocapgui.figures.column_cells import ColumnCells, Decimals
from neocapgui.figures.kinds import NUMBERS, PLAIN, Kind, NotUnderstood, Style, number, parsed
from neocapgui.figures.tables import Column, Lines, Row, Table, cells_of, keys_of
from neocapgui.ledger.columns import MISSING
from neocapgui.ledger.splicing import Integers

_PERCENT = frozenset({Kind.STAKE, Kind.RATE})
RANGED = (NUMBERS - {Kind.RATIO}) | {Kind.DATE}  # kinds that a range can be asked of
BLANK = ""  # among the texts of a choice list: cells that show nothing


@dataclass(frozen=True, slots=True)
class Order:
    """By which column the lines are sorted; lines that show nothing there stand last either way."""

    column: str  # its title
    is_falling: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """What the cells of one column must be for a line to be seen; what is not asked for lets all pass."""

    column: str  # its title
    contains: str = ""  # any part of what is shown, whatever the case
    among: frozenset[str] | None = None  # what is shown is one of these texts
    least: str = ""  # as typed: the lower and the upper end of a range of numbers or days, both included
    most: str = ""
    is_blank: bool | None = None  # whether the cell shows nothing

    @property
    def asks_nothing(self) -> bool:
        """Whether every line passes."""
        return not (self.contains or self.least or self.most) and self.among is None and self.is_blank is None


@dataclass(frozen=True, slots=True)
class Sifting:
    """How a table is looked at: its order, its filters, and whether only lines with problems are seen."""

    order: Order | None = None
    filters: tuple[Filter, ...] = ()
    problems: bool = False

    def of(self, table: Table) -> Sifting:
        """Return what of it speaks of columns that a table has."""
        titles = {column.title for column in table.columns}
        return Sifting(
            self.order if self.order is not None and self.order.column in titles else None,
            tuple(one for one in self.filters if one.column in titles),
            self.problems,
        )

    def with_filter(self, filter: Filter) -> Sifting:
        """Return it with another filter of one column; one that asks for nothing is taken away."""
        others = tuple(one for one in self.filters if one.column != filter.column)
        return replace(self, filters=others if filter.asks_nothing else (*others, filter))

    def filter_of(self, column: str) -> Filter:
        """Return the filter of a column, or one that asks for nothing."""
        return next((one for one in self.filters if one.column == column), Filter(column))

    def turned(self, column: str) -> Sifting:
        """Return it sorted by a column: rising, then falling, then as stored."""
        if self.order is None or self.order.column != column:
            return replace(self, order=Order(column))
        return replace(self, order=None if self.order.is_falling else Order(column, True))

    @property
    def hides(self) -> bool:
        """Whether lines may be left out."""
        return bool(self.filters) or self.problems


def places_of(
    table: Table, sifting: Sifting, style: Style = PLAIN, problems: Collection[Any] = ()
) -> Integers | None:
    """Return which lines of a table are seen and in which order; None where that is all of them as stored.

    `problems` are the keys of the lines that have one. A filter that is no value of its column (a range
    “abc”) is refused with NotUnderstood.
    """
    sifting = sifting.of(table)
    if not sifting.hides and sifting.order is None:
        return None
    count = len(table.rows)
    seen: Integers = np.ones(count, bool)
    numbers = {column.title: place for place, column in enumerate(table.columns)}
    for one in sifting.filters:
        place = numbers[one.column]
        seen &= passing(cells_of(table, place), table.columns[place], one, style)
    if sifting.problems:
        seen &= np.isin(np.arange(count), _lines_of(table, problems))
    places: Integers = np.flatnonzero(seen)
    if sifting.order is not None:
        place = numbers[sifting.order.column]
        column = table.columns[place]
        cells = cells_of(table, place)
        ranks = cells.ranks(column.kind, column.choices, style)
        last = int(ranks.max(initial=-1)) + 1
        keys = np.where(ranks < 0, last, last - 1 - ranks if sifting.order.is_falling else ranks)
        small: Any = np.uint16 if last < 2**16 else np.int64  # few ranks are sorted by counting
        places = places[np.argsort(keys.astype(small)[cells.codes[places]], kind="stable")]
    return places


def shown_lines(table: Table, places: Integers) -> Table:
    """Return a table that shows some lines of another, in a given order; each is made when asked for."""
    rows = table.rows
    return replace(
        table,
        rows=Lines(
            places,
            lambda place: rows[int(place)],
            lambda column: cells_of(table, column).taken(places),
            lambda: _at(keys_of(table), places),
        ),
    )


def arranged(table: Table, order: Sequence[str], hidden: Collection[str]) -> Table:
    """Return a table with some columns hidden and the others in another order; the first stays the first.

    Columns that `order` does not name stand where they stood, after the one they follow.
    """
    titles = [column.title for column in table.columns]
    wanted = in_order(titles, order)
    shown = [titles.index(title) for title in wanted if title not in hidden or title == titles[0]]
    if shown == list(range(len(titles))):
        return table
    rows = table.rows
    return replace(
        table,
        columns=tuple(table.columns[place] for place in shown),
        rows=Lines(
            range(len(rows)),
            lambda line: _rearranged(rows[line], shown),
            lambda column: cells_of(table, shown[column]),
            lambda: keys_of(table),
        ),
        total=None if table.total is None else _rearranged(table.total, shown),
    )


def in_order(titles: Sequence[str], order: Sequence[str]) -> list[str]:
    """Return the titles of columns in the order wanted; the first stays, and one it does not name follows
    the one it followed.

    >>> in_order(["Holder", "Common", "Warrants", "All"], ["All", "Common"])
    ['Holder', 'All', 'Common', 'Warrants']
    """
    wanted = [title for title in order if title in titles]
    for place, title in enumerate(titles):
        if title not in wanted:
            wanted.insert(wanted.index(titles[place - 1]) + 1 if place else 0, title)
    return sorted(wanted, key=lambda title: title != titles[0])


def passing(cells: ColumnCells, column: Column, filter: Filter, style: Style = PLAIN) -> Integers:
    """Return for each line whether the cell of a column passes a filter; refuses a range that is no value."""
    passes: Integers = np.ones(len(cells.values), bool)
    if filter.contains or filter.among is not None or filter.is_blank is not None:
        texts = cells.texts(column.kind, column.choices, style)
        sought = filter.contains.casefold()
        plain = bare(sought, style) if column.kind in NUMBERS else ""
        passes &= np.fromiter(
            (
                (not sought or sought in text.casefold() or bool(plain and plain in bare(text, style)))
                and (filter.among is None or text in filter.among)
                and (filter.is_blank is None or filter.is_blank == (not text))
                for text in texts
            ),
            bool,
            len(texts),
        )
    if filter.least or filter.most:
        passes &= values_within(cells, column, filter, style)
    return passes[cells.codes] if len(passes) else np.zeros(0, bool)


def end_of_range(column: Column, text: str, style: Style = PLAIN) -> Any:
    """Return the number or day that was typed as an end of a range, or None; refuses what is none."""
    if not text.strip():
        return None
    if column.kind is Kind.DATE:
        return parsed(Kind.DATE, text, style)
    body = text.strip()
    value = Fraction(number(body.removesuffix("%").strip(), style))
    return value / 100 if column.kind in _PERCENT else value


def values_within(cells: ColumnCells, column: Column, filter: Filter, style: Style = PLAIN) -> Integers:
    """Return for each distinct value whether it lies in the range of a filter; refuses ends that are none."""
    least, most = (end_of_range(column, text, style) for text in (filter.least, filter.most))
    if least is not None and most is not None and least > most:
        raise NotUnderstood(f"No {column.title.lower()} lies between {filter.least} and {filter.most}.")
    values = cells.values
    if isinstance(values, Decimals):
        units, scale = values.units, 10**values.places
        first = 0 if least is None else bisect_left(units, least * scale)
        last = len(units) if most is None else bisect_right(units, most * scale)
        inside: Integers = np.zeros(len(units), bool)
        inside[first:last] = True
        inside &= units != MISSING
        return inside
    return np.fromiter(
        (
            value is not None
            and (least is None or _measure(value) >= least)
            and (most is None or _measure(value) <= most)
            for value in values
        ),
        bool,
        len(values),
    )


def _measure(value: Any) -> Any:
    return value if isinstance(value, date) else Fraction(value)


def bare(text: str, style: Style) -> str:
    """Return a text without group marks: “1,234,567” and “1234567” are one."""
    for mark in {style.group_mark, " ", "\u00a0", "\u202f", "'", "\u2019"} - {"", style.decimal_mark}:
        text = text.replace(mark, "")
    return text


def _at(keys: Any, places: Integers) -> Any:
    return keys[places] if isinstance(keys, np.ndarray) else [keys[place] for place in places.tolist()]


def _lines_of(table: Table, keys: Collection[Any]) -> list[int]:
    if not keys:
        return []
    wanted = set(keys)
    return [place for place, key in enumerate(keys_of(table)) if key in wanted]


def _rearranged(row: Row, shown: Sequence[int]) -> Row:
    return replace(row, cells=tuple(row.cells[place] for place in shown))
