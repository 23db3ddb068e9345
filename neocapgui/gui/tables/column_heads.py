"""The heads of the columns: dim, without lines, aligned like what stands below them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from neocapgui.figures.kinds import NUMBERS
from neocapgui.gui import look
from neocapgui.gui.tables.column_widths import BAR, PAD
from neocapgui.gui.tables.table_model import TableModel


class ColumnHeads(QHeaderView):
    """Paints the titles of a table model's columns."""

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        """Stand above the cells of a model."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(32)

    # Qt overrides

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        roles = look.current()
        painter.fillRect(rect, look.color(roles.head))
        column = self._model.column(section)
        room = rect.adjusted(PAD, 0, -PAD - (BAR - PAD if column.has_bar else 0), 0)
        is_number = column.kind in NUMBERS
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(look.color(roles.dim))
        side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        title = painter.fontMetrics().elidedText(column.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), title)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.fontMetrics().height() + 15)
