"""A table as Qt asks for it: lines are made when they are seen, and typed text becomes one edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from neocapgui.document.refusal import DocumentError
from neocapgui.figures.entry import entered
from neocapgui.figures.kinds import NUMBERS, NotUnderstood
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.gui.session import Session
from neocapgui.ledger.edits import Edit, EditRefused

Index = QModelIndex | QPersistentModelIndex
BLANK = "blank"  # the key of the empty line at the end
REFUSALS = (NotUnderstood, EditRefused, DocumentError)

_KEPT = 4_000  # lines whose texts stay ready; a screen shows fewer than a hundred
_SEARCHED = 3_000  # lines looked through, from the end, for the one that was just recorded
_NO_PARENT = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TYPED = _SHOWN | Qt.ItemFlag.ItemIsEditable


@dataclass(frozen=True, slots=True)
class Refusal:
    """Text that was typed and is no value: it stays in its cell, and nothing else is held up."""

    text: str
    sentence: str


class TableModel(QAbstractTableModel):
    """Shows a table; what is typed goes through the session, and the table follows when it is shown anew."""

    refused = Signal(str)  # a sentence
    recorded = Signal(int)  # the row at which a new line stands now

    def __init__(self, session: Session, table: Table, parent: QObject | None = None) -> None:
        """Show a table of the session."""
        super().__init__(parent)
        self._session = session
        self._table = table
        self._lines: dict[int, tuple[Row, tuple[str, ...]]] = {}
        self._refusals: dict[tuple[Any, str], Refusal] = {}
        self._count = self._row_count()

    @property
    def table(self) -> Table:
        """The table as it is shown now."""
        return self._table

    def show_table(self, table: Table) -> None:
        """Show another answer to the same question, or another table."""
        before = self._table
        titles = [column.title for column in before.columns]
        if before.name != table.name or titles != [column.title for column in table.columns]:
            self.beginResetModel()
            self._take(table)
            self._refusals.clear()
            self.endResetModel()
            return
        old, new = self._count, self._row_count(table)
        if new > old:
            self.beginInsertRows(_NO_PARENT, old, new - 1)
        elif new < old:
            self.beginRemoveRows(_NO_PARENT, new, old - 1)
        self._take(table)
        if new > old:
            self.endInsertRows()
        elif new < old:
            self.endRemoveRows()
        if self._count and table.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(table.columns) - 1))

    def column(self, column: int) -> Column:
        """Return what a column is."""
        return self._table.columns[column]

    def row(self, row: int) -> Row | None:
        """Return a line, or None for the empty one at the end."""
        return None if self.is_blank(row) else self._line(row)[0]

    def is_blank(self, row: int) -> bool:
        """Whether this is the empty line in which a new fact is begun."""
        return self._table.blank is not None and row == len(self._table.rows)

    def is_total(self, row: int) -> bool:
        """Whether a line is the total."""
        return self._line(row)[0].is_total

    def part(self, row: int, column: int) -> float | None:
        """Return the part from 0 to 1 that a bar shows, or None where there is no bar."""
        line = self._line(row)[0]
        if line.is_total or not self._table.columns[column].has_bar or line.cells[column] is None:
            return None
        return float(line.cells[column])

    def text(self, row: int, column: int) -> str:
        """Return what a cell shows."""
        refusal = self._refusal(row, column) if self._refusals else None
        return self._line(row)[1][column] if refusal is None else refusal.text

    def refusal(self, index: Index) -> str:
        """Return why the text of a cell was refused, or nothing."""
        refusal = self._refusal(index.row(), index.column()) if self._refusals else None
        return "" if refusal is None else refusal.sentence

    def restore(self, index: Index) -> None:
        """Give up refused text: the cell shows its value again."""
        if self._refusals.pop(self._place(index.row(), index.column()), None) is not None:
            self.dataChanged.emit(index, index)

    def carry_out(self, edit: Edit) -> bool:
        """Do an edit; where the facts forbid it, say why."""
        try:
            self._session.do(edit)
        except REFUSALS as answer:
            self.refused.emit(str(answer))
            return False
        return True

    def row_of(self, fact: int) -> int | None:
        """Return the row of a fact by its number, if it stands among the last lines of the table."""
        rows = self._table.rows
        for row in range(len(rows) - 1, max(-1, len(rows) - 1 - _SEARCHED), -1):
            found = self._line(row)[0].fact
            if found is not None and found.id == fact:
                return row
        return None

    def _take(self, table: Table) -> None:
        self._table = table
        self._lines.clear()
        self._count = self._row_count()

    def _row_count(self, table: Table | None = None) -> int:
        table = table or self._table
        return len(table.rows) + (table.blank is not None) + (table.total is not None)

    def _line(self, row: int) -> tuple[Row, tuple[str, ...]]:
        line = self._lines.get(row)
        if line is None:
            if len(self._lines) >= _KEPT:
                self._lines.clear()
            table, style = self._table, self._session.style
            if row < len(table.rows):
                made = table.rows[row]
            elif self.is_blank(row) or table.total is None:
                made = Row((None,) * len(table.columns), key=BLANK)
            else:
                made = table.total
            texts = tuple(
                column.text(value, style) for column, value in zip(table.columns, made.cells, strict=True)
            )
            line = self._lines[row] = (made, texts)
        return line

    def _place(self, row: int, column: int) -> tuple[Any, str]:
        made = self._line(row)[0]
        key = made.fact.id if made.fact is not None else made.key
        return (row if key is None else key, self._table.columns[column].title)

    def _refusal(self, row: int, column: int) -> Refusal | None:
        return self._refusals.get(self._place(row, column))

    def _enter(self, index: Index, text: str) -> None:
        row, session = self.row(index.row()), self._session
        column = self.column(index.column())
        edit = entered(session.ledger, self._table, row, column, text, session.style)
        self._refusals.pop(self._place(index.row(), index.column()), None)
        if edit is None:
            return
        session.do(edit)
        if row is None:
            at = self.row_of(edit.changes[-1].id)
            if at is not None:
                self.recorded.emit(at)

    # What each role is answered with; a role that is not here is answered at once with nothing.

    def _display(self, row: int, column: int) -> str:
        return self.text(row, column)

    def _alignment(self, row: int, column: int) -> Qt.AlignmentFlag:
        return _RIGHT if self._table.columns[column].kind in NUMBERS else _LEFT

    def _tool_tip(self, row: int, column: int) -> str | None:
        refusal = self._refusal(row, column) if self._refusals else None
        return None if refusal is None else refusal.sentence

    def _accessible_text(self, row: int, column: int) -> str:
        name = self.text(row, 0) or ("New line" if self.is_blank(row) else f"Line {row + 1}")
        value = self.text(row, column) or "empty"
        title = self._table.columns[column].title
        refusal = self._refusal(row, column)
        problem = f"; {refusal.sentence}" if refusal else ""
        return (value if column == 0 else f"{name}, {title}: {value}") + problem

    _ANSWERS: ClassVar[dict[int, Callable[[TableModel, int, int], Any]]] = {
        int(Qt.ItemDataRole.DisplayRole): _display,
        int(Qt.ItemDataRole.EditRole): _display,
        int(Qt.ItemDataRole.TextAlignmentRole): _alignment,
        int(Qt.ItemDataRole.ToolTipRole): _tool_tip,
        int(Qt.ItemDataRole.AccessibleTextRole): _accessible_text,
    }

    # Qt overrides

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        answer = self._ANSWERS.get(role)
        if answer is None or not index.isValid():
            return None
        return answer(self, index.row(), index.column())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._table.columns):
            return None
        column = self._table.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.kind in NUMBERS else _LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.help or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row = index.row()
        if not self._table.columns[index.column()].is_editable:
            return _SHOWN
        can_type = self.is_blank(row) or (row < len(self._table.rows) and self._line(row)[0].fact is not None)
        return _TYPED if can_type else _SHOWN

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        text = str(value)
        place = self._place(index.row(), index.column())
        if text == self.text(index.row(), index.column()):
            return place not in self._refusals
        try:
            self._enter(index, text)
        except REFUSALS as answer:
            self._refusals[place] = Refusal(text, str(answer))
            self.dataChanged.emit(index, index)
            self.refused.emit(str(answer))
            return False
        self.dataChanged.emit(index, index)
        return True
