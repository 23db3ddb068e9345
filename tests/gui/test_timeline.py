"""The timeline and the as-of field: two ways to move the one day of the window."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from time import thread_time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from neocapgui.document.document import Document
from neocapgui.engine.finding import Place
from neocapgui.figures.kinds import PLAIN
from neocapgui.gui.looks import look
from neocapgui.gui.panels.as_of_field import AsOfField
from neocapgui.gui.panels.day_entries import DayEntries
from neocapgui.gui.panels.play_button import PlayButton
from neocapgui.gui.panels.timeline_bar import TimelineBar
from neocapgui.gui.session import Session
from neocapgui.ledger.edits import add
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import Transaction
from tests.benchmarks.large_scenario import large_scenario

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.main_window import MainWindow

FIRST, LAST = date(2022, 1, 1), date(2022, 3, 3)


@pytest.fixture
def timeline(session: Session, qtbot: QtBot) -> TimelineBar:
    timeline = TimelineBar(session)
    qtbot.addWidget(timeline)
    timeline.resize(800, timeline.height())
    timeline.show()
    return timeline


@pytest.fixture
def field(session: Session, qtbot: QtBot) -> AsOfField:
    field = AsOfField(session)
    qtbot.addWidget(field)
    field.show()
    return field


def press(timeline: TimelineBar, qtbot: QtBot, session: Session, key: Qt.Key) -> date:
    """Press a key and return the day that the session looks at then."""
    with qtbot.waitSignal(session.lens_changed):
        QTest.keyClick(timeline, key)
    return session.lens.as_of


def test_both_have_their_stable_names(timeline: TimelineBar, field: AsOfField) -> None:
    assert timeline.objectName() == "timeline"
    assert field.objectName() == "as_of"


def test_arrows_go_from_event_to_event(timeline: TimelineBar, session: Session, qtbot: QtBot) -> None:
    assert session.lens.as_of == LAST
    assert press(timeline, qtbot, session, Qt.Key.Key_Left) == FIRST
    assert press(timeline, qtbot, session, Qt.Key.Key_Right) == LAST


def test_home_end_pages_and_single_days(timeline: TimelineBar, session: Session, qtbot: QtBot) -> None:
    assert press(timeline, qtbot, session, Qt.Key.Key_Home) == FIRST
    assert press(timeline, qtbot, session, Qt.Key.Key_End) == LAST
    assert press(timeline, qtbot, session, Qt.Key.Key_Down) == date(2022, 3, 2)
    assert press(timeline, qtbot, session, Qt.Key.Key_PageUp) == FIRST


def test_a_script_may_set_its_value(timeline: TimelineBar, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.lens_changed):
        timeline.setValue(date(2022, 2, 2).toordinal())
    assert session.lens.as_of == date(2022, 2, 2)


def test_dragging_catches_the_days_with_events(timeline: TimelineBar, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.lens_changed):
        QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(18, 14))
    assert session.lens.as_of == FIRST


def test_many_moves_are_one_look(timeline: TimelineBar, session: Session, qtbot: QtBot) -> None:
    looks: list[date] = []
    session.lens_changed.connect(lambda: looks.append(session.lens.as_of))
    with qtbot.waitSignal(session.lens_changed):
        for day in range(1, 20):
            timeline.setValue(date(2022, 1, day).toordinal())
    assert looks == [date(2022, 1, 19)]


def test_the_file_stays_clean_when_the_day_moves(
    timeline: TimelineBar, session: Session, qtbot: QtBot
) -> None:
    press(timeline, qtbot, session, Qt.Key.Key_Home)
    assert not session.document.is_modified


def test_its_day_is_said_to_screen_readers(timeline: TimelineBar) -> None:
    assert timeline.accessibleDescription() == "3 Mar 2022: 1 event (transfers)"


@pytest.mark.parametrize("typed", ["2022-01-15", "15 Jan 2022", "15/1/2022", "January 15, 2022"])
def test_a_day_is_typed_in_any_usual_form(field: AsOfField, session: Session, typed: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert session.lens.as_of == date(2022, 1, 15)
    assert field.text() == "15 Jan 2022"


def test_what_is_no_day_changes_nothing(field: AsOfField, session: Session) -> None:
    field.selectAll()
    QTest.keyClicks(field, "soon")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert session.lens.as_of == LAST
    assert field.text() == "3 Mar 2022"


def test_a_script_may_set_its_date(field: AsOfField, session: Session) -> None:
    field.setDate(QDate(2022, 2, 1))
    assert session.lens.as_of == date(2022, 2, 1)


def test_the_field_follows_the_timeline(field: AsOfField, session: Session) -> None:
    session.look_on(date(2022, 2, 20))
    assert field.date() == QDate(2022, 2, 20)


def test_the_whole_window_is_on_one_day(window: MainWindow, qtbot: QtBot) -> None:
    timeline = window.findChild(TimelineBar, "timeline")
    field = window.findChild(AsOfField, "as_of")
    assert timeline is not None
    assert field is not None
    field.setDate(QDate(2022, 1, 2))
    assert timeline.day == date(2022, 1, 2)
    window.carry_out("lens.next_event")
    qtbot.waitUntil(lambda: field.date() == QDate(2022, 3, 3))


def test_a_hundred_thousand_events_are_painted_within_a_frame(qtbot: QtBot) -> None:
    session = Session(Document.create(Ledger()), PLAIN)
    session.document.ledger = large_scenario(100_000)
    timeline = TimelineBar(session)
    qtbot.addWidget(timeline)
    timeline.resize(1360, timeline.height())
    timeline.grab()
    start = thread_time()  # of the processor: how busy the machine is does not count
    for step in range(20):
        timeline.setValue(timeline.minimum() + 100 * step)
        timeline.grab()
    took = (thread_time() - start) / 20
    session.document.close()
    assert took < 0.016


def test_playing_goes_from_the_first_event_to_the_last_and_ends(
    timeline: TimelineBar, session: Session, qtbot: QtBot
) -> None:
    told: list[bool] = []
    seen: list[tuple[date, bool]] = []
    timeline.played.connect(told.append)
    session.lens_changed.connect(lambda: seen.append((session.lens.as_of, timeline.is_playing)))
    timeline.play(True)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [(FIRST, True), (LAST, False)]
    assert told == [True, False]


def test_taking_the_handle_stops_the_playing(timeline: TimelineBar) -> None:
    timeline.play(True)
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(400, 14))
    assert not timeline.is_playing


def test_the_events_of_a_day_are_listed(timeline: TimelineBar) -> None:
    assert timeline.entries_on(FIRST) == ["Issuance of Common, Ada", "Issuance of Common, Bob"]


def entries_of(timeline: TimelineBar) -> DayEntries:
    found = timeline.findChild(DayEntries, "timeline.entries")
    assert isinstance(found, DayEntries)
    return found


def test_enter_lists_the_entries_of_the_day_and_enter_goes_to_one(
    timeline: TimelineBar, session: Session, qtbot: QtBot
) -> None:
    press(timeline, qtbot, session, Qt.Key.Key_Home)
    QTest.keyClick(timeline, Qt.Key.Key_Return)
    entries = entries_of(timeline)
    listed = [entries.list.item(row).text() for row in range(entries.list.count())]
    assert listed == ["Issuance of Common, Ada", "Issuance of Common, Bob"]
    assert entries.says.text() == "1 Jan 2022: 2 events (issues and exercises)"
    with qtbot.waitSignal(timeline.went_to) as went:
        QTest.keyClick(entries.list, Qt.Key.Key_Down)
        QTest.keyClick(entries.list, Qt.Key.Key_Return)
    assert went.args == [Place("transactions", 2)]
    assert not entries.isVisible()


def test_a_click_on_the_day_lists_its_entries_and_a_click_goes_to_one(
    timeline: TimelineBar, session: Session, qtbot: QtBot
) -> None:
    timeline.grab()
    below = QPoint(780, timeline.height() - 10)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=below)
    entries = entries_of(timeline)
    assert session.lens.as_of == LAST
    place = entries.list.visualItemRect(entries.list.item(0)).center()
    with qtbot.waitSignal(timeline.went_to) as went:
        QTest.mouseClick(entries.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert went.args == [Place("transactions", 3)]


def test_a_day_without_entries_says_so(timeline: TimelineBar, qtbot: QtBot) -> None:
    timeline.setValue(date(2022, 2, 2).toordinal())
    timeline.show_entries()
    entries = entries_of(timeline)
    assert entries.says.text() == "2 Feb 2022: no entries"
    assert entries.list.count() == 0
    QTest.keyClick(entries, Qt.Key.Key_Escape)
    assert not entries.isVisible()


def test_issues_stand_above_the_line_in_their_colour_and_cancellations_below(
    timeline: TimelineBar, session: Session
) -> None:
    cancelled = Transaction(
        9, date(2022, 2, 2), "cancellation", security=1, stakeholder=1, quantity=Decimal(10)
    )
    session.do(add("Cancel", [cancelled]))
    picture = timeline.grab().toImage()
    issued, ended = (QColor(look.current().bands[hue]) for hue in (2, 4))

    def has(color: QColor, rows: range) -> bool:
        return any(picture.pixelColor(x, y) == color for y in rows for x in range(picture.width()))

    assert has(issued, range(7, 12))
    assert not has(issued, range(17, 22))
    assert has(ended, range(17, 22))
    assert not has(ended, range(7, 12))


def test_an_entry_of_the_day_is_gone_to_on_its_page(window: MainWindow, qtbot: QtBot) -> None:
    timeline = window.findChild(TimelineBar, "timeline")
    assert timeline is not None
    timeline.show_entries()
    with qtbot.waitSignal(timeline.went_to):
        QTest.keyClick(entries_of(timeline).list, Qt.Key.Key_Return)
    page = window.findChild(QWidget, "page.transactions")
    assert page is not None
    assert page.isVisible()


def test_the_button_beside_plays_and_pauses_with_the_command(window: MainWindow) -> None:
    timeline, button = window.findChild(TimelineBar), window.findChild(PlayButton)
    action = window.findChild(QAction, "timeline.play")
    assert timeline is not None
    assert button is not None
    assert action is not None
    assert "Ctrl+Shift+." in button.toolTip()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert timeline.is_playing
    assert action.isChecked()
    assert button.accessibleName() == "Pause the timeline"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not timeline.is_playing
    assert not action.isChecked()
    assert button.accessibleName() == "Play the timeline"
