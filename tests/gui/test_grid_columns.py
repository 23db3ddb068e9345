"""Columns hidden, moved and drawn, and views found again as they were left; in three languages."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget

from neocapgui.figures.grid.sifted import Filter, Order, Sifting
from neocapgui.gui.session import Session
from neocapgui.gui.tables.columns_dialog import ColumnsDialog
from neocapgui.gui.tables.kept_layout import Layout, keep_layout, kept_layout
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.views_kept import keep
from tests.gui.frames import ledger_of, the
from tests.gui.grid_rows import holds
from tests.gui.pages import cells, column, point, type_in

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.main_window import MainWindow


def titles(view: TableView) -> list[str]:
    return [one.title for one in view.table_model.table.columns]


@holds(20)
def test_columns_are_hidden_and_moved_and_cells_stay_with_their_fields(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    order = ("Day", "Note", "Shares", *(one for one in titles(view)[1:] if one not in ("Note", "Shares")))
    view.shown.lay_out(Layout(order, frozenset({"Kind", "Security"})))
    assert titles(view)[:4] == ["Day", "Note", "Shares", "Stakeholder"]
    assert "Kind" not in titles(view)
    QGuiApplication.clipboard().setText("from a letter")
    point(view, 2, "Note")
    view.commands.paste()
    assert type_in(view, 2, "Shares", "42")
    entry = spoken.ledger.transactions[2]
    assert (entry.note, entry.quantity) == ("from a letter", Decimal(42))


def test_a_column_is_drawn_to_another_place(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    head, before = view.horizontalHeader(), titles(view)
    head.moveSection(4, 2)
    qtbot.waitUntil(lambda: titles(view) != before)
    assert titles(view)[:5] == [before[0], before[1], before[4], before[2], before[3]]
    assert [head.visualIndex(place) for place in range(5)] == [0, 1, 2, 3, 4]


def test_columns_are_chosen_by_keyboard_and_put_back(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    before = titles(view)
    view.heads.ask_columns()
    dialog = view.window().findChild(ColumnsDialog)
    assert isinstance(dialog, ColumnsDialog)
    listed = the(QListWidget, "columns", dialog)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(listed, key)
    assert dialog.layout_chosen.hidden == {before[1]}
    dialog.move_by(1)
    assert dialog.layout_chosen.columns[:3] == (before[0], before[2], before[1])
    dialog.reset()
    assert dialog.layout_chosen == Layout()
    dialog.reject()


@holds(20)
def test_order_filters_columns_and_widths_are_found_again(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    view.shown.sift(Sifting(Order("Shares", True), (Filter("Kind", contains="issu"),)))
    view.shown.lay_out(Layout((), frozenset({"Ratio"}), {"Note": 333}))
    again = ledger_of(spoken, qtbot)
    assert again.shown.active == view.shown.active
    assert "Ratio" not in titles(again)
    assert again.columnWidth(column(again, "Note")) == 333
    assert len(cells(again, "Kind")) == 2
    assert spoken.history.done[-1].edit.label == "More"


def test_what_is_kept_is_never_believed_unseen(home: object) -> None:
    hostile = {
        "columns": [1, None, "x" * 900, "Day"],
        "hidden": "Day",
        "widths": {"Day": -5, "Kind": "wide", "Note": 120, "Price": 10**9, "Shares": True},
        "order": {"column": ["Day"]},
        "filters": [
            1,
            {},
            {"column": "Kind"},
            {"column": "Kind", "among": ["a", 2]},
            {"column": "Day", "least": "1"},
        ],
        "problems": "yes",
    }
    keep("scenario", "table.transactions", hostile)
    layout, sifting = kept_layout("scenario", "transactions")
    assert layout == Layout(("Day",), frozenset(), {"Note": 120})
    assert sifting == Sifting(None, (Filter("Day", least="1"),), False)


def test_a_kept_filter_that_is_no_value_shows_all_lines(spoken: Session, qtbot: QtBot) -> None:
    sifting = Sifting(None, (Filter("Day", least="never"),))
    keep_layout(spoken.document.id, "transactions", Layout(), sifting)
    assert len(cells(ledger_of(spoken, qtbot), "Day")) == 3


def test_the_page_and_the_basis_are_found_again(window: MainWindow, qtbot: QtBot) -> None:
    from neocapgui.gui.view_keeping import ViewKeeping

    window.carry_out("page.prices")
    window.carry_out("lens.voting")
    assert window.session is not None
    assert window._workplace is not None
    window.session.lens = replace(window.session.lens, basis=window.session.lens.basis.__class__.OUTSTANDING)
    keeping = ViewKeeping(window.session, window._workplace)
    assert keeping.page == "prices"
    assert window.session.lens.basis == "voting"
