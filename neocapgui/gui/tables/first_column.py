"""The first column of a table, which stays in sight while the others are scrolled aside."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from neocapgui.gui.looks import look
from neocapgui.gui.tables.cell_delegate import CellDelegate
from neocapgui.gui.tables.column_heads import ColumnHeads
from neocapgui.gui.tables.table_model import TableModel

Index = QModelIndex | QPersistentModelIndex


class FirstInSight:
    """Makes the first column of a table that stays, once the table is scrolled aside for the first time.

    Most tables never are, and making it takes as long as half a table.
    """

    def __init__(self, table: QTableView, model: TableModel, dress: Callable[[FirstColumn], None]) -> None:
        """Stand by; `dress` is given the column when it is made."""
        self._table, self._model, self._dress = table, model, dress
        self._column: FirstColumn | None = None
        table.horizontalScrollBar().valueChanged.connect(self.follow)

    @property
    def covers(self) -> int:
        """How many pixels of the table the column covers."""
        return 0 if self._column is None else self._column.covers

    def follow(self) -> None:
        """Lie over the table as it is scrolled and sized now."""
        if self._column is None and self._table.horizontalScrollBar().value() > 0:
            self._column = FirstColumn(self._table, self._model)
            self._dress(self._column)
        if self._column is not None:
            self._column.follow()


class FirstColumn(QTableView):
    """Lies over the left of a table view and shows its first column once the view is scrolled."""

    def __init__(self, table: QTableView, model: TableModel) -> None:
        """Lie over a view; both show one model and one selection."""
        super().__init__(table)
        self._table = table
        self.paint_above: Callable[[QPainter], None] | None = None  # what stands above its cells
        self.heads = ColumnHeads(model, self)
        self.setModel(model)
        self.setSelectionModel(table.selectionModel())
        self.setItemDelegate(CellDelegate(model, self))
        self.setHorizontalHeader(self.heads)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(table)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().rangeChanged.connect(self._stay_level)
        model.modelReset.connect(self._hide_others)
        self._hide_others()
        self.hide()

    @property
    def covers(self) -> int:
        """How many pixels of the table it covers."""
        return self.width() if self.isVisible() else 0

    def follow(self) -> None:
        """Lie over the table as it is scrolled and sized now."""
        table = self._table
        is_wanted = table.horizontalScrollBar().value() > 0 and table.model().columnCount() > 1
        if is_wanted:
            self.setFont(table.font())
            self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
            self.setColumnWidth(0, table.columnWidth(0))
            heads = table.horizontalHeader().height()
            self.heads.setFixedHeight(heads)
            self.setGeometry(0, 0, table.columnWidth(0) + 1, table.viewport().height() + heads)
            self.verticalScrollBar().setValue(table.verticalScrollBar().value())
        self.setVisible(is_wanted)

    def _stay_level(self) -> None:
        """Stand where the table stands: it may have been scrolled before the lines of this were laid out."""
        self.verticalScrollBar().setValue(self._table.verticalScrollBar().value())

    def _hide_others(self) -> None:
        for column in range(1, self.model().columnCount()):
            self.setColumnHidden(column, True)

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(look.color(look.current().line))
        edge = self.viewport().width() - 1
        painter.drawLine(edge, 0, edge, self.viewport().height())
        if self.paint_above is not None:
            self.paint_above(painter)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        return  # the table scrolls, and this follows
