"""Words for tests of pages: a page beside its session, its tables, and what is typed into them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from neocapgui.document.document import Document
from neocapgui.exchange.samples import sample
from neocapgui.figures.kinds import PLAIN
from neocapgui.gui.pages.charts_page import ChartsPage
from neocapgui.gui.panels.page_stack import PageStack
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.widgets.switch import Switch
from neocapgui.ledger.ledger import Ledger

Page = TypeVar("Page", bound=QWidget)


NOTICE_DAY = date(2001, 8, 31)  # of the second conversion notice


@contextmanager
def opened(ledger: Ledger, day: date | None = None) -> Iterator[Session]:
    """Hold a session of a ledger, looked at on a day."""
    session = Session(Document.create(ledger), PLAIN)
    if day is not None:
        session.look_on(day)
    yield session
    session.document.close()


def neo_session() -> Iterator[Session]:
    """Yield NeoTherapeutics as its filings tell it, on the day of the second conversion notice."""
    with opened(sample("neotherapeutics-as-filed"), NOTICE_DAY) as session:
        yield session


def shown(qtbot: QtBot, session: Session, name: str) -> PageStack:
    """Return the stack of pages with one of them in front, as the window shows it."""
    stack = PageStack(session)
    qtbot.addWidget(stack)
    stack.resize(716, 520)
    stack.show_page(name)
    stack.show()
    return stack


def drawn_charts(qtbot: QtBot, session: Session, width: int, height: int) -> ChartsPage:
    """Return the charts page of a session with its chart drawn, as the window refreshes it."""
    page = ChartsPage(session)
    qtbot.addWidget(page)
    for signal in (session.opened, session.edited, session.lens_changed):
        signal.connect(page.refresh)
    page.resize(width, height)
    with qtbot.waitSignal(page.chart.drawn), qtbot.waitExposed(page):
        page.show()
    return page


def page(stack: PageStack, kind: type[Page]) -> Page:
    """Return the page of a kind."""
    found = stack.findChild(kind)
    assert isinstance(found, kind)
    return found


def table(widget: QWidget, name: str) -> TableView:
    """Return the one table of that name that is in sight."""
    views = [view for view in widget.findChildren(TableView) if view.objectName() == f"table.{name}"]
    (view,) = [view for view in views if view.isVisibleTo(widget)]
    return view


def column(view: TableView, title: str) -> int:
    """Return where the column of a title stands."""
    return [one.title for one in view.table_model.table.columns].index(title)


def cell(view: TableView, row: int, title: str) -> str:
    """Return what a cell shows."""
    return view.table_model.text(row, column(view, title))


def cells(view: TableView, title: str) -> list[str]:
    """Return what the cells of a column show, without the empty line and the total."""
    return [cell(view, row, title) for row in range(len(view.table_model.table.rows))]


def type_in(view: TableView, row: int, title: str, text: str) -> bool:
    """Type a text into a cell; return whether it was taken."""
    model = view.table_model
    return model.setData(model.index(row, column(view, title)), text)


def point(view: TableView, row: int, title: str) -> None:
    """Make a cell the current one."""
    view.point_at(row, column(view, title))


def choose(widget: QWidget, name: str) -> None:
    """Choose a view by its name in whichever switch has it."""
    for switch in widget.findChildren(Switch):
        if switch.findChild(QWidget, f"view.{name}") is not None:
            switch.choose(name)


def button(widget: QWidget, text: str) -> QPushButton:
    """Return the one button in sight whose text begins so."""
    (found,) = [
        one
        for one in widget.findChildren(QPushButton)
        if one.text().startswith(text) and one.isVisibleTo(widget)
    ]
    return found


def said(widget: QWidget) -> str:
    """Return the texts of all labels in sight."""
    labels = [label for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return "\n".join(label.text() for label in labels)
