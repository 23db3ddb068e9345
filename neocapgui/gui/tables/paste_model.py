"""The preview of a paste as Qt asks for it: each cell as it was understood, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from neocapgui.figures.grid.repairs import repair, with_repair
from neocapgui.figures.kinds import NUMBERS, Kind, quoted
from neocapgui.figures.pasting.reading import Reading, shown_value
from neocapgui.figures.pasting.understood import Understood
from neocapgui.figures.tables import Column
from neocapgui.gui.widgets.plain_text import tip

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
PROBLEM, REMARK = "✕", "▲"  # the signs beside the colours


class PasteModel(QAbstractTableModel):
    """Shows a block: the number of the line, its cells, and in words what is wrong with them."""

    corrected = Signal(int, int, str)  # line, column of the block, the text typed

    def __init__(self, parent: QObject | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.block: Understood | None = None

    def show_block(self, block: Understood) -> None:
        """Show a block; the same one with a cell typed anew keeps its place."""
        before = self.block
        is_same = before is not None and (len(before.lines), before.plan.columns) == (
            len(block.lines),
            block.plan.columns,
        )
        if is_same:
            self.block = block
            corner = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), corner)
            return
        self.beginResetModel()
        self.block = block
        self.endResetModel()

    def reading(self, index: Index) -> Reading | None:
        """Return what a cell was taken for; None beside the block."""
        at = index.column() - 1
        if self.block is None or not index.isValid() or not 0 <= at < len(self.block.plan.columns):
            return None
        return self.block.lines[index.row()][at]

    def column_of(self, index: Index) -> Column | None:
        """Return the column of the table that a cell goes into."""
        at = index.column() - 1
        if self.block is None or not 0 <= at < len(self.block.plan.columns):
            return None
        return self.block.column(at)

    def is_left_out(self, row: int) -> bool:
        """Whether a line makes no new fact."""
        return self.block is not None and row in self.block.left_out

    def value_text(self, index: Index) -> str:
        """Return what the cell will show; the text as pasted where it is no value."""
        reading, column = self.reading(index), self.column_of(index)
        if reading is None or self.block is None:
            return ""
        if reading.problem or column is None:
            return reading.text.strip()
        return shown_value(column, reading, self.block.style)

    def repair(self, index: Index) -> str | None:
        """Return what was probably meant by a cell that is no value; None: no guess, or the user is asked."""
        reading, column = self.reading(index), self.column_of(index)
        if reading is None or column is None or self.block is None or not reading.problem or reading.asks:
            return None
        return repair(column, reading.text, self.block.style)

    def take_repair(self, index: Index) -> None:
        """Type what was probably meant into a cell that is no value."""
        found = self.repair(index)
        if found is not None:
            self.corrected.emit(index.row(), index.column() - 1, found)

    def explained(self, index: Index) -> str:
        """Return a cell in a sentence: its place, what was pasted and understood, and what is wrong."""
        reading, column = self.reading(index), self.column_of(index)
        if self.block is not None and index.isValid() and index.column() > len(self.block.plan.columns):
            return self._words(index.row())
        if reading is None or self.block is None:
            return ""
        row = index.row()
        head = self.headerData(index.column(), Qt.Orientation.Horizontal) or ""
        place = f"Line {row + 1}, {head.partition(chr(10))[0]}"
        pasted = f"pasted {quoted(reading.text)}" if reading.text.strip() else "pasted as a blank"
        if row in self.block.left_out:
            return f"{place}: {pasted}. The line is left out: {self.block.left_out[row]}"
        if column is None:
            return f"{place}: {pasted}, left out."
        if reading.problem:
            found = self.repair(index)
            takes = " Alt+Enter takes it." if found else ""
            return f"{place}: {with_repair(reading.problem, found)}{takes}"
        shown = self.value_text(index)
        taken = f"understood as {quoted(shown)}" if shown else "understood as nothing"
        new = ", a new holder" if reading.newcomer else ""
        return f"{place}: {pasted}, {taken}{new}. {reading.remark}".rstrip()

    def _display(self, index: Index) -> str:
        if self.block is None:
            return ""
        if index.column() == 0:
            return f"{index.row() + 1:,}"
        if index.column() > len(self.block.plan.columns):
            return self._words(index.row())
        return self.value_text(index)

    def _words(self, row: int) -> str:
        if self.block is None:
            return ""
        if row in self.block.left_out:
            return f"Left out: {self.block.left_out[row]}"
        said = []
        for at, reading in enumerate(self.block.lines[row]):
            column = self.block.column(at)
            if column is not None and (reading.problem or reading.remark):
                sign = PROBLEM if reading.problem else REMARK
                said.append(f"{sign} {column.title}: {reading.problem or reading.remark}")
        return "  ".join(said)

    def _edited(self, index: Index) -> str:
        reading = self.reading(index)
        return "" if reading is None else reading.text.strip()

    def _alignment(self, index: Index) -> Qt.AlignmentFlag:
        column = self.column_of(index)
        return _RIGHT if index.column() == 0 or (column and column.kind in NUMBERS) else _LEFT

    def _tip(self, index: Index) -> str | None:
        reading = self.reading(index)
        text = self._words(index.row()) if reading is None else self.explained(index)
        return tip(text) if text else None

    def _accessible(self, index: Index) -> str:
        return self.explained(index) or self._display(index)

    _ANSWERS: ClassVar[dict[int, Callable[[PasteModel, Index], Any]]] = {
        int(Qt.ItemDataRole.DisplayRole): _display,
        int(Qt.ItemDataRole.EditRole): _edited,
        int(Qt.ItemDataRole.TextAlignmentRole): _alignment,
        int(Qt.ItemDataRole.ToolTipRole): _tip,
        int(Qt.ItemDataRole.AccessibleTextRole): _accessible,
    }

    # Qt overrides

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() or self.block is None else len(self.block.lines)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() or self.block is None else len(self.block.plan.columns) + 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        answer = self._ANSWERS.get(role)
        return None if answer is None or not index.isValid() else answer(self, index)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or self.block is None:
            return None
        at, block = section - 1, self.block
        is_cell = 0 <= at < len(block.plan.columns)
        column = block.column(at) if is_cell else None
        if role == Qt.ItemDataRole.DisplayRole:
            if not is_cell:
                return "Line" if at < 0 else "What is wrong"
            head = block.plan.heads[at].strip() if block.plan.heads else ""
            title = "left out" if column is None else column.title
            return title if not head or head == title else f"{title}\n“{head}”"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_right = section == 0 or (column is not None and column.kind in NUMBERS)
            return _RIGHT if is_right else _LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _SHOWN if self.column_of(index) is None else _SHOWN | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        reading = self.reading(index)
        if role != Qt.ItemDataRole.EditRole or reading is None or self.column_of(index) is None:
            return False
        text = str(value)
        if text != reading.text.strip():
            self.corrected.emit(index.row(), index.column() - 1, text)
        return True


def shows_source(reading: Reading, column: Column | None, shown: str) -> bool:
    """Whether what was pasted stands beside what was understood: only where they differ."""
    if column is None or reading.problem or reading.text.strip() == shown:
        return False
    return column.kind in NUMBERS or column.kind is Kind.DATE or column.choices is not None
