"""Where the tables of a session ask the window for the preview of a paste."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from neocapgui.gui.session import Session


class Previews(QObject):
    """Where the tables of a session ask the window for the preview of a paste."""

    wanted = Signal(object, object)  # the Pasting, the Plan

    @classmethod
    def of(cls, session: Session) -> Previews:
        """Return the one of a session."""
        return session.findChild(cls) or cls(session)
