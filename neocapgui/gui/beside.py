"""Work done beside the window: in a thread of its own, with the answer brought back to the window's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

Answer = TypeVar("Answer")


class Beside(QObject):
    """Does one thing after another in a thread; what has not begun is dropped when something newer comes."""

    _done = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        """Work for a part of the program."""
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._done.connect(self._bring)

    def work(self, task: Callable[[], Answer], then: Callable[[Answer], None]) -> None:
        """Do a task that touches nothing of the window, then go on with its answer in the window's thread."""
        self._pool.clear()
        self._pool.start(_Work(lambda: self._finish(task(), then)))

    def _finish(self, answer: Answer, then: Callable[[Answer], None]) -> None:
        with suppress(RuntimeError):  # the window was closed meanwhile
            self._done.emit(answer, then)

    def _bring(self, answer: Answer, then: Callable[[Answer], None]) -> None:
        then(answer)


class _Work(QRunnable):
    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    # Qt overrides

    def run(self) -> None:
        self._work()
