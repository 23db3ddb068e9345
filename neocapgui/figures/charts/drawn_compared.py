"""Two scenarios one above the other as a drawing: each under its name, their days and scales in line."""

from __future__ import annotations

from neocapgui.figures.charts.compared import Compared, Panel
from neocapgui.figures.charts.drawn_bands import Margins, drawn_bands, margins_of
from neocapgui.figures.charts.marks import Anchor, Box, Ink, Mark, Words, fitted, text_width
from neocapgui.figures.charts.sheet import DIM_LINE, SMALL, told
from neocapgui.figures.kinds import Style

_HEADING = DIM_LINE + 7.0
_BETWEEN = 8.0
_SENTENCE = 46.0  # points of height that are enough for what is said of nothing
_SOURCE_SHARE = 0.45  # of the width, at most


def drawn_compared(figure: Compared, body: Box, style: Style) -> tuple[list[Mark], Box]:
    """Return the marks of both charts in a room, and the box around both plots."""
    rooms = _rooms(figure, body)
    shown = [panel.chart for panel in figure.panels if not panel.chart.empty]
    margins: Margins | None = None
    for chart, room in zip(shown, rooms, strict=False):
        needed = margins_of(chart, room, style)
        margins = needed if margins is None else margins.wide_enough_for(needed)
    marks: list[Mark] = []
    plots: list[Box] = []
    for panel, room in zip(figure.panels, rooms, strict=True):
        marks += _heading(panel, room)
        inner = room.cut(top=_HEADING)
        if panel.chart.empty:
            marks += told(panel.chart.empty, inner)
        else:
            drawn, plot = drawn_bands(panel.chart, inner, style, margins)
            marks += drawn
            plots.append(plot)
    return marks, _around(plots) if plots else body


def _rooms(figure: Compared, body: Box) -> tuple[Box, Box]:
    """Return the rooms of both: halves, but a sentence leaves what it does not need to the other chart."""
    height = (body.height - _BETWEEN) / 2
    above, below = (panel.chart.empty for panel in figure.panels)
    if bool(above) != bool(below):
        least = min(_HEADING + _SENTENCE, height)
        height = least if above else body.height - _BETWEEN - least
    return body.cut(bottom=body.height - height), body.cut(top=height + _BETWEEN)


def _heading(panel: Panel, room: Box) -> list[Mark]:
    """Return the name of a scenario, and at the right what its file is known again by."""
    source = fitted(panel.source, room.width * _SOURCE_SHARE, SMALL)
    taken = text_width(source, SMALL) + 14 if source else 0.0
    title = fitted(panel.title, room.width - taken, DIM_LINE, True)
    down = room.top + DIM_LINE
    marks: list[Mark] = [Words((room.left, down), title, DIM_LINE, is_strong=True, part="panel")]
    if source:
        marks.append(Words((room.right, down), source, SMALL, Ink.DIM, Anchor.END, part="source"))
    return marks


def _around(plots: list[Box]) -> Box:
    """Return the smallest box that holds all plots."""
    left, top = min(plot.left for plot in plots), min(plot.top for plot in plots)
    right, bottom = max(plot.right for plot in plots), max(plot.bottom for plot in plots)
    return Box(left, top, right - left, bottom - top)
