"""What is being typed into a cell is taken over before a file is written or a window closes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def take_over_typing(window: QWidget) -> None:
    """Take over what is being typed into a cell, so that a file holds what the screen shows.

    A cell stays open while another program has the keyboard: it is taken over then as well.
    """
    from neocapgui.gui.tables.table_view import TableView  # late: a window stands before a table

    line = window.focusWidget()
    view = line.parent() if line is not None else None
    while view is not None and not isinstance(view, TableView):
        view = view.parent()
    if line is not None and view is not None:
        view.take_over()
        view.setFocus()
