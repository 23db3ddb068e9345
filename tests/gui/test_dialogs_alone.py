"""A dialog opens and nothing else does: what becomes a window for a moment would have the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from neocapgui.document.document import Document
from neocapgui.exchange.samples import sample
from neocapgui.gui.actions import COMMANDS
from neocapgui.gui.panels.workplace import Workplace
from neocapgui.gui.tables.table_view import TableView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from neocapgui.gui.main_window import MainWindow

MEANT = (Qt.WindowType.Dialog, Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.Sheet)
LEAVE = ("file.quit", "file.close", "file.new", "help.problems", "timeline.play")
OF_CELLS = ("entry", "view.explain", "edit.replace", "edit.find", "view.filter", "view.columns")


class Surprises(QObject):
    """Remembers what was shown as a window without being made as one."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.now = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            is_meant = watched.windowType() in MEANT or bool(watched.windowTitle())
            if not is_meant:
                self.found.append(f"{self.now}: {type(watched).__name__} {watched.objectName()}")
        return False


@pytest.fixture
def surprises(qapp: QApplication) -> Iterator[Surprises]:
    watch = Surprises()
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)


def close_dialogs() -> None:
    """Give up every dialog that is open, the last one first."""
    for one in reversed(QApplication.topLevelWidgets()):
        if one.isVisible() and isinstance(one, QDialog):
            one.reject()
        elif one.isVisible() and one.windowType() == Qt.WindowType.Popup:
            one.close()


@pytest.mark.parametrize("page", ["overview", "transactions", "conversions", "charts"])
def test_nothing_but_the_dialog_of_a_command_becomes_a_window(
    page: str, window: MainWindow, surprises: Surprises, qapp: QApplication, qtbot: QtBot
) -> None:
    window.show_document(Document.create(sample("neotherapeutics-as-filed")))
    window.settle()
    workplace = window.findChild(Workplace)
    assert isinstance(workplace, Workplace)
    actions = {action.objectName(): action for action in window.findChildren(QAction)}
    workplace.show_page(page)
    tables = [view for view in workplace.pages.findChildren(TableView) if view.isVisible()]
    ids = [
        one.id
        for one in COMMANDS
        if one.id not in LEAVE and (page == "overview" or one.id.startswith(OF_CELLS))
    ]
    for id in ids:
        if tables:
            tables[0].setFocus()
        surprises.now = f"{page}, {id}"
        actions[id].trigger()
        qapp.processEvents()
        window.settle()
        close_dialogs()
        workplace.show_page(page)
    assert surprises.found == []
