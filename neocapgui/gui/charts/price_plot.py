"""A plot of shares over market prices: the curve, what limits allow under it, and the prices with a name."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPen
from PySide6.QtWidgets import QWidget

from neocapgui.figures.charts.axes import figure_ticks
from neocapgui.figures.charts.overhang import OverhangChart, price_ticks
from neocapgui.figures.kinds import PLAIN, Style
from neocapgui.gui.charts.landmarks import FlagLines, FlagNames, Flags, Landing
from neocapgui.gui.charts.steps import Window
from neocapgui.gui.charts.tones import mixed, tone_color
from neocapgui.gui.charts.zoomed_plot import ZoomedPlot
from neocapgui.gui.looks.look import color, current
from neocapgui.gui.looks.roles import Roles
from neocapgui.gui.widgets.plain_text import as_markup

_PRICE_WIDTH, _FIGURE_HEIGHT = 70, 34  # pixels that a tick needs
_AIR = Fraction(21, 20)  # above the highest point
_PALE = 0.8  # of the ground in the area under the curve
_CLOSEST = 50  # so many times as large as the whole


class PricePlot(ZoomedPlot):
    """Shows a curve over market prices: shares at the left, the part of the class at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show no curve yet."""
        super().__init__("Whole range", "Show all prices again (0, or double-click)", parent)
        self._chart: OverhangChart | None = None
        self._style: Style = PLAIN
        self._area, self._limit, self._curve = (pg.PlotCurveItem() for _ in range(3))
        self._spot = pg.ScatterPlotItem(size=9, pxMode=True)
        self.names, self._lines = FlagNames(self._view), FlagLines(self._view)
        self._plot.showAxis("right")
        for item in (self._area, self._limit, self._curve, self._spot):
            self._view.addItem(item, ignoreBounds=True)

    @property
    def axes(self) -> tuple[Any, ...]:
        """The axes: at the left, below, and at the right."""
        return (*super().axes, self._plot.getAxis("right"))

    def show_curve(self, chart: OverhangChart, style: Style) -> None:
        """Draw the curve of a chart that has points."""
        self._chart, self._style = chart, style
        for axis, title in zip(
            self.axes,
            ("Shares if all is converted", f"Market price of {chart.into}", "Part of the class"),
            strict=True,
        ):
            axis.setLabel(as_markup(title))
        prices, shares = chart.line("market_price"), chart.line("shares")
        self._curve.setData(prices, shares)
        self._limit.setData(prices, chart.line("issuable"))
        self._limit.setVisible(chart.is_limited)
        self._area.setData(prices, chart.line("issuable"))
        top = max(max(point.shares for point in chart.points), Fraction(1)) * _AIR
        low, high = float(prices[0]), float(prices[-1])
        self.show_range(low, high, float(top), (high - low) / _CLOSEST)

    def mark_point(self, position: int | None) -> None:
        """Draw the spot of the point that is read out, or none."""
        if position is None or self._chart is None:
            self._spot.clear()
        else:
            point = self._chart.points[position]
            self._spot.setData(np.array([float(point.market_price)]), np.array([float(point.shares)]))

    def wear(self, roles: Roles, font: QFont) -> None:
        """Wear some colours and letters."""
        ink = color(roles.text) if self._chart is None else tone_color(self._chart.tone, roles)
        self._curve.setPen(_pen(ink, 2))
        self._limit.setPen(_pen(ink, 1, Qt.PenStyle.DashLine))
        self._area.setPen(pg.mkPen(None))
        self._area.setBrush(QBrush(mixed(ink, color(roles.panel), _PALE)))
        self._area.setFillLevel(0)
        self._spot.setPen(_pen(color(roles.panel), 2))
        self._spot.setBrush(QBrush(ink))
        super().wear(roles, font)

    def place_of_button(self, size: QSize) -> QPoint:
        """Return the corner under the axis: above stand the names of prices."""
        return QPoint(self.width() - size.width() - 8, self.height() - size.height())

    def write_ticks(self, window: Window) -> None:
        """Write the prices in sight, the figures at both sides, and the names of the prices that have one."""
        chart = self._chart
        if chart is None:
            return
        left, bottom, right = self.axes
        most = max(2, int(window.width / _PRICE_WIDTH))
        prices = price_ticks(Fraction(window.first), Fraction(window.last), most, self._style)
        bottom.setTicks([[(float(price), text) for price, text in prices]])
        height = QFontMetricsF(self._font).height()
        bottom.setHeight(2 * height + 10 if self.is_whole else height + self._whole.sizeHint().height() + 8)
        figures = figure_ticks(int(self._top), max(3, int(window.height / _FIGURE_HEIGHT)), self._style)
        self.write_figures(left, [(tick.at, tick.text) for tick in figures], window.height)
        parts = [(tick.at, chart.percent_of_class(tick.at, self._style)) for tick in figures]
        self.write_figures(right, [(float(at), text) for at, text in parts], window.height)
        self._write_names(chart, window)

    def _write_names(self, chart: OverhangChart, window: Window) -> None:
        roles = current()
        landings = tuple(
            Landing(
                window.x(float(landmark.market_price)),
                landmark.text(self._style),
                color(roles.accent if landmark.name == "last" else roles.dim),
                is_strong=landmark.name == "last",
            )
            for landmark in chart.landmarks
            if window.first <= landmark.market_price <= window.last
        )
        flags = Flags(landings, QRectF(0, 0, window.width, window.height), self.font())
        self._lines.show_flags(flags)
        self.names.show_flags(flags)


def _pen(ink: QColor, width: int, line: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(ink, width, line)
    pen.setCosmetic(True)
    return pen
