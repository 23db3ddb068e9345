"""A table on screen: quiet lines, figures never cut, and the keys that hands know from spreadsheets."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QResizeEvent, QStatusTipEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QTableView, QToolTip, QWidget

from neocapgui.figures.kinds import NUMBERS
from neocapgui.figures.tables import Table
from neocapgui.gui.actions import COMMAND
from neocapgui.gui.session import Session
from neocapgui.gui.tables.cell_commands import BY_ID, CellCommands
from neocapgui.gui.tables.cell_delegate import CellDelegate
from neocapgui.gui.tables.column_heads import ColumnHeads
from neocapgui.gui.tables.column_widths import fitted, needed_widths
from neocapgui.gui.tables.first_column import FirstColumn
from neocapgui.gui.tables.selection_sum import summed_up
from neocapgui.gui.tables.table_model import TableModel
from neocapgui.gui.typeface import figures_font

Index = QModelIndex | QPersistentModelIndex
_MEASURED = 200  # lines whose texts are measured at once; further ones when they come into sight
_SUMMED = 5_000  # cells of a selection beyond which only their number is told
_FOLLOWED = 500  # lines among which the one with the same key is looked for
_SEARCHED = 2_000  # lines among which typed letters find one, where nothing can be typed in
_LEAST_HEIGHT = 28

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TableView(QTableView):
    """Shows a table of the session, and takes what is typed into it."""

    pointed = Signal(object, object)  # the Row (None for the empty line) and the Column of the current cell
    summed = Signal(str)  # what is selected, in a line
    refused = Signal(str)  # why something could not be typed, pasted or removed
    activated_row = Signal(object)  # the Row that was double-clicked or entered where nothing can be typed

    def __init__(self, session: Session, table: Table, parent: QWidget | None = None) -> None:
        """Show a table."""
        super().__init__(parent)
        self._session = session
        self.table_model = TableModel(session, table, self)
        self._delegate = CellDelegate(self.table_model, self)
        self._heads = ColumnHeads(self.table_model, self)
        self._needed: list[int] = []
        self._chosen: dict[str, int] = {}  # widths the user has drawn, by the title of the column
        self._is_fitting = False
        self._tab_start: int | None = None  # the column in which a run of Tabs began
        self._recorded: int | None = None
        self._types = False  # whether anything can be typed into the table
        self.setModel(self.table_model)
        self.commands = CellCommands(session, self.table_model, self.selectionModel())
        self.setItemDelegate(self._delegate)
        self.first_column = FirstColumn(self, self.table_model)
        self._dress()
        self._connect()
        self._name(table)
        self._measure_anew()

    def show_table(self, table: Table) -> None:
        """Show another answer; the current cell stays with its line where that can be found."""
        current = self.currentIndex()
        held = self.table_model.row(current.row()) if current.isValid() else None
        titles = [column.title for column in self.table_model.table.columns]
        self.table_model.show_table(table)
        self._name(table)
        if titles != [column.title for column in table.columns]:
            self._measure_anew()
        else:
            self._measure_seen()
        if current.isValid():
            self._stay(current.row(), current.column(), None if held is None else held.key)
        self._sum_up()

    def point_at(self, row: int, column: int = 0) -> None:
        """Make a cell the current one and bring it into sight."""
        index = self.table_model.index(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def edit_here(self) -> None:
        """Open the current cell with the caret behind its text."""
        index = self.currentIndex()
        if index.isValid() and self.table_model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            if index.column() == 0:
                self.horizontalScrollBar().setValue(0)
            self.edit(index)
            editor = self._delegate.editor
            if editor is not None:
                editor.deselect()
                editor.end(False)

    def _dress(self) -> None:
        self.setHorizontalHeader(self._heads)
        self._heads.sectionResized.connect(self._keep_width)
        self.setFont(figures_font(self.font()))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(max(_LEAST_HEIGHT, self.fontMetrics().height() + 12))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setMinimumHeight(4 * self.verticalHeader().defaultSectionSize())

    def _connect(self) -> None:
        self.table_model.refused.connect(self._tell_refusal)
        self.table_model.recorded.connect(self._note_recorded)
        self._delegate.ended.connect(self._go_on)
        self._delegate.spread.connect(self.commands.spread)
        self.verticalScrollBar().valueChanged.connect(self._measure_seen)
        self.doubleClicked.connect(self._open)
        self.first_column.doubleClicked.connect(self._open)

    def _name(self, table: Table) -> None:
        self.setObjectName(f"table.{table.name}")
        self.setAccessibleName(table.title)
        self._types = any(column.is_editable for column in table.columns)
        self.setTabKeyNavigation(self._types)

    # Widths

    def _measure_anew(self) -> None:
        self._needed = []
        rows = self.table_model.rowCount()
        self._measure([*range(min(_MEASURED, rows)), *range(max(_MEASURED, rows - 2), rows)])

    def _measure(self, rows: range | list[int]) -> None:
        found = needed_widths(self.table_model, self.font(), rows)
        if len(found) == len(self._needed):
            found = [max(pair) for pair in zip(found, self._needed, strict=True)]
        if found != self._needed:
            self._needed = found
            self._fit()

    def _measure_seen(self) -> None:
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        if first >= 0:
            self._measure(range(first, (last if last >= 0 else self.table_model.rowCount() - 1) + 1))

    def _fit(self) -> None:
        columns = self.table_model.table.columns
        if len(columns) != len(self._needed):
            return
        self._is_fitting = True
        widths, bar = fitted(columns, self._needed, self.viewport().width())
        self._delegate.bar = self._heads.bar = bar
        for number, (column, width) in enumerate(zip(columns, widths, strict=True)):
            self.setColumnWidth(number, self._chosen.get(column.title, width))
        self._is_fitting = False
        self.first_column.follow()

    def _keep_width(self, section: int, old: int, new: int) -> None:
        if self._is_fitting or section >= len(self._needed):
            return
        column = self.table_model.column(section)
        least = self._needed[section] if column.kind in NUMBERS else 0
        self._chosen[column.title] = max(new, least)
        if new < least:
            self.setColumnWidth(section, least)

    # The current cell

    def _stay(self, row: int, column: int, key: object) -> None:
        model = self.table_model
        here = model.row(row) if row < model.rowCount() else None
        if key is not None and (here is None or here.key != key):
            rows = model.table.rows
            if len(rows) <= _FOLLOWED:
                row = next((at for at, line in enumerate(rows) if line.key == key), row)
        row = min(row, model.rowCount() - 1)
        column = min(column, len(model.table.columns) - 1)
        if row < 0 or column < 0:
            return
        if (row, column) == (self.currentIndex().row(), self.currentIndex().column()):
            self._point()
        else:
            self.setCurrentIndex(model.index(row, column))

    def _point(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self.pointed.emit(self.table_model.row(index.row()), self.table_model.column(index.column()))

    def _go_on(self, down: int, right: int) -> None:
        """Leave a cell with Enter or Tab; after a run of Tabs, Enter goes back to where the run began."""
        index = self.currentIndex()
        row = index.row() if self._recorded is None else self._recorded
        column, self._recorded = index.column(), None
        if right:
            self._tab_start = column if self._tab_start is None else self._tab_start
        elif down and self._tab_start is not None:
            column, self._tab_start = self._tab_start, None
        start = self._tab_start
        row = max(0, min(self.table_model.rowCount() - 1, row + down))
        column = max(0, min(len(self.table_model.table.columns) - 1, column + right))
        self.setCurrentIndex(self.table_model.index(row, column))
        self._tab_start = start
        self.setFocus()

    def _note_recorded(self, row: int) -> None:
        self._recorded = row

    def _open(self, index: QModelIndex) -> None:
        if self.table_model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit_here()
        else:
            self.activated_row.emit(self.table_model.row(index.row()))

    # What is told

    def _sum_up(self) -> None:
        selection = self.selectionModel().selection()
        parts = [selection.at(position) for position in range(selection.count())]
        size = sum(part.width() * part.height() for part in parts)
        if size > _SUMMED:
            text = f"{size:,} cells"
        else:
            cells = []
            for part in parts:
                for row in range(part.top(), part.bottom() + 1):
                    line = self.table_model.row(row)
                    for number in range(part.left(), part.right() + 1):
                        value = None if line is None else line.cells[number]
                        cells.append((self.table_model.column(number), value))
            text = summed_up(cells, self._session.style)
        self.summed.emit(text)
        self._tell(text)

    def _tell_refusal(self, sentence: str) -> None:
        self.refused.emit(sentence)
        self._tell(sentence)
        if self.isVisible():
            below = self.visualRect(self.currentIndex()).bottomLeft()
            QToolTip.showText(self.viewport().mapToGlobal(below), sentence, self)

    def _tell(self, text: str) -> None:
        """Say something in the status bar of whatever window this stands in."""
        QApplication.sendEvent(self, QStatusTipEvent(text))

    # Keys

    def _key_command(self, event: QKeyEvent) -> bool:
        """Carry out a key of the table; return whether it was one."""
        commands = self.commands
        standard = {
            QKeySequence.StandardKey.Copy: commands.copy,
            QKeySequence.StandardKey.Paste: commands.paste,
        }
        for key, command in standard.items():
            if event.matches(key):
                command()
                return True
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        own = {
            (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier): self.edit_here,
            (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): commands.clear,
            (Qt.Key.Key_Minus, _CONTROL): commands.remove_lines,
            (Qt.Key.Key_D, _CONTROL): commands.fill_down,
            (Qt.Key.Key_R, _CONTROL): commands.fill_right,
            (Qt.Key.Key_Semicolon, _CONTROL): commands.enter_today,
            (Qt.Key.Key_Space, _SHIFT): self._select_rows,
            (Qt.Key.Key_Space, _CONTROL): self._select_columns,
        }.get((Qt.Key(event.key()), held))
        if own is not None:
            own()
        return own is not None

    def _select_rows(self) -> None:
        self._stretch(0, len(self.table_model.table.columns) - 1, is_rows=True)

    def _select_columns(self) -> None:
        self._stretch(0, self.table_model.rowCount() - 1, is_rows=False)

    def _stretch(self, first: int, last: int, is_rows: bool) -> None:
        ranges = self.selectionModel().selection()
        if not ranges.count():
            return
        part, model = ranges.at(0), self.table_model
        if is_rows:
            corners = model.index(part.top(), first), model.index(part.bottom(), last)
        else:
            corners = model.index(first, part.left()), model.index(last, part.right())
        select = self.selectionModel().SelectionFlag.ClearAndSelect
        self.selectionModel().select(QItemSelection(*corners), select)

    def _leap(self, key: Qt.Key, extend: bool) -> bool:
        """Go with Ctrl and an arrow to the edge of the table."""
        model, index = self.table_model, self.currentIndex()
        last_row, last_column = model.rowCount() - 1, len(model.table.columns) - 1
        target = {
            Qt.Key.Key_Up: (0, index.column()),
            Qt.Key.Key_Down: (last_row, index.column()),
            Qt.Key.Key_Left: (index.row(), 0),
            Qt.Key.Key_Right: (index.row(), last_column),
        }.get(key)
        if target is None or not index.isValid():
            return False
        selection = self.selectionModel()
        if extend:
            ranges = selection.selection()
            start = ranges.at(0) if ranges.count() else None
            corner = index if start is None else model.index(start.top(), start.left())
            block = QItemSelection(corner, model.index(*target))
            selection.setCurrentIndex(model.index(*target), selection.SelectionFlag.NoUpdate)
            selection.select(block, selection.SelectionFlag.ClearAndSelect)
        else:
            self.setCurrentIndex(model.index(*target))
        return True

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in _ENTER and not held & _CONTROL:
            editable = self.table_model.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable
            if not editable and self.currentIndex().isValid():
                self.activated_row.emit(self.table_model.row(self.currentIndex().row()))
            self._go_on(-1 if held & _SHIFT else 1, 0)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and self.tabKeyNavigation():
            self._go_on(0, 1 if key == Qt.Key.Key_Tab else -1)
        elif key == Qt.Key.Key_Escape and self.table_model.refusal(self.currentIndex()):
            self.table_model.restore(self.currentIndex())
        elif held & _CONTROL and self._leap(key, bool(held & _SHIFT)):
            pass
        elif not self._key_command(event):
            super().keyPressEvent(event)
            return
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        for id, command in BY_ID.items():
            action = menu.addAction(COMMAND[id].title)
            action.setEnabled(self._types or id == "edit.copy")
            action.triggered.connect(lambda _=False, command=command: command(self.commands))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def keyboardSearch(self, search: str) -> None:
        if self.table_model.rowCount() <= _SEARCHED:  # Qt would go through every line there is
            super().keyboardSearch(search)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._tab_start = None
        self._point()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._sum_up()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        across = self.horizontalScrollBar()
        before = across.value()
        super().scrollTo(index, hint)
        if index.column() == 0:
            across.setValue(before)  # it is in sight in any case
        else:
            hidden = self.first_column.covers - self.visualRect(index).left()
            across.setValue(across.value() - max(0, hidden))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFont(figures_font(QApplication.font()))
            self._measure_anew()
