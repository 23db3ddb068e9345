"""The sheet a chart is drawn on: its title, what it is of, its legend, its axes, and the line at its foot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from neocapgui.figures.charts.marks import (
    Anchor,
    Area,
    Box,
    Ink,
    Mark,
    Stroke,
    Words,
    box_area,
    fitted,
    shortened,
    text_width,
)
from neocapgui.figures.charts.palette import Tone
from neocapgui.figures.charts.stripes import stripes

TITLE, DIM_LINE, LABEL, SMALL = 15.0, 9.5, 8.5, 7.5  # sizes of letters, in points
MARGIN = 22.0
_LEAST = (160.0, 120.0)  # points: below it nothing can be read
_SWATCH, _GAP, _BETWEEN = 8.0, 5.0, 16.0
_LINE = 13.0  # of a legend
_AXIS_GAP = 5.0
STRIPES_APART, _STRIPE = 5.0, 0.6  # points along the axis, and of width


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a legend."""

    name: str
    fill: Tone | Ink
    figure: str = ""
    pale: float = 0.0
    is_line: bool = False
    dash: tuple[float, ...] = ()


def sheet(title: str, dim_line: str, width: float, height: float, footer: str = "") -> tuple[list[Mark], Box]:
    """Return ground, title, dim line and footer of a sheet, and the room between them.

    Sizes are in points; a sheet is never smaller than can be read.
    """
    page = Box(0, 0, *sheet_size(width, height))
    room = page.width - 2 * MARGIN
    top = MARGIN + TITLE * 0.75
    marks: list[Mark] = [
        box_area(page, Ink.PANEL, part="paper"),
        Words((MARGIN, top), fitted(title, room, TITLE, True), TITLE, is_strong=True, part="title"),
    ]
    for line in _lines(dim_line, room):
        top += DIM_LINE + 5
        marks.append(Words((MARGIN, top), line, DIM_LINE, Ink.DIM, part="subtitle"))
    bottom = page.bottom - MARGIN
    if footer:
        marks.append(_rule(page, bottom - SMALL - 3))
        text = fitted(footer, room, SMALL)
        marks.append(Words((MARGIN, bottom), text, SMALL, Ink.DIM, part="footer"))
        bottom -= SMALL + 10
    return marks, Box(MARGIN, top + 10, room, max(bottom - top - 10, 0.0))


def bare_sheet(width: float, height: float) -> tuple[list[Mark], Box]:
    """Return the ground alone, and the room on it: the heading stands elsewhere."""
    page = Box(0, 0, *sheet_size(width, height))
    return [box_area(page, Ink.PANEL, part="paper")], page.cut(2, 2, 2, 2)


def sheet_size(width: float, height: float) -> tuple[float, float]:
    """Return the size that a sheet has when so much is asked for."""
    return max(float(width), _LEAST[0]), max(float(height), _LEAST[1])


def _rule(page: Box, down: float) -> Stroke:
    return Stroke(((MARGIN, down), (page.right - MARGIN, down)), Ink.LINE, 0.5, part="rule")


def _lines(text: str, room: float) -> list[str]:
    """Return the dim line on one line or two, parted where it has a dot in the middle."""
    if not text or text_width(text, DIM_LINE) <= room:
        return [text] if text else []
    parts = text.split("  ·  ")
    for kept in range(len(parts) - 1, 0, -1):
        first = "  ·  ".join(parts[:kept])
        if text_width(first, DIM_LINE) <= room:
            return [first, fitted("  ·  ".join(parts[kept:]), room, DIM_LINE)]
    return [fitted(text, room, DIM_LINE)]


def legend_height(entries: Sequence[Entry], room: float) -> float:
    """Return how high a legend is in a room so wide."""
    return len(_rows(entries, room)) * _LINE


def fitting(entries: Sequence[Entry], room: float, height: float) -> list[Entry]:
    """Return the entries for which there is height, the first ones, and how many more there are."""
    most = max(int(height / _LINE), 1)
    if len(_rows(entries, room)) <= most:
        return list(entries)
    for kept in range(len(entries) - 1, -1, -1):
        rest = Entry(f"and {len(entries) - kept} more", Ink.PANEL)
        if len(_rows([*entries[:kept], rest], room)) <= most:
            return [*entries[:kept], rest]
    return []


def legend(entries: Sequence[Entry], left: float, top: float, room: float) -> list[Mark]:
    """Return a legend: swatch, name and figure side by side, on as many lines as they need."""
    marks: list[Mark] = []
    for number, row in enumerate(_rows(entries, room)):
        across, down = left, top + number * _LINE
        for entry in row:
            marks += _key(entry, across, down)
            text = shortened(_said(entry), room - _SWATCH - _GAP, LABEL)
            marks.append(Words((across + _SWATCH + _GAP, down + LABEL), text, LABEL, part="legend"))
            across += _width(entry)
    return marks


def _key(entry: Entry, across: float, down: float) -> Iterable[Mark]:
    if entry.is_line:
        middle = down + LABEL * 0.65
        points = ((across, middle), (across + _SWATCH, middle))
        return [Stroke(points, entry.fill, 1.75, entry.dash, part="swatch")]
    box = Box(across, down + 1, _SWATCH, _SWATCH)
    marks: list[Mark] = [box_area(box, entry.fill, part="swatch", pale=entry.pale)]
    if isinstance(entry.fill, Tone) and entry.fill.stripes:
        marks += striped(entry.fill, *([edge] for edge in (box.left, box.right, box.top, box.bottom)))
    return marks


def _rows(entries: Sequence[Entry], room: float) -> list[list[Entry]]:
    rows: list[list[Entry]] = []
    taken = 0.0
    for entry in entries:
        width = _width(entry)
        if not rows or taken + width - _BETWEEN > room:
            rows.append([])
            taken = 0.0
        rows[-1].append(entry)
        taken += width
    return rows


def _said(entry: Entry) -> str:
    return f"{entry.name}  {entry.figure}".rstrip()


def _width(entry: Entry) -> float:
    return _SWATCH + _GAP + text_width(_said(entry), LABEL) + _BETWEEN


def figure_axis(
    plot: Box, ticks: Sequence[tuple[float, str]], is_right: bool = False, has_grid: bool = True
) -> list[Mark]:
    """Return the axis of figures at the side of a plot: `ticks` are places (down) and what stands there."""
    edge = plot.right if is_right else plot.left
    away = _AXIS_GAP if is_right else -_AXIS_GAP
    anchor = Anchor.START if is_right else Anchor.END
    marks: list[Mark] = []
    for down, text in ticks:
        if has_grid:
            marks.append(Stroke(((plot.left, down), (plot.right, down)), Ink.GRID, 0.5, part="grid"))
        marks.append(Words((edge + away, down + LABEL * 0.35), text, LABEL, Ink.DIM, anchor, part="tick"))
    return marks


def day_axis(plot: Box, ticks: Sequence[tuple[float, str]]) -> list[Mark]:
    """Return the axis under a plot: `ticks` are places (right) and what stands there; none runs over."""
    marks: list[Mark] = [
        Stroke(((plot.left, plot.bottom), (plot.right, plot.bottom)), Ink.LINE, 0.75, part="axis")
    ]
    for across, text in ticks:
        marks.append(Stroke(((across, plot.bottom), (across, plot.bottom + 3)), Ink.LINE, part="tick"))
        half = text_width(text, LABEL) / 2
        anchor, place = Anchor.MIDDLE, across
        if across - half < MARGIN:
            anchor, place = Anchor.START, max(across, MARGIN) if across < plot.left else across
        elif across + half > plot.right + MARGIN:
            anchor = Anchor.END
        marks.append(Words((place, plot.bottom + 5 + LABEL), text, LABEL, Ink.DIM, anchor, part="tick"))
    return marks


def told(text: str, box: Box) -> list[Mark]:
    """Return a sentence in the room of a chart, on as many lines as it needs: what is said of nothing."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, DIM_LINE) <= box.width:
            lines[-1] = longer
        else:
            lines.append(fitted(word, box.width, DIM_LINE))
    return [
        Words((box.left, box.top + (number + 1) * (DIM_LINE + 4)), line, DIM_LINE, Ink.DIM, part="sentence")
        for number, line in enumerate(lines)
    ]


def striped(
    tone: Tone, left: ArrayLike, right: ArrayLike, upper: ArrayLike, lower: ArrayLike
) -> Iterator[Stroke]:
    """Return the stripes of a tone on steps side by side."""
    for segment in stripes(left, right, upper, lower, tone.stripes, STRIPES_APART):
        yield Stroke(segment, width=_STRIPE, part="stripe", over=tone)


def ground(plot: Box) -> Area:
    """Return the ground of a plot."""
    return box_area(plot, Ink.PANEL, part="ground")
