"""Lines across a plot at places that have a name, each with its name in as high a row as is free."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from neocapgui.figures.charts.flags import flags

_BESIDE = 8  # pixels between a line and its name


@dataclass(frozen=True, slots=True)
class Landing:
    """A place along a plot, in its pixels, and what is written beside its line."""

    x: float
    text: str
    ink: QColor
    is_strong: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Flags:
    """Some places in a plot of a size, with the rows their names are written in."""

    landings: tuple[Landing, ...]
    room: QRectF
    font: QFont

    def boxes(self) -> list[tuple[Landing, QRectF]]:
        """Return where each name is written; a line begins at the row of its name and crosses no other."""
        metrics = QFontMetricsF(self.font)
        landings = sorted(self.landings, key=lambda one: one.x)
        rooms = [metrics.horizontalAdvance(one.text) + _BESIDE for one in landings]
        named = flags([one.x for one in landings], rooms, self.room.left(), self.room.right())
        found = []
        for landing, flag in zip(landings, named, strict=True):
            left = flag.low if flag.is_left else flag.low + _BESIDE
            top = self.room.top() + flag.row * (metrics.height() + 2)
            found.append((landing, QRectF(left, top, flag.room - _BESIDE, metrics.height())))
        return found

    def named(self) -> list[tuple[Landing, QRectF]]:
        """Return those whose name has room."""
        return [(landing, box) for landing, box in self.boxes() if self.room.contains(box)]


_NONE = Flags((), QRectF(), QFont())


class FlagLines(QGraphicsItem):
    """Draws the lines of some flags, above all that the plot draws."""

    def __init__(self, plot: QGraphicsItem) -> None:
        """Stand in a plot."""
        super().__init__(plot)
        self.setZValue(1)
        self._flags = _NONE

    def show_flags(self, flags: Flags) -> None:
        """Draw other lines."""
        self.prepareGeometryChange()
        self._flags = flags
        self.update()

    # Qt overrides

    def boundingRect(self) -> QRectF:
        return self._flags.room

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setClipRect(self._flags.room)
        for landing, box in self._flags.boxes():
            pen = QPen(landing.ink, 2 if landing.is_strong else 0)
            if not landing.is_strong:
                pen.setDashPattern([2, 3])
            painter.setPen(pen)
            foot = QPointF(landing.x, self._flags.room.bottom())
            painter.drawLine(QLineF(QPointF(landing.x, box.top()), foot))


class FlagNames(QGraphicsItem):
    """Writes the names of some flags, below all that the plot draws, so that no curve is hidden."""

    def __init__(self, plot: QGraphicsItem) -> None:
        """Stand in a plot."""
        super().__init__(plot)
        self.setZValue(-1)
        self._flags = _NONE

    def show_flags(self, flags: Flags) -> None:
        """Write other names."""
        self.prepareGeometryChange()
        self._flags = flags
        self.update()

    @property
    def written(self) -> list[str]:
        """The names that found room."""
        return [landing.text for landing, _ in self._flags.named()]

    # Qt overrides

    def boundingRect(self) -> QRectF:
        return self._flags.room

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setFont(self._flags.font)
        for landing, box in self._flags.named():
            painter.setPen(landing.ink)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, landing.text)
