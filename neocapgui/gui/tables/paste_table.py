"""The lines of a paste on screen: each cell as it was understood, beside what was pasted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from neocapgui.gui.looks import look
from neocapgui.gui.looks.typeface import figures_font
from neocapgui.gui.tables.column_widths import PAD
from neocapgui.gui.tables.paste_model import PROBLEM, REMARK, PasteModel, shows_source

Index = QModelIndex | QPersistentModelIndex
_SELECTED = QStyle.StateFlag.State_Selected
_FOCUSED = QStyle.StateFlag.State_HasFocus
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MEASURED = 60  # lines by which columns are made wide enough, spread over the block
_WIDEST, _WORDS = 260, 420  # pixels of a cell, and of the words at the end at the least


class PasteTable(QTableView):
    """Shows a paste line by line; a cell can be typed anew."""

    pointed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setObjectName("table.paste")
        self.setAccessibleName("Pasted lines")
        self.paste_model = PasteModel(self)
        self.setModel(self.paste_model)
        self.setItemDelegate(_Cells(self.paste_model, self))
        self.setFont(figures_font(self.font()))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(max(26, self.fontMetrics().height() + 10))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStyleSheet(f"QHeaderView::section {{ padding: 4px {PAD - 1}px; }}")
        self.horizontalHeader().setStretchLastSection(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.paste_model.modelReset.connect(self.measure)

    def measure(self) -> None:
        """Make the columns as wide as what is in them."""
        model, metrics = self.paste_model, self.fontMetrics()
        rows = model.rowCount()
        sample = sorted({*range(min(rows, _MEASURED)), *range(0, rows, max(1, rows // _MEASURED))})
        for number in range(model.columnCount() - 1):
            head = str(model.headerData(number, Qt.Orientation.Horizontal) or "")
            width = max(metrics.horizontalAdvance(line) for line in head.split("\n")) + 12
            for row in sample:
                index = model.index(row, number)
                text = str(model.data(index) or "")
                reading = model.reading(index)
                if reading is not None and shows_source(reading, model.column_of(index), text):
                    text = f"{reading.text.strip()}     {text}"
                elif reading is not None and (reading.problem or reading.remark):
                    text = f"{PROBLEM}   {text}"  # a space more than is drawn: advances are rounded
                width = max(width, metrics.horizontalAdvance(text))
            self.setColumnWidth(number, min(width, _WIDEST) + 2 * PAD)
        self.horizontalHeader().setMinimumSectionSize(40)

    def point_at(self, row: int, at: int) -> None:
        """Make a cell of the block the current one."""
        index = self.paste_model.index(row, at + 1)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            index = self.currentIndex()
            below = self.paste_model.index(index.row() + 1, index.column())
            if below.isValid():
                self.setCurrentIndex(below)
            event.accept()
            return
        super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.pointed.emit()


class _Cells(QStyledItemDelegate):
    def __init__(self, model: PasteModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    # Qt overrides

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        roles, model, rect = look.current(), self._model, option.rect
        reading, column = model.reading(index), model.column_of(index)
        text = str(model.data(index) or "")
        ground, color, sign = "", roles.text, ""
        if model.is_left_out(index.row()) or (reading is not None and column is None):
            color = roles.dim
        elif reading is not None and reading.problem:
            ground, color, sign = roles.red_ground, roles.red, PROBLEM
        elif reading is not None and reading.remark:
            ground, color, sign = roles.amber_ground, roles.amber, REMARK
        elif index.column() == 0:
            color = roles.dim
        elif reading is None:
            color = roles.red if PROBLEM in text else roles.amber
        if option.state & _SELECTED:
            painter.fillRect(rect, look.color(roles.accent_ground))
        elif ground:
            painter.fillRect(rect, look.color(ground))
        elif index.row() % 2:
            painter.fillRect(rect, look.color(roles.stripe))
        room = rect.adjusted(PAD, 0, -PAD, 0)
        painter.setFont(option.font)
        painter.setPen(look.color(color))
        metrics = option.fontMetrics
        if sign:
            painter.drawText(room, _LEFT, sign)
            room.setLeft(room.left() + metrics.horizontalAdvance(f"{sign}  "))
        align = model.data(index, int(Qt.ItemDataRole.TextAlignmentRole)) or _LEFT
        has_source = reading is not None and shows_source(reading, column, text)
        if has_source and text:
            align = _RIGHT
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(align), shown)
        if has_source and reading is not None:
            room.setRight(room.right() - metrics.horizontalAdvance(shown) - PAD)
            painter.setPen(look.color(roles.dim))
            source = " ".join(reading.text.split())
            painter.drawText(
                room, _LEFT, metrics.elidedText(source, Qt.TextElideMode.ElideRight, room.width())
            )
        if option.state & _FOCUSED:
            painter.setPen(look.color(roles.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
