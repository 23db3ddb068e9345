"""How the keys go from cell to cell and select, as hands know it from spreadsheets."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from neocapgui.figures.tables import cells_of
from neocapgui.gui.tables.table_model import TableModel
from neocapgui.ledger.splicing import Integers

Cell = tuple[int, int]  # row, column
_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_Flag = QItemSelectionModel.SelectionFlag


class Steps:
    """Moves the current cell of a table and what is selected."""

    def __init__(self, view: QTableView, model: TableModel) -> None:
        """Move in a view of a model."""
        self._view = view
        self._model = model
        self._run: int | None = None  # the column in which a run of Tabs began
        self._is_new = False  # whether the run began in the empty line
        self._anchor: QPersistentModelIndex | None = None  # where a selection began
        self.is_held = False  # while the table is shown anew, which ends no run and begins no selection

    def moved(self, is_extending: bool) -> None:
        """Hear that the current cell is another: a run of Tabs ends, and a selection begins there."""
        if self.is_held:
            return
        self._run, self._is_new = None, False
        is_clicked = bool(QGuiApplication.mouseButtons())
        is_extending |= is_clicked and bool(QGuiApplication.keyboardModifiers() & _SHIFT)
        if not is_extending or self._anchor is None:
            self._anchor = QPersistentModelIndex(self._view.currentIndex())

    def go_on(self, down: int, right: int, recorded: int | None = None) -> None:
        """Leave a cell with Enter or Tab; `recorded` is the row of a line that was new just now.

        In a selection the keys go round inside it. After a run of Tabs, Enter goes back to the column where
        the run began; after one that began in the empty line, to the empty line.
        """
        index = self._view.currentIndex()
        if not index.isValid() or (recorded is None and self._go_round(down, right)):
            return
        row = index.row() if recorded is None else recorded
        column, run, is_new = index.column(), self._run, self._is_new or recorded is not None
        if right:
            run = column if run is None else run
        elif down:
            column = column if run is None else run
            if is_new and down > 0 and self._model.table.blank is not None:
                row = len(self._model.table.rows) - 1
            if run == 0:  # the next line is begun: what is typed first stands beside its day or name
                self._view.horizontalScrollBar().setValue(0)
            run, is_new = None, False
        column += right
        last_column = len(self._model.table.columns) - 1
        self.point(max(0, min(self._model.rowCount() - 1, row + down)), max(0, min(last_column, column)))
        self._run, self._is_new = run, is_new
        self._view.setFocus()

    def step(self, down: int, right: int) -> None:
        """Go with an arrow."""
        index = self._view.currentIndex()
        last_column = len(self._model.table.columns) - 1
        row = max(0, min(self._model.rowCount() - 1, index.row() + down))
        self.point(row, max(0, min(last_column, index.column() + right)))
        self._view.setFocus()

    def point(self, row: int, column: int) -> None:
        """Make a cell the current one, which alone is selected."""
        index = self._model.index(row, column)
        self._view.setCurrentIndex(index)
        self._anchor = QPersistentModelIndex(index)

    def leap(self, key: Qt.Key, is_extending: bool) -> bool:
        """Go with Ctrl and a key: an arrow to the edge of what is filled in, Home and End to the corners."""
        index = self._view.currentIndex()
        if not index.isValid():
            return False
        way = _ARROWS.get(key)
        if way is not None:
            target = self._edge(index.row(), index.column(), way)
        elif key == Qt.Key.Key_Home:
            target = (0, 0)
        elif key == Qt.Key.Key_End:
            target = (max(0, len(self._model.table.rows) - 1), len(self._model.table.columns) - 1)
        else:
            return False
        self.reach(target, is_extending)
        return True

    def to_end_of_line(self, key: Qt.Key, is_extending: bool) -> None:
        """Go to the first or the last cell of the line."""
        last = len(self._model.table.columns) - 1
        self.reach((self._view.currentIndex().row(), 0 if key == Qt.Key.Key_Home else last), is_extending)

    def reach(self, target: Cell, is_extending: bool) -> None:
        """Go to a cell, and select all from where the selection began if it is extended."""
        if not target[1]:  # the first column is in sight in any case: what stands beside it comes with it
            self._view.horizontalScrollBar().setValue(0)
        if not is_extending:
            self.point(*target)
            return
        selection, anchor = self._view.selectionModel(), self.anchor
        self.is_held = True
        selection.setCurrentIndex(self._model.index(*target), _Flag.NoUpdate)
        self.is_held = False
        selection.select(
            QItemSelection(self._model.index(anchor.row(), anchor.column()), self._model.index(*target)),
            _Flag.ClearAndSelect,
        )
        self._view.scrollTo(self._model.index(*target))

    @property
    def anchor(self) -> QModelIndex:
        """The cell in which the selection began."""
        anchor, current = self._anchor, self._view.currentIndex()
        if anchor is None or not anchor.isValid() or not self._view.selectionModel().isSelected(current):
            return current
        return self._model.index(anchor.row(), anchor.column())

    def to_anchor(self) -> None:
        """Make the cell in which a selection began the current one: what is typed goes there."""
        anchor = self.anchor
        if anchor != self._view.currentIndex() and self._view.selectionModel().isSelected(anchor):
            self._go_inside(anchor.row(), anchor.column())

    def select_lines(self) -> None:
        """Select the whole lines of what is selected."""
        self._stretch(is_lines=True)

    def select_columns(self) -> None:
        """Select the whole columns of what is selected."""
        self._stretch(is_lines=False)

    def _edge(self, row: int, column: int, way: tuple[int, int]) -> Cell:
        """Return where Ctrl and an arrow go: the end of filled cells, or the first filled one, or the end."""
        down, right = way
        if down:
            table, rows = self._model.table, self._model.rowCount()
            filled = np.zeros(rows, bool)  # the empty line is empty, and the total no part of what is filled
            filled[: len(table.rows)] = cells_of(table, column).filled()
            return row + down * _steps_to_edge(filled[row:] if down > 0 else filled[row::-1]), column
        line = self._model.row(row)
        cells = (None,) * len(self._model.table.columns) if line is None else line.cells
        filled = np.array([cell not in (None, "") for cell in cells], bool)
        return row, column + right * _steps_to_edge(filled[column:] if right > 0 else filled[column::-1])

    def _go_round(self, down: int, right: int) -> bool:
        """Go to the next cell of a selection of several; return whether there is such a selection."""
        ranges = self._view.selectionModel().selection()
        if ranges.count() != 1 or not (down or right):
            return False
        part, index = ranges.at(0), self._view.currentIndex()
        high, wide = part.height(), part.width()
        if high * wide < 2 or not part.contains(index):
            return False
        row, column = index.row() - part.top(), index.column() - part.left()
        place = (column * high + row + down) if down else (row * wide + column + right)
        place %= high * wide
        row, column = (place % high, place // high) if down else (place // wide, place % wide)
        self._go_inside(part.top() + row, part.left() + column)
        self._view.setFocus()
        return True

    def _go_inside(self, row: int, column: int) -> None:
        """Make a cell the current one and leave the selection as it is."""
        index = self._model.index(row, column)
        self.is_held = True
        self._view.selectionModel().setCurrentIndex(index, _Flag.NoUpdate)
        self.is_held = False
        self._anchor = QPersistentModelIndex(index)
        self._view.scrollTo(index)

    def _stretch(self, is_lines: bool) -> None:
        ranges, model = self._view.selectionModel().selection(), self._model
        if not ranges.count():
            return
        part = ranges.at(0)
        if is_lines:
            corners = model.index(part.top(), 0), model.index(part.bottom(), len(model.table.columns) - 1)
        else:
            corners = model.index(0, part.left()), model.index(model.rowCount() - 1, part.right())
        self._view.selectionModel().select(QItemSelection(*corners), _Flag.ClearAndSelect)


def _steps_to_edge(filled: Integers) -> int:
    """Return how many cells on the edge is, of cells from the current one on.

    >>> [_steps_to_edge(np.array(cells, bool)) for cells in ([1, 1, 1, 0], [1, 0, 0, 1], [0, 0], [1])]
    [2, 3, 1, 0]
    """
    if len(filled) < 2:
        return 0
    is_inside = bool(filled[0] and filled[1])
    found = np.flatnonzero(filled[1:] != is_inside)
    if not len(found):
        return len(filled) - 1
    return int(found[0]) if is_inside else int(found[0]) + 1
