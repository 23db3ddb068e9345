"""The files of a window: asked for, saved, copied, and the question before unsaved work would go."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from neocapgui.document.refusal import DocumentError
from neocapgui.gui.preferences import Preferences

if TYPE_CHECKING:
    from neocapgui.gui.session import Session

KINDS_OF_FILES = "Scenarios (*.db);;All files (*)"


class Files(QObject):
    """Asks for places and writes to them; every dialog leaves the program running behind it."""

    chosen = Signal(object)  # the Path of a scenario to open
    saved = Signal()

    def __init__(self, window: QWidget, preferences: Preferences) -> None:
        """Ask and write for a window."""
        super().__init__(window)
        self._window = window
        self._preferences = preferences

    def ask_open(self) -> None:
        """Let the user choose scenarios to open."""
        dialog = QFileDialog(self._window, "Open scenarios", str(self._preferences.folder), KINDS_OF_FILES)
        dialog.setObjectName("dialog.open")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._choose)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, session: Session, then: Callable[[], None] | None = None) -> None:
        """Save to the scenario's own file, or ask for one; `then` follows only when it is saved."""
        path = session.document.path
        if path is None:
            self.save_as(session, then)
        else:
            self._write(session, path, then)

    def save_as(self, session: Session, then: Callable[[], None] | None = None) -> None:
        """Ask for a place, save there and go on with that file."""
        self._ask_place("Save as", session, lambda path: self._write(session, path, then))

    def save_copy(self, session: Session) -> None:
        """Ask for a place and save a copy there; the window goes on with its own file."""
        self._ask_place("Save a copy", session, lambda path: self._write_copy(session, path))

    def ask_to_leave(self, session: Session, leave: Callable[[], None]) -> None:
        """Ask what becomes of unsaved work; `leave` follows unless the user stays."""
        name = session.document.name
        question = QMessageBox(
            QMessageBox.Icon.NoIcon,
            "Unsaved changes",
            f"Save the changes to {name} before closing?",
            QMessageBox.StandardButton.Save
            | QMessageBox.StandardButton.Discard
            | QMessageBox.StandardButton.Cancel,
            self._window,
        )
        question.setObjectName("dialog.unsaved")
        count = len(session.history.done)
        question.setInformativeText(
            f"{count:,} edit{'s' if count != 1 else ''} in the history; the last is “"
            f"{session.history.done[-1].edit.label}”."
            if count
            else "The file differs from what is on the screen."
        )
        question.setDefaultButton(QMessageBox.StandardButton.Save)
        answers = {
            QMessageBox.StandardButton.Save: lambda: self.save(session, leave),
            QMessageBox.StandardButton.Discard: leave,
        }

        def answer(button: int) -> None:
            question.deleteLater()
            follow = answers.get(QMessageBox.StandardButton(button))
            if follow is not None:
                follow()

        question.finished.connect(answer)
        question.open()

    def tell(self, sentence: str) -> None:
        """Tell in a box why something could not be done."""
        box = QMessageBox(
            QMessageBox.Icon.NoIcon,
            "neocapgui",
            sentence,
            QMessageBox.StandardButton.Ok,
            self._window,
        )
        box.setObjectName("dialog.trouble")
        box.finished.connect(box.deleteLater)
        box.open()

    def _choose(self, names: Iterable[str]) -> None:
        for name in names:
            self.chosen.emit(Path(name))

    def _ask_place(self, title: str, session: Session, then: Callable[[Path], None]) -> None:
        path = session.document.path
        start = path or self._preferences.folder / f"{_file_name(session.ledger.title)}.db"
        dialog = QFileDialog(self._window, title, str(start), KINDS_OF_FILES)
        dialog.setObjectName("dialog.save")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("db")
        dialog.selectFile(str(start))
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write(self, session: Session, path: Path, then: Callable[[], None] | None) -> None:
        try:
            session.save(path)
        except DocumentError as refusal:
            self._offer_elsewhere(session, str(refusal), then)
            return
        self._preferences.remember_file(path)
        self.saved.emit()
        if then is not None:
            then()

    def _offer_elsewhere(self, session: Session, sentence: str, then: Callable[[], None] | None) -> None:
        """Say why it was not saved, and offer another place: the work is kept in any case."""
        box = QMessageBox(QMessageBox.Icon.NoIcon, "Not saved", sentence, parent=self._window)
        box.setObjectName("dialog.not_saved")
        box.setInformativeText("Nothing is lost: every edit is kept, and the file is as it was.")
        elsewhere = box.addButton("Save as…", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)

        def answer() -> None:
            box.deleteLater()
            if box.clickedButton() is elsewhere:
                self.save_as(session, then)

        box.finished.connect(answer)
        box.open()

    def _write_copy(self, session: Session, path: Path) -> None:
        from neocapgui.document.document import Document

        document = session.document
        if document.path is not None and path.absolute() == document.path.absolute():
            self._write(session, path, None)
            return
        beside = document.working_copy.with_name(f"{uuid4()}.db")
        try:
            shutil.copyfile(document.working_copy, beside)  # whole: every edit is written when it is done
            with Document.recover(beside) as copy:
                copy.save(path)
        except (DocumentError, OSError) as refusal:
            beside.unlink(missing_ok=True)
            self.tell(str(refusal))
            return
        self._preferences.remember_file(path)


def dropped_files(data: QMimeData) -> list[Path]:
    """Return the scenario files among what is dragged onto a window."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() == ".db"]


def _file_name(title: str) -> str:
    """Return a title as the name of a file that every system takes."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in title)
    return " ".join(kept.split()) or "Untitled"
