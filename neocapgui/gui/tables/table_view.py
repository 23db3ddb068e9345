"""A table on screen: quiet lines, figures never cut, and the keys that hands know from spreadsheets."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QStatusTipEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QTableView, QWidget

from neocapgui.figures.grid.selected import figures_of, summary_of_blocks
from neocapgui.figures.grid.sifted import Sifting
from neocapgui.figures.tables import Row, Table
from neocapgui.gui.looks.typeface import figures_font
from neocapgui.gui.selection_tip import SelectionTip
from neocapgui.gui.session import Session
from neocapgui.gui.tables.cell_commands import CellCommands
from neocapgui.gui.tables.cell_delegate import CellDelegate
from neocapgui.gui.tables.column_heads import ColumnHeads
from neocapgui.gui.tables.fill_handle import FillHandle
from neocapgui.gui.tables.first_column import FirstColumn, FirstInSight
from neocapgui.gui.tables.fitted_columns import FittedColumns
from neocapgui.gui.tables.head_commands import HeadCommands
from neocapgui.gui.tables.line_menu import beside_current, offer_commands, offer_entries, offer_repair
from neocapgui.gui.tables.shown_table import ShownTable
from neocapgui.gui.tables.steps import Steps
from neocapgui.gui.tables.table_keys import begins_typing, command_for
from neocapgui.gui.tables.table_model import TableModel
from neocapgui.gui.tables.told_refusals import ToldRefusals
from neocapgui.gui.tables.typing_kept import go_on_typing, is_undisturbed, typing_in

Index = QModelIndex | QPersistentModelIndex
_SEARCHED = 2_000  # lines among which typed letters find one, where nothing can be typed in
_LEAST_HEIGHT = 28
_LEAST_LINES = 3

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TableView(QTableView):
    """Shows a table of the session, and takes what is typed into it."""

    pointed = Signal(object, object)  # the Row (None for the empty line) and the Column of the current cell
    summed = Signal(str)  # what is selected, in a line
    refused = Signal(str)  # why something could not be typed, pasted or removed
    find_wanted = Signal(bool)  # whether something is to be replaced
    step_wanted = Signal(int)  # on to the next hit (1), or back (-1)
    moved = Signal()  # another table is shown, or other lines or columns of it
    activated_row = Signal(object)  # the Row that was double-clicked or entered where nothing can be typed

    def __init__(self, session: Session, table: Table, parent: QWidget | None = None) -> None:
        """Show a table."""
        super().__init__(parent)
        self.session = session
        self._least = _LEAST_LINES
        self.shown = ShownTable(session, table, self)
        self.table_model = TableModel(session, table, self)
        self._delegate = CellDelegate(self.table_model, self)
        self._heads = ColumnHeads(self.table_model, self)
        self._recorded: int | None = None
        self._types = False  # whether anything can be typed into the table
        self._is_new = True  # until it is seen for the first time
        self.steps = Steps(self, self.table_model)
        self._refusals = ToldRefusals(self, self.table_model)
        self._is_extending = False  # while a key or the mouse makes the selection larger
        self.setModel(self.table_model)
        self.commands = CellCommands(session, self.table_model, self.selectionModel())
        self.commands.whole = lambda: self.shown.stored
        self.setItemDelegate(self._delegate)
        self.fill_handle = FillHandle(session, self, self.table_model, self.commands)
        self._first = FirstInSight(self, self.table_model, self._join)
        self.heads = HeadCommands(session, self, self.shown, self._heads)
        self._dress()
        self._widths = FittedColumns(
            self, self.table_model, self.shown, self._heads, self._first, self._delegate
        )
        self._connect()
        self._name(table)
        self._widths.measure_anew()

    def show_swatches(self, swatch: Callable[[Row], QColor | None]) -> None:
        """Draw before each line the colour that it has in a chart."""
        self._delegate.swatch = swatch
        self.viewport().update()

    def show_table(self, table: Table) -> None:
        """Show another answer; the current cell stays with its line where that can be found."""
        if not self._is_new or table is not self.shown.stored:
            self._show(lambda: self.shown.take(table))

    def _show(self, move: Callable[[], None] = lambda: None) -> None:
        """Show the table as it is seen now; `move` makes it another one first."""
        current = self.currentIndex()
        held = self.table_model.key_of(current.row()) if current.isValid() else None
        place = current.row(), current.column()
        titles = [column.title for column in self.table_model.table.columns]
        typing = typing_in(self._delegate, self, self.table_model)
        self.steps.is_held = True
        move()
        table = self.shown.table
        self.table_model.show_table(table)
        if typing is not None and not is_undisturbed(typing, self._delegate, self, self.table_model):
            self._delegate.drop()
        else:
            typing = None
        self.heads.follow()
        self._name(table)
        if titles != [column.title for column in table.columns]:
            self._widths.measure_anew()
        else:
            self._widths.measure_again()
        if place[0] >= 0:
            self._stay(*place, held)
        if typing is not None and not go_on_typing(typing, self._delegate, self, self.table_model):
            self._tell_lost(typing.text)
        self.steps.is_held = False
        self._sum_up()
        self.moved.emit()

    def look_as_left(self) -> None:
        """Look at the table as its document was looked at last, and remember how it is left."""
        self.shown.begin_keeping()
        if self.shown.table is self.table_model.table:  # as it is shown already, but for drawn widths
            self._widths.fit()
            return
        self._show()
        self._widths.measure_anew()

    def show_line(self, line: int, column: int = 0) -> bool:
        """Point at a line of the stored table; filters that leave it out are taken away."""
        row = self.shown.line_of(line)
        if row is None:
            self.shown.sift(Sifting(self.shown.sifting.order))
            row = self.shown.line_of(line)
        if row is not None:
            self.point_at(row, column)
        return row is not None

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
            self._bring_first_column(index)
            self.edit(index)
            editor = self._delegate.editor
            if editor is not None:
                editor.is_in_place = True
                editor.deselect()
                editor.end(False)

    def take_over(self) -> None:
        """Take over what is being typed into a cell, and close it."""
        self._delegate.end(0, 0)

    def _bring_first_column(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self.horizontalScrollBar().setValue(0)

    def list_choices(self) -> None:
        """Open the current cell with the list of what can be chosen."""
        self.edit_here()
        editor = self._delegate.editor
        if editor is not None:
            editor.list_all()

    def _dress(self) -> None:
        self.setHorizontalHeader(self._heads)
        self.setFont(figures_font(self.font()))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        self._give_lines_room()

    def show_least(self, lines: int) -> None:
        """Have room for so many lines, heads included, where the window is low."""
        self._least = lines
        self._give_lines_room()

    def _give_lines_room(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(_LEAST_HEIGHT, self.fontMetrics().height() + 12))
        lines = self._least * self.verticalHeader().defaultSectionSize()
        self.setMinimumHeight(lines + self.horizontalScrollBar().sizeHint().height())

    def _connect(self) -> None:
        self.table_model.refused.connect(self._tell_refusal)
        self.shown.refused.connect(self._tell_refusal)
        self.shown.changed.connect(self._show_otherwise)
        self.table_model.recorded.connect(self._note_recorded)
        self.table_model.told.connect(self._tell)
        self._delegate.ended.connect(self._go_on)
        self._delegate.stepped.connect(self.steps.step)
        self._delegate.lost.connect(self._tell_lost)
        self._delegate.spread.connect(self.commands.spread)
        self.doubleClicked.connect(self._open)

    def _join(self, first: FirstColumn) -> None:
        """Have the first column that stays in sight do what this does."""
        self.heads.join(first.heads)
        self.fill_handle.join(first)
        first.doubleClicked.connect(self._open)

    def _name(self, table: Table) -> None:
        self.setObjectName(f"table.{table.name}")
        self.setAccessibleName(table.title)
        self._types = any(column.is_editable for column in table.columns)
        self.setTabKeyNavigation(self._types)

    def _show_otherwise(self) -> None:
        """Show other lines or columns of the same table; only the current cell stays selected."""
        self.clearSelection()
        self._show()
        self._widths.fit()
        index = self.currentIndex()
        if index.isValid():
            self.selectionModel().select(index, self.selectionModel().SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    # The current cell

    def _stay(self, row: int, column: int, key: object) -> None:
        model = self.table_model
        here = model.key_of(row) if row < model.rowCount() else None
        if key is not None and here != key:
            at = model.row_with(key)
            row = row if at is None else at
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
        recorded, self._recorded = self._recorded, None
        self.steps.go_on(down, right, recorded)

    def _note_recorded(self, row: int) -> None:
        self._recorded = row

    def _open(self, index: QModelIndex) -> None:
        if self.table_model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit_here()
        else:
            self.activated_row.emit(self.table_model.row(index.row()))

    def _open_menu(self, at: QPoint) -> None:
        index, model = self.currentIndex(), self.table_model
        menu = QMenu(self)
        offer_repair(menu, model, index)
        offer_commands(menu, self.commands, self._types)
        if index.isValid():
            row, column = model.row(index.row()), model.column(index.column())
            offer_entries(menu, self.session, model.table, row, column)
        explain = self.window().findChild(QAction, "view.explain")
        if explain is not None:
            menu.addSeparator()
            menu.addAction(explain)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    # What is told

    def _sum_up(self) -> None:
        selection = self.selectionModel().selection()
        parts = [selection.at(position) for position in range(selection.count())]
        blocks = [(range(one.top(), one.bottom() + 1), range(one.left(), one.right() + 1)) for one in parts]
        told = SelectionTip(figures_of(summary_of_blocks(self.table_model.table, blocks), self.session.style))
        self.summed.emit(told.tip())
        QApplication.sendEvent(self, told)
        self._refusals.look()

    def _tell_refusal(self, sentence: str) -> None:
        self.refused.emit(sentence)
        if self.currentIndex().isValid():
            self._widths.measure([self.currentIndex().row()])
        self._tell(sentence)
        self._refusals.refuse(sentence)

    def _unsay(self, is_right: bool) -> None:
        """Take back what was told of the current cell, once it is put right or given up."""
        if is_right:
            self._refusals.unsay()
            self._sum_up()

    def _tell_lost(self, text: str) -> None:
        self._tell_refusal(f"“{text}” was being typed into a line that is gone.")

    def _tell(self, text: str) -> None:
        """Say something in the status bar of whatever window this stands in."""
        QApplication.sendEvent(self, QStatusTipEvent(text))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in _ENTER and held & _ALT:
            self._unsay(self.table_model.take_repair(self.currentIndex()))
        elif key in _ENTER and not held & _CONTROL:
            editable = self.table_model.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable
            if not editable and self.currentIndex().isValid():
                self.activated_row.emit(self.table_model.row(self.currentIndex().row()))
            self._go_on(-1 if held & _SHIFT else 1, 0)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and self.tabKeyNavigation():
            self._go_on(0, 1 if key == Qt.Key.Key_Tab else -1)
        elif key == Qt.Key.Key_Escape and self.table_model.refusal(self.currentIndex()):
            self.table_model.restore(self.currentIndex())
            self._unsay(True)
        elif held & _CONTROL and self.steps.leap(key, bool(held & _SHIFT)):
            pass
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not held & _CONTROL:
            self.steps.to_end_of_line(key, bool(held & _SHIFT))
        elif key == Qt.Key.Key_F10 and held & _SHIFT:  # the Menu key comes as an event of its own
            if QApplication.activePopupWidget() is None:
                self._open_menu(beside_current(self))
        elif command := command_for(event, self.commands, self.steps, self.edit_here, self.list_choices):
            command()
        else:
            if self._types and begins_typing(event):
                self.steps.to_anchor()  # what is typed goes where the selection began
                self._bring_first_column(self.currentIndex())
            self._is_extending = bool(held & _SHIFT)
            super().keyPressEvent(event)
            self._is_extending = False
            return
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._open_menu(event.globalPos())

    def keyboardSearch(self, search: str) -> None:
        if self.table_model.rowCount() <= _SEARCHED:  # Qt would go through every line there is
            super().keyboardSearch(search)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        is_drawn = self.state() == QAbstractItemView.State.DragSelectingState
        self.steps.moved(self._is_extending or is_drawn)
        self._point()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._sum_up()
        if self._types:
            self.viewport().update()  # the square at the corner stands partly in other cells

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        across = self.horizontalScrollBar()
        before = across.value()
        super().scrollTo(index, hint)
        if index.column() == 0:
            across.setValue(before)  # it is in sight in any case
        else:
            hidden = self._first.covers - self.visualRect(index).left()
            across.setValue(across.value() - max(0, hidden))
            if across.value() != before:
                across.setValue(self._whole_columns(across.value()))

    def _whole_columns(self, scrolled: int) -> int:
        """Return how far to scroll aside at the least, so that what follows the first column is whole."""
        heads, first = self.horizontalHeader(), self.columnWidth(0) + 1  # with the line beside it
        shown = (number for number in range(1, heads.count()) if not heads.isSectionHidden(number))
        places = (max(0, heads.sectionPosition(number) - first) for number in shown)
        return min((place for place in places if place >= scrolled), default=scrolled)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._types:
            painter = QPainter(self.viewport())
            self.fill_handle.paint(painter)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths.fit()
        self._keep_line_in_sight(event.oldSize().height())

    def _keep_line_in_sight(self, high: int) -> None:
        """Scroll the current line up where the view, which was so many pixels high, cuts it now."""
        line, room = self.visualRect(self.currentIndex()), self.viewport().height()
        if room <= line.bottom() < high:
            scroll = self.verticalScrollBar()
            scroll.setValue(scroll.value() + min(line.top(), line.bottom() + 1 - room))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._is_new = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():  # another company's lines, of which none was pointed at
            self.point_at(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_widths"):  # not before all is made
            self._give_lines_room()
            self._widths.measure_anew()
