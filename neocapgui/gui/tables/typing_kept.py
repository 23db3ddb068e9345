"""What is being typed when the table is shown anew: it goes on in its line, wherever that stands then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from neocapgui.gui.tables.cell_delegate import CellDelegate
from neocapgui.gui.tables.table_model import TableModel


@dataclass(frozen=True, slots=True)
class Typing:
    """A text that is being typed, and into which cell."""

    key: Any
    title: str  # of the column
    text: str
    caret: int
    is_in_place: bool
    row: int
    column: int


def typing_in(delegate: CellDelegate, view: QTableView, model: TableModel) -> Typing | None:
    """Return what is being typed into a table; None while nothing is, or it is being taken over."""
    editor, index = delegate.editor, view.currentIndex()
    if editor is None or delegate.is_taking or not index.isValid():
        return None
    if editor.hasFocus() and QGuiApplication.focusObject() is editor:
        QGuiApplication.inputMethod().commit()  # letters that are being put together are not lost
    title = model.column(index.column()).title
    return Typing(
        editor.key,
        title,
        editor.text(),
        editor.cursorPosition(),
        editor.is_in_place,
        index.row(),
        index.column(),
    )


def is_undisturbed(typing: Typing, delegate: CellDelegate, view: QTableView, model: TableModel) -> bool:
    """Whether the line that is typed in is open still, and in its own place."""
    index = view.currentIndex()
    if delegate.editor is None or (index.row(), index.column()) != (typing.row, typing.column):
        return False
    is_same_line = index.row() < model.rowCount() and model.key_of(index.row()) == typing.key
    return is_same_line and model.column(index.column()).title == typing.title


def go_on_typing(typing: Typing, delegate: CellDelegate, view: QTableView, model: TableModel) -> bool:
    """Open the cell of a line where it stands now with what was typed; return whether the line is there."""
    row = model.row_with(typing.key)
    titles = [column.title for column in model.table.columns]
    if row is None or typing.title not in titles:
        return False
    index = model.index(row, titles.index(typing.title))
    view.setCurrentIndex(index)
    view.edit(index)
    if delegate.editor is not None:
        delegate.editor.resume(typing.text, typing.caret, typing.is_in_place)
    return delegate.editor is not None
