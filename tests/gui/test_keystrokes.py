"""No typed letter is lost: what the window does meanwhile, and what other programs do, leaves all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QWidget

from neocapgui.document.document import Document
from neocapgui.engine.finding import Place
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.panels.workplace import Workplace
from neocapgui.gui.tables.cell_editor import CellEditor
from neocapgui.gui.tables.fact_places import NEW
from neocapgui.ledger.ledger import Ledger
from tests.gui.keyboard import type_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from neocapgui.gui.main_window import MainWindow


class ShownWindows(QObject):
    """Remembers what was shown as a window of its own, which a desktop gives the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if is_shown:
            self.kinds.append(type(watched).__name__)
        return False


@pytest.fixture
def shown_windows(qapp: QApplication) -> Iterator[ShownWindows]:
    watch = ShownWindows()
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)


def companies(window: MainWindow) -> None:
    """Go to the empty line of the companies."""
    workplace(window).go_to(Place("issuers", NEW))


def workplace(window: MainWindow) -> Workplace:
    found = window.findChild(Workplace)
    assert isinstance(found, Workplace)
    return found


def names(window: MainWindow) -> list[str]:
    assert window.session is not None
    return [one.name for one in window.session.ledger.issuers.values()]


def test_the_first_company_shows_nothing_that_has_the_keyboard_for_a_moment(
    window: MainWindow, shown_windows: ShownWindows
) -> None:
    window.show_document(Document.create(Ledger()))
    for page in PAGES:
        workplace(window).show_page(page.name)
    companies(window)
    type_keys(window, "Acme AG\nNeoGene\n")
    for page in PAGES:
        workplace(window).show_page(page.name)
    assert names(window) == ["Acme AG", "NeoGene"]
    assert shown_windows.kinds == []


@pytest.fixture
def elsewhere(qapp: QApplication) -> Iterator[QWindow]:
    """A window of which the widgets know nothing, as of another program."""
    window = QWindow()
    window.show()
    yield window
    window.destroy()


def look_at(elsewhere: QWindow, qtbot: QtBot) -> None:
    """Give the keyboard to another program."""
    elsewhere.requestActivate()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is None)


def test_typing_goes_on_after_another_program_had_the_keyboard(
    window: MainWindow, elsewhere: QWindow, qtbot: QtBot
) -> None:
    companies(window)
    type_keys(window, "Neo")
    look_at(elsewhere, qtbot)
    assert names(window) == ["Acme"]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert isinstance(window.focusWidget(), CellEditor)
    type_keys(window, "Gene\n")
    assert names(window) == ["Acme", "NeoGene"]


def test_what_is_being_typed_is_asked_about_when_its_window_closes_from_outside(
    window: MainWindow, elsewhere: QWindow, qtbot: QtBot
) -> None:
    companies(window)
    type_keys(window, "NeoGene")
    look_at(elsewhere, qtbot)
    window.close()
    assert window.isVisible()
    assert names(window) == ["Acme", "NeoGene"]
