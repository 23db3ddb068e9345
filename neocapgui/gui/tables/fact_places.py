"""Where a fact stands in a table on screen, and bringing it into sight."""

from __future__ import annotations

from neocapgui.engine.finding import Place
from neocapgui.gui.tables.table_view import TableView

NEW = 0  # the number in a Place that stands for the empty line, in which a fact is begun


def show_fact(view: TableView, place: Place, row: int | None = None) -> bool:
    """Make the cell of a place the current one and return whether it is there; `row` where it is known."""
    table = view.table_model.table
    if place.id == NEW:
        row = len(table.rows) if table.blank is not None else None
    elif row is None:
        row = view.table_model.row_of(place.id)
    if row is None:
        return False
    fields = [column.field for column in table.columns]
    view.point_at(row, fields.index(place.field) if place.field in fields else 0)
    view.setFocus()
    return True
