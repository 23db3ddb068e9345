"""What the actions of a window do to its session: undo, cells, the day, the basis, the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from neocapgui.document.refusal import DocumentError
from neocapgui.engine.lens import Basis
from neocapgui.gui.actions import Actions
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.session import Session
from neocapgui.gui.tables.cell_commands import BY_ID, CellCommands
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.workplace import Workplace
from neocapgui.ledger.edits import EditRefused


class SessionCommands(QObject):
    """Carries out the actions that need a scenario, and keeps their checks and labels true."""

    refused = Signal(str)  # why something could not be taken back or done again
    undo_named = Signal(str)  # the label of the edit that Undo would take back

    def __init__(self, session: Session, workplace: Workplace, actions: Actions) -> None:
        """Connect the actions of a window to its session and panels."""
        super().__init__(session)
        self._session = session
        self._workplace = workplace
        self._actions = actions
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Make checks, labels and what is enabled true for the session as it stands."""
        history, lens = self._session.history, self._session.lens
        undo, redo = self._actions["edit.undo"], self._actions["edit.redo"]
        label = history.done[-1].edit.label if history.done else ""
        undo.setText(f"Undo {label}".rstrip())
        undo.setEnabled(bool(label))
        redo.setText(f"Redo {history.undone[-1].edit.label}" if history.undone else "Redo")
        redo.setEnabled(bool(history.undone))
        self._actions[f"lens.{lens.basis}"].setChecked(True)
        self._actions["lens.planned"].setChecked(lens.planned)
        self.undo_named.emit(label)

    def _connect(self) -> None:
        session, timeline = self._session, self._workplace.timeline
        commands: dict[str, Callable[[], None]] = {
            "edit.undo": lambda: self._attempt(session.undo),
            "edit.redo": lambda: self._attempt(session.redo),
            "lens.previous_event": timeline.previous_event,
            "lens.next_event": timeline.next_event,
            "view.next_area": self._workplace.go_on,
            **{id: self._for_cells(command) for id, command in BY_ID.items()},
            **{f"page.{page.name}": self._for_page(page.name) for page in PAGES},
            **{f"lens.{basis}": self._for_basis(basis) for basis in Basis},
        }
        for id, command in commands.items():
            self._actions[id].triggered.connect(lambda _=False, command=command: command())
        self._actions["lens.planned"].toggled.connect(self._count_planned)
        self._workplace.page_shown.connect(lambda name: self._actions[f"page.{name}"].setChecked(True))
        for signal in (session.opened, session.edited, session.lens_changed):
            signal.connect(self.refresh)

    def _attempt(self, command: Callable[[], None]) -> None:
        try:
            command()
        except (EditRefused, DocumentError) as refusal:
            self.refused.emit(str(refusal))

    def _count_planned(self, is_counted: bool) -> None:
        self._session.look(replace(self._session.lens, planned=is_counted))

    def _for_page(self, name: str) -> Callable[[], None]:
        return lambda: self._workplace.show_page(name)

    def _for_basis(self, basis: Basis) -> Callable[[], None]:
        return lambda: self._session.count_by(basis)

    def _for_cells(self, command: Callable[[CellCommands], None]) -> Callable[[], None]:
        def carry_out() -> None:
            table = _table_around(QApplication.focusWidget())
            if table is not None:
                command(table.commands)

        return carry_out


def _table_around(widget: QWidget | None) -> TableView | None:
    while widget is not None and not isinstance(widget, TableView):
        widget = widget.parentWidget()
    return widget
