"""Sums of a selection, and what is found and replaced in a table; in three languages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDateEdit, QLabel, QLineEdit, QToolButton, QWidget

from neocapgui.figures.grid.sifted import Filter, Sifting
from neocapgui.figures.kinds import Kind, shown
from neocapgui.gui.session import Session
from neocapgui.gui.tables.find_bar import FindBar
from neocapgui.gui.tables.replace_dialog import ReplaceDialog
from neocapgui.gui.tables.table_frame import TableFrame
from neocapgui.gui.tables.table_view import TableView
from tests.gui.frames import around, grouped, ledger_of, the
from tests.gui.grid_rows import holds
from tests.gui.hands import CONTROL, NONE, SHIFT
from tests.gui.pages import cells, column, point, type_in

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.main_window import MainWindow


def test_the_status_bar_counts_and_sums_and_a_click_copies(window: MainWindow) -> None:
    window.carry_out("page.transactions")
    view = the(TableView, "table.transactions", window)
    assert isinstance(view, TableView)
    view.setFocus()
    point(view, 0, "Shares")
    QTest.keyClick(view, Qt.Key.Key_Space, CONTROL)
    texts = {
        name: the(QToolButton, f"status.{name}", window) for name in ("count", "sum", "average", "min", "max")
    }
    assert [one.text() for one in texts.values() if isinstance(one, QToolButton)] == [
        "Count 3",
        "Sum 4,500",
        "Average 1,500",
        "Min 500",
        "Max 3,000",
    ]
    QTest.mouseClick(texts["sum"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "4500"


@holds(15)
def test_sums_are_written_in_the_language_and_copied_without_marks(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    told: list[str] = []
    view.summed.connect(told.append)
    point(view, 0, "Shares")
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert told[-1].split("  ·  ")[:2] == ["Count 2", f"Sum {grouped('1,235,567', spoken.style)}"]


def test_only_lines_that_are_seen_are_summed(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    told: list[str] = []
    view.summed.connect(told.append)
    view.shown.sift(Sifting(filters=(Filter("Kind", among=frozenset({"Issuance"})),)))
    point(view, 0, "Shares")
    QTest.keyClick(view, Qt.Key.Key_Space, CONTROL)
    assert told[-1].startswith("Count 2  ·  ")


def find_bar(view: TableView) -> FindBar:
    bar = around(view).findChild(FindBar)
    assert isinstance(bar, FindBar)
    return bar


def count_of(view: TableView) -> str:
    label = the(QLabel, "find.count", find_bar(view))
    assert isinstance(label, QLabel)
    return label.text()


@holds(18)
def test_a_figure_is_found_without_its_group_marks(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    point(view, 2, "Day")
    find_bar(view).open()
    QTest.keyClicks(the(QLineEdit, "find.text", find_bar(view)), "1234567")
    assert (view.currentIndex().row(), view.currentIndex().column()) == (0, column(view, "Shares"))
    assert count_of(view) == "1 of 1"
    assert view.table_model.is_hit(0, column(view, "Shares"))


def test_a_day_is_found_however_it_is_typed(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    find_bar(view).open()
    QTest.keyClicks(the(QLineEdit, "find.text", find_bar(view)), "2022-03-03")
    assert view.currentIndex().row() == 2
    assert count_of(view) == "1 of 1"


def test_enter_goes_on_and_round_and_escape_gives_the_focus_back(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    point(view, 0, "Day")
    find_bar(view).open()
    field = the(QLineEdit, "find.text", find_bar(view))
    QTest.keyClicks(field, "bob")
    counts = [count_of(view)]
    for held in (NONE, NONE, SHIFT):
        QTest.keyClick(field, Qt.Key.Key_Return, held)
        counts.append(count_of(view))
    assert counts == ["1 of 2", "2 of 2", "1 of 2", "2 of 2"]
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not find_bar(view).isVisible()
    assert view.hasFocus()
    assert not view.table_model.is_hit(1, column(view, "Stakeholder"))


def test_case_whole_cells_and_one_column_narrow_the_search(spoken: Session, qtbot: QtBot) -> None:
    view, counts = ledger_of(spoken, qtbot), []
    bar = find_bar(view)
    point(view, 0, "Kind")
    bar.open()
    QTest.keyClicks(the(QLineEdit, "find.text", bar), "o")
    for name in ("column", "whole", "case"):
        before = count_of(view)
        QTest.mouseClick(the(QWidget, f"find.{name}", bar), Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
        counts.append((before, count_of(view)))
    assert counts[1][1] == "Not found"


@holds(18)
def test_replacing_shows_every_change_first_and_is_one_step(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    type_in(view, 0, "Note", "founder's lot")
    type_in(view, 1, "Note", "the Founder's other lot")
    before = len(spoken.history.done)
    bar = find_bar(view)
    bar.open(True)
    QTest.keyClicks(the(QLineEdit, "find.text", bar), "founder")
    QTest.keyClicks(the(QLineEdit, "replace.text", bar), "holder")
    QTest.keyClick(the(QLineEdit, "replace.text", bar), Qt.Key.Key_Return)
    dialog = around(view).window().findChild(ReplaceDialog)
    assert isinstance(dialog, ReplaceDialog)
    preview = dialog.findChild(TableView)
    assert isinstance(preview, TableView)
    assert cells(preview, "Before") == ["founder's lot", "the Founder's other lot"]
    assert cells(preview, "After") == ["holder's lot", "the holder's other lot"]
    assert len(spoken.history.done) == before
    dialog.accept()
    assert cells(view, "Note")[:2] == ["holder's lot", "the holder's other lot"]
    assert len(spoken.history.done) == before + 1
    spoken.undo()
    assert cells(view, "Note")[:2] == ["founder's lot", "the Founder's other lot"]


def test_what_would_be_no_value_stays_and_says_why(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    bar = find_bar(view)
    bar.open(True)
    QTest.keyClicks(the(QLineEdit, "find.text", bar), "1000")
    QTest.keyClicks(the(QLineEdit, "replace.text", bar), "many")
    QTest.keyClick(the(QLineEdit, "replace.text", bar), Qt.Key.Key_Return)
    dialog = around(view).window().findChild(ReplaceDialog)
    assert isinstance(dialog, ReplaceDialog)
    preview = dialog.findChild(TableView)
    assert isinstance(preview, TableView)
    assert "is not a number" in cells(preview, "Stays, because")[0]
    assert not the(QWidget, "replace.do", dialog).isEnabled()
    dialog.reject()


def test_the_keys_of_finding_reach_the_table_in_front(window: MainWindow) -> None:
    window.carry_out("page.transactions")
    window.carry_out("edit.find")
    frame = next(one for one in window.findChildren(TableFrame) if one.isVisible())
    field = the(QLineEdit, "find.text", frame)
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, "transfer")
    assert frame.view.currentIndex().row() == 2
    window.carry_out("lens.go_to_date")
    assert the(QDateEdit, "as_of", window).hasFocus()


def test_going_to_a_holder_and_to_a_day(window: MainWindow) -> None:
    window.carry_out("edit.go_to")
    dialog = the(QWidget, "dialog.go_to", window)
    field = the(QLineEdit, "go_to.text", dialog)
    assert isinstance(field, QLineEdit)
    assert window.session is not None
    example = shown(Kind.DATE, date(2001, 8, 31), window.session.style)
    assert field.placeholderText() == f"A part of a name, a figure, or {example}"
    QTest.keyClicks(the(QLineEdit, "go_to.text", dialog), "bob")
    QTest.keyClick(the(QLineEdit, "go_to.text", dialog), Qt.Key.Key_Return)
    assert the(QWidget, "page.cap_table", window).isVisible()
    window.carry_out("edit.go_to")
    dialog = next(one for one in window.findChildren(QWidget, "dialog.go_to") if one.isVisible())
    QTest.keyClicks(the(QLineEdit, "go_to.text", dialog), "2022-01-01")
    QTest.keyClick(the(QLineEdit, "go_to.text", dialog), Qt.Key.Key_Return)
    assert window.session is not None
    assert window.session.lens.as_of.isoformat() == "2022-01-01"
