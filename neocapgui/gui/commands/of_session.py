"""What the actions of a window do to its session: undo, cells, the day, the basis, the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtWidgets import QApplication

from neocapgui.document.refusal import EditCancelled
from neocapgui.engine.lens import Basis
from neocapgui.figures.guided.guides import GUIDES
from neocapgui.gui.actions import Actions
from neocapgui.gui.commands.of_charts import ChartCommands
from neocapgui.gui.commands.of_printing import PrintCommands
from neocapgui.gui.commands.of_tables import TableCommands
from neocapgui.gui.editing import Trouble, Way
from neocapgui.gui.guided_entry import GuidedEntry
from neocapgui.gui.guiding import Guiding
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.panels.step_menu import StepMenu
from neocapgui.gui.panels.workplace import Workplace
from neocapgui.gui.session import Session
from neocapgui.gui.tables.cell_commands import BY_ID, CellCommands
from neocapgui.gui.tables.focused_table import table_around
from neocapgui.gui.tables.previews import Previews

if TYPE_CHECKING:
    from neocapgui.figures.pasting.understood import Plan
    from neocapgui.gui.tables.pasting import Pasting


class SessionCommands(QObject):
    """Carries out the actions that need a scenario, and keeps their checks and labels true."""

    refused = Signal(str)  # why something could not be taken back or done again
    undo_named = Signal(str)  # the label of the edit that Undo would take back
    copy_wanted = Signal(object)  # the Path of a version to be opened as a scenario of its own

    def __init__(self, session: Session, workplace: Workplace, actions: Actions) -> None:
        """Connect the actions of a window to its session and panels."""
        super().__init__(session)
        self._session = session
        self._workplace = workplace
        self._actions = actions
        self._steps: tuple[StepMenu, StepMenu] | None = None
        GuidedEntry(session, workplace)
        Previews.of(session).wanted.connect(self._preview_paste)
        TableCommands(session, workplace, actions).refused.connect(self.refused)
        ChartCommands(session, workplace, actions).refused.connect(self.refused)
        PrintCommands(session, workplace, actions).refused.connect(self.refused)
        self._connect()
        self.refresh()

    def list_steps(self, undo: StepMenu, redo: StepMenu) -> None:
        """Keep two menus true, and jump where they point."""
        self._steps = undo, redo
        undo.wanted.connect(lambda steps: self._session.undo_beside(steps, self._tell))
        redo.wanted.connect(lambda steps: self._session.redo_beside(steps, self._tell))
        self.refresh()

    def refresh(self) -> None:
        """Make checks, labels and what is enabled true for the session as it stands."""
        history, lens = self._session.history, self._session.lens
        undo, redo = self._actions["edit.undo"], self._actions["edit.redo"]
        label, again = self._next_labels()
        undo.setText(f"Undo {label}".rstrip())
        undo.setEnabled(bool(label))
        redo.setText(f"Redo {again}".rstrip())
        redo.setEnabled(bool(again))
        self._actions[f"lens.{lens.basis}"].setChecked(True)
        self._actions["lens.planned"].setChecked(lens.planned)
        self.undo_named.emit(label)
        if self._steps is not None:
            undo_steps, redo_steps = self._steps
            is_free = self._session.under_way is None  # else what is listed is not what stands
            undo_steps.offer(history.done if is_free else ())
            redo_steps.offer(history.undone if is_free else ())

    def _next_labels(self) -> tuple[str, str]:
        """Return which edits Undo and Redo act on; one that is under way is given up, or done once more."""
        history = self._session.history
        both = history.done, history.undone
        label, again = (entries[-1].edit.label if entries else "" for entries in both)
        match self._session.under_way:
            case (Way.DO, name):
                return name, ""
            case (Way.UNDO, _):
                return label, label
            case (Way.REDO, _):
                return again, again
        return label, again

    def _connect(self) -> None:
        session, timeline = self._session, self._workplace.timeline
        commands: dict[str, Callable[[], None]] = {
            "edit.undo": lambda: session.undo_beside(1, self._tell),
            "edit.redo": lambda: session.redo_beside(1, self._tell),
            "lens.previous_event": timeline.previous_event,
            "lens.next_event": timeline.next_event,
            "view.next_area": self._workplace.go_on,
            "view.next_view": lambda: self._workplace.step_view(1),
            "view.previous_view": lambda: self._workplace.step_view(-1),
            "view.explain": self._explain,
            "document.check": self._check,
            "document.versions": self._show_versions,
            **{id: self._for_cells(command) for id, command in BY_ID.items()},
            **{f"entry.{guide.name}": self._for_guide(guide.name) for guide in GUIDES},
            **{f"page.{page.name}": self._for_page(page.name) for page in PAGES},
            **{id: self._for_history(id) for id in ("history.revoke", "history.go_back", "history.do_again")},
            **{f"lens.{basis}": self._for_basis(basis) for basis in Basis},
        }
        for id, command in commands.items():
            self._actions[id].triggered.connect(lambda _=False, command=command: command())
        self._actions["lens.planned"].toggled.connect(self._count_planned)
        play = self._actions["timeline.play"]
        play.triggered.connect(timeline.play)
        timeline.played.connect(play.setChecked)
        self._workplace.page_shown.connect(lambda name: self._actions[f"page.{name}"].setChecked(True))
        for signal in (session.opened, session.edited, session.lens_changed, session.under_way_moved):
            signal.connect(self.refresh)

    def _tell(self, trouble: Trouble | None) -> None:
        if trouble is not None and not isinstance(trouble, EditCancelled):
            self.refused.emit(str(trouble))

    def _preview_paste(self, pasting: Pasting, plan: Plan) -> None:
        from neocapgui.gui.dialogs.paste_preview import PastePreview

        PastePreview(self._session, pasting, plan, self._workplace.window()).open()

    def _check(self) -> None:
        from neocapgui.gui.dialogs.check_dialog import CheckDialog

        dialog = CheckDialog(self._session, self._workplace.window())
        dialog.went_to.connect(self._workplace.go_to)
        dialog.open()

    def _explain(self) -> None:
        from neocapgui.gui.dialogs.explain_dialog import ExplainDialog
        from neocapgui.gui.explaining import origin_at

        focused = self._workplace.window().focusWidget()
        found = origin_at(self._session, focused)
        if isinstance(found, str):
            QApplication.sendEvent(focused or self._workplace, QStatusTipEvent(found))
            return
        dialog = ExplainDialog(found, self._session.style, self._workplace.window())
        dialog.went_to.connect(self._workplace.go_to)
        dialog.open()

    def _show_versions(self) -> None:
        from neocapgui.gui.dialogs.versions_dialog import VersionsDialog

        dialog = VersionsDialog(self._session, self._workplace.window())
        dialog.copy_wanted.connect(self.copy_wanted)
        dialog.open()

    def _count_planned(self, is_counted: bool) -> None:
        self._session.look(replace(self._session.wish, planned=is_counted))

    def _for_guide(self, name: str) -> Callable[[], None]:
        return lambda: Guiding.of(self._session).want(name)

    def _for_page(self, name: str) -> Callable[[], None]:
        return lambda: self._workplace.show_page(name)

    def _for_history(self, id: str) -> Callable[[], None]:
        return lambda: self._workplace.pages.carry_out("history", id)

    def _for_basis(self, basis: Basis) -> Callable[[], None]:
        return lambda: self._session.count_by(basis)

    def _for_cells(self, command: Callable[[CellCommands], None]) -> Callable[[], None]:
        def carry_out() -> None:
            table = table_around(QApplication.focusWidget())
            if table is not None:
                command(table.commands)

        return carry_out
