"""A curve over market prices as a drawing: shares on one side, the part of the class on the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from neocapgui.figures.charts.axes import Tick, reaching_ticks
from neocapgui.figures.charts.flags import Flag, flags
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
_BESIDE = 6.0  # points between a line and its name, with air behind the name
_NAMES_FROM = 150.0  # points of height that are left beside the names of prices


@dataclass(frozen=True, slots=True)
class _Scale:
    """The figures at the two sides of a plot."""

    figures: tuple[Tick, ...]  # shares, at the left
    parts: tuple[str, ...]  # of the class, at the right

    @property
    def widths(self) -> tuple[float, float]:
        """The room that they need at the left and at the right."""
        left = max(text_width(tick.text, LABEL) for tick in self.figures)
        return left + 8, max(text_width(text, LABEL) for text in self.parts) + 8


def _scale(chart: OverhangChart, peak: int, height: float, style: Style) -> _Scale:
    figures = reaching_ticks(peak, max(2, int(height / _FIGURE_ROOM) - 1), style)
    return _Scale(figures, tuple(chart.percent_of_class(tick.at, style) for tick in figures))


def drawn_curve(chart: OverhangChart, body: Box, style: Style) -> tuple[list[Mark], Box]:
    """Return the marks of a curve in a room, and its plot."""
    points = chart.points
    low, high = points[0].market_price, points[-1].market_price
    peak = max(ceil(max(point.shares for point in points)), 1)
    entries = [Entry("Shares if all is converted", chart.tone, is_line=True)]
    if chart.is_limited:
        entries.append(Entry("What limits let be issued", chart.tone, pale=_PALE))
    landmarks = [one for one in chart.landmarks if low <= one.market_price <= high]
    span = float(high - low) or 1.0
    scales = [
        _scale(chart, peak, body.height - _FLAG_LINE * rows, style) for rows in range(len(landmarks) + 1)
    ]
    left, right = (max(widths) for widths in zip(*(scale.widths for scale in scales), strict=True))
    wide = body.cut(left=left, right=right)

    def across(price: float) -> float:
        return wide.left + wide.width * min(max((price - float(low)) / span, 0.0), 1.0)

    texts = [landmark.text(style) for landmark in landmarks]
    named = flags(
        [across(float(landmark.market_price)) for landmark in landmarks],
        [text_width(text, LABEL, is_strong=True) + _BESIDE for text in texts],
        wide.left,
        wide.right,
    )
    rows = 1 + max((flag.row for flag in named), default=-1)
    has_names = body.height - _FLAG_LINE * rows >= _NAMES_FROM
    scale = scales[rows if has_names else 0]
    top = float(max(scale.figures[-1].at, peak))
    below = legend_height(entries, body.width)
    plot = wide.cut(top=LABEL + 8 + _FLAG_LINE * rows * has_names, bottom=2 * LABEL + 22 + below)

    def place(price: float, shares: float) -> Point:
        return across(price), plot.bottom - plot.height * min(max(shares / top, 0.0), 1.0)

    curve = tuple(place(float(point.market_price), float(point.shares)) for point in points)
    limit = tuple(place(float(point.market_price), float(point.issuable)) for point in points)
    downs = [plot.bottom - plot.height * tick.at / top for tick in scale.figures]
    prices = [
        (across(float(price)), text)
        for price, text in price_ticks(low, high, max(2, int(plot.width / _PRICE_ROOM)), style)
    ]
    marks: list[Mark] = [
        ground(plot),
        *figure_axis(plot, [(down, tick.text) for down, tick in zip(downs, scale.figures, strict=True)]),
        *figure_axis(plot, list(zip(downs, scale.parts, strict=True)), is_right=True, has_grid=False),
        *_titles(chart, body),
        Area(
            (*limit, (plot.right, plot.bottom), (plot.left, plot.bottom)),
            chart.tone,
            chart.security,
            "band",
            _PALE,
        ),
        *_flags(landmarks, named, texts if has_names else [""] * len(texts), plot),
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
    landmarks: Sequence[Landmark], named: Sequence[Flag], texts: Sequence[str], plot: Box
) -> Iterator[Mark]:
    """Return the named prices: a line each, and the name above the plot where there is room for names."""
    rows = 1 + max((flag.row for flag in named), default=-1)
    for landmark, flag, text in zip(landmarks, named, texts, strict=True):
        is_last = landmark.name == "last"
        ink = Ink.ACCENT if is_last else Ink.DIM
        line, width = (2.0, 2.0), 1.0 if is_last else 0.5
        yield Stroke(((flag.at, plot.top), (flag.at, plot.bottom)), ink, width, line, part="flag")
        if not text:
            continue
        down = plot.top - _FLAG_LINE * (rows - flag.row) + LABEL * 0.5
        yield Stroke(((flag.at, down - LABEL * 0.35), (flag.at, plot.top)), ink, width, line, part="pole")
        place = (flag.at - 4 if flag.is_left else flag.at + 4, down)
        anchor = Anchor.END if flag.is_left else Anchor.START
        yield Words(place, text, LABEL, ink, anchor, is_strong=is_last, part="landmark")


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
