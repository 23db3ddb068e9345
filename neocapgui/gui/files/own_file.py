"""The file behind a window: its lock, why it may not be written, and whether somebody else has changed it."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from neocapgui.gui.beside import Beside
from neocapgui.gui.files.in_use import FileLock

if TYPE_CHECKING:
    from neocapgui.document.document import Document


class OwnFile(QObject):
    """Holds the file of a window from the day it is opened or saved until it is closed."""

    found = Signal(str)  # how the file stands on disk: "same", "changed" or "gone"

    def __init__(self, parent: QObject) -> None:
        """Hold no file yet."""
        super().__init__(parent)
        self.lock: FileLock | None = None
        self._only_read = ""
        self._beside = Beside(self)
        self._asked: object = None  # how the file stands: the answer that still counts

    def hold(self, lock: FileLock | None, only_read: str = "") -> None:
        """Go on with another file, or with the same one; `only_read` says why it is not to be written."""
        if self.lock is not None and self.lock is not lock:
            self.lock.release()
        self.lock, self._only_read = lock, only_read

    def release(self) -> None:
        """Let go of the file."""
        self.hold(None)

    def why_read_only(self, document: Document) -> str:
        """Return the sentence why a document cannot be saved over its own file; "" where it can."""
        return self._only_read or document.read_only

    def lock_for(self, path: Path) -> FileLock | None:
        """Return the lock that must be taken before a file is written; None where it is held."""
        held = self.lock is not None and self.lock.path == Path(os.path.realpath(path))
        return None if held else FileLock(path)

    def look(self, document: Document) -> None:
        """Find out beside the window whether the file on disk is still the one that was opened or saved."""
        if document.path is not None:
            asked = self._asked = object()
            self._beside.work(
                document.on_disk, lambda how: self.found.emit(how) if asked is self._asked else None
            )

    def begin_anew(self) -> None:
        """Give up what is being found out: the file was written here meanwhile, or it is another one."""
        self._asked = None


def now() -> datetime:
    """Return the time by this machine's clock, as locks are dated."""
    return datetime.now()
