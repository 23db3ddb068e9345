"""The letters of the menus: while one is open each line has its own, and elsewhere titles stay plain."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from neocapgui.gui.actions import MENUS
from neocapgui.gui.main_window import MainWindow

every_menu = pytest.mark.parametrize("name", MENUS)


def opened(window: MainWindow, name: str) -> QMenu:
    menu = window.findChild(QMenu, f"menu.{name.lower()}")
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return menu


def letters(menu: QMenu) -> dict[str, str]:
    """Return the marked letters of an open menu with what their lines say."""
    said = [line.text().replace("&&", "") for line in menu.actions() if not line.isSeparator()]
    return {text[text.index("&") + 1].casefold(): text.replace("&", "") for text in said if "&" in text}


@every_menu
def test_no_two_lines_of_a_menu_have_the_same_letter(window: MainWindow, name: str) -> None:
    menu = opened(window, name)
    said = [line.text().replace("&&", "") for line in menu.actions() if not line.isSeparator()]
    marked = [text[text.index("&") + 1].casefold() for text in said if "&" in text]
    assert len(marked) == len(set(marked))
    assert len(marked) == len(said) or len(said) > 20  # the alphabet ends


@every_menu
def test_titles_are_plain_again_when_the_menu_is_closed(window: MainWindow, name: str) -> None:
    before = [line.text() for line in window.findChildren(QMenu, f"menu.{name.lower()}")[0].actions()]
    menu = opened(window, name)
    menu.aboutToHide.emit()
    assert [line.text() for line in menu.actions()] == before


def test_f_and_s_is_save_and_n_is_new(window: MainWindow) -> None:
    marked = letters(opened(window, "File"))
    assert (marked["n"], marked["o"], marked["s"]) == ("New", "Open…", "Save")


def test_undo_keeps_its_letter_whatever_it_says(window: MainWindow) -> None:
    undo = window._actions["edit.undo"]
    opened(window, "Edit")
    before = undo.text()
    undo.setText("Undo Rename to R & D")
    opened(window, "Edit")
    assert undo.text() == f"{before} Rename to R && D"


def test_a_letter_does_what_its_line_says(window: MainWindow) -> None:
    menu = opened(window, "View")
    menu.popup(window.mapToGlobal(window.rect().center()))
    (letter,) = [letter for letter, title in letters(menu).items() if title == "Group and pages"]
    was = window._actions["view.group"].isChecked()
    QTest.keyClick(menu, Qt.Key(ord(letter.upper())))
    assert window._actions["view.group"].isChecked() is not was
    assert window._actions["view.group"].text() == "Group and pages"
