"""Finds what the focus stands on, and where its figure comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from neocapgui.engine.course import OTHERS
from neocapgui.engine.finding import Finding
from neocapgui.figures.cap_table import SHARES_TITLES
from neocapgui.figures.charts.stacked import By, Unit
from neocapgui.figures.origins.explained import explained
from neocapgui.figures.origins.findings import finding_origin
from neocapgui.figures.origins.holdings import Asked
from neocapgui.figures.origins.origin import Origin
from neocapgui.figures.origins.typed import typed
from neocapgui.figures.tables import Column, Row
from neocapgui.gui.charts.ownership_chart import OwnershipChart
from neocapgui.gui.panels.group_tree import GroupTree
from neocapgui.gui.panels.inspector_cards import Card
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.widgets.card_grid import CardFrame

NOTHING_HERE = "Go to a figure first, in a table or on a card: then it can be explained."
NOTHING_READ = "Read a day of the chart first, with the arrow keys or the pointer: then it can be explained."
EMPTY_CELL = "This cell is empty: there is nothing to explain."
PUT_TOGETHER = (
    "Figures by class, of the ultimate owners or restated for splits are put together for the chart: "
    "by holder or by security, as it happened, it explains them."
)
NOT_CALCULATED = "Nothing is calculated here: the text names what the line is about."


def origin_at(session: Session, widget: QWidget | None) -> Origin | str:
    """Return where the figure under the focus comes from, or a sentence that says why there is none."""
    while widget is not None:
        if isinstance(widget, TableView):
            return _of_cell(session, widget)
        if isinstance(widget, Card):
            return _of_question(session, widget.asks)
        if isinstance(widget, CardFrame):
            return _of_question(session, None if widget.card is None else widget.card.asks)
        if isinstance(widget, GroupTree):
            return _of_question(session, widget.asks)
        if isinstance(widget, OwnershipChart):
            return _of_band(session, widget)
        widget = widget.parentWidget()
    return NOTHING_HERE


def _of_cell(session: Session, view: TableView) -> Origin | str:
    index, model = view.currentIndex(), view.table_model
    row = model.row(index.row()) if index.isValid() else None
    if row is None:
        return NOTHING_HERE if not index.isValid() else EMPTY_CELL
    return of_cell(session, model.table.name, row, model.column(index.column()), index.column())


def of_cell(session: Session, table: str, row: Row, column: Column, place: int) -> Origin | str:
    """Return where what stands in a cell comes from: calculated, or typed, or found by a check."""
    asked = Asked(session.ledger, session.lens, session.style, session.history)
    if isinstance(row.key, Finding):
        return finding_origin(asked, row.key)
    value = row.cells[place]
    if row.fact is not None and column.field:
        return EMPTY_CELL if value in (None, "") else typed(asked, row.fact, column)
    if value in (None, ""):
        return EMPTY_CELL
    details = (asked.ledger, asked.lens, table, row.key, column.title, asked.style)
    return explained(*details, shown=value) or NOT_CALCULATED


def _of_question(session: Session, asks: tuple[str, Any, str] | None) -> Origin | str:
    if asks is None:
        return NOT_CALCULATED
    found = explained(session.ledger, session.lens, *asks, session.style)
    return found or NOT_CALCULATED


def _of_band(session: Session, shown: OwnershipChart) -> Origin | str:
    """Return where the figure comes from that a chart reads out just now."""
    if shown.read_at is None:
        return NOTHING_READ
    if not shown.is_as_recorded:
        return PUT_TOGETHER
    position, band = shown.read_at
    chart, (by, unit) = shown.chart, shown.shows
    table = "cap_table" if by is By.HOLDER else "cap_table_by_security"
    column = "Stake %" if unit is Unit.PERCENT else SHARES_TITLES[session.lens.basis]
    then = replace(session.lens, as_of=chart.days[position])
    key = chart.bands[band].key
    if key == OTHERS:
        return NOT_CALCULATED
    return explained(session.ledger, then, table, key, column, session.style) or NOT_CALCULATED
