"""The diagram of the group on the screen: companies that can be pointed at, and lines between them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from neocapgui.figures.charts.drawn_group import PlacedGroup, PlacedMember
from neocapgui.figures.charts.marks import Box, Drawing, Mark
from neocapgui.gui.charts.painting import inks_of, paint
from neocapgui.gui.looks import look

_RING = 3.0  # points around the company that has the focus


class LinesItem(QGraphicsItem):
    """The stakes and moves under the companies, or the labels above them; drawn in the colours worn now."""

    def __init__(self, placed: PlacedGroup, marks: tuple[Mark, ...], says: str) -> None:
        """Draw some marks of a diagram."""
        super().__init__()
        self._room = QRectF(0, 0, placed.width, placed.height)
        self._drawing = _drawing(placed.width, placed.height, says, marks)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    # Qt overrides

    def boundingRect(self) -> QRectF:
        return self._room

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        paint(painter, self._drawing, inks_of(look.current()))


class CompanyItem(QGraphicsItem):
    """One company: it has a tool tip, and shows whether it is looked at and whether it has the focus."""

    def __init__(self, placed: PlacedMember, tip: str) -> None:
        """Draw a company at its place."""
        super().__init__()
        self.member = placed.member
        self.box = placed.box
        self.is_looked_at = False
        self.is_current = False
        self._drawing = _drawing(placed.box.right, placed.box.bottom, placed.member.says, placed.marks)
        self.setToolTip(tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def room(self) -> QRectF:
        """Where the company stands."""
        return QRectF(self.box.left, self.box.top, self.box.width, self.box.height)

    def show_state(self, is_looked_at: bool, is_current: bool) -> None:
        """Show whether the session looks at the company, and whether the keys would choose it."""
        if (is_looked_at, is_current) != (self.is_looked_at, self.is_current):
            self.is_looked_at, self.is_current = is_looked_at, is_current
            self.update()

    # Qt overrides

    def boundingRect(self) -> QRectF:
        margin = _RING + 2
        return self.room.adjusted(-margin, -margin, margin, margin)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        roles = look.current()
        paint(painter, self._drawing, inks_of(roles))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.is_looked_at:
            painter.setPen(QPen(look.color(roles.accent), 2))
            painter.drawRect(self.room)
        if self.is_current:
            painter.setPen(QPen(look.color(roles.accent), 1.2))
            painter.drawRoundedRect(self.room.adjusted(-_RING, -_RING, _RING, _RING), _RING, _RING)


def _drawing(width: float, height: float, says: str, marks: tuple[Mark, ...]) -> Drawing:
    return Drawing(width, height, says, says, Box(0, 0, width, height), marks)
