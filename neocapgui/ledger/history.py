"""The edits done and undone, in order, with the time of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from neocapgui.ledger.edits import Edit, in_turn
from neocapgui.ledger.ledger import TABLES, Fact, Ledger
from neocapgui.ledger.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Entry:
    """One edit in the history; `at` is the moment it was done, in ISO form with its zone."""

    number: int
    at: str
    edit: Edit


@dataclass(frozen=True, slots=True)
class History:
    """What was done and stands, and what was taken back and can be done again (the next one last)."""

    done: tuple[Entry, ...] = ()
    undone: tuple[Entry, ...] = ()

    @property
    def next_number(self) -> int:
        """The number of the next new edit."""
        last = self.done[-1].number if self.done else 0  # the numbers of both lists go up, as they were given
        return max(last, self.undone[0].number if self.undone else 0) + 1

    def after_doing(self, edit: Edit, at: str) -> History:
        """Return the history with one more edit; what was taken back before it is given up."""
        return History((*self.done, Entry(self.next_number, at, edit)))

    def since(self, number: int) -> History:
        """Return the history without the edits before one."""
        return History(tuple(entry for entry in self.done if entry.number >= number), self.undone)

    def after_undo(self, steps: int = 1) -> History:
        """Return the history with the last edits taken back."""
        stays = len(self.done) - steps
        return History(self.done[:stays], (*self.undone, *reversed(self.done[stays:])))

    def after_redo(self, steps: int = 1) -> History:
        """Return the history with what was taken back last done again."""
        stays = len(self.undone) - steps
        return History((*self.done, *reversed(self.undone[stays:])), self.undone[:stays])

    def undoing(self, steps: int = 1) -> Edit:
        """Return what takes the last edits back, as one edit, which is called as the one it goes back to."""
        taken = self.done[len(self.done) - steps :]
        return in_turn(taken[0].edit.label, [entry.edit.inverse() for entry in reversed(taken)])

    def redoing(self, steps: int = 1) -> Edit:
        """Return what does again what was taken back last, as one edit, called as the one it goes up to."""
        taken = self.undone[len(self.undone) - steps :]
        return in_turn(taken[0].edit.label, [entry.edit for entry in reversed(taken)])


def around(ledger: Ledger, history: History, number: int) -> tuple[Ledger, Ledger]:
    """Return what an edit of the history found and what it left; but the transactions are those of now.

    By these the changes of an edit are told: a fact is named after others, and never after a transaction.
    Where the history has no such edit, it is the ledger of now in both.
    """
    back: list[_State] = []
    for entry in reversed(history.done):
        if entry.number == number:
            after = _with(ledger, back)
            found: list[_State] = []
            _add_found(found, entry.edit)
            return _with(after, found), after
        _add_found(back, entry.edit)
    forth: list[_State] = []
    for entry in reversed(history.undone):
        if entry.number == number:
            before = _with(ledger, forth)
            left: list[_State] = []
            _add_left(left, entry.edit)
            return before, _with(before, left)
        _add_left(forth, entry.edit)
    return ledger, ledger


_State = tuple[type[Any], int, Fact | None]


def _add_found(states: list[_State], edit: Edit) -> None:
    """Add what an edit found, of each fact but the transactions; the last to be put back first."""
    for change in reversed(edit.changes):
        if type(change.after or change.before) is not Transaction:
            states.append((change.kind, change.id, change.before))


def _add_left(states: list[_State], edit: Edit) -> None:
    for change in edit.changes:
        if type(change.after or change.before) is not Transaction:
            states.append((change.kind, change.id, change.after))


def _with(ledger: Ledger, states: Sequence[_State]) -> Ledger:
    kinds = {kind for kind, _, _ in states}
    tables: dict[str, Any] = {TABLES[kind]: dict(getattr(ledger, TABLES[kind])) for kind in kinds}
    for kind, id, fact in states:
        if fact is None:
            tables[TABLES[kind]].pop(id, None)
        else:
            tables[TABLES[kind]][id] = fact
    return replace(ledger, **tables) if tables else ledger
