"""The bands of a chart in a plot: areas, the lines between them, their names, and the marks of events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from neocapgui.figures.charts import Chart
from neocapgui.gui.charts.steps import Floats, Steps, Window, steps_in_sight
from neocapgui.gui.charts.tones import ink_on, tone_color
from neocapgui.gui.look import color
from neocapgui.gui.roles import Roles

_THIN = 3  # pixels: no line is drawn beside a band that is thinner
_MARGIN = 8  # beside a name


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    place: QRectF
    ink: QColor


class Bands(QGraphicsObject):
    """Draws a chart in the pixels of the plot it stands in; nothing reaches outside."""

    def __init__(self, plot: QGraphicsItem) -> None:
        """Stand in a plot; nothing is drawn yet."""
        super().__init__(plot)
        self.setZValue(-1)  # below the lines that move
        self._chart: Chart | None = None
        self._edges: Floats = np.zeros((0, 1))
        self._window: Window | None = None
        self._roles: Roles | None = None
        self._steps: Steps | None = None
        self._names: list[_Name] = []
        self._pointed: int | None = None

    def show_chart(self, chart: Chart, edges: Floats) -> None:
        """Draw a chart; the window stays until it is told anew."""
        self._chart, self._edges, self._pointed = chart, edges, None
        self._move()

    def show_window(self, window: Window) -> None:
        """Draw another part of the chart, or in another size."""
        if window != self._window:
            self.prepareGeometryChange()
            self._window = window
            self._move()

    def wear(self, roles: Roles) -> None:
        """Draw in other colours."""
        self._roles = roles
        self._move()

    def point_at(self, band: int | None) -> None:
        """Draw a line around a band, or around none."""
        if band != self._pointed:
            self._pointed = band
            self.update()

    def _move(self) -> None:
        self._steps = None
        self.update()

    def _arranged(self, chart: Chart, window: Window, roles: Roles, metrics: QFontMetricsF) -> Steps:
        if self._steps is None:
            self._steps = steps_in_sight(chart, self._edges, window)
            self._names = []
            for band, shown in enumerate(chart.bands):
                width = metrics.horizontalAdvance(shown.name) + 2 * _MARGIN
                place = self._steps.room(band, width, metrics.height() + 2)
                if place is not None:
                    box = QRectF(0, 0, width, metrics.height())
                    box.moveCenter(QPointF(*place))
                    self._names.append(_Name(shown.name, box, ink_on(tone_color(shown.tone, roles))))
        return self._steps

    def _areas(self, painter: QPainter, chart: Chart, steps: Steps, roles: Roles) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for band, shown in enumerate(chart.bands):
            painter.setBrush(tone_color(shown.tone, roles))
            painter.drawPolygon(_polygon(steps, band))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color(roles.panel), 0))
        painter.drawLines(_separators(steps))

    def _marks(self, painter: QPainter, chart: Chart, window: Window, roles: Roles) -> None:
        ink = QColor(color(roles.text))
        ink.setAlpha(110)
        pen = QPen(ink, 0)
        pen.setDashPattern([1, 3])
        painter.setPen(pen)
        for mark in chart.marks:
            x = window.x(mark.day.toordinal())
            if 0 < x <= window.width:
                painter.drawLine(QLineF(x, 0, x, window.height))

    # Qt overrides

    def boundingRect(self) -> QRectF:
        window = self._window
        return QRectF() if window is None else QRectF(0, 0, window.width, window.height)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        chart, window, roles = self._chart, self._window, self._roles
        if chart is None or window is None or roles is None or not chart.bands:
            return
        steps = self._arranged(chart, window, roles, QFontMetricsF(painter.font()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._areas(painter, chart, steps, roles)
        self._marks(painter, chart, window, roles)
        if self._pointed is not None and self._pointed < len(chart.bands):
            painter.setPen(QPen(color(roles.text), 1.5))
            painter.drawPolygon(_polygon(steps, self._pointed))
        for name in self._names:
            painter.setPen(name.ink)
            painter.drawText(name.place, Qt.AlignmentFlag.AlignCenter, name.text)


def _polygon(steps: Steps, band: int) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in steps.outline(band).tolist()])


def _separators(steps: Steps) -> list[QLineF]:
    """Return the lines between bands; none beside a sliver, which it would hide."""
    heights = -np.diff(steps.edges, axis=1)
    lines = []
    for edge in range(1, heights.shape[1]):
        above = heights[:, edge:]
        neighbour = np.take_along_axis(above, np.argmax(above > 0, axis=1)[:, None], axis=1)[:, 0]
        for at in np.flatnonzero((heights[:, edge - 1] >= _THIN) & (neighbour >= _THIN)).tolist():
            y = steps.edges[at, edge]
            lines.append(QLineF(steps.left[at], y, steps.right[at], y))
    return lines
