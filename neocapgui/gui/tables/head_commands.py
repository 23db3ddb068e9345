"""What is done at the heads of a table: sorted, filtered, moved, hidden."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QTableView

from neocapgui.figures.grid.sifted import Sifting
from neocapgui.gui.session import Session
from neocapgui.gui.tables.column_heads import ColumnHeads
from neocapgui.gui.tables.filter_panel import FilterPanel
from neocapgui.gui.tables.kept_layout import Layout
from neocapgui.gui.tables.shown_table import ShownTable


class HeadCommands(QObject):
    """Carries out what is wanted of the columns of a table, at its heads or by command."""

    def __init__(self, session: Session, view: QTableView, shown: ShownTable, heads: ColumnHeads) -> None:
        """Act on a view with the heads above it."""
        super().__init__(view)
        self._session = session
        self._view = view
        self._shown = shown
        self._heads: list[ColumnHeads] = []
        self.can_filter = False  # only where the filters that are active are always seen
        heads.setSectionsMovable(True)
        heads.setFirstSectionMovable(False)
        heads.sectionMoved.connect(self._note_move)
        self.join(heads)

    def join(self, heads: ColumnHeads) -> None:
        """Act on heads as well that lie above the first ones."""
        self._heads.append(heads)
        heads.sort_wanted.connect(self.sort)
        heads.filter_wanted.connect(self.ask_filter)
        heads.menu_wanted.connect(self.ask_filter)
        self.follow()

    def allow_filters(self) -> None:
        """Let columns be filtered; whoever allows it shows the filters."""
        self.can_filter = True
        self.follow()

    def follow(self) -> None:
        """Mark the heads as the table is looked at now."""
        for one in self._heads:
            one.show_sifting(self._shown.active, self.can_filter)

    def sort(self, column: int) -> None:
        """Sort by a column: rising, falling, then as stored again."""
        self._shown.sift(self._shown.sifting.turned(self._shown.table.columns[column].title))

    def ask_filter(self, column: int = -1) -> None:
        """Ask how a column is to sort and filter; the current one where none is named."""
        columns = self._shown.table.columns
        column = max(0, self._view.currentIndex().column()) if column < 0 else column
        if not self.can_filter or column >= len(columns):
            return
        stored = [one.title for one in self._shown.stored.columns].index(columns[column].title)
        panel = FilterPanel(
            self._shown.stored, stored, self._shown.sifting, self._session.style, self._view.window()
        )
        panel.chosen.connect(self._sift)
        panel.hide_wanted.connect(self.hide)
        panel.columns_wanted.connect(self.ask_columns)
        head = self._heads[0]
        left = max(0, head.sectionViewportPosition(column)) if column else 0
        panel.open_at(head.viewport().mapToGlobal(QPoint(left, head.height())))

    def show_problems(self) -> None:
        """Show only the lines with findings or refused text, or all of them again."""
        sifting = self._shown.sifting
        if self.can_filter:
            self._shown.sift(replace(sifting, problems=not sifting.problems))

    def clear(self) -> None:
        """Show all lines as they are stored."""
        self._shown.sift(Sifting())

    def hide(self, title: str) -> None:
        """Hide a column; the first one stays."""
        layout = self._shown.layout
        self._shown.lay_out(replace(layout, hidden=layout.hidden | {title}))

    def ask_columns(self) -> None:
        """Ask which columns are shown, and in which order."""
        from neocapgui.gui.tables.columns_dialog import ColumnsDialog

        titles = [column.title for column in self._shown.stored.columns]
        dialog = ColumnsDialog(titles, self._shown.layout, self._view.window())
        dialog.chosen.connect(self._lay_out)
        dialog.open()

    def _sift(self, sifting: Sifting) -> None:
        self._shown.sift(sifting)
        self._view.setFocus(Qt.FocusReason.PopupFocusReason)

    def _lay_out(self, layout: Layout) -> None:
        self._shown.lay_out(layout)
        self._view.setFocus(Qt.FocusReason.PopupFocusReason)

    def _note_move(self) -> None:
        QTimer.singleShot(0, self, self._take_move)  # not while Qt still moves it

    def _take_move(self) -> None:
        """Take over the order into which heads were drawn, and put Qt's own back: the table has it now."""
        head = self._heads[0]
        columns = self._shown.table.columns
        order = [head.logicalIndex(place) for place in range(head.count())]
        if order == list(range(len(columns))) or len(order) != len(columns):
            return
        head.blockSignals(True)
        for place in range(head.count()):
            head.moveSection(head.visualIndex(place), place)
        head.blockSignals(False)
        layout = self._shown.layout
        self._shown.lay_out(replace(layout, columns=tuple(columns[place].title for place in order)))
