"""Names in cells: companies are offered and what is typed is meant; cut, and refusals undone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from neocapgui.gui.tables.cell_editor import CellEditor
from neocapgui.gui.tables.unaccepted import Unaccepted
from neocapgui.ledger.facts import Issuer, Stakeholder
from neocapgui.ledger.ledger import Ledger
from tests.gui.grid_rows import full_ledger, grid, row
from tests.gui.hands import ALT, CONTROL, Key, at, col, open_cell, place, press, select, type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.tables.table_view import TableView


class Told(QObject):
    """Hears what a table says to the status line of its window."""

    def __init__(self, view: TableView) -> None:
        """Listen to a table."""
        super().__init__(view)
        self.said: list[str] = []
        view.installEventFilter(self)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QStatusTipEvent):
            self.said.append(event.tip())
        return super().eventFilter(watched, event)


def group_ledger() -> Ledger:
    """Return Acme with a subsidiary and a parent, of which no holder is recorded."""
    acme = full_ledger()
    more = {7: Issuer(7, "Zenith Holdings, Inc."), 8: Issuer(8, "Acme Labs, Inc.")}
    return replace(acme, issuers={**acme.issuers, **more})


def key(key: Key) -> None:
    """Press a key where it would go: in the open list, or else in the cell."""
    target = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key)


def test_a_company_is_offered_as_a_holder_and_is_one_when_chosen(qtbot: QtBot) -> None:
    with grid("transactions", "de_DE", qtbot, group_ledger()) as view:
        view.point_at(0, col(view, "Stakeholder"))
        type_text(view, "zen")
        editor = open_cell(view)
        assert isinstance(editor, CellEditor)
        assert editor.text() == "zenith Holdings, Inc."
        key(Key.Key_Return)
        holder = view.session.ledger.stakeholders[view.session.ledger.transactions[0].stakeholder]
        assert (holder.name, holder.issuer) == ("Zenith Holdings, Inc.", 7)


def test_a_company_written_a_little_otherwise_is_asked_about(qtbot: QtBot) -> None:
    with grid("transactions", "de_DE", qtbot, group_ledger()) as view:
        number = col(view, "Stakeholder")
        assert view.table_model.setData(view.table_model.index(0, number), "Zenith Holdings Inc")
        index = view.table_model.index(0, number)
        assert "Did you mean Zenith Holdings, Inc.?" in view.table_model.refusal(index)
        view.point_at(0, number)
        press(view, Key.Key_Return, ALT)
        ledger = view.session.ledger
        assert ledger.stakeholders[ledger.transactions[0].stakeholder].issuer == 7
        assert "Zenith Holdings Inc" not in {one.name for one in ledger.stakeholders.values()}


def test_a_name_that_stands_inside_another_is_taken_as_it_was_typed(qtbot: QtBot) -> None:
    """Koch is somebody else than Lars Koch, although the list offers him."""
    ledger = full_ledger()
    ledger = replace(ledger, stakeholders={**ledger.stakeholders, 9: Stakeholder(9, "Lars Koch")})
    for leaving in (Key.Key_Return, Key.Key_Tab):
        with grid("transactions", "de_DE", qtbot, ledger) as view:
            view.point_at(0, col(view, "Stakeholder"))
            type_text(view, "Koch")
            editor = open_cell(view)
            assert isinstance(editor, CellEditor)
            assert editor.offered == ["Lars Koch"]
            key(leaving)
            assert at(view, 0, "Stakeholder") == "Koch"


def test_enter_goes_down_after_typing_and_stays_after_choosing_from_the_list(qtbot: QtBot) -> None:
    with grid("securities", "de_DE", qtbot) as view:
        kind = col(view, "Kind")
        view.point_at(0, kind)
        type_text(view, "pref")
        key(Key.Key_Return)
        assert (at(view, 0, "Kind"), place(view)) == ("preferred", (1, kind))
        view.point_at(0, kind)
        press(view, Key.Key_Down, ALT)
        key(Key.Key_Return)
        assert place(view) == (0, kind)


def test_a_misspelt_new_holder_goes_with_the_correction_in_one_step(qtbot: QtBot) -> None:
    with grid("transactions", "de_DE", qtbot) as view:
        number, known = col(view, "Stakeholder"), view.session.ledger.stakeholders
        for name in ("Zoee", "Zoe Meyer"):
            assert view.table_model.setData(view.table_model.index(0, number), name)
        names = [one.name for one in view.session.ledger.stakeholders.values()]
        assert names == [*(one.name for one in known.values()), "Zoe Meyer"]
        view.session.undo()
        assert at(view, 0, "Stakeholder") == "Zoee"
        view.session.undo()
        assert view.session.ledger.stakeholders == known


def test_a_holder_who_was_listed_before_stays_when_a_line_names_another(qtbot: QtBot) -> None:
    with grid("transactions", "de_DE", qtbot) as view:
        number, known = col(view, "Stakeholder"), dict(view.session.ledger.stakeholders)
        for line in range(len(view.table_model.table.rows)):
            view.table_model.setData(view.table_model.index(line, number), "Zoe Meyer")
        assert known.items() <= view.session.ledger.stakeholders.items()


def test_a_new_security_is_of_the_kind_that_its_name_says(qtbot: QtBot) -> None:
    with grid("securities", "de_DE", qtbot) as view:
        end = len(view.table_model.table.rows)
        view.point_at(end, 0)
        type_text(view, "Series A Preferred")
        press(view, Key.Key_Return)
        assert at(view, end, "Kind") == "preferred"
        assert view.session.history.done[-1].edit.label == "Add to securities"


def undone(view: TableView) -> str:
    view.session.undo()
    return at(view, 0, "Shares")


@row(17)
def test_undo_of_a_correction_brings_back_the_text_that_was_refused(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        shares, before = col(view, "Shares"), at(view, 0, "Shares")
        index = view.table_model.index(0, shares)
        view.table_model.setData(index, "many")
        view.table_model.setData(index, "77")
        assert (at(view, 0, "Shares"), len(Unaccepted.of(view.session))) == ("77", 0)
        assert undone(view) == "many"
        view.session.redo()
        assert (at(view, 0, "Shares"), len(Unaccepted.of(view.session))) == ("77", 0)
        assert undone(view) == "many"
        view.point_at(0, shares)
        press(view, Key.Key_Escape)
        assert at(view, 0, "Shares") == before


@row(17)
def test_what_is_refused_is_told_after_going_on_and_again_on_coming_back(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        watch = Told(view)
        view.setFocus()
        day = col(view, "Day")
        view.point_at(0, day)
        type_text(view, "soon")
        press(view, Key.Key_Tab)
        qtbot.waitUntil(lambda: any("“soon” is not a day" in said for said in watch.said))
        watch.said.clear()
        press(view, Key.Key_Backtab)
        qtbot.waitUntil(lambda: any("“soon” is not a day" in said for said in watch.said))


@row(12)
def test_cut_copies_and_empties_as_one_step(locale: str, qtbot: QtBot) -> None:
    with grid("transactions", locale, qtbot) as view:
        note = col(view, "Note")
        view.table_model.setData(view.table_model.index(0, note), "from the register")
        select(view, 0, note, 0, note)
        press(view, Key.Key_X, CONTROL)
        assert QApplication.clipboard().text() == "from the register"
        assert at(view, 0, "Note") == ""
        assert view.session.history.done[-1].edit.label == "Cut from Transactions"
        view.point_at(1, note)
        press(view, Key.Key_V, CONTROL)
        assert at(view, 1, "Note") == "from the register"
        view.session.undo(2)
        assert (at(view, 0, "Note"), at(view, 1, "Note")) == ("from the register", "")


def test_what_cannot_be_empty_is_copied_by_cut_and_stays(qtbot: QtBot) -> None:
    with grid("transactions", "de_DE", qtbot) as view:
        said: list[str] = []
        view.refused.connect(said.append)
        view.point_at(0, col(view, "Day"))
        press(view, Key.Key_X, CONTROL)
        assert said == ["Day cannot be empty."]
        assert view.session.ledger.transactions[0].quantity == Decimal(3000)


def test_several_columns_that_cannot_be_empty_are_told_together(qtbot: QtBot) -> None:
    with grid("transactions", "de_DE", qtbot) as view:
        said: list[str] = []
        view.refused.connect(said.append)
        day, kind, note = (col(view, title) for title in ("Day", "Kind", "Note"))
        view.table_model.setData(view.table_model.index(0, note), "from the register")
        select(view, 0, min(day, kind), 0, note)
        view.commands.clear()
        assert said == ["Day, Kind, Certainty cannot be empty and stay."]
        assert at(view, 0, "Note") == ""


def test_typing_what_stands_there_ties_no_refused_text_to_an_edit_before(qtbot: QtBot) -> None:
    with grid("transactions", "de_DE", qtbot) as view:
        shares, model, before = col(view, "Shares"), view.table_model, at(view, 0, "Shares")
        model.setData(model.index(1, shares), before)
        model.setData(model.index(1, col(view, "Note")), "from the register")
        model.setData(model.index(1, shares), "many")
        select(view, 0, shares, 1, shares)
        view.commands.spread(before)
        assert at(view, 1, "Shares") == before
        view.session.undo()
        assert (at(view, 1, "Note"), at(view, 1, "Shares")) == ("", before)


def test_undo_of_a_paste_brings_back_the_text_that_was_refused(qtbot: QtBot) -> None:
    with grid("transactions", "de_DE", qtbot) as view:
        shares = col(view, "Shares")
        view.table_model.setData(view.table_model.index(0, shares), "many")
        QApplication.clipboard().setText("77")
        view.point_at(0, shares)
        press(view, Key.Key_V, CONTROL)
        assert (at(view, 0, "Shares"), len(Unaccepted.of(view.session))) == ("77", 0)
        assert undone(view) == "many"


def test_the_first_arrow_leaves_the_name_that_is_marked_in_the_list(qtbot: QtBot) -> None:
    with grid("securities", "de_DE", qtbot) as view:
        view.point_at(0, col(view, "Kind"))
        type_text(view, "opt")
        editor = open_cell(view)
        assert isinstance(editor, CellEditor)
        assert editor.offered == ["option plan", "option"]
        key(Key.Key_Down)
        key(Key.Key_Return)
        assert at(view, 0, "Kind") == "option"
        view.point_at(0, col(view, "Kind"))
        type_text(view, "opt")
        key(Key.Key_Tab)
        assert at(view, 0, "Kind") == "option plan"
