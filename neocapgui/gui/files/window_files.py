"""The files of a window: asked for, saved, copied, and the question before unsaved work would go."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from neocapgui.document.refusal import (
    ChangedOnDisk,
    DocumentError,
    EditCancelled,
    SaveCancelled,
    one_line,
    reason,
)
from neocapgui.document.working import BEGUN
from neocapgui.gui.dialogs.file_questions import CANCEL, Choice, Role, ask
from neocapgui.gui.files.in_use import FileLock
from neocapgui.gui.files.own_file import OwnFile, now
from neocapgui.gui.preferences import Preferences
from neocapgui.gui.tables.taking_over import take_over_typing
from neocapgui.gui.waiting import Answer, Waiting

if TYPE_CHECKING:
    from neocapgui.document.document import Document
    from neocapgui.gui.editing import Stop
    from neocapgui.gui.session import Session

KINDS_OF_FILES = "Scenarios (*.db);;All files (*)"
Follow = Callable[[], None]


class Files(QObject):
    """Asks for places and writes to them; every dialog leaves the program running behind it."""

    chosen = Signal(object)  # the Path of a scenario to open
    saved = Signal()
    held = Signal(str)  # what the window waits for, beside which nothing can be edited; "" when it is over
    told = Signal(str)  # what became of a save, as a sentence
    conflict_met = Signal(object)  # the file was changed by somebody else; what was to follow a save, or None

    def __init__(self, window: QWidget, preferences: Preferences) -> None:
        """Ask and write for a window."""
        super().__init__(window)
        self._window = window
        self._preferences = preferences
        self._waiting = Waiting(self)
        self._afterwards: list[Follow] = []  # what waits for the end of what is under way
        self._stop: Event | Stop | None = None  # of the save or the edit that is under way
        self._is_editing = False
        self.own = OwnFile(self)

    @property
    def can_stop(self) -> bool:
        """Whether what is under way can be given up."""
        return self._stop is not None

    def stop(self) -> None:
        """Give up the save or the edit that is under way; where it is done already, it stands."""
        if self._stop is not None:
            self._stop.set()

    @property
    def is_busy(self) -> bool:
        """Whether something is being written or read for this window."""
        return self._waiting.is_busy

    def settle(self) -> None:
        """Wait for what is under way, and let follow what follows."""
        self._waiting.settle()

    def afterwards(self, follow: Follow) -> None:
        """Do something when what is under way has worked; not at all if it fails."""
        self._afterwards.append(follow)

    def ask_open(self) -> None:
        """Let the user choose scenarios to open."""
        dialog = QFileDialog(self._window, "Open scenarios", str(self._preferences.folder), KINDS_OF_FILES)
        dialog.setObjectName("dialog.open")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._choose)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, session: Session, then: Follow | None = None) -> None:
        """Save to the scenario's own file, or ask for one; `then` follows only when it is saved."""
        path = session.document.path
        if self._is_editing:
            self.afterwards(lambda: self.save(session, then))
        elif self.is_busy:
            self._afterwards += [then] if then is not None else []
        elif path is None:
            self.save_as(session, then)
        elif why := self.own.why_read_only(session.document):
            self._ask_place(why.rstrip("."), session, lambda place: self.write(session, place, then))
        elif session.document.seal_state.kind in ("damaged", "edited"):
            self._ask_to_accept(session, path, then)
        else:
            self.write(session, path, then)

    def save_as(self, session: Session, then: Follow | None = None) -> None:
        """Ask for a place, save there and go on with that file."""
        self._ask_place("Save as", session, lambda path: self.write(session, path, then))

    def save_copy(self, session: Session) -> None:
        """Ask for a place and save a copy there; the window goes on with its own file."""
        self._ask_place("Save a copy", session, lambda path: self._write_copy(session, path))

    def work(
        self,
        session: Session,
        doing: str,
        task: Callable[[], Answer],
        then: Callable[[Future[Answer]], None],
        stop: Event | Stop | None = None,
    ) -> None:
        """Do something with the document of a session, beside the window where it is not quick.

        Until it is done nothing else touches the document: `held` says what the window waits for, and an
        edit that comes all the same waits too. A task that heeds `stop` can be given up; what a `Stop` lets
        go is over at once.
        """

        def finish(done: Future[Answer]) -> None:
            session.settle = _at_once
            self._stop = None
            self.held.emit("")
            afterwards, self._afterwards = self._afterwards, []
            then(done)
            if done.exception() is None:
                for follow in afterwards:
                    follow()

        def let_go(done: Future[Any]) -> None:
            self._waiting.abandon()
            finish(done)

        self.settle()
        session.settle = self.settle
        self._stop = stop
        if stop is not None:
            from neocapgui.gui.editing import Stop  # late: a window stands before a ledger

            if isinstance(stop, Stop):
                stop.let_go = let_go
        self._waiting.begin(task, finish, lambda: self.held.emit(doing))

    def serve(self, session: Session) -> None:
        """Let the large edits of a session be carried out beside its window."""

        def edit(
            doing: str,
            task: Callable[[], Answer],
            then: Callable[[Future[Answer]], None],
            stop: Stop,
        ) -> None:
            def finish(done: Future[Answer]) -> None:
                self._is_editing = False
                then(done)
                if done.exception() is None and isinstance(trouble := done.result(), EditCancelled):
                    self.told.emit(str(trouble))

            self.settle()
            self._is_editing = True
            self.work(session, doing, task, finish, stop)

        session.beside_window = edit

    def write(self, session: Session, path: Path, then: Follow | None = None) -> None:
        """Save to a file, with its lock taken; what keeps it from being saved is told."""
        take_over_typing(self._window)
        stop = Event()

        def save() -> FileLock | None:
            lock = self.own.lock_for(path)
            keeper = lock.take(now()) if lock is not None else None
            if keeper is not None:
                raise DocumentError(f"{one_line(path.name)} was not saved: {keeper.sentence}")
            try:
                session.document.save(path, go_on=_until(stop, path))
            except BaseException:
                if lock is not None:
                    lock.release()
                raise
            return lock or self.own.lock

        def finish(done: Future[FileLock | None]) -> None:
            try:
                lock = done.result()
            except ChangedOnDisk:
                self.conflict_met.emit(then)
                return
            except SaveCancelled as cancelled:
                self.told.emit(str(cancelled))
                return
            except DocumentError as refusal:
                self._offer_elsewhere(session, str(refusal), then)
                return
            self.own.hold(lock)
            session.saved.emit()
            self._preferences.remember_file(path)
            self.saved.emit()
            if then is not None:
                then()

        self.work(session, f"Saving {one_line(path.name)}…", save, finish, stop)

    def ask_to_leave(self, session: Session, leave: Follow) -> None:
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
        question.setTextFormat(Qt.TextFormat.PlainText)
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
        box.setTextFormat(Qt.TextFormat.PlainText)
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

    def _offer_elsewhere(self, session: Session, sentence: str, then: Follow | None) -> None:
        """Say why it was not saved, and offer another place: the work is kept in any case."""
        ask(
            self._window,
            "dialog.not_saved",
            "Not saved",
            sentence,
            "Nothing is lost: every edit is kept, and the file is as it was.",
            Choice("Save as…", lambda: self.save_as(session, then), Role.AcceptRole, is_default=True),
            CANCEL,
        )

    def _ask_to_accept(self, session: Session, path: Path, then: Follow | None) -> None:
        """Ask before rows that are not as they were saved are sealed as if they were."""
        from neocapgui.ledger.edits import EditRefused

        def accept() -> None:
            try:
                session.accept()
            except (EditRefused, DocumentError) as refusal:
                self.tell(str(refusal))
                return
            self.write(session, path, then)

        ask(
            self._window,
            "dialog.unaccepted",
            "Not as it was saved",
            session.document.seal_state.sentences[0] if session.document.seal_state.sentences else "",
            "Accept and save takes what stands here for what is meant, and the history says so. Save as… "
            "leaves the file as it was found.",
            Choice("Accept and save", accept, Role.AcceptRole),
            Choice("Save as…", lambda: self.save_as(session, then)),
            replace(CANCEL, is_default=True),
        )

    def _write_copy(self, session: Session, path: Path) -> None:
        document = session.document
        if document.path is not None and path.absolute() == document.path.absolute():
            self.write(session, path)
            return
        take_over_typing(self._window)
        stop = Event()

        def finish(done: Future[None]) -> None:
            try:
                done.result()
            except SaveCancelled as cancelled:
                self.told.emit(str(cancelled))
                return
            except DocumentError as refusal:
                self.tell(str(refusal))
                return
            self._preferences.remember_file(path)

        go_on = _until(stop, path)
        self.work(
            session, f"Saving {one_line(path.name)}…", lambda: _copied(document, path, go_on), finish, stop
        )


def dropped_files(data: QMimeData) -> list[Path]:
    """Return the scenario files among what is dragged onto a window."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() == ".db"]


def _until(stop: Event, path: Path) -> Follow:
    """Return what lets a save go on until it is stopped."""

    def go_on() -> None:
        if stop.is_set():
            raise SaveCancelled(
                f"{one_line(path.name)} was not saved, as you wished: what was there is untouched, and every"
                " edit is kept."
            )

    return go_on


def _copied(document: Document, path: Path, go_on: Follow) -> None:
    """Save a document at another place while it stays where it is; refuses as `Document.save` does."""
    from neocapgui.document.document import Document

    # Only begun, by its name: a kill leaves no second copy of the same work to be offered.
    beside = document.working_copy.with_name(f"{uuid4()}{BEGUN}")
    try:
        shutil.copyfile(document.working_copy, beside)  # whole: every edit is written when it is done
        with Document.recover(beside) as copy:
            copy.save(path, go_on=go_on)
    except OSError as error:
        raise DocumentError(f"{one_line(path.name)} could not be saved: {reason(error)}.") from error
    finally:
        beside.unlink(missing_ok=True)


def _file_name(title: str) -> str:
    """Return a title as the name of a file that every system takes."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in title)
    return " ".join(kept.split()) or "Untitled"


def _at_once() -> None:
    """Wait for nothing."""
