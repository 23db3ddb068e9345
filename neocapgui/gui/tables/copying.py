"""Cells put on the clipboard at once as plain text, as a table with number formats, and as a picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QFont, QGuiApplication

from neocapgui.exchange.block_html import Cell, block_html
from neocapgui.exchange.block_text import block_text
from neocapgui.exchange.safe_text import guarded
from neocapgui.exchange.table_text import cell_of
from neocapgui.figures.grid.raw_cells import kept_by_excel, loses_digits
from neocapgui.figures.kinds import Kind, Style, grouped
from neocapgui.gui.session import Session
from neocapgui.gui.tables.block_picture import block_picture
from neocapgui.gui.tables.table_model import TableModel

_PICTURED = 2_000  # cells beyond which nobody wants a picture


class Copying(QObject):
    """Copies cells of one table."""

    said = Signal(str)  # what a spreadsheet will do with the figures, where somebody should know it

    def __init__(self, session: Session, model: TableModel, font: QFont | None = None) -> None:
        """Copy from a table that is written in a font."""
        super().__init__(model)
        self._session = session
        self._model = model
        self.font = font
        self.said.connect(model.told)

    def copy(self, rows: Sequence[int], columns: Sequence[int], with_heads: bool = False) -> None:
        """Put a block on the clipboard; its heads stand above it where they are asked for."""
        model, style = self._model, self._session.style
        heads = [guarded(model.column(number).title) for number in columns] if with_heads else []
        block = [[self._cell(row, number, style) for number in columns] for row in rows]
        texts = [[cell.text for cell in line] for line in block]
        content = QMimeData()
        if len(rows) == len(columns) == 1 and not heads:
            content.setText(texts[0][0])
        else:
            content.setText(block_text([heads, *texts] if heads else texts))
        content.setHtml(block_html(block, heads))
        if len(rows) * len(columns) <= _PICTURED:
            content.setImageData(block_picture(model, rows, columns, self.font or QGuiApplication.font()))
        QGuiApplication.clipboard().setMimeData(content)
        self._say_digits(block, style)

    def _cell(self, row: int, number: int, style: Style) -> Cell:
        column, line = self._model.column(number), self._model.row(row)
        value = None if line is None else line.cells[number]
        refused = self._model.refusal(self._model.index(row, number))
        if refused:
            return Cell(Kind.TEXT, guarded(self._model.text(row, number)))
        return cell_of(column, value, style)

    def _say_digits(self, block: Sequence[Sequence[Cell]], style: Style) -> None:
        long = [cell.number for line in block for cell in line if cell.number and loses_digits(cell.number)]
        if long:
            first, kept = grouped_number(long[0], style), grouped(kept_by_excel(long[0]), style)
            has = "1 copied number has" if len(long) == 1 else f"{len(long):,} copied numbers have"
            self.said.emit(f"{has} more than 15 digits, and Excel keeps only 15: {first} becomes {kept}.")


def grouped_number(number: str, style: Style) -> str:
    """Return a canonical number as the language writes it, with all its digits."""
    whole, mark, decimals = number.partition(".")
    return grouped(int(whole), style) + (style.decimal_mark + decimals if mark else "")
