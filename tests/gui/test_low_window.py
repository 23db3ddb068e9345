"""In a low window nothing lies over anything: pages scroll, and what has the keyboard is in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from neocapgui.document.document import Document
from neocapgui.engine.finding import Place
from neocapgui.exchange.samples import sample
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.panels.scrolled_page import ScrolledPage
from neocapgui.gui.panels.workplace import Workplace
from neocapgui.gui.tables.fact_places import NEW
from neocapgui.gui.tables.table_view import TableView
from neocapgui.ledger.ledger import Ledger

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.app import Program
    from neocapgui.gui.main_window import MainWindow

SMALL = (683, 447)  # 1024x700 at 150 %, without the title bar


def workplace(window: MainWindow) -> Workplace:
    found = window.findChild(Workplace)
    assert isinstance(found, Workplace)
    return found


def page_in_front(window: MainWindow) -> ScrolledPage:
    (frame,) = [one for one in window.findChildren(ScrolledPage) if one.isVisible()]
    return frame


def seen_page(window: MainWindow) -> QWidget:
    page = page_in_front(window).widget()
    assert isinstance(page, QWidget)
    return page


def place(widget: QWidget, page: QWidget) -> QRect:
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


def overlapping(page: QWidget) -> list[str]:
    """Return which buttons lie over another button, a text or a table."""
    shown = [one for one in page.findChildren(QWidget) if one.isVisible()]
    tables = [one for one in shown if isinstance(one, TableView)]
    inside = [one for one in shown if any(table.isAncestorOf(one) for table in tables)]
    parts = [one for one in shown if isinstance(one, QAbstractButton | QLabel) and one not in inside] + tables
    found = []
    for number, one in enumerate(parts):
        for other in parts[number + 1 :]:
            is_apart = not one.isAncestorOf(other) and not other.isAncestorOf(one)
            if is_apart and place(one, page).intersects(place(other, page)):
                found.append(f"{one.objectName() or one} over {other.objectName() or other}")
    return found


@pytest.mark.parametrize("name", [page.name for page in PAGES if page.name != "overview"])
def test_nothing_lies_over_anything_in_a_low_window(
    name: str, window: MainWindow, qapp: QApplication
) -> None:
    window.show_document(Document.create(sample("neotherapeutics-as-filed")))
    window.settle()
    window.resize(*SMALL)
    workplace(window).show_page(name)
    for _ in range(5):
        qapp.processEvents()
    assert overlapping(seen_page(window)) == []


def test_the_first_company_is_typed_in_sight(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(*SMALL)
    window.show_document(Document.create(Ledger()))
    window.settle()
    workplace(window).go_to(Place("issuers", NEW))
    frame = page_in_front(window)
    table = QApplication.focusWidget()
    assert isinstance(table, TableView)

    def is_in_sight() -> bool:
        cell = table.visualRect(table.currentIndex())
        top = table.viewport().mapTo(frame.viewport(), cell.topLeft())
        return frame.viewport().rect().contains(QRect(top, cell.size()))

    qtbot.waitUntil(is_in_sight)


@pytest.mark.parametrize("percent", [150, 200])
def test_no_button_of_a_page_is_narrower_than_its_words(
    percent: int, window: MainWindow, program: Program, qapp: QApplication
) -> None:
    window.show_document(Document.create(sample("neotherapeutics-as-filed")))
    window.settle()
    window.resize(1024, 680)
    program.look.enlarge(percent)
    for name in ("securities", "transactions", "conversions", "group", "prices"):
        workplace(window).show_page(name)
        for _ in range(5):
            qapp.processEvents()
        page = seen_page(window)
        cut = [
            f"{name}: {one.text()}"
            for one in page.findChildren(QAbstractButton)
            if one.isVisible() and one.text() and one.width() < one.minimumSizeHint().width()
        ]
        assert cut == []
