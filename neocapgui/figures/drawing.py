"""Every chart as a drawing: a figure and a size become areas, lines and words, for whoever draws them."""

from __future__ import annotations

from neocapgui.figures.bridge_chart import BridgeChart
from neocapgui.figures.charts import Chart
from neocapgui.figures.drawn_bands import drawn_bands
from neocapgui.figures.drawn_bridge import drawn_bridge
from neocapgui.figures.drawn_curve import drawn_curve
from neocapgui.figures.kinds import PLAIN, Style, day_text
from neocapgui.figures.marks import Drawing
from neocapgui.figures.overhang_chart import OverhangChart
from neocapgui.figures.sheet import sentence, sheet, sheet_size

Figure = Chart | OverhangChart | BridgeChart


def drawing(figure: Figure, width: float, height: float, style: Style = PLAIN, footer: str = "") -> Drawing:
    """Return a chart as a drawing of a size in points (1/72 inch), with a line at its foot.

    Equal figures give equal drawings. Nothing that shows figures lies outside `plot`; a chart of nothing
    says why.
    """
    title, dim_line = figure.title, figure.subtitle
    if isinstance(figure, Chart) and not figure.empty:
        dim_line += f"  ·  figures of {day_text(figure.as_of, style)}"
    marks, body = sheet(title, dim_line, width, height, footer)
    plot = body
    if figure.empty:
        marks += sentence(figure.empty, body)
    elif isinstance(figure, Chart):
        drawn, plot = drawn_bands(figure, body, style)
        marks += drawn
    elif isinstance(figure, OverhangChart):
        drawn, plot = drawn_curve(figure, body, style)
        marks += drawn
    else:
        drawn, plot = drawn_bridge(figure, body, style)
        marks += drawn
    return Drawing(*sheet_size(width, height), title, figure.alt, plot, tuple(marks))
