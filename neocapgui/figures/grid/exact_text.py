"""A value as text that, typed into its column, is exactly the value again."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from neocapgui.engine.calculations.demands import written
from neocapgui.figures.kinds import NUMBERS, Kind, NotUnderstood, Style
from neocapgui.figures.tables import Column

_IN_PERCENT = frozenset({Kind.RATE, Kind.STAKE})


def exact_text(column: Column, value: Any, style: Style) -> str:
    """Return what a cell shows where that is the whole value, otherwise all its decimals.

    >>> from neocapgui.figures.kinds import PLAIN
    >>> exact_text(Column("Amount", Kind.MONEY), Decimal("1234.5"), PLAIN)
    '1,234.50'
    >>> exact_text(Column("Amount", Kind.MONEY), Decimal("1234.5678"), PLAIN)
    '1234.5678'
    """
    shown = column.text(value, style)
    if value is None or _value(column, shown, style) == value:
        return shown
    if column.kind is Kind.DATE:
        return str(value.isoformat())
    if column.kind not in NUMBERS or not isinstance(value, (int, Decimal, Fraction)):
        return shown
    figure = Fraction(value) * (100 if column.kind in _IN_PERCENT else 1)
    return written(figure).replace(".", style.decimal_mark)


def _value(column: Column, text: str, style: Style) -> Any:
    try:
        return column.value(text, style)
    except NotUnderstood:
        return None
