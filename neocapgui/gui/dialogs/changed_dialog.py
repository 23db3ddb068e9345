"""The dialog shown when somebody else has changed the file: what differs, and whose is to be kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from neocapgui.figures.tables import Table
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView

_WIDTH, _TABLE_WIDTH, _TABLE_HEIGHT = 560, 900, 260
_AIR = 80
_SENTENCE = "{} was changed by another program since it was opened here."
_MORE = (
    "Nothing is overwritten. Keep mine saves what is here under another name; Take theirs shows the file as "
    "it is on disk, and keeps what is here as a version of the document."
)
_Role = QDialogButtonBox.ButtonRole


class ChangedDialog(QDialog):
    """Asks what becomes of two states of one file; Cancel leaves both as they are."""

    compare_wanted = Signal()
    keep_wanted = Signal()
    take_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        """Ask about the file of a session."""
        super().__init__(parent)
        self.setObjectName("dialog.changed_on_disk")
        self.setWindowTitle("Changed on disk")
        self._session = session
        self._window = parent.window()
        self._view: TableView | None = None
        said, more = QLabel(_SENTENCE.format(session.document.name)), QLabel(_MORE)
        said.setTextFormat(Qt.TextFormat.PlainText)
        more.setTextFormat(Qt.TextFormat.PlainText)
        said.setObjectName("changed.said")
        said.setProperty("look", "strong")
        more.setProperty("look", "dim")
        self._differences = QLabel()
        self._differences.setTextFormat(Qt.TextFormat.PlainText)
        self._differences.setObjectName("changed.differences")
        self._differences.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(18, 16, 18, 14)
        self._layout.setSpacing(10)
        for label in (said, more, self._differences):
            label.setWordWrap(True)
            label.setMinimumWidth(_WIDTH)
            self._layout.addWidget(label)
        buttons = QDialogButtonBox()
        self._compare = buttons.addButton("Compare", _Role.ActionRole)
        self._compare.setObjectName("changed.compare")
        self._compare.clicked.connect(self.compare_wanted)
        for name, title, wanted in (
            ("keep", "Keep mine as a new file…", self.keep_wanted),
            ("take", "Take theirs", self.take_wanted),
        ):
            button = buttons.addButton(title, _Role.AcceptRole)
            button.setObjectName(f"changed.{name}")
            button.setAutoDefault(False)
            button.clicked.connect(wanted)
        cancel = buttons.addButton("Cancel", _Role.RejectRole)
        cancel.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._layout.addWidget(buttons)

    def say(self, sentence: str) -> None:
        """Say how the two states differ, or why that cannot be told."""
        self._differences.setText(sentence)
        self._differences.setVisible(bool(sentence))
        self._compare.setEnabled(True)

    def wait(self) -> None:
        """Say that the file on disk is being read."""
        self.say("Comparing…")
        self._compare.setEnabled(False)

    def show_differences(self, table: Table) -> None:
        """Show the changed fields, theirs before and mine after."""
        count = len(table.rows)
        self.say(
            f"{count:,} difference{'s' if count != 1 else ''}: what stands on disk, and what stands here."
            if count
            else "The facts are the same on disk and here; only the history differs."
        )
        if self._view is None:
            self._view = TableView(self._session, table)
            self._layout.insertWidget(self._layout.count() - 1, self._view, 1)
        else:
            self._view.show_table(table)
        self._view.setVisible(bool(count))
        if count:
            self._make_room()

    def _make_room(self) -> None:
        """Grow for the table, and stay in the middle of the window."""
        room = self._window.frameGeometry()
        self.resize(
            min(_TABLE_WIDTH, room.width() - _AIR), min(_TABLE_HEIGHT + self.height(), room.height() - _AIR)
        )
        around = self.frameGeometry()
        around.moveCenter(room.center())
        self.move(around.topLeft())
