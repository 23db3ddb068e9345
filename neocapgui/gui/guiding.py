"""Where the guided entries of a session are asked for: by a command, a button, or the menu of a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from neocapgui.figures.guided.guide import ANYTHING, About
from neocapgui.figures.guided.guides import GUIDE, GUIDES, GuideEntry
from neocapgui.gui.session import Session


class Guiding(QObject):
    """Says which guides fit, and that one is wanted; the window opens it."""

    wanted = Signal(object, object)  # a GuideEntry, and the values with which it begins

    def __init__(self, session: Session) -> None:
        """Speak for a session."""
        super().__init__(session)
        self._session = session

    @classmethod
    def of(cls, session: Session) -> Guiding:
        """Return the one of a session."""
        return session.findChild(cls) or cls(session)

    def offers(self, about: About) -> Iterator[tuple[GuideEntry, Mapping[str, Any]]]:
        """Return the guides that fit a line, each with the values with which it begins there."""
        if about == ANYTHING:
            return
        for entry in GUIDES:
            begun = entry.guide.begun(self._session.ledger, self._session.lens, about)
            if begun is not None:
                yield entry, begun

    def want(self, name: str, about: About = ANYTHING) -> None:
        """Ask for a guide by its name."""
        entry = GUIDE[name]
        begun = entry.guide.begun(self._session.ledger, self._session.lens, about)
        self.wanted.emit(entry, begun or {})
