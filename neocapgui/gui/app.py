"""The program: its windows, the files they are asked to open, and the look they share."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from neocapgui import __version__
from neocapgui.document.document import Document, DocumentError
from neocapgui.exchange.samples import SAMPLES, SampleUnknown, sample
from neocapgui.gui.look import Look
from neocapgui.gui.main_window import MainWindow
from neocapgui.gui.preferences import Preferences, user_folder
from neocapgui.gui.problem import ProblemBox
from neocapgui.ledger.ledger import Ledger


class Program(QObject):
    """Holds a window for each scenario."""

    def __init__(self, application: QApplication) -> None:
        """Dress the application; there is no window yet."""
        super().__init__(application)
        self.preferences = Preferences()
        self.look = Look(application, self.preferences.theme, self)
        self.windows: list[MainWindow] = []
        application.installEventFilter(self)

    def open_window(self) -> MainWindow:
        """Open a window without a scenario."""
        window = MainWindow(self.preferences, self.look)
        self.windows.append(window)
        window.file_wanted.connect(lambda path: self.open_file(path, window))
        window.sample_wanted.connect(lambda name: self.open_sample(name, window))
        window.new_wanted.connect(lambda: self.show_document(Document.create(Ledger()), window))
        window.quit_wanted.connect(QApplication.closeAllWindows)
        window.closed.connect(lambda: self._forget(window))
        window.show_samples((one.name, one.title) for one in SAMPLES)
        window.show()
        return window

    def open_file(self, path: Path, window: MainWindow | None = None) -> None:
        """Open a scenario: in the window that asked if that is empty, otherwise in one of its own."""
        for other in self.windows:
            if other.path is not None and other.path.absolute() == path.absolute():
                other.raise_()
                other.activateWindow()
                return
        window = window or self._empty_window()
        try:
            document = Document.open(path)
        except DocumentError as refusal:
            window.say(str(refusal))
            return
        self.show_document(document, window)

    def open_sample(self, name: str, window: MainWindow | None = None) -> None:
        """Open a sample as a scenario that was never saved."""
        window = window or self._empty_window()
        try:
            document = Document.create(sample(name))
        except (SampleUnknown, DocumentError) as refusal:
            window.say(str(refusal))
            return
        self.show_document(document, window)

    def show_document(self, document: Document, window: MainWindow) -> None:
        """Show a scenario in a window that has none, or in a new one."""
        if window.session is not None:
            window = self.open_window()
        window.show_document(document)

    def _empty_window(self) -> MainWindow:
        empty = (window for window in self.windows if window.session is None)
        return next(empty, None) or self.open_window()

    def _forget(self, window: MainWindow) -> None:
        if window in self.windows:
            self.windows.remove(window)
            window.deleteLater()

    # Qt overrides

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            self.open_file(Path(event.file()))
            return True
        return False


def application() -> QApplication:
    """Start Qt under the name of the program."""
    started = QApplication(sys.argv[:1])
    started.setApplicationName("neocapgui")
    started.setApplicationDisplayName("neocapgui")
    started.setApplicationVersion(__version__)
    return started


def run(files: Sequence[Path], sample_name: str | None = None) -> int:
    """Open a window for each file, or one with a sample or the start page, until the last is closed."""
    started = application()
    ProblemBox(user_folder(), started)
    program = Program(started)
    program.open_window()

    def begin() -> None:
        if sample_name is not None:
            program.open_sample(sample_name)
        for path in files:
            program.open_file(path)

    QTimer.singleShot(0, begin)  # the window is on the screen before anything is read
    return started.exec()
