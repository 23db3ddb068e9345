"""The dialog of every guided entry: the fields, and under them at once what the entry will do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from neocapgui.document.refusal import DocumentError
from neocapgui.figures.guided.answered import Answered, answered, begun_texts, understood
from neocapgui.figures.guided.guide import Remark
from neocapgui.figures.guided.guides import GuideEntry
from neocapgui.figures.kinds import NotUnderstood
from neocapgui.figures.tables import Table
from neocapgui.gui.beside import Beside
from neocapgui.gui.dialogs.fitting_area import FittingArea
from neocapgui.gui.dialogs.guided_fields import EntryFields
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.widgets.page_heading import FittedLabel
from neocapgui.ledger.edits import EditRefused
from neocapgui.ledger.ledger import Ledger

_SIZE = (960, 700)
_ROOM = 40  # pixels of the screen that are left around the dialog
_LEAST = (560, 420)
_LEAST_LINES = (9, 3)  # of the fields, and of the remarks
_PAUSE = 120  # milliseconds without a key after which the preview follows
_SMALL = 5_000  # transactions up to which the preview is worked out at once
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GuidedDialog(QDialog):
    """Asks what a guide asks, shows what will happen, and records it as one edit."""

    recorded = Signal(object)  # the Edit that was done

    def __init__(
        self,
        session: Session,
        entry: GuideEntry,
        begun: Mapping[str, Any] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Ask in a session; some fields begin with values."""
        super().__init__(parent)
        self.setObjectName(f"dialog.{entry.name}")
        self.setWindowTitle(entry.title)
        self._session, self._guide = session, entry.guide
        texts = begun_texts(self._guide, session.ledger, session.lens, begun or {}, session.style)
        self._fields = EntryFields(session.style, texts)
        self._answer: Answered | None = None
        self._is_stale = True
        self._beside = Beside(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._help, self._said, self._contrary, self._lack = (_label() for _ in range(4))
        self._heading = FittedLabel("section")
        self._help.setText(entry.help)
        self._tabs, self._stack = QTabBar(), QStackedWidget()
        self._tables: list[TableView] = []
        self._buttons = QDialogButtonBox()
        self._cancel = self._buttons.addButton("&Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        self._record = self._buttons.addButton("&Record", QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out()
        self._connect()
        self._take(understood(self._guide, session.ledger, session.lens, texts, session.style))
        self._settle()
        first = self._fields.first_empty()
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def refresh(self) -> None:
        """Follow what is typed at once."""
        self._pause.stop()
        session = self._session
        texts = self._fields.texts
        self._take(answered(self._guide, session.ledger, session.lens, texts, session.style))

    def _lay_out(self) -> None:
        for label, role in (
            (self._help, "dim"),
            (self._said, "dim"),
            (self._contrary, "amber"),
            (self._lack, "strong"),
        ):
            label.setProperty("look", role)
        self._contrary.setAccessibleName("What speaks against the terms or the record")
        remarks = QWidget()
        words = QVBoxLayout(remarks)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(6)
        for label in (self._contrary, self._said):
            words.addWidget(label)
        self._remarks = FittingArea(remarks, _LEAST_LINES[1])
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName("What is shown of it")
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(10)
        parts = (
            self._help,
            FittingArea(self._fields, _LEAST_LINES[0]),
            self._remarks,
            self._tabs,
            self._heading,
        )
        for part, stretch in zip((*parts, self._stack), (0, 4, 2, 0, 0, 3), strict=True):
            layout.addWidget(part, stretch)
        layout.addStretch()  # while there is no table
        layout.addWidget(self._lack)
        layout.addWidget(self._buttons)
        self._record.setDefault(True)
        room = self.screen().availableSize()
        self.setMinimumSize(*_LEAST)
        self.resize(min(_SIZE[0], room.width() - _ROOM), min(_SIZE[1], room.height() - _ROOM))

    def _connect(self) -> None:
        self._fields.changed.connect(self._follow)
        self._pause.timeout.connect(self._settle)
        self._tabs.currentChanged.connect(self._head_table)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._session.opened.connect(self.reject)
        self._session.edited.connect(self._follow)

    def _follow(self) -> None:
        self._is_stale = True
        self._pause.start()

    def _settle(self) -> None:
        """Follow what was typed: at once in a small scenario, beside the window in a large one."""
        session = self._session
        ledger, lens, style, texts = session.ledger, session.lens, session.style, self._fields.texts
        if len(ledger.transactions) <= _SMALL:
            self.refresh()
            return
        self._beside.work(
            lambda: answered(self._guide, ledger, lens, texts, style),
            lambda answer: self._take(answer) if self._is_about(ledger, texts) else None,
        )

    def _is_about(self, ledger: Ledger, texts: Mapping[str, str]) -> bool:
        """Return whether an answer is about what is recorded and typed now: only that may be recorded."""
        return ledger is self._session.ledger and texts == self._fields.texts

    def _take(self, answer: Answered) -> None:
        self._answer, self._is_stale = answer, False
        self._fields.show_answer(answer)
        self._record.setEnabled(answer.edit is not None)
        self._lack.setText(answer.lack or _errors_in(answer))
        self._lack.setVisible(bool(self._lack.text()))
        self._show_remarks(answer.remarks)
        self._show_tables(answer.tables)
        steps = (*self._fields.lines(), self._tabs, *self._tables, self._record, self._cancel)
        for before, after in pairwise(steps):
            QWidget.setTabOrder(before, after)

    def _show_remarks(self, remarks: Iterable[Remark]) -> None:
        said = [one.text for one in remarks if not one.is_contrary]
        contrary = [f"\u25b2 {one.text}" for one in remarks if one.is_contrary]
        for label, sentences in ((self._said, said), (self._contrary, contrary)):
            label.setText("\n".join(sentences))
            label.setVisible(bool(sentences))
        self._remarks.setVisible(bool(said or contrary))

    def _show_tables(self, tables: tuple[Table, ...]) -> None:
        """Show a table in a tab of its own; a single one needs none."""
        for place, table in enumerate(tables):
            if place == len(self._tables):
                view = TableView(self._session, table)
                self._tables.append(view)
                self._stack.addWidget(view)
                self._tabs.addTab("")
            self._tables[place].show_table(table)
            self._tabs.setTabText(place, table.title.replace("&", "&&"))
        for place in range(len(self._tables)):
            self._tabs.setTabVisible(place, place < len(tables))
        self._tabs.setVisible(len(tables) > 1)
        self._stack.setVisible(bool(tables))
        self._heading.setVisible(bool(tables))
        self._head_table(self._tabs.currentIndex())

    def _head_table(self, place: int) -> None:
        """Show a table, and say over it what it shows, and where there is no line why."""
        self._stack.setCurrentIndex(place)
        tables = () if self._answer is None else self._answer.tables
        if 0 <= place < len(tables):
            table = tables[place]
            parts = (table.title, table.subtitle, "" if table.rows else table.empty)
            self._heading.show_text("  ·  ".join(filter(None, parts)))
            self._stack.setVisible(bool(table.rows))
            self._stack.setMaximumHeight(_needed(self._tables[place]))

    # Qt overrides

    def accept(self) -> None:
        if self._is_stale:
            self.refresh()
        answer = self._answer
        if answer is None or answer.edit is None:
            self._go_to_lack()
            return
        try:
            self._session.edited.disconnect(self._follow)
            self._session.do(answer.edit)
        except (NotUnderstood, EditRefused, DocumentError) as refusal:
            self._session.edited.connect(self._follow)
            self._lack.setText(str(refusal))
            self._lack.show()
            return
        super().accept()
        self.recorded.emit(answer.edit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.accept()
            event.accept()
            return
        super().keyPressEvent(event)

    def _go_to_lack(self) -> None:
        if self._answer is None:
            return
        names = [*self._answer.errors, self._answer.lacking]
        line = next(filter(None, (self._fields.line(name) for name in names)), None)
        if line is not None:
            line.setFocus(Qt.FocusReason.TabFocusReason)


def _needed(view: TableView) -> int:
    """Return the height in which all lines of a table are seen."""
    lines = view.table_model.rowCount() * view.verticalHeader().defaultSectionSize()
    across = view.horizontalScrollBar().sizeHint().height()
    return max(view.minimumHeight(), view.horizontalHeader().sizeHint().height() + lines + across)


def _errors_in(answer: Answered) -> str:
    titles = [field.title for field in answer.fields if field.name in answer.errors]
    return f"Correct {' and '.join(titles)} to go on." if titles else ""


def _label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
