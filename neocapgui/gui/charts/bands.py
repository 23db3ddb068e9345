"""The bands of a chart in a plot: areas, the lines between them, the marks of events, and the names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget
from shiboken6 import VoidPtr

from neocapgui.figures.charts.palette import Shade
from neocapgui.figures.charts.stacked import Chart
from neocapgui.gui.charts.steps import Floats, Steps, Window, steps_in_sight
from neocapgui.gui.charts.striping import paint_stripes
from neocapgui.gui.charts.tones import ink_on, tone_color
from neocapgui.gui.looks.look import color
from neocapgui.gui.looks.roles import Roles

_THIN = 3  # pixels: no line is drawn beside a band that is thinner
_MARGIN = 6  # around a name
_MARK_INK, _HATCH_INK = 90, 110  # of 255
_POINTER: Any = VoidPtr  # which takes more than its stubs know of
_HATCHES = {Shade.PALE: Qt.BrushStyle.BDiagPattern, Shade.DEEP: Qt.BrushStyle.FDiagPattern}


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """A chart as it is drawn now: which part, how large, in which colours and letters."""

    chart: Chart
    edges: Floats  # those of the chart
    window: Window
    roles: Roles
    font: QFont

    def steps(self) -> Steps:
        """Return the steps in sight."""
        return steps_in_sight(self.chart, self.edges, self.window)

    def ground(self, band: int) -> QColor:
        """Return the colour of a band."""
        return tone_color(self.chart.bands[band].tone, self.roles)

    def hatch(self, band: int) -> QBrush | None:
        """Return the pattern of a band where contrast is wanted: its shade is then told by lines as well."""
        pattern = _HATCHES.get(self.chart.bands[band].tone.shade)
        if pattern is None or not self.roles.is_contrast:
            return None
        ink = QColor(ink_on(self.ground(band)))
        ink.setAlpha(_HATCH_INK)
        return QBrush(ink, pattern)

    @property
    def rect(self) -> QRectF:
        """The plot in its own pixels."""
        return QRectF(0, 0, self.window.width, self.window.height)


class Bands(QGraphicsItem):
    """Draws areas and marks in the pixels of the plot it stands in; nothing reaches outside."""

    def __init__(self, plot: QGraphicsItem) -> None:
        """Stand in a plot, below its lines."""
        super().__init__(plot)
        self.setZValue(-1)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)  # other days leave them as they are
        self._drawing: Drawing | None = None
        self._steps: Steps | None = None
        self._pointed: int | None = None

    def show_drawing(self, drawing: Drawing, steps: Steps) -> None:
        """Draw a chart."""
        self.prepareGeometryChange()
        self._drawing, self._steps = drawing, steps
        self.update()

    def point_at(self, band: int | None) -> None:
        """Draw a line around a band, or around none."""
        if band != self._pointed:
            self._pointed = band
            self.update()

    # Qt overrides

    def boundingRect(self) -> QRectF:
        return QRectF() if self._drawing is None else self._drawing.rect

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        drawing, steps = self._drawing, self._steps
        if drawing is None or steps is None:
            return
        paint_bands(painter, drawing, steps)
        if self._pointed is not None and self._pointed < len(drawing.chart.bands):
            painter.setPen(QPen(color(drawing.roles.text), 1.5))
            for part in steps.parts(self._pointed):
                painter.drawPolygon(_polygon(steps.outline(self._pointed, part)))


class Names(QGraphicsItem):
    """Writes the name of a band where the band has room for it, above the lines that cross it."""

    def __init__(self, plot: QGraphicsItem) -> None:
        """Stand in a plot, above its lines."""
        super().__init__(plot)
        self.setZValue(1)
        self._drawing: Drawing | None = None
        self._places: list[tuple[int, QRectF]] = []

    def show_drawing(self, drawing: Drawing, steps: Steps) -> None:
        """Write the names of a chart."""
        self.prepareGeometryChange()
        self._drawing = drawing
        self._places = named_places(drawing, steps)
        self.update()

    @property
    def written(self) -> list[str]:
        """The names that found room."""
        return (
            []
            if self._drawing is None
            else [self._drawing.chart.bands[band].name for band, _ in self._places]
        )

    # Qt overrides

    def boundingRect(self) -> QRectF:
        return QRectF() if self._drawing is None else self._drawing.rect

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._drawing is not None:
            paint_names(painter, self._drawing, self._places)


def paint_bands(painter: QPainter, drawing: Drawing, steps: Steps) -> None:
    """Paint areas and marks in the pixels of a plot; nothing reaches outside."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setClipRect(drawing.rect)
    painter.setPen(Qt.PenStyle.NoPen)
    for band in range(len(drawing.chart.bands)):
        painter.setBrush(drawing.ground(band))
        painter.drawPolygon(_polygon(steps.outline(band)))
        hatch = drawing.hatch(band)
        if hatch is not None:
            painter.setBrush(hatch)
            painter.drawPolygon(_polygon(steps.outline(band)))
        lower, upper = steps.edges[:, band], steps.edges[:, band + 1]
        ways = drawing.chart.bands[band].tone.stripes
        paint_stripes(painter, drawing.ground(band), ways, (steps.left, steps.right, upper, lower))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color(drawing.roles.panel), 0))
    painter.drawLines(_separators(steps))
    painter.setPen(_mark_pen(drawing.roles))
    painter.drawLines(_marks(drawing))


def named_places(drawing: Drawing, steps: Steps) -> list[tuple[int, QRectF]]:
    """Return the bands whose names have room, and where."""
    places = []
    metrics = QFontMetricsF(drawing.font)
    for band, shown in enumerate(drawing.chart.bands):
        box = QRectF(0, 0, metrics.horizontalAdvance(shown.name) + 2 * _MARGIN, metrics.height())
        middle = steps.room(band, box.width() + 2 * _MARGIN, box.height() + 2)
        if middle is not None:
            box.moveCenter(QPointF(*middle))
            places.append((band, box))
    return places


def paint_names(painter: QPainter, drawing: Drawing, places: Iterable[tuple[int, QRectF]]) -> None:
    """Write the names of bands, each on the colour of its band."""
    painter.setFont(drawing.font)
    for band, box in places:
        ground = drawing.ground(band)
        painter.fillRect(box, ground)
        painter.setPen(ink_on(ground))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, drawing.chart.bands[band].name)


def _polygon(corners: Floats) -> QPolygonF:
    """Return corners as Qt wants them; made one by one they would take a hundred times as long."""
    polygon = QPolygonF()
    polygon.resize(len(corners))
    if len(corners):
        memory = _POINTER(polygon.data(), corners.nbytes, True)
        np.frombuffer(memory, np.float64).reshape(corners.shape)[:] = corners
    return polygon


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


def _mark_pen(roles: Roles) -> QPen:
    ink = QColor(color(roles.text))
    ink.setAlpha(_MARK_INK)
    pen = QPen(ink, 0)
    pen.setDashPattern([1, 3])
    return pen


def _marks(drawing: Drawing) -> list[QLineF]:
    places = (drawing.window.x(mark.day.toordinal()) for mark in drawing.chart.marks)
    return [QLineF(x, 0, x, drawing.window.height) for x in places if 0 < x <= drawing.window.width]
