"""What the status bar says of a selection: how many cells, and the sum of figures of one kind."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from neocapgui.figures.kinds import NUMBERS, Kind, Style, grouped
from neocapgui.figures.tables import Column

_ADDABLE = NUMBERS - {Kind.RATIO}
_PERCENT = frozenset({Kind.STAKE, Kind.RATE})


def summed_up(cells: Sequence[tuple[Column, Any]], style: Style) -> str:
    """Return the line for some cells; figures of different kinds are counted but not added.

    >>> from neocapgui.figures.kinds import PLAIN
    >>> shares = Column("Shares", Kind.SHARES)
    >>> summed_up([(shares, 201_149), (shares, 282_486), (shares, None)], PLAIN)
    'Sum 483,635  ·  average 241,817.5  ·  2 figures'
    """
    figures = [
        (column.kind, Fraction(value)) for column, value in cells if value is not None and _adds(column)
    ]
    count = f"{len(cells):,} cell{'s' if len(cells) != 1 else ''}"
    if not figures or len({kind for kind, _ in figures}) > 1:
        return count if len(cells) > 1 else ""
    kind = figures[0][0]
    total = sum((value for _, value in figures), Fraction(0))
    if len(figures) == 1:
        return f"Selection: {_shown(kind, total, style)}  ·  {count}"
    average = _shown(kind, total / len(figures), style)
    return f"Sum {_shown(kind, total, style)}  ·  average {average}  ·  {len(figures):,} figures"


def _adds(column: Column) -> bool:
    return column.kind in _ADDABLE and column.choices is None


def _shown(kind: Kind, value: Fraction, style: Style) -> str:
    return f"{grouped(value * 100, style, 2, 2)} %" if kind in _PERCENT else grouped(value, style, 0, 4)
