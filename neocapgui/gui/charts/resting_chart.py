"""A chart of steps over days as it rests, painted at once: what draws it for reading takes longer to load."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from neocapgui.figures.charts.stacked import Chart, Unit
from neocapgui.figures.kinds import PLAIN, Style
from neocapgui.figures.sentences import sentence
from neocapgui.gui.charts.bands import Drawing, named_places, paint_bands, paint_names
from neocapgui.gui.charts.day_scale import (
    AIR,
    BELOW,
    BESIDE,
    TICK,
    days_at_axis,
    figures_at_axis,
    room_at_side,
    room_below,
)
from neocapgui.gui.charts.steps import Floats, Window
from neocapgui.gui.looks.look import color, current
from neocapgui.gui.looks.typeface import figures_font
from neocapgui.gui.widgets.plain_text import as_markup

_HALO, _LINE = 4, 2  # pixels of width of the line of the day, and of the ground around it
_OVER = 0.5  # pixels that it reaches over the axis
_TITLE_LEFT = 5  # pixels that what is measured stands outside the figures' room
_TITLE_AIR = 4  # pixels around it
_NEVER_CUT = Qt.TextFlag.TextDontClip
_LOW = 0.8  # of the height of a line: what Qt measures is a little too high for figures


class RestingChart(QWidget):
    """Shows one chart without its legend, pixel for pixel as it is drawn for reading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._chart: Chart | None = None
        self._edges: Floats | None = None
        self._style = PLAIN

    @property
    def chart(self) -> Chart | None:
        """The chart on screen."""
        return self._chart

    def show_chart(self, chart: Chart, style: Style = PLAIN) -> None:
        """Paint a chart, or nothing of one that has nothing to show."""
        self._chart, self._style = chart, style
        self._edges = None if chart.empty else chart.edges()
        self.setAccessibleName(" ".join((chart.title, chart.axis)).strip())
        self.setAccessibleDescription(sentence(chart.said, style))
        self.update()

    def _paint(self, painter: QPainter, chart: Chart, edges: Floats) -> None:
        font, roles, sign = figures_font(self.font()), current(), " %" if chart.unit is Unit.PERCENT else ""
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.fillRect(self.rect(), color(roles.panel))
        height = self.height() - AIR - room_below(metrics)
        figures = figures_at_axis(chart.top(), height, self._style, sign)
        title = as_markup(chart.axis)
        has_title = height > metrics.horizontalAdvance(title)
        left = room_at_side(metrics, [text for _, text in figures], has_title)
        days = float(chart.first.toordinal()), float(chart.until.toordinal())
        window = Window(*days, chart.top(), self.width() - AIR - left, height)
        if window.width < 1 or window.height < 1 or window.last <= window.first:
            return
        painter.translate(left, AIR)
        drawing = Drawing(chart, edges, window, roles, self.font())
        steps = drawing.steps()
        painter.save()
        paint_bands(painter, drawing, steps)
        self._paint_day(painter, chart, drawing)
        paint_names(painter, drawing, named_places(drawing, steps))
        painter.restore()
        painter.setPen(QPen(color(roles.line), 1))
        painter.drawLine(QPointF(-1, -1), QPointF(-1, height + 1))
        painter.drawLine(QPointF(-1, height + 1), QPointF(window.width + 1, height + 1))
        for at, text in figures:
            self._write_figure(painter, text, at * (-height / window.top) + height)
        for tick in days_at_axis(window, self._style):
            self._write_day(painter, tick.text, window.x(tick.at), window)
        if has_title:
            self._write_title(painter, chart.axis, QPointF(-left, height / 2))

    def _paint_day(self, painter: QPainter, chart: Chart, drawing: Drawing) -> None:
        at = drawing.window.x(chart.as_of.toordinal())
        painter.setClipRect(drawing.rect.adjusted(0, 0, 0, _OVER))
        for ink, width in ((drawing.roles.panel, _HALO), (drawing.roles.accent, _LINE)):
            painter.setPen(QPen(color(ink), width))
            painter.drawLine(QLineF(at, 0, at, drawing.window.height + _OVER))

    def _write_figure(self, painter: QPainter, text: str, at: float) -> None:
        painter.setPen(QPen(color(current().line), 1))
        painter.drawLine(QPointF(0, at), QPointF(TICK, at))
        size = _size(painter, text)
        place = QRectF(-BESIDE - size.width(), at - size.height() / 2, size.width(), size.height())
        painter.setPen(color(current().dim))
        painter.drawText(
            place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | _NEVER_CUT, text
        )

    def _write_day(self, painter: QPainter, text: str, at: float, window: Window) -> None:
        painter.setPen(QPen(color(current().line), 1))
        painter.drawLine(QPointF(at, window.height), QPointF(at, window.height - TICK))
        size = _size(painter, text)
        place = QRectF(at - size.width() / 2, window.height + BELOW, size.width(), size.height())
        if place.left() < 0 or place.right() > window.width:
            return
        painter.setPen(color(current().dim))
        painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | _NEVER_CUT, text)

    def _write_title(self, painter: QPainter, title: str, middle: QPointF) -> None:
        """Write upright what is measured."""
        metrics = QFontMetricsF(painter.font())
        half = metrics.horizontalAdvance(f"{title} ") / 2 + _TITLE_AIR  # a unit would follow
        painter.save()
        painter.translate(middle.x() - _TITLE_LEFT, int(middle.y() + half))
        painter.rotate(-90)
        painter.setPen(color(current().dim))
        painter.drawText(QPointF(_TITLE_AIR, _TITLE_AIR + metrics.ascent()), title)
        painter.restore()

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._chart is not None and self._edges is not None:
            self._paint(QPainter(self), self._chart, self._edges)


def _size(painter: QPainter, text: str) -> QRectF:
    size = painter.boundingRect(QRectF(0, 0, 100, 100), Qt.AlignmentFlag.AlignCenter, text)
    size.setHeight(size.height() * _LOW)
    return size
