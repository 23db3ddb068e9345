"""The size of all letters: larger and smaller by key and wheel, kept, and followed by everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QAction, QFontInfo, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from neocapgui.gui.looks.look import Theme
from neocapgui.gui.looks.text_size import LEAST, MOST, SIZES, larger, smaller
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.panels.as_of_field import AsOfField
from neocapgui.gui.panels.timeline_bar import TimelineBar
from neocapgui.gui.preferences import Preferences
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.widgets.page_heading import FittedLabel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from neocapgui.gui.app import Program
    from neocapgui.gui.main_window import MainWindow


@pytest.fixture(autouse=True)
def normal_again(program: Program) -> Iterator[None]:
    yield
    program.look.enlarge(100)
    for window in list(program.windows):
        window.close_without_asking()
    QApplication.processEvents()


def enlarge(program: Program, qtbot: QtBot, percent: int) -> None:
    with qtbot.waitSignal(program.look.changed):
        program.look.enlarge(percent)


def test_sizes_go_in_steps_from_four_fifths_to_twice() -> None:
    size, seen = LEAST, [LEAST]
    while larger(size) != size:
        size = larger(size)
        seen.append(size)
    assert tuple(seen) == SIZES
    assert (smaller(LEAST), larger(MOST), smaller(110), larger(112)) == (80, 200, 100, 125)


def test_commands_make_the_text_larger_smaller_and_normal(
    window: MainWindow, program: Program, qtbot: QtBot
) -> None:
    before = QApplication.font().pointSizeF()
    with qtbot.waitSignal(program.look.changed):
        window.carry_out("view.larger")
    assert QApplication.font().pointSizeF() == pytest.approx(before * 1.1)
    with qtbot.waitSignal(program.look.changed):
        window.carry_out("view.smaller")
    assert QApplication.font().pointSizeF() == pytest.approx(before)
    with qtbot.waitSignal(program.look.changed):
        window.carry_out("view.smaller")
    with qtbot.waitSignal(program.look.changed):
        window.carry_out("view.normal_size")
    assert QApplication.font().pointSizeF() == pytest.approx(before)


def test_the_size_is_kept(window: MainWindow) -> None:
    window.carry_out("view.larger")
    assert Preferences().text_size == 110


@pytest.mark.parametrize("said", ["", "0", "79", "201", "1e2", "-100", "²00", "99999999999"])
def test_a_kept_size_that_is_none_is_the_normal_one(home: object, said: str) -> None:
    preferences = Preferences()
    preferences._keep("look.text", said)
    assert Preferences().text_size == 100


def turn(window: MainWindow, eighths: int, held: Qt.KeyboardModifier) -> None:
    handle = window.windowHandle()
    middle = QPointF(handle.width() / 2, handle.height() / 2)
    wheel = QWheelEvent(
        middle,
        QPointF(handle.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, eighths),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(handle, wheel)


def test_the_wheel_with_ctrl_makes_the_text_larger(
    window: MainWindow, program: Program, qtbot: QtBot
) -> None:
    window.carry_out("page.history")  # where there is no chart under the mouse
    qtbot.waitUntil(lambda: QApplication.focusWindow() is window.windowHandle())
    turn(window, 60, Qt.KeyboardModifier.ControlModifier)
    assert program.look.text_size == 100
    turn(window, 60, Qt.KeyboardModifier.ControlModifier)
    assert program.look.text_size == 110
    turn(window, -240, Qt.KeyboardModifier.ControlModifier)
    assert program.look.text_size == 90
    turn(window, 120, Qt.KeyboardModifier.NoModifier)
    assert program.look.text_size == 90


def test_lines_fields_and_the_timeline_follow_the_text(
    window: MainWindow, program: Program, qtbot: QtBot
) -> None:
    window.carry_out("page.transactions")
    table = next(one for one in window.findChildren(TableView) if one.isVisible())
    as_of, timeline = window.findChild(AsOfField), window.findChild(TimelineBar)
    assert isinstance(as_of, AsOfField)
    assert isinstance(timeline, TimelineBar)
    before = table.verticalHeader().defaultSectionSize(), as_of.width(), timeline.height()
    enlarge(program, qtbot, 200)
    assert table.verticalHeader().defaultSectionSize() >= table.fontMetrics().height() + 12
    assert QFontInfo(table.font()).pointSizeF() == pytest.approx(QApplication.font().pointSizeF(), abs=0.5)
    after = table.verticalHeader().defaultSectionSize(), as_of.width(), timeline.height()
    assert all(new > old for new, old in zip(after, before, strict=True))


def test_at_half_as_much_again_nothing_of_the_top_bar_is_cut(
    window: MainWindow, program: Program, qtbot: QtBot
) -> None:
    window.resize(1024, 700)
    enlarge(program, qtbot, 150)
    qtbot.waitUntil(lambda: not cut_buttons(window))
    assert window.width() == 1024
    as_of = window.findChild(AsOfField)
    assert as_of is not None
    line = as_of.lineEdit()
    assert line.fontMetrics().horizontalAdvance("30 Sept. 2000") <= line.width()


def cut_buttons(window: MainWindow) -> list[str]:
    """Return the texts of the visible buttons that have less room than their text needs."""
    return [
        button.text()
        for button in window.findChildren(QToolButton)
        if button.isVisible() and button.text() and button.width() < button.minimumSizeHint().width()
    ]


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_at_half_as_much_again_every_page_fits_a_small_window(
    window: MainWindow, program: Program, qtbot: QtBot, page: str
) -> None:
    window.resize(1024, 700)
    window.carry_out(f"page.{page}")
    enlarge(program, qtbot, 150)
    qtbot.waitUntil(lambda: not cut_buttons(window))
    least = QSize(1024, 700)  # a row that wraps settles on its height in the turn after its width
    qtbot.waitUntil(lambda: window.minimumSizeHint().boundedTo(least) == window.minimumSizeHint())
    assert (window.width(), window.height()) == (1024, 700)


def test_at_half_as_much_again_no_heading_is_cut_beside_the_inspector(
    window: MainWindow, program: Program, qtbot: QtBot
) -> None:
    window.resize(1024, 700)
    enlarge(program, qtbot, 150)
    window.carry_out("page.cap_table")
    inspector = window.findChild(QAction, "view.inspector")
    assert isinstance(inspector, QAction)
    if not inspector.isChecked():
        inspector.trigger()
    labels = [one for one in window.findChildren(FittedLabel) if one.isVisible()]
    assert labels
    qtbot.waitUntil(lambda: all(one.height() >= one.fontMetrics().height() for one in labels))


def test_a_small_screen_at_scale_is_enough(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(683, 466)  # 1024 x 700 at QT_SCALE_FACTOR=1.5
    qtbot.waitUntil(lambda: not cut_buttons(window))
    assert (window.width(), window.height()) == (683, 466)


def test_headings_follow_in_every_theme(window: MainWindow, program: Program, qtbot: QtBot) -> None:
    window.carry_out("page.history")
    heading = next(
        one for one in window.findChildren(QLabel) if one.isVisible() and one.property("look") == "heading"
    )
    enlarge(program, qtbot, 150)
    large = heading.fontMetrics().height()
    with qtbot.waitSignal(program.look.changed):
        program.look.choose(Theme.CONTRAST)
    assert heading.fontMetrics().height() == large
    with qtbot.waitSignal(program.look.changed):
        program.look.choose(Theme.LIGHT)
