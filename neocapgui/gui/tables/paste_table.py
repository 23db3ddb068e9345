"""The lines of a paste on screen: each cell as it was understood, beside what was pasted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from neocapgui.gui.looks.typeface import figures_font
from neocapgui.gui.tables.column_widths import PAD
from neocapgui.gui.tables.paste_cells import PasteCells
from neocapgui.gui.tables.paste_model import PROBLEM, PasteModel, shows_source

Index = QModelIndex | QPersistentModelIndex
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
        self._cells = PasteCells(self.paste_model, self)
        self._cells.ended.connect(self._go)
        self.setItemDelegate(self._cells)
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

    def _go(self, down: int, right: int) -> None:
        """Go from the current cell to another, as far as there are any."""
        index = self.currentIndex()
        other = self.paste_model.index(index.row() + down, index.column() + right)
        if other.isValid():
            self.setCurrentIndex(other)

    def _list_choices(self) -> None:
        index = self.currentIndex()
        if self.paste_model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
            if self._cells.editor is not None:
                self._cells.editor.list_all()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and held == Qt.KeyboardModifier.AltModifier:
            self.paste_model.take_repair(self.currentIndex())
        elif key in _ENTER and not held & Qt.KeyboardModifier.ControlModifier:
            self._go(-1 if held & Qt.KeyboardModifier.ShiftModifier else 1, 0)
        elif key == Qt.Key.Key_Down and held == Qt.KeyboardModifier.AltModifier:
            self._list_choices()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.pointed.emit()
