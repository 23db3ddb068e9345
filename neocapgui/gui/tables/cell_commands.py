"""What is done to the selected cells at once: copied, pasted, cleared, filled, removed; each one edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel

from neocapgui.document.refusal import EditCancelled
from neocapgui.figures.grid.entry import removed
from neocapgui.figures.grid.facts_at import fact_count, facts_at
from neocapgui.figures.grid.filling import along_line, down_column, goes_on
from neocapgui.figures.kinds import Kind
from neocapgui.gui.editing import Trouble
from neocapgui.gui.session import Session
from neocapgui.gui.tables.blocks import emptied, typed
from neocapgui.gui.tables.copying import Copying
from neocapgui.gui.tables.table_model import TableModel
from neocapgui.ledger.edits import Edit

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
        self._session.settle()
        rows, columns = self._area()
        model, ledger, style = self._model, self._session.ledger, self._session.style
        table, label = model.table, f"{what} {model.table.title}"
        cells = [(row, column, "") for row in rows for column in columns]
        kept: list[str] = []

        def empty() -> Edit:
            good, titles = emptied(ledger, table, rows, columns, style)
            kept.extend(titles)
            return typed(ledger, table, label, good, style)

        def tell(is_done: bool) -> None:
            if kept:
                stay = " and stays" if len(kept) == 1 else " and stay"
                model.refused.emit(f"{', '.join(kept)} cannot be empty{stay if is_done else ''}.")

        self._carry_out(label, cells, empty, tell, gives_up=True)

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

    def fill(
        self, down: int, right: int, is_copied: bool = False, then: Callable[[], None] | None = None
    ) -> None:
        """Fill so many lines below the selection or columns right of it, above or left where it is negative.

        `then` follows where something was filled.
        """
        rows, columns = self._area()
        if not rows or not (down or right):
            return
        cells = (
            self._down(rows, columns, down, is_copied)
            if down
            else self._along(rows, columns, right, is_copied)
        )
        way = ("up" if down < 0 else "down") if down else ("left" if right < 0 else "right")
        label = f"Fill {way} {len(cells):,} cells of {self._model.table.title}"
        self._type(label, cells, then=lambda is_done: then() if then is not None and is_done else None)

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
        self._session.settle()
        (rows, _), ledger, table = self._area(), self._session.ledger, self._model.table
        count = fact_count(table, rows)
        if not count:
            return

        def remove() -> Edit:
            facts = [fact for fact in facts_at(ledger, table, rows) if fact is not None]
            return removed(ledger, table, facts)

        def tell(trouble: Trouble | None) -> None:
            if trouble is None:
                gone = "1 line was removed" if count == 1 else f"{count:,} lines were removed"
                self._model.told.emit(f"{gone} from {table.title}; Undo brings back what was removed.")
            elif not isinstance(trouble, EditCancelled):
                self._model.refused.emit(str(trouble))

        self._session.do_beside(f"Remove {count:,} of {table.title.lower()}", count, remove, tell)

    def count_lines(self) -> int:
        """Return how many lines would be removed."""
        return fact_count(self._model.table, self._area()[0])

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

    def _type(
        self,
        label: str,
        cells: Cells,
        keeps: str | None = None,
        then: Callable[[bool], None] | None = None,
    ) -> None:
        """Type texts into cells as one edit."""
        self._session.settle()
        cells = list(cells)
        ledger, table, style = self._session.ledger, self._model.table, self._session.style
        self._carry_out(label, cells, lambda: typed(ledger, table, label, cells, style), then, keeps)

    def _carry_out(
        self,
        label: str,
        cells: Sequence[TypedCell],
        edit: Callable[[], Edit],
        then: Callable[[bool], None] | None = None,
        keeps: str | None = None,
        *,
        gives_up: bool = False,
    ) -> None:
        """Do an edit of some cells; `then` follows, with whether anything has changed, unless it was refused.

        Where a text is no value the current cell `keeps` it. What only `gives_up` refused text changes no
        fact, and is a step of the history all the same: Undo brings the text back.
        """
        model, made = self._model, list[Edit]()

        def make() -> Edit:
            made.append(edit())
            return made[0]

        def follow(trouble: Trouble | None) -> None:
            if isinstance(trouble, EditCancelled):
                return
            if trouble is not None:
                if keeps is not None and not made:
                    model.keep_refused(self._selection.currentIndex(), keeps, str(trouble))
                model.refused.emit(str(trouble))
                return
            is_done = bool(made[0].changes)
            is_step = is_done or (gives_up and bool(overcome))
            if is_step and not is_done:
                self._session.do(Edit(label, ()))
            model.forget_refused(overcome, is_step)
            if is_done:
                model.note_sums(cells)
            if then is not None:
                then(is_done)

        overcome = model.refused_among(cells)
        self._session.do_beside(label, len(cells), make, follow)

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
