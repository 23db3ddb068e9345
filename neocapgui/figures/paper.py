"""Tables and charts on sheets of paper: pages as drawings, with a heading, a foot, and heads repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from neocapgui.figures.charts.company_box import wrapped
from neocapgui.figures.charts.compared import Compared
from neocapgui.figures.charts.drawing import Figure, drawing
from neocapgui.figures.charts.drawn_group import scaled
from neocapgui.figures.charts.group_diagram import GroupDiagram
from neocapgui.figures.charts.marks import (
    Anchor,
    Box,
    Drawing,
    Ink,
    Mark,
    Stroke,
    Words,
    box_area,
    fitted,
    text_width,
)
from neocapgui.figures.charts.sheet import MARGIN
from neocapgui.figures.kinds import NUMBERS, PLAIN, Kind, Style
from neocapgui.figures.tables import Column, Row, Table

MOST_LINES = 5_000  # of one table; more of them belong into a file
A4 = (595.0, 842.0)  # points
_MARGIN = 40.0
_TITLE, _SMALL, _CELL, _HEAD = 11.0, 7.5, 8.0, 13.0
_LEADING, _PADDING = 1.32, 5.0
_ROW_AIR = 4.5
_CHART, _TWO_CHARTS = 0.56, 0.85  # of the width of the paper
_LEAST_CHART = 180.0
_BETWEEN = 20.0
_WIDEST = 190.0  # points of a column of text, beyond which it goes on in another line
_NARROWEST = 62.0
_WORD = 84.0  # points of a word, beyond which it may be cut
_UNDER = 7.0
_PROSE = 230.0  # points from which a text is prose
_SMALLEST = 0.62  # how far a wide table is made smaller; below it nothing can be read
_READABLE = 0.75  # so small at most, if the last columns then stand under their line
_COMPACT = 0.85  # how far a wide table is made smaller before its texts go on in further lines
_LEAST_BESIDE = 4  # columns that stay side by side whatever there is
_RARELY = 8  # lines of which one says something, or none
_MEASURED = 400  # lines by which columns are measured
_SLACK = 0.1
_PLAIN_HEAD = 64.0  # points that a head has on one line before it goes on in another
_TALLEST_CELL = 12  # lines of text


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head and the foot of every page."""

    title: str  # of the scenario
    dim_line: str  # issuer, basis, day
    foot: str  # the file, known again by its digest


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a table laid out: its texts on as many lines as each cell needs."""

    cells: tuple[tuple[str, ...], ...]
    height: float
    is_total: bool = False
    under: tuple[str, ...] = ()  # what stands under it over the whole width


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table measured for a width."""

    table: Table  # of the columns that stand side by side
    widths: tuple[float, ...]
    scale: float
    heads: _Line
    lines: tuple[_Line, ...]


def pages(
    parts: Sequence[Table | Figure],
    heading: Heading,
    size: tuple[float, float] = A4,
    style: Style = PLAIN,
) -> tuple[Drawing, ...]:
    """Return the sheets on which tables and charts stand one after the other; there is always one.

    Sizes are in points. A table that is too wide for the paper upright lays all sheets across. Text goes
    on in further lines of its cell; a table that is still too wide is made smaller, and its title, its
    subtitle and its heads stand on every page that it goes on to.
    """
    tables = [part for part in parts if isinstance(part, Table)]
    upright = min(size), max(size)
    is_across = any(_needed(table, style) > upright[0] - 2 * _MARGIN for table in tables)
    width, height = (upright[1], upright[0]) if is_across else upright
    paper = _Paper(heading, width, height)
    if not parts:
        _put_sentence(paper, "There is nothing on this page to print yet.")
    for part in parts:
        if isinstance(part, Table):
            _put_table(paper, part, style)
        else:
            _put_chart(paper, part, style)
    return paper.finished()


class _Paper:
    """Takes marks from the top down, and begins a new sheet where there is no room."""

    def __init__(self, heading: Heading, width: float, height: float) -> None:
        self._heading = heading
        self._width, self._height = width, height
        self._sheets: list[list[Mark]] = []
        self.body = Box(_MARGIN, _MARGIN + 34, width - 2 * _MARGIN, height - 2 * _MARGIN - 34 - 20)
        self.down = self.body.top
        self.begin()

    @property
    def room(self) -> float:
        """What is left of the sheet, in points."""
        return self.body.bottom - self.down

    @property
    def is_fresh(self) -> bool:
        """Whether nothing stands on the sheet yet."""
        return self.down == self.body.top

    def begin(self) -> None:
        """Go on with a new sheet."""
        self._sheets.append([])
        self.down = self.body.top

    def put(self, marks: Sequence[Mark], height: float) -> None:
        """Put marks on the sheet, and go on under them."""
        self._sheets[-1] += marks
        self.down += height

    def finished(self) -> tuple[Drawing, ...]:
        """Return the sheets with their heads and feet."""
        count = len(self._sheets)
        return tuple(
            Drawing(
                self._width,
                self._height,
                self._heading.title,
                f"{self._heading.title}, page {number} of {count}",
                self.body,
                (*self._frame(number, count), *marks),
            )
            for number, marks in enumerate(self._sheets, 1)
        )

    def _frame(self, number: int, count: int) -> list[Mark]:
        left, right, room = self.body.left, self.body.right, self.body.width
        top, bottom = _MARGIN, self._height - _MARGIN
        said = f"page {number} of {count}"
        foot_room = room - text_width(said, _SMALL) - 12
        return [
            box_area(Box(0, 0, self._width, self._height), Ink.PANEL, part="paper"),
            Words((left, top + 9), fitted(self._heading.title, room, _TITLE, True), _TITLE, is_strong=True),
            Words((left, top + 21), fitted(self._heading.dim_line, room, _SMALL), _SMALL, Ink.DIM),
            Stroke(((left, top + 26), (right, top + 26)), Ink.LINE, 0.5, part="rule"),
            Stroke(((left, bottom - 12), (right, bottom - 12)), Ink.LINE, 0.5, part="rule"),
            Words(
                (left, bottom), fitted(self._heading.foot, foot_room, _SMALL), _SMALL, Ink.DIM, part="footer"
            ),
            Words((right, bottom), said, _SMALL, Ink.DIM, Anchor.END, part="number"),
        ]


def _put_chart(paper: _Paper, figure: Figure, style: Style) -> None:
    """Put a chart on the sheet; its own margins reach into those of the paper, so that titles line up."""
    width = paper.body.width + 2 * MARGIN
    share = _TWO_CHARTS if isinstance(figure, Compared) else _CHART
    height = min(width * share, paper.body.height)
    if paper.room < min(height, _LEAST_CHART) + _BETWEEN and not paper.is_fresh:
        paper.begin()
    height = min(height, paper.room + MARGIN)
    drawn = drawing(figure, width, height, style)
    kept = [mark for mark in drawn.marks if mark.part != "paper"]
    used = drawn.plot.bottom if isinstance(figure, GroupDiagram) else height - MARGIN
    left, down = paper.body.left - MARGIN, paper.down - MARGIN
    paper.put([scaled(mark, 1.0, left, down) for mark in kept], used - MARGIN + _BETWEEN)


def _put_table(paper: _Paper, table: Table, style: Style) -> None:
    grid = _measured(table, paper.body.width, style)
    first = grid.lines[0].height if grid.lines else 0.0
    if paper.room < _titled(table) + (grid.heads.height + first) * grid.scale and not paper.is_fresh:
        paper.begin()
    _put_title(paper, table, is_again=False)
    if not grid.lines:
        _put_sentence(paper, table.empty or "There is nothing to show.")
        return
    _put_line(paper, grid, grid.heads, is_head=True)
    for line in grid.lines:
        if paper.room < line.height * grid.scale and not paper.is_fresh:
            paper.begin()
            _put_title(paper, table, is_again=True)
            _put_line(paper, grid, grid.heads, is_head=True)
        _put_line(paper, grid, line)
    left_out = len(table.rows) - MOST_LINES
    if left_out > 0:
        sentence = f"{left_out:,} more lines are not printed; export the table as CSV to have all of them."
        _put_sentence(paper, sentence)
    paper.down += _BETWEEN


def _titled(table: Table) -> float:
    return _HEAD + 6 + (_SMALL + 6 if table.subtitle else 0)


def _put_title(paper: _Paper, table: Table, is_again: bool) -> None:
    title = f"{table.title} (continued)" if is_again else table.title
    room, down = paper.body.width, paper.down + _HEAD * 0.8
    marks: list[Mark] = [
        Words((paper.body.left, down), fitted(title, room, _HEAD, True), _HEAD, is_strong=True)
    ]
    if table.subtitle:
        text = fitted(table.subtitle, room, _SMALL)
        marks.append(Words((paper.body.left, down + _SMALL + 5), text, _SMALL, Ink.DIM))
    paper.put(marks, _titled(table))


def _put_sentence(paper: _Paper, text: str) -> None:
    lines = wrapped(text, paper.body.width, _CELL, most=_TALLEST_CELL)
    for line in lines:
        place = (paper.body.left, paper.down + _CELL)
        paper.put([Words(place, line, _CELL, Ink.DIM)], _CELL * _LEADING)
    paper.down += _BETWEEN


def _put_line(paper: _Paper, grid: _Grid, line: _Line, is_head: bool = False) -> None:
    """Put one line of a table on the sheet; numbers stand at the right of their column."""
    marks: list[Mark] = []
    whole = sum(grid.widths)
    if is_head:
        marks.append(box_area(Box(0, 0, whole, line.height), Ink.GRID, part="head", pale=0.55))
    elif line.is_total:
        marks.append(Stroke(((0, 0), (whole, 0)), Ink.DIM, 0.75, part="rule"))
    else:
        marks.append(Stroke(((0, line.height), (whole, line.height)), Ink.GRID, 0.4, part="rule"))
    left = 0.0
    for column, width, texts in zip(grid.table.columns, grid.widths, line.cells, strict=True):
        is_number = _is_number(column)
        across = left + (width - _PADDING if is_number else _PADDING)
        anchor = Anchor.END if is_number else Anchor.START
        ink = Ink.DIM if is_head else Ink.TEXT
        for number, text in enumerate(texts):
            down = _ROW_AIR + _CELL * 0.85 + number * _CELL * _LEADING
            if text:
                part = "head" if is_head else "cell"
                marks.append(Words((across, down), text, _CELL, ink, anchor, line.is_total, part=part))
        left += width
    for number, text in enumerate(line.under, 1):
        down = line.height - _ROW_AIR + 1 - (len(line.under) - number) * _UNDER * _LEADING
        marks.append(Words((_PADDING, down), text, _UNDER, Ink.DIM, part="cell"))
    placed = [scaled(mark, grid.scale, paper.body.left, paper.down) for mark in marks]
    paper.put(placed, line.height * grid.scale)


def _measured(table: Table, room: float, style: Style) -> _Grid:
    widths = _widths(table, style)
    prose: tuple[int, ...] = ()
    if sum(widths) > room:
        table = _without_empty(table)
        widths = _widths(table, style)
    if sum(widths) > room:
        prose = _under(table, widths, {*_prose(table, style), *_rare(table)}, room)
    beside = [place for place in range(len(table.columns)) if place not in prose]
    side_by_side = _of_columns(table, beside) if prose else table
    widths = [widths[place] for place in beside]
    if sum(widths) > room:
        widths = _narrowed(side_by_side, widths, max(sum(widths) - room / _COMPACT, 0.0))
    elif sum(widths) < room:
        widths = _widened(side_by_side, widths, room - sum(widths), style)
    scale = min(1.0, max(room / max(sum(widths), 1.0), _SMALLEST))
    if sum(widths) * scale > room:  # squeezed as far as it goes: the texts are cut instead
        part = room / scale / sum(widths)
        widths = [width * part for width in widths]
    heads = _line(side_by_side, [column.title for column in side_by_side.columns], widths)
    rows = [*islice(table.rows, MOST_LINES), *(() if table.total is None else (table.total,))]
    lines = []
    for row in rows:
        texts = _texts(table, row, style)
        said = "  ·  ".join(
            f"{table.columns[place].title}: {texts[place]}" for place in prose if texts[place]
        )
        under = wrapped(said, room / scale - 2 * _PADDING, _UNDER, most=_TALLEST_CELL)
        line = _line(side_by_side, [texts[place] for place in beside], widths)
        lines.append(
            replace(
                line,
                height=line.height + len(under) * _UNDER * _LEADING,
                is_total=row is table.total or row.is_total,
                under=tuple(under),
            )
        )
    return _Grid(side_by_side, tuple(widths), scale, heads, tuple(lines))


def _prose(table: Table, style: Style) -> tuple[int, ...]:
    """Return the columns of long texts, which stand under a line where a table is too wide."""
    whole = _widths(table, style, widest=10 * _WIDEST)
    return tuple(
        place
        for place, column in enumerate(table.columns)
        if column.kind is Kind.TEXT and column.choices is None and whole[place] > _PROSE and place
    )


def _rare(table: Table) -> tuple[int, ...]:
    """Return the columns of words in which few lines say anything: what they say stands under these lines."""
    rows = list(islice(table.rows, _MEASURED))
    return tuple(
        place
        for place, column in enumerate(table.columns)
        if place
        and not _is_number(column)
        and sum(row.cells[place] is not None for row in rows) * _RARELY <= len(rows)
    )


def _under(table: Table, widths: list[float], prose: set[int], room: float) -> tuple[int, ...]:
    """Return the columns that stand under a line: long texts, and the last where figures would be cut."""
    beside = [place for place in range(len(widths)) if place not in prose]
    least = _narrowed(table, widths, sum(widths))
    while sum(least[place] for place in beside) * _READABLE > room and len(beside) > _LEAST_BESIDE:
        beside.pop()
    return tuple(place for place in range(len(widths)) if place not in beside)


def _of_columns(table: Table, places: Sequence[int]) -> Table:
    """Return a table of some of its columns, of the lines that are printed."""

    def cut(row: Row) -> Row:
        return replace(row, cells=tuple(row.cells[place] for place in places))

    return replace(
        table,
        columns=tuple(table.columns[place] for place in places),
        rows=tuple(cut(row) for row in table.rows[:MOST_LINES]),
        total=None if table.total is None else cut(table.total),
    )


def _without_empty(table: Table) -> Table:
    """Return a table without the columns in which no line that is printed says anything."""
    rows = list(islice(table.rows, MOST_LINES))
    kept = [
        place
        for place, column in enumerate(table.columns)
        if any(row.cells[place] is not None and column.text(row.cells[place], PLAIN) for row in rows)
    ]
    if not kept or len(kept) == len(table.columns):
        return table
    return _of_columns(table, kept)


def _widened(table: Table, widths: list[float], room: float, style: Style) -> list[float]:
    """Give the room that is left to the columns of text whose texts would else go on in another line."""
    wanted = [
        max(whole - width, 0.0)
        for whole, width in zip(_widths(table, style, widest=room + _WIDEST), widths, strict=True)
    ]
    part = min(1.0, room / sum(wanted)) if sum(wanted) else 0.0
    return [width + each * part for width, each in zip(widths, wanted, strict=True)]


def _line(table: Table, texts: Sequence[str], widths: Sequence[float]) -> _Line:
    cells: list[tuple[str, ...]] = []
    for column, text, width in zip(table.columns, texts, widths, strict=True):
        room = width - 2 * _PADDING + _SLACK
        if not text or text_width(text, _CELL) <= room:
            cells.append((text,) if text else ())
        elif _is_number(column) and text not in (column.title,):
            cells.append((fitted(text, room, _CELL),))
        else:
            cells.append(tuple(wrapped(text, room, _CELL, most=_TALLEST_CELL)))
    most = max((len(cell) for cell in cells), default=1)
    return _Line(tuple(cells), max(most, 1) * _CELL * _LEADING + 2 * _ROW_AIR - 1)


def _texts(table: Table, row: Row, style: Style) -> list[str]:
    return [
        "" if value is None else " ".join(column.text(value, style).split())
        for column, value in zip(table.columns, row.cells, strict=True)
    ]


def _needed(table: Table, style: Style) -> float:
    """Return the width a table needs when its texts go on in further lines as far as is reasonable."""
    table = _without_empty(table)
    prose = _prose(table, style)
    widths = [0.0 if place in prose else width for place, width in enumerate(_widths(table, style))]
    return sum(
        width if _is_number(column) or column.kind is Kind.DATE else min(width, _WIDEST / 2)
        for column, width in zip(table.columns, widths, strict=True)
    )


def _widths(table: Table, style: Style, widest: float = _WIDEST) -> list[float]:
    rows = [_texts(table, row, style) for row in islice(table.rows, _MEASURED)]
    if table.total is not None:
        rows.append(_texts(table, table.total, style))
    found = []
    for place, column in enumerate(table.columns):
        texts = [text_width(row[place], _CELL, True) for row in rows]
        needed = max([*texts, 0.0]) if _is_number(column) else min(max([*texts, 0.0]), widest)
        words = max((text_width(word, _CELL) for word in column.title.split()), default=0.0)
        head = min(text_width(column.title, _CELL), max(words, needed, _PLAIN_HEAD))
        found.append(max(needed, head) + 2 * _PADDING)
    return found


def _longest_word(table: Table, place: int) -> float:
    """Return the room of the longest word of a column of text; of very long ones a part of it."""
    column = table.columns[place]
    texts = (column.text(row.cells[place], PLAIN) for row in islice(table.rows, _MEASURED))
    words = {word for text in texts for word in text.split()}
    return min(max((text_width(word, _CELL) for word in words), default=0.0), _WORD) + 2 * _PADDING


def _narrowest(table: Table, place: int, width: float) -> float:
    """Return how narrow a column of a width can be: days stay whole, and so do figures and their heads."""
    column = table.columns[place]
    if column.kind is Kind.DATE:
        return width
    if not _is_number(column):
        return max(_NARROWEST, _longest_word(table, place))
    rows = [*islice(table.rows, _MEASURED), *(() if table.total is None else (table.total,))]
    figures = ("" if row.cells[place] is None else column.text(row.cells[place], PLAIN) for row in rows)
    kept = [*figures, *column.title.split()]
    return max((text_width(text, _CELL, True) for text in kept), default=0.0) + 2 * _PADDING


def _narrowed(table: Table, widths: list[float], excess: float) -> list[float]:
    """Take what is too much from the columns, each by what it has beyond its longest word or figure."""
    spare = [max(width - _narrowest(table, place, width), 0.0) for place, width in enumerate(widths)]
    part = min(1.0, excess / sum(spare)) if sum(spare) else 0.0
    return [width - each * part for width, each in zip(widths, spare, strict=True)]


def _is_number(column: Column) -> bool:
    return column.choices is None and column.kind in NUMBERS
