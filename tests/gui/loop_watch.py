"""How long the event loop is kept from the user: the time between two beats of a timer."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

import pytest
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

LONGEST = 0.1  # seconds; what is longer is held against the pace of the machine
STEP = 0.4  # seconds, of one command, what is loaded and drawn for the first time included; on any machine
HANG = 1.0  # seconds; whatever a test does, on any machine: the loop that stands still so long has hung
_BEAT = 2  # milliseconds
_PACE = (
    0.0025  # seconds of processor that `_work` takes on the two-core machine for which LONGEST is promised
)


def slowness() -> float:
    """Return how many times slower than that machine this one is at this moment, at least 1.

    A processor that two programs share counts the time of both as theirs, so this is measured in the same
    thread right after what it is held against.
    """
    return max(1.0, median(_work() for _ in range(5)) / _PACE)


def _work() -> float:
    began = time.thread_time()
    kept = {}
    for number in range(20_000):
        kept[number % 997] = [str(number), number * 3]
    return time.thread_time() - began


class LoopWatch(QObject):
    """Remembers the longest time between two beats while an event loop runs.

    It is the time that the thread of the windows had the processor: that clock does not run while other
    programs have the machine. What is longer than promised is held against the pace of the machine.
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
