"""Words for tests of guided entries: a dialog, what is typed into its fields, and what it shows."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from neocapgui.figures.guided.guides import GUIDE
from neocapgui.gui.dialogs.guided_dialog import GuidedDialog
from neocapgui.gui.session import Session


def guided(qtbot: QtBot, session: Session, name: str, **begun: Any) -> GuidedDialog:
    """Return the dialog of a guide that begins with some values."""
    dialog = GuidedDialog(session, GUIDE[name], begun)
    qtbot.addWidget(dialog)
    return dialog


def field(dialog: GuidedDialog, name: str) -> QLineEdit:
    """Return the line of a field."""
    line = dialog.findChild(QLineEdit, f"field.{name}")
    assert isinstance(line, QLineEdit), name
    return line


def fill(dialog: GuidedDialog, **texts: str) -> None:
    """Type into fields, one after the other."""
    for name, text in texts.items():
        field(dialog, name).setText(text)
        dialog.refresh()
