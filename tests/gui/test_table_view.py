"""The table under the hands: typing, moving, summing, and what is told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QPixmap, QStatusTipEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from neocapgui.figures.cap_table import cap_table
from neocapgui.figures.facts_tables import stakeholders_table, transactions_table
from neocapgui.figures.grid.selected import figures_of, summary_of
from neocapgui.figures.kinds import PLAIN, Kind
from neocapgui.figures.tables import Column, Lines, Row, Table
from neocapgui.gui.tables.cell_editor import CellEditor
from neocapgui.gui.tables.column_widths import fitted, head_lines
from neocapgui.gui.tables.first_column import FirstColumn
from neocapgui.gui.tables.table_view import TableView
from tests.gui.hands import CONTROL, SHIFT, open_cell, place, press, type_text
from tests.gui.test_table_model import Question, column_of, line

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.session import Session


def view_of(session: Session, qtbot: QtBot, question: Question) -> TableView:
    """Return a table on screen that follows the session."""
    view = TableView(session, session.ask(question))
    for signal in (session.edited, session.lens_changed):
        signal.connect(lambda: view.show_table(session.ask(question)))
    qtbot.addWidget(view)
    view.resize(900, 400)
    with qtbot.waitExposed(view):
        view.show()
    return view


def test_a_table_has_its_stable_name(session: Session, qtbot: QtBot) -> None:
    assert view_of(session, qtbot, cap_table).objectName() == "table.cap_table"


def test_typing_replaces_and_enter_goes_down(session: Session, qtbot: QtBot) -> None:
    view = view_of(session, qtbot, stakeholders_table)
    view.point_at(0, 0)
    type_text(view, "Zoe")
    press(view, Qt.Key.Key_Return)
    assert session.ledger.stakeholders[1].name == "Zoe"
    assert place(view) == (1, 0)


def test_shift_enter_goes_up(session: Session, qtbot: QtBot) -> None:
    view = view_of(session, qtbot, stakeholders_table)
    view.point_at(1, 0)
    type_text(view, "Zoe")
    press(view, Qt.Key.Key_Return, SHIFT)
    assert place(view) == (0, 0)


def test_after_a_run_of_tabs_enter_returns_to_where_it_began(session: Session, qtbot: QtBot) -> None:
    view = view_of(session, qtbot, transactions_table)
    shares = column_of(view.table_model, "Shares")
    view.point_at(0, shares)
    type_text(view, "10")
    press(view, Qt.Key.Key_Tab)
    assert place(view) == (0, shares + 1)
    type_text(view, "2.50")
    press(view, Qt.Key.Key_Tab)
    assert place(view) == (0, shares + 2)
    press(view, Qt.Key.Key_Return)
    assert place(view) == (1, shares)


def test_f2_edits_with_the_caret_behind_the_text(session: Session, qtbot: QtBot) -> None:
    view = view_of(session, qtbot, stakeholders_table)
    view.point_at(0, 0)
    press(view, Qt.Key.Key_F2)
    editor = open_cell(view)
    assert editor is not None
    assert (editor.text(), editor.selectedText(), editor.cursorPosition()) == ("Ada", "", 3)
    QTest.keyClicks(editor, " L.")
    press(view, Qt.Key.Key_Return)
    assert session.ledger.stakeholders[1].name == "Ada L."


def test_escape_leaves_the_cell_as_it_was(session: Session, qtbot: QtBot) -> None:
    view = view_of(session, qtbot, stakeholders_table)
    view.point_at(0, 0)
    type_text(view, "Zoe")
    press(view, Qt.Key.Key_Escape)
    assert session.ledger.stakeholders[1].name == "Ada"
    assert line(view.table_model, 0)[0] == "Ada"


def test_refused_text_is_told_and_escape_gives_it_up(session: Session, qtbot: QtBot) -> None:
    view = view_of(session, qtbot, transactions_table)
    shares = column_of(view.table_model, "Shares")
    view.point_at(0, shares)
    with qtbot.waitSignal(view.refused):
        type_text(view, "many")
        press(view, Qt.Key.Key_Return)
    assert place(view) == (1, shares)
    view.point_at(0, shares)
    assert line(view.table_model, 0)[shares] == "many"
    press(view, Qt.Key.Key_Escape)
    assert line(view.table_model, 0)[shares] == "3,000"


def test_the_cursor_follows_a_new_line_to_its_place(session: Session, qtbot: QtBot) -> None:
    view = view_of(session, qtbot, stakeholders_table)
    view.point_at(2, 0)
    type_text(view, "Cora")
    press(view, Qt.Key.Key_Tab)
    assert place(view) == (2, 1)
    type_text(view, "individual")
    press(view, Qt.Key.Key_Return)
    assert session.ledger.stakeholders[3].kind == "individual"
    assert place(view) == (3, 0)
    assert view.table_model.is_blank(3)


def test_control_enter_fills_the_selection(session: Session, qtbot: QtBot) -> None:
    view = view_of(session, qtbot, transactions_table)
    shares = column_of(view.table_model, "Shares")
    view.point_at(0, shares)
    press(view, Qt.Key.Key_Down, SHIFT)
    type_text(view, "70")
    press(view, Qt.Key.Key_Return, CONTROL)
    assert [line(view.table_model, row)[shares] for row in (0, 1, 2)] == ["70", "70", "500"]
    assert len(session.history.done) == 1


def test_the_keys_of_spreadsheets_work(session: Session, qtbot: QtBot) -> None:
    view = view_of(session, qtbot, transactions_table)
    model = view.table_model
    view.point_at(0, 0)
    press(view, Qt.Key.Key_Down, CONTROL)
    assert place(view) == (model.rowCount() - 2, 0)
    view.point_at(1, 2)
    press(view, Qt.Key.Key_Space, SHIFT)
    assert len(view.selectedIndexes()) == model.columnCount()
    view.point_at(1, 2)
    press(view, Qt.Key.Key_Space, CONTROL)
    assert len(view.selectedIndexes()) == model.rowCount()
    view.point_at(0, column_of(model, "Shares"))
    press(view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "3000"
    press(view, Qt.Key.Key_Minus, CONTROL)
    assert len(session.ledger.transactions) == 2


def test_control_semicolon_types_today(session: Session, qtbot: QtBot) -> None:
    view = view_of(session, qtbot, transactions_table)
    view.point_at(2, 0)
    day_before = date.today()  # or the same one: this may be done at midnight
    press(view, Qt.Key.Key_Semicolon, CONTROL)
    assert {day_before, date.today()} & {entry.date for entry in session.ledger.transactions}


def test_choices_are_completed_from_any_part_of_a_name(session: Session, qtbot: QtBot) -> None:
    view = view_of(session, qtbot, transactions_table)
    view.point_at(0, column_of(view.table_model, "Stakeholder"))
    press(view, Qt.Key.Key_F2)
    editor = open_cell(view)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "ob")
    assert isinstance(editor, CellEditor)
    assert editor.offered == ["Bob"]


def test_a_selection_is_summed_for_the_status_bar(session: Session, qtbot: QtBot) -> None:
    told: list[str] = []

    class Listener(QWidget):
        def event(self, event: object) -> bool:
            if isinstance(event, QStatusTipEvent):
                told.append(event.tip())
                return True
            return super().event(event)  # type: ignore[arg-type]

    around = Listener()
    qtbot.addWidget(around)
    view = TableView(session, session.ask(cap_table))
    QVBoxLayout(around).addWidget(view)
    view.point_at(0, 1)
    assert told[-1] == "Value 2,500"
    press(view, Qt.Key.Key_Down, SHIFT)
    assert told[-1] == "Count 2  ·  Sum 4,000  ·  Average 2,000  ·  Min 1,500  ·  Max 2,500"


def test_figures_of_different_kinds_are_not_added() -> None:
    cells = [(Column("Shares", Kind.SHARES), 5), (Column("Price", Kind.PRICE), 3)]
    assert [(one.name, one.shown) for one in figures_of(summary_of(cells), PLAIN)] == [("Count", "2")]


def test_the_line_that_was_pointed_at_stays_pointed_at(session: Session, qtbot: QtBot) -> None:
    view = view_of(session, qtbot, cap_table)
    view.point_at(1, 1)
    session.look_on(date(2022, 1, 2))
    session.look_on(date(2022, 3, 3))
    here = view.table_model.row(view.currentIndex().row())
    assert here is not None
    assert here.cells[0] == "Bob"


def test_no_figure_is_ever_cut(session: Session, qtbot: QtBot) -> None:
    view = view_of(session, qtbot, cap_table)
    view.resize(200, 300)
    metrics = view.fontMetrics()
    for row in range(view.table_model.rowCount()):
        for column in range(1, view.table_model.columnCount()):
            text = view.table_model.text(row, column)
            assert metrics.horizontalAdvance(text) <= view.columnWidth(column) - 12
    view.setColumnWidth(1, 10)
    assert view.columnWidth(1) > metrics.horizontalAdvance("4,000")


def test_columns_share_the_room_of_the_view() -> None:
    columns = (
        Column("Name", Kind.TEXT),
        Column("Shares", Kind.SHARES),
        Column("Stake %", Kind.STAKE, has_bar=True),
    )
    widths, bar = fitted(columns, [120, 80, 70], 800)
    assert sum(widths) == 800
    assert (widths[1], bar) == (80, 112)
    widths, bar = fitted(columns, [300, 80, 70], 440)
    assert (sum(widths), bar) == (440, 64)


def test_bars_are_shorter_before_a_text_is_cut_and_the_longest_text_is_cut_first() -> None:
    columns = (
        Column("Severity", Kind.TEXT),
        Column("Rule", Kind.TEXT),
        Column("Finding", Kind.TEXT),
        Column("Stake %", Kind.STAKE, has_bar=True),
    )
    assert fitted(columns, [80, 110, 400, 80], 740) == ([81, 111, 404, 144], 64)
    assert fitted(columns, [80, 110, 400, 80], 600) == ([80, 110, 266, 144], 64)
    assert fitted(columns, [80, 110, 400, 80], 430) == ([80, 103, 103, 144], 64)


def test_a_long_head_takes_two_lines_of_about_one_length() -> None:
    assert head_lines("Stakeholder") == ("Stakeholder",)
    assert head_lines("As-converted shares") == ("As-converted", "shares")


def test_the_first_column_stays_in_sight_when_the_others_are_scrolled(session: Session, qtbot: QtBot) -> None:
    wide = Table(
        "wide",
        "Wide",
        (Column("Name", Kind.TEXT), *(Column(f"Number {n}", Kind.SHARES) for n in range(30))),
        [Row(("Ada", *range(1_000_000, 1_000_030)))],
    )
    view = TableView(session, wide)
    qtbot.addWidget(view)
    view.resize(500, 200)
    view.show()
    view.point_at(0, 25)
    assert view.horizontalScrollBar().value() > 0
    first = view.findChild(FirstColumn)
    assert isinstance(first, FirstColumn)
    assert first.isVisible()
    assert view.visualRect(view.currentIndex()).left() >= first.width()
    lefts = [view.columnViewportPosition(number) for number in range(1, 31)]
    assert first.width() in lefts  # what follows it is a whole column, whichever way one came
    view.point_at(0, 8)
    lefts = [view.columnViewportPosition(number) for number in range(1, 31)]
    assert lefts[7] == first.width()
    view.point_at(0, 1)
    assert view.horizontalScrollBar().value() == 0
    view.horizontalScrollBar().setValue(0)
    assert not first.isVisible()


def test_the_current_line_stays_in_sight_when_the_view_becomes_lower(session: Session, qtbot: QtBot) -> None:
    lines = [Row((f"Line {number}", number)) for number in range(100)]
    view = TableView(
        session, Table("many", "Many", (Column("Name", Kind.TEXT), Column("Shares", Kind.SHARES)), lines)
    )
    qtbot.addWidget(view)
    view.resize(400, 500)
    view.show()
    view.point_at(60)
    for high in (300, 200, 320):
        view.resize(400, high)
        seen = view.visualRect(view.currentIndex())
        assert view.viewport().rect().contains(seen.adjusted(0, 0, -1, 0))
    view.verticalScrollBar().setValue(0)  # who looks elsewhere is not brought back
    view.resize(400, 180)
    assert view.verticalScrollBar().value() == 0


def test_a_large_table_makes_only_the_lines_that_are_seen(session: Session, qtbot: QtBot) -> None:
    made: list[int] = []

    def row(number: int) -> Row:
        made.append(number)
        return Row((f"Line {number}", number))

    columns = (Column("Name", Kind.TEXT), Column("Shares", Kind.SHARES))
    table = Table("many", "Many", columns, Lines(range(100_000), row))
    view = TableView(session, table)
    qtbot.addWidget(view)
    view.resize(600, 600)
    view.render(QPixmap(600, 600), QPoint())
    view.scrollToBottom()
    view.render(QPixmap(600, 600), QPoint())
    assert len(made) < 400


@pytest.mark.parametrize("question", [cap_table, stakeholders_table])
def test_a_table_is_drawn(session: Session, qtbot: QtBot, question: Question) -> None:
    assert not view_of(session, qtbot, question).grab().isNull()
