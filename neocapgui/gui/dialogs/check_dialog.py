"""The check sheet of the document on the screen: every check, its outcome, and the way to what was found."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from neocapgui.document import migrations, schema
from neocapgui.engine.finding import Finding
from neocapgui.engine.lens import Lens
from neocapgui.figures.checks.sheet import CheckSheet, FileState, Trouble, check_sheet
from neocapgui.figures.checks.sheet_forms import check_lines, check_table, message, verdict
from neocapgui.figures.tables import Row
from neocapgui.gui.beside import Beside
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView

_SIZE = (1120, 680)
_ROOM = 60  # pixels of the screen that are left around the dialog


class CheckDialog(QDialog):
    """Shows the check sheet; it follows the document while it is open."""

    went_to = Signal(object)  # the Place of a finding
    shown = Signal()  # the sheet stands

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Check the document of a session, beside the window."""
        super().__init__(parent)
        self.setObjectName("dialog.check")
        self.setWindowTitle("Check the document")
        self._session = session
        self._beside = Beside(self)
        self._asked: object = None  # the ledger that is being checked
        self._sheet: CheckSheet | None = None
        self._chosen: Finding | None = None
        self._verdict = QLabel()
        self._verdict.setTextFormat(Qt.TextFormat.PlainText)
        self._verdict.setObjectName("check.verdict")
        self._verdict.setProperty("look", "strong")
        self._words, self._passed = QLabel(), QLabel()  # what the line pointed at says, in full
        self._words.setProperty("look", "amber")
        self._passed.setProperty("look", "dim")
        self._only_failed = QCheckBox("Only what did not pass")
        self._table = TableView(session, check_table(CheckSheet((), (), ())))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._copy = buttons.addButton("Copy as text", QDialogButtonBox.ButtonRole.ActionRole)
        self._go = buttons.addButton("Go to the finding", QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        top = QHBoxLayout()
        top.addWidget(self._verdict, 1)
        top.addWidget(self._only_failed)
        layout.addLayout(top)
        for part in (self._words, self._passed, self._table, buttons):
            layout.addWidget(part)
        layout.setStretchFactor(self._table, 1)
        self._verdict.setWordWrap(True)
        high = 2 * self._words.fontMetrics().lineSpacing() + 16  # of both, so that nothing moves
        for label in (self._words, self._passed):
            label.setWordWrap(True)
            label.setMinimumHeight(high)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.hide()
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        self._only_failed.toggled.connect(self._show_lines)
        self._copy.clicked.connect(self._copy_text)
        self._go.clicked.connect(self._go_to_chosen)
        buttons.rejected.connect(self.reject)
        self._table.pointed.connect(self._point)
        self._table.activated_row.connect(self._go_to)
        for signal in (session.opened, session.edited, session.saved):
            signal.connect(self.refresh)
        self.finished.connect(self.deleteLater)
        self._fit()
        self.refresh()

    def refresh(self) -> None:
        """Check the document as it stands now."""
        session = self._session
        ledger = self._asked = session.ledger
        lens = Lens(date.max, planned=session.lens.planned, known=session.lens.known)
        file = _file_state(session)
        self._verdict.setText("Being checked…")
        self._copy.setEnabled(False)
        self._go.setEnabled(False)
        self._beside.work(
            lambda: check_sheet(ledger, lens, file),
            lambda sheet: self._take(sheet) if ledger is self._asked else None,
        )

    def _take(self, sheet: CheckSheet) -> None:
        self._sheet = sheet
        self._verdict.setText(verdict(sheet, self._session.style))
        self._copy.setEnabled(True)
        self._only_failed.setEnabled(not sheet.is_clean)
        self._show_lines()
        self.shown.emit()

    def _show_lines(self) -> None:
        if self._sheet is None:
            return
        only_failed = self._only_failed.isChecked() and not self._sheet.is_clean
        self._table.show_table(check_table(self._sheet, only_failed, self._session.style))
        rows = self._table.table_model.table.rows
        first = next((place for place, row in enumerate(rows) if row.key is not None), 0)
        self._table.point_at(first)
        self._table.scrollTo(self._table.currentIndex(), TableView.ScrollHint.PositionAtCenter)
        self._point(rows[first] if rows else None)

    def _point(self, line: Row | None) -> None:
        said = line.key if line is not None and isinstance(line.key, Finding | Trouble) else None
        self._chosen = said if isinstance(said, Finding) else None
        self._go.setEnabled(self._chosen is not None)
        self._words.setText(message(said, self._session.style) if said is not None else "")
        self._words.setVisible(said is not None)
        self._passed.setText(_in_full(line) if said is None else "")
        self._passed.setVisible(said is None)

    def _go_to(self, line: Row | None) -> None:
        self._point(line)
        self._go_to_chosen()

    def _go_to_chosen(self) -> None:
        if self._chosen is not None:
            self.went_to.emit(self._chosen.place)
            self.accept()

    def _copy_text(self) -> None:
        if self._sheet is not None:
            name, style = self._session.document.name, self._session.style
            lines = [name, verdict(self._sheet, style), "", *check_lines(self._sheet, style)]
            QGuiApplication.clipboard().setText("\n".join(lines))

    def _fit(self) -> None:
        room = self.screen().availableSize()
        self.resize(min(_SIZE[0], room.width() - _ROOM), min(_SIZE[1], room.height() - _ROOM))


def _in_full(line: Row | None) -> str:
    if line is None:
        return ""
    check, _, _, numbers = line.cells
    return f"{check.strip()}: {numbers}" if numbers else check.strip()


def _file_state(session: Session) -> FileState:
    document = session.document
    seal = document.seal_state if document.path is not None else None
    return FileState.of(seal, document.warnings, len(migrations.structure_of(schema.VERSION)))
