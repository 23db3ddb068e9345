"""The one exception hook: our own mistakes become a plain sentence and a note in a log, never a traceback."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QUrl, Signal, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox

from neocapgui import __version__

LOG = "problems.log"
_LONGEST = 1_000_000  # bytes; then the log begins anew, and the old one is kept beside it
_SENTENCE = "Something went wrong inside neocapgui, and the last step may not have been carried out."


def note(error: BaseException, where: TracebackType | None) -> str:
    """Return what the log keeps of a mistake: what kind, and the lines of the program; no name or amount.

    The message of the error is left out, because it may hold what the user has entered.
    """
    lines = [
        f"{datetime.now().astimezone().isoformat(timespec='seconds')}  neocapgui {__version__}, "
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}",
        f"  {type(error).__module__}.{type(error).__qualname__}",
    ]
    for frame in traceback.extract_tb(where):
        place = "/".join(Path(frame.filename).parts[-3:])
        lines.append(f"    {place}:{frame.lineno} in {frame.name}")
    return "\n".join(lines) + "\n"


class ProblemBox(QObject):
    """Answers every exception that nobody else has answered, in any thread."""

    _met = Signal()  # carries the news from any thread to the one of the windows

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """Install the hooks; notes go into a folder."""
        super().__init__(parent)
        self._log = folder / LOG
        self._box: QMessageBox | None = None
        self.count = 0  # mistakes met since the program was started
        self._met.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        sys.excepthook = self.answer
        threading.excepthook = lambda met: self.answer(met.exc_type, met.exc_value, met.exc_traceback)

    def answer(
        self, kind: type[BaseException], error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Note a mistake and tell the user that there was one."""
        if error is None or issubclass(kind, (KeyboardInterrupt, SystemExit)):
            return
        self.count += 1
        self._keep(note(error, where))
        self._met.emit()

    def _keep(self, text: str) -> None:
        try:
            self._log.parent.mkdir(parents=True, exist_ok=True)
            if self._log.is_file() and self._log.stat().st_size > _LONGEST:
                self._log.replace(self._log.with_suffix(".old.log"))
            with self._log.open("a", encoding="utf-8") as log:
                log.write(text)
        except OSError:
            return  # a disk that takes no note must not bring a second problem

    def _tell(self) -> None:
        if self._box is not None:
            return
        box = self._box = QMessageBox(
            QMessageBox.Icon.NoIcon, "neocapgui", _SENTENCE, parent=QApplication.activeWindow()
        )
        box.setObjectName("dialog.problem")
        box.setInformativeText(
            "Your edits are kept. A note without names or amounts was written to "
            f"{self._log.name}; Help, Open the problem log, shows where."
        )
        show = box.addButton("Show the log", QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Close)
        box.finished.connect(lambda: self._close(box.clickedButton() is show))
        box.open()

    def _close(self, shows_log: bool) -> None:
        if self._box is not None:
            self._box.deleteLater()
            self._box = None
        if shows_log:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.parent)))
