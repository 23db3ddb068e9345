"""How wide the columns of a table are: a number is never cut, text gives way and takes what is left."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise

from PySide6.QtGui import QFont, QFontMetrics

from neocapgui.figures.kinds import Kind
from neocapgui.figures.tables import Column
from neocapgui.gui.looks.typeface import half_bold
from neocapgui.gui.tables.table_model import TableModel

PAD = 9  # pixels on each side of a text
MARK = 16  # pixels of the mark beside a text that is refused or doubted
NEW_LINE = "New line"  # what the empty line at the end says
BARS = (112, 64)  # pixels beside the numbers of a column that has bars: with room, and where there is little
_GIVING_WAY = frozenset({Kind.TEXT, Kind.REFERENCE})
_LEAST_FIRST = 200  # pixels of the first column, which says what the line is
_LEAST_TEXT = 96
_COMFORTABLE = 210  # pixels of a text where the table is wider than the window in any case
_PATIENCE = 0.85  # how far a text gives way for one more whole column
_LONG_HEADS = (14, 40)  # letters beyond which a head may take two lines, and three


def needed_widths(model: TableModel, font: QFont, rows: Iterable[int]) -> list[int]:
    """Return for each column the pixels that its head and the cells of some rows need, without bars."""
    plain, bold = QFontMetrics(font), QFontMetrics(half_bold(font))
    columns = model.table.columns
    lengths = [0] * len(columns)
    widths = [max(map(bold.horizontalAdvance, head_lines(column.title))) for column in columns]
    for row in rows:
        line = model.row(row)
        metrics = bold if line is not None and line.is_total else plain
        for number in range(len(columns)):
            text = model.text(row, number) or (NEW_LINE if not number and line is None else "")
            is_long = len(text) >= lengths[number] - 2  # a shorter one cannot be wider by much: not measured
            if text and is_long:
                lengths[number] = max(len(text), lengths[number])
                mark = MARK if model.is_doubtful(row, number) else 0
                widths[number] = max(widths[number], metrics.horizontalAdvance(text) + mark)
    letter = plain.averageCharWidth()
    return [_limited(column, width, letter) + 2 * PAD for column, width in zip(columns, widths, strict=True)]


@cache
def head_lines(title: str) -> tuple[str, ...]:
    """Return the head of a column: on one line, or on two or three of about one length where it is long.

    >>> head_lines("Representatives' warrants at $9.12")
    ("Representatives'", 'warrants at $9.12')
    """
    words = title.split(" ")
    cuts = sum(len(title) > length for length in _LONG_HEADS)
    cuts = min(cuts, len(words) - 1)
    ways = (
        tuple(" ".join(words[start:end]) for start, end in pairwise((0, *places, len(words))))
        for places in combinations(range(1, len(words)), cuts)
    )
    return min(ways, key=lambda lines: max(map(len, lines)))


def _limited(column: Column, width: int, letter: int) -> int:
    if column.kind not in _GIVING_WAY:
        return max(width, 4 * letter)
    most = (column.width or 24) * letter
    return max(min(width, most), min(most, 12 * letter))


def fitted(columns: Sequence[Column], needed: Sequence[int], room: int) -> tuple[list[int], int]:
    """Return the widths for a view so many pixels wide, and how much of a column its bars have.

    Bars are shorter before a text is cut. Then the longest texts give way first; where that is not enough,
    the table is wider than the view and its texts are easy to read.
    """
    least = {
        number: _LEAST_TEXT if number else _LEAST_FIRST
        for number, column in enumerate(columns)
        if column.kind in _GIVING_WAY
    }
    widths = _with_bars(columns, needed, BARS[0])
    if sum(widths) <= room:
        return _shared(widths, least, room), BARS[0]
    widths = _with_bars(columns, needed, BARS[-1])
    if sum(min(width, least.get(number, width)) for number, width in enumerate(widths)) <= room:
        return _shared(widths, least, room), BARS[-1]
    return _paged(needed, columns, least, room), BARS[-1]


def _with_bars(columns: Sequence[Column], widths: Sequence[int], bar: int) -> list[int]:
    return [width + (bar if column.has_bar else 0) for column, width in zip(columns, widths, strict=True)]


def _paged(
    needed: Sequence[int], columns: Sequence[Column], least: Mapping[int, int], room: int
) -> list[int]:
    """Return widths for a table that is scrolled sideways: what is seen first ends with a whole column."""
    widths = [min(width, max(_COMFORTABLE, least.get(number, width))) for number, width in enumerate(needed)]
    widths = _with_bars(columns, widths, BARS[-1])
    for last in range(len(widths), 0, -1):
        seen = widths[:last]
        giving = {number: int(seen[number] * _PATIENCE) for number in least if number < last}
        if sum(giving.get(number, width) for number, width in enumerate(seen)) <= room:
            return _shared(seen, giving, room) + widths[last:]
    return widths


def _shared(widths: list[int], least: Mapping[int, int], room: int) -> list[int]:
    """Return widths that fill the room: texts share what is left over; the longest are cut first."""
    if not least:
        return widths

    def cut(most: int) -> list[int]:
        return [min(width, max(least.get(number, width), most)) for number, width in enumerate(widths)]

    spare = room - sum(widths)
    if spare < 0:
        shared = cut(bisect_right(range(max(widths)), room, key=lambda most: sum(cut(most))) - 1)
    else:
        weight = sum(widths[number] for number in least)
        shared = [
            width + (spare * width // weight if number in least else 0) for number, width in enumerate(widths)
        ]
    shared[min(least)] += room - sum(shared)
    return shared
