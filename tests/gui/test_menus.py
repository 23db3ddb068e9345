"""The menus: each is seen whole in a small window with large letters, and its titles say what asks."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtWidgets import QMenu

from neocapgui.gui.actions import COMMAND, COMMANDS, MENUS, SUBMENUS, menu_name
from neocapgui.gui.main_window import MainWindow

LOW = 700 / 1.5  # pixels of height of a screen of 700 at a scale of 150 %
ASK = {  # what asks for something before it is done
    "file.open",
    "file.save_as",
    "file.save_copy",
    "chart.export",
    "table.export_csv",
    "file.export_pdf",
    "file.print",
    "file.revert",
    "history.revoke",
    "edit.find",
    "edit.replace",
    "edit.go_to",
    "palette.open",
    "lens.go_to_date",
    "view.filter",
    "view.columns",
    "chart.compare",
}

paths = pytest.mark.parametrize("path", sorted({one.path[: n + 1] for one in COMMANDS for n in (0, 1)}))


@paths
def test_a_menu_is_seen_whole_on_a_low_screen(window: MainWindow, path: tuple[str, ...]) -> None:
    menu = window.findChild(QMenu, menu_name(path))
    assert isinstance(menu, QMenu)
    assert menu.sizeHint().height() <= LOW - 12, menu.sizeHint()
    tops = {menu.actionGeometry(line).left() for line in menu.actions() if line.isVisible()}
    assert len(tops) == 1  # one column


def test_a_menu_inside_a_menu_holds_known_commands_of_one_menu_side_by_side() -> None:
    order = [command.id for command in COMMANDS]
    for title, ids in SUBMENUS.items():
        assert len({COMMAND[id].menu for id in ids}) == 1, title
        first = order.index(ids[0])
        assert order[first : first + len(ids)] == list(ids), title
    assert max(Counter(id for ids in SUBMENUS.values() for id in ids).values()) == 1


def test_what_asks_before_it_is_done_and_nothing_else_ends_with_an_ellipsis() -> None:
    asking = ASK | {command.id for command in COMMANDS if command.menu == "Entry"}
    assert {command.id for command in COMMANDS if command.title.endswith("…")} == asking


def test_the_letters_of_a_submenu_differ(window: MainWindow) -> None:
    assert set(MENUS) == {command.path[0] for command in COMMANDS}
    for path in {command.path for command in COMMANDS if len(command.path) > 1}:
        menu = window.findChild(QMenu, menu_name(path))
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        said = [line.text().replace("&&", "") for line in menu.actions() if not line.isSeparator()]
        marked = [text[text.index("&") + 1].casefold() for text in said if "&" in text]
        assert len(marked) == len(set(marked)) == len(said), path
        menu.aboutToHide.emit()
