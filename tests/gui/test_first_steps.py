"""The card of the first scenario follows what the user does, can be skipped, hidden and resumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from neocapgui.document.document import Document
from neocapgui.gui.first_steps import FirstSteps
from neocapgui.gui.tables.table_view import TableView
from neocapgui.ledger.edits import add
from neocapgui.ledger.facts import Issuer
from neocapgui.ledger.ledger import Ledger
from tests.gui.test_window import part, session_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.app import Program
    from neocapgui.gui.main_window import MainWindow


@pytest.fixture
def empty(program: Program, qtbot: QtBot) -> MainWindow:
    """A window with an empty scenario."""
    window = program.open_window()
    window.resize(1440, 900)
    window.show_document(Document.create(Ledger()))
    window.settle()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_an_empty_scenario_has_its_first_step_under_the_key_also_without_the_left_panel(
    program: Program, qtbot: QtBot
) -> None:
    program.preferences.show("group", False)
    window = program.open_window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_document(Document.create(Ledger()))
    window.settle()
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    assert button.text() == "Add the first company"
    QTest.keyClick(button, Qt.Key.Key_Return)
    view = QApplication.focusWidget()
    assert isinstance(view, TableView)
    assert view.objectName() == "table.issuers"


def test_from_the_start_page_it_begins_in_an_empty_scenario(program: Program, qtbot: QtBot) -> None:
    window = program.open_window()
    window.carry_out("help.first_scenario")
    program.settle()
    assert window.session is not None
    assert not window.session.ledger.issuers
    qtbot.waitUntil(lambda: window.findChild(FirstSteps, "first_scenario") is not None)
    assert part(window, FirstSteps, "first_scenario").isVisible()


def test_a_step_is_checked_off_when_it_is_done_and_opens_again_when_it_is_undone(empty: MainWindow) -> None:
    empty.carry_out("help.first_scenario")
    card = part(empty, FirstSteps, "first_scenario")
    assert card.done == frozenset()
    session_of(empty).do(add("Name Acme", [Issuer(1, "Acme")]))
    assert card.done == {"company"}
    assert part(card, QPushButton, "first_scenario.security.show").isVisible()
    assert not part(card, QPushButton, "first_scenario.company.show").isVisible()
    empty.carry_out("edit.undo")
    assert card.done == frozenset()
    assert part(card, QPushButton, "first_scenario.company.show").isVisible()


def test_show_me_puts_the_keyboard_into_the_empty_line(empty: MainWindow) -> None:
    empty.carry_out("help.first_scenario")
    part(empty, QPushButton, "first_scenario.company.show").click()
    table = part(empty, TableView, "table.issuers")
    assert table.hasFocus()
    assert table.table_model.is_blank(table.currentIndex().row())


def test_the_start_page_begins_with_enter(program: Program) -> None:
    window = program.open_window()
    (button,) = [one for one in window.findChildren(QPushButton) if one.text() == "New scenario"]
    QTest.keyClick(button, Qt.Key.Key_Return)
    program.settle()
    assert window.session is not None


def test_an_empty_scenario_begins_with_enter(empty: MainWindow, qtbot: QtBot) -> None:
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    assert button.text() == "Add the first company"
    QTest.keyClick(button, Qt.Key.Key_Return)
    table = part(empty, TableView, "table.issuers")
    qtbot.waitUntil(table.hasFocus)
    assert table.table_model.is_blank(table.currentIndex().row())


@pytest.mark.parametrize("name", ["cap_table", "charts"])
def test_an_empty_page_begins_with_enter_as_well(name: str, empty: MainWindow, qtbot: QtBot) -> None:
    empty.carry_out(f"page.{name}")
    page = part(empty, QWidget, f"page.{name}")
    (button,) = [one for one in page.findChildren(QPushButton, "first_step") if one.isVisible()]
    assert button.text() == "Add the first company"
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    qtbot.waitUntil(part(empty, TableView, "table.issuers").hasFocus)


def test_the_charts_come_with_the_first_company_and_go_with_it(empty: MainWindow, qtbot: QtBot) -> None:
    empty.carry_out("page.charts")
    button = part(part(empty, QWidget, "page.charts"), QPushButton, "first_step")
    assert QApplication.focusWidget() is button
    views = part(empty, QWidget, "chart.issuer")
    assert not views.isVisible()
    session_of(empty).do(add("Name Acme", [Issuer(1, "Acme")]))
    assert views.isVisible()
    assert not button.isVisible()
    empty.carry_out("edit.undo")
    assert button.isVisible()


def test_a_skipped_step_is_passed_over_until_the_card_is_called_anew(empty: MainWindow) -> None:
    empty.carry_out("help.first_scenario")
    card = part(empty, FirstSteps, "first_scenario")
    part(card, QPushButton, "first_scenario.company.skip").click()
    assert part(card, QPushButton, "first_scenario.security.show").isVisible()
    part(card, QPushButton, "first_scenario.hide").click()
    assert not card.isVisible()
    empty.carry_out("help.first_scenario")
    assert card.isVisible()
    assert part(card, QPushButton, "first_scenario.company.show").isVisible()


def test_of_a_finished_scenario_every_step_but_seeing_and_saving_is_done(window: MainWindow) -> None:
    window.carry_out("help.first_scenario")
    card = part(window, FirstSteps, "first_scenario")
    assert card.done == {"company", "security", "holder", "issuance", "event"}
    window.carry_out("page.cap_table")
    assert "cap_table" in card.done
    assert part(card, QLabel, "first_scenario.about").text().startswith("6 of 7 steps done.")


def test_the_card_leaves_room_for_the_pages_in_a_small_window(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    inspector = part(window, QWidget, "inspector")
    qtbot.waitUntil(lambda: not inspector.isVisible())
    window.carry_out("help.first_scenario")
    qtbot.waitUntil(lambda: window.minimumSizeHint().width() <= 1024)
    card = part(window, QWidget, "first_scenario")
    assert card.mapTo(window, card.rect().bottomRight()).x() < 1024
