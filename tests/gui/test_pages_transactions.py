"""The transactions page: found, corrected, begun, removed, and brought into sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from neocapgui.engine.finding import Place
from neocapgui.gui.pages.transactions_page import TransactionsPage
from neocapgui.gui.panels.page_stack import PageStack
from neocapgui.gui.session import Session
from neocapgui.gui.tables.first_column import FirstColumn
from neocapgui.gui.tables.table_view import TableView
from tests.gui.pages import button, cell, cells, choose, column, page, point, said, shown, table


def ledger_of(stack: PageStack) -> TableView:
    return table(stack, "transactions")


def find(stack: PageStack, text: str) -> None:
    field = stack.findChild(QLineEdit, "search.transactions")
    assert isinstance(field, QLineEdit)
    field.setText(text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_the_ledger_of_one_company_or_of_all(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "transactions")
    assert len(ledger_of(stack).table_model.table.rows) == 103
    choose(stack, "all")
    assert len(ledger_of(stack).table_model.table.rows) == 119


def test_words_and_figures_are_found(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "transactions")
    find(stack, "conversion societe")
    assert cells(ledger_of(stack), "Into shares") == ["201,149", "282,486"]
    find(stack, "282,486")
    assert cells(ledger_of(stack), "Price") == ["3.54"]
    find(stack, "nowhere")
    assert "No line has “nowhere”." in said(stack)
    find(stack, "")
    assert len(ledger_of(stack).table_model.table.rows) == 103


def test_a_search_begins_by_itself_after_a_pause(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "transactions")
    field = stack.findChild(QLineEdit, "search.transactions")
    assert isinstance(field, QLineEdit)
    field.setText("201,149")
    qtbot.waitUntil(lambda: len(ledger_of(stack).table_model.table.rows) == 1)


def test_a_place_is_brought_into_sight_whatever_is_searched_for(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "transactions")
    find(stack, "nowhere")
    record = next(one for one in neo.ledger.transactions if one.into_quantity == 201_149)
    assert page(stack, TransactionsPage).show_place(Place("transactions", record.id, "price"))
    view = ledger_of(stack)
    assert view.currentIndex().column() == column(view, "Price")
    assert cell(view, view.currentIndex().row(), "Into shares") == "201,149"


def test_the_day_stays_beside_its_line_when_a_place_is_gone_to_from_another_page(
    neo: Session, qtbot: QtBot
) -> None:
    stack = shown(qtbot, neo, "transactions")
    find(stack, "201,149")
    point(ledger_of(stack), 0, "Price")
    days = ledger_of(stack).findChild(FirstColumn)
    assert isinstance(days, FirstColumn)
    qtbot.waitUntil(days.isVisible)
    stack.show_page("findings")
    record = next(one for one in neo.ledger.transactions if one.into_quantity == 201_149)
    stack.show_place(Place("transactions", record.id, "into_quantity"))
    view = ledger_of(stack)
    qtbot.waitUntil(lambda: days.verticalScrollBar().value() == view.verticalScrollBar().value() > 0)


def test_a_place_in_another_company_is_found_among_all(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "transactions")
    theirs = {one.id for one in neo.ledger.securities_of(2)}
    record = next(one for one in neo.ledger.transactions if one.kind == "issuance" and one.security in theirs)
    assert page(stack, TransactionsPage).show_place(Place("transactions", record.id))
    view = ledger_of(stack)
    line = view.table_model.row(view.currentIndex().row())
    assert line is not None
    assert line.fact == record


def test_a_place_that_is_no_longer_recorded_is_said_so(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "transactions")
    assert not page(stack, TransactionsPage).show_place(Place("transactions", 10_000))
    assert not page(stack, TransactionsPage).show_place(Place("prices", 1))


def test_a_transaction_is_selected_with_its_holder_and_security(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "transactions")
    record = neo.ledger.transactions[0]
    with qtbot.waitSignal(stack.selected) as seen:
        point(ledger_of(stack), 0, "Day")
    assert seen.args == [record.stakeholder, record.security]


def test_new_line_stands_at_the_empty_line(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "transactions")
    button(stack, "New transaction").click()
    view = ledger_of(stack)
    assert view.table_model.is_blank(view.currentIndex().row())
    assert not button(stack, "Remove").isEnabled()


def test_a_removed_line_comes_back_by_undo(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "transactions")
    view = ledger_of(stack)
    first = neo.ledger.transactions[0]
    point(view, 0, "Kind")
    button(stack, "Remove").click()
    assert neo.ledger.transactions.get(first.id) is None
    assert len(view.table_model.table.rows) == 102
    neo.undo()
    assert neo.ledger.transactions.get(first.id) == first


def test_the_first_arrow_goes_on_from_the_entry_that_is_brought_into_sight(
    neo: Session, qtbot: QtBot
) -> None:
    stack = shown(qtbot, neo, "transactions")
    view = ledger_of(stack)
    index = view.currentIndex()
    seen = view.visualRect(index)
    assert view.viewport().rect().contains(seen.center())
    until = [row for row in view.table_model.table.rows if row.cells[0] <= neo.lens.as_of]
    assert index.row() == len(until) - 1
