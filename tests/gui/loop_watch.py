"""How long the event loop is kept from the user: the time between two beats of a timer."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

import pytest
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from shiboken6 import delete

LONGEST = 0.1  # seconds of one turn of the event loop, at the pace of the machine below
HANG = 1.0  # seconds; whatever a test does, on any machine: the loop that stands still so long has hung
_BEAT = 2  # milliseconds
# Seconds of processor that the two yardsticks take on the machine for which LONGEST is promised, when it has
# nothing else to do: two virtual cores of a server (AMD EPYC).
_COUNTING, _BUILDING = 0.0025, 0.0017
_WIDGETS = 30


def slowness() -> float:
    """Return how many times slower than that machine this one is at this moment, at least 1.

    Two fixed pieces of work are timed: one that counts, as Python does, and one that builds widgets, as a
    page does; the slower one decides. A processor that two programs share counts the time of both as theirs,
    and slows the two unlike, so this is measured in the same thread right after what it is held against.
    """
    counting = median(_time(_count) for _ in range(5)) / _COUNTING
    building = median(_time(_build) for _ in range(5)) / _BUILDING
    return max(1.0, counting, building)


def _time(work: Callable[[], None]) -> float:
    began = time.thread_time()
    work()
    return time.thread_time() - began


def _count() -> None:
    kept = {}
    for number in range(20_000):
        kept[number % 997] = [str(number), number * 3]


def _build() -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    for number in range(_WIDGETS):
        column.addWidget(QLabel(str(number)) if number % 2 else QPushButton(str(number)))
    page.sizeHint()
    delete(page)


class LoopWatch(QObject):
    """Remembers the longest time between two beats while an event loop runs.

    It is the time that the thread of the windows had the processor: that clock does not run while other
    programs have the machine. What is longer than promised is divided by the slowness of the machine.
    """

    def __init__(self) -> None:
        """Begin to beat."""
        super().__init__()
        gc.collect()
        gc.freeze()  # the tests' own modules are not the program's: the collector does not go over them
        self.longest = 0.0
        self._last: float | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Count while event loops run, and not what a test does between them."""
        run = QEventLoop.exec
        self.forget()

        def watched(loop: QEventLoop, *flags: QEventLoop.ProcessEventsFlag) -> int:
            around, self._last = self._last, time.thread_time()
            try:
                return run(loop, *flags)
            finally:
                self._beat()
                self._last = None if around is None else time.thread_time()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(QEventLoop, "exec", watched)
            self._timer.start(_BEAT)
            try:
                yield
            finally:
                self._timer.stop()

    def forget(self) -> None:
        """Begin anew."""
        self.longest, self._last = 0.0, None

    def _beat(self) -> None:
        if self._last is not None:
            gap = time.thread_time() - self._last
            self.longest = max(self.longest, gap if gap <= LONGEST else gap / slowness())
            self._last = time.thread_time()
