"""The diagram of the group on the screen: zoomed, moved, walked by keys, and a way to each company."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from neocapgui.figures.charts.drawn_group import PlacedGroup, placed_group
from neocapgui.figures.charts.group_diagram import GroupDiagram
from neocapgui.gui.charts.group_items import CompanyItem, LinesItem
from neocapgui.gui.charts.painting import PIXELS
from neocapgui.gui.widgets.plain_text import tip

_AIR = 5.0  # points around the diagram
_STEP = 1.2
_SMALLEST, _LARGEST = 0.2, 4.0  # of the natural size
_LARGEST_FIT = 1.0
_READABLE = 0.5  # below it letters are too small; the rest is reached by dragging
_MOVED = 4  # pixels beyond which a press is a drag and no click
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class GroupView(QGraphicsView):
    """Shows a diagram; a click or Enter chooses a company, the wheel with Ctrl zooms, Home fits."""

    chosen = Signal(int)  # an issuer

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setObjectName("chart.group")
        self.setAccessibleName("Diagram of the group")
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self._diagram: GroupDiagram | None = None
        self._looked_at: int | None = None
        self._current: int | None = None  # the company that the keys would choose
        self._pressed: QPoint | None = None
        self._is_fitted = True
        self._is_fitting = False
        self._placed: PlacedGroup | None = None  # as it is laid out now
        self.companies: dict[int, CompanyItem] = {}

    @property
    def current(self) -> int | None:
        """The company that Enter would choose."""
        return self._current

    @property
    def zoom(self) -> float:
        """How large the diagram is shown; 1 is its natural size."""
        return self.transform().m11() / PIXELS

    def show_diagram(self, diagram: GroupDiagram, looked_at: int | None) -> None:
        """Show a diagram, and which company is looked at; the same diagram keeps its zoom."""
        self._looked_at = looked_at
        if diagram != self._diagram:
            self._diagram = diagram
            self._lay_out(diagram)
            self.setAccessibleDescription(diagram.alt)
            if self._is_fitted:
                self.fit(_READABLE)
        if self._current not in self.companies:
            self._current = looked_at if looked_at in self.companies else next(iter(self.companies), None)
        self._mark()

    def fit(self, least: float = _SMALLEST) -> None:
        """Show all of it, no larger than its natural size and no smaller than `least` of it."""
        if self._is_fitting:  # scroll bars that come and go while it is fitted make it smaller and larger
            return
        self._is_fitting = True
        self._offer_scrolling(False)
        if self._diagram is not None:
            self._lay_out(self._diagram)
        room, seen = self.sceneRect(), self.viewport().size()
        if not room.isEmpty() and not seen.isEmpty():
            part = min(seen.width() / room.width(), seen.height() / room.height()) / PIXELS
            self._scale_to(min(max(part, least), _LARGEST_FIT))
            looked_at = self.companies.get(self._looked_at or 0)
            is_whole = part >= least or looked_at is None
            self._offer_scrolling(part < least)
            self.centerOn(room.center() if is_whole or looked_at is None else looked_at.room.center())
            self._is_fitted = True
        self._is_fitting = False

    def _offer_scrolling(self, is_offered: bool) -> None:
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if is_offered else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(policy)
        self.setVerticalScrollBarPolicy(policy)

    def zoom_by(self, factor: float) -> None:
        """Show it larger or smaller."""
        self._offer_scrolling(True)
        self._scale_to(min(max(self.zoom * factor, _SMALLEST), _LARGEST))
        self._is_fitted = False

    def go(self, across: int, down: int) -> None:
        """Go to the next company in a direction: the nearest, what is aside counting twice."""
        here = self.companies.get(self._current or 0)
        if here is None:
            return
        start = here.room.center()
        best: tuple[float, int] | None = None
        for issuer, item in self.companies.items():
            way = item.room.center() - start
            ahead = way.x() * across + way.y() * down
            aside = abs(way.x() * down) + abs(way.y() * across)
            if ahead > 1 and (best is None or ahead + 2 * aside < best[0]):
                best = ahead + 2 * aside, issuer
        if best is not None:
            self._current = best[1]
            self._mark()
            self.ensureVisible(self.companies[best[1]])

    def _lay_out(self, diagram: GroupDiagram) -> None:
        """Lay the companies out for the room that is seen, unless they stand so already."""
        seen = self.viewport().size()
        room = seen.width() / PIXELS - 2 * _AIR, seen.height() / PIXELS - 2 * _AIR
        placed = placed_group(diagram, room)
        if placed is self._placed:
            return
        self._placed = placed
        scene = self.scene()
        scene.clear()
        scene.addItem(LinesItem(placed, placed.lines, diagram.alt))
        self.companies = {}
        for member in placed.members:
            links = [one.says for one in diagram.links if one.issuer == member.member.issuer]
            item = CompanyItem(member, tip("\n".join([member.member.says, *links])))
            self.companies[member.member.issuer] = item
            scene.addItem(item)
        scene.addItem(LinesItem(placed, placed.labels, diagram.alt))
        scene.setSceneRect(-_AIR, -_AIR, placed.width + 2 * _AIR, placed.height + 2 * _AIR)
        self._mark()

    def _mark(self) -> None:
        for issuer, item in self.companies.items():
            item.show_state(issuer == self._looked_at, self.hasFocus() and issuer == self._current)

    def _scale_to(self, zoom: float) -> None:
        factor = zoom / self.zoom
        self.scale(factor, factor)

    def _company_at(self, place: QPointF) -> CompanyItem | None:
        for item in self.items(place.toPoint()):
            if isinstance(item, CompanyItem):
                return item
        return None

    def _choose(self, issuer: int | None) -> None:
        if issuer is not None:
            self._current = issuer
            self._mark()
            self.chosen.emit(issuer)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _WAYS:
            self.go(*_WAYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._current)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / _STEP)
        elif key == Qt.Key.Key_Home:
            self.fit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(_STEP ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place, pressed = event.position(), self._pressed
        self._pressed = None
        if pressed is None or (place.toPoint() - pressed).manhattanLength() > _MOVED:
            self._is_fitted = self._is_fitted and pressed is None
            return
        item = self._company_at(place)
        if item is not None and event.button() == Qt.MouseButton.LeftButton:
            self._choose(item.member.issuer)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit(_READABLE)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.scene() is not None:
            self.scene().update()

    def sizeHint(self) -> QSize:
        return QSize(640, 300)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 150)
