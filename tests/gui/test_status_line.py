"""The line at the bottom: no sentence is cut without a sign, and the window does not jump with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QStyle

from neocapgui.figures.grid.selected import SummaryFigure
from neocapgui.gui.first_size import first_place, first_size
from neocapgui.gui.panels.status_line import StatusLine

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_the_line_is_as_high_with_figures_as_without(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(900, line.sizeHint().height())
    line.show()
    line.say_file("acme.db", "Not saved", False)
    before = line.minimumSizeHint().height()
    line.say_selection("", [SummaryFigure("Sum", "1,500", "1500")])
    assert line.minimumSizeHint().height() == before


def test_a_long_sentence_begins_at_its_beginning_and_ends_with_an_ellipsis(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(420, 40)
    line.show()
    message = line.findChild(QLabel, "status.message")
    assert isinstance(message, QLabel)
    pictures = []
    for sentence in ("W" * 200, "W" * 300, "i" + "W" * 200):
        line.say(sentence)
        pictures.append(message.grab().toImage())
    assert pictures[0] == pictures[1]  # what follows is left out
    assert pictures[0] != pictures[2]  # the beginning is shown
    assert message.text() == "i" + "W" * 200  # and read out as a whole


def test_a_window_begins_no_larger_than_the_screen_with_the_bar_of_its_title(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    room = line.screen().availableSize()
    title = line.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    size = first_size(line, 10_000, 10_000)
    assert (size.width(), size.height()) == (room.width(), room.height() - title)
    assert (first_size(line, 300, 200).width(), first_size(line, 300, 200).height()) == (300, 200)


def test_a_second_window_stands_beside_the_first_as_far_as_the_screen_has_room(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    room = line.screen().availableGeometry()
    line.resize(200, 100)
    beside = room.topLeft() + QPoint(28, 28)
    assert first_place(line, beside) == beside
    line.resize(first_size(line, 10_000, 10_000))
    assert first_place(line, beside) == room.topLeft()
