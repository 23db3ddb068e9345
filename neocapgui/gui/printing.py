"""What is on a page of the window, put on paper: printed, shown before, or written as PDF."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget

from neocapgui.figures.cap_table import subtitle
from neocapgui.figures.charts.drawing import Figure
from neocapgui.figures.charts.marks import Drawing
from neocapgui.figures.overview import cards_table
from neocapgui.figures.paper import Heading, pages
from neocapgui.figures.tables import Table
from neocapgui.gui.charts.chart_frame import ChartFrame
from neocapgui.gui.charts.footer import footer_of
from neocapgui.gui.charts.painting import page_size, paint
from neocapgui.gui.panels.page_stack import PageStack
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.widgets.card_grid import CardGrid

_SHARPNESS = 300  # dots to the inch: hair lines stay hair lines


def parts_of(session: Session, page: QWidget) -> tuple[Table | Figure, ...]:
    """Return the tables and charts of a page that are not hidden, from the top down, as they are shown.

    Tables are sorted, filtered and arranged as on the screen, with all their lines.
    """
    found: list[tuple[int, int, Table | Figure]] = []
    for view in page.findChildren(TableView):
        if view.isVisibleTo(page):
            found.append((*_place(view, page), view.shown.table))
    for cards in page.findChildren(CardGrid):
        if cards.isVisibleTo(page):
            found.append((*_place(cards, page), session.ask(cards_table, session.style)))
    for frame in page.findChildren(ChartFrame):
        if frame.isVisibleTo(page):
            found.append((*_place(frame, page), frame.figure))
    return tuple(part for *_, part in sorted(found, key=lambda line: line[:2]))


def sheets_of(session: Session, page: QWidget) -> tuple[Drawing, ...]:
    """Return a page of the window as sheets of the paper of the country."""
    heading = Heading(
        session.ledger.title or session.document.name,
        subtitle(session.ledger, session.lens, session.style),
        footer_of(session),
    )
    return pages(parts_of(session, page), heading, page_size(), session.style)


def page_in_front(stack: PageStack) -> QWidget | None:
    """Return the page that is seen, or None while there is none."""
    return stack.findChild(QWidget, f"page.{stack.current}") if stack.current else None


def sheets_pdf(sheets: Sequence[Drawing]) -> bytes:
    """Return sheets as a file of PDF, as lines and letters that can be searched and copied."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_SHARPNESS)
    writer.setTitle(sheets[0].title)
    writer.setCreator("neocapgui")
    paint_sheets(writer, sheets)
    buffer.close()
    return bytes(held.data())


def paint_sheets(device: QPagedPaintDevice, sheets: Sequence[Drawing]) -> None:
    """Paint each sheet on a page of its own; the device takes the size of the sheets."""
    device.setPageLayout(layout_of(sheets[0]))
    painter = QPainter(device)
    try:
        for number, sheet in enumerate(sheets):
            if number:
                device.newPage()
            painter.resetTransform()
            painter.scale(device.width() / sheet.width, device.height() / sheet.height)
            paint(painter, sheet)
    finally:
        painter.end()


def layout_of(sheet: Drawing) -> QPageLayout:
    """Return the paper of a sheet, upright or across; the margins are in the sheet."""
    is_across = sheet.width > sheet.height
    short, long = sorted((sheet.width, sheet.height))
    size = QPageSize(QSizeF(short, long), QPageSize.Unit.Point)
    way = QPageLayout.Orientation.Landscape if is_across else QPageLayout.Orientation.Portrait
    layout = QPageLayout(size, way, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _place(widget: QWidget, page: QWidget) -> tuple[int, int]:
    at = widget.mapTo(page, widget.rect().topLeft())
    return at.y(), at.x()
