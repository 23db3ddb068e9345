"""What filling writes into cells: each column, or each line, goes on or repeats, as text to be typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from neocapgui.figures.grid.exact_text import exact_text
from neocapgui.figures.grid.series import continued, is_series, repeated
from neocapgui.figures.kinds import Kind, Style
from neocapgui.figures.tables import Column

_NO_SERIES = frozenset({Kind.FLAG, Kind.DATES, Kind.CHOICE, Kind.REFERENCE})


def down_column(
    column: Column, values: Sequence[Any], count: int, style: Style, *, is_up: bool, is_copied: bool
) -> list[str]:
    """Return the texts for so many cells below the values of a column, or above them, the nearest first."""
    fill = continued if not is_copied and goes_on(column, values) else repeated
    return [exact_text(column, value, style) for value in fill(values, count, is_up)]


def along_line(
    columns: Sequence[Column],
    values: Sequence[Any],
    targets: Sequence[Column],
    style: Style,
    *,
    is_left: bool,
    is_copied: bool,
) -> list[str]:
    """Return the texts for cells right of the values of a line, or left of them, the nearest first.

    Only where all these columns hold the same do the values go on as a series.
    """
    kinds = {column.kind for column in (*columns, *targets)}
    if len(kinds) == 1 and not is_copied and goes_on(columns[0], values):
        found = continued(values, len(targets), is_left)
        return [exact_text(column, value, style) for column, value in zip(targets, found, strict=True)]
    texts = [exact_text(column, value, style) for column, value in zip(columns, values, strict=True)]
    return [str(text) for text in repeated(texts, len(targets), is_left)]


def goes_on(column: Column, values: Sequence[Any]) -> bool:
    """Whether the values of a column go on as a series."""
    if column.choices is not None or column.kind in _NO_SERIES or None in values:
        return False
    return is_series(values)
