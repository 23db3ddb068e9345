"""Lines across a plot at places that have a name, each with its name in a row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

_MARGIN = 5  # around a name
_BESIDE = 3  # between a line and its name


@dataclass(frozen=True, slots=True)
class Flag:
    """A place along a plot, in its pixels, and what is written beside its line."""

    x: float
    text: str
    ink: QColor
    is_strong: bool = False


class FlagLines(QGraphicsItem):
    """Draws the lines of some flags, above all that the plot draws."""

    def __init__(self, plot: QGraphicsItem) -> None:
        """Stand in a plot."""
        super().__init__(plot)
        self.setZValue(1)
        self._flags: tuple[Flag, ...] = ()
        self._rect = QRectF()

    def show_flags(self, flags: Sequence[Flag], rect: QRectF) -> None:
        """Draw some lines in a plot of a size."""
        self.prepareGeometryChange()
        self._flags, self._rect = tuple(flags), rect
        self.update()

    # Qt overrides

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setClipRect(self._rect)
        for flag in self._flags:
            pen = QPen(flag.ink, 2 if flag.is_strong else 0)
            if not flag.is_strong:
                pen.setDashPattern([2, 3])
            painter.setPen(pen)
            painter.drawLine(QLineF(flag.x, self._rect.top(), flag.x, self._rect.bottom()))


class FlagNames(QGraphicsItem):
    """Writes the names of some flags, below all that the plot draws, so that no curve is hidden."""

    def __init__(self, plot: QGraphicsItem) -> None:
        """Stand in a plot."""
        super().__init__(plot)
        self.setZValue(-1)
        self._flags: tuple[Flag, ...] = ()
        self._rect = QRectF()
        self._font = QFont()

    def show_flags(self, flags: Sequence[Flag], rect: QRectF, font: QFont) -> None:
        """Write some names in a plot of a size."""
        self.prepareGeometryChange()
        self._flags, self._rect, self._font = tuple(flags), rect, font
        self.update()

    @property
    def written(self) -> list[str]:
        """The names that found room."""
        return [flag.text for flag, _ in self._boxes()]

    def _boxes(self) -> list[tuple[Flag, QRectF]]:
        """Return where each name is written: right of its line where there is room, otherwise left."""
        metrics, boxes = QFontMetricsF(self._font), []
        top = self._rect.top()
        for flag in self._flags:
            width = metrics.horizontalAdvance(flag.text) + 2 * _MARGIN
            x = flag.x + _BESIDE
            if x + width > self._rect.right():
                x = flag.x - _BESIDE - width
            box = QRectF(x, top, width, metrics.height() + 2)
            if self._rect.contains(box):
                boxes.append((flag, box))
                top = box.bottom() + 1
        return boxes

    # Qt overrides

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setClipRect(self._rect)
        painter.setFont(self._font)
        for flag, box in self._boxes():
            painter.setPen(flag.ink)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, flag.text)
