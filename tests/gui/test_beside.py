"""Work beside the window: in its order, the latest wins, and a window that closes waits for none of it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from neocapgui.gui.beside import Beside

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).parents[2]
CLOSED = """
import threading
from PySide6.QtCore import QTimer
from neocapgui.gui.app import Application, Program
from neocapgui.gui.beside import Beside

application = Application()
program = Program(application)
window = program.open_window()
begun, free = threading.Event(), threading.Event()

def calculate():
    begun.set()
    free.wait()

def close():
    begun.wait()
    window.destroyed.connect(free.set)
    window.close()

Beside(window).work(calculate, print)
QTimer.singleShot(0, close)
application.exec()
"""


@pytest.fixture
def beside(qapp: QApplication) -> Iterator[Beside]:
    owner = QObject(qapp)
    yield Beside(owner)
    owner.deleteLater()


def test_a_window_is_closed_at_once_while_something_is_calculated_beside_it() -> None:
    """What is calculated ends only after the window is gone: whoever waited for it would wait for ever."""
    answer = subprocess.run(
        [sys.executable, "-c", CLOSED],
        cwd=ROOT,
        env=dict(os.environ) | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (0, ""), answer.stderr


def test_what_has_not_begun_gives_way_to_what_is_newer(beside: Beside, qtbot: QtBot) -> None:
    begun, free = threading.Event(), threading.Event()
    done: list[int] = []
    brought: list[int] = []

    def long() -> int:
        begun.set()
        free.wait(60)
        return 0

    def quick(number: int) -> int:
        done.append(number)
        return number

    beside.work(long, brought.append)
    begun.wait(60)
    for number in (1, 2, 3):
        beside.work(partial(quick, number), brought.append)
    free.set()
    qtbot.waitUntil(lambda: brought == [0, 3])
    assert done == [3]


def test_a_mistake_beside_is_told_and_holds_nothing_up(
    beside: Beside, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[type[BaseException]] = []
    brought: list[str] = []
    monkeypatch.setattr(threading, "excepthook", lambda met: told.append(met.exc_type))
    begun, free = threading.Event(), threading.Event()

    def fail() -> str:
        begun.set()
        free.wait(60)
        raise ZeroDivisionError

    beside.work(fail, brought.append)
    begun.wait(60)
    beside.work(lambda: "after it", brought.append)
    free.set()
    qtbot.waitUntil(lambda: brought == ["after it"])
    qtbot.waitUntil(lambda: told == [ZeroDivisionError])


def test_what_is_waited_for_has_followed_once(beside: Beside, qtbot: QtBot) -> None:
    brought: list[int] = []
    beside.work(lambda: 1, brought.append, patience=60)
    assert brought == [1]
    beside.work(lambda: 2, brought.append)
    beside.settle()
    beside.settle()
    qtbot.wait(1)
    assert brought == [1, 2]
