"""Ownership over time as a drawing: bands cut to the plot, real days, events by number, names beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from neocapgui.figures.charts.axes import Tick, day_ticks, figure_ticks
from neocapgui.figures.charts.marks import (
    Anchor,
    Area,
    Box,
    Ink,
    Mark,
    Point,
    Stroke,
    Words,
    apart,
    fitted,
    shortened,
    text_width,
)
from neocapgui.figures.charts.sheet import (
    LABEL,
    SMALL,
    Entry,
    day_axis,
    figure_axis,
    fitting,
    ground,
    legend,
    legend_height,
    striped,
)
from neocapgui.figures.charts.stacked import Chart, Unit
from neocapgui.figures.kinds import Style, day_text

Floats = NDArray[np.float64]
_DAY_ROOM, _FIGURE_ROOM = 62.0, 30.0  # points that a tick needs
_FINEST = 0.2  # points: of several steps within it only the last is drawn
_NAMES_FROM = 430.0  # points of width from which names stand beside the plot
_NAMES_SHARE = 0.36  # of the width, at most
_LABEL_LINE = LABEL + 3.0
_EVENT_LINE = SMALL + 4.0
_EVENTS_FROM, _EVENT_SHARE, _MOST_EVENTS = 300.0, 0.2, 10  # of the height
_COLUMN = 330.0  # points that an event in words needs
_BADGE = 6.5  # letters of an event's number
_LEGEND_SHARE = 0.3  # of the height, at most
_ABOVE_AND_BELOW = 42.0  # points of height that unit and days need
_LEAST_PLOT = 140.0  # points of height that come before a second line of a legend
_STRIPED = (2.5, 1.5)  # dashes of the line that leads to a band with stripes
_MOVES = 1e-9  # of the company: what moved less is not told


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """A chart with the places of its steps."""

    chart: Chart
    plot: Box
    top: float  # the highest figure
    at: NDArray[np.int64]  # the positions of the steps that are drawn
    left: Floats
    right: Floats
    edges: Floats  # steps x (bands + 1), downwards

    def across(self, day: int) -> float:
        """Return where a day stands."""
        first, last = self.chart.first.toordinal(), self.chart.until.toordinal()
        part = (day - first) / max(last - first, 1)
        return self.plot.left + self.plot.width * min(max(part, 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Margins:
    """What stands at the sides of a plot, in points."""

    scale: float  # left: the figures of the axis
    names: float  # right: the names of the bands, with their figures

    def wide_enough_for(self, other: Margins) -> Margins:
        """Return margins in which either has room."""
        return Margins(max(self.scale, other.scale), max(self.names, other.names))


def margins_of(chart: Chart, body: Box, style: Style) -> Margins:
    """Return the margins that a chart needs in a room."""
    ticks = _figure_ticks(chart, body, style)
    widths = [text_width(_said(chart, band, style), LABEL) for band in _beside_the_plot(chart, body)]
    names = min(max(widths) + 36, body.width * _NAMES_SHARE) if widths else 8.0
    return Margins(max(text_width(f"{tick.text} %", LABEL) for tick in ticks) + 6, names)


def drawn_bands(
    chart: Chart, body: Box, style: Style, margins: Margins | None = None
) -> tuple[list[Mark], Box]:
    """Return the marks of a chart of stacked bands in a room, and its plot.

    Without `margins` it has those it needs; charts one above the other have the same.
    """
    edges, top = chart.edges(), chart.top()
    events = _events(chart, body)
    columns = max(1, int(body.width / _COLUMN))
    event_room = _EVENT_LINE * -(-len(events) // columns) + 6 if events else 0.0
    beside = _beside_the_plot(chart, body)
    sides = margins or margins_of(chart, body, style)
    gone = [band for band in range(len(chart.bands)) if band not in beside]
    entries = [
        Entry(chart.bands[band].name, chart.bands[band].tone, _figure(chart, band, style)) for band in gone
    ]
    entries = fitting(
        entries, body.width, min(body.height * _LEGEND_SHARE, max(body.height - _LEAST_PLOT, 0.0))
    )
    below = legend_height(entries, body.width)
    ticks = _figure_ticks(chart, body, style)
    plot = body.cut(
        sides.scale,
        LABEL + (15 if events else 8),
        sides.names,
        LABEL + 16 + below + event_room + (6 if below else 0),
    )
    layout = _layout(chart, edges, top, plot)
    sign = " %" if chart.unit is Unit.PERCENT else ""
    places = [
        (plot.bottom - plot.height * tick.at / top, tick.text + sign * (tick.at == 100)) for tick in ticks
    ]
    said = _day_of_figures(chart, body, beside, style)
    marks: list[Mark] = [
        ground(plot),
        *figure_axis(plot, places),
        Words(
            (body.left, body.top + LABEL),
            fitted(chart.axis, body.width - said.width - 12, LABEL),
            LABEL,
            Ink.DIM,
            part="axis",
        ),
        said,
        *_areas(layout),
        *_event_lines(layout, events),
        *_as_of(layout, style),
        *day_axis(plot, _days(layout, style)),
        *_beside(layout, beside, sides.names, style),
    ]
    down = plot.bottom + LABEL + 16
    marks += legend(entries, body.left, down, body.width)
    marks += _told(
        chart, events, Box(body.left, down + below + (6 if below else 0), body.width, event_room), style
    )
    return marks, plot


def _day_of_figures(chart: Chart, body: Box, beside: list[int], style: Style) -> Words:
    """Return the head of the figures beside the plot: their day, in the colour of its line."""
    has_figures = any(_figure(chart, band, style) for band in beside)
    day = day_text(chart.as_of, style) if has_figures else ""
    place = (body.right, body.top + LABEL)
    return Words(place, day, LABEL, Ink.ACCENT, Anchor.END, is_strong=True, part="day")


def _figure_ticks(chart: Chart, body: Box, style: Style) -> tuple[Tick, ...]:
    return figure_ticks(int(chart.top()), max(3, int(body.height / _FIGURE_ROOM)), style)


def _beside_the_plot(chart: Chart, body: Box) -> list[int]:
    """Return the bands whose names stand beside the plot, from the top down: the largest that have room."""
    if body.width < _NAMES_FROM:
        return []
    named = _labels(chart)
    most = max(int((body.height - _ABOVE_AND_BELOW) / _LABEL_LINE), 1)
    ranked = sorted(named, key=lambda band: -_largest(chart, band))
    return [band for band in named if band in ranked[:most]]


def _largest(chart: Chart, band: int) -> Fraction:
    """Return the larger part of a band: that of the last day, or of the day that is looked at."""
    last, looked_at = len(chart.days) - 1, chart.course.position(chart.as_of)
    return max(
        chart.course.stake(position, band) for position in {last, last if looked_at is None else looked_at}
    )


def _layout(chart: Chart, edges: Floats, top: float, plot: Box) -> _Layout:
    first = chart.first.toordinal()
    last = max(chart.until.toordinal(), first + 1)
    starts = np.array([day.toordinal() for day in chart.days], np.float64)
    left = plot.left + plot.width * np.minimum((starts - first) / (last - first), 1.0)
    cells = np.floor((left - plot.left) / _FINEST)
    at = np.flatnonzero(np.append(cells[1:] != cells[:-1], True))
    begins = left[:1].copy()
    left = left[at]
    left[:1] = begins
    right = np.append(left[1:], plot.right)
    downwards = plot.bottom - plot.height * np.clip(edges[at] / top, 0.0, 1.0)
    return _Layout(chart, plot, top, at.astype(np.int64), left, right, downwards)


def _areas(layout: _Layout) -> Iterator[Mark]:
    """Return each band as the polygons in which it has any height, with thin lines between the bands."""
    for number, band in enumerate(layout.chart.bands):
        lower, upper = layout.edges[:, number], layout.edges[:, number + 1]
        for part in _runs(lower - upper > 1e-9):
            yield Area(_outline(layout, number, part), band.tone, band.name, "band")
        yield from striped(band.tone, layout.left, layout.right, upper, lower)
    for number in range(1, len(layout.chart.bands)):
        for part in _runs(_shows_line(layout.edges, number)):
            yield Stroke(tuple(_along(layout, number, part)), Ink.PANEL, 0.5, part="between")


def _shows_line(edges: Floats, number: int) -> NDArray[np.bool_]:
    """Whether a line between two bands hides neither of them."""
    heights = edges[:, :-1] - edges[:, 1:]
    shown: NDArray[np.bool_] = (heights[:, :number].max(axis=1) > 1.5) & (heights[:, number] > 1.5)
    return shown


def _runs(chosen: NDArray[np.bool_]) -> list[slice]:
    turns = np.flatnonzero(np.diff(np.concatenate([[False], chosen, [False]]).astype(np.int8)))
    return [slice(start, stop) for start, stop in turns.reshape(-1, 2).tolist()]


def _along(layout: _Layout, edge: int, part: slice) -> list[Point]:
    """Return the corners along an edge; steps of one height are one line."""
    points: list[Point] = []
    for left, right, down in zip(
        layout.left[part].tolist(),
        layout.right[part].tolist(),
        layout.edges[part, edge].tolist(),
        strict=True,
    ):
        if points and points[-1][1] == down:
            points[-1] = (right, down)
        else:
            points += [(left, down), (right, down)]
    return points


def _outline(layout: _Layout, band: int, part: slice) -> tuple[Point, ...]:
    return (*_along(layout, band, part), *reversed(_along(layout, band + 1, part)))


def _events(chart: Chart, body: Box) -> list[int]:
    """Return the positions of the days that are told in words: those that moved most, as they happened."""
    if body.height < _EVENTS_FROM:
        return []
    columns = max(1, int(body.width / _COLUMN))
    most = min(int(body.height * _EVENT_SHARE / _EVENT_LINE) * columns, _MOST_EVENTS)
    units = chart.course.units  # may be longer than any float, and of both signs
    whole = np.maximum(np.abs(chart.course.totals), np.abs(units).max(axis=1, initial=0))
    parts = (units / np.where(whole == 0, 1, whole)[:, None]).astype(float)
    moved = np.abs(np.diff(parts, axis=0)).sum(axis=1)
    ranked = np.argsort(-moved, kind="stable")[:most]
    return sorted(int(place) + 1 for place in ranked if moved[place] > _MOVES)


def _event_lines(layout: _Layout, events: list[int]) -> Iterator[Mark]:
    plot, chart = layout.plot, layout.chart
    for mark in chart.marks:
        across = layout.across(mark.day.toordinal())
        yield Stroke(((across, plot.top), (across, plot.bottom)), Ink.LINE, 0.5, (1.0, 2.5), part="event")
    wanted = [layout.across(chart.days[position].toordinal()) for position in events]
    places = apart(wanted, _BADGE * 1.5, plot.left, plot.right)
    for number, (across, place) in enumerate(zip(wanted, places, strict=True), 1):
        yield Stroke(((across, plot.top), (across, plot.bottom)), Ink.TEXT, 0.5, (1.5, 2.0), part="event")
        yield Words((place, plot.top - 3), str(number), _BADGE, Ink.DIM, Anchor.MIDDLE, part="badge")


def _told(chart: Chart, events: list[int], room: Box, style: Style) -> Iterator[Mark]:
    columns = max(1, int(room.width / _COLUMN))
    rows = -(-len(events) // columns) if events else 0
    wide = room.width / columns
    for number, position in enumerate(events):
        column, row = divmod(number, rows)
        left, down = room.left + column * wide, room.top + (row + 1) * _EVENT_LINE - 3
        day = day_text(chart.days[position], style)
        yield Words((left + 12, down), str(number + 1), SMALL, Ink.DIM, Anchor.END, part="told")
        yield Words((left + 18, down), day, SMALL, Ink.TEXT, part="told")
        said = fitted(chart.event(position), wide - 90, SMALL)
        yield Words((left + 78, down), said, SMALL, Ink.DIM, part="told")


def _as_of(layout: _Layout, style: Style) -> Iterator[Mark]:
    """Return the line of the day that is looked at, where it lies in the chart."""
    chart, plot = layout.chart, layout.plot
    day = chart.as_of.toordinal()
    if not chart.first.toordinal() <= day <= chart.until.toordinal():
        return
    across = layout.across(day)
    yield Stroke(((across, plot.top), (across, plot.bottom)), Ink.PANEL, 2.5, part="halo")
    yield Stroke(((across, plot.top), (across, plot.bottom)), Ink.ACCENT, 1.25, part="as_of")


def _days(layout: _Layout, style: Style) -> list[tuple[float, str]]:
    chart = layout.chart
    most = max(2, int(layout.plot.width / _DAY_ROOM))
    ticks = day_ticks(chart.first, chart.until, most, style)
    return [(layout.across(tick.at), tick.text) for tick in ticks]


def _labels(chart: Chart) -> list[int]:
    """Return the bands that reach the right edge, from the top down."""
    last = len(chart.days) - 1
    return [band for band in reversed(range(len(chart.bands))) if chart.course.units[last, band] > 0]


def _said(chart: Chart, band: int, style: Style) -> str:
    return f"{chart.bands[band].name}  {_figure(chart, band, style)}".rstrip()


def _figure(chart: Chart, band: int, style: Style) -> str:
    """Return what a band measures on the day that is looked at."""
    position = chart.course.position(chart.as_of)
    if position is None:
        return ""
    figure = chart.figures(position, style)[band]
    return f"{figure} %" if figure and chart.unit is Unit.PERCENT else figure


def _beside(layout: _Layout, beside: list[int], room: float, style: Style) -> Iterator[Mark]:
    """Return the names beside the plot, each led to its band: told apart by place, not by colour alone."""
    plot, chart = layout.plot, layout.chart
    middles = [float(layout.edges[-1, band] + layout.edges[-1, band + 1]) / 2 for band in beside]
    places = apart(middles, _LABEL_LINE, plot.top + LABEL * 0.3, plot.bottom - LABEL * 0.3)
    left = plot.right + 16
    for band, middle, place in zip(beside, middles, places, strict=True):
        bend = (
            (plot.right + 1, middle),
            (plot.right + 4, middle),
            (plot.right + 10, place),
            (left - 3, place),
        )
        tone = chart.bands[band].tone
        yield Stroke(bend, tone, 1.5, _STRIPED if tone.stripes else (), part="leader")
        figure = _figure(chart, band, style)
        taken = text_width(f"  {figure}", LABEL, True) if figure else 0.0
        name = shortened(chart.bands[band].name, room - 18 - taken, LABEL)
        down = place + LABEL * 0.35
        yield Words((left, down), name, LABEL, part="name")
        if figure:
            yield Words(
                (plot.right + room, down), figure, LABEL, Ink.TEXT, Anchor.END, is_strong=True, part="figure"
            )
