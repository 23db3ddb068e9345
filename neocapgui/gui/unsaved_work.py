"""The unsaved and the discarded work that the program offers, looked for beside the windows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from neocapgui.document.refusal import DocumentError
from neocapgui.gui.beside import Beside
from neocapgui.gui.recovery import (
    Leftover,
    bring_back,
    delete,
    discard,
    discarded,
    is_ours,
    leftovers,
)


class UnsavedWork(QObject):
    """Knows what is left over; closing the program or opening something else takes nothing away."""

    found = Signal()
    refused = Signal(str)  # why something could not be put aside or brought back

    def __init__(self, parent: QObject) -> None:
        """Know of nothing until it is looked for."""
        super().__init__(parent)
        self.offered: tuple[Leftover, ...] = ()
        self.discarded: tuple[Leftover, ...] = ()
        self._beside = Beside(self)

    def look(self) -> None:
        """Look for what programs left behind; `found` follows."""
        self._beside.work(lambda: (leftovers(), discarded()), self._take)

    def discard(self, leftover: Leftover) -> None:
        """Put work aside, from where it can be brought back."""
        if discard(leftover):
            self._take((self._without(leftover), self.discarded))
        else:
            self.refused.emit(f"{leftover.name} is open already, here or in another running neocapgui.")
        self.look()

    def bring_back(self, leftover: Leftover) -> None:
        """Offer discarded work again."""
        try:
            bring_back(leftover)
        except DocumentError as refusal:
            self.refused.emit(str(refusal))
        self.look()

    def delete(self, leftover: Leftover) -> None:
        """Delete discarded work for good."""
        delete(leftover)
        self.look()

    def _without(self, gone: Leftover) -> tuple[Leftover, ...]:
        return tuple(one for one in self.offered if one.working_copy != gone.working_copy)

    def _take(self, found: tuple[tuple[Leftover, ...], tuple[Leftover, ...]]) -> None:
        offered, self.discarded = found
        self.offered = tuple(one for one in offered if not is_ours(one.working_copy))  # opened meanwhile
        self.found.emit()
