"""A curve over market prices on screen: shares on one axis, the part of the class on the other."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QBrush,
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from neocapgui.figures.charts.axes import figure_ticks
from neocapgui.figures.charts.overhang import OverhangChart, price_ticks
from neocapgui.figures.kinds import PLAIN, Style
from neocapgui.gui.charts.landmarks import FlagLines, FlagNames, Flags, Landing
from neocapgui.gui.charts.read_out import ReadOut
from neocapgui.gui.charts.tones import mixed, tone_color
from neocapgui.gui.looks.look import color, current
from neocapgui.gui.looks.typeface import figures_font

_RATE = 60  # moves of the pointer in a second that are heard
_PRICE_WIDTH, _FIGURE_HEIGHT = 70, 34  # pixels that a tick needs
_AIR = Fraction(21, 20)  # above the highest point
_PALE = 0.8  # of the ground in the area under the curve
_PLAIN_KEYS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class CurveChart(QWidget):
    """Shows one curve; the area under it is what limits let be issued.

    Keys: Left and Right go to the point before and after, Home and End to the first and last, Escape ends
    the reading.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._chart: OverhangChart | None = None
        self._style: Style = PLAIN
        self._position: int | None = None  # of the point that is read out
        self._dressing = QTimer(self, singleShot=True, interval=0)  # draws once for all that Qt tells
        self._dressing.timeout.connect(self.apply_theme)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName("chart.overhang")
        self._plot = pg.PlotWidget()
        self._view = self._plot.getViewBox()
        self._area, self._limit, self._curve = (pg.PlotCurveItem() for _ in range(3))
        self._spot = pg.ScatterPlotItem(size=9, pxMode=True)
        self.names, self._lines = FlagNames(self._view), FlagLines(self._view)
        self.read_out = ReadOut(self._plot)
        self._sentence = QLabel()
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setProperty("look", "dim")
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._plot)
        self._pages.addWidget(self._sentence)
        self._set_up()
        self.apply_theme()

    def _set_up(self) -> None:
        self._plot.setMenuEnabled(False)
        self._plot.scene().contextMenu = []
        self._plot.hideButtons()
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self._plot.getPlotItem().layout.setContentsMargins(0, 8, 8, 0)
        self._plot.showAxis("right")
        self._view.setMouseEnabled(x=False, y=False)
        self._view.setDefaultPadding(0)
        for item in (self._area, self._limit, self._curve, self._spot):
            self._view.addItem(item, ignoreBounds=True)
        for axis in self._axes():
            axis.enableAutoSIPrefix(False)
            axis.setStyle(tickLength=-4, autoExpandTextSpace=False)
        scene = self._plot.scene()
        self._moves = pg.SignalProxy(scene.sigMouseMoved, rateLimit=_RATE, slot=self._follow_pointer)
        self._view.sigResized.connect(self._lay_out)

    @property
    def chart(self) -> OverhangChart | None:
        """The chart on screen."""
        return self._chart

    @property
    def sentence(self) -> str:
        """What is said where there is nothing to draw."""
        return self._sentence.text() if self._pages.currentWidget() is self._sentence else ""

    def show_chart(self, chart: OverhangChart, style: Style = PLAIN) -> None:
        """Draw a chart, or say why there is none."""
        self._leave()
        self._chart, self._style = chart, style
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.alt)
        self._sentence.setText(chart.empty)
        self._pages.setCurrentWidget(self._plot if chart.points else self._sentence)
        if not chart.points:
            return
        left, bottom, right = self._axes()
        bottom.setLabel(f"Market price of {chart.into}")
        left.setLabel("Shares if all is converted")
        right.setLabel("Part of the class")
        prices, shares = chart.line("market_price"), chart.line("shares")
        self._curve.setData(prices, shares)
        self._limit.setData(prices, chart.line("issuable"))
        self._limit.setVisible(chart.is_limited)
        self._area.setData(prices, chart.line("issuable"))
        self._view.setXRange(float(prices[0]), float(prices[-1]))
        self._view.setYRange(0, float(self._top()))
        self.apply_theme()

    def point_at(self, position: int) -> None:
        """Read out one of the chart's points, as the pointer does."""
        if self._chart is not None and self._chart.points:
            self._read(position, self.place(position))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def place(self, position: int) -> QPoint:
        """Return where a point of the curve stands in this widget."""
        if self._chart is None:
            return QPoint()
        point = self._chart.points[position]
        there = QPointF(float(point.market_price), float(point.shares))
        return QPoint(self._plot.mapFromScene(self._view.mapViewToScene(there)))

    def apply_theme(self) -> None:
        """Wear the colours and letters of the program as they are now."""
        roles, font = current(), figures_font(self.font())
        ink = color(roles.text) if self._chart is None else tone_color(self._chart.tone, roles)
        self._plot.setBackground(color(roles.panel))
        self._curve.setPen(_pen(ink, 2))
        self._limit.setPen(_pen(ink, 1, Qt.PenStyle.DashLine))
        self._area.setPen(pg.mkPen(None))
        self._area.setBrush(QBrush(mixed(ink, color(roles.panel), _PALE)))
        self._area.setFillLevel(0)
        self._spot.setPen(_pen(color(roles.panel), 2))
        self._spot.setBrush(QBrush(ink))
        for axis in self._axes():
            axis.setPen(QPen(color(roles.line), 1))
            axis.setTextPen(color(roles.dim))
            axis.setTickFont(font)
            axis.label.setFont(font)
        self._lay_out()

    def _axes(self) -> tuple[Any, Any, Any]:
        left, bottom, right = (self._plot.getAxis(side) for side in ("left", "bottom", "right"))
        return left, bottom, right

    def _top(self) -> Fraction:
        points = () if self._chart is None else self._chart.points
        return max((point.shares for point in points), default=Fraction(1)) * _AIR

    def _lay_out(self) -> None:
        """Write the ticks and the names of the prices for the room there is."""
        chart, area = self._chart, self._view.rect()
        if chart is None or not chart.points or area.width() < 1 or area.height() < 1:
            return
        left, bottom, right = self._axes()
        metrics = QFontMetricsF(figures_font(self.font()))
        low, high = chart.points[0].market_price, chart.points[-1].market_price
        prices = price_ticks(low, high, max(2, int(area.width() / _PRICE_WIDTH)), self._style)
        bottom.setTicks([[(float(price), text) for price, text in prices]])
        bottom.setHeight(2 * metrics.height() + 10)
        figures = figure_ticks(int(self._top()), max(2, int(area.height() / _FIGURE_HEIGHT)), self._style)
        parts = [(tick.at, chart.percent_of_class(tick.at, self._style)) for tick in figures]
        for axis, ticks in ((left, [(tick.at, tick.text) for tick in figures]), (right, parts)):
            axis.setTicks([ticks])
            axis.showLabel(area.height() > metrics.horizontalAdvance(axis.labelText))
            widest = max(metrics.horizontalAdvance(text) for _, text in ticks)
            axis.setWidth(widest + 12 + (metrics.height() if axis.label.isVisible() else 0))
        roles, span = current(), float(high - low)
        landings = tuple(
            Landing(
                float(landmark.market_price - low) / span * area.width(),
                landmark.text(self._style),
                color(roles.accent if landmark.name == "last" else roles.dim),
                is_strong=landmark.name == "last",
            )
            for landmark in chart.landmarks
            if low <= landmark.market_price <= high
        )
        flags = Flags(landings, QRectF(0, 0, area.width(), area.height()), self.font())
        self._lines.show_flags(flags)
        self.names.show_flags(flags)

    def _follow_pointer(self, arguments: tuple[QPointF]) -> None:
        at, chart = arguments[0], self._chart
        if chart is None or not chart.points or not self._view.sceneBoundingRect().contains(at):
            self._leave()
            return
        self._read(chart.nearest(self._view.mapSceneToView(at).x()), self._plot.mapFromScene(at))

    def _read(self, position: int, at: QPoint) -> None:
        chart = self._chart
        if chart is None:
            return
        is_another, self._position = position != self._position, position
        reading = chart.reading(position, self._style)
        self.read_out.say(reading, tone_color(chart.tone, current()), at)
        if is_another:
            point = chart.points[position]
            self._spot.setData(np.array([float(point.market_price)]), np.array([float(point.shares)]))
            self.setAccessibleDescription(reading.text.replace("\n", ". "))

    def _leave(self) -> None:
        if self._position is None:
            return
        self._position = None
        self.read_out.hide()
        self._spot.clear()
        if self._chart is not None:
            self.setAccessibleDescription(self._chart.alt)

    def _answer(self, key: int) -> bool:
        """Do what a key asks for; return whether it asks for anything."""
        chart = self._chart
        if chart is None or not chart.points:
            return False
        last = len(chart.points) - 1
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -last, Qt.Key.Key_End: last}
        if key in steps and self._position is not None:
            self.point_at(min(max(self._position + steps[Qt.Key(key)], 0), last))
        elif key in steps:
            today = chart.curve.last if chart.curve is not None else None
            self.point_at(chart.points.index(today) if today is not None else 0)
        elif key == Qt.Key.Key_Escape and self._position is not None:
            self._leave()
        else:
            return False
        return True

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() not in _PLAIN_KEYS or not self._answer(event.key()):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange)
        if event.type() in kinds and self.layout() is not None:  # Qt also asks before all is laid out
            self._dressing.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._leave()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 200)


def _pen(ink: QColor, width: int, line: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(ink, width, line)
    pen.setCosmetic(True)
    return pen
