"""F4 on a figure: the tree of where it comes from, by keyboard, down to the entries."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from neocapgui.engine.finding import Place
from neocapgui.figures.charts.stacked import By, Unit
from neocapgui.figures.kinds import Kind, day_text
from neocapgui.figures.origins.explained import explained
from neocapgui.figures.origins.origin import SUM, Origin, every
from neocapgui.gui.app import Program
from neocapgui.gui.charts.ownership_chart import OwnershipChart
from neocapgui.gui.dialogs.explain_dialog import ExplainDialog
from neocapgui.gui.explaining import (
    EMPTY_CELL,
    NOT_CALCULATED,
    NOTHING_HERE,
    NOTHING_READ,
    PUT_TOGETHER,
    origin_at,
)
from neocapgui.gui.main_window import MainWindow
from neocapgui.gui.panels.group_tree import GroupTree
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.widgets.card_grid import CardFrame
from tests.gui.pages import choose, column, point, shown, table, type_in


def stake(session: Session) -> Origin:
    found = explained(session.ledger, session.lens, "group", (1, 2), "Direct %", session.style)
    assert found is not None
    return found


def opened(session: Session, qtbot: QtBot) -> ExplainDialog:
    dialog = ExplainDialog(stake(session), session.style)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def tree(dialog: QWidget) -> QTreeWidget:
    found = dialog.findChild(QTreeWidget, "explain.tree")
    assert isinstance(found, QTreeWidget)
    return found


def test_the_stake_stands_above_its_division_and_all_its_addends(neo: Session, qtbot: QtBot) -> None:
    dialog = opened(neo, qtbot)
    labels = [label.text() for label in dialog.findChildren(QLabel)]
    assert "89.18 %" in labels
    assert any(text.startswith("1,030,555 / 1,155,555") for text in labels)
    top = tree(dialog).topLevelItem(0)
    assert top is not None
    parts = [child for place in range(top.childCount()) if (child := top.child(place)) is not None]
    assert [part.text(1) for part in parts] == ["1,030,555", "1,155,555"]
    spoken = "1,030,555, NeoTherapeutics, Inc., shares as converted, 875,000 + 111,110 + 44,445"
    assert parts[0].data(0, Qt.ItemDataRole.AccessibleTextRole) == spoken


def test_long_names_have_room_and_are_read_in_full_in_a_tip(neo: Session, qtbot: QtBot) -> None:
    name = "A name of a step so long that no column has room for all of it, " * 4
    deep = Origin("Step", Fraction(1), Kind.STAKE, SUM, (Origin(name, Fraction(1), Kind.STAKE, SUM),))
    long = ExplainDialog(Origin("All", Fraction(1), Kind.STAKE, SUM, (deep, deep)), neo.style)
    short = ExplainDialog(Origin("All", Fraction(1), Kind.STAKE, SUM), neo.style)
    for dialog in (long, short):
        qtbot.addWidget(dialog)
    short.show()
    long.show()
    steps = tree(long)
    top = steps.topLevelItem(0)
    assert top is not None
    before = steps.columnWidth(0)
    parts = [child for place in range(2) if (child := top.child(place)) is not None]
    for part in parts:
        part.setExpanded(True)
    room = steps.viewport().width()
    assert tree(short).columnWidth(0) == tree(short).viewport().width() * 42 // 100
    assert before <= steps.columnWidth(0) == room * 58 // 100
    qtbot.waitUntil(lambda: not steps.horizontalScrollBar().isVisible())
    last = parts[0].child(0)
    assert last is not None
    assert [last.toolTip(column) for column in (0, 1)] == [name, "100.00 %"]


def test_columns_that_were_drawn_by_hand_stay_as_they_are(neo: Session, qtbot: QtBot) -> None:
    dialog = opened(neo, qtbot)
    steps = tree(dialog)
    steps.header().resizeSection(0, 333)
    dialog.resize(700, 400)
    steps.expandAll()
    assert steps.columnWidth(0) == 333


def test_an_entry_is_gone_to_by_keyboard(neo: Session, qtbot: QtBot) -> None:
    dialog = opened(neo, qtbot)
    gone: list[Place] = []
    dialog.went_to.connect(gone.append)
    shown_tree = tree(dialog)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(shown_tree, key)
    first = next(one for one in every(stake(neo)) if one.place is not None)
    assert gone == [first.place]
    assert isinstance(first.place, Place)
    assert first.place.table == "transactions"


def test_a_step_that_is_calculated_leads_nowhere_by_itself(neo: Session, qtbot: QtBot) -> None:
    dialog = opened(neo, qtbot)
    go = dialog.findChild(QPushButton, "explain.go")
    assert isinstance(go, QPushButton)
    assert not go.isEnabled()
    assert go.toolTip() == "This step is calculated: its parts lead to entries."


def test_the_tree_is_copied_as_text(neo: Session, qtbot: QtBot) -> None:
    dialog = opened(neo, qtbot)
    copy = dialog.findChild(QPushButton, "explain.copy")
    assert isinstance(copy, QPushButton)
    copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("89.18 %  Stake of NeoTherapeutics, Inc. in NeoGene Technologies, Inc.")
    assert any(
        "55,555  13 Aug 2001  transfer of Series A Convertible Preferred Stock" in one for one in lines
    )


def title_at(session: Session, view: TableView) -> str:
    found = origin_at(session, view)
    return found if isinstance(found, str) else found.title


def test_cells_of_every_sort_are_explained_where_they_stand(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "group")
    view = table(stack, "group")
    point(view, 0, "Direct %")
    assert title_at(neo, view) == "Stake of NeoTherapeutics, Inc. in NeoGene Technologies, Inc."
    point(view, 0, "Company")
    assert title_at(neo, view) == NOT_CALCULATED
    choose(stack, "companies")
    companies = table(stack, "issuers")
    point(companies, 0, "Company")
    assert title_at(neo, companies).startswith("Company of NeoTherapeutics")
    point(companies, len(companies.table_model.table.rows), "Company")
    assert title_at(neo, companies) == EMPTY_CELL
    assert origin_at(neo, stack) == NOTHING_HERE


def test_a_typed_cell_names_the_edit_that_wrote_it(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "prices")
    view = table(stack, "prices")
    assert type_in(view, 0, "Source", "Nasdaq, closing list")
    point(view, 0, "Source")
    found = origin_at(neo, view)
    assert isinstance(found, Origin)
    assert found.value == "Nasdaq, closing list"
    assert found.note.startswith("typed, edit 1 of ")


def test_a_card_is_explained_by_the_table_it_is_taken_from(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "overview")
    cards = {one.card.title: one for one in stack.findChildren(CardFrame) if one.card is not None}
    found = origin_at(neo, cards["Common Stock outstanding"])
    assert isinstance(found, Origin)
    assert found.value == 21_260_816
    assert cards["Common Stock outstanding"].focusPolicy() & Qt.FocusPolicy.TabFocus
    held = table(stack, "held_companies")
    point(held, 0, "Direct %")
    found = origin_at(neo, held)
    assert isinstance(found, Origin)
    assert found.value == stake(neo).value
    assert origin_at(neo, cards["Status"]) == NOT_CALCULATED


def test_the_percentage_of_a_company_in_the_group_tree_is_explained(neo: Session, qtbot: QtBot) -> None:
    group = GroupTree(neo)
    qtbot.addWidget(group)
    lines = group.findChild(QTreeWidget, "group")
    assert isinstance(lines, QTreeWidget)
    assert origin_at(neo, lines) == NOT_CALCULATED  # the top company
    top = lines.topLevelItem(0)
    assert top is not None
    assert top.isFirstColumnSpanned()  # which has no percentage that its name must make room for
    assert (below := top.child(0)) is not None
    assert not below.isFirstColumnSpanned()
    assert [one.isHidden() for one in group.findChildren(QLabel) if one.text() == "%"] == [False]
    QTest.keyClick(lines, Qt.Key.Key_Down)
    found = origin_at(neo, lines)
    assert isinstance(found, Origin)
    assert found.value == stake(neo).value
    assert found.title.endswith("NeoTherapeutics, Inc. in NeoGene Technologies, Inc.")


def test_a_finding_is_explained_by_the_figures_it_compares(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "findings")
    view = table(stack, "findings")
    point(view, 0, "Finding")
    found = origin_at(neo, view)
    assert isinstance(found, Origin)
    assert found.note == "Rule: No more shares of a class are issued than its charter authorizes on that day."
    assert found.parts[0].title == "Common Stock, available"


def test_f4_opens_the_explanation_and_a_cell_without_one_says_why(window: MainWindow, qtbot: QtBot) -> None:
    command = window.findChild(QAction, "view.explain")
    assert isinstance(command, QAction)
    assert [key.toString() for key in command.shortcuts()] == ["F4", "Ctrl+Shift+E"]
    window.carry_out("page.cap_table")
    view = window.findChild(TableView, "table.cap_table")
    assert isinstance(view, TableView)
    view.point_at(0, column(view, "Stake %"))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_F4)
    dialog = window.findChild(ExplainDialog)
    assert isinstance(dialog, ExplainDialog)
    assert tree(dialog).topLevelItem(0) is not None
    dialog.reject()
    view.point_at(0, 0)
    view.setFocus()
    window.carry_out("view.explain")
    said = window.findChild(QLabel, "status.message")
    assert isinstance(said, QLabel)
    assert said.text() == NOT_CALCULATED


def test_from_the_group_page_the_keyboard_leads_to_the_transaction(
    program: Program, neo: Session, qtbot: QtBot
) -> None:
    window = program.open_window()
    window.resize(1024, 700)
    window.show_document(neo.document)
    window.settle()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.session is not None
    window.session.look_on(date(2001, 8, 31))
    window.carry_out("page.group")
    view = window.focusWidget()
    assert isinstance(view, TableView)
    assert view.objectName() == "table.group"
    while view.currentIndex().column() < column(view, "Direct %"):
        QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.table_model.text(0, column(view, "Direct %")) == "89.18"
    QTest.keyClick(view, Qt.Key.Key_F4)
    dialog = window.findChild(ExplainDialog)
    assert isinstance(dialog, ExplainDialog)
    lines = tree(dialog)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(lines, key)
    assert not dialog.isVisible()
    transactions = window.findChild(TableView, "table.transactions")
    assert isinstance(transactions, TableView)
    assert transactions.isVisible()
    here = transactions.table_model
    assert here.text(transactions.currentIndex().row(), column(transactions, "Day")) == "1 Oct 1999"
    assert here.text(transactions.currentIndex().row(), column(transactions, "Shares")) == "875,000"


def test_what_a_chart_reads_out_is_explained_on_the_day_it_is_read(neo: Session, qtbot: QtBot) -> None:
    neo.look_at(2)
    chart = OwnershipChart(neo)
    qtbot.addWidget(chart)
    chart.resize(640, 360)
    chart.show()
    qtbot.waitUntil(lambda: chart.stacked is not None)
    assert chart.stacked is not None
    assert origin_at(neo, chart.stacked) == NOTHING_READ
    chart.stacked.point_at(0, 0)
    found = origin_at(neo, chart.stacked)
    assert isinstance(found, Origin)
    assert found.value == chart.chart.course.stake(0, 0)
    assert day_text(chart.chart.days[0]) in found.note


def test_what_is_put_together_for_a_chart_is_not_explained_as_something_else(
    neo: Session, qtbot: QtBot
) -> None:
    chart = OwnershipChart(neo)
    qtbot.addWidget(chart)
    chart.resize(640, 360)
    chart.show()
    qtbot.waitUntil(lambda: chart.stacked is not None)

    def explained_now() -> Origin | str:
        assert chart.stacked is not None
        chart.stacked.point_at(0, 0)
        return origin_at(neo, chart.stacked)

    chart.show_bands(By.CLASS)
    assert explained_now() == PUT_TOGETHER
    chart.show_bands(By.HOLDER)
    chart.look_through(True)
    assert explained_now() == PUT_TOGETHER
    chart.look_through(False)
    chart.measure_in(Unit.SHARES)
    chart.restate(True)
    assert explained_now() == PUT_TOGETHER
    chart.restate(False)
    assert isinstance(explained_now(), Origin)
