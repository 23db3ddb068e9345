"""Pages are made in steps, out of sight and before they are asked for; nobody sees one that is not whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from shiboken6 import delete

from neocapgui.document.document import Document
from neocapgui.engine.finding import Place
from neocapgui.gui.charts.loading import ChartsLibrary
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.panels.inspector import Inspector
from neocapgui.gui.panels.page_stack import PageStack
from neocapgui.gui.panels.workplace import Workplace
from neocapgui.gui.tables.cell_editor import CellEditor
from neocapgui.gui.tables.fact_places import NEW
from neocapgui.gui.tables.first_column import FirstColumn
from neocapgui.gui.tables.table_view import TableView
from neocapgui.ledger.edits import correct
from tests.gui.conftest import acme_ledger
from tests.gui.keyboard import type_keys
from tests.gui.pages import shown, table

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.app import Program
    from neocapgui.gui.main_window import MainWindow
    from neocapgui.gui.session import Session

NAMES = [page.name for page in PAGES]
LARGE = ("overview", "cap_table", "conversions", "group", "charts")  # those that are filled in steps


def stack_of(window: MainWindow) -> PageStack:
    found = window.findChild(PageStack)
    assert isinstance(found, PageStack)
    return found


def workplace_of(window: MainWindow) -> Workplace:
    found = window.findChild(Workplace)
    assert isinstance(found, Workplace)
    return found


def titles(stack: PageStack) -> list[str]:
    """Return all that the labels and tables in sight say and are."""
    labels = [one.text() for one in stack.findChildren(QLabel) if one.isVisible()]
    return [*labels, *(one.objectName() for one in stack.findChildren(TableView) if one.isVisible())]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_out_of_sight_until_it_is_whole_and_shown(neo: Session, qtbot: QtBot, name: str) -> None:
    before = "history" if name != "history" else "findings"
    stack = shown(qtbot, neo, before)
    QApplication.sendPostedEvents()  # the page in front is laid out, and its heading fitted
    said = titles(stack)
    steps = 0
    for step in stack.making_of(name):
        step()
        steps += 1
        QApplication.sendPostedEvents()
        assert stack.current == before
        assert titles(stack) == said
    assert steps >= (4 if name in LARGE else 2)
    assert list(stack.making_of(name)) == []
    stack.show_page(name)
    assert titles(stack) != said


@pytest.mark.parametrize("name", LARGE)
def test_a_page_made_in_steps_is_the_page_made_at_once(neo: Session, qtbot: QtBot, name: str) -> None:
    stepwise = shown(qtbot, neo, "history")
    for step in stepwise.making_of(name):
        step()
        QApplication.sendPostedEvents()
    stepwise.show_page(name)
    assert titles(stepwise) == titles(shown(qtbot, neo, name))


@pytest.mark.parametrize("done", range(1, 5))
def test_a_page_that_is_gone_to_while_it_is_made_is_whole_at_once(
    neo: Session, qtbot: QtBot, done: int
) -> None:
    stack = shown(qtbot, neo, "history")
    making = stack.making_of("group")
    for _ in range(done):
        next(making)()
    stack.show_page("group")
    assert table(stack, "group").table_model.rowCount() > 0
    assert list(making) == []


def test_an_edit_while_a_page_is_made_stands_on_it(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "history")
    making = stack.making_of("conversions")
    for _ in range(2):  # the table of the rights is made
        next(making)()
    view = stack.findChild(TableView, "table.conversions")
    assert isinstance(view, TableView)
    rights = view.table_model
    before = rights.text(0, 0)
    security = next(one for one in neo.ledger.securities.values() if one.name == before)
    neo.do(correct("Rename", security, replace(security, name="Papers of 1998")))
    stack.show_page("conversions")
    assert rights.text(0, 0) == "Papers of 1998"


def test_pages_are_prepared_without_taking_the_page_or_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    stack, focused = stack_of(window), window.focusWidget()
    assert window.findChild(QWidget, "page.history") is None
    window.prepare_pages()
    qtbot.waitUntil(lambda: window.findChild(QWidget, "page.history") is not None)
    assert stack.current == "overview"
    assert window.focusWidget() is focused
    pages = [window.findChild(QWidget, f"page.{name}") for name in NAMES]
    assert [one.isVisible() for one in pages if one is not None] == [True] + [False] * 9


def test_what_is_typed_while_pages_are_prepared_is_not_lost(window: MainWindow, qtbot: QtBot) -> None:
    stack = stack_of(window)
    workplace_of(window).go_to(Place("issuers", NEW))
    for name in NAMES:
        for step in stack.making_of(name):
            type_keys(window, "ab")
            step()
            qtbot.wait(1)
    assert isinstance(window.focusWidget(), CellEditor)
    type_keys(window, "\n")
    assert window.session is not None
    (_, typed) = [one.name for one in window.session.ledger.issuers.values()]
    assert typed == "ab" * (len(typed) // 2)
    assert len(typed) > 2 * len(NAMES)


def test_windows_prepare_their_pages_from_the_time_the_program_says_so(
    program: Program, qtbot: QtBot
) -> None:
    early = program.open_window()
    early.show_document(Document.create(acme_ledger()))
    early.settle()
    qtbot.wait(20)
    assert early.findChild(QWidget, "page.history") is None
    program.prepare_pages()
    late = program.open_window()
    late.show_document(Document.create(acme_ledger()))
    qtbot.waitUntil(lambda: early.findChild(QWidget, "page.history") is not None)
    qtbot.waitUntil(lambda: late.findChild(QWidget, "page.history") is not None)


def test_the_inspector_follows_the_page_in_the_next_turn(window: MainWindow, qtbot: QtBot) -> None:
    inspector = window.findChild(Inspector)
    assert isinstance(inspector, Inspector)
    window.carry_out("page.cap_table")
    assert table(window, "cap_table").currentIndex().row() == 0
    explained = "Ada, as converted: 62.50 % of 4,000"
    qtbot.waitUntil(lambda: explained in {one.text() for one in inspector.findChildren(QLabel)})


def test_the_first_column_is_made_when_a_table_is_scrolled_aside(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "transactions")
    view = table(stack, "transactions")
    assert view.findChild(FirstColumn) is None
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    first = view.findChild(FirstColumn)
    assert isinstance(first, FirstColumn)
    assert first.isVisible()
    assert first.columnWidth(0) == view.columnWidth(0)
    assert first.verticalScrollBar().value() == view.verticalScrollBar().value()


def test_each_chart_that_waits_for_the_library_has_a_turn_of_its_own(qapp: QObject, qtbot: QtBot) -> None:
    library, drawn = ChartsLibrary.of_program(), list[str]()
    library.load()
    qtbot.waitUntil(lambda: library.is_loaded)
    first, gone, second = QObject(qapp), QObject(qapp), QObject(qapp)
    turns = list[int]()
    timer = QTimer(qapp, interval=0)
    timer.timeout.connect(lambda: turns.append(len(drawn)))
    timer.start()
    library.when_loaded(lambda: drawn.append("first"), first)
    library.when_loaded(lambda: drawn.append("gone"), gone)
    library.when_loaded(lambda: drawn.append("second"), second)
    delete(gone)
    qtbot.waitUntil(lambda: len(drawn) == 2)
    qtbot.wait(5)
    assert drawn == ["first", "second"]
    assert 1 in turns
    for one in (timer, first, second):
        one.deleteLater()
