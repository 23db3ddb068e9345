"""The program: its windows, the files they are asked to open, and the look they share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from neocapgui import __version__
from neocapgui.document.refusal import DocumentError
from neocapgui.gui.beside import Beside
from neocapgui.gui.look import Look
from neocapgui.gui.main_window import MainWindow
from neocapgui.gui.preferences import Preferences, user_folder
from neocapgui.gui.problem import ProblemBox
from neocapgui.gui.recovery import Leftover, discard, leftovers

if TYPE_CHECKING:
    from neocapgui.document.document import Document


_ASIDE = QPoint(28, 28)
_LARGE = 3_000_000  # bytes of a file that is opened within a frame or two


class Program(QObject):
    """Holds a window for each scenario."""

    def __init__(self, application: QApplication) -> None:
        """Dress the application; there is no window yet."""
        super().__init__(application)
        self.preferences = Preferences()
        self.look = Look(application, self.preferences.theme, self)
        self.windows: list[MainWindow] = []
        self._beside = Beside(self)
        self._samples: tuple[tuple[str, str], ...] = ()
        self.offered: tuple[Leftover, ...] = ()  # unsaved work

    def open_window(self) -> MainWindow:
        """Open a window without a scenario."""
        window = MainWindow(self.preferences, self.look)
        self.windows.append(window)
        window.file_wanted.connect(lambda path: self.open_file(path, window))
        window.sample_wanted.connect(lambda name: self.open_sample(name, window))
        window.recovery_wanted.connect(lambda leftover: self.open_leftover(leftover, window))
        window.discard_wanted.connect(self.discard)
        window.new_wanted.connect(lambda: self.open_new(window))
        window.quit_wanted.connect(QApplication.closeAllWindows)
        window.closed.connect(lambda: self._forget(window))
        window.show_samples(self._samples)
        window.show_leftovers(self.offered)
        if self.windows[:-1]:
            window.move(self.windows[-2].pos() + _ASIDE)  # not exactly over the one before
        window.show()
        return window

    def offer_samples(self) -> None:
        """List the samples in every window."""
        from neocapgui.exchange.samples import SAMPLES

        self._samples = tuple((one.name, one.title) for one in SAMPLES)
        for window in self.windows:
            window.show_samples(self._samples)

    def offer_leftovers(self) -> None:
        """List in every window the work that a program left unsaved."""
        self.offered = leftovers()
        for window in self.windows:
            window.show_leftovers(self.offered)

    def open_leftover(self, leftover: Leftover, window: MainWindow | None = None) -> None:
        """Open unsaved work again, with every edit."""
        from neocapgui.document.document import Document

        self._show(lambda: Document.recover(leftover.working_copy), window)
        self.offer_leftovers()

    def discard(self, leftover: Leftover) -> None:
        """Throw unsaved work away."""
        discard(leftover)
        self.offer_leftovers()

    def open_new(self, window: MainWindow | None = None) -> None:
        """Begin an empty scenario."""
        from neocapgui.document.document import Document
        from neocapgui.ledger.ledger import Ledger

        self._show(lambda: Document.create(Ledger()), window)

    def open_file(self, path: Path, window: MainWindow | None = None) -> None:
        """Open a scenario, or bring its window to the front if it is open already."""
        from neocapgui.document.document import Document

        for other in self.windows:
            if other.path is not None and _real(other.path) == _real(path):
                other.raise_()
                other.activateWindow()
                return
        self._show(lambda: Document.open(path), window, path.name if _is_large(path) else "")

    def open_sample(self, name: str, window: MainWindow | None = None) -> None:
        """Open a sample as a scenario that was never saved."""
        from neocapgui.document.document import Document
        from neocapgui.exchange.samples import sample

        self._show(lambda: Document.create(sample(name)), window)

    def _show(self, opened: Callable[[], Document], window: MainWindow | None, waiting_for: str = "") -> None:
        """Show what is opened: in the window that asked if that is empty, otherwise in one of its own.

        What takes longer is opened beside the window, which says what it is waiting for.
        """
        window = window or next((one for one in self.windows if one.session is None), None)
        window = window or self.open_window()
        if waiting_for:
            window.say(f"Opening {waiting_for}…", is_trouble=False)
            self._beside.work(lambda: _attempted(opened), lambda found: self._arrive(found, window))
        else:
            self._arrive(_attempted(opened), window)

    def _arrive(self, found: Document | str, window: MainWindow) -> None:
        if isinstance(found, str):
            window.say(found)
            return
        window.say("")
        if window.session is not None or window not in self.windows:
            window = self.open_window()
        window.show_document(found)

    def _forget(self, window: MainWindow) -> None:
        if window in self.windows:
            self.windows.remove(window)
            window.deleteLater()


def _attempted(opened: Callable[[], Document]) -> Document | str:
    """Return the scenario, or the sentence why it cannot be opened."""
    from neocapgui.exchange.samples import SampleUnknown

    try:
        return opened()
    except (DocumentError, SampleUnknown) as refusal:
        return str(refusal)


def _is_large(path: Path) -> bool:
    try:
        return path.stat().st_size > _LARGE
    except OSError:
        return False


def _real(path: Path) -> str:
    """Return the one path of a file that can be named in several ways."""
    return os.path.realpath(path)


class Application(QApplication):
    """Qt's own part of the program, which hears of files that the system wants opened."""

    file_opened = Signal(str)

    def __init__(self) -> None:
        """Start Qt under the name of the program."""
        super().__init__(sys.argv[:1])
        self.setApplicationName("neocapgui")
        self.setApplicationDisplayName("neocapgui")
        self.setApplicationVersion(__version__)

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            self.file_opened.emit(event.file())
            return True
        return super().event(event)


def run(files: Sequence[Path], sample: str | None = None) -> int:
    """Open a window for each file, or one with a sample or the start page, until the last is closed."""
    application = Application()
    ProblemBox(user_folder(), application)
    program = Program(application)
    program.open_window()

    def begin() -> None:
        application.file_opened.connect(lambda name: program.open_file(Path(name)))
        if sample is not None:
            program.open_sample(sample)
        for path in files:
            program.open_file(path)
        program.offer_samples()
        program.offer_leftovers()

    QTimer.singleShot(0, begin)  # the window is on the screen before anything is read
    return application.exec()
