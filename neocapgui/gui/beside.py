"""Work done beside the window: in a thread of its own, with the answer brought back to the window's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock, Thread
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

Answer = TypeVar("Answer")


class Beside(QObject):
    """Does one thing after another in a thread; what has not begun is dropped when something newer comes.

    The thread is Python's own: one of Qt's would be waited for when the window is deleted, while it waits for
    the interpreter that the window's thread holds meanwhile, and the program would stand still for ever.
    """

    _done = Signal(object)

    def __init__(self, parent: QObject) -> None:
        """Work for a part of the program."""
        super().__init__(parent)
        self._done.connect(self._bring, Qt.ConnectionType.QueuedConnection)
        self._latest: _Errand | None = None
        self._guard = Lock()  # of the two that follow
        self._next: _Errand | None = None  # what has not begun
        self._is_at_work = False

    def work(self, task: Callable[[], Answer], then: Callable[[Answer], None], patience: float = 0.0) -> None:
        """Do a task that touches nothing of the window, then go on with its answer in the window's thread.

        For `patience` seconds it is waited for: what is done by then has followed before this returns.
        """
        errand = self._latest = _Errand(task, then)
        with self._guard:
            self._next = errand
            is_first, self._is_at_work = not self._is_at_work, True
        if is_first:
            self._begin()
        if patience and errand.is_done.wait(patience):
            self._bring(errand)

    def settle(self) -> None:
        """Wait for what was begun last, and let follow what follows."""
        if self._latest is not None:
            self._latest.is_done.wait()
            self._bring(self._latest)

    def _begin(self) -> None:
        Thread(target=self._work, name="neocapgui-beside").start()

    def _work(self) -> None:
        while (errand := self._taken()) is not None:
            try:
                self._finish(errand)
            except BaseException:  # which ends this thread, and is told as any mistake is
                self._begin()
                raise

    def _taken(self) -> _Errand | None:
        """Return what is to be done now, if anything is."""
        with self._guard:
            errand, self._next = self._next, None
            self._is_at_work = errand is not None
            return errand

    def _finish(self, errand: _Errand) -> None:
        try:
            errand.answer = errand.task()
            errand.is_answered = True
        finally:
            errand.is_done.set()
        with suppress(RuntimeError):  # the window was closed meanwhile
            self._done.emit(errand)

    def _bring(self, errand: _Errand) -> None:
        if errand.is_answered and not errand.is_brought:  # otherwise it was waited for
            errand.is_brought = True
            if errand is self._latest:
                self._latest = None
            errand.then(errand.answer)


class _Errand:
    def __init__(self, task: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self.task = task
        self.then = then
        self.answer: Any = None
        self.is_answered = False  # not, if the task raised
        self.is_done = Event()
        self.is_brought = False
