"""The timeline and the as-of field: two ways to move the one day of the window."""

from __future__ import annotations

from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest

from neocapgui.document.document import Document
from neocapgui.figures.kinds import PLAIN
from neocapgui.gui.as_of_field import AsOfField
from neocapgui.gui.session import Session
from neocapgui.gui.timeline_bar import TimelineBar
from neocapgui.ledger.ledger import Ledger
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
    assert timeline.accessibleDescription() == "3 Mar 2022"


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
    start = perf_counter()
    for step in range(20):
        timeline.setValue(timeline.minimum() + 100 * step)
        timeline.grab()
    took = (perf_counter() - start) / 20
    session.document.close()
    assert took < 0.016


def test_playing_goes_from_the_first_event_to_the_last_and_ends(
    timeline: TimelineBar, session: Session, qtbot: QtBot
) -> None:
    told: list[bool] = []
    timeline.played.connect(told.append)
    timeline.play(True)
    qtbot.waitUntil(lambda: session.lens.as_of == FIRST)
    assert timeline.is_playing
    qtbot.waitUntil(lambda: not timeline.is_playing)
    qtbot.waitUntil(lambda: session.lens.as_of == LAST)
    assert told == [True, False]


def test_taking_the_handle_stops_the_playing(timeline: TimelineBar) -> None:
    timeline.play(True)
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(400, 14))
    assert not timeline.is_playing


def test_the_events_of_a_day_are_listed(timeline: TimelineBar) -> None:
    assert timeline.entries_on(FIRST) == ["Issuance of Common, Ada", "Issuance of Common, Bob"]
