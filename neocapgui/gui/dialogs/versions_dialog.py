"""The kept versions of a document: when and why, what differs from the screen, and a copy of one opened."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QSplitter, QVBoxLayout, QWidget

from neocapgui.document import versions
from neocapgui.document.document import Document
from neocapgui.document.refusal import DocumentError
from neocapgui.document.versions import Version
from neocapgui.figures.differences_table import change_lines
from neocapgui.figures.kinds import Style
from neocapgui.figures.tables import Row, Table
from neocapgui.figures.versions_table import size_text, versions_table
from neocapgui.gui.beside import Beside
from neocapgui.gui.moments import moment
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView
from neocapgui.ledger.differences import differences
from neocapgui.ledger.edits import Edit
from neocapgui.ledger.ledger import Ledger

_SIZE = (1160, 720)
_ROOM = 60  # pixels of the screen that are left around the dialog
_LARGE = 20_000_000  # bytes of a version that is compared only when the user asks for it


class VersionsDialog(QDialog):
    """Lists the versions of the document of a session."""

    copy_wanted = Signal(object)  # the Path of a version to be opened as a scenario of its own
    compared = Signal()  # the differences of the chosen version are shown

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """List the versions there are; the latest is chosen."""
        super().__init__(parent)
        self.setObjectName("dialog.versions")
        self.setWindowTitle("Versions")
        self._session = session
        self._beside = Beside(self)
        self._chosen: Version | None = None
        self._summary, self._told = _label("dim"), _label("section")
        self._view = TableView(session, versions_table(()))
        self._differences = TableView(session, change_lines(session.ledger, session.ledger, Edit("", ())))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._compare = self._buttons.addButton("Compare", QDialogButtonBox.ButtonRole.ActionRole)
        self._open = self._buttons.addButton("Open as a copy", QDialogButtonBox.ButtonRole.ActionRole)
        self._lay_out()
        self._compare.clicked.connect(self.compare)
        self._open.clicked.connect(self._open_copy)
        self._buttons.rejected.connect(self.reject)
        self._view.pointed.connect(self._point)
        self._view.activated_row.connect(lambda _row: self._open_copy())
        session.opened.connect(self.refresh)
        session.edited.connect(self._tell)
        self.finished.connect(self.deleteLater)
        self.refresh()

    def refresh(self) -> None:
        """List the versions as they are now."""
        document, style = self._session.document, self._session.style
        try:
            folder = versions.versions_folder()
            found = versions.kept(folder, document.id)
            used = versions.usage(folder)
        except DocumentError as refusal:
            self._summary.setText(str(refusal))
            found, used = (), 0
        else:
            self._summary.setText(_summary(document.name, found, used, style))
        rows = [(moment(version.at, style), version.reason, version.size, version) for version in found]
        table = versions_table(rows)
        self._view.show_table(table)
        self._parts.setVisible(bool(found))
        self._empty.setText(table.empty)
        self._empty.setVisible(not found)
        self._point(self._view.table_model.row(0) if table.rows else None)
        if table.rows:
            self._view.point_at(0)

    def compare(self) -> None:
        """Show what differs between the chosen version and the screen, worked out beside the window."""
        version = self._chosen
        if version is None:
            return
        ledger, style = self._session.ledger, self._session.style
        self._told.setText("Being compared…")
        self._beside.work(
            lambda: _compared(version.path, ledger, style),
            lambda found: self._take(found) if version is self._chosen else None,
        )

    def _point(self, line: Row | None) -> None:
        version = line.key if line is not None and isinstance(line.key, Version) else None
        if version is not self._chosen or version is None:
            self._chosen = version
            self._tell()

    def _tell(self) -> None:
        """Tell what differs, or how to learn it."""
        version = self._chosen
        for button in (self._open, self._compare):
            button.setEnabled(version is not None)
        self._show(Edit("", ()))
        if version is None:
            self._told.setText("")
        elif version.size > _LARGE:
            self._told.setText("Compare shows what differs from the screen.")
        else:
            self.compare()

    def _show(self, edit: Edit) -> None:
        self._differences.show_table(_titled(change_lines(self._session.ledger, self._session.ledger, edit)))

    def _take(self, found: Table | str) -> None:
        if isinstance(found, str):
            self._told.setText(found)
        else:
            self._told.setText(found.subtitle)
            self._differences.show_table(found)
        self.compared.emit()

    def _open_copy(self) -> None:
        if self._chosen is not None:
            self.copy_wanted.emit(self._chosen.path)
            self.accept()

    def _lay_out(self) -> None:
        self._empty = _label("dim")
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._parts.setChildrenCollapsible(False)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._told)
        column.addWidget(self._differences, 1)
        self._parts.addWidget(self._view)
        self._parts.addWidget(below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        for part in (self._summary, self._empty, self._parts):
            layout.addWidget(part)
        layout.setStretchFactor(self._parts, 1)
        layout.addStretch(0)  # takes the room while there is nothing to list
        layout.addWidget(self._buttons)
        room = self.screen().availableSize()
        self.resize(min(_SIZE[0], room.width() - _ROOM), min(_SIZE[1], room.height() - _ROOM))


def _compared(path: Path, ledger: Ledger, style: Style) -> Table | str:
    """Return what turns a version into the ledger on the screen, or why that cannot be told."""
    try:
        with Document.open(path) as version:
            edit = differences(version.ledger, ledger)
            table = _titled(change_lines(version.ledger, ledger, edit, style))
            told = table.subtitle or "Nothing differs from what is on the screen."
            return replace(table, subtitle=" ".join((*version.warnings, told)))
    except DocumentError as refusal:
        return str(refusal)


def _titled(table: Table) -> Table:
    *first, before, after = table.columns
    return replace(
        table,
        columns=(*first, replace(before, title="In the version"), replace(after, title="On the screen")),
    )


def _summary(name: str, found: tuple[Version, ...], used: int, style: Style) -> str:
    own = sum(version.size for version in found)
    noun = "version" if len(found) == 1 else "versions"
    return (
        f"{len(found):,} {noun} of {name}, {size_text(own, style)}. The versions of all scenarios take "
        f"{size_text(used, style)} of at most {size_text(versions.CAP, style)}."
    )


def _label(look: str) -> QLabel:
    label = QLabel()
    label.setProperty("look", look)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
