"""Which lines and columns of a table are seen, and in which order; the table itself stays as it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from neocapgui.engine.lens import Lens
from neocapgui.figures.grid.sifted import Sifting, arranged, places_of, shown_lines
from neocapgui.figures.kinds import NotUnderstood
from neocapgui.figures.tables import Table, keys_of
from neocapgui.gui.findings_watch import FindingsWatch
from neocapgui.gui.session import Session
from neocapgui.gui.tables.kept_layout import Layout, keep_layout, kept_layout
from neocapgui.gui.tables.unaccepted import Unaccepted
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers

_PAUSE = 400  # milliseconds after the last change of a width


class ShownTable(QObject):
    """A table as it was asked for, and what of it is shown.

    While facts are edited the lines stay where they are, also those that would now be sorted elsewhere or
    filtered out, and new lines stand at the end: nothing jumps or vanishes under the hands. Sorting or
    filtering anew, another day or another look at the page puts them where they belong.
    """

    changed = Signal()  # order, filters or columns: the table is to be shown anew
    refused = Signal(str)  # why a filter could not be used

    def __init__(self, session: Session, table: Table, parent: QObject | None = None) -> None:
        """Show all of a table."""
        super().__init__(parent)
        self._session = session
        self._places: Integers | None = None
        self._seen_from: tuple[Ledger, Lens] = (session.ledger, session.lens)
        self._is_kept = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._keep)
        self.stored = table
        self.layout = Layout()
        self.sifting = Sifting()
        self.is_moved = False  # whether lines may stand elsewhere than order and filters say

    @property
    def table(self) -> Table:
        """The table as it is shown."""
        table = self.stored if self._places is None else shown_lines(self.stored, self._places)
        return arranged(table, self.layout.columns, self.layout.hidden)

    @property
    def active(self) -> Sifting:
        """The order and the filters that speak of columns that the table has."""
        return self.sifting.of(self.stored)

    def begin_keeping(self) -> None:
        """Look at the table as its document was looked at last, and remember every change of that."""
        self._is_kept = True
        self._recall()

    def take(self, table: Table) -> None:
        """Take another answer to the question, or another table."""
        before, seen_from = self.stored, self._seen_from
        self._seen_from = (self._session.ledger, self._session.lens)
        is_same = before.name == table.name
        self.stored = table
        if not is_same:
            self._recall()
        is_edit = self._seen_from[0] is not seen_from[0] and self._seen_from[1] == seen_from[1]
        if is_same and is_edit and self._places is not None:
            followed = _followed(self._places, before, table)
            if followed is not None:
                self._places = followed
                self.is_moved = True
                return
        if not is_same or self._seen_from != seen_from or self._places is not None:
            self._settle()

    def sift(self, sifting: Sifting) -> None:
        """Sort and filter otherwise."""
        before = self.sifting
        self.sifting = sifting
        if not self._settle():
            self.sifting = before
            self._settle()
            return
        self._keep()
        self.changed.emit()

    def settle(self) -> None:
        """Put every line where order and filters say."""
        self._settle()
        self.changed.emit()

    def lay_out(self, layout: Layout) -> None:
        """Show other columns, in another order, or with other widths."""
        is_seen = (layout.columns, layout.hidden) != (self.layout.columns, self.layout.hidden)
        self.layout = layout
        self._keep()
        if is_seen:
            self.changed.emit()

    def draw_width(self, title: str, width: int) -> None:
        """Remember how wide a column was drawn; it is kept once the hand rests."""
        self.layout = replace(self.layout, widths={**self.layout.widths, title: width})
        self._pause.start()

    def line_of(self, stored_line: int) -> int | None:
        """Return where a line of the stored table is shown, or None where it is filtered out."""
        if self._places is None:
            return stored_line
        found = np.flatnonzero(self._places == stored_line)
        return int(found[0]) if len(found) else None

    def stored_line_with(self, key: Any) -> int | None:
        """Return which line of the stored table has a key, or None."""
        keys = keys_of(self.stored)
        if isinstance(keys, np.ndarray):
            found: Integers = np.flatnonzero(keys == (key if isinstance(key, int) else -1))
            return int(found[0]) if len(found) else None
        return next((place for place, one in enumerate(keys) if one == key), None)

    def _settle(self) -> bool:
        """Find the lines anew; a filter that is no value is told and changes nothing."""
        self.is_moved = False
        try:
            self._places = places_of(self.stored, self.sifting, self._session.style, self._problems())
        except NotUnderstood as answer:
            self.refused.emit(str(answer))
            return False
        return True

    def _problems(self) -> Collection[Any]:
        if not self.sifting.problems:
            return ()
        found = FindingsWatch.of(self._session).findings
        name = self.stored.name
        refused = Unaccepted.of(self._session).lines(name)
        return {*refused, *(one.place.id for one in found if one.place.table == name)}

    def _recall(self) -> None:
        if not self._is_kept:
            self.layout, self.sifting = Layout(), Sifting()
            return
        self.layout, self.sifting = kept_layout(self._session.document.id, self.stored.name)
        if not self._settle():
            self.sifting = replace(self.sifting, filters=())
            self._settle()

    def _keep(self) -> None:
        if self._is_kept:
            keep_layout(self._session.document.id, self.stored.name, self.layout, self.sifting)


def _followed(places: Integers, before: Table, after: Table) -> Integers | None:
    """Return where the lines that were shown stand after an edit, and behind them the lines that are new."""
    old, new = keys_of(before), keys_of(after)
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray):
        return _followed_numbers(old[places], old, new)
    place_of = {key: place for place, key in enumerate(new)}
    if None in place_of or len(place_of) != len(new):
        return None  # the lines have no names of their own
    known = set(old)
    stayed = [place_of[old[place]] for place in places.tolist() if old[place] in place_of]
    return np.array([*stayed, *(place for key, place in place_of.items() if key not in known)], np.int64)


def _followed_numbers(seen: Integers, old: Integers, new: Integers) -> Integers:
    order = np.argsort(new, kind="stable")
    found = (
        order[np.minimum(np.searchsorted(new, seen, sorter=order), max(0, len(new) - 1))]
        if len(new)
        else seen
    )
    stayed = found[new[found] == seen] if len(new) else np.zeros(0, np.int64)
    return np.concatenate((stayed, np.flatnonzero(~np.isin(new, old))))
