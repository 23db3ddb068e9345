"""The edits done and undone, in order, with the time of each."""

from __future__ import annotations

from dataclasses import dataclass

from neocapgui.ledger.edits import Edit


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
        return max((entry.number for entry in (*self.done, *self.undone)), default=0) + 1

    def after_doing(self, edit: Edit, at: str) -> History:
        """Return the history with one more edit; what was taken back before it is given up."""
        return History((*self.done, Entry(self.next_number, at, edit)))

    def after_undo(self) -> History:
        """Return the history with the last edit taken back."""
        return History(self.done[:-1], (*self.undone, self.done[-1]))

    def after_redo(self) -> History:
        """Return the history with the last edit that was taken back done again."""
        return History((*self.done, self.undone[-1]), self.undone[:-1])
