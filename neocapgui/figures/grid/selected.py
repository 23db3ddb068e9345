"""What a selection of cells comes to: how many, and sum, average, least and greatest of its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from neocapgui.engine.calculations.rounding import half_up
from neocapgui.figures.column_cells import Decimals
from neocapgui.figures.kinds import NUMBERS, Kind, Style, grouped, is_blank
from neocapgui.figures.tables import Column, Table, cells_of
from neocapgui.ledger.columns import MISSING
from neocapgui.ledger.splicing import Integers

_ADDABLE = NUMBERS - {Kind.RATIO}
_PERCENT = frozenset({Kind.STAKE, Kind.RATE})
_MOST_DECIMALS = 4
_SUMMED = 500  # cells of a selection beyond which whole columns are read
_MANY = 100_000  # cells of a selection in several parts beyond which it is not summed up


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a selection, exact; of different kinds they are counted and not added."""

    cells: int = 0
    figures: int = 0
    kind: Kind | None = None  # of the figures, where it is one
    total: Fraction = Fraction(0)
    least: Fraction = Fraction(0)
    most: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class SummaryFigure:
    """One figure of a summary, as the status line shows it and as the clipboard takes it."""

    name: str
    shown: str
    plain: str  # without group marks, exact where a decimal can be


def summary_of(cells: Iterable[tuple[Column, Any]]) -> Summary:
    """Return what some cells come to, each given with its column."""
    count, parts = 0, []
    for column, value in cells:
        count += 1
        if is_added(column) and not is_blank(column.kind, value):
            exact = Fraction(value)
            parts.append(Summary(0, 1, column.kind, exact, exact, exact))
    return _joined(count, parts)


def summary_of_block(table: Table, lines: range, columns: Sequence[int]) -> Summary:
    """Return what a block of a table comes to, however large; whole columns are read at once."""
    parts = []
    for place in columns:
        column = table.columns[place]
        if is_added(column):
            parts += list(_of_column(table, place, slice(lines.start, lines.stop), column.kind))
    return _joined(len(lines) * len(columns), parts)


def summary_of_blocks(table: Table, blocks: Sequence[tuple[range, range]]) -> Summary:
    """Return what selected blocks, each of lines and columns, come to; nothing where they are too many.

    The empty line at the end holds no cells, and a total beside other lines is not added once more.
    """
    size = sum(len(lines) * len(columns) for lines, columns in blocks)
    if size > _SUMMED and len(blocks) == 1:
        lines, columns = blocks[0]
        return summary_of_block(table, range(lines.start, min(lines.stop, len(table.rows))), columns)
    is_alone = all(len(lines) == 1 for lines, _ in blocks)
    cells: list[tuple[Column, Any]] = []
    for lines, columns in blocks if size <= _MANY else ():
        for place in range(lines.start, min(lines.stop, len(table.rows))):
            row = table.rows[place]
            if is_alone or not row.is_total:
                cells += [(table.columns[number], row.cells[number]) for number in columns]
    return summary_of(cells)


def is_added(column: Column) -> bool:
    """Whether the cells of a column are figures that can be added."""
    return column.kind in _ADDABLE and column.choices is None


def figures_of(summary: Summary, style: Style) -> tuple[SummaryFigure, ...]:
    """Return what the status line says of a selection: the count, and the rest where there are figures.

    >>> from neocapgui.figures.kinds import PLAIN
    >>> shares = Column("Shares", Kind.SHARES)
    >>> summary = summary_of([(shares, 201_149), (shares, 282_486), (shares, None)])
    >>> [f"{one.name} {one.shown}" for one in figures_of(summary, PLAIN)]
    ['Count 2', 'Sum 483,635', 'Average 241,817.5', 'Min 201,149', 'Max 282,486']
    """
    if summary.kind is None:
        count = summary.figures or summary.cells
        name = "Count" if summary.figures else "Cells"
        return (_counted(name, count, style),) if summary.cells > 1 else ()
    if summary.cells == 1:
        value = (_shown(summary.kind, summary.total, style), _plain(summary.kind, summary.total, style))
        return (SummaryFigure("Value", *value),)
    named = (
        ("Sum", summary.total),
        ("Average", summary.total / summary.figures),
        ("Min", summary.least),
        ("Max", summary.most),
    )
    kind = summary.kind
    return (
        _counted("Count", summary.figures, style),
        *(
            SummaryFigure(name, _shown(kind, value, style), _plain(kind, value, style))
            for name, value in named
        ),
    )


def _counted(name: str, count: int, style: Style) -> SummaryFigure:
    return SummaryFigure(name, grouped(count, style), str(count))


def _of_column(table: Table, place: int, lines: slice, kind: Kind) -> Iterator[Summary]:
    cells = cells_of(table, place)
    codes, values = cells.codes[lines], cells.values
    if isinstance(values, Decimals):
        units: Integers = values.units[codes]
        shown = units[(units != MISSING) & ((units != 0) | (not is_blank(kind, 0)))]
        present = shown.tolist()  # Python's integers: a sum is exact at any size
        if present:
            scale = 10**values.places
            total, least, most = (Fraction(one, scale) for one in (sum(present), min(present), max(present)))
            yield Summary(0, len(present), kind, total, least, most)
        return
    counts = np.bincount(codes, minlength=len(values)).tolist()
    held = [
        (Fraction(value), count)
        for value, count in zip(values, counts, strict=True)
        if count and not is_blank(kind, value)
    ]
    if held:
        exact = [value for value, _ in held]
        total = sum((value * count for value, count in held), Fraction(0))
        yield Summary(0, sum(count for _, count in held), kind, total, min(exact), max(exact))


def _joined(cells: int, parts: Sequence[Summary]) -> Summary:
    figures = sum(part.figures for part in parts)
    kinds = {part.kind for part in parts}
    if len(kinds) != 1:
        return Summary(cells, figures)
    return Summary(
        cells,
        figures,
        kinds.pop(),
        sum((part.total for part in parts), Fraction(0)),
        min(part.least for part in parts),
        max(part.most for part in parts),
    )


def _shown(kind: Kind, value: Fraction, style: Style) -> str:
    if kind in _PERCENT:
        return f"{grouped(value * 100, style, 2, 2)} %"
    if kind is Kind.COUNTED:  # its cells show whole shares
        return grouped(half_up(value), style)
    return grouped(value, style, 0, _MOST_DECIMALS)


def _plain(kind: Kind, value: Fraction, style: Style) -> str:
    bare = replace(style, group_mark="")
    if kind in _PERCENT:
        return f"{grouped(value * 100, bare, 0, 12).rstrip('…')}%"
    return grouped(value, bare, 0, 12).rstrip("…")
