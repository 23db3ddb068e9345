"""The one exception hook: our own mistakes become a plain sentence and a note in a log, never a traceback."""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Protocol, TextIO

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from neocapgui.document.own_folder import is_plain_file
from neocapgui.gui.dialogs.problem_dialog import ProblemDialog
from neocapgui.gui.problem_log import LOG, ProblemLog, heading, kind_of, note, scrubbed, scrubbed_dump
from neocapgui.gui.user_folder import private

__all__ = ["LOG", "ProblemBox", "note"]

CRASH = "crash.log"  # written by the system's own last words; moved into the log at the next start
_LONGEST_CRASH = 16_000  # characters of them
_FULLY_NOTED = 3  # of one kind in a session; after that each tenth, hundredth and so on
_MOST_KINDS = 200  # of which each has a note and a window; a program so broken is noted no further
_SENTENCE = "Something went wrong inside neocapgui, and the last step may not have been carried out."
_KEPT = "Your edits are kept: each was written down when it was made. You can go on working, and save."
_ENDED = "neocapgui ended without warning the last time it ran."
_KEPT_THEN = "Your edits were written down as you made them; what was not saved is offered on the start page."


class _Unraisable(Protocol):
    """What Python hands over of an exception that it could raise nowhere."""

    exc_type: type[BaseException]
    exc_value: BaseException | None
    exc_traceback: TracebackType | None


class ProblemBox(QObject):
    """Answers every exception that nobody else has answered, in any thread."""

    _met = Signal(str)  # carries the news from any thread to the one of the windows

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """Install the hooks; notes go into a folder."""
        super().__init__(parent)
        self._log = ProblemLog(folder)
        self._folder = folder
        self._kinds: dict[str, int] = {}  # how often each was met
        self._waiting: list[tuple[str, str, str]] = []  # sentence, what was kept and report, to be told
        self._box: ProblemDialog | None = None
        self._crash: TextIO | None = None
        self.count = 0  # mistakes met since the program was started
        self._met.connect(self._tell_mistake, Qt.ConnectionType.QueuedConnection)
        sys.excepthook = self.answer
        threading.excepthook = lambda met: self.answer(met.exc_type, met.exc_value, met.exc_traceback)
        sys.unraisablehook = self._answer_unraisable

    @property
    def waiting(self) -> int:
        """How many kinds of mistakes are yet to be told, one window after another."""
        return len(self._waiting)

    def answer(
        self, kind: type[BaseException], error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Note a mistake, and tell the user the first time that one of its kind is made."""
        if error is None or issubclass(kind, (KeyboardInterrupt, SystemExit)):
            return
        self.count += 1
        known = kind_of(error, where)
        if known not in self._kinds and len(self._kinds) >= _MOST_KINDS:
            return
        times = self._kinds[known] = self._kinds.get(known, 0) + 1
        if times <= _FULLY_NOTED or times == 10 ** (len(str(times)) - 1):
            report = note(error, where)
            self._log.add(report if times == 1 else f"{report}  met {times:,} times since the start\n")
            if times == 1:
                with suppress(RuntimeError):  # the windows are gone already
                    self._met.emit(report)

    def watch_for_crashes(self) -> None:
        """Let the last words of a native crash go into a file, and tell of one that ended the program before.

        Several running programs share the file: each only adds to its end.
        """
        file = self._folder / CRASH
        with suppress(OSError):
            private(self._folder)
            if not is_plain_file(file) and os.path.lexists(file):
                return  # a link or a pipe is nobody's last words
            if file.exists() and file.stat().st_size:
                with file.open(encoding="utf-8", errors="replace") as left:
                    words = scrubbed_dump(left.read(_LONGEST_CRASH))
                os.truncate(file, 0)
                report = f"{heading()}  The program ended by itself the last time:\n{words}\n"
                self._log.add(report)
                self._waiting.append((_ENDED, _KEPT_THEN, report))
                self._tell_next()
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            self._crash = os.fdopen(os.open(file, flags, 0o600), "a", encoding="utf-8")
            faulthandler.enable(self._crash, all_threads=True)

    def listen_to_qt(self) -> None:
        """Note what Qt warns of, without what may be the user's."""
        qInstallMessageHandler(self._note_message)

    def _note_message(self, kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            return
        text = scrubbed(message or "")
        times = self._kinds[f"Qt {text}"] = self._kinds.get(f"Qt {text}", 0) + 1
        if times == 1 and len(self._kinds) < _MOST_KINDS:
            self._log.add(f"{heading()}  {kind.name}: {text}\n")
            if sys.stderr is not None:  # as it is in a program without a console
                sys.stderr.write(f"{text}\n")

    def _answer_unraisable(self, met: _Unraisable) -> None:
        self.answer(met.exc_type, met.exc_value, met.exc_traceback)

    def _tell_mistake(self, report: str) -> None:
        self._waiting.append((_SENTENCE, _KEPT, report))
        self._tell_next()

    def _tell_next(self) -> None:
        """Show the next window; one stands at a time, however many kinds of mistakes were made."""
        if self._box is not None or not self._waiting:
            return
        sentence, kept, report = self._waiting.pop(0)
        self._box = ProblemDialog(sentence, kept, report, self._log.path, QApplication.activeWindow())
        self._box.finished.connect(self._close)
        self._box.open()

    def _close(self) -> None:
        if self._box is not None:
            self._box.deleteLater()
            self._box = None
        self._tell_next()
