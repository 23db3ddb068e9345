"""Work that a window waits for: at once where it is quick, beside the window where it is not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

Answer = TypeVar("Answer")

PATIENCE = 0.06  # seconds that the window stands still for quick work, too short to be felt


class Waiting(QObject):
    """Does one task in a thread of its own; `then` follows in the window's thread with what came of it."""

    _done = Signal(object)

    def __init__(self, parent: QObject) -> None:
        """Work for a part of the program."""
        super().__init__(parent)
        self._pool = _pool()
        self._task: Future[Any] | None = None
        self._then: Callable[[], None] = _nothing
        self._done.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether a task is under way."""
        return self._task is not None

    def begin(
        self,
        task: Callable[[], Answer],
        then: Callable[[Future[Answer]], None],
        meanwhile: Callable[[], None] | None = None,
    ) -> None:
        """Do a task that touches nothing of the window; what is under way is waited for first.

        `then` is given the finished task, which raises in `result()` what was raised in it. `meanwhile`
        is called where the task takes longer than a blink, before the window lives on without it.
        """
        self.settle()
        begun = self._pool.submit(task)
        self._task, self._then = begun, lambda: then(begun)
        wait((begun,), PATIENCE)
        if begun.done():
            self._finish(begun)
            return
        if meanwhile is not None:
            meanwhile()
        begun.add_done_callback(self._announce)

    def settle(self) -> None:
        """Wait for what is under way, and let follow what follows."""
        if self._task is not None:
            wait((self._task,))
            self._finish(self._task)

    def drop(self) -> None:
        """Let go of what is under way: nothing follows it, and nobody waits until it has ended."""
        self._task, self._then = None, _nothing

    def abandon(self) -> None:
        """Let go of what is under way, and work on without waiting for its thread."""
        self.drop()
        self._pool.shutdown(wait=False)
        self._pool = _pool()

    def _announce(self, task: object) -> None:
        with suppress(RuntimeError):  # the window is gone meanwhile
            self._done.emit(task)

    def _finish(self, task: object) -> None:
        if task is self._task and task is not None:  # otherwise it was waited for already
            then, self._task, self._then = self._then, None, _nothing
            then()


def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "neocapgui-waiting")


def _nothing() -> None:
    """Follow with nothing."""
