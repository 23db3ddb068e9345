"""Typing a name into a guided entry: a few letters are enough, as they are in a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.guided import field, guided

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.session import Session


def test_the_rest_of_a_name_is_written_and_the_next_key_replaces_it(session: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, session, "buy")
    line = field(dialog, "security")
    QTest.keyClicks(line, "com")
    assert line.text() == "common"
    assert line.selectedText() == "mon"
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert line.text() == "com"


def test_letters_that_stand_for_one_name_become_that_name_when_the_field_is_left(
    session: Session, qtbot: QtBot
) -> None:
    dialog = guided(qtbot, session, "buy")
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    line = field(dialog, "security")
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    line.setText("omm")
    field(dialog, "day").setFocus()
    assert line.text() == "Common"
