"""How long the event loop is kept from the user: the time between two beats of a timer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

LONGEST = 0.1  # seconds
_BEAT = 2  # milliseconds


class LoopWatch(QObject):
    """Remembers the longest time between two beats while an event loop runs.

    It is the time that the thread of the windows had the processor: that clock does not run while other
    programs have the machine, so nothing depends on how busy it is.
    """

    def __init__(self) -> None:
        """Begin to beat."""
        super().__init__()
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
            self._last = time.thread_time()
            try:
                return run(loop, *flags)
            finally:
                self._beat()
                self._last = None

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
        now = time.thread_time()
        if self._last is not None:
            self.longest = max(self.longest, now - self._last)
            self._last = now
