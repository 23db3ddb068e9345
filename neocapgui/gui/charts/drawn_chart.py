"""A chart on screen that is drawn by its own marks, read with the pointer or the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QLabel, QWidget

from neocapgui.figures.charts.marks import Area, Drawing
from neocapgui.figures.kinds import PLAIN, Style
from neocapgui.figures.sentences import sentence
from neocapgui.gui.charts.painting import PIXELS, inks_of, paint
from neocapgui.gui.charts.readable_chart import ReadableChart
from neocapgui.gui.looks.look import current
from neocapgui.gui.looks.typeface import figures_font

if TYPE_CHECKING:
    from neocapgui.figures.charts.drawing import Figure

_AWAY = 14  # pixels from the pointer
_WIDEST = 300


class DrawnChart(ReadableChart):
    """Shows one figure as large as it is itself.

    Keys: Left and Right go to the part before and after, Home and End to the first and last, Escape ends the
    reading, Enter chooses the part.
    """

    chosen = Signal(int)  # the number of the part that was clicked

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Show nothing yet; `name` is the name of the widget."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setMouseTracking(True)
        self._figure: Figure | None = None
        self._style: Style = PLAIN
        self._drawing: Drawing | None = None
        self._part: int | None = None  # that is read out
        self.read_out = QLabel(self)
        self.read_out.setTextFormat(Qt.TextFormat.PlainText)
        self.read_out.setProperty("look", "panel")
        self.read_out.setAutoFillBackground(True)
        self.read_out.setMargin(8)
        self.read_out.setWordWrap(True)
        self.read_out.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.read_out.hide()

    @property
    def figure(self) -> Figure | None:
        """The chart on screen."""
        return self._figure

    @property
    def shown(self) -> Drawing | None:
        """The chart as it is drawn now, in points."""
        if self._drawing is None and self._figure is not None and self.width() > 1:
            from neocapgui.figures.charts.drawing import drawing  # late: not every page has such a chart

            size = self.width() / PIXELS, self.height() / PIXELS
            self._drawing = drawing(self._figure, *size, self._style, is_bare=True)
        return self._drawing

    @property
    def parts(self) -> tuple[Area, ...]:
        """What can be read out, in the order of the chart."""
        shown = self.shown
        marks = () if shown is None else shown.of_part("band")
        return tuple(mark for mark in marks if isinstance(mark, Area) and mark.says)

    def show_figure(self, figure: Figure, style: Style = PLAIN) -> None:
        """Draw a chart."""
        self._figure, self._style, self._drawing = figure, style, None
        self.leave()
        self.setAccessibleName(figure.title)
        self.setAccessibleDescription(sentence(figure.said, style))
        self.update()

    def point_at(self, part: int) -> None:
        """Read out a part, as the pointer does."""
        parts = self.parts
        if 0 <= part < len(parts):
            across = [point[0] for point in parts[part].points]
            down = [point[1] for point in parts[part].points]
            middle = QPointF(sum(across) / len(across), min(down)) * PIXELS
            self._read(part, middle.toPoint())
            self.tell_reading()

    def _read(self, part: int, at: QPoint) -> None:
        is_another, self._part = part != self._part, part
        self.read_out.setFont(figures_font(self.font()))
        self.read_out.setText(self.parts[part].says)
        self.read_out.setFixedWidth(
            min(_WIDEST, self.read_out.fontMetrics().horizontalAdvance(self.parts[part].says) + 20)
        )
        self.read_out.adjustSize()
        self.read_out.move(self._beside(at))
        self.read_out.show()
        self.read_out.raise_()
        if is_another:
            self.setAccessibleDescription(self.parts[part].says)
            self.update()

    def _beside(self, at: QPoint) -> QPoint:
        across = at.x() + _AWAY
        if across + self.read_out.width() > self.width():
            across = at.x() - _AWAY - self.read_out.width()
        down = min(at.y() + _AWAY, self.height() - self.read_out.height() - 2)
        return QPoint(max(across, 0), max(down, 0))

    def answer(self, key: int) -> bool:
        """Do what a key asks for; return whether it asks for anything."""
        last, part = len(self.parts) - 1, self._part
        steps = {
            Qt.Key.Key_Left: last if part is None else max(part - 1, 0),
            Qt.Key.Key_Right: 0 if part is None else min(part + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if key in steps and last >= 0:
            self.point_at(steps[Qt.Key(key)])
        elif key == Qt.Key.Key_Escape and part is not None:
            self.leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and part is not None:
            self.chosen.emit(part)
        else:
            return False
        return True

    def leave(self) -> None:
        """End the reading."""
        self.read_out.hide()
        if self._part is not None:
            self._part = None
            if self._figure is not None:
                self.setAccessibleDescription(sentence(self._figure.said, self._style))
            self.update()

    def _part_at(self, at: QPointF) -> int | None:
        """Return the part under the pointer: the column it stands over, whether high or low."""
        across = at.x() / PIXELS
        for number, part in enumerate(self.parts):
            edges = [point[0] for point in part.points]
            if min(edges) <= across <= max(edges):
                return number
        return None

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, shown = QPainter(self), self.shown
        if shown is None:
            return
        painter.scale(PIXELS, PIXELS)
        paint(painter, shown, inks_of(current()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._part is not None and self._part < len(self.parts):
            painter.setPen(QPen(QColor(current().text), 1.25))
            points = self.parts[self._part].points
            painter.drawPolygon(QPolygonF([QPointF(across, down) for across, down in points]))
        if self.hasFocus() and self._part is None:
            painter.setPen(QPen(QColor(current().accent), 0.75, Qt.PenStyle.DotLine))
            painter.drawRect(0, 0, int(shown.width) - 1, int(shown.height) - 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        part = self._part_at(event.position())
        if part is None:
            self.leave()
        else:
            self._read(part, event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        part = self._part_at(event.position())
        if part is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(part)

    def resizeEvent(self, event: object) -> None:
        self._drawing = None
        self.leave()

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 220)

    def sizeHint(self) -> QSize:
        return QSize(640, 360)
