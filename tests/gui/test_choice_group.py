"""Choices side by side: they wrap where there is no room, and what is gone or hidden takes none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QFrame

from neocapgui.gui.widgets.choice_group import ChoiceGroup

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

AIR = 8


def choice(width: int = 100, height: int = 20) -> QFrame:
    made = QFrame()
    made.setFixedSize(width, height)
    return made


@pytest.fixture
def group(qtbot: QtBot) -> ChoiceGroup:
    made = ChoiceGroup([choice(), choice(), choice(height=30)], AIR)
    qtbot.addWidget(made)
    made.resize(400, 40)
    made.show()
    return made


def places(group: ChoiceGroup) -> list[tuple[int, int]]:
    return [(one.x(), one.y()) for one in group.choices if not one.isHidden()]


def test_they_stand_in_one_row_in_the_middle_of_its_height(group: ChoiceGroup) -> None:
    assert places(group) == [(0, 5), (108, 5), (216, 0)]
    assert (group.sizeHint().width(), group.sizeHint().height()) == (316, 30)
    assert group.minimumHeight() == 30


def test_a_choice_without_room_begins_another_row(group: ChoiceGroup) -> None:
    group.resize(315, 100)
    assert places(group) == [(0, 0), (108, 0), (0, 28)]
    assert group.heightForWidth(315) == group.minimumHeight() == 58
    assert group.heightForWidth(100) == 20 + AIR + 20 + AIR + 30


def test_one_that_is_hidden_takes_no_room_until_it_is_shown(group: ChoiceGroup, qtbot: QtBot) -> None:
    group.choices[0].hide()
    qtbot.waitUntil(lambda: places(group) == [(0, 5), (108, 0)])
    group.choices[0].show()
    qtbot.waitUntil(lambda: places(group) == [(0, 5), (108, 5), (216, 0)])


def test_one_that_was_hidden_before_stays_so(qtbot: QtBot) -> None:
    hidden = choice()
    hidden.hide()
    group = ChoiceGroup([choice(), hidden])
    qtbot.addWidget(group)
    group.show()
    assert hidden.isHidden()
    assert group.sizeHint().width() == 100


def test_one_that_is_deleted_is_held_no_more(group: ChoiceGroup) -> None:
    gone = group.choices[1]
    gone.hide()
    gone.deleteLater()
    group.add(choice(50))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.sendPostedEvents(group, QEvent.Type.LayoutRequest.value)
    assert places(group) == [(0, 5), (108, 0), (216, 5)]
    assert group.sizeHint().width() == 100 + AIR + 100 + AIR + 50
