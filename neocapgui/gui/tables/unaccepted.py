"""Text that stands in a cell and was not taken, or taken with a doubt; it stays whatever else is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from neocapgui.gui.session import Session
from neocapgui.ledger.ledger import TABLES

Place = tuple[str, Any, str]  # the table of facts, the line by its fact or by its key, the column


@dataclass(frozen=True, slots=True)
class Refusal:
    """Text that was typed and is no value: it stays in its cell, and nothing else is held up.

    A doubt is about text that was taken: the cell shows its value, and the sentence asks.
    """

    text: str
    sentence: str  # the rule, and where there is one the question whether the repair was meant
    repair: str = ""  # what may have been meant
    is_doubt: bool = False


class Unaccepted(QObject):
    """The refusals of a session, in all its tables; they outlast pages, days and undoing."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        """Keep what is refused in a session."""
        super().__init__(session)
        self._session = session
        self._refusals: dict[Place, Refusal] = {}
        self._corrected: dict[int, dict[Place, Refusal]] = {}  # by the number of the edit that did it
        self._back: set[int] = set()  # of those edits the ones that are taken back just now
        session.opened.connect(self._forget)
        session.edited.connect(self._follow_undo)

    @classmethod
    def of(cls, session: Session) -> Unaccepted:
        """Return the one of a session."""
        found = session.findChild(cls)
        return cls(session) if found is None else found  # an empty one counts as false

    def __len__(self) -> int:
        """Return how many cells in sight hold text that was not taken; doubts do not count."""
        return sum(not self._refusals[place].is_doubt and self._stands(place) for place in self._refusals)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is refused or doubted anywhere."""
        return not self._refusals

    def get(self, place: Place) -> Refusal | None:
        """Return what is refused in a cell, if anything is."""
        return self._refusals.get(place)

    def places(self, table: str = "") -> Iterator[Place]:
        """Return where text was not taken or is doubted, in one table of facts or in all."""
        places = [place for place in self._refusals if not table or place[0] == table]
        return (place for place in places if self._stands(place))

    def lines(self, table: str) -> frozenset[Any]:
        """Return the lines of a table in which something was not taken or is doubted, by fact or key."""
        return frozenset(line for name, line, _ in self._refusals if name == table)

    def keep(self, place: Place, refusal: Refusal) -> None:
        """Keep a text that was not taken."""
        self._refusals[place] = refusal
        self.changed.emit()

    def drop(self, place: Place) -> bool:
        """Give up what is refused in a cell; return whether there was something."""
        if self._refusals.pop(place, None) is None:
            return False
        self.changed.emit()
        return True

    def correct(self, places: Iterable[Place]) -> None:
        """Give up what is refused in cells that the last edit corrected; its undo brings the texts back."""
        gone = {place: self._refusals.pop(place) for place in places if place in self._refusals}
        kept = {place: refusal for place, refusal in gone.items() if not refusal.is_doubt}
        done = self._session.history.done
        if kept and done:
            self._corrected[done[-1].number] = kept
        if gone:
            self.changed.emit()

    def _follow_undo(self) -> None:
        """Bring back what was refused where its correction was undone, and give it up again with a redo."""
        if not self._corrected:
            return
        history = self._session.history
        undone = {entry.number for entry in history.undone}
        done = {entry.number for entry in history.done if entry.number in self._back}
        for number, texts in list(self._corrected.items()):
            if number in undone and number not in self._back:
                self._refusals = {**texts, **self._refusals}
                self._back.add(number)
            elif number in self._back and number in done:
                for place in texts:
                    self._refusals.pop(place, None)
                self._back.discard(number)
            elif number in self._back and number not in undone:  # something else was done instead
                del self._corrected[number]
                self._back.discard(number)
            else:
                continue
            self.changed.emit()

    def _stands(self, place: Place) -> bool:
        """Whether the fact of a line is recorded: one that was removed may come back by Undo."""
        table, line, _ = place
        if table not in TABLES.values() or not isinstance(line, int):
            return True
        return getattr(self._session.ledger, table).get(line) is not None

    def _forget(self) -> None:
        self._refusals.clear()
        self._corrected.clear()
        self._back.clear()
        self.changed.emit()
