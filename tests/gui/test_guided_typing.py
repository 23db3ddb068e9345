"""Typing a name into a guided entry: a few letters are enough, as they are in a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.grid_rows import style_in
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


def test_what_was_probably_meant_is_offered_and_alt_enter_takes_it(session: Session, qtbot: QtBot) -> None:
    session.style = style_in("de_DE")
    dialog = guided(qtbot, session, "buy")
    line, said = field(dialog, "price"), field(dialog, "price").accessibleDescription
    line.setText("$3.54")
    qtbot.waitUntil(lambda: "Did you mean 3,54? Alt+Enter takes it." in said())
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert line.text() == "3,54"
    qtbot.waitUntil(lambda: "Did you mean" not in said())
    assert session.history.done == ()
