"""The box about the program, and the licences behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox, QPlainTextEdit

from neocapgui import __version__

if TYPE_CHECKING:
    from neocapgui.gui.main_window import MainWindow


def test_it_says_the_version_and_shows_every_licence(window: MainWindow) -> None:
    window.carry_out("help.about")
    (box,) = window.findChildren(QMessageBox, "dialog.about")
    assert box.text() == f"neocapgui {__version__}"
    (licences,) = [button for button in box.buttons() if button.text() == "Licences"]
    licences.click()
    (text,) = [one for one in window.findChildren(QPlainTextEdit) if one.accessibleName() == "Licences"]
    lines = text.toPlainText().splitlines()
    assert f"neocapgui {__version__}: MIT" in lines
    assert any(line.startswith("numpy ") for line in lines)
