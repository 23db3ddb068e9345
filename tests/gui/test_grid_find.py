"""Rows 15, 18, 19 and 20 of the grid contract: sums, finding, sorting, columns; in three languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDateEdit, QLabel, QLineEdit, QListWidget, QToolButton, QWidget

from neocapgui.document.document import Document
from neocapgui.figures.sifted import Filter, Order, Sifting
from neocapgui.gui.locale_style import style_of
from neocapgui.gui.session import Session
from neocapgui.gui.tables.columns_dialog import ColumnsDialog
from neocapgui.gui.tables.filter_panel import FilterPanel
from neocapgui.gui.tables.find_bar import FindBar
from neocapgui.gui.tables.kept_layout import Layout, keep_layout, kept_layout
from neocapgui.gui.tables.replace_dialog import ReplaceDialog
from neocapgui.gui.tables.sift_line import SiftLine
from neocapgui.gui.tables.table_frame import TableFrame
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.views_kept import keep
from neocapgui.ledger.edits import correct
from tests.gui.conftest import ADA, BOB, acme_ledger
from tests.gui.grid_rows import holds
from tests.gui.pages import cells, column, point, type_in

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.figures.kinds import Style
    from neocapgui.gui.main_window import MainWindow

NONE, CONTROL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)

_HELD: list[TableFrame] = []  # what is on screen in a test


@pytest.fixture(params=["en_US", "de_CH", "fr_FR"])
def spoken(request: pytest.FixtureRequest, qapp: object) -> Iterator[Session]:
    """Acme, whose first issuance is of 1,234,567 shares, in one of three languages."""
    ledger = acme_ledger()
    first = ledger.transactions[0]
    session = Session(Document.create(ledger), style_of(QLocale(request.param)))
    session.do(correct("More", first, replace(first, quantity=Decimal(1_234_567))))
    yield session
    _HELD.clear()
    session.document.close()


def ledger_of(session: Session, qtbot: QtBot) -> TableView:
    """Return the ledger on screen with what stands around it, following the session."""
    from neocapgui.figures.facts_tables import transactions_table

    view = TableView(session, session.ask(transactions_table))
    frame = TableFrame(session, view)
    _HELD.append(frame)
    for signal in (session.edited, session.lens_changed):
        signal.connect(lambda: view.show_table(session.ask(transactions_table)))
    qtbot.addWidget(frame)
    frame.resize(1000, 420)
    with qtbot.waitExposed(frame):
        frame.show()
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    view.setFocus()
    return view


def around(view: TableView) -> TableFrame:
    frame = view.parentWidget()
    assert isinstance(frame, TableFrame)
    return frame


def said_above(view: TableView) -> list[str]:
    """Return what the line above a table says; nothing where it is not seen."""
    line = around(view).findChild(SiftLine)
    assert isinstance(line, SiftLine)
    if not line.isVisible():
        return []
    kinds: list[QToolButton | QLabel] = [*line.findChildren(QToolButton), *line.findChildren(QLabel)]
    return [one.text() for one in kinds if one.isVisible()]


def the(kind: type[QWidget], name: str, within: QWidget) -> QWidget:
    found = within.findChild(kind, name)
    assert found is not None
    return found


def grouped(number: str, style: Style) -> str:
    return number.replace(",", style.group_mark)


# Row 15: the selection


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


# Row 18: finding


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
    QTest.keyClicks(the(QLineEdit, "go_to.text", dialog), "bob")
    QTest.keyClick(the(QLineEdit, "go_to.text", dialog), Qt.Key.Key_Return)
    assert the(QWidget, "page.cap_table", window).isVisible()
    window.carry_out("edit.go_to")
    dialog = next(one for one in window.findChildren(QWidget, "dialog.go_to") if one.isVisible())
    QTest.keyClicks(the(QLineEdit, "go_to.text", dialog), "2022-01-01")
    QTest.keyClick(the(QLineEdit, "go_to.text", dialog), Qt.Key.Key_Return)
    assert window.session is not None
    assert window.session.lens.as_of.isoformat() == "2022-01-01"


# Row 19: sorting and filtering


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


# Row 20: columns


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
