"""Keys can be changed, conflicts are named, and every window follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLabel, QLineEdit, QPushButton, QTableWidget

from neocapgui.figures.grid.contract import CONTRACT
from neocapgui.gui.actions import COMMANDS, MENUS, keys_of
from neocapgui.gui.preferences import Preferences
from neocapgui.gui.shortcuts import Shortcuts
from tests.gui.test_window import part

if TYPE_CHECKING:
    from pathlib import Path

    from neocapgui.gui.app import Program
    from neocapgui.gui.main_window import MainWindow


@pytest.fixture
def shortcuts(qapp: object, home: Path) -> Shortcuts:
    return Shortcuts(Preferences())


def key(text: str) -> QKeySequence:
    return QKeySequence(text)


def test_no_command_comes_with_a_key_that_tables_or_menus_need(shortcuts: Shortcuts) -> None:
    refused = {command.id: [shortcuts.refusal(one) for one in keys_of(command)] for command in COMMANDS}
    assert {id: said for id, said in refused.items() if any(said)} == {}


def test_the_letters_that_open_the_menus_differ() -> None:
    letters = [title[title.index("&") + 1].casefold() for title in MENUS.values()]
    assert len(set(letters)) == len(letters)
    assert {command.menu for command in COMMANDS} == set(MENUS)


def test_the_menus_stand_in_the_usual_order() -> None:
    seen = list(dict.fromkeys(command.menu for command in COMMANDS))
    assert seen == ["File", "Edit", "Entry", "View", "Page", "Document", "Help"]


def test_a_key_that_is_given_is_kept_and_taken_from_whoever_had_it(shortcuts: Shortcuts) -> None:
    assert shortcuts.holder(key("Ctrl+D"), "file.save") == "edit.fill_down"
    shortcuts.give("file.save", key("Ctrl+D"))
    assert shortcuts.keys("file.save") == [key("Ctrl+D")]
    assert shortcuts.keys("edit.fill_down") == []
    again = Shortcuts(Preferences())
    assert again.keys("file.save") == [key("Ctrl+D")]
    again.reset_all()
    assert again.keys("edit.fill_down") == [key("Ctrl+D")]
    assert Preferences().changed_keys == {}


def test_a_reset_command_takes_its_keys_back(shortcuts: Shortcuts) -> None:
    shortcuts.give("file.save", key("Ctrl+D"))
    shortcuts.reset("edit.fill_down")
    assert shortcuts.keys("edit.fill_down") == [key("Ctrl+D")]
    assert shortcuts.keys("file.save") == []


@pytest.mark.parametrize(
    ("pressed", "why"),
    [
        ("F2", "F2 is a key of all tables."),
        ("Alt+F", "Alt+F opens the menu File."),
        ("Q", "Q alone is typed into cells: hold Ctrl or Alt with it."),
        ("Shift+5", "Shift+5 alone is typed into cells: hold Ctrl or Alt with it."),
        ("Ctrl+K, Ctrl+S", "Ctrl+K, Ctrl+S is 2 keys one after the other; a command has one."),
    ],
)
def test_a_key_that_no_command_can_have_says_why(shortcuts: Shortcuts, pressed: str, why: str) -> None:
    assert shortcuts.refusal(key(pressed)).startswith(why)


@pytest.mark.parametrize("free", ["F7", "Ctrl+Alt+K", "Ctrl+Shift+F5"])
def test_other_keys_can_be_given(shortcuts: Shortcuts, free: str) -> None:
    assert shortcuts.refusal(key(free)) == ""


def test_nonsense_in_the_preferences_is_passed_over(home: Path, qapp: object) -> None:
    Preferences().changed_keys = {"no.such": "Ctrl+K", "file.save": "nonsense"}
    shortcuts = Shortcuts(Preferences())
    assert "no.such" not in {command.id for command in COMMANDS}
    assert shortcuts.keys("file.open") == keys_of(next(one for one in COMMANDS if one.id == "file.open"))


def test_every_window_follows_a_change_made_in_the_list(window: MainWindow, program: Program) -> None:
    other = program.open_window()
    window.carry_out("help.shortcuts")
    part(window, QLineEdit, "commands.sought").setText("fill right")
    field, said = part(window, QKeySequenceEdit, "commands.keys"), part(window, QLabel, "commands.said")
    field.setKeySequence(key("Ctrl+S"))
    assert said.text() == "Ctrl+S belongs to “Save”, which would be without it."
    part(window, QPushButton, "commands.give").click()
    for one in (window, other):
        assert part(one, QAction, "edit.fill_right").shortcuts() == [key("Ctrl+S")]
        assert key("Ctrl+S") not in part(one, QAction, "file.save").shortcuts()
    assert part(window, QAction, "edit.fill_right").toolTip().endswith("(Ctrl+S)")
    part(window, QPushButton, "commands.reset_all").click()
    assert part(other, QAction, "edit.fill_right").shortcuts() == [key("Ctrl+R")]


def test_the_keys_of_tables_are_listed_and_cannot_be_changed(window: MainWindow) -> None:
    window.carry_out("help.shortcuts")
    table = part(window, QTableWidget, "commands")
    assert table.rowCount() == len(COMMANDS) + len(CONTRACT)
    table.setCurrentCell(table.rowCount() - 1, 1)
    assert not part(window, QKeySequenceEdit, "commands.keys").isEnabled()
    assert part(window, QLabel, "commands.said").text() == "The keys of tables cannot be changed."


def test_what_a_command_does_is_read_to_its_end_in_the_list(window: MainWindow) -> None:
    window.resize(1024, 676)
    window.carry_out("help.shortcuts")
    table = part(window, QTableWidget, "commands")
    last = table.columnCount() - 1
    room = QRect(0, 0, table.columnWidth(last) - 2 * 8 - 2 * 3, 1000)  # the look and Qt's own margins
    for row, command in enumerate(COMMANDS):
        words = table.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, command.help)
        assert words.height() + 2 * 5 <= table.rowHeight(row), command.id


def test_every_command_tells_the_status_line_what_it_does_or_why_not(program: Program) -> None:
    window = program.open_window()
    for command in COMMANDS:
        tip = part(window, QAction, command.id).statusTip()
        assert tip == ("No scenario is open." if command.needs_scenario else command.help), command.id
