"""Typing into cells and leaving them, as in a spreadsheet, also while an edit arrives; in three languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from neocapgui.figures.kinds import Kind, shown
from neocapgui.gui.tables.cell_editor import CellEditor
from neocapgui.ledger.edits import add
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.transactions import Transaction
from tests.gui.grid_rows import every_table, grid, row
from tests.gui.hands import (
    NONE,
    SHIFT,
    Key,
    at,
    col,
    open_cell,
    place,
    press,
    select,
    style,
    type_text,
    typeable,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


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
