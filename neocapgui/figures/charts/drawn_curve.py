"""A curve over market prices as a drawing: shares on one side, the part of the class on the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import ceil

from neocapgui.figures.charts.axes import reaching_ticks
from neocapgui.figures.charts.marks import (
    Anchor,
    Area,
    Box,
    Ink,
    Mark,
    Point,
    Stroke,
    Words,
    fitted,
    text_width,
)
from neocapgui.figures.charts.overhang import Landmark, OverhangChart, price_ticks
from neocapgui.figures.charts.sheet import LABEL, Entry, day_axis, figure_axis, ground, legend, legend_height
from neocapgui.figures.kinds import Kind, Style, shown

_PRICE_ROOM, _FIGURE_ROOM = 52.0, 30.0  # points that a tick needs
_PALE = 0.75  # of the ground in the area under the curve
_FLAG_LINE = LABEL + 4.0
_NAMES_FROM = 150.0  # points of height that are left beside the names of prices


def drawn_curve(chart: OverhangChart, body: Box, style: Style) -> tuple[list[Mark], Box]:
    """Return the marks of a curve in a room, and its plot."""
    points = chart.points
    low, high = points[0].market_price, points[-1].market_price
    peak = max(ceil(max(point.shares for point in points)), 1)
    entries = [Entry("Shares if all is converted", chart.tone, is_line=True)]
    if chart.is_limited:
        entries.append(Entry("What limits let be issued", chart.tone, pale=_PALE))
    landmarks = [one for one in chart.landmarks if low <= one.market_price <= high]
    has_names = body.height - _FLAG_LINE * len(landmarks) >= _NAMES_FROM
    flags = _FLAG_LINE * len(landmarks) if has_names else 0.0
    figures = reaching_ticks(peak, max(2, int((body.height - flags) / _FIGURE_ROOM) - 1), style)
    top = float(max(figures[-1].at, peak))
    parts = [chart.percent_of_class(tick.at, style) for tick in figures]
    left = max(text_width(tick.text, LABEL) for tick in figures) + 8
    right = max(text_width(text, LABEL) for text in parts) + 8
    below = legend_height(entries, body.width)
    plot = body.cut(left, LABEL + 8 + flags, right, 2 * LABEL + 22 + below)
    span = float(high - low) or 1.0

    def place(price: float, shares: float) -> Point:
        across = plot.left + plot.width * min(max((price - float(low)) / span, 0.0), 1.0)
        return across, plot.bottom - plot.height * min(max(shares / top, 0.0), 1.0)

    curve = tuple(place(float(point.market_price), float(point.shares)) for point in points)
    limit = tuple(place(float(point.market_price), float(point.issuable)) for point in points)
    downs = [plot.bottom - plot.height * tick.at / top for tick in figures]
    prices = [
        (place(float(price), 0)[0], text)
        for price, text in price_ticks(low, high, max(2, int(plot.width / _PRICE_ROOM)), style)
    ]
    marks: list[Mark] = [
        ground(plot),
        *figure_axis(plot, [(down, tick.text) for down, tick in zip(downs, figures, strict=True)]),
        *figure_axis(plot, list(zip(downs, parts, strict=True)), is_right=True, has_grid=False),
        *_titles(chart, body),
        Area(
            (*limit, (plot.right, plot.bottom), (plot.left, plot.bottom)),
            chart.tone,
            chart.security,
            "band",
            _PALE,
        ),
        *_flags(
            landmarks, [place(float(one.market_price), 0)[0] for one in landmarks], plot, style, has_names
        ),
    ]
    if chart.is_limited:
        marks.append(Stroke(limit, chart.tone, 1.0, (4.0, 3.0), part="limit"))
    marks.append(Stroke(curve, chart.tone, 1.75, part="curve"))
    marks += _today(chart, place, plot, style)
    marks += day_axis(plot, prices)
    down = plot.bottom + 2 * LABEL + 10
    marks.append(
        Words(
            (plot.left + plot.width / 2, down),
            fitted(f"Market price of {chart.into}", plot.width, LABEL),
            LABEL,
            Ink.DIM,
            Anchor.MIDDLE,
            part="axis",
        )
    )
    marks += legend(entries, body.left, down + 8, body.width)
    return marks, plot


def _titles(chart: OverhangChart, body: Box) -> Iterator[Mark]:
    half = body.width / 2 - 6
    down = body.top + LABEL
    yield Words((body.left, down), fitted("Shares", half, LABEL), LABEL, Ink.DIM, part="axis")
    said = fitted(f"Part of {chart.into} after the issue", half, LABEL)
    yield Words((body.right, down), said, LABEL, Ink.DIM, Anchor.END, part="axis")


def _flags(
    landmarks: Sequence[Landmark], places: list[float], plot: Box, style: Style, has_names: bool
) -> Iterator[Mark]:
    """Return the named prices: a line each, and the name above the plot, on a line that no other crosses."""
    texts = [landmark.text(style) for landmark in landmarks]
    rooms = [text_width(text, LABEL, is_strong=True) + 6 for text in texts]
    is_left: dict[int, bool] = {}
    edge = plot.right  # or the leftmost pole whose name stands at its left: no other name runs over it
    for at in reversed(range(len(texts))):
        is_left[at] = places[at] + rooms[at] > edge and places[at] - rooms[at] > plot.left
        edge = places[at] if is_left[at] else edge
    order = [at for at, left in is_left.items() if left]
    order += [at for at, left in reversed(is_left.items()) if not left]
    for level, at in enumerate(order):
        landmark, across = landmarks[at], places[at]
        down = plot.top - _FLAG_LINE * (len(order) - level) + LABEL * 0.5
        is_last = landmark.name == "last"
        ink = Ink.ACCENT if is_last else Ink.DIM
        line, width = (2.0, 2.0), 1.0 if is_last else 0.5
        yield Stroke(((across, plot.top), (across, plot.bottom)), ink, width, line, part="flag")
        if not has_names:
            continue
        yield Stroke(((across, down - LABEL * 0.35), (across, plot.top)), ink, width, line, part="pole")
        place = (across - 4 if is_left[at] else across + 4, down)
        anchor = Anchor.END if is_left[at] else Anchor.START
        yield Words(place, texts[at], LABEL, ink, anchor, is_strong=is_last, part="landmark")


def _today(
    chart: OverhangChart, place: Callable[[float, float], Point], plot: Box, style: Style
) -> Iterator[Mark]:
    """Return the point of the last price, with the shares it would take."""
    last = None if chart.curve is None else chart.curve.last
    if last is None:
        return
    across, down = place(float(last.market_price), float(last.shares))
    size = 3.0
    corners = ((across, down - size), (across + size, down), (across, down + size), (across - size, down))
    yield Area(corners, Ink.ACCENT, part="today")
    text = f"{shown(Kind.SHARES, last.shares, style) or '0'} shares"
    is_left = across + text_width(text, LABEL, True) + 8 > plot.right
    lower = min(max(down - 5, plot.top + LABEL), plot.bottom - 3)
    beside = (across - 6 if is_left else across + 6, lower)
    anchor = Anchor.END if is_left else Anchor.START
    yield Words(beside, text, LABEL, Ink.TEXT, anchor, is_strong=True, part="today")
