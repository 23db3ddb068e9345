"""Every command: its id, its place in a menu, its help, its keys."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QTableWidget

from neocapgui.gui.actions import COMMANDS, Command, keys_of, menu_name
from neocapgui.gui.page_register import PAGES

if TYPE_CHECKING:
    from neocapgui.gui.main_window import MainWindow

# Scripts and other tools rely on these.
STABLE = {
    "file.new",
    "file.open",
    "file.save",
    "file.save_as",
    "file.save_copy",
    "edit.undo",
    "edit.redo",
    "view.group",
    "view.inspector",
    "page.cap_table",
    *(f"page.{page.name}" for page in PAGES),
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_an_id_and_a_sentence_of_help(command: Command) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", command.id)
    assert command.help.endswith(".")
    assert command.title
    assert command.menu


def test_no_id_and_no_key_is_given_twice(qapp: object) -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    keys = Counter(key.toString() for command in COMMANDS for key in keys_of(command))
    assert [key for key, count in keys.items() if count > 1] == []


def test_stable_ids_stay() -> None:
    assert {command.id for command in COMMANDS} >= STABLE


def test_every_command_is_an_action_in_its_menu(window: MainWindow) -> None:
    for command in COMMANDS:
        action = window.findChild(QAction, command.id)
        assert action is not None, command.id
        menu = window.findChild(QMenu, menu_name(command.path))
        assert menu is not None
        assert action in menu.actions(), command.id


def test_standard_commands_have_the_keys_of_the_system(window: MainWindow) -> None:
    save = window.findChild(QAction, "file.save")
    assert save is not None
    assert save.shortcuts() == QKeySequence.keyBindings(QKeySequence.StandardKey.Save)


def test_without_a_scenario_only_what_needs_none_can_be_done(program: object) -> None:
    from neocapgui.gui.app import Program

    assert isinstance(program, Program)
    window = program.open_window()
    for command in COMMANDS:
        action = window.findChild(QAction, command.id)
        assert action is not None
        assert action.isEnabled() is not command.needs_scenario, command.id


def test_the_list_of_shortcuts_names_every_command(window: MainWindow) -> None:
    window.carry_out("help.shortcuts")
    listed = window.findChild(QTableWidget, "commands")
    assert listed is not None
    titles = [item.text() for row in range(listed.rowCount()) if (item := listed.item(row, 1)) is not None]
    assert {command.title for command in COMMANDS} <= set(titles)
