"""The program: its windows, the files they are asked to open, and the look they share."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from neocapgui import __version__
from neocapgui.gui.files.opening import Taking
from neocapgui.gui.first_size import first_place
from neocapgui.gui.hand_over import Reception, handed_over
from neocapgui.gui.looks.look import Look
from neocapgui.gui.looks.text_size import TurnedWheel, larger, smaller
from neocapgui.gui.main_window import MainWindow
from neocapgui.gui.openings import Openings, to_front
from neocapgui.gui.preferences import Preferences
from neocapgui.gui.problem import ProblemBox
from neocapgui.gui.recovery import Leftover, reopen
from neocapgui.gui.unsaved_work import UnsavedWork
from neocapgui.gui.user_folder import trouble_with_user_folder, user_folder
from neocapgui.gui.warming import Warming

_ASIDE = QPoint(28, 28)
_GIVE_WAY = 0.001  # seconds after which a thread gives way to the window


class Program(QObject):
    """Holds a window for each scenario."""

    opened = Signal()  # a document that was asked for is on the screen, or the sentence why it is not
    rested = Signal()  # so is its first page, and no window is being filled any more

    def __init__(self, application: QApplication) -> None:
        """Dress the application; there is no window yet."""
        super().__init__(application)
        self.preferences = Preferences()
        self.look = Look(application, self.preferences.theme, self, self.preferences.text_size)
        self._wheel = TurnedWheel(application)
        self._wheel.turned.connect(self._turn)
        self.windows: list[MainWindow] = []
        self._openings = Openings(self, self)
        self._openings.arrived.connect(self.opened)
        self._openings.arrived.connect(self._rest)
        self._prepares = False  # pages before they are shown
        self._samples: tuple[tuple[str, str], ...] = ()
        self.unsaved = UnsavedWork(self)
        self.unsaved.found.connect(self._list_unsaved)
        self.unsaved.refused.connect(self._say)

    def open_window(self, expects: bool = False) -> MainWindow:
        """Open a window without a scenario: with the start page, unless one is expected at once."""
        window = MainWindow(self.preferences, self.look, expects)
        self.windows.append(window)
        window.file_wanted.connect(lambda path: self.open_file(path, window))
        window.sample_wanted.connect(lambda name: self.open_sample(name, window))
        window.recovery_wanted.connect(lambda leftover: self.open_leftover(leftover, window))
        window.discard_wanted.connect(self.unsaved.discard)
        window.back_wanted.connect(self.unsaved.bring_back)
        window.deletion_wanted.connect(self.unsaved.delete)
        window.new_wanted.connect(lambda: self.open_new(window))
        window.version_wanted.connect(lambda path: self.open_version(path, window))
        window.quit_wanted.connect(self.quit)
        window.filled.connect(lambda: self._prepare(window))
        window.filled.connect(self._rest)
        window.closed.connect(lambda: self._forget(window))
        window.show_samples(self._samples)
        window.show_leftovers(self.unsaved.offered, self.unsaved.discarded)
        if self.windows[:-1]:
            beside = self.windows[-2].pos() + _ASIDE  # not exactly over the one before
            window.move(first_place(window, beside))
        window.show()
        return window

    def offer_samples(self) -> None:
        """List the samples in every window."""
        from neocapgui.exchange.samples import SAMPLES

        self._samples = tuple((one.name, one.title) for one in SAMPLES)
        for window in self.windows:
            window.show_samples(self._samples)

    def prepare_pages(self) -> None:
        """From now on make the pages of every window before they are shown, between other events."""
        self._prepares = True
        for window in self.windows:
            self._prepare(window)

    def _prepare(self, window: MainWindow) -> None:
        if self._prepares:
            window.prepare_pages()

    def _rest(self) -> None:
        if all(window.session is None or window.is_filled for window in self.windows):
            self.rested.emit()

    def offer_leftovers(self) -> None:
        """List in every window the work that a program left unsaved, once it is found."""
        self.unsaved.look()

    def open_leftover(self, leftover: Leftover, window: MainWindow | None = None) -> None:
        """Open unsaved work again, with every edit."""
        self._openings.open(
            lambda: reopen(leftover),
            window,
            leftover.name,
            taking=Taking.READ_ONLY,
            then=self.offer_leftovers,
        )

    def open_new(self, window: MainWindow | None = None) -> None:
        """Begin an empty scenario."""
        from neocapgui.document.document import Document
        from neocapgui.ledger.ledger import Ledger

        self._openings.open(lambda: Document.create(Ledger()), window, "a new scenario")

    def open_file(self, path: Path, window: MainWindow | None = None) -> None:
        """Open a scenario, or bring its window to the front if it is open already."""
        self._openings.open_file(path, window)

    def open_sample(self, name: str, window: MainWindow | None = None) -> None:
        """Open a sample as a scenario that was never saved."""
        from neocapgui.document.document import Document
        from neocapgui.exchange.samples import sample

        self._openings.open(lambda: Document.create(sample(name)), window, "the sample")

    def open_version(self, path: Path, window: MainWindow | None = None) -> None:
        """Open a kept version as a scenario that was never saved, beside the one it is a version of."""
        from neocapgui.document.document import Document

        self._openings.open(lambda: Document.copy_of(path), window, "a version")

    def answer_start(self, files: Sequence[Path]) -> None:
        """Open what another start of the program handed over, and come to the front."""
        for path in files:
            self.open_file(path)
        if self.windows:
            to_front(next((one for one in self.windows if one.path in files), self.windows[-1]))

    def quit(self) -> None:
        """Close every window; one with unsaved work asks, one that is being saved closes when it is."""
        for window in list(self.windows):
            window.close()

    def settle(self) -> None:
        """Wait for everything that is being opened or saved."""
        self._openings.settle()
        for window in list(self.windows):
            window.settle()

    def _turn(self, way: int) -> None:
        """Make all text larger or smaller by one step."""
        size = (larger if way > 0 else smaller)(self.look.text_size)
        self.preferences.text_size = size
        self.look.enlarge(size)

    def _list_unsaved(self) -> None:
        for window in self.windows:
            window.show_leftovers(self.unsaved.offered, self.unsaved.discarded)

    def _say(self, sentence: str) -> None:
        """Say something in the window in front."""
        window = next((one for one in self.windows if one.isActiveWindow()), None)
        if window is None and self.windows:
            window = self.windows[-1]
        if window is not None:
            window.say(sentence)

    def _forget(self, window: MainWindow) -> None:
        if window in self.windows:
            self.windows.remove(window)
            window.deleteLater()


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
    """Open a window for each file, or one with a sample or the start page, until the last is closed.

    Where the program runs already, files go to its windows, and this start is over.
    """
    application = Application()
    problems = ProblemBox(user_folder(), application)
    problems.listen_to_qt()
    if sample is None and handed_over(user_folder(), files):
        return 0
    sys.setswitchinterval(_GIVE_WAY)
    gc.disable()  # until the window stands: there is no garbage in what is only loaded
    trouble = trouble_with_user_folder()
    warming = Warming(application)
    is_asked = bool(files) or sample is not None
    if is_asked:
        warming.load_for_reading()
    program = Program(application)
    warming.can_read.connect(program.offer_samples)
    warming.ended.connect(program.prepare_pages)
    Reception(user_folder(), program).asked.connect(program.answer_start)
    window = program.open_window(expects=is_asked and not trouble)
    if trouble:
        window.say(trouble)

    def go_on() -> None:
        gc.enable()
        warming.begin()
        program.offer_leftovers()

    def begin() -> None:
        application.file_opened.connect(lambda name: program.open_file(Path(name)))
        if is_asked:  # what can wait waits until the first page is painted, or it is said why there is none
            later = partial(QTimer.singleShot, 0, go_on)
            program.rested.connect(later, Qt.ConnectionType.SingleShotConnection)
        else:
            go_on()
        if sample is not None:
            program.open_sample(sample)
        for path in files:
            program.open_file(path)
        problems.watch_for_crashes()

    QTimer.singleShot(0, begin)  # the window is on the screen before anything is read
    return application.exec()
