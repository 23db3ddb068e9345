"""A table as Qt asks for it: lines are made when they are seen, and typed text becomes one edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from neocapgui.document.refusal import DocumentError, EditCancelled
from neocapgui.figures.grid.doubts import doubted, instead, without_misspelt
from neocapgui.figures.grid.entry import entered
from neocapgui.figures.grid.exact_text import exact_text
from neocapgui.figures.grid.repairs import repair, with_repair
from neocapgui.figures.kinds import NUMBERS, Kind, NotUnderstood, shown
from neocapgui.figures.tables import Column, Row, Table, keys_of
from neocapgui.gui.editing import Trouble
from neocapgui.gui.help.topics import head_tip
from neocapgui.gui.session import Session
from neocapgui.gui.tables.typed_sums import TypedSums
from neocapgui.gui.tables.unaccepted import Place, Refusal, Unaccepted
from neocapgui.gui.widgets.plain_text import tip
from neocapgui.ledger.edits import Edit, EditRefused
from neocapgui.ledger.ledger import TABLES, value_at
from neocapgui.ledger.splicing import Integers

Index = QModelIndex | QPersistentModelIndex
BLANK = "blank"  # the key of the empty line at the end
REFUSALS = (NotUnderstood, EditRefused, DocumentError)

_KEPT = 4_000  # lines whose texts stay ready; a screen shows fewer than a hundred
_NO_PARENT = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TYPED = _SHOWN | Qt.ItemFlag.ItemIsEditable

# What is said after a figure to those who listen.
_UNITS = {Kind.STAKE: " percent"}  # others stand in the title of their column, or are written


class TableModel(QAbstractTableModel):
    """Shows a table; what is typed goes through the session, and the table follows when it is shown anew."""

    refused = Signal(str)  # a sentence
    told = Signal(str)  # a sentence about what was done
    recorded = Signal(int)  # the row at which a new line stands now

    def __init__(self, session: Session, table: Table, parent: QObject | None = None) -> None:
        """Show a table of the session."""
        super().__init__(parent)
        self._session = session
        self._table = table
        self._hits: Mapping[int, Integers] = {}
        self._lines: dict[int, tuple[Row, tuple[str, ...]]] = {}
        self._unaccepted = Unaccepted.of(session)
        self._sums = TypedSums.of(session)
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
        refusal = self._refusal(row, column)
        return self._line(row)[1][column] if refusal is None or refusal.is_doubt else refusal.text

    def typed_text(self, row: int, column: int) -> str:
        """Return what a cell is opened with: refused text, the sum that was typed, or its exact value."""
        refusal = self._refusal(row, column)
        if refusal is not None and not refusal.is_doubt:
            return refusal.text
        made, what = self._line(row)[0], self._table.columns[column]
        value = made.cells[column]
        return self._sums.text_of(made.fact, what.field, value) or exact_text(
            what, value, self._session.style
        )

    def refusal(self, index: Index) -> str:
        """Return why the text of a cell was refused, or nothing."""
        refusal = self.problem(index)
        return "" if refusal is None else refusal.sentence

    def is_doubtful(self, row: int, column: int) -> bool:
        """Whether a cell is refused or doubted."""
        return self._refusal(row, column) is not None

    def advice(self, index: Index) -> str:
        """Return what is told of a cell that is refused or doubted: the rule, the repair, and its key."""
        refusal = self.problem(index)
        if refusal is None:
            return ""
        return f"{refusal.sentence} Alt+Enter takes it." if refusal.repair else refusal.sentence

    def day_text(self, day: date) -> str:
        """Return a day as it is typed in the language of the session."""
        return shown(Kind.DATE, day, self._session.style)

    def problem(self, index: Index) -> Refusal | None:
        """Return what is refused or doubted in a cell, if anything is."""
        return self._refusal(index.row(), index.column()) if index.isValid() else None

    def take_repair(self, index: Index) -> bool:
        """Type what may have been meant in the place of what is refused or doubted; return whether it was."""
        refusal, row = self.problem(index), self.row(index.row()) if index.isValid() else None
        if refusal is None or not refusal.repair:
            return False
        if not refusal.is_doubt or row is None:
            return self.setData(index, refusal.repair)
        ledger, column = self._session.ledger, self.column(index.column())
        try:
            edit = instead(ledger, self._table, row, column, refusal.repair, self._session.style)
        except REFUSALS as answer:
            self.refused.emit(str(answer))
            return False
        self._unaccepted.drop(self._place(index.row(), index.column()))
        return self.carry_out(edit)

    def restore(self, index: Index) -> None:
        """Give up refused text: the cell shows its value again."""
        if self._unaccepted.drop(self._place(index.row(), index.column())):
            self.dataChanged.emit(index, index)

    def keep_refused(self, index: Index, text: str, sentence: str) -> None:
        """Let a cell show a text that was not taken."""
        column = self.column(index.column())
        found = repair(column, text, self._session.style)
        refusal = Refusal(text, with_repair(sentence, found), found or "")
        self._unaccepted.keep(self._place(index.row(), index.column()), refusal)
        self.dataChanged.emit(index, index)

    def refused_among(self, cells: Iterable[tuple[int, int, str]]) -> list[Place]:
        """Return which of some cells show what was not taken, or is doubted."""
        if self._unaccepted.is_empty:
            return []
        places = [self._place(row, column) for row, column, _ in cells if row < self._count]
        return [place for place in places if self._unaccepted.get(place) is not None]

    def forget_refused(self, places: Iterable[Place], is_done: bool) -> None:
        """Let cells into which something else was typed give up what was not taken.

        Undo brings it back where the typing `is_done` by an edit, the last one.
        """
        if is_done:
            self._unaccepted.correct(places)
            return
        for place in places:
            self._unaccepted.drop(place)

    def note_sums(self, cells: Iterable[tuple[int, int, str]]) -> None:
        """Keep the sums among texts that were just typed into cells."""
        keys, summed = keys_of(self._table), self._sums.facts
        for row, number, text in cells:
            if not text.lstrip().startswith("=") and (row >= len(keys) or keys[row] not in summed):
                continue
            line = self.row(row) if row < self._count else None
            if line is not None and line.fact is not None:
                self._sums.note(line.fact, self.column(number).field, text, line.cells[number])

    def key_of(self, row: int) -> Any:
        """Return what a line is known by, wherever it stands: its fact or its key; BLANK of the empty one."""
        made = self._line(row)[0]
        return made.key if made.fact is None else made.fact.id

    def row_with(self, key: Any) -> int | None:
        """Return the row of a line by what it is known by."""
        if key == BLANK:
            return next((row for row in range(self._count - 1, -1, -1) if self.is_blank(row)), None)
        return None if key is None else self.row_of(key)

    def mark(self, hits: Mapping[int, Integers]) -> None:
        """Mark the cells in which something sought stands: by column, for each line whether it is one."""
        self._hits = hits
        if self._count and self._table.columns:
            last = self.index(self._count - 1, len(self._table.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.BackgroundRole])

    def is_hit(self, row: int, column: int) -> bool:
        """Whether something sought stands in a cell."""
        lines = self._hits.get(column)
        return lines is not None and row < len(lines) and bool(lines[row])

    def carry_out(self, edit: Edit) -> bool:
        """Do an edit; where the facts forbid it, say why."""
        try:
            self._session.do(edit)
        except REFUSALS as answer:
            self.refused.emit(str(answer))
            return False
        return True

    def carry_out_beside(self, edit: Edit) -> None:
        """Do an edit, beside the window where it is large; where the facts forbid it, say why."""

        def tell(trouble: Trouble | None) -> None:
            if trouble is not None and not isinstance(trouble, EditCancelled):
                self.refused.emit(str(trouble))

        self._session.do_beside(edit.label, len(edit.changes), lambda: edit, tell)

    def row_of(self, fact: int) -> int | None:
        """Return the row of a fact, or of a line by its key, if it is shown."""
        keys = keys_of(self._table)
        if isinstance(keys, np.ndarray):
            found = np.flatnonzero(keys == fact) if isinstance(fact, int) else ()
            return int(found[0]) if len(found) else None
        return next((row for row, key in enumerate(keys) if key == fact), None)

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

    def _place(self, row: int, column: int) -> Place:
        made, title = self._line(row)[0], self._table.columns[column].title
        if made.fact is not None:
            return TABLES[type(made.fact)], made.fact.id, title
        return self._table.name, row if made.key is None else made.key, title

    def _refusal(self, row: int, column: int) -> Refusal | None:
        if self._unaccepted.is_empty:
            return None
        refusal = self._unaccepted.get(self._place(row, column))
        is_past = refusal is not None and refusal.is_doubt and refusal.text != self._line(row)[1][column]
        return None if is_past else refusal

    def _enter(self, index: Index, text: str) -> None:
        row, session = self.row(index.row()), self._session
        column = self.column(index.column())
        edit = entered(session.ledger, self._table, row, column, text, session.style)
        place = self._place(index.row(), index.column())
        if edit is None:
            self._unaccepted.drop(place)
            return
        doubt, change = doubted(session.ledger, edit, column), edit.changes[-1]
        session.do(without_misspelt(session.ledger, edit, session.history.done))
        fact = change.after
        self._unaccepted.correct([place])
        if fact is not None:
            self._sums.note(fact, column.field, text, value_at(fact, column.field))
        if doubt is not None and fact is not None:
            name, sentence, other = doubt
            place = TABLES[type(fact)], fact.id, column.title
            self._unaccepted.keep(place, Refusal(name, sentence, other, is_doubt=True))
            self.refused.emit(sentence)
        if row is None:
            at = self.row_of(change.id)
            if at is not None:
                self.recorded.emit(at)

    # What each role is answered with; a role that is not here is answered at once with nothing.

    def _display(self, row: int, column: int) -> str:
        return self.text(row, column)

    def _alignment(self, row: int, column: int) -> Qt.AlignmentFlag:
        return _RIGHT if self._table.columns[column].kind in NUMBERS else _LEFT

    def _typed(self, row: int, column: int) -> str:
        return self.typed_text(row, column)

    def _tool_tip(self, row: int, column: int) -> str | None:
        refusal = self._refusal(row, column)
        return None if refusal is None else tip(self.advice(self.index(row, column)))

    def _accessible_text(self, row: int, column: int) -> str:
        name = self.text(row, 0) or ("New line" if self.is_blank(row) else f"Line {row + 1}")
        value = self.text(row, column) or "empty"
        title = self._table.columns[column].title
        refusal = self._refusal(row, column)
        problem = f"; {refusal.sentence}" if refusal else ""
        unit = _UNITS.get(self._table.columns[column].kind, "") if self.text(row, column) else ""
        told = f"{title}: {value}{unit}"
        return (told if column == 0 else f"{name}, {told}") + problem

    _ANSWERS: ClassVar[dict[int, Callable[[TableModel, int, int], Any]]] = {
        int(Qt.ItemDataRole.DisplayRole): _display,
        int(Qt.ItemDataRole.EditRole): _typed,
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
            return head_tip(column.title, column.help) or None
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
        text, row, column = str(value), index.row(), index.column()
        refusal = self._refusal(row, column)
        is_refused = refusal is not None and not refusal.is_doubt
        is_same = text in (self.text(row, column), self.typed_text(row, column))
        if is_same and not is_refused and not text.startswith("="):
            return True
        try:
            self._enter(index, text)
        except REFUSALS as answer:
            self.keep_refused(index, text, str(answer))
            self.refused.emit(self.refusal(index))
            return False
        self.dataChanged.emit(index, index)
        return True
