"""The history page: every edit with its time, and the way back to any of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from neocapgui.document.refusal import DocumentError
from neocapgui.figures.findings_table import history_table
from neocapgui.figures.tables import Row
from neocapgui.gui.page_heading import PageHeading
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView
from neocapgui.ledger.edits import EditRefused
from neocapgui.ledger.history import Entry


class HistoryPage(QWidget):
    """The edits done and those taken back; undo and redo reach down and up to the chosen one."""

    def __init__(self, session: Session) -> None:
        """Show the history of the session."""
        super().__init__()
        self.setObjectName("page.history")
        self._session = session
        self._chosen: Entry | None = None
        self._undo = QPushButton("Undo")
        self._redo = QPushButton("Redo")
        table = history_table(session.history)
        self._heading = PageHeading(table.title, table.subtitle, (self._undo, self._redo))
        self._view = TableView(session, table)
        self._empty = QLabel()
        self._empty.setProperty("look", "dim")
        self._trouble = QLabel()
        self._trouble.setProperty("look", "red")
        self._trouble.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for part in (self._heading, self._trouble, self._empty, self._view):
            layout.addWidget(part)
        layout.setStretchFactor(self._view, 1)
        layout.addStretch(0)
        self._view.pointed.connect(self._point)
        self._undo.clicked.connect(self._go_back)
        self._redo.clicked.connect(self._go_forward)
        self.refresh()

    def refresh(self) -> None:
        """Show the history as it stands."""
        table = history_table(self._session.history)
        self._view.show_table(table)
        self._view.setVisible(bool(table.rows))
        self._empty.setText(table.empty)
        self._empty.setVisible(not table.rows)
        self._trouble.hide()
        self._name_buttons()

    def _point(self, line: Row | None) -> None:
        self._chosen = line.key if line is not None and isinstance(line.key, Entry) else None
        self._name_buttons()

    def _name_buttons(self) -> None:
        history = self._session.history
        for button, verb, steps, entries in (
            (self._undo, "Undo", self._steps(history.done), history.done),
            (self._redo, "Redo", self._steps(history.undone), history.undone),
        ):
            button.setEnabled(bool(steps))
            button.setText(f"{verb} {steps:,} edits" if steps > 1 else verb)
            first = entries[-steps].edit.label if steps else ""
            through = f"{verb} everything up to and with “{first}”" if steps > 1 else f"{verb} “{first}”"
            button.setToolTip(through if steps else f"There is nothing to {verb.lower()}.")

    def _steps(self, entries: tuple[Entry, ...]) -> int:
        """Return how many entries, from the last, lead to the chosen one; the last alone where it is none."""
        for steps, entry in enumerate(reversed(entries), 1):
            if self._chosen is not None and entry.number == self._chosen.number:
                return steps
        return 1 if entries else 0

    def _go_back(self) -> None:
        self._repeat(self._steps(self._session.history.done), self._session.undo)

    def _go_forward(self) -> None:
        self._repeat(self._steps(self._session.history.undone), self._session.redo)

    def _repeat(self, steps: int, step: Callable[[], None]) -> None:
        try:
            for _ in range(steps):
                step()
        except (EditRefused, DocumentError) as answer:
            self._trouble.setText(str(answer))
            self._trouble.show()
