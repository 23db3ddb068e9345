"""Large edits carried out beside the window: on the disk first, then on the screen, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Event
from typing import Protocol

from neocapgui.document.refusal import DocumentError, EditCancelled
from neocapgui.figures.kinds import NotUnderstood
from neocapgui.ledger.edits import EditRefused

REFUSALS = (NotUnderstood, EditRefused, DocumentError)
MANY = 1_000  # changes of an edit; fewer are made and written within a blink

Trouble = NotUnderstood | EditRefused | DocumentError
Then = Callable[[Trouble | None], None]
GoOn = Callable[[], None]


class BesideWindow(Protocol):
    """Does a task with the document beside the window, and then what follows it; see `Files.work`."""

    def __call__(
        self,
        doing: str,
        task: Callable[[], Trouble | None],
        then: Callable[[Future[Trouble | None]], None],
        stop: Event,
    ) -> None: ...


def until(stop: Event, label: str) -> GoOn:
    """Return what lets an edit go on until it is given up."""

    def go_on() -> None:
        if stop.is_set():
            raise EditCancelled(f"{label}: given up, as you wished. Nothing was changed.")

    return go_on


def trouble_of(task: Callable[[], object]) -> Trouble | None:
    """Do something with a document and return why it was refused, if it was."""
    try:
        task()
    except REFUSALS as trouble:
        return trouble
    return None
