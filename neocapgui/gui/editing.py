"""Large edits carried out beside the window: on the disk first, then on the screen, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from enum import StrEnum
from threading import Lock
from typing import Protocol

from neocapgui.document.refusal import DocumentError, EditCancelled
from neocapgui.figures.kinds import NotUnderstood
from neocapgui.ledger.edits import EditRefused

REFUSALS = (NotUnderstood, EditRefused, DocumentError)
MANY = 1_000  # changes of an edit; fewer are made and written within a blink

Trouble = NotUnderstood | EditRefused | DocumentError
Then = Callable[[Trouble | None], None]


class BesideWindow(Protocol):
    """Does a task with the document beside the window, and then what follows it; see `Files.work`."""

    def __call__(
        self,
        doing: str,
        task: Callable[[], Trouble | None],
        then: Callable[[Future[Trouble | None]], None],
        stop: Stop,
    ) -> None: ...


class Way(StrEnum):
    """What becomes of an edit."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


class Stop:
    """Gives up an edit, in whichever phase it is.

    While it is being made and worked out nothing of the document is touched: then it is let go at once, and
    its thread ends by itself. Once it is being written its end is waited for, and where that was too far for
    it to be given up it stands.
    """

    def __init__(self, label: str) -> None:
        """Stand by to give up the edit of that name."""
        self._label = label
        self._lock = Lock()
        self._is_set = self._is_writing = False
        self.let_go: Callable[[Future[Trouble | None]], None] = _wait  # is given what came of the edit

    def set(self) -> None:
        """Give it up; called in the window's thread."""
        with self._lock:
            is_free = not self._is_set and not self._is_writing
            self._is_set = True
        if is_free:
            done: Future[Trouble | None] = Future()
            done.set_result(self._cancelled())
            self.let_go(done)

    def go_on(self) -> None:
        """Go on, unless it was given up (EditCancelled)."""
        if self._is_set:
            raise self._cancelled()

    def begin(self) -> None:
        """Begin to write, unless it was given up (EditCancelled)."""
        with self._lock:
            self.go_on()
            self._is_writing = True

    def _cancelled(self) -> EditCancelled:
        return EditCancelled(f"{self._label}: given up, as you wished. Nothing was changed.")


def _wait(done: Future[Trouble | None]) -> None:
    """Let nothing go: the end of the thread is waited for."""


def trouble_of(task: Callable[[], object]) -> Trouble | None:
    """Do something with a document and return why it was refused, if it was."""
    try:
        task()
    except REFUSALS as trouble:
        return trouble
    return None
