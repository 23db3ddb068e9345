"""What is no value stays, is explained and never in the way; choices are listed; in three languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QToolTip

from neocapgui.figures.kinds import Kind, shown
from neocapgui.gui.tables.cell_editor import CellEditor
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.tables.unaccepted import Unaccepted
from neocapgui.ledger.edits import add
from neocapgui.ledger.facts import Stakeholder
from tests.gui.grid_rows import every_table, grid, row
from tests.gui.hands import (
    ALT,
    Key,
    col,
    open_cell,
    press,
    style,
    type_text,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.main_window import MainWindow


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


@row(17)
def test_what_was_told_of_a_refused_text_is_taken_back_with_it(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        place = col(view, "Shares")
        assert not view.table_model.setData(view.table_model.index(0, place), "4O0")
        view.point_at(0, place)
        qtbot.waitUntil(QToolTip.isVisible)
        assert "4O0" in QToolTip.text()
        press(view, Key.Key_Escape)
        qtbot.waitUntil(lambda: not QToolTip.isVisible())


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


@row(13)
@every_table
def test_deleting_a_refused_text_is_one_step_that_undo_takes_back(
    name: str, locale: str, qtbot: QtBot
) -> None:
    with grid(name, locale, qtbot) as view:
        model = view.table_model
        titles = [column.title for column in model.table.columns]
        refusing = next(
            number
            for number, column in enumerate(model.table.columns)
            if column.kind in (Kind.DATE, Kind.SHARES, Kind.RATIO) or column.title in ("Kind", "Certainty")
        )
        view.point_at(0, refusing)
        type_text(view, "perhaps")
        press(view, Key.Key_Return)
        view.point_at(0, refusing)
        press(view, Key.Key_Delete)
        assert model.text(0, refusing) != "perhaps", titles[refusing]
        view.session.undo()
        assert model.text(0, refusing) == "perhaps"
        view.session.redo()
        assert model.text(0, refusing) != "perhaps"
