"""The heads of the columns: dim, without lines, aligned like what stands below them; a click sorts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QFontMetrics, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QApplication, QHeaderView, QStyle, QWidget

from neocapgui.figures.grid.sifted import Sifting
from neocapgui.figures.kinds import NUMBERS
from neocapgui.gui.looks import look
from neocapgui.gui.tables.column_widths import BARS, PAD, head_lines
from neocapgui.gui.tables.table_model import TableModel

_AIR = 15  # pixels above and below the titles together
_ABOVE = 5  # pixels from the upper edge to an arrow above a title
_MARK = 15  # pixels of the arrow, and of the funnel


class ColumnHeads(QHeaderView):
    """Paints the titles of a table model's columns, which of them sorts and which filter."""

    sort_wanted = Signal(int)  # a column
    filter_wanted = Signal(int)
    menu_wanted = Signal(int)

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        """Stand above the cells of a model."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._sifting = Sifting()
        self._can_filter = False
        self._pressed: QPoint | None = None
        self._hovered = -1
        self.bar = BARS[0]  # pixels that bars have in their columns
        self.setSectionsClickable(False)  # a click sorts; Ctrl+Space selects a column
        self.setHighlightSections(False)
        self.setMinimumSectionSize(32)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)

    def show_sifting(self, sifting: Sifting, can_filter: bool) -> None:
        """Mark the columns that sort and filter."""
        self._sifting, self._can_filter = sifting, can_filter
        self.viewport().update()

    def says(self, section: int) -> str:
        """Return in words how a column sorts and filters; nothing where it does neither."""
        title, order = self._model.column(section).title, self._sifting.order
        words = []
        if order is not None and order.column == title:
            words.append("sorted falling" if order.is_falling else "sorted rising")
        if any(one.column == title for one in self._sifting.filters):
            words.append("filtered")
        return ", ".join(words)

    def marks(self, section: int) -> int:
        """Return the pixels that arrow and funnel of a column need beside its title."""
        title, order = self._model.column(section).title, self._sifting.order
        sorts = order is not None and order.column == title
        filters = any(one.column == title for one in self._sifting.filters)
        return _MARK * (2 if sorts else filters)

    def funnel(self, section: int) -> QRect:
        """Return where the funnel of a column stands: behind a title on the left, before one on the right."""
        left, width = self.sectionViewportPosition(section), self.sectionSize(section)
        column = self._model.column(section)
        if column.kind not in NUMBERS:
            return QRect(left + width - _MARK - 4, 0, _MARK + 3, self.height())
        font = QFontMetrics(self._title_font())
        title = max(map(font.horizontalAdvance, head_lines(column.title)))
        order = self._sifting.order
        before = _MARK * (1 + (order is not None and order.column == column.title))
        right = left + width - (self.bar if column.has_bar else PAD) - min(title, width - 2 * PAD)
        return QRect(max(left, right - before - 4), 0, _MARK + 3, self.height())

    def _title_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Medium)
        return font

    def _is_handle(self, place: QPoint) -> bool:
        grip = self.style().pixelMetric(QStyle.PixelMetric.PM_HeaderGripMargin, None, self)
        edges = (self.logicalIndexAt(place.x() - grip), self.logicalIndexAt(place.x() + grip))
        return edges[0] != edges[1]

    def _paint_marks(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint the funnel of a column, and between it and the title the arrow."""
        title, roles = self._model.column(section).title, look.current()
        is_number = self._model.column(section).kind in NUMBERS
        order = self._sifting.order
        is_filtered = any(one.column == title for one in self._sifting.filters)
        is_offered = self._can_filter and section == self._hovered
        place = self.funnel(section)
        centre = QPointF(place.center().x(), rect.center().y() + 0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_filtered or is_offered:
            painter.fillRect(place.intersected(rect), look.color(roles.head))
            tone = look.color(roles.accent if is_filtered else roles.dim)
            _paint_funnel(painter, centre, tone, is_filtered)
        if order is not None and order.column == title:
            at = centre + QPointF(_MARK + 1 if is_number else -_MARK - 1, 0)
            if is_number and place.left() <= rect.left():  # the title takes all the room: above it
                at = QPointF(rect.center().x(), rect.top() + _ABOVE)
            _paint_arrow(painter, at, look.color(roles.accent), order.is_falling)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    # Qt overrides

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        roles = look.current()
        painter.fillRect(rect, look.color(roles.head))
        column = self._model.column(section)
        is_number = column.kind in NUMBERS
        room = rect.adjusted(PAD, 0, -(self.bar if column.has_bar else PAD), 0)
        painter.setFont(self._title_font())
        metrics = painter.fontMetrics()
        order, filters = self._sifting.order, self._sifting.filters
        marks = (order is not None and order.column == column.title) + any(
            one.column == column.title for one in filters
        )
        if not is_number and marks:
            sorts = order is not None and order.column == column.title
            room.setRight(room.right() - (1 + sorts) * _MARK + PAD - 4)
        painter.setPen(look.color(roles.text if marks else roles.dim))
        title = column.title
        lines = (title,) if metrics.horizontalAdvance(title) <= room.width() else head_lines(title)
        cut = [metrics.elidedText(line, Qt.TextElideMode.ElideRight, room.width()) for line in lines]
        side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), "\n".join(cut))
        self._paint_marks(painter, rect, section)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        is_ours = event.button() == Qt.MouseButton.LeftButton and not self._is_handle(place)
        self._pressed = place if is_ours else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place, pressed = event.position().toPoint(), self._pressed
        super().mouseReleaseEvent(event)
        self._pressed = None
        if pressed is None:
            return
        section = self.logicalIndexAt(place)
        if section < 0 or (place - pressed).manhattanLength() >= QApplication.startDragDistance():
            return
        if self._can_filter and self.funnel(section).contains(place):
            self.filter_wanted.emit(section)
        else:
            self.sort_wanted.emit(section)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        hovered = self.logicalIndexAt(event.position().toPoint())
        if hovered != self._hovered:
            self._hovered = hovered
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = -1
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        section = self.logicalIndexAt(event.pos())
        if section >= 0:
            self.menu_wanted.emit(section)

    def sizeHint(self) -> QSize:
        lines = max((len(head_lines(column.title)) for column in self._model.table.columns), default=1)
        return QSize(super().sizeHint().width(), lines * self.fontMetrics().height() + _AIR)


def _paint_arrow(painter: QPainter, centre: QPointF, tone: QColor, is_falling: bool) -> None:
    down = 1 if is_falling else -1
    corners = [QPointF(-4, -2.5 * down), QPointF(4, -2.5 * down), QPointF(0, 3 * down)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tone)
    painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))


def _paint_funnel(painter: QPainter, centre: QPointF, tone: QColor, is_filled: bool) -> None:
    corners = [(-5, -4), (5, -4), (1.2, 0.5), (1.2, 4.5), (-1.2, 3.3), (-1.2, 0.5)]
    painter.setPen(tone)
    painter.setBrush(tone if is_filled else Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF([centre + QPointF(*corner) for corner in corners]))
