"""A bridge as a drawing: columns that stand where the one before ended, each with its figure and its day."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from neocapgui.figures.charts.bridge import BridgeChart, BridgeColumn
from neocapgui.figures.charts.marks import Anchor, Box, Ink, Mark, Stroke, Words, box_area, fitted, text_width
from neocapgui.figures.charts.palette import GREY
from neocapgui.figures.charts.sheet import LABEL, SMALL, Entry, figure_axis, ground, legend, legend_height
from neocapgui.figures.kinds import Style, grouped, percent
from neocapgui.figures.sentences import sentence

_THIN = 0.75  # points: the height of a column of nothing
_FIGURE_ROOM = 30.0  # points that a tick needs
_AIR, _FOOT = Fraction(1, 8), Fraction(1, 8)  # of the span, above and below the columns
_FILLED = 0.62  # of a column's room
_LINE = SMALL + 2.5  # of words under a column
_MOST_LINES, _FEW_LINES, _WORDS_SHARE = 6, 3, 0.25  # of words, and of the height
_TOLD_FROM = 62.0  # points of a column's room from which all is told
_DAY_ALONE = 40.0  # points of a column's room up to which only the day stands under it
_SMALL, _MOST_PLACES = Fraction(1, 20_000), 12  # what percent of two decimals shows; and decimals at most
_STEPS = (1, 2, 5)
_RISE, _FALL = 0.45, GREY  # a paler tone of the holder, and the grey


def drawn_bridge(chart: BridgeChart, body: Box, style: Style) -> tuple[list[Mark], Box]:
    """Return the marks of a bridge in a room, and its plot."""
    low, high = span_of(chart)
    ticks = percent_ticks(low, high, max(2, int(body.height / _FIGURE_ROOM)), style)
    left = max((text_width(text, LABEL) for _, text in ticks), default=0.0) + 8
    entries = legend_of(chart)
    below = legend_height(entries, body.width)
    wide = (body.width - left - 4) / len(chart.columns)
    most = min(max(int(body.height * _WORDS_SHARE / _LINE), _FEW_LINES), _MOST_LINES)
    words = [_words_below(column, wide - 4, most, style) for column in chart.columns]
    lines = max(map(len, words))
    plot = body.cut(left, LABEL + 8, 4, lines * _LINE + 10 + below + 4)

    def down(stake: Fraction) -> float:
        return plot.bottom - plot.height * float((stake - low) / (high - low))

    marks: list[Mark] = [
        ground(plot),
        *figure_axis(plot, [(down(stake), text) for stake, text in ticks]),
        Words((body.left, body.top + LABEL), _axis(chart, low, body, style), LABEL, Ink.DIM, part="axis"),
    ]
    room = plot.width / len(chart.columns)
    stake = low
    for place, column in enumerate(chart.columns):
        cell = Box(plot.left + place * room, plot.top, room, plot.height)
        begin, end = (
            (low, column.stake) if column.is_whole else (column.stake - column.contribution, column.stake)
        )
        marks += _column(chart, column, cell, down(begin), down(end), style)
        if place:
            level = down(stake)
            marks.append(_link(cell, room, level))
        stake = column.stake
        marks += _below(words[place], cell)
    marks.append(Stroke(((plot.left, plot.bottom), (plot.right, plot.bottom)), Ink.LINE, 0.75, part="axis"))
    marks += legend(entries, body.left, body.bottom - below, body.width)
    return marks, plot


def legend_of(chart: BridgeChart) -> list[Entry]:
    """Return what the colours of the columns stand for, of those that occur."""
    moves = [column.contribution for column in chart.columns if not column.is_whole]
    entries = [Entry("Stake", chart.tone)]
    if any(move > 0 for move in moves):
        entries.append(Entry("rises by (+)", chart.tone, pale=_RISE))
    if any(move < 0 for move in moves):
        entries.append(Entry("falls by (-)", _FALL))
    return entries


def _axis(chart: BridgeChart, low: Fraction, body: Box, style: Style) -> str:
    note = f"; the axis begins at {grouped(low * 100, style, 0, 2)} %" if low else ""
    return fitted(f"{chart.axis}{note}", body.width, LABEL)


def span_of(chart: BridgeChart) -> tuple[Fraction, Fraction]:
    """Return the ends of the axis: from nothing, or from near the lowest stake where all are high."""
    stakes = [column.stake for column in chart.columns]
    lowest, highest = min(stakes), max(stakes)
    span = highest - lowest or Fraction(1, 100)
    low = Fraction(0)
    if lowest > 0 and span < highest * Fraction(35, 100):
        low = max(Fraction(floor((lowest - span * _FOOT * 4) * 20), 20), Fraction(0))
    elif lowest < 0:
        low = lowest - span * _FOOT
    return low, highest + (highest - low) * _AIR


def percent_ticks(low: Fraction, high: Fraction, most: int, style: Style) -> list[tuple[Fraction, str]]:
    """Return at most `most` round percentages between two stakes.

    >>> from neocapgui.figures.kinds import PLAIN
    >>> [text for _, text in percent_ticks(Fraction(0), Fraction(1), 5, PLAIN)]
    ['0 %', '50 %', '100 %']
    """
    power = Fraction(1, 10**12)
    while True:
        for step in _STEPS:
            width = power * step
            numbers = range(ceil(low / width), floor(high / width) + 1)
            if len(numbers) <= max(most, 1):
                return [
                    (width * number, f"{grouped(width * number * 100, style, 0, 12)} %") for number in numbers
                ]
        power *= 10


def _column(
    chart: BridgeChart, column: BridgeColumn, cell: Box, begin: float, end: float, style: Style
) -> Iterator[Mark]:
    wide = cell.width * _FILLED
    upper, lower = min(begin, end, cell.bottom - _THIN), max(begin, end)
    box = Box(cell.left + (cell.width - wide) / 2, upper, wide, max(lower - upper, _THIN))
    fill = chart.tone if column.is_whole or column.contribution > 0 else _FALL
    pale = _RISE if not column.is_whole and column.contribution > 0 else 0.0
    told = sentence(" ".join(filter(None, (column.day, column.said))), style)
    says = f"{told} {_figure(column, style)}"
    yield box_area(box, fill, says, "band", pale)
    text = _figure(column, style)
    size = LABEL if text_width(text, LABEL, True) <= cell.width - 2 else SMALL
    if text_width(text, size, True) <= cell.width:
        middle = cell.left + cell.width / 2
        place = (middle, upper - 4)
        yield Words(place, text, size, anchor=Anchor.MIDDLE, is_strong=True, part="figure")


def _figure(column: BridgeColumn, style: Style) -> str:
    """Return what is written on a column; what two decimals would show as nothing has as many as it needs."""
    value = abs(column.stake if column.is_whole else column.contribution)
    if not value or value >= _SMALL:
        return column.figure(style)
    places = next((most for most in range(3, _MOST_PLACES) if value * 10 ** (most + 1) >= 1), _MOST_PLACES)
    text = percent(value, style, places)
    return f"{text} %" if column.is_whole else f"{'+' if column.contribution > 0 else '-'}{text}"


def _link(cell: Box, room: float, level: float) -> Stroke:
    """Return the thin line from where the column before ended to this one."""
    margin = room * (1 - _FILLED) / 2
    return Stroke(((cell.left - margin, level), (cell.left + margin, level)), Ink.DIM, 0.5, part="link")


def _words_below(column: BridgeColumn, room: float, most: int, style: Style) -> list[tuple[str, Ink]]:
    """Return what stands under a column: its day, and what happened, on short lines."""
    said = column.said if room >= _TOLD_FROM or column.is_whole or not column.day else column.name
    first, said = (sentence(text, style) for text in (column.day or column.name, said))
    if room < _DAY_ALONE:  # nobody could read more than a word of the rest
        return [(line, Ink.TEXT) for line in _wrapped(first, room, 3)]
    lines = [(line, Ink.TEXT) for line in _wrapped(first, room, 2)]
    return lines + [(line, Ink.DIM) for line in _wrapped(said, room, most - len(lines))]


def _below(words: list[tuple[str, Ink]], cell: Box) -> Iterator[Mark]:
    middle = cell.left + cell.width / 2
    for number, (text, ink) in enumerate(words):
        place = (middle, cell.bottom + (number + 1) * _LINE + 1)
        yield Words(place, text, SMALL, ink, Anchor.MIDDLE, part="told")


def _wrapped(text: str, room: float, most: int) -> list[str]:
    lines: list[str] = []
    words = text.split()
    for place, word in enumerate(words):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, SMALL) <= room:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = " ".join([lines[-1], *words[place:]])
            break
    return [fitted(line, room, SMALL) for line in lines]
