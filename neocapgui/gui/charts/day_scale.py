"""What stands at the axes of a plot over days, and the room it takes: the same for whoever draws the plot."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtGui import QFontMetricsF

from neocapgui.figures.charts.axes import Tick, day_ticks, figure_ticks
from neocapgui.figures.kinds import Style
from neocapgui.gui.charts.steps import Window

AIR = 8  # pixels above a plot and at its right
TICK = 4  # pixels of the line at a figure or a day, into the plot
BESIDE, BELOW = 5, 2  # pixels between an axis and what is written at it
_DAY_WIDTH, _FIGURE_HEIGHT = 88, 34  # pixels that a tick needs


def days_at_axis(window: Window, style: Style) -> tuple[Tick, ...]:
    """Return the days that stand below a plot."""
    first, last = date.fromordinal(round(window.first)), date.fromordinal(round(window.last))
    return day_ticks(first, last, max(2, int(window.width / _DAY_WIDTH)), style)


def figures_at_axis(top: float, height: float, style: Style, sign: str) -> list[tuple[float, str]]:
    """Return the figures at the left of a plot of a height, the highest with the sign of their unit."""
    ticks = figure_ticks(int(top), max(3, int(height / _FIGURE_HEIGHT)), style)
    return [(float(tick.at), tick.text + (sign if tick is ticks[-1] else "")) for tick in ticks]


def room_below(metrics: QFontMetricsF) -> float:
    """Return the pixels that the days take."""
    return metrics.height() + 8


def room_at_side(metrics: QFontMetricsF, texts: Iterable[str], has_title: bool) -> float:
    """Return the pixels that figures take, with what is measured written upright beside them or without."""
    widest = max(metrics.horizontalAdvance(text) for text in texts)
    return widest + 12 + (metrics.height() if has_title else 0)
