"""What is done to the selected cells at once: copied, pasted, cleared, filled, removed; each one edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel

from neocapgui.figures.grid.entry import can_be_empty, removed
from neocapgui.figures.grid.filling import along_line, down_column, goes_on
from neocapgui.figures.kinds import Kind
from neocapgui.gui.session import Session
from neocapgui.gui.tables.blocks import typed
from neocapgui.gui.tables.copying import Copying
from neocapgui.gui.tables.table_model import REFUSALS, TableModel

if TYPE_CHECKING:
    from neocapgui.figures.tables import Table
    from neocapgui.gui.tables.pasting import Pasting

TypedCell = tuple[int, int, str]  # row, column, text
Cells = Iterable[TypedCell]


class CellCommands:
    """The commands of one table; what cannot be done is told by the model's `refused`."""

    def __init__(self, session: Session, model: TableModel, selection: QItemSelectionModel) -> None:
        """Act on what is selected in a table."""
        self._session = session
        self._model = model
        self._selection = selection
        self.copying = Copying(session, model)
        self.whole: Callable[[], Table] = lambda: model.table  # with the columns that are hidden

    @cached_property
    def pasting(self) -> Pasting:
        """What pastes into the table; loaded with the first paste, for it is much to load."""
        from neocapgui.gui.tables.pasting import Pasting

        pasting = Pasting(self._session, self._model, lambda: self.whole())
        pasting.pasted.connect(self._point_at)
        return pasting

    def copy(self, with_heads: bool = False) -> None:
        """Put the selected cells on the clipboard as text, as a table and as a picture."""
        rows, columns = self._area()
        if rows and columns:
            self.copying.copy(rows, columns, with_heads)

    def copy_with_heads(self) -> None:
        """Copy the selected cells with the heads of their columns above them."""
        self.copy(with_heads=True)

    def cut(self) -> None:
        """Copy the selected cells and empty them; what cannot be empty is copied, stays and is told."""
        self.copy()
        self.clear("Cut from")

    def paste(self, is_adding: bool = False) -> None:
        """Type what is on the clipboard from the first selected cell on; a larger selection is filled."""
        self.pasting.paste(*self._area(), is_adding)

    def paste_adding(self) -> None:
        """Type what is on the clipboard into new lines at the end."""
        self.paste(is_adding=True)

    def _point_at(self, fact: int, title: str) -> None:
        """Make the cell of a fact the current one, where it is seen."""
        row = self._model.row_of(fact)
        titles = [column.title for column in self._model.table.columns]
        if row is not None and title in titles:
            index = self._model.index(row, titles.index(title))
            self._selection.setCurrentIndex(index, self._selection.SelectionFlag.ClearAndSelect)

    def clear(self, what: str = "Clear cells of") -> None:
        """Empty the selected cells; what cannot be empty stays and is told. `what` names the step of Undo."""
        rows, columns = self._area()
        model = self._model
        cells: list[tuple[int, int, str]] = []
        kept: dict[str, None] = {}
        for row in rows:
            line = model.row(row)
            for column in columns:
                model.restore(model.index(row, column))
                if line is None or line.fact is None or not model.text(row, column):
                    continue
                if can_be_empty(line.fact, model.column(column)):
                    cells.append((row, column, ""))
                else:
                    kept[model.column(column).title] = None
        self._type(f"{what} {model.table.title}", cells)
        if kept:
            stay = " and stays" if len(kept) == 1 else " and stay"
            model.refused.emit(f"{', '.join(kept)} cannot be empty{stay if cells else ''}.")

    def fill_down(self) -> None:
        """Repeat the first selected line in those below it; one line alone repeats the line above."""
        rows, columns = self._area()
        source = rows[0] - 1 if len(rows) == 1 else rows[0] if rows else -1
        if source < 0:
            return
        texts = {column: self._source(source, column) for column in columns}
        cells = [(row, column, texts[column]) for row in rows if row > source for column in columns]
        self._type(f"Fill down in {self._model.table.title}", cells)

    def fill_right(self) -> None:
        """Repeat the first selected column in those beside it; one column alone repeats the one before."""
        rows, columns = self._area()
        source = columns[0] - 1 if len(columns) == 1 else columns[0] if columns else -1
        if source < 0:
            return
        cells = [
            (row, column, self._source(row, source)) for row in rows for column in columns if column > source
        ]
        self._type(f"Fill right in {self._model.table.title}", cells)

    def fill(self, down: int, right: int, is_copied: bool = False) -> bool:
        """Fill so many lines below the selection or columns right of it, above or left where it is negative.

        Returns whether something was filled.
        """
        rows, columns = self._area()
        if not rows or not (down or right):
            return False
        cells = (
            self._down(rows, columns, down, is_copied)
            if down
            else self._along(rows, columns, right, is_copied)
        )
        way = ("up" if down < 0 else "down") if down else ("left" if right < 0 else "right")
        return self._type(f"Fill {way} {len(cells):,} cells of {self._model.table.title}", cells)

    def can_go_on(self, is_down: bool) -> bool:
        """Whether what is selected would go on as a series, and not only repeat."""
        rows, columns = self._area()
        lines = [self._cells(row) for row in rows]
        if is_down:
            values = [(self._model.column(column), [line[column] for line in lines]) for column in columns]
        else:
            values = [(self._model.column(columns[0]), [line[one] for one in columns]) for line in lines]
        return any(goes_on(column, found) for column, found in values)

    def spread(self, text: str) -> None:
        """Type one text into all selected cells; where it is no value the current cell keeps it."""
        rows, columns = self._area()
        cells = [(row, column, text) for row in rows for column in columns]
        if len(cells) == 1:
            self._model.setData(self._model.index(rows[0], columns[0]), text)
            return
        self._type(f"Fill {len(cells):,} cells of {self._model.table.title}", cells, keeps=text)

    def enter_today(self) -> None:
        """Type today's date into the selected cells that hold a day."""
        rows, columns = self._area()
        today = date.today().isoformat()
        cells = [
            (row, column, today)
            for row in rows
            for column in columns
            if self._model.column(column).kind is Kind.DATE and self._model.column(column).is_editable
        ]
        if not cells:
            self._model.refused.emit("Today's date can be entered into a column of days.")
            return
        self._type("Enter today's date", cells)

    def remove_lines(self) -> None:
        """Take the facts of the selected lines away."""
        rows, _ = self._area()
        lines = [self._model.row(row) for row in rows]
        facts = [line.fact for line in lines if line is not None and line.fact is not None]
        if facts and self._model.carry_out(removed(self._session.ledger, self._model.table, facts)):
            count = "1 line was removed" if len(facts) == 1 else f"{len(facts):,} lines were removed"
            self._model.told.emit(
                f"{count} from {self._model.table.title}; Undo brings back what was removed."
            )

    def count_lines(self) -> int:
        """Return how many lines would be removed."""
        lines = [self._model.row(row) for row in self._area()[0]]
        return sum(line is not None and line.fact is not None for line in lines)

    def _down(
        self, rows: Sequence[int], columns: Sequence[int], count: int, is_copied: bool
    ) -> list[TypedCell]:
        start, step = (rows[0], -1) if count < 0 else (rows[-1], 1)
        lines, style = [self._cells(row) for row in rows], self._session.style
        cells: list[TypedCell] = []
        for column in columns:
            what, values = self._model.column(column), [line[column] for line in lines]
            texts = down_column(what, values, abs(count), style, is_up=count < 0, is_copied=is_copied)
            if len(rows) == 1 and self._source(rows[0], column).startswith("="):
                texts = [self._source(rows[0], column)] * abs(count)
            cells += [(start + step * place, column, text) for place, text in enumerate(texts, 1)]
        return sorted(cells)

    def _along(
        self, rows: Sequence[int], columns: Sequence[int], count: int, is_copied: bool
    ) -> list[TypedCell]:
        start, step = (columns[0], -1) if count < 0 else (columns[-1], 1)
        targets = [start + step * place for place in range(1, abs(count) + 1)]
        sources, into = [[self._model.column(one) for one in side] for side in (columns, targets)]
        cells: list[TypedCell] = []
        for row in rows:
            values, style = [self._cells(row)[one] for one in columns], self._session.style
            texts = along_line(sources, values, into, style, is_left=count < 0, is_copied=is_copied)
            cells += [(row, column, text) for column, text in zip(targets, texts, strict=True)]
        return cells

    def _cells(self, row: int) -> Sequence[Any]:
        line = self._model.row(row)
        return (None,) * len(self._model.table.columns) if line is None else line.cells

    def _source(self, row: int, column: int) -> str:
        """Return what a cell gives to another: the sum that was typed there, or its exact value."""
        return self._model.typed_text(row, column)

    def _type(self, label: str, cells: Cells, keeps: str | None = None) -> bool:
        """Type texts into cells as one edit; return whether that was done."""
        cells = list(cells)
        try:
            edit = typed(self._session.ledger, self._model.table, label, cells, self._session.style)
        except REFUSALS as answer:
            if keeps is not None:
                self._model.keep_refused(self._selection.currentIndex(), keeps, str(answer))
            self._model.refused.emit(str(answer))
            return False
        overcome = self._model.refused_among(cells)
        if edit.changes and not self._model.carry_out(edit):
            return False
        self._model.forget_refused(overcome, is_done=bool(edit.changes))
        if not edit.changes:
            return False
        self._model.note_sums(cells)
        return True

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
    "edit.cut": CellCommands.cut,
    "edit.copy": CellCommands.copy,
    "edit.copy_with_heads": CellCommands.copy_with_heads,
    "edit.paste": CellCommands.paste,
    "edit.paste_adding": CellCommands.paste_adding,
    "edit.clear": CellCommands.clear,
    "edit.fill_down": CellCommands.fill_down,
    "edit.fill_right": CellCommands.fill_right,
    "edit.today": CellCommands.enter_today,
    "edit.remove_lines": CellCommands.remove_lines,
}
