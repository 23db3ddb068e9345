"""What a window does when somebody else has changed its file: asks, compares, keeps both states."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from neocapgui.document.refusal import DocumentError, one_line
from neocapgui.gui.dialogs.file_questions import CANCEL, Choice, Role, ask
from neocapgui.gui.files.window_files import Files
from neocapgui.gui.waiting import Waiting
from neocapgui.gui.widgets.banner import Banner

if TYPE_CHECKING:
    from neocapgui.document.document import Document
    from neocapgui.figures.tables import Table
    from neocapgui.gui.dialogs.changed_dialog import ChangedDialog
    from neocapgui.gui.session import Session

_SUBJECT = "disk"


class ChangedOnDisk(QObject):
    """Watches the file of a session, and settles with the user what differs."""

    def __init__(self, session: Session, files: Files, banner: Banner, window: QWidget) -> None:
        """Watch for a window."""
        super().__init__(session)
        self._session = session
        self._files = files
        self._banner = banner
        self._window = window
        self._comparing = Waiting(self)
        self._dialog: ChangedDialog | None = None
        self._answered: tuple[int, int] | None = None  # size and time of a file that was asked about already
        files.serve(session)
        files.own.found.connect(self._hear)
        files.conflict_met.connect(self.ask)
        session.opened.connect(self._begin_anew)
        session.saved.connect(self._begin_anew)

    def look(self) -> None:
        """Look at the file beside the window, as when somebody comes back to it."""
        if not self._files.is_busy and self._dialog is None:
            self._files.own.look(self._session.document)

    def ask(self, then: Callable[[], None] | None = None) -> None:
        """Ask what becomes of the two states; `then` follows a save under another name."""
        from neocapgui.gui.dialogs.changed_dialog import ChangedDialog

        if self._dialog is not None:
            return
        dialog = self._dialog = ChangedDialog(self._session, self._window)
        dialog.compare_wanted.connect(self.compare)
        dialog.keep_wanted.connect(lambda: self._files.save_as(self._session, then))
        dialog.take_wanted.connect(self.take_theirs)
        dialog.finished.connect(self._put_away)
        dialog.open()

    def compare(self) -> None:
        """Show in the dialog what stands on disk and what stands here, field by field."""
        if self._dialog is None or self._comparing.is_busy:
            return
        self._dialog.wait()
        session = self._session
        document, style = session.document, session.style

        def differing() -> Table:
            from neocapgui.document.document import Document
            from neocapgui.figures.differences_table import change_lines
            from neocapgui.ledger.differences import differences

            if document.path is None:
                raise DocumentError("The scenario has no file.")
            with Document.open(document.path) as theirs:
                edit = differences(theirs.ledger, document.ledger)
                return _in_two_columns(change_lines(theirs.ledger, document.ledger, edit, style))

        self._comparing.begin(differing, self._show)

    def take_theirs(self) -> None:
        """Go on with the file as it is on disk; what was here is kept as a version of the document."""
        self._reopen("Before taking the file on disk")

    def revert(self) -> None:
        """Go back to the file after a question that says how many edits go."""
        document = self._session.document
        if document.path is None or not document.is_modified:
            return
        count = document.unsaved
        ask(
            self._window,
            "dialog.revert",
            "Revert to saved",
            f"Take {one_line(document.name)} back to what was saved last?",
            f"{count:,} edit{'s' if count != 1 else ''} since then will go from the screen; what is here now "
            "is kept as a version of the document.",
            Choice("Revert", lambda: self._reopen("Before reverting to what was saved"), Role.AcceptRole),
            replace(CANCEL, is_default=True),
        )

    def _reopen(self, reason: str) -> None:
        session = self._session
        document, path = session.document, session.document.path
        if path is None:
            return

        def reopened() -> Document:
            from neocapgui.document.document import Document

            found = Document.open(path)
            try:
                if document.is_modified:
                    document.keep_version(datetime.now(), reason)
            except BaseException:
                found.close()
                raise
            return found

        def show(done: Future[Document]) -> None:
            try:
                session.show(done.result())
            except DocumentError as refusal:
                self._files.tell(str(refusal))

        self._files.work(session, f"Opening {one_line(path.name)}…", reopened, show)

    def _hear(self, how: str) -> None:
        """Say how the file stands, and ask once where it was changed."""
        if self._files.is_busy:
            self._files.afterwards(self.look)  # the change may be the save that is under way
            return
        name = one_line(self._session.document.name)
        if how == "gone":
            self._banner.say(
                _SUBJECT,
                f"{name} is not where it was: its folder or drive may be gone. Your work is kept here.",
                ("notice.save_as", "Save as…", lambda: self._files.save_as(self._session)),
            )
        elif how == "changed":
            self._banner.say(
                _SUBJECT,
                f"{name} was changed by another program since it was opened here.",
                ("notice.compare", "Compare…", self.ask),
            )
            standing = self._standing()
            if standing != self._answered:
                self._answered = standing
                self.ask()
        else:
            self._banner.say(_SUBJECT, "")

    def _standing(self) -> tuple[int, int] | None:
        path = self._session.document.path
        try:
            status = path.stat() if path is not None else None
        except OSError:
            return None
        return (status.st_size, status.st_mtime_ns) if status is not None else None

    def _show(self, done: Future[Table]) -> None:
        if self._dialog is None:
            return
        try:
            self._dialog.show_differences(done.result())
        except DocumentError as refusal:
            self._dialog.say(str(refusal))

    def _put_away(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def _begin_anew(self) -> None:
        self._answered = None
        self._files.own.begin_anew()
        self._banner.say(_SUBJECT, "")


def _in_two_columns(table: Table) -> Table:
    """Return the lines with the two states named after where they stand."""
    names = {"Before": "On disk", "After": "Here"}
    columns = (replace(column, title=names.get(column.title, column.title)) for column in table.columns)
    return replace(table, columns=tuple(columns))
