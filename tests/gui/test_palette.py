"""The palette: everything is found by a few letters, done by Enter, and Esc goes back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QWidget

from neocapgui.gui.actions import COMMANDS, Command
from neocapgui.gui.help.window import HelpWindow
from neocapgui.gui.preferences import Preferences
from neocapgui.gui.search.command_palette import Palette
from neocapgui.gui.search.finder import Finder
from neocapgui.gui.tables.table_view import TableView
from tests.gui.test_window import part, rename_ada, session_of

if TYPE_CHECKING:
    from neocapgui.gui.app import Program
    from neocapgui.gui.main_window import MainWindow


def opened(window: MainWindow) -> QLineEdit:
    """Open the palette and return its field."""
    window.carry_out("palette.open")
    return part(window, QLineEdit, "palette.field")


def listed(window: MainWindow) -> list[str]:
    """Return the titles in the list of the palette."""
    model = part(part_of(window), QListView, "found").model()
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def part_of(window: MainWindow) -> Palette:
    return part(window, Palette, "palette")


def said(window: MainWindow) -> str:
    return part(part_of(window), QLabel, "found.says").text()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_is_found_by_its_title(command: Command, window: MainWindow) -> None:
    opened(window).setText(command.title)
    assert listed(window)[0] == command.title


def test_a_command_is_done_by_enter_where_typing_was(window: MainWindow) -> None:
    window.carry_out("page.transactions")
    table = part(window, TableView, "table.transactions")
    table.point_at(0, 0)
    table.setFocus()
    field = opened(window)
    assert field.hasFocus()
    QTest.keyClicks(field, "copy")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not part_of(window).isVisible()
    assert table.hasFocus()
    assert QApplication.clipboard().text() == "2022-01-01"


def test_a_command_for_cells_says_that_no_cell_has_the_focus(window: MainWindow) -> None:
    part(window, QLineEdit, "search").setFocus()
    field = opened(window)
    QTest.keyClicks(field, "fill down")
    assert said(window) == "Not now: No cell of a table has the focus."
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert part_of(window).isVisible()


def test_what_cannot_be_done_says_why(window: MainWindow) -> None:
    QTest.keyClicks(opened(window), "undo")
    assert said(window) == "Not now: Nothing has been edited yet."
    rename_ada(window)
    QTest.keyClicks(opened(window), "undo")
    assert said(window).startswith("Take the last edit back")


def test_without_a_scenario_commands_that_need_one_say_so(program: Program) -> None:
    window = program.open_window()
    QTest.keyClicks(opened(window), "save as")
    assert said(window) == "Not now: No scenario is open."


def test_escape_goes_back_to_where_typing_was(window: MainWindow) -> None:
    window.carry_out("page.prices")
    table = part(window, TableView, "table.prices")
    table.setFocus()
    field = opened(window)
    QTest.keyClicks(field, "zzz")
    assert said(window) == "Nothing is called “zzz”."
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not part_of(window).isVisible()
    assert table.hasFocus()


def test_from_an_open_cell_escape_goes_back_to_its_table(window: MainWindow) -> None:
    window.carry_out("page.transactions")
    table = part(window, TableView, "table.transactions")
    table.point_at(0, 0)
    table.setFocus()
    table.edit_here()
    field = opened(window)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert table.hasFocus()


def test_a_day_is_looked_at(window: MainWindow) -> None:
    field = opened(window)
    QTest.keyClicks(field, "2022-02-02")
    assert listed(window)[0] == "Look at 2 Feb 2022"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert session_of(window).lens.as_of == date(2022, 2, 2)


def test_an_entry_is_gone_to(window: MainWindow) -> None:
    field = opened(window)
    QTest.keyClicks(field, "transfer 500")
    QTest.keyClick(field, Qt.Key.Key_Return)
    table = part(window, TableView, "table.transactions")
    here = table.table_model.row(table.currentIndex().row())
    assert table.isVisible()
    assert here is not None
    assert here.key == 3


def test_the_arrows_move_through_the_list_and_round_its_ends(window: MainWindow) -> None:
    field = opened(window)
    QTest.keyClicks(field, "page")
    view = part(part_of(window), QListView, "found")
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert view.currentIndex().row() == len(listed(window)) - 1
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 0


def test_what_was_chosen_stands_first_the_next_time_but_no_name_of_the_scenario(
    window: MainWindow, program: Program
) -> None:
    for sought in ("history", "bob"):
        field = opened(window)
        QTest.keyClicks(field, sought)
        QTest.keyClick(field, Qt.Key.Key_Return)
    opened(window)
    assert listed(window)[:2] == ["Bob", "History"]
    assert Preferences().recent_commands == (("page", "page.history"),)


def test_a_word_of_the_glossary_opens_there(window: MainWindow) -> None:
    field = opened(window)
    QTest.keyClicks(field, "treasury")
    QTest.keyClick(field, Qt.Key.Key_Return)
    (shown,) = (
        one for one in QApplication.topLevelWidgets() if isinstance(one, HelpWindow) and one.isVisible()
    )
    assert shown.place == "glossary#treasury-shares"
    shown.close()


def test_the_palette_stays_inside_a_small_window(window: MainWindow) -> None:
    window.resize(1024, 700)
    opened(window)
    palette = part_of(window)
    assert QWidget.rect(window).contains(palette.geometry())


@pytest.mark.parametrize(
    ("sought", "command"),
    [
        ("buy", "entry.buy"),
        ("exchange", "entry.exchange"),
        ("check", "document.check"),
        ("dark", "view.dark"),
    ],
)
def test_a_word_of_what_a_command_does_leads_to_it_before_help_and_glossary(
    sought: str, command: str, window: MainWindow
) -> None:
    finder = window.findChild(Finder)
    assert isinstance(finder, Finder)
    assert finder.found(sought)[0].key == command
