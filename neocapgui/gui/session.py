"""The one place where a window meets a document: does edits, remembers answers, says what moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from neocapgui.document.document import Document
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.timeline import last_day
from neocapgui.figures.kinds import Style
from neocapgui.gui.beside import Beside
from neocapgui.gui.editing import MANY, BesideWindow, Stop, Then, Trouble, Way, trouble_of
from neocapgui.ledger.edits import Edit
from neocapgui.ledger.history import Entry, History
from neocapgui.ledger.ledger import Ledger

Answer = TypeVar("Answer")
Asked = tuple[Callable[..., Any], *tuple[Any, ...]]  # a question with its details

_SMALL = 10_000  # transactions whose figures are calculated within a frame
_FRAME = 0.016  # seconds
_REMEMBERED = 64  # answers, of all days


class Session(QObject):
    """A document on the screen and the point of view it is looked at from."""

    opened = Signal()  # another document is on the screen
    edited = Signal()  # the ledger moved: an edit, an undo or a redo
    lens_changed = Signal()
    wished = Signal()  # the day that is looked for moved; its figures may follow later
    saved = Signal()
    under_way_moved = Signal()  # a large edit was begun beside the window, or has ended

    def __init__(self, document: Document, style: Style, parent: QObject | None = None) -> None:
        """Show a document, looked at on its last day."""
        super().__init__(parent)
        self.document = document
        self.style = style
        self.lens = first_lens(document.ledger)
        self._wish: Lens | None = None  # what was asked for last, while its figures are not there
        self._awaited: Lens | None = None  # whose figures are being calculated beside, if they still count
        self._is_calculating = False
        self._beside = Beside(self)
        self._answers: dict[tuple[Any, ...], Any] = {}
        self._asked: dict[Asked, None] = {}  # since ledger or lens moved last: what is on the screen
        self._about_to_ask: dict[Asked, None] = {}
        self.settle: Callable[[], None] = lambda: None  # waits for what is at work on the document beside
        self.beside_window: BesideWindow | None = None  # where there is a window that lives on meanwhile
        self._stop: Stop | None = None  # of the edit that is carried out beside
        self._way, self._label = Way.DO, ""  # of that edit: what becomes of it, and its name in the history
        self._next: list[Callable[[], None]] = []  # what was asked for meanwhile, and follows it
        self._stands: tuple[Ledger, History] | None = None  # on the screen, while an edit is written beside

    @property
    def ledger(self) -> Ledger:
        """The facts as they stand; what is being written is not among them until `edited`."""
        return self.document.ledger if self._stands is None else self._stands[0]

    @property
    def history(self) -> History:
        """The edits done and undone."""
        return self.document.history if self._stands is None else self._stands[1]

    def ask(self, question: Callable[..., Answer], *details: Any) -> Answer:
        """Return the answer to a question of ledger and lens; it is remembered until either moves."""
        key = (question, self.lens, *details)
        self._asked[question, *details] = None
        if key not in self._answers:
            self._answers[key] = question(self.ledger, self.lens, *details)
        answer: Answer = self._answers[key]
        return answer

    def let_go(self, detail: object) -> None:
        """Forget all answers to questions that were asked with a detail, and what the detail holds."""
        self._answers = {key: answer for key, answer in self._answers.items() if detail not in key[2:]}
        for asked in (self._asked, self._about_to_ask):
            for key in [key for key in asked if detail in key[1:]]:
                del asked[key]

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

    def do_beside(self, label: str, count: int, edit: Callable[[], Edit], then: Then) -> None:
        """Make an edit of about `count` changes and carry it out, beside the window where these are many.

        `then` follows with why it was refused or given up, and with None once it stands on the screen; an
        edit without changes is none. `edit` is called in another thread and knows nothing of the window.
        """

        def carry_out(stop: Stop) -> None:
            made = edit()
            if made.changes:
                self.document.do(made, stop.go_on, stop.begin)

        self._carry_out(Way.DO, label, count, carry_out, then)

    def undo_beside(self, steps: int, then: Then) -> None:
        """Take the last edits back as `undo` does, beside the window where they are large.

        An edit that is under way is the last one: it is given up, or taken back as soon as it stands.
        """
        if self._asks_meanwhile(Way.UNDO, lambda: self.undo_beside(steps, then), then):
            return
        self.settle()
        entries = self.history.done[max(0, len(self.history.done) - steps) :]
        if entries:
            undo = partial(self.document.undo, len(entries))
            label = f"Undo {entries[0].edit.label}"
            self._carry_out(Way.UNDO, label, _size(entries), lambda stop: undo(stop.go_on, stop.begin), then)

    def redo_beside(self, steps: int, then: Then) -> None:
        """Do again what was taken back as `redo` does, beside the window where it is large.

        An undo that is under way is given up, or done again as soon as it stands.
        """
        if self._asks_meanwhile(Way.REDO, lambda: self.redo_beside(steps, then), then):
            return
        self.settle()
        entries = self.history.undone[max(0, len(self.history.undone) - steps) :]
        if entries:
            redo = partial(self.document.redo, len(entries))
            label = f"Redo {entries[0].edit.label}"
            self._carry_out(Way.REDO, label, _size(entries), lambda stop: redo(stop.go_on, stop.begin), then)

    def give_up(self) -> None:
        """Give up the edit that is carried out beside the window; where it is done already, it stands."""
        if self._stop is not None:
            self._stop.set()

    @property
    def under_way(self) -> tuple[Way, str] | None:
        """What becomes of which edit beside the window just now."""
        return None if self._stop is None else (self._way, self._label)

    def _asks_meanwhile(self, way: Way, again: Callable[[], None], then: Then) -> bool:
        """Take up an undo or redo that is asked for while an edit is under way; return whether one is.

        What takes the edit under way back gives it up; where it stands all the same it is taken back then.
        Anything else follows it.
        """
        if self._stop is None:
            return False
        if way is Way.REDO and self._way is Way.DO:
            return True  # after something new there is nothing to do again
        takes_back = (way is Way.UNDO) is not (self._way is Way.UNDO)
        if self._next or not takes_back:
            self._next.append(again)
            return True
        stood = self.history

        def take_back() -> None:
            if self.history is not stood:
                (self.undo_beside if way is Way.UNDO else self.redo_beside)(1, then)

        self._next.append(take_back)
        self._stop.set()
        return True

    def _carry_out(
        self, way: Way, label: str, count: int, task: Callable[[Stop], object], then: Then
    ) -> None:
        self.settle()
        stop, before = Stop(label), self.history

        def carry_out() -> Trouble | None:
            return trouble_of(lambda: task(stop))

        def finish(done: Future[Trouble | None]) -> None:
            self._stands = self._stop = None
            asked, self._next = self._next, []
            if self.history is not before:
                self._moved()
            self.under_way_moved.emit()
            then(done.result())
            for one in asked:
                one()

        if count <= MANY or self.beside_window is None:
            done: Future[Trouble | None] = Future()
            done.set_result(carry_out())
            finish(done)
        else:
            self._stands, self._stop = (self.ledger, self.history), stop
            self._way, self._label = way, label
            self.beside_window(f"{label}…", carry_out, finish, stop)
            self.under_way_moved.emit()

    def accept(self) -> None:
        """Take the file as it was found for what is meant, although its seal says otherwise."""
        self.settle()
        self.document.accept()
        self._moved()

    def look(self, lens: Lens) -> None:
        """Look from another point of view; the file stays as it is."""
        was_behind, self._wish, self._awaited = self.is_behind, None, None
        if lens != self.lens or self._about_to_ask:
            self._about_to_ask.clear()
            self._take(lens, {})
        elif was_behind:
            self.wished.emit()

    def look_on(self, day: date) -> None:
        """Look at another day."""
        self.look(replace(self.wish, as_of=day))

    def wish_for(self, day: date) -> None:
        """Look at another day as soon as its figures are there: at once, or calculated beside the window.

        Until then the lens stays where all that is shown was asked from, and `is_behind` says so. Of many
        days that are wished for while figures are calculated only the latest is calculated next.
        """
        wish = replace(self.wish, as_of=day)
        if wish == self.lens or len(self.ledger.transactions) <= _SMALL:
            self.look(wish)
        elif wish != self._wish:
            self._wish = wish
            if not self._is_calculating:
                self._calculate(_FRAME)
            self.wished.emit()

    def prepare(self, question: Callable[..., Answer], *details: Any) -> bool:
        """Say whether what is about to be asked can be asked now without holding up the window.

        If not, it is calculated beside the window, and `lens_changed` follows when its answer is there.
        """
        is_known = (question, self.lens, *details) in self._answers
        if not self.is_behind and (is_known or len(self.ledger.transactions) <= _SMALL):
            return True
        self._about_to_ask[question, *details] = None
        self._wish, self._awaited = replace(self.wish), None  # what is under way does not have this answer
        if not self._is_calculating:
            self._calculate(_FRAME)
        self.wished.emit()
        return False

    @property
    def wish(self) -> Lens:
        """The point of view that was asked for last: the lens, or what it will be."""
        return self._wish or self.lens

    @property
    def is_behind(self) -> bool:
        """Whether what is shown is not yet what was asked for."""
        return self._wish is not None

    def catch_up(self) -> None:
        """Look at once at what was asked for, if its figures are not shown yet."""
        if self._wish is not None and self._wish is self._awaited:
            self._beside.settle()
        if self._wish is not None:
            self.look(self._wish)

    def look_at(self, issuer: int) -> None:
        """Look at another company."""
        self.look(replace(self.wish, issuer=issuer))

    def count_by(self, basis: Basis) -> None:
        """Count the shares on another basis."""
        self.look(replace(self.wish, basis=basis))

    def show(self, document: Document) -> None:
        """Put another document on the screen in the place of this one."""
        self.settle()
        before, self.document = self.document, document
        self._forget()
        self.lens = first_lens(document.ledger)
        before.close()
        self.opened.emit()

    def save(self, path: Path) -> None:
        """Write the document to a file, all of it or nothing."""
        self.settle()
        self.document.save(path)
        self.saved.emit()

    def _moved(self) -> None:
        before, self.lens = self.lens, self.wish
        self._forget()
        if self.lens.issuer not in self.ledger.issuers:
            self.lens = replace(self.lens, issuer=next(iter(self.ledger.issuers), None))
        self.edited.emit()
        if self.lens.as_of != before.as_of:
            self.lens_changed.emit()

    def _forget(self) -> None:
        self._answers.clear()
        self._asked.clear()
        self._about_to_ask.clear()
        self._wish = self._awaited = None

    def _calculate(self, patience: float) -> None:
        """Ask beside the window, from the point of view that is wished for, all that is on the screen."""
        ledger, lens, everything = self.ledger, self.wish, {**self._asked, **self._about_to_ask}
        asked = [(one, *more) for one, *more in everything if (one, lens, *more) not in self._answers]
        self._awaited, self._is_calculating = lens, True
        self._beside.work(
            lambda: _answers(ledger, lens, asked), lambda answers: self._arrive(lens, answers), patience
        )

    def _arrive(self, lens: Lens, answers: dict[tuple[Any, ...], Any]) -> None:
        self._is_calculating = False
        if lens is self._awaited:
            if lens is self._wish:
                self._wish = None
                self._about_to_ask.clear()
            self._take(lens, answers)
        if self.is_behind and not self._is_calculating:
            self._calculate(0.0)

    def _take(self, lens: Lens, answers: dict[tuple[Any, ...], Any]) -> None:
        self.lens = lens
        if len(self._answers) > _REMEMBERED:
            self._answers = {key: answer for key, answer in self._answers.items() if key[1] == lens}
        self._answers.update(answers)
        self._asked.clear()
        self.lens_changed.emit()


def _answers(ledger: Ledger, lens: Lens, asked: Iterable[Asked]) -> dict[tuple[Any, ...], Any]:
    """Return the answers to questions; what raises is left to whoever asks it in the window."""
    found: dict[tuple[Any, ...], Any] = {}
    for question, *details in asked:
        with suppress(Exception):
            found[question, lens, *details] = question(ledger, lens, *details)
    return found


def _size(entries: Sequence[Entry]) -> int:
    return sum(len(entry.edit.changes) for entry in entries)


def first_lens(ledger: Ledger) -> Lens:
    """Return the lens a document is opened with: its first issuer, on the day of its last entry."""
    return Lens(last_day(ledger) or date.today(), next(iter(ledger.issuers), None), Basis.AS_CONVERTED)
