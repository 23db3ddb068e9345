"""Where a fact stands in a table on screen, and bringing it into sight."""

from __future__ import annotations

from neocapgui.engine.finding import Place
from neocapgui.gui.tables.table_view import TableView

NEW = 0  # the number in a Place that stands for the empty line, in which a fact is begun


def show_fact(view: TableView, place: Place, row: int | None = None) -> bool:
    """Make the cell of a place the current one and return whether it is there.

    `row` is its line in the stored table, where that is known. Filters that leave it out are taken away.
    """
    table = view.table_model.table
    fields = [column.field for column in table.columns]
    column = fields.index(place.field) if place.field in fields else 0
    if place.id == NEW:
        if table.blank is None:
            return False
        view.point_at(len(table.rows), column)
    else:
        row = view.shown.stored_line_with(place.id) if row is None else row
        if row is None or not view.show_line(row, column):
            return False
    view.setFocus()
    return True
