"""Every chart as a drawing: a figure and a size become areas, lines and words, for whoever draws them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from neocapgui.figures.charts.bridge import BridgeChart
from neocapgui.figures.charts.compared import Compared
from neocapgui.figures.charts.drawn_bands import drawn_bands
from neocapgui.figures.charts.drawn_bridge import drawn_bridge
from neocapgui.figures.charts.drawn_compared import drawn_compared
from neocapgui.figures.charts.drawn_curve import drawn_curve
from neocapgui.figures.charts.drawn_group import drawn_group
from neocapgui.figures.charts.group_diagram import GroupDiagram
from neocapgui.figures.charts.marks import Box, Drawing, Mark
from neocapgui.figures.charts.overhang import OverhangChart
from neocapgui.figures.charts.sheet import bare_sheet, sheet, sheet_size, told
from neocapgui.figures.charts.stacked import Chart
from neocapgui.figures.kinds import PLAIN, Style, day_text
from neocapgui.figures.sentences import sentence

Figure = Chart | Compared | OverhangChart | BridgeChart | GroupDiagram

_DRAWN: dict[type[Any], Callable[[Any, Box, Style], tuple[list[Mark], Box]]] = {
    Chart: drawn_bands,
    Compared: drawn_compared,
    OverhangChart: drawn_curve,
    BridgeChart: drawn_bridge,
    GroupDiagram: lambda diagram, body, _: drawn_group(diagram, body),
}


def drawing(
    figure: Figure, width: float, height: float, style: Style = PLAIN, footer: str = "", is_bare: bool = False
) -> Drawing:
    """Return a chart as a drawing of a size in points (1/72 inch), with a line at its foot.

    Equal figures give equal drawings. Nothing that shows figures lies outside `plot`; a chart of nothing
    says why. `is_bare` leaves the heading and the foot to the page around it.
    """
    title, dim_line = figure.title, sentence(figure.subtitle, style)
    if isinstance(figure, (Chart, Compared)) and not figure.empty:
        dim_line += f"  ·  figures of {day_text(figure.as_of, style)}"
    marks, body = bare_sheet(width, height) if is_bare else sheet(title, dim_line, width, height, footer)
    if figure.empty:
        drawn, plot = told(sentence(figure.empty, style), body), body
    else:
        drawn, plot = _DRAWN[type(figure)](figure, body, style)
    return Drawing(*sheet_size(width, height), title, sentence(figure.said, style), plot, (*marks, *drawn))
