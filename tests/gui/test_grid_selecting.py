"""Selecting, and what is done to many cells at once: emptied, written, one step each; in three languages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.grid_rows import every_table, grid, row
from tests.gui.hands import (
    CONTROL,
    SHIFT,
    Key,
    at,
    col,
    holders,
    place,
    press,
    select,
    type_text,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


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
        day_before = date.today()  # or the same one: this may be done at midnight
        press(view, Key.Key_Semicolon, CONTROL)
        assert day_before <= view.session.ledger.approvals[1].meeting_date <= date.today()
        for text in (short, "2001-08-31", "31 Aug 2001"):
            view.point_at(0, recorded)
            press(view, Key.Key_Delete)
            view.point_at(0, recorded)
            type_text(view, text)
            press(view, Key.Key_Return)
            assert view.session.ledger.approvals[1].record_date == date(2001, 8, 31)
