"""A day whose figures take long: the handle moves at once, what is seen says it is behind and follows."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from neocapgui.document.document import Document
from neocapgui.engine.finding import Place
from neocapgui.engine.group import tree
from neocapgui.engine.lens import Lens
from neocapgui.figures.cap_table import cap_table
from neocapgui.figures.charts.bridge import chosen_bridge_table
from neocapgui.figures.charts.stacked import Chart, ownership_chart
from neocapgui.figures.grid.sifted import Order, Sifting
from neocapgui.figures.kinds import PLAIN
from neocapgui.figures.overview import overview
from neocapgui.gui.pages.charts_page import ChartsPage
from neocapgui.gui.panels.as_of_field import AsOfField
from neocapgui.gui.panels.behind import Veil
from neocapgui.gui.panels.page_stack import PageStack
from neocapgui.gui.panels.timeline_bar import TimelineBar
from neocapgui.gui.panels.workplace import Workplace
from neocapgui.gui.session import Session
from neocapgui.gui.tables.fact_places import NEW
from neocapgui.gui.tables.table_view import TableView
from neocapgui.ledger.edits import correct
from neocapgui.ledger.ledger import Ledger
from tests.benchmarks.large_scenario import large_scenario
from tests.gui.keyboard import type_keys

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.main_window import MainWindow

LARGE = large_scenario(12_000)
DAY = date(2015, 6, 30)


class Slowly:
    """A question that can be held up; it answers with the day it is asked about."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.free.set()
        self.begun = threading.Event()
        self.days: list[date] = []

    def __call__(self, ledger: Ledger, lens: Lens) -> date:
        self.days.append(lens.as_of)
        self.begun.set()
        self.free.wait(60)
        return lens.as_of

    def hold(self) -> None:
        self.begun.clear()
        self.free.clear()
        self.days.clear()


@pytest.fixture
def slowly() -> Iterator[Slowly]:
    question = Slowly()
    yield question
    question.free.set()


@pytest.fixture
def large(qapp: object) -> Iterator[Session]:
    session = Session(Document.create(LARGE), PLAIN)
    session.look_on(DAY)
    yield session
    session.document.close()


@pytest.fixture
def window(program: Any, qtbot: QtBot, slowly: Slowly) -> MainWindow:
    """A window with a large scenario, on a page that asks a question that can be held up."""
    window: MainWindow = program.open_window()
    window.resize(1440, 900)
    window.show_document(Document.create(LARGE))
    window.settle()
    window.carry_out("page.cap_table")
    session = shown(window)
    session.look_on(DAY)
    session.lens_changed.connect(lambda: session.ask(slowly))
    session.ask(slowly)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def shown(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def timeline_of(window: MainWindow) -> TimelineBar:
    found = window.findChild(TimelineBar)
    assert isinstance(found, TimelineBar)
    return found


def veils(window: MainWindow) -> list[Veil]:
    return [veil for veil in window.findChildren(Veil) if veil.isVisible()]


def drag(window: MainWindow, qtbot: QtBot, *days: date) -> None:
    """Let the handle be on some days, one after another, each in a turn of the event loop of its own."""
    for day in days:
        with qtbot.waitSignal(shown(window).wished):
            timeline_of(window).setValue(day.toordinal())


def test_the_handle_moves_at_once_and_the_figures_follow(
    window: MainWindow, qtbot: QtBot, slowly: Slowly
) -> None:
    session, later = shown(window), DAY + timedelta(40)
    field = window.findChild(AsOfField)
    assert isinstance(field, AsOfField)
    slowly.hold()
    drag(window, qtbot, later)
    assert timeline_of(window).day == field.date().toPython() == later
    assert (session.lens.as_of, session.wish.as_of, session.is_behind) == (DAY, later, True)
    slowly.free.set()
    qtbot.waitUntil(lambda: not session.is_behind)
    assert session.lens.as_of == later


def test_a_day_that_is_typed_moves_the_handle_at_once_too(window: MainWindow, slowly: Slowly) -> None:
    field = window.findChild(AsOfField)
    assert isinstance(field, AsOfField)
    slowly.hold()
    field.setDate(QDate(2016, 8, 10))
    assert timeline_of(window).day == date(2016, 8, 10)
    assert shown(window).lens.as_of == DAY


def test_what_is_behind_is_dimmed_and_says_which_day_is_calculated(
    window: MainWindow, qtbot: QtBot, slowly: Slowly
) -> None:
    slowly.hold()
    drag(window, qtbot, date(2016, 8, 10))
    qtbot.waitUntil(lambda: len(veils(window)) == 3)
    pages = next(veil for veil in veils(window) if isinstance(veil.parentWidget(), PageStack))
    assert pages.accessibleName() == "Calculating 10 Aug 2016…"
    drag(window, qtbot, date(2016, 8, 11))
    assert pages.accessibleName() == "Calculating 11 Aug 2016…"
    slowly.free.set()
    qtbot.waitUntil(lambda: not veils(window))
    assert shown(window).lens.as_of == date(2016, 8, 11)


def test_the_latest_day_wins_and_those_between_are_never_calculated(
    window: MainWindow, qtbot: QtBot, slowly: Slowly
) -> None:
    days = [DAY + timedelta(late) for late in range(1, 30)]
    slowly.hold()
    drag(window, qtbot, *days)
    slowly.free.set()
    qtbot.waitUntil(lambda: not shown(window).is_behind)
    assert slowly.days == [days[0], days[-1]]
    assert shown(window).lens.as_of == days[-1]


def test_a_wish_taken_back_leaves_everything_as_it_was(
    window: MainWindow, qtbot: QtBot, slowly: Slowly
) -> None:
    moved: list[date] = []
    session = shown(window)
    session.lens_changed.connect(lambda: moved.append(session.lens.as_of))
    slowly.hold()
    drag(window, qtbot, DAY + timedelta(9), DAY)
    assert not session.is_behind
    slowly.free.set()
    session._beside.settle()
    assert moved == []


def test_an_edit_meanwhile_goes_to_the_ledger_and_all_figures_are_of_the_day_of_the_handle(
    window: MainWindow, qtbot: QtBot, slowly: Slowly
) -> None:
    session, later = shown(window), DAY + timedelta(40)
    slowly.hold()
    drag(window, qtbot, later)
    slowly.begun.wait(60)
    threading.Timer(0.05, slowly.free.set).start()
    record = session.ledger.transactions[7]
    session.do(correct("Correct", record, replace(record, quantity=Decimal(1))))
    assert (session.lens.as_of, session.is_behind) == (later, False)
    assert session.ledger.transactions[7].quantity == 1
    held_by = session.ask(cap_table).rows
    expected = cap_table(session.ledger, session.lens).rows
    assert [held_by[place].cells for place in range(5)] == [expected[place].cells for place in range(5)]
    assert veils(window) == []


@pytest.mark.parametrize("act", ["key", "press"])
def test_no_key_and_no_click_meets_figures_that_are_behind(
    window: MainWindow, qtbot: QtBot, slowly: Slowly, act: str
) -> None:
    session, later = shown(window), DAY + timedelta(40)
    page = window.findChild(QWidget, "page.cap_table")
    assert page is not None
    slowly.hold()
    drag(window, qtbot, later)
    threading.Timer(0.05, slowly.free.set).start()
    if act == "key":
        QTest.keyClick(page, Qt.Key.Key_7)
    else:
        QTest.mouseClick(page, Qt.MouseButton.LeftButton)
    assert (session.lens.as_of, session.is_behind) == (later, False)


def test_a_key_that_meets_figures_behind_is_typed_where_its_line_stands_then(
    window: MainWindow, slowly: Slowly
) -> None:
    session = shown(window)
    workplace = window.findChild(Workplace)
    assert isinstance(workplace, Workplace)
    workplace.go_to(Place("stakeholders", NEW))
    view = next(one for one in window.findChildren(TableView) if one.hasFocus())
    view.shown.sift(Sifting(Order("Stakeholder")))
    key = view.table_model.key_of(3)
    view.point_at(3, 0)
    type_keys(window, "Zzz\n")
    assert view.table_model.row_with(key) == 3  # an edit moves no line; another day does
    view.point_at(3, 0)
    type_keys(window, "Zo")
    session.ask(slowly)
    slowly.hold()
    session.wish_for(DAY - timedelta(days=400))
    assert session.is_behind
    slowly.free.set()
    type_keys(window, "ltan")
    assert view.table_model.row_with(key) != 3
    type_keys(window, "\n")
    assert session.ledger.stakeholders[key].name == "Zoltan"


@pytest.mark.parametrize(("command", "is_of_the_day"), [("view.next_area", False), ("lens.next_event", True)])
def test_a_command_by_its_keys_meets_figures_of_the_day_unless_it_moves_the_day(
    window: MainWindow, qtbot: QtBot, slowly: Slowly, command: str, is_of_the_day: bool
) -> None:
    session, behind = shown(window), list[bool]()
    action = window.findChild(QAction, command)
    assert isinstance(action, QAction)
    action.triggered.connect(lambda: behind.append(session.is_behind))
    slowly.hold()
    drag(window, qtbot, DAY + timedelta(40))
    if not is_of_the_day:
        threading.Timer(0.05, slowly.free.set).start()
    QTest.keySequence(window.windowHandle(), action.shortcut())
    assert behind == [is_of_the_day]


def test_keys_on_the_timeline_wait_for_nothing(window: MainWindow, qtbot: QtBot, slowly: Slowly) -> None:
    session, timeline = shown(window), timeline_of(window)
    slowly.hold()
    for _ in range(3):
        with qtbot.waitSignal(session.wished):
            QTest.keyClick(timeline, Qt.Key.Key_Up)
    assert session.wish.as_of == DAY + timedelta(3)
    assert session.lens.as_of == DAY


def test_another_document_drops_what_is_calculated_for_this_one(
    window: MainWindow, qtbot: QtBot, slowly: Slowly
) -> None:
    session = shown(window)
    slowly.hold()
    drag(window, qtbot, DAY + timedelta(40))
    session.show(Document.create(LARGE))
    day = session.lens.as_of
    slowly.free.set()
    session._beside.settle()
    assert (session.lens.as_of, session.is_behind) == (day, False)


def test_what_cannot_be_answered_beside_the_window_is_asked_in_it(large: Session, qtbot: QtBot) -> None:
    def only_on_the_day(ledger: Ledger, lens: Lens) -> date:
        if lens.as_of != DAY:
            raise LookupError("There is nothing on this day.")
        return lens.as_of

    assert large.ask(only_on_the_day) == DAY
    large.wish_for(DAY + timedelta(1))
    qtbot.waitUntil(lambda: not large.is_behind)
    assert large.lens.as_of == DAY + timedelta(1)
    with pytest.raises(LookupError):
        large.ask(only_on_the_day)


def test_a_small_scenario_is_never_behind(session: Session) -> None:
    session.wish_for(date(2022, 2, 2))
    assert session.lens.as_of == date(2022, 2, 2)
    assert not session.is_behind


@settings(
    max_examples=10,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.integers(-6_000, 2_000), min_size=1, max_size=4))
def test_figures_calculated_beside_are_those_that_the_window_would_calculate(
    large: Session, late: list[int]
) -> None:
    questions: tuple[Callable[..., Any], ...] = (
        cap_table,
        tree,
        overview,
        ownership_chart,
        chosen_bridge_table,
    )
    details: tuple[tuple[Any, ...], ...] = ((), (), (), (), (None, None))
    for question, more in zip(questions, details, strict=True):
        large.ask(question, *more)
    for days in late:
        large.wish_for(DAY + timedelta(days))
    while large.is_behind:
        large._beside.settle()
    assert large.lens.as_of == DAY + timedelta(late[-1])
    for question, more in zip(questions, details, strict=True):
        expected = question(large.ledger, large.lens, *more)
        assert told(large.ask(question, *more)) == told(expected)


def told(answer: Any) -> Any:
    """Return a figure as what can be compared."""
    if isinstance(answer, Chart):
        return answer.as_of, answer.bands, answer.course.units.tobytes()
    rows = getattr(answer, "rows", None)
    return answer if rows is None else [rows[place].cells for place in range(min(200, len(rows)))]


def test_another_holder_of_a_bridge_is_calculated_beside(
    window: MainWindow, qtbot: QtBot, slowly: Slowly
) -> None:
    session = shown(window)
    window.carry_out("page.charts")
    page = window.findChild(ChartsPage)
    assert isinstance(page, ChartsPage)
    page.views.choose("bridge")
    bridge = page.bridge
    assert bridge is not None
    before = bridge.figure
    slowly.hold()
    drag(window, qtbot, DAY + timedelta(1))
    bridge.holders.activated.emit(bridge.holders.findText("Holder 7"))
    assert session.is_behind
    assert bridge.drawn.figure is before
    slowly.free.set()
    qtbot.waitUntil(lambda: not session.is_behind)
    assert session.lens.as_of == DAY + timedelta(1)
    assert bridge.drawn.figure is bridge.figure
    assert bridge.figure.title == "Why the stake of Holder 7 moved"


def test_a_choice_meanwhile_is_not_lost_when_the_day_is_looked_at_at_once(
    large: Session, slowly: Slowly
) -> None:
    large.ask(slowly)
    slowly.hold()
    large.wish_for(DAY + timedelta(3))
    moved: list[date] = []
    large.lens_changed.connect(lambda: moved.append(large.lens.as_of))
    assert not large.prepare(cap_table)
    large.look_on(DAY)
    assert moved == [DAY]
    slowly.free.set()
    large._beside.settle()
    assert not large.is_behind
    large.ask(cap_table)
    assert large.prepare(cap_table)


def test_playing_stays_on_a_day_until_its_figures_are_seen(
    window: MainWindow, qtbot: QtBot, slowly: Slowly
) -> None:
    timeline = timeline_of(window)
    timeline.play(True)
    slowly.hold()
    drag(window, qtbot, DAY + timedelta(40))
    day = timeline.day
    timeline._play_on()
    assert timeline.day == day
    slowly.free.set()
    qtbot.waitUntil(lambda: not shown(window).is_behind)
    timeline._play_on()
    assert timeline.day > day
    timeline.play(False)
