"""Lines across a plot at places that have a name, each with its name in a row of its own."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

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
        """Return where each name is written: right of its line where there is room, otherwise left.

        A line begins at the row of its name; in this order of rows it crosses no other name.
        """
        metrics = QFontMetricsF(self.font)
        rightwards: list[tuple[Landing, QRectF]] = []
        leftwards: list[tuple[Landing, QRectF]] = []
        for landing in sorted(self.landings, key=lambda one: one.x):
            box = QRectF(landing.x + _BESIDE, 0, metrics.horizontalAdvance(landing.text), metrics.height())
            if box.right() <= self.room.right():
                rightwards.append((landing, box))
            else:
                box.moveRight(landing.x - _BESIDE)
                leftwards.insert(0, (landing, box))
        found = rightwards + leftwards
        for row, (_, box) in enumerate(found):
            box.moveTop(self.room.top() + row * (metrics.height() + 2))
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
