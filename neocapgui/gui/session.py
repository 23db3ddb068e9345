"""The one place where a window meets a document: does edits, remembers answers, says what moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from neocapgui.document.document import Document
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.timeline import last_day
from neocapgui.figures.kinds import Style
from neocapgui.ledger.edits import Edit
from neocapgui.ledger.history import History
from neocapgui.ledger.ledger import Ledger

Answer = TypeVar("Answer")


class Session(QObject):
    """A document on the screen and the point of view it is looked at from."""

    opened = Signal()  # another document is on the screen
    edited = Signal()  # the ledger moved: an edit, an undo or a redo
    lens_changed = Signal()
    saved = Signal()

    def __init__(self, document: Document, style: Style, parent: QObject | None = None) -> None:
        """Show a document, looked at on its last day."""
        super().__init__(parent)
        self.document = document
        self.style = style
        self.lens = first_lens(document.ledger)
        self._answers: dict[tuple[Any, ...], Any] = {}
        self.settle: Callable[[], None] = lambda: None  # waits for what is at work on the document beside

    @property
    def ledger(self) -> Ledger:
        """The facts as they stand."""
        return self.document.ledger

    @property
    def history(self) -> History:
        """The edits done and undone."""
        return self.document.history

    def ask(self, question: Callable[..., Answer], *details: Any) -> Answer:
        """Return the answer to a question of ledger and lens; it is remembered until either moves."""
        key = (question, self.lens, *details)
        if key not in self._answers:
            self._answers[key] = question(self.ledger, self.lens, *details)
        answer: Answer = self._answers[key]
        return answer

    def do(self, edit: Edit) -> None:
        """Carry out an edit: first the pure apply, then the file, then the signal."""
        self.settle()
        self.document.do(edit)
        self._moved()

    def undo(self, steps: int = 1) -> None:
        """Take the last edits back at once, so many as there are."""
        self.settle()
        steps = min(steps, len(self.history.done))
        if steps:
            self.document.undo(steps)
            self._moved()

    def redo(self, steps: int = 1) -> None:
        """Do again at once what was taken back last, so much as there is."""
        self.settle()
        steps = min(steps, len(self.history.undone))
        if steps:
            self.document.redo(steps)
            self._moved()

    def accept(self) -> None:
        """Take the file as it was found for what is meant, although its seal says otherwise."""
        self.settle()
        self.document.accept()
        self._moved()

    def look(self, lens: Lens) -> None:
        """Look from another point of view; the file stays as it is."""
        if lens != self.lens:
            self.lens = lens
            self._forget_other_days()
            self.lens_changed.emit()

    def look_on(self, day: date) -> None:
        """Look at another day."""
        self.look(replace(self.lens, as_of=day))

    def look_at(self, issuer: int) -> None:
        """Look at another company."""
        self.look(replace(self.lens, issuer=issuer))

    def count_by(self, basis: Basis) -> None:
        """Count the shares on another basis."""
        self.look(replace(self.lens, basis=basis))

    def show(self, document: Document) -> None:
        """Put another document on the screen in the place of this one."""
        self.settle()
        before, self.document = self.document, document
        self._answers.clear()
        self.lens = first_lens(document.ledger)
        before.close()
        self.opened.emit()

    def save(self, path: Path) -> None:
        """Write the document to a file, all of it or nothing."""
        self.settle()
        self.document.save(path)
        self.saved.emit()

    def _moved(self) -> None:
        self._answers.clear()
        if self.lens.issuer not in self.ledger.issuers:
            self.lens = replace(self.lens, issuer=next(iter(self.ledger.issuers), None))
        self.edited.emit()

    def _forget_other_days(self) -> None:
        if len(self._answers) > 64:
            self._answers.clear()


def first_lens(ledger: Ledger) -> Lens:
    """Return the lens a document is opened with: its first issuer, on the day of its last entry."""
    return Lens(last_day(ledger) or date.today(), next(iter(ledger.issuers), None), Basis.AS_CONVERTED)
