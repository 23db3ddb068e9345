"""What is done to the selected cells at once: copied, pasted, cleared, filled, removed; each one edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QGuiApplication

from neocapgui.figures.entry import removed
from neocapgui.figures.kinds import Kind
from neocapgui.gui.session import Session
from neocapgui.gui.tables.blocks import block_of, block_text, raw_text, typed
from neocapgui.gui.tables.table_model import REFUSALS, TableModel

Cells = Iterable[tuple[int, int, str]]  # row, column, text


class CellCommands:
    """The commands of one table; what cannot be done is told by the model's `refused`."""

    def __init__(self, session: Session, model: TableModel, selection: QItemSelectionModel) -> None:
        """Act on what is selected in a table."""
        self._session = session
        self._model = model
        self._selection = selection

    def copy(self) -> None:
        """Put the selected cells on the clipboard as text that a spreadsheet understands."""
        rows, columns = self._area()
        if not rows:
            return
        style, model = self._session.style, self._model
        block = []
        for row in rows:
            line = model.row(row)
            cells = (None,) * len(model.table.columns) if line is None else line.cells
            block.append([raw_text(model.column(number), cells[number], style) for number in columns])
        one = len(rows) == len(columns) == 1
        QGuiApplication.clipboard().setText(block[0][0] if one else block_text(block))

    def paste(self) -> None:
        """Type what is on the clipboard from the first selected cell on; a larger selection is filled."""
        rows, columns = self._area()
        block = block_of(QGuiApplication.clipboard().text())
        if not rows or not block:
            return
        high, wide = len(block), len(block[0])
        if len(rows) % high == 0 and len(columns) % wide == 0:
            down, right = len(rows), len(columns)
        else:
            down, right = high, wide
        top, left = rows[0], columns[0]
        room = len(self._model.table.columns) - left
        if right > room:
            self._model.refused.emit(
                f"{right} columns were copied and {room} stand here: nothing was pasted."
            )
            return
        cells = (
            (top + row, left + column, block[row % high][column % wide])
            for row in range(down)
            for column in range(right)
        )
        size = "" if down == right == 1 else f" {down} × {right}"
        self._type(f"Paste{size} into {self._model.table.title}", cells)

    def clear(self) -> None:
        """Empty the selected cells."""
        rows, columns = self._area()
        model = self._model
        for row in rows:
            for column in columns:
                model.restore(model.index(row, column))
        cells = (
            (row, column, "")
            for row in rows
            if row < len(model.table.rows)
            for column in columns
            if model.text(row, column)
        )
        self._type(f"Clear cells of {model.table.title}", cells)

    def fill_down(self) -> None:
        """Repeat the first selected line in the selected lines below it."""
        rows, columns = self._area()
        texts = {column: self._model.text(rows[0], column) for column in columns} if rows else {}
        cells = ((row, column, texts[column]) for row in rows[1:] for column in columns)
        self._type(f"Fill down in {self._model.table.title}", cells)

    def fill_right(self) -> None:
        """Repeat the first selected column in the selected columns beside it."""
        rows, columns = self._area()
        cells = ((row, column, self._model.text(row, columns[0])) for row in rows for column in columns[1:])
        self._type(f"Fill right in {self._model.table.title}", cells)

    def spread(self, text: str) -> None:
        """Type one text into all selected cells."""
        rows, columns = self._area()
        cells = ((row, column, text) for row in rows for column in columns)
        self._type(f"Fill {len(rows) * len(columns):,} cells of {self._model.table.title}", cells)

    def enter_today(self) -> None:
        """Type today's date into the selected cells that hold a day."""
        rows, columns = self._area()
        today = date.today().isoformat()
        cells = (
            (row, column, today)
            for row in rows
            for column in columns
            if self._model.column(column).kind is Kind.DATE
        )
        self._type("Enter today's date", cells)

    def remove_lines(self) -> None:
        """Take the facts of the selected lines away."""
        rows, _ = self._area()
        lines = [self._model.row(row) for row in rows]
        facts = [line.fact for line in lines if line is not None and line.fact is not None]
        if facts:
            self._model.carry_out(removed(self._session.ledger, self._model.table, facts))

    def _type(self, label: str, cells: Cells) -> None:
        try:
            edit = typed(self._session.ledger, self._model.table, label, cells, self._session.style)
        except REFUSALS as answer:
            self._model.refused.emit(str(answer))
            return
        if edit.changes:
            self._model.carry_out(edit)

    def _area(self) -> tuple[Sequence[int], Sequence[int]]:
        """Return the rows and columns of the selection, or of the current cell if nothing is selected."""
        selection = self._selection.selection()
        rows: set[int] = set()
        columns: set[int] = set()
        for position in range(selection.count()):
            part = selection.at(position)
            rows.update(range(part.top(), part.bottom() + 1))
            columns.update(range(part.left(), part.right() + 1))
        current = self._selection.currentIndex()
        if not rows and current.isValid():
            return (current.row(),), (current.column(),)
        return sorted(rows), sorted(columns)


BY_ID: dict[str, Callable[[CellCommands], None]] = {
    "edit.copy": CellCommands.copy,
    "edit.paste": CellCommands.paste,
    "edit.clear": CellCommands.clear,
    "edit.fill_down": CellCommands.fill_down,
    "edit.fill_right": CellCommands.fill_right,
    "edit.today": CellCommands.enter_today,
    "edit.remove_lines": CellCommands.remove_lines,
}
