"""Documents asked for: made ready beside the window, shown in it, or the question and sentence why not."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from neocapgui.document.refusal import DocumentError, one_line
from neocapgui.gui.dialogs.file_questions import CANCEL, Choice, Role, ask
from neocapgui.gui.files.in_use import Keeper
from neocapgui.gui.files.opening import Opened, Taking, opened
from neocapgui.gui.loading import loading_of_the_panels
from neocapgui.gui.turns import Turns
from neocapgui.gui.waiting import Waiting

if TYPE_CHECKING:
    from neocapgui.document.document import Document
    from neocapgui.gui.main_window import MainWindow

Read = Callable[[], "Document"]
Follow = Callable[[], None]


class Windows(Protocol):
    """The windows of the program."""

    windows: list[MainWindow]

    def open_window(self, expects: bool = False) -> MainWindow:
        """Open a window without a scenario: with the start page, unless one is expected at once."""


class Openings(QObject):
    """Brings documents into windows."""

    arrived = Signal()  # a document is on the screen, or the sentence why it is not

    def __init__(self, program: Windows, parent: QObject) -> None:
        """Bring them into the windows of a program."""
        super().__init__(parent)
        self._program = program
        self._under_way: dict[Waiting, str] = {}  # with the file that is read, under its one name

    def settle(self) -> None:
        """Wait for every document that is being opened."""
        for waiting in list(self._under_way):
            waiting.settle()
        for turns in self.findChildren(Turns):
            turns.settle()

    def open_file(self, path: Path, window: MainWindow | None = None) -> None:
        """Open a file, or bring its window to the front if it is open already."""
        from neocapgui.document.document import Document

        real = os.path.realpath(path)
        for other in self._program.windows:
            if other.path is not None and os.path.realpath(other.path) == real:
                to_front(other)
                return
        if real not in self._under_way.values():
            self.open(lambda: Document.open(path), window, path.name, path=path)

    def open(
        self,
        read: Read,
        window: MainWindow | None,
        name: str,
        *,
        path: Path | None = None,
        taking: Taking = Taking.ASK,
        then: Follow | None = None,
    ) -> None:
        """Show what is read: in the window that asked if that is empty, otherwise in one of its own.

        What takes longer than a blink is read beside the window, which says what it is waiting for; `then`
        follows when it is shown or refused.
        """
        window = window or next((one for one in self._program.windows if one.session is None), None)
        place = window or self._program.open_window(expects=True)
        waiting = Waiting(self)
        self._under_way[waiting] = os.path.realpath(path) if path is not None else ""

        def finish(done: Future[Opened | Keeper]) -> None:
            Turns(loading_of_the_panels(), lambda: arrive(done), self).begin()

        def arrive(done: Future[Opened | Keeper]) -> None:
            del self._under_way[waiting]
            waiting.deleteLater()
            try:
                self._arrive(done, place, path)
            finally:  # whatever came of it, the program goes on
                self.arrived.emit()
            if then is not None:
                then()

        waiting.begin(
            lambda: opened(read, taking),
            finish,
            lambda: place.say(f"Opening {one_line(name)}…", is_trouble=False),
        )

    def _arrive(self, done: Future[Opened | Keeper], window: MainWindow, path: Path | None) -> None:
        from neocapgui.exchange.samples import SampleUnknown

        is_there = window in self._program.windows
        if is_there and (done.exception() is not None or isinstance(done.result(), Keeper)):
            window.show_start()
        try:
            found = done.result()
        except (DocumentError, SampleUnknown) as refusal:
            window = window if is_there else self._program.open_window()
            window.say(str(refusal))
            if path is not None and getattr(refusal, "can_rescue", False):
                self._offer_rescue(path, window)
            return
        if isinstance(found, Keeper):
            window = window if is_there else self._program.open_window()
            window.say("")
            self._ask(found, path or found.path, window)
            return
        if is_there:
            window.offer("rescue", "")
        if not is_there or window.session is not None:
            window = self._program.open_window()
        window.show_document(found.document, found.lock, found.only_read)

    def _ask(self, keeper: Keeper, path: Path, window: MainWindow) -> None:
        """Ask what to do with a file that somebody else has open."""
        from neocapgui.document.document import Document

        def again(taking: Taking) -> Follow:
            return lambda: self.open(lambda: Document.open(path), window, path.name, path=path, taking=taking)

        choices = [
            Choice("Open read-only", again(Taking.READ_ONLY), Role.AcceptRole, is_default=True),
            Choice("Open a copy", lambda: self.open(lambda: Document.copy_of(path), window, path.name)),
        ]
        more = "Read-only shows the file as it is now. A copy is a scenario of its own that can be edited."
        if keeper.may_be_left:
            choices.append(Choice("Open anyway", again(Taking.ANYWAY)))
            more += (
                " The program that opened it may be gone without saying so: Open anyway takes the file, and "
                "whoever saves second is asked before anything is overwritten."
            )
        ask(window, "dialog.in_use", "Open already", keeper.sentence, more, *choices, CANCEL)

    def _offer_rescue(self, path: Path, window: MainWindow) -> None:
        from neocapgui.document.document import Document

        rescue: Callable[[Path], Document] = Document.rescue

        def begin() -> None:
            window.offer("rescue", "")
            self.open(lambda: rescue(path), window, path.name)

        window.offer(
            "rescue",
            f"What is valid in {one_line(path.name)} can be opened as a new scenario; the file stays as is.",
            ("notice.rescue", "Open what is valid", begin),
        )


def to_front(window: MainWindow) -> None:
    """Bring a window before all others, also one that is minimized."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
