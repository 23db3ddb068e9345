"""The list that opens under a line to complete what is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QListView


def popup_list() -> QListView:
    """Return a list with an edge of its own, for a completer."""
    popup = QListView()
    popup.setProperty("look", "popup")
    popup.setUniformItemSizes(True)
    return popup
