"""The heads of the columns: dim, without lines, aligned like what stands below them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from neocapgui.figures.kinds import NUMBERS
from neocapgui.gui import look
from neocapgui.gui.tables.column_widths import BARS, PAD, head_lines
from neocapgui.gui.tables.table_model import TableModel

_AIR = 15  # pixels above and below the titles together


class ColumnHeads(QHeaderView):
    """Paints the titles of a table model's columns."""

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        """Stand above the cells of a model."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.bar = BARS[0]  # pixels that bars have in their columns
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(32)

    # Qt overrides

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        roles = look.current()
        painter.fillRect(rect, look.color(roles.head))
        column = self._model.column(section)
        room = rect.adjusted(PAD, 0, -(self.bar if column.has_bar else PAD), 0)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(look.color(roles.dim))
        metrics = painter.fontMetrics()
        title = column.title
        lines = (title,) if metrics.horizontalAdvance(title) <= room.width() else head_lines(title)
        cut = [metrics.elidedText(line, Qt.TextElideMode.ElideRight, room.width()) for line in lines]
        side = Qt.AlignmentFlag.AlignRight if column.kind in NUMBERS else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), "\n".join(cut))

    def sizeHint(self) -> QSize:
        lines = max((len(head_lines(column.title)) for column in self._model.table.columns), default=1)
        return QSize(super().sizeHint().width(), lines * self.fontMetrics().height() + _AIR)
