"""Ownership over time as a drawing: bands cut to the plot, real days, events by number, names beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neocapgui.figures.charts.axes import day_ticks, figure_ticks
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
)
from neocapgui.figures.charts.stacked import Chart, Unit
from neocapgui.figures.kinds import Style, day_text

Floats = NDArray[np.float64]
_DAY_ROOM, _FIGURE_ROOM = 62.0, 30.0  # points that a tick needs
_AIR = 1.03  # above the highest figure
_FINEST = 0.2  # points: of several steps within it only the last is drawn
_NAMES_FROM = 430.0  # points of width from which names stand beside the plot
_NAMES_SHARE = 0.36  # of the width, at most
_LABEL_LINE = LABEL + 3.0
_EVENT_LINE = SMALL + 4.0
_EVENTS_FROM, _EVENT_SHARE, _MOST_EVENTS = 300.0, 0.2, 10  # of the height
_COLUMN = 330.0  # points that an event in words needs
_BADGE = 6.5  # letters of an event's number
_LEGEND_SHARE = 0.3  # of the height, at most
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
        first, last = self.chart.days[0].toordinal(), self.chart.until.toordinal()
        part = (day - first) / max(last - first, 1)
        return self.plot.left + self.plot.width * min(max(part, 0.0), 1.0)


def drawn_bands(chart: Chart, body: Box, style: Style) -> tuple[list[Mark], Box]:
    """Return the marks of a chart of stacked bands in a room, and its plot."""
    edges = chart.edges()
    top = 100.0 if chart.unit is Unit.PERCENT else max(float(edges[:, -1].max()) * _AIR, 1.0)
    events = _events(chart, body)
    columns = max(1, int(body.width / _COLUMN))
    event_room = _EVENT_LINE * -(-len(events) // columns) + 6 if events else 0.0
    beside = _labels(chart) if body.width >= _NAMES_FROM else []
    widths = [text_width(_said(chart, band, style), LABEL) for band in beside]
    labels = min(max(widths, default=0.0) + 36, body.width * _NAMES_SHARE)
    gone = [band for band in range(len(chart.bands)) if band not in beside]
    entries = [
        Entry(chart.bands[band].name, chart.bands[band].tone, _figure(chart, band, style)) for band in gone
    ]
    entries = fitting(entries, body.width, body.height * _LEGEND_SHARE)
    below = legend_height(entries, body.width)
    ticks = figure_ticks(int(top), max(2, int(body.height / _FIGURE_ROOM)), style)
    scale = max(text_width(f"{tick.text} %", LABEL) for tick in ticks) + 6
    plot = body.cut(
        scale,
        LABEL + (15 if events else 8),
        labels if beside else 8,
        LABEL + 16 + below + event_room + (6 if below else 0),
    )
    layout = _layout(chart, edges, top, plot)
    sign = " %" if chart.unit is Unit.PERCENT else ""
    places = [
        (plot.bottom - plot.height * tick.at / top, tick.text + sign * (tick.at == 100)) for tick in ticks
    ]
    marks: list[Mark] = [
        ground(plot),
        *figure_axis(plot, places),
        Words(
            (body.left, body.top + LABEL), fitted(chart.axis, body.width, LABEL), LABEL, Ink.DIM, part="axis"
        ),
        *_areas(layout),
        *_event_lines(layout, events),
        *_as_of(layout, style),
        *day_axis(plot, _days(layout, style)),
        *_beside(layout, beside, labels, style),
    ]
    down = plot.bottom + LABEL + 16
    marks += legend(entries, body.left, down, body.width)
    marks += _told(
        chart, events, Box(body.left, down + below + (6 if below else 0), body.width, event_room), style
    )
    return marks, plot


def _layout(chart: Chart, edges: Floats, top: float, plot: Box) -> _Layout:
    first, last = chart.days[0].toordinal(), max(chart.until.toordinal(), chart.days[0].toordinal() + 1)
    starts = np.array([day.toordinal() for day in chart.days], np.float64)
    left = plot.left + plot.width * np.minimum((starts - first) / (last - first), 1.0)
    cells = np.floor((left - plot.left) / _FINEST)
    at = np.flatnonzero(np.append(cells[1:] != cells[:-1], True))
    left = left[at]
    left[:1] = plot.left
    right = np.append(left[1:], plot.right)
    downwards = plot.bottom - plot.height * np.clip(edges[at] / top, 0.0, 1.0)
    return _Layout(chart, plot, top, at.astype(np.int64), left, right, downwards)


def _areas(layout: _Layout) -> Iterator[Mark]:
    """Return each band as the polygons in which it has any height, with thin lines between the bands."""
    for number, band in enumerate(layout.chart.bands):
        for part in _runs(layout.edges[:, number] - layout.edges[:, number + 1] > 1e-9):
            yield Area(_outline(layout, number, part), band.tone, band.name, "band")
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
    totals = np.where(chart.course.totals == 0, 1, chart.course.totals).astype(float)
    parts = chart.course.units.astype(float) / totals[:, None]
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
    if not chart.days[0].toordinal() <= day <= chart.until.toordinal():
        return
    across = layout.across(day)
    yield Stroke(((across, plot.top), (across, plot.bottom)), Ink.PANEL, 2.5, part="halo")
    yield Stroke(((across, plot.top), (across, plot.bottom)), Ink.ACCENT, 1.25, part="as_of")


def _days(layout: _Layout, style: Style) -> list[tuple[float, str]]:
    chart = layout.chart
    most = max(2, int(layout.plot.width / _DAY_ROOM))
    ticks = day_ticks(chart.days[0], chart.until, most, style)
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
        yield Stroke(bend, chart.bands[band].tone, 1.5, part="leader")
        figure = _figure(chart, band, style)
        taken = text_width(f"  {figure}", LABEL, True) if figure else 0.0
        name = fitted(chart.bands[band].name, room - 18 - taken, LABEL)
        down = place + LABEL * 0.35
        yield Words((left, down), name, LABEL, part="name")
        if figure:
            yield Words(
                (plot.right + room, down), figure, LABEL, Ink.TEXT, Anchor.END, is_strong=True, part="figure"
            )
