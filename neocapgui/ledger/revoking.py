"""One edit of the past taken back for itself, with the later edits that stand on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from neocapgui.ledger.edits import Change, Edit, EditRefused, apply, in_turn
from neocapgui.ledger.history import Entry, History
from neocapgui.ledger.ledger import REFERENCES, Fact, Ledger, value_at

_Key = tuple[type[Any], int]  # by what a fact is known: its kind and its number


def standing_on(history: History, number: int) -> tuple[Entry, ...]:
    """Return the later edits that cannot stay when an edit is revoked, in the order they were done.

    An edit stands on another where it changes a fact that the other changed, names a fact that the other
    recorded, or removes a fact that is named again once the other is gone; and so does what stands on it.
    Nothing stands on the last edit. Refuses (EditRefused) the number of an edit that does not stand.
    """
    first, later = _from(history, number)
    taken = _Taken()
    taken.take(first.edit)
    found = []
    for entry in later:
        if taken.carries(entry.edit):
            taken.take(entry.edit)
            found.append(entry)
    return tuple(found)


def revocation(ledger: Ledger, history: History, number: int) -> Edit:
    """Return the edit that takes back an edit and all that stands on it, and leaves every other as it is.

    It is an edit like any other, with one change for each fact, and can be undone. Refuses (EditRefused)
    the number of an edit that does not stand, what has been put back already, and what the ledger forbids.
    """
    first, _ = _from(history, number)
    entries = (first, *standing_on(history, number))
    edit = in_turn(f"Revoke “{first.edit.label}”", (entry.edit.inverse() for entry in reversed(entries)))
    if not edit.changes:
        raise EditRefused(f"Nothing is left of “{first.edit.label}”: what it changed is as it was before.")
    apply(ledger, edit)
    return edit


class _Taken:
    """The facts that edits to be revoked have changed, recorded, or named before."""

    def __init__(self) -> None:
        self._changed: set[_Key] = set()
        self._recorded: set[_Key] = set()
        self._named_again: set[_Key] = set()

    def take(self, edit: Edit) -> None:
        """Count an edit among those to be revoked."""
        for change in edit.changes:
            key = _key(change)
            if change.before is None:
                self._recorded.add(key)
            elif key not in self._changed:
                self._named_again.update(_named_by(change.before))
            self._changed.add(key)

    def carries(self, edit: Edit) -> bool:
        """Whether an edit stands on those that were taken."""
        return any(
            _key(change) in self._changed
            or (change.after is None and _key(change) in self._named_again)
            or (bool(self._recorded) and not self._recorded.isdisjoint(_named_by(change.after)))
            for change in edit.changes
        )


def _from(history: History, number: int) -> tuple[Entry, tuple[Entry, ...]]:
    for place, entry in enumerate(history.done):
        if entry.number == number:
            return entry, history.done[place + 1 :]
    raise EditRefused(f"Edit {number:,} is not among the edits that stand.")


def _key(change: Change) -> _Key:
    return change.kind, change.id


def _named_by(fact: Fact | None) -> Iterator[_Key]:
    """Return the facts that a fact names."""
    if fact is None:
        return
    for path, kind in REFERENCES[type(fact)].items():
        id = value_at(fact, path)
        if id is not None:
            yield kind, id
