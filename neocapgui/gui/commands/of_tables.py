"""What the actions of a window do to the table in front: find, replace, sort, filter, lay out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDateEdit

from neocapgui.engine.finding import Place
from neocapgui.figures.findables import Findable
from neocapgui.gui.actions import Actions
from neocapgui.gui.panels.workplace import Workplace
from neocapgui.gui.session import Session
from neocapgui.gui.tables.focused_table import table_around
from neocapgui.gui.tables.table_frame import TableFrame
from neocapgui.gui.tables.table_view import TableView

_SHORTCUT = Qt.FocusReason.ShortcutFocusReason
_NO_TABLE = "No table stands on this page: go to one with Ctrl and the number of its page."


class TableCommands(QObject):
    """Acts on the table with the focus, or else on the first one that is seen."""

    refused = Signal(str)  # why nothing was done

    def __init__(self, session: Session, workplace: Workplace, actions: Actions) -> None:
        """Connect the actions of a window to the tables of its pages."""
        super().__init__(session)
        self._session = session
        self._workplace = workplace
        commands: dict[str, Callable[[TableView], None]] = {
            "edit.find": lambda view: view.find_wanted.emit(False),
            "edit.replace": lambda view: view.find_wanted.emit(True),
            "edit.find_next": lambda view: view.step_wanted.emit(1),
            "edit.find_previous": lambda view: view.step_wanted.emit(-1),
            "view.filter": lambda view: view.heads.ask_filter(),
            "view.problems": lambda view: view.heads.show_problems(),
            "view.all_lines": lambda view: view.heads.clear(),
            "view.columns": lambda view: view.heads.ask_columns(),
        }
        for id, command in commands.items():
            actions[id].triggered.connect(lambda _=False, command=command: self._act(command))
        actions["edit.go_to"].triggered.connect(self._ask_where)
        actions["lens.go_to_date"].triggered.connect(self._go_to_date)

    def _act(self, command: Callable[[TableView], None]) -> None:
        view = self._table()
        if view is None:
            self.refused.emit(_NO_TABLE)
        else:
            command(view)

    def _table(self) -> TableView | None:
        focused = QApplication.focusWidget()
        view = table_around(focused)
        while view is None and focused is not None:  # in the find bar, or among the filters
            view = focused.view if isinstance(focused, TableFrame) else None
            focused = focused.parentWidget()
        if view is not None:
            return view
        frames = self._workplace.pages.findChildren(TableFrame)
        return next((frame.view for frame in frames if frame.isVisible()), None)

    def _ask_where(self) -> None:
        from neocapgui.gui.dialogs.go_to_dialog import GoToDialog

        dialog = GoToDialog(self._session, self._workplace.window())
        dialog.chosen.connect(self._go)
        dialog.open()

    def _go(self, found: Findable) -> None:
        if isinstance(found.key, Place):
            self._workplace.go_to(found.key)
        else:
            self._session.look_on(found.key)

    def _go_to_date(self) -> None:
        field = self._workplace.window().findChild(QDateEdit, "as_of")
        if isinstance(field, QDateEdit):
            field.setFocus(_SHORTCUT)
            field.lineEdit().selectAll()
