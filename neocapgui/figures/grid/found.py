"""Cells of a table in which something sought stands, as it is shown or as it would be typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from neocapgui.figures.column_cells import ColumnCells
from neocapgui.figures.grid.sifted import Filter, bare, end_of_range, values_within
from neocapgui.figures.kinds import NUMBERS, PLAIN, Kind, NotUnderstood, Style
from neocapgui.figures.tables import Column, Table, cells_of
from neocapgui.ledger.splicing import Integers

_FIGURES = NUMBERS - {Kind.RATIO}


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in a table."""

    text: str
    is_case_matched: bool = False
    is_whole: bool = False  # the whole cell, not a part of it
    column: str = ""  # the title of the only column looked in


def found(table: Table, sought: Sought, style: Style = PLAIN) -> Mapping[int, Integers]:
    """Return for each column that has hits whether each line is one; the total is not looked in.

    A cell is a hit where the text stands in what it shows, group marks aside (1234567 finds 1,234,567), or
    where the text, typed into it, would be its value (2001-08-31 finds 31 Aug 2001).
    """
    hits: dict[int, Integers] = {}
    if not sought.text.strip():
        return hits
    for place, column in enumerate(table.columns):
        if sought.column in ("", column.title):
            values = _hits(cells_of(table, place), column, sought, style)
            if values.any():
                lines = values[cells_of(table, place).codes]
                if lines.any():
                    hits[place] = lines
    return hits


def places_found(hits: Mapping[int, Integers], columns: int) -> Integers:
    """Return the hits as rising numbers `line * columns + column`: line by line, from left to right."""
    parts = [np.flatnonzero(lines) * columns + column for column, lines in hits.items()]
    return np.sort(np.concatenate(parts)) if parts else np.zeros(0, np.int64)


def replaced(column: Column, text: str, value: Any, sought: Sought, by: str, style: Style = PLAIN) -> str:
    """Return what a cell that was found shows once what was sought is replaced in it."""
    is_number = column.kind in NUMBERS
    if sought.is_whole or _is_value(column, value, sought, style):
        return by
    body = bare(text, style) if is_number else text
    looked = bare(sought.text, style) if is_number else sought.text
    if sought.is_case_matched:
        return body.replace(looked, by)
    low, part, result, start = body.casefold(), looked.casefold(), "", 0
    if len(low) != len(body) or not part:  # letters that fold into several have no place of their own
        return by if part and part == low else body.replace(looked, by)
    while (at := low.find(part, start)) >= 0:
        result += body[start:at] + by
        start = at + len(part)
    return result + body[start:]


def _hits(cells: ColumnCells, column: Column, sought: Sought, style: Style) -> Integers:
    """Return for each distinct value of a column whether it is sought."""
    texts = cells.texts(column.kind, column.choices, style)
    plain = (lambda text: text) if sought.is_case_matched else str.casefold
    looked = plain(sought.text)
    is_number = column.kind in NUMBERS
    digits = bare(looked, style) if is_number and any(map(str.isdigit, looked)) else ""
    if sought.is_whole:
        shows = [plain(text) == looked or (digits and bare(plain(text), style) == digits) for text in texts]
    else:
        shows = [looked in plain(text) or (digits and digits in bare(plain(text), style)) for text in texts]
    hits: Integers = np.array(shows, bool)
    value = _typed(column, sought.text, style)
    if value is not None:
        same = Filter(column.title, least=sought.text, most=sought.text)
        hits |= values_within(cells, column, same, style)
    return hits


def _typed(column: Column, text: str, style: Style) -> Any:
    if column.kind not in _FIGURES and column.kind is not Kind.DATE:
        return None
    try:
        return end_of_range(column, text, style)
    except NotUnderstood:
        return None


def _is_value(column: Column, value: Any, sought: Sought, style: Style) -> bool:
    typed = _typed(column, sought.text, style)
    if typed is None or value is None or value == "":
        return False
    return bool(value == typed if column.kind is Kind.DATE else Fraction(value) == typed)
