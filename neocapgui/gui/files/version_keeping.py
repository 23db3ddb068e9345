"""Versions kept while one works: after each save, every five minutes of edits, and before a migration."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from neocapgui.document import versions
from neocapgui.document.own_folder import own_folder
from neocapgui.document.refusal import DocumentError
from neocapgui.document.snapshots import is_of_older_format, keep_snapshot
from neocapgui.gui.session import Session

INTERVAL = 5 * 60_000  # milliseconds


class VersionKeeping(QObject):
    """Keeps versions of the document of a session, beside the window; what fails there stops no work."""

    kept = Signal()
    troubled = Signal(str)  # why a version could not be kept, as a sentence
    _done = Signal(object)  # what was done beside

    def __init__(self, session: Session) -> None:
        """Keep versions as long as the session lives."""
        super().__init__(session)
        self._session = session
        self._pool = ThreadPoolExecutor(1, "neocapgui-versions")
        self._held = self._state()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.keep_interval)
        self._timer.start()
        session.opened.connect(self.keep_opened)
        session.saved.connect(self.keep_saved)
        self._done.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self.keep_opened()

    def keep_opened(self) -> None:
        """Keep the file as it was found where its format is older: saving will replace it."""
        self._held = self._state()
        path, id, folder = self._session.document.path, self._session.document.id, _folder()

        def keep() -> None:
            if path is not None and os.path.isfile(path) and is_of_older_format(path):
                _kept(folder, id, path, "opened")

        if path is not None:
            self._work(keep)

    def keep_saved(self) -> None:
        """Keep the file that was just saved."""
        self._held = self._state()
        path, id, folder = self._session.document.path, self._session.document.id, _folder()
        if path is not None:
            self._work(lambda: _kept(folder, id, path, "saved"))

    def keep_interval(self) -> None:
        """Keep the document as it stands, where it was edited since a version was kept."""
        document = self._session.document
        if self._state() == self._held:
            return
        self._held = self._state()
        working_copy, folder = document.working_copy, _folder()
        self._work(lambda: _kept_snapshot(folder, working_copy))

    def settle(self) -> None:
        """Wait until every version that was to be kept is kept."""
        self._pool.submit(_nothing).result()

    def _state(self) -> tuple[str, int, int]:
        history = self._session.history
        return (
            self._session.document.id,
            history.done[-1].number if history.done else 0,
            len(history.undone),
        )

    def _work(self, task: Callable[[], None]) -> None:
        self._pool.submit(task).add_done_callback(self._announce)

    def _announce(self, task: object) -> None:
        with suppress(RuntimeError):  # the window was closed meanwhile
            self._done.emit(task)

    def _tell(self, task: Future[None]) -> None:
        try:
            task.result()
        except DocumentError as refusal:
            self.troubled.emit(str(refusal))
            return
        self.kept.emit()


def _folder() -> Path:
    """Return where versions are kept while this is asked, though what is kept then may be kept later."""
    return own_folder() / "versions"


def _kept(folder: Path, document_id: str, path: Path, reason: str) -> None:
    versions.keep(versions.versions_folder(folder), document_id, path, _now(), reason)
    versions.tidy(folder, _now())


def _kept_snapshot(folder: Path, working_copy: Path) -> None:
    if os.path.exists(working_copy):  # the document may have been closed meanwhile
        keep_snapshot(working_copy, _now(), "interval", folder)
        versions.tidy(folder, _now())


def _now() -> datetime:
    return datetime.now(UTC)


def _nothing() -> None:
    """Come after what was to be done before."""
