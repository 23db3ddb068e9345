"""The question before an edit is revoked: which later edits stand on it and go with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QVBoxLayout, QWidget

from neocapgui.figures.kinds import Style
from neocapgui.gui.moments import written_moment
from neocapgui.ledger.history import Entry

_LISTED = 500  # edits; of more, the number is told


class RevokeDialog(QDialog):
    """Names what goes with an edit; accepted where all of it shall be revoked."""

    def __init__(
        self, entry: Entry, others: Sequence[Entry], undone: int, style: Style, parent: QWidget
    ) -> None:
        """Ask about an edit and those that stand on it; `undone` are the edits taken back, which end then."""
        super().__init__(parent)
        self.setObjectName("dialog.revoke")
        self.setWindowTitle("Revoke an edit")
        self.setMinimumWidth(620)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(_label(_question(entry, len(others)), "strong"))
        if others:
            listed = QListWidget()
            listed.setObjectName("revoke.others")
            listed.setAccessibleName("Edits that go with it")
            listed.setMinimumHeight(150)
            for other in others[:_LISTED]:
                listed.addItem(f"{other.number:,}    {other.edit.label}    {written_moment(other.at, style)}")
            layout.addWidget(listed, 1)
            if len(others) > _LISTED:
                layout.addWidget(_label(f"And {len(others) - _LISTED:,} more.", "dim"))
        layout.addWidget(_label(_consequence(undone), "dim"))
        buttons = QDialogButtonBox()
        revoke = buttons.addButton(
            f"Revoke all {len(others) + 1:,}" if others else "Revoke", QDialogButtonBox.ButtonRole.AcceptRole
        )
        revoke.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.finished.connect(self.deleteLater)


def _question(entry: Entry, others: int) -> str:
    name = f"edit {entry.number:,}, “{entry.edit.label}”"
    if not others:
        return f"Revoke {name}? Nothing stands on it; every other edit stays as it is."
    later = "1 later edit stands" if others == 1 else f"{others:,} later edits stand"
    return f"Revoke {name}? {later} on it and would be revoked with it:"


def _consequence(undone: int) -> str:
    said = "This becomes an edit of its own, which Undo takes back."
    if undone:
        what = "The edit that was" if undone == 1 else f"The {undone:,} edits that were"
        said += f" {what} taken back before cannot be done again then."
    return said


def _label(text: str, look: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("look", look)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
