"""The list behind Undo and Redo: the last edits by name, and a jump to any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from neocapgui.ledger.history import Entry

_LISTED = 20
_LONGEST = 60  # letters of a label


class StepMenu(QMenu):
    """Lists the edits that Undo takes back or Redo does again, the next one first."""

    wanted = Signal(int)  # how many steps

    def __init__(self, title: str, verb: str, further: QAction, parent: QWidget) -> None:
        """List nothing yet; `further` stands at the end and shows them all."""
        super().__init__(title, parent)
        self._verb = verb
        self._further = further
        self._entries: tuple[Entry, ...] = ()
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)
        self._show_whether_empty()

    def offer(self, entries: tuple[Entry, ...]) -> None:
        """List the last of some edits from now on, the last one first."""
        self._entries = entries
        self._show_whether_empty()

    def _show_whether_empty(self) -> None:
        self.setEnabled(bool(self._entries))
        self.menuAction().setEnabled(bool(self._entries))

    def _fill(self) -> None:
        self.clear()
        for steps, entry in enumerate(reversed(self._entries[-_LISTED:]), 1):
            label = entry.edit.label
            short = label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"
            action = self.addAction(short.replace("&", "&&"))
            edits = "this edit" if steps == 1 else f"this edit and the {steps - 1:,} before it in the list"
            action.setToolTip(f"{self._verb} {edits}.")
            action.triggered.connect(lambda _=False, steps=steps: self.wanted.emit(steps))
        self.addSeparator()
        self.addAction(self._further)
