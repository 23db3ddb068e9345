"""The letters by which the lines of a menu are chosen while it is open: Alt+F opens File, and S saves."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from neocapgui.gui.widgets.mnemonics import mnemonics


class MenuLetters(QObject):
    """Marks a letter in each line of a menu while it is open; elsewhere the titles stand as they are."""

    def __init__(self, menu: QMenu, titles: Mapping[QAction, str]) -> None:
        """Serve a menu; `titles` are those that do not change, so that a line keeps its letter."""
        super().__init__(menu)
        self._menu, self._titles = menu, titles
        self._marked: dict[QAction, tuple[str, str]] = {}  # what a line says marked, and what it said before
        menu.aboutToShow.connect(self._mark)
        menu.aboutToHide.connect(self._clear)

    def _mark(self) -> None:
        self._clear()
        lines = [line for line in self._menu.actions() if not line.isSeparator() and line.isVisible()]
        known = [self._titles.get(line, line.text()) for line in lines]
        for line, title, letter in zip(lines, known, mnemonics(known), strict=True):
            said = line.text()
            rest = said.removeprefix(title).replace("&", "&&") if said.startswith(title) else None
            marked = letter if rest is None else letter + rest
            self._marked[line] = marked, said
            line.setText(marked)

    def _clear(self) -> None:
        for line, (marked, said) in self._marked.items():
            if line.text() == marked:  # else it says something new
                line.setText(said)
        self._marked = {}
