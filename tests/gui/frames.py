"""A table on screen with what stands around it: the line above it, its head, the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from neocapgui.gui.session import Session
from neocapgui.gui.tables.sift_line import SiftLine
from neocapgui.gui.tables.table_frame import TableFrame
from neocapgui.gui.tables.table_view import TableView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.figures.kinds import Style


HELD: list[TableFrame] = []  # what is on screen in a test


def ledger_of(session: Session, qtbot: QtBot) -> TableView:
    """Return the ledger on screen with what stands around it, following the session."""
    from neocapgui.figures.facts_tables import transactions_table

    view = TableView(session, session.ask(transactions_table))
    frame = TableFrame(session, view)
    HELD.append(frame)
    for signal in (session.edited, session.lens_changed):
        signal.connect(lambda: view.show_table(session.ask(transactions_table)))
    qtbot.addWidget(frame)
    frame.resize(1000, 420)
    with qtbot.waitExposed(frame):
        frame.show()
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    view.setFocus()
    return view


def around(view: TableView) -> TableFrame:
    frame = view.parentWidget()
    assert isinstance(frame, TableFrame)
    return frame


def said_above(view: TableView) -> list[str]:
    """Return what the line above a table says; nothing where it is not seen."""
    line = around(view).findChild(SiftLine)
    assert isinstance(line, SiftLine)
    if not line.isVisible():
        return []
    kinds: list[QToolButton | QLabel] = [*line.findChildren(QToolButton), *line.findChildren(QLabel)]
    return [one.text() for one in kinds if one.isVisible()]


def the(kind: type[QWidget], name: str, within: QWidget) -> QWidget:
    found = within.findChild(kind, name)
    assert found is not None
    return found


def grouped(number: str, style: Style) -> str:
    return number.replace(",", style.group_mark)
