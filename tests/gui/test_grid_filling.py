"""Filling and sums: what goes on or repeats, and what is worked out; in three languages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from neocapgui.gui.looks import look
from neocapgui.gui.tables.first_column import FirstColumn
from neocapgui.gui.tables.table_view import TableView
from tests.gui.grid_rows import every_table, grid, row
from tests.gui.hands import (
    CONTROL,
    NONE,
    Key,
    at,
    col,
    drag,
    holders,
    open_cell,
    press,
    reopened,
    select,
    style,
    type_text,
    typeable,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@row(10)
@every_table
def test_control_d_repeats_the_line_above(name: str, locale: str, qtbot: QtBot) -> None:
    with grid(name, locale, qtbot) as view:
        model = view.table_model
        if len(model.table.rows) < 2:
            model.setData(model.index(len(model.table.rows), typeable(view)[0]), typeable(view)[1])
        number, text = typeable(view)
        assert model.setData(model.index(0, number), text)
        done = len(view.session.history.done)
        first = model.text(0, number)
        last = len(model.table.rows) - 1
        if model.text(last, number) == first:
            return  # the table is sorted by this column
        select(view, 0, number, last, number)
        press(view, Key.Key_D, CONTROL)
        assert len(view.session.history.done) == done + 1
        assert {model.text(line, number) for line in range(last + 1)} == {first}


@row(10)
def test_control_r_repeats_the_column_before(locale: str, qtbot: QtBot) -> None:
    with grid("prices", locale, qtbot) as view:
        close = col(view, "Close")
        select(view, 0, close, 1, close + 2)
        press(view, Key.Key_R, CONTROL)
        assert at(view, 1, "VWAP") == at(view, 1, "Low") == at(view, 1, "Close") != ""
        assert len(view.session.history.done) == 1


@row(10)
def test_numbered_names_and_days_go_on_and_can_be_copied(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        model, certificate = view.table_model, col(view, "Certificate")
        model.setData(model.index(0, certificate), "CS-009")
        select(view, 0, certificate, 0, certificate)
        view.fill_handle.fill(3, 0)
        assert [at(view, line, "Certificate") for line in range(4)] == [
            "CS-009",
            "CS-010",
            "CS-011",
            "CS-012",
        ]
        assert view.session.history.done[-1].edit.label == "Fill down 3 cells of Transactions"
        select(view, 0, certificate, 0, certificate)
        view.fill_handle.fill(3, 0, is_copied=True)
        assert {at(view, line, "Certificate") for line in range(4)} == {"CS-009"}
        recorded = col(view, "Recorded")
        model.setData(model.index(0, recorded), "2022-01-31")
        model.setData(model.index(1, recorded), "2022-02-28")
        select(view, 0, recorded, 1, recorded)
        view.fill_handle.fill(2, 0)
        assert [one.recorded for one in view.session.ledger.transactions][2:] == [
            date(2022, 3, 31),
            date(2022, 4, 30),
        ]


@row(10)
def test_the_other_way_of_filling_is_offered_and_is_one_step(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        model, certificate = view.table_model, col(view, "Certificate")
        model.setData(model.index(0, certificate), "CS-1")
        select(view, 0, certificate, 0, certificate)
        view.fill_handle.fill(2, 0)
        steps = len(view.session.history.done)
        choice = view.findChild(type(view.fill_handle.choice), "fill_choice")
        assert choice.isVisible()
        copy = next(action for action in choice.menu().actions() if action.text() == "Copy")
        copy.trigger()
        assert [at(view, line, "Certificate") for line in range(3)] == ["CS-1"] * 3
        assert len(view.session.history.done) == steps


@row(10)
def test_the_handle_is_drawn_and_double_clicked_with_the_mouse(locale: str, qtbot: QtBot) -> None:
    with grid("stakeholders", locale, qtbot, holders(4)) as view:
        model, note = view.table_model, col(view, "Note")
        model.setData(model.index(0, note), "Lot 1")
        view.point_at(0, note)
        drag(view, 2, note)
        assert [at(view, line, "Note") for line in range(4)] == ["Lot 1", "Lot 2", "Lot 3", ""]
        view.session.undo()
        view.point_at(0, note)
        drag(view, 2, note, CONTROL)
        assert [at(view, line, "Note") for line in range(3)] == ["Lot 1"] * 3
        view.session.undo()
        model.setData(model.index(1, note), "")
        kind = col(view, "Kind")
        model.setData(model.index(0, kind), "individual")
        view.point_at(0, kind)
        corner = view.fill_handle.place()
        assert corner is not None
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, corner.center())
        assert {one.kind for one in view.session.ledger.stakeholders.values()} == {"individual"}


@row(10)
def test_the_handle_stands_in_the_first_column_while_it_stays_over_a_table_scrolled_aside(
    locale: str, qtbot: QtBot
) -> None:
    with grid("stakeholders", locale, qtbot, holders(4)) as view:
        model, across = view.table_model, view.horizontalScrollBar()
        view.resize(260, 400)
        view.point_at(0, 0)
        model.setData(model.index(0, 0), "Lot 1")
        across.setValue(across.maximum())
        first = view.findChild(FirstColumn)
        assert first.isVisible()
        picture = first.grab().toImage()
        corner = view.fill_handle.place()
        assert corner is not None
        assert view.columnWidth(0) - 12 < corner.left() < corner.right() < view.columnWidth(0) - 1
        in_first = first.mapFromGlobal(view.viewport().mapToGlobal(corner.center()))
        assert picture.pixelColor(in_first) == look.color(look.current().accent)
        drag(view, 2, 0, part=first)
        assert [at(view, line, "Stakeholder") for line in range(3)] == ["Lot 1", "Lot 2", "Lot 3"]
        assert across.value() == across.maximum() > 0
        assert view.fill_handle.choice.geometry().left() >= first.covers


@row(10)
def test_the_handle_is_hidden_where_the_first_column_lies_over_it(locale: str, qtbot: QtBot) -> None:
    with grid("stakeholders", locale, qtbot, holders(4)) as view:
        view.resize(260, 400)
        view.point_at(0, 1)
        assert view.fill_handle.place() is not None
        view.horizontalScrollBar().setValue(view.columnWidth(1))
        assert view.fill_handle.place() is None


@row(16)
def test_a_sum_is_worked_out_exactly_and_shown_again(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        amount, mark = col(view, "Amount"), style(view).decimal_mark
        sum_text = f"=1250000/0{mark}8"
        view.point_at(0, amount)
        type_text(view, sum_text)
        press(view, Key.Key_Return)
        assert view.session.ledger.transactions[0].amount == 1562500
        assert reopened(view, 0, amount) == sum_text
        view.table_model.setData(view.table_model.index(0, amount), "1")
        assert reopened(view, 0, amount) == at(view, 0, "Amount")
        view.session.undo()
        assert reopened(view, 0, amount) != sum_text  # typing something else has taken its place


@row(16)
def test_the_line_grows_with_a_long_sum(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        view.point_at(0, col(view, "Amount"))
        cell = view.visualRect(view.currentIndex())
        type_text(view, "=1000*(2+3)*4-5+6*7-8+9*10+11+12+13")
        editor = open_cell(view)
        assert editor is not None
        assert editor.width() > editor.fontMetrics().horizontalAdvance(editor.text()) > cell.width()
        assert view.viewport().rect().contains(editor.geometry())


@row(16)
def test_a_sum_names_the_columns_of_the_line_and_is_filled_down(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        model, price, amount = view.table_model, col(view, "Price"), col(view, "Amount")
        for line in range(2):
            model.setData(model.index(line, price), "4")
        model.setData(model.index(0, amount), "=Shares*Price")
        assert view.session.ledger.transactions[0].amount == 12000
        select(view, 0, amount, 1, amount)
        press(view, Key.Key_D, CONTROL)
        assert view.session.ledger.transactions[1].amount == 4000
        assert reopened(view, 1, amount) == "=Shares*Price"
        assert not model.setData(model.index(2, amount), "=[Into shares]*2")
        assert "into shares, which is empty" in model.refusal(model.index(2, amount))


@row(16)
def test_a_sum_is_shown_again_when_the_scenario_is_looked_at_again(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        amount = col(view, "Amount")
        view.table_model.setData(view.table_model.index(0, amount), "=2*3")
        from neocapgui.gui.session import Session

        again = TableView(Session(view.session.document, view.session.style), view.table_model.table)
        qtbot.addWidget(again)
        assert again.table_model.typed_text(0, amount) == "=2*3"
