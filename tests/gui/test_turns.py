"""Steps done a few in each turn of the event loop: in order, to the end, and at once when they must be."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from neocapgui.gui.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    owner = QObject(qapp)
    yield owner
    owner.deleteLater()


def long(number: int, done: list[int]) -> Callable[[], None]:
    """Return a step that takes longer than one turn should."""

    def step() -> None:
        began = time.perf_counter()
        while time.perf_counter() - began < 0.02:
            done.append(number) if not done or done[-1] != number else None

    return step


def test_quick_steps_are_done_at_once(owner: QObject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("neocapgui.gui.turns._FELT", 60)  # seconds: quick on the slowest machine
    done: list[int] = []
    Turns([lambda: done.append(1), lambda: done.append(2)], lambda: done.append(3), owner).begin()
    assert done == [1, 2, 3]


def test_long_steps_have_a_turn_each(owner: QObject, qtbot: QtBot) -> None:
    done: list[int] = []
    Turns([long(1, done), long(2, done)], lambda: done.append(3), owner).begin()
    assert done == [1]
    qtbot.waitUntil(lambda: done == [1, 2, 3])


def test_who_waits_has_them_all_at_once(owner: QObject, qtbot: QtBot) -> None:
    done: list[int] = []
    turns = Turns([long(1, done), long(2, done)], lambda: done.append(3), owner)
    turns.begin()
    turns.settle()
    turns.settle()
    assert done == [1, 2, 3]
    qtbot.wait(1)
    assert done == [1, 2, 3]


def test_a_step_that_fails_does_not_hold_up_the_others(owner: QObject, qtbot: QtBot) -> None:
    done: list[int] = []

    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Turns([fail, lambda: done.append(1)], lambda: done.append(2), owner).begin()
    qtbot.waitUntil(lambda: done == [1, 2])
