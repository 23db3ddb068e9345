"""The table in which the keyboard types."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from neocapgui.gui.tables.table_view import TableView


def table_around(widget: QWidget | None) -> TableView | None:
    """Return the table in which a widget stands, or None where it stands in none."""
    while widget is not None and not isinstance(widget, TableView):
        widget = widget.parentWidget()
    return widget
