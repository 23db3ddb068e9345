"""The promises of the grid about typing, keys and filling, each in three languages; none is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from neocapgui.exchange.samples import sample
from neocapgui.figures.explained import explained
from neocapgui.figures.grid_contract import CONTRACT
from neocapgui.figures.kinds import Kind, Style, shown
from neocapgui.gui.actions import COMMAND, keys_of
from neocapgui.gui.dialogs.explain_dialog import ExplainDialog
from neocapgui.gui.tables.cell_editor import CellEditor
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.tables.unaccepted import Unaccepted
from neocapgui.ledger.edits import add
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import Transaction
from tests.gui.grid_rows import KEPT, every_table, full_ledger, grid, row, style_in
from tests.gui.pages import NOTICE_DAY, opened
from tests.gui.test_table_view import CONTROL, NONE, SHIFT, open_cell, place, press, type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.main_window import MainWindow

ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key
NEW_TEXTS = {  # what is typed into a column of a kind, by the day's language below
    Kind.TEXT: "Zoe",
    Kind.SHARES: "77",
    Kind.PRICE: "7",
    Kind.MONEY: "7",
    Kind.RATE: "7",
    Kind.RATIO: "1:7",
    Kind.DATE: "2022-03-09",
    Kind.DATES: "2022-03-09",
    Kind.WHOLE: "7",
    Kind.FLAG: "Yes",
}


def col(view: TableView, title: str) -> int:
    return [one.title for one in view.table_model.table.columns].index(title)


def at(view: TableView, line: int, title: str) -> str:
    return view.table_model.text(line, col(view, title))


def style(view: TableView) -> Style:
    return view.session.style


def select(view: TableView, top: int, left: int, bottom: int, right: int) -> None:
    model = view.table_model
    view.point_at(top, left)
    block = QItemSelection(model.index(top, left), model.index(bottom, right))
    view.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def typeable(view: TableView) -> tuple[int, str]:
    """Return a column of plain values, and another value for its first line."""
    for number, column in enumerate(view.table_model.table.columns):
        if column.choices is None and column.kind in NEW_TEXTS:
            return number, NEW_TEXTS[column.kind]
    raise AssertionError(view.objectName())


def holders(count: int) -> Ledger:
    """Return Acme with further holders, numbered."""
    from dataclasses import replace

    ledger = full_ledger()
    more = {number: Stakeholder(number, f"H-{number:03}") for number in range(10, 10 + count)}
    return replace(ledger, stakeholders={**ledger.stakeholders, **more})


# 1, 2: into a cell


@row(1)
@every_table
def test_a_typed_letter_replaces_and_escape_restores(name: str, locale: str, qtbot: QtBot) -> None:
    with grid(name, locale, qtbot) as view:
        number, text = typeable(view)
        before = view.table_model.text(0, number)
        view.point_at(0, number)
        type_text(view, text)
        editor = open_cell(view)
        assert editor is not None
        assert editor.text() == text
        press(view, Key.Key_Escape)
        assert open_cell(view) is None
        assert view.table_model.text(0, number) == before
        assert view.session.history.done == ()


@row(1)
@every_table
def test_f2_opens_a_cell_with_the_caret_at_the_end(name: str, locale: str, qtbot: QtBot) -> None:
    with grid(name, locale, qtbot) as view:
        number, _ = typeable(view)
        view.point_at(0, number)
        press(view, Key.Key_F2)
        editor = open_cell(view)
        assert editor is not None
        shown_text = view.table_model.text(0, number)
        assert (editor.text(), editor.cursorPosition(), editor.selectedText()) == (
            shown_text,
            len(shown_text),
            "",
        )
        press(view, Key.Key_Return)
        assert view.session.history.done == ()


@row(1)
def test_f2_shows_every_decimal_of_an_amount(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        amount = col(view, "Amount")
        mark = style(view).decimal_mark
        view.point_at(0, amount)
        type_text(view, f"1234{mark}5678")
        press(view, Key.Key_Return)
        assert at(view, 0, "Amount") == shown(Kind.MONEY, Decimal("1234.57"), style(view))
        view.point_at(0, amount)
        press(view, Key.Key_F2)
        editor = open_cell(view)
        assert editor is not None
        assert editor.text() == f"1234{mark}5678"


@row(1)
def test_letters_put_together_by_an_input_method_open_the_cell(locale: str, qtbot: QtBot) -> None:
    with grid("stakeholders", locale, qtbot) as view:
        view.point_at(0, 0)
        QApplication.sendEvent(view, QInputMethodEvent("に", []))
        composed = QInputMethodEvent()
        composed.setCommitString("日本")
        QApplication.sendEvent(view, composed)
        editor = open_cell(view)
        assert editor is not None
        assert editor.text() == "日本"
        press(view, Key.Key_Return)
        assert view.session.ledger.stakeholders[1].name == "日本"


@row(2)
@every_table
def test_a_double_click_edits_in_place(name: str, locale: str, qtbot: QtBot) -> None:
    with grid(name, locale, qtbot) as view:
        number, _ = typeable(view)
        view.point_at(0, number)
        middle = view.visualRect(view.table_model.index(0, number)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, middle)
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, middle)
        editor = open_cell(view)
        assert isinstance(editor, CellEditor)
        assert editor.is_in_place
        assert editor.text() == view.table_model.text(0, number)


# 3: out of a cell


@row(3)
@every_table
def test_enter_and_tab_take_and_go_on(name: str, locale: str, qtbot: QtBot) -> None:
    with grid(name, locale, qtbot) as view:
        number, text = typeable(view)
        view.point_at(0, number)
        type_text(view, text)
        press(view, Key.Key_Tab)
        here = place(view)
        assert (here[1], len(view.session.history.done)) == (number + 1, 1)
        press(view, Key.Key_Backtab, SHIFT)
        assert place(view) == (here[0], number)
        view.point_at(1 if view.table_model.rowCount() > 1 else 0, number)
        press(view, Key.Key_Return, SHIFT)
        assert place(view) == (0, number)


@row(3)
def test_after_a_run_of_tabs_enter_goes_back_also_past_what_is_refused(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        shares = col(view, "Shares")
        view.point_at(0, shares)
        type_text(view, "many")
        press(view, Key.Key_Tab)
        type_text(view, "7")
        press(view, Key.Key_Tab)
        press(view, Key.Key_Tab)
        press(view, Key.Key_Return)
        assert place(view) == (1, shares)
        assert at(view, 0, "Shares") == "many"


@row(3)
def test_a_new_line_is_typed_through_and_enter_begins_the_next(locale: str, qtbot: QtBot) -> None:
    """The new line has an early day and goes to its place among the others; the hands are where they were."""
    with grid("transactions", locale, qtbot) as view:
        for day, shares in (("2022-01-15", "10"), ("2022-01-16", "20")):
            blank = view.table_model.rowCount() - 1
            assert view.table_model.is_blank(blank)
            view.point_at(blank, 0) if day.endswith("15") else None
            assert place(view) == (blank, 0)
            type_text(view, day)
            press(view, Key.Key_Tab)
            press(view, Key.Key_Tab)
            press(view, Key.Key_Tab)
            type_text(view, "Ada")
            press(view, Key.Key_Tab)
            type_text(view, shares)
            press(view, Key.Key_Return)
        assert view.table_model.is_blank(place(view)[0])
        recorded = [(one.date.day, one.stakeholder, one.quantity) for one in view.session.ledger.transactions]
        assert recorded[2:4] == [(15, 1, 10), (16, 1, 20)]


@row(3)
def test_in_a_selection_the_keys_go_round(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        select(view, 0, 4, 1, 5)
        for expected in ((1, 4), (0, 5), (1, 5), (0, 4)):
            press(view, Key.Key_Return)
            assert place(view) == expected
        press(view, Key.Key_Tab)
        assert place(view) == (0, 5)
        assert len(view.selectedIndexes()) == 4


@row(3)
def test_an_arrow_leaves_what_was_typed_and_moves_the_caret_after_f2(locale: str, qtbot: QtBot) -> None:
    with grid("stakeholders", locale, qtbot) as view:
        view.point_at(0, 0)
        type_text(view, "Zoe")
        press(view, Key.Key_Down)
        assert place(view) == (1, 0)
        assert view.session.ledger.stakeholders[1].name == "Zoe"
        press(view, Key.Key_F2)
        press(view, Key.Key_Left)
        editor = open_cell(view)
        assert editor is not None
        assert editor.cursorPosition() == 2


# 4: about the table


@row(4)
@every_table
def test_control_and_shift_select_as_in_a_spreadsheet(name: str, locale: str, qtbot: QtBot) -> None:
    with grid(name, locale, qtbot) as view:
        model = view.table_model
        wide, high = model.columnCount(), model.rowCount()
        view.point_at(0, 1)
        press(view, Key.Key_Space, SHIFT)
        assert len(view.selectedIndexes()) == wide
        view.point_at(0, 1)
        press(view, Key.Key_Space, CONTROL)
        assert len(view.selectedIndexes()) == high
        press(view, Key.Key_A, CONTROL)
        assert len(view.selectedIndexes()) == wide * high
        press(view, Key.Key_Home, CONTROL)
        assert place(view) == (0, 0)
        press(view, Key.Key_End, CONTROL)
        assert place(view) == (len(model.table.rows) - 1, wide - 1)
        press(view, Key.Key_Home)
        assert place(view) == (len(model.table.rows) - 1, 0)
        press(view, Key.Key_End, SHIFT)
        assert len(view.selectedIndexes()) == wide


@row(4)
def test_control_and_an_arrow_go_to_the_edge_of_what_is_filled(locale: str, qtbot: QtBot) -> None:
    """Shares stand in all four lines, the counterparty in the third only."""
    with grid("transactions", locale, qtbot) as view:
        shares, counterparty = col(view, "Shares"), col(view, "Counterparty")
        view.point_at(0, shares)
        press(view, Key.Key_Down, CONTROL)
        assert place(view) == (3, shares)
        press(view, Key.Key_Down, CONTROL)
        assert place(view) == (4, shares)
        press(view, Key.Key_Up, CONTROL | SHIFT)
        press(view, Key.Key_Up, CONTROL | SHIFT)
        assert {index.row() for index in view.selectedIndexes()} == {0, 1, 2, 3, 4}
        view.point_at(0, counterparty)
        press(view, Key.Key_Down, CONTROL)
        assert place(view) == (2, counterparty)
        view.point_at(0, 0)
        press(view, Key.Key_Right, CONTROL)
        assert place(view) == (0, shares)
        press(view, Key.Key_Left, CONTROL | SHIFT)
        assert len(view.selectedIndexes()) == shares + 1


@row(4)
def test_a_page_key_goes_a_screen_on_and_shift_and_the_mouse_select(locale: str, qtbot: QtBot) -> None:
    with grid("stakeholders", locale, qtbot, holders(200)) as view:
        view.point_at(0, 0)
        press(view, Key.Key_PageDown)
        went = place(view)[0]
        assert 5 < went < 30
        press(view, Key.Key_PageUp)
        assert place(view) == (0, 0)
        spot = view.visualRect(view.table_model.index(4, 1)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, SHIFT, spot)
        assert len(view.selectedIndexes()) == 10
        type_text(view, "Zoe")
        press(view, Key.Key_Escape)
        assert place(view) == (0, 0)  # what is typed goes where the selection began


# 10: filling


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


def drag(view: TableView, line: int, number: int, held: Qt.KeyboardModifier = NONE) -> None:
    """Draw the handle to a cell with the mouse."""
    corner = view.fill_handle.place()
    assert corner is not None
    start, end = corner.center(), view.visualRect(view.table_model.index(line, number)).center()
    for kind, point, buttons in (
        (QEvent.Type.MouseButtonPress, start, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseMove, end, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseButtonRelease, end, Qt.MouseButton.NoButton),
    ):
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        spot = QPointF(QPoint(point))
        event = QMouseEvent(kind, spot, QPointF(view.viewport().mapToGlobal(point)), button, buttons, held)
        QApplication.sendEvent(view.viewport(), event)


# 11 to 14


@row(11)
def test_control_enter_puts_a_text_into_all_selected_cells(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        shares = col(view, "Shares")
        select(view, 0, shares, 2, shares)
        type_text(view, "70")
        press(view, Key.Key_Return, CONTROL)
        assert [at(view, line, "Shares") for line in range(4)] == ["70"] * 4
        assert [one.edit.label for one in view.session.history.done] == ["Fill 3 cells of Transactions"]


@row(11, 17)
def test_what_cannot_go_into_all_cells_is_kept_in_the_one(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        shares = col(view, "Shares")
        select(view, 0, shares, 2, shares)
        type_text(view, "many")
        press(view, Key.Key_Return, CONTROL)
        assert at(view, 0, "Shares") == "many"
        assert view.session.history.done == ()


@row(12)
@every_table
def test_delete_empties_cells_and_lines_go_with_a_count(name: str, locale: str, qtbot: QtBot) -> None:
    with grid(name, locale, qtbot) as view:
        model = view.table_model
        lines = len(model.table.rows)
        note = len(model.table.columns) - 1  # a note or a source
        assert model.setData(model.index(0, note), "Something")
        select(view, 0, note - 2, 0, note)
        press(view, Key.Key_Delete)
        assert model.text(0, note) == ""
        assert len(model.table.rows) == lines
        if name in ("issuers", "stakeholders", "securities"):
            return  # others name them: removing is refused
        select(view, 0, 0, lines - 1, 0)
        press(view, Key.Key_Minus, CONTROL)
        assert len(model.table.rows) == 0
        label = view.session.history.done[-1].edit.label
        assert label.startswith(f"Remove {lines} of " if lines > 1 else "Remove ")
        view.session.undo()
        assert len(model.table.rows) == lines


@row(13)
def test_what_is_done_at_once_is_one_step_with_a_name(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        shares = col(view, "Shares")
        before = [at(view, line, "Shares") for line in range(4)]
        select(view, 0, shares, 2, shares)
        press(view, Key.Key_D, CONTROL)
        press(view, Key.Key_Delete)
        view.point_at(3, shares)
        type_text(view, "5")
        press(view, Key.Key_Return)
        assert [one.edit.label for one in view.session.history.done] == [
            "Fill down in Transactions",
            "Clear cells of Transactions",
            "Change shares to 5",
        ]
        view.session.undo(3)
        assert [at(view, line, "Shares") for line in range(4)] == before
        view.session.redo(3)
        assert at(view, 3, "Shares") == "5"


@row(14)
def test_control_semicolon_enters_today_and_days_are_typed_in_the_short_form(
    locale: str, qtbot: QtBot
) -> None:
    short = {"en_US": "8/31/01", "de_CH": "31.08.01", "fr_FR": "31/08/2001"}[locale]
    with grid("approvals", locale, qtbot) as view:
        meeting, recorded = col(view, "Meeting"), col(view, "Record date")
        view.point_at(0, meeting)
        press(view, Key.Key_Semicolon, CONTROL)
        assert view.session.ledger.approvals[1].meeting_date == date.today()
        for text in (short, "2001-08-31", "31 Aug 2001"):
            view.point_at(0, recorded)
            press(view, Key.Key_Delete)
            view.point_at(0, recorded)
            type_text(view, text)
            press(view, Key.Key_Return)
            assert view.session.ledger.approvals[1].record_date == date(2001, 8, 31)


# 16: sums


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


def reopened(view: TableView, line: int, number: int) -> str:
    view.point_at(line, number)
    press(view, Key.Key_F2)
    editor = open_cell(view)
    assert editor is not None
    text = editor.text()
    press(view, Key.Key_Escape)
    return text


# 17: what is no value


@row(17)
@every_table
def test_what_is_no_value_stays_and_nothing_is_held_up(name: str, locale: str, qtbot: QtBot) -> None:
    with grid(name, locale, qtbot) as view:
        model = view.table_model
        refusing = next(
            number
            for number, column in enumerate(model.table.columns)
            if column.kind in (Kind.DATE, Kind.SHARES, Kind.RATIO) or column.title in ("Kind", "Certainty")
        )
        view.point_at(0, refusing)
        type_text(view, "perhaps")
        press(view, Key.Key_Return)
        assert model.text(0, refusing) == "perhaps"
        assert "“perhaps”" in model.refusal(model.index(0, refusing))
        assert len(Unaccepted.of(view.session)) == 1
        view.session.look_on(date(2022, 1, 2))
        view.session.look_on(date(2022, 3, 3))
        last = len(model.table.columns) - 1
        assert model.setData(model.index(0, last), "Something")
        view.session.undo()
        assert model.text(0, refusing) == "perhaps"
        view.point_at(0, refusing)
        press(view, Key.Key_Escape)
        assert model.text(0, refusing) != "perhaps"
        assert len(Unaccepted.of(view.session)) == 0


@row(17)
def test_what_may_have_been_meant_is_offered_and_taken_with_alt_enter(locale: str, qtbot: QtBot) -> None:
    typed = {"en_US": "1.234,5", "de_CH": "1.234,5", "fr_FR": "1,234.5"}[locale]
    with grid("transactions", locale, qtbot) as view:
        price = col(view, "Price")
        meant = shown(Kind.PRICE, Decimal("1234.5"), style(view))
        view.point_at(0, price)
        type_text(view, typed)
        press(view, Key.Key_Return)
        index = view.table_model.index(0, price)
        assert view.table_model.advice(index).endswith(f"Did you mean {meant}? Alt+Enter takes it.")
        view.point_at(0, price)
        press(view, Key.Key_Return, ALT)
        assert view.session.ledger.transactions[0].price == Decimal("1234.5")
        assert not view.table_model.refusal(index)


@row(17)
def test_a_name_that_is_nearly_known_is_doubted(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        view.session.do(add("Add", [Stakeholder(7, "ACME Limited")]))
        holder = col(view, "Stakeholder")
        index = view.table_model.index(0, holder)
        assert view.table_model.setData(index, "Acme Ltd")
        assert view.table_model.text(0, holder) == "Acme Ltd"
        assert "Did you mean ACME Limited?" in view.table_model.advice(index)
        assert len(Unaccepted.of(view.session)) == 0  # it was taken
        assert view.table_model.take_repair(index)
        assert view.table_model.text(0, holder) == "ACME Limited"
        assert "Acme Ltd" not in [one.name for one in view.session.ledger.stakeholders.values()]
        view.session.undo()
        assert view.table_model.text(0, holder) == "Acme Ltd"


def test_a_window_with_cells_whose_text_was_not_taken_asks_before_it_closes(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.carry_out("page.transactions")
    view = window.findChild(TableView, "table.transactions")
    assert isinstance(view, TableView)
    index = view.table_model.index(0, col(view, "Shares"))
    assert not view.table_model.setData(index, "many")
    window.close()
    (question,) = window.findChildren(QMessageBox, "dialog.unaccepted_cells")
    assert question.text() == "1 cell holds text that was not taken: “many”."
    assert window.isVisible()
    buttons = {button.text(): button for button in question.buttons()}
    buttons["Show me"].click()
    assert view.currentIndex().row() == 0
    window.close()
    again = window.findChildren(QMessageBox, "dialog.unaccepted_cells")[-1]
    next(button for button in again.buttons() if button.text() == "Close anyway").click()
    qtbot.waitUntil(lambda: not window.isVisible())


# 21: choices


@row(21)
def test_alt_down_lists_the_choices_and_typing_narrows_them(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        view.point_at(0, col(view, "Kind"))
        press(view, Key.Key_Down, ALT)
        editor = open_cell(view)
        assert isinstance(editor, CellEditor)
        assert editor.is_listing
        assert "Issuance" in editor.offered
        popup = QApplication.activePopupWidget()
        assert popup is not None
        QTest.keyClicks(popup, "transf")
        assert editor.offered == ["Transfer"]
        QTest.keyClick(popup, Key.Key_Down)
        QTest.keyClick(popup, Key.Key_Return)
        assert view.session.ledger.transactions[0].kind == "transfer"
        assert open_cell(view) is None


@row(21)
def test_escape_leaves_the_list_and_a_begun_name_is_completed(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        view.point_at(0, col(view, "Stakeholder"))
        press(view, Key.Key_Down, ALT)
        popup = QApplication.activePopupWidget()
        assert popup is not None
        QTest.keyClick(popup, Key.Key_Escape)
        editor = open_cell(view)
        assert isinstance(editor, CellEditor)
        assert not editor.is_listing
        press(view, Key.Key_Escape)
        view.point_at(0, col(view, "Stakeholder"))
        type_text(view, "bo")
        editor = open_cell(view)
        assert isinstance(editor, CellEditor)
        assert (editor.text(), editor.selectedText()) == ("bob", "b")
        press(view, Key.Key_Return)
        assert view.session.ledger.transactions[0].stakeholder == 2


# 22: where a figure comes from


@row(22)
def test_a_calculated_figure_is_explained_by_its_key(locale: str, qtbot: QtBot) -> None:
    keys = [key.toString() for key in keys_of(COMMAND["view.explain"])]
    assert keys == ["F4", "Ctrl+Shift+E"]
    with opened(sample("neotherapeutics-as-filed"), NOTICE_DAY) as session:
        marks = style_in(locale)
        found = explained(session.ledger, session.lens, "group", (1, 2), "Direct %", marks)
        assert found is not None
        dialog = ExplainDialog(found, marks)
        qtbot.addWidget(dialog)
        said = [label.text() for label in dialog.findChildren(QLabel)]
        assert f"89{marks.decimal_mark}18 %" in said


# An edit that arrives while something is being typed


@row(1)
def test_an_edit_that_arrives_leaves_what_is_being_typed(locale: str, qtbot: QtBot) -> None:
    with grid("stakeholders", locale, qtbot) as view:
        view.point_at(1, 0)
        type_text(view, "Robe")
        view.session.do(add("Add", [Stakeholder(9, "Somebody else")]))
        view.session.look_on(date(2022, 1, 2))
        editor = open_cell(view)
        assert editor is not None
        assert editor.text() == "Robe"
        QTest.keyClicks(editor, "rt")
        press(view, Key.Key_Return)
        assert view.session.ledger.stakeholders[2].name == "Robert"


@row(1)
def test_a_line_that_moves_takes_along_what_is_being_typed(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        shares = col(view, "Shares")
        view.point_at(2, shares)
        type_text(view, "4")
        early = Transaction(9, date(2021, 1, 1), "issuance", 0, None, 1, 1, quantity=Decimal(1))
        view.session.do(add("Add", [early]))
        editor = open_cell(view)
        assert editor is not None
        assert (editor.text(), place(view)) == ("4", (3, shares))
        QTest.keyClicks(editor, "2")
        press(view, Key.Key_Return)
        changed: Any = view.session.ledger.get(Transaction, 3)
        assert changed.quantity == 42


def test_every_promise_of_the_grid_is_held_to_by_a_test() -> None:
    for file in sorted(Path(__file__).parent.glob("test_grid_*.py")):
        import_module(f"tests.gui.{file.stem}")
    missing = [f"{one.number} {one.gesture}" for one in CONTRACT if not KEPT[one.number]]
    assert missing == []
    assert [one.number for one in CONTRACT] == list(range(1, 23))
