"""Tables sorted and filtered for the eye; edits hit the right facts all the same; in three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QToolButton

from neocapgui.figures.grid.sifted import Filter, Order, Sifting
from neocapgui.gui.session import Session
from neocapgui.gui.tables.filter_panel import FilterPanel
from neocapgui.gui.tables.table_view import TableView
from tests.gui.conftest import ADA, BOB
from tests.gui.frames import around, grouped, ledger_of, said_above, the
from tests.gui.grid_rows import holds
from tests.gui.hands import SHIFT
from tests.gui.pages import cells, column, point, type_in

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.main_window import MainWindow


def click_head(view: TableView, title: str) -> None:
    head, place = view.horizontalHeader(), column(view, title)
    view.scrollTo(view.table_model.index(0, place))
    across = head.sectionViewportPosition(place) + head.sectionSize(place) // 2
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(across, 10))


@holds(19)
def test_a_click_on_a_head_sorts_and_the_third_stores_nothing(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    before = spoken.ledger
    counts = [cells(view, "Shares")]
    for _ in range(3):
        click_head(view, "Shares")
        counts.append(cells(view, "Shares"))
    large, thousand = grouped("1,234,567", spoken.style), grouped("1,000", spoken.style)
    assert counts == [
        [large, thousand, "500"],
        ["500", thousand, large],
        [large, thousand, "500"],
        [large, thousand, "500"],
    ]
    assert spoken.ledger is before


def test_the_order_is_shown_at_the_head_and_above_the_table(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    assert said_above(view) == []
    click_head(view, "Shares")
    assert "Sorted by Shares, rising  ×" in said_above(view)
    QTest.mouseClick(the(QToolButton, "sifting.chip", around(view)), Qt.MouseButton.LeftButton)
    assert said_above(view) == []
    assert view.hasFocus()


def test_an_edit_in_a_sorted_and_filtered_table_hits_the_right_fact(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    view.shown.sift(Sifting(Order("Shares"), (Filter("Kind", contains="issu"),)))
    assert cells(view, "Stakeholder") == ["Bob", "Ada"]
    assert type_in(view, 0, "Certificate", "C-7")
    assert [one.certificate for one in spoken.ledger.transactions] == ["", "C-7", ""]
    assert type_in(view, 1, "Stakeholder", "Bob")
    assert [one.stakeholder for one in spoken.ledger.transactions] == [BOB, BOB, ADA]


def test_cells_are_filled_and_cleared_only_in_lines_that_are_seen(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    for row in range(3):
        type_in(view, row, "Note", f"note {row}")
    view.shown.sift(Sifting(Order("Day", True), (Filter("Stakeholder", among=frozenset({"Ada"})),)))
    point(view, 0, "Note")
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    view.commands.fill_down()
    assert [one.note for one in spoken.ledger.transactions] == ["note 2", "note 1", "note 2"]


def test_a_line_that_no_longer_fits_stays_until_the_filter_is_applied_again(
    spoken: Session, qtbot: QtBot
) -> None:
    view = ledger_of(spoken, qtbot)
    view.shown.sift(Sifting(filters=(Filter("Stakeholder", among=frozenset({"Ada"})),)))
    assert type_in(view, 0, "Stakeholder", "Bob")
    assert cells(view, "Stakeholder") == ["Bob", "Ada"]
    assert "Apply again" in said_above(view)
    QTest.mouseClick(the(QToolButton, "sifting.again", around(view)), Qt.MouseButton.LeftButton)
    assert cells(view, "Stakeholder") == ["Ada"]


def test_a_new_line_is_seen_although_the_filter_leaves_it_out(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    view.shown.sift(Sifting(Order("Shares", True), (Filter("Kind", among=frozenset({"Transfer"})),)))
    assert len(cells(view, "Kind")) == 1
    assert type_in(view, 1, "Shares", "77")
    assert cells(view, "Shares") == ["500", "77"]
    assert type_in(view, 1, "Stakeholder", "Bob")
    assert spoken.ledger.transactions[-1].stakeholder == BOB
    assert len(spoken.ledger.transactions) == 4


def test_refused_text_is_kept_under_a_filter_and_found_by_show_problems(
    spoken: Session, qtbot: QtBot
) -> None:
    view = ledger_of(spoken, qtbot)
    assert not type_in(view, 1, "Shares", "many")
    view.shown.sift(Sifting(filters=(Filter("Kind", among=frozenset({"Transfer"})),)))
    view.heads.show_problems()
    assert said_above(view)[-1] == "0 of 3 lines"
    view.shown.sift(Sifting(problems=True))
    assert cells(view, "Shares") == ["many"]
    view.shown.sift(Sifting())
    assert cells(view, "Shares")[1] == "many"


def panel_of(view: TableView, title: str) -> FilterPanel:
    view.heads.ask_filter(column(view, title))
    panels = [one for one in view.window().findChildren(FilterPanel) if one.isVisible()]
    assert len(panels) == 1
    return panels[0]


def test_the_panel_filters_by_a_range_of_figures_as_the_language_writes_them(
    spoken: Session, qtbot: QtBot
) -> None:
    view = ledger_of(spoken, qtbot)
    panel = panel_of(view, "Shares")
    least = the(QLineEdit, "filter.least", panel)
    assert isinstance(least, QLineEdit)
    least.setText(grouped("1,000", spoken.style))
    QTest.keyClick(least, Qt.Key.Key_Return)
    assert len(cells(view, "Shares")) == 2
    assert "2 of 3 lines" in said_above(view)


def test_a_range_that_is_none_is_told_and_the_panel_stays(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    panel = panel_of(view, "Shares")
    QTest.keyClicks(the(QLineEdit, "filter.least", panel), "many")
    QTest.keyClick(panel, Qt.Key.Key_Return)
    assert panel.isVisible()
    assert any("is not a number" in label.text() for label in panel.findChildren(QLabel))
    panel.close()


def test_the_panel_lists_what_there_is_with_counts(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    panel = panel_of(view, "Kind")
    choices = the(QListWidget, "filter.choices", panel)
    assert isinstance(choices, QListWidget)
    assert [choices.item(place).text() for place in range(choices.count())] == [
        "Issuance  (2)",
        "Transfer  (1)",
    ]
    choices.item(0).setCheckState(Qt.CheckState.Unchecked)
    panel.apply()
    assert cells(view, "Kind") == ["Transfer"]
    assert "Kind is Transfer  ×" in said_above(view)
    assert "1 of 3 lines" in said_above(view)


def test_blank_cells_can_be_asked_for(spoken: Session, qtbot: QtBot) -> None:
    view = ledger_of(spoken, qtbot)
    view.shown.sift(Sifting(filters=(Filter("Counterparty", is_blank=True),)))
    assert cells(view, "Kind") == ["Issuance", "Issuance"]


def test_going_to_an_entry_that_is_filtered_out_takes_the_filter_away(window: MainWindow) -> None:
    from neocapgui.engine.finding import Place

    window.carry_out("page.transactions")
    view = the(TableView, "table.transactions", window)
    assert isinstance(view, TableView)
    view.shown.sift(Sifting(filters=(Filter("Kind", among=frozenset({"Transfer"})),)))
    assert window._workplace is not None
    window._workplace.go_to(Place("transactions", 2, "quantity"))
    assert view.currentIndex().row() == 1
    assert not view.shown.active.hides
