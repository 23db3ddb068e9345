"""The history page: every edit with its time and what it changed, and the way back to any of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from neocapgui.document.refusal import EditCancelled
from neocapgui.figures.differences_table import change_lines
from neocapgui.figures.history_table import entry_of, history_table, line_of
from neocapgui.figures.tables import Row, Table
from neocapgui.gui.actions import COMMAND
from neocapgui.gui.beside import Beside
from neocapgui.gui.dialogs.revoke_dialog import RevokeDialog
from neocapgui.gui.editing import Trouble
from neocapgui.gui.moments import lately, written_moment
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_frame import TableFrame
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.widgets.page_heading import FittedLabel, PageHeading
from neocapgui.ledger.edits import Edit, EditRefused
from neocapgui.ledger.history import Entry, History, around
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.revoking import revocation, standing_on

_TOLD = 2_000  # changes of one edit that are told; an import has a million
_AT_ONCE = 2_000  # edits among which another is told at once; among more, when the keys have come to rest
_PAUSE = 120  # milliseconds
_LABEL = 2  # the column that says what the edit is called


class HistoryPage(QWidget):
    """The edits done and taken back; one can be revoked, and all since it can be taken back."""

    def __init__(self, session: Session) -> None:
        """Show the history of the session."""
        super().__init__()
        self.setObjectName("page.history")
        self._session = session
        self._chosen: int | None = None  # the number of the edit that is pointed at
        self._buttons = {id: QPushButton(COMMAND[id].title) for id in _COMMANDS}
        table = self._table()
        self._heading = PageHeading(table.title, table.subtitle, tuple(self._buttons.values()))
        self._view = TableView(session, table)
        self._told = FittedLabel("section")
        self._changes = TableView(session, change_lines(session.ledger, session.ledger, Edit("", ())))
        self._empty, self._trouble = QLabel(), QLabel()
        self._pause = QTimer(self)
        self._beside = Beside(self)
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the history as it stands; the chosen edit stays chosen."""
        table = self._table()
        self._heading.show_texts(table.title, table.subtitle)
        chosen = self._chosen
        self._view.show_table(table)
        self._parts.setVisible(bool(table.rows))
        self._empty.setText(table.empty)
        self._empty.setVisible(not table.rows)
        self._trouble.hide()
        line = None if chosen is None else line_of(self._session.history, chosen)
        if table.rows:
            latest = min(len(self._session.history.undone), len(table.rows) - 1)
            column = self._view.currentIndex().column()
            self._view.show_line(latest if line is None else line, column if column >= 0 else _LABEL)
        self._tell()

    def carry_out(self, command: str) -> None:
        """Do what a command of this page does to the chosen edit."""
        self._trouble.hide()
        if self._line is None:
            self._refuse("Nothing has been edited yet, so there is nothing to take back or do again.")
        else:
            _COMMANDS[command](self)

    @property
    def _line(self) -> int | None:
        """The line on which the chosen edit stands."""
        return None if self._chosen is None else line_of(self._session.history, self._chosen)

    @property
    def _entry(self) -> Entry | None:
        return None if self._chosen is None else entry_of(self._session.history, self._chosen)

    def _table(self) -> Table:
        session = self._session
        document, style = session.document, session.style
        saved_at = document.saved_at
        return history_table(
            session.history,
            lambda at: written_moment(at, style),
            document.saved_edit,
            "" if saved_at is None else lately(saved_at, style),
        )

    def _lay_out(self) -> None:
        self._empty.setProperty("look", "dim")
        self._trouble.setProperty("look", "red")
        for label in (self._empty, self._trouble):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._told)
        column.addWidget(self._changes, 1)
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._parts.setChildrenCollapsible(False)
        self._parts.addWidget(TableFrame(self._session, self._view))
        self._parts.addWidget(below)
        self._parts.setStretchFactor(0, 3)
        self._parts.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for part in (self._heading, self._trouble, self._empty, self._parts):
            layout.addWidget(part)
        layout.setStretchFactor(self._parts, 1)
        layout.addStretch(0)

    def _connect(self) -> None:
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._tell_changes)
        self._view.pointed.connect(self._point)
        self._view.activated_row.connect(lambda _row: self._changes.setFocus())
        self._session.saved.connect(self.refresh)
        for id, button in self._buttons.items():
            button.setObjectName(f"button.{id}")
            button.setToolTip(COMMAND[id].help)
            button.clicked.connect(lambda _=False, id=id: self.carry_out(id))

    def _point(self, line: Row | None) -> None:
        chosen = None if line is None else line.key
        if chosen != self._chosen:
            self._chosen = chosen
            self._trouble.hide()
            self._tell()

    def _tell(self) -> None:
        history, line = self._session.history, self._line
        is_undone = line is not None and line < len(history.undone)
        is_done = line is not None and not is_undone
        for id, is_allowed in (
            ("history.revoke", is_done),
            ("history.go_back", is_done),
            ("history.do_again", is_undone),
        ):
            self._buttons[id].setEnabled(is_allowed)
        self._buttons["history.go_back"].setVisible(not is_undone)
        self._buttons["history.do_again"].setVisible(is_undone)
        if len(history.done) + len(history.undone) > _AT_ONCE:
            self._pause.start(_PAUSE)
        else:
            self._tell_changes()

    def _tell_changes(self) -> None:
        """Tell below what the chosen edit changed."""
        session, entry = self._session, self._entry
        before, after, edit = session.ledger, session.ledger, Edit("", ())
        self._told.show_text("")
        if entry is not None:
            before, after = around(session.ledger, session.history, entry.number)
            count = len(entry.edit.changes)
            edit = replace(entry.edit, changes=entry.edit.changes[:_TOLD])
            part = f", the first {_TOLD:,} of {count:,} changes" if count > _TOLD else ""
            self._told.show_text(f"WHAT EDIT {entry.number:,} CHANGED{part}: {entry.edit.label}")
        self._changes.show_table(change_lines(before, after, edit, session.style))

    def _revoke(self) -> None:
        ledger, history, entry = self._session.ledger, self._session.history, self._entry
        if entry is None:
            return
        if len(history.done) > _AT_ONCE:
            self._beside.work(
                lambda: _revoked(ledger, history, entry),
                lambda found: self._ask(entry, found) if history is self._session.history else None,
            )
        else:
            self._ask(entry, _revoked(ledger, history, entry))

    def _ask(self, entry: Entry, found: tuple[Edit, tuple[Entry, ...]] | str) -> None:
        """Ask whether an edit and what stands on it shall be revoked, or say why they cannot be."""
        if isinstance(found, str):
            self._refuse(found)
            return
        session, (edit, others) = self._session, found
        question = RevokeDialog(entry, others, len(session.history.undone), session.style, self)
        count = len(edit.changes)
        question.accepted.connect(lambda: session.do_beside(edit.label, count, lambda: edit, self._hear))
        question.open()

    def _go_back(self) -> None:
        undone, line = len(self._session.history.undone), self._line
        if line is not None and line >= undone:
            self._session.undo_beside(line - undone + 1, self._hear)

    def _do_again(self) -> None:
        undone, line = len(self._session.history.undone), self._line
        if line is not None and line < undone:
            self._session.redo_beside(undone - line, self._hear)

    def _hear(self, trouble: Trouble | None) -> None:
        if trouble is not None and not isinstance(trouble, EditCancelled):
            self._refuse(str(trouble))

    def _refuse(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble.show()


def _revoked(ledger: Ledger, history: History, entry: Entry) -> tuple[Edit, tuple[Entry, ...]] | str:
    """Return the edit that revokes another, and what stands on that one; or why it cannot be."""
    try:
        return revocation(ledger, history, entry.number), standing_on(history, entry.number)
    except EditRefused as refusal:
        return str(refusal)


_COMMANDS: dict[str, Callable[[HistoryPage], None]] = {
    "history.revoke": HistoryPage._revoke,
    "history.go_back": HistoryPage._go_back,
    "history.do_again": HistoryPage._do_again,
}
