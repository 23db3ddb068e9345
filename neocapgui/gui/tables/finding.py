"""Going from one cell of a table to the next in which something sought stands."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from neocapgui.figures.grid.found import Sought, found, places_found
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView
from neocapgui.ledger.splicing import Integers

_NONE: Integers = np.zeros(0, np.int64)


class Finding(QObject):
    """Keeps the hits of a table marked and true while it changes."""

    counted = Signal(int, int)  # which hit the current cell is (0 where it is none), of how many

    def __init__(self, session: Session, view: TableView) -> None:
        """Look in a table; nothing is sought yet."""
        super().__init__(view)
        self._session = session
        self._view = view
        self._places = _NONE
        self._is_looking = False
        self.sought = Sought("")
        view.moved.connect(self._look)
        view.pointed.connect(self._count)

    def seek(self, sought: Sought) -> None:
        """Mark what is sought; nothing where that is empty."""
        self.sought = sought
        self._is_looking = True
        self._look()

    def go(self, steps: int) -> bool:
        """Go to the next hit (1), the one before (-1), or stay on one and else go to the next (0); wraps."""
        if not len(self._places):
            return False
        here = self._here()
        if steps < 0:
            at = int(np.searchsorted(self._places, here, side="left")) - 1
        else:
            at = int(np.searchsorted(self._places, here, side="right" if steps else "left"))
        place = int(self._places[at % len(self._places)])
        self._view.point_at(*divmod(place, len(self._view.table_model.table.columns)))
        self._count()
        return True

    def stop(self) -> None:
        """Mark nothing any more; what was sought is remembered for the next time."""
        self._is_looking = False
        self._places = _NONE
        self._view.table_model.mark({})

    def _look(self) -> None:
        if not self._is_looking:
            return
        model = self._view.table_model
        hits = found(model.table, self.sought, self._session.style)
        self._places = places_found(hits, len(model.table.columns))
        model.mark(hits)
        self._count()

    def _here(self) -> int:
        index = self._view.currentIndex()
        if not index.isValid():
            return -1
        return index.row() * len(self._view.table_model.table.columns) + index.column()

    def _count(self) -> None:
        here = self._here()
        at = int(np.searchsorted(self._places, here)) if len(self._places) else 0
        is_hit = at < len(self._places) and int(self._places[at]) == here
        self.counted.emit(at + 1 if is_hit else 0, len(self._places))
