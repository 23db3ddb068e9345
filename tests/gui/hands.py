"""Hands on a table: keys that are pressed, cells that are typed in, selected and read."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from neocapgui.figures.kinds import Kind, Style
from neocapgui.gui.tables.table_view import TableView
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.ledger import Ledger
from tests.gui.grid_rows import full_ledger

Key = Qt.Key
NONE, SHIFT, CONTROL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
NEW_TEXTS = {  # what is typed into a column of a kind
    Kind.TEXT: "Zoe",
    Kind.SHARES: "77",
    Kind.PRICE: "7",
    Kind.MONEY: "7",
    Kind.RATE: "7",
    Kind.RATIO: "1:7",
    Kind.DATE: "2022-03-09",
    Kind.DATES: "2022-03-09",
    Kind.WHOLE: "7",
    Kind.FLAG: "Yes",
}


def col(view: TableView, title: str) -> int:
    return [one.title for one in view.table_model.table.columns].index(title)


def at(view: TableView, line: int, title: str) -> str:
    return view.table_model.text(line, col(view, title))


def style(view: TableView) -> Style:
    return view.session.style


def select(view: TableView, top: int, left: int, bottom: int, right: int) -> None:
    model = view.table_model
    view.point_at(top, left)
    block = QItemSelection(model.index(top, left), model.index(bottom, right))
    view.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def typeable(view: TableView) -> tuple[int, str]:
    """Return a column of plain values, and another value for its first line."""
    for number, column in enumerate(view.table_model.table.columns):
        if column.choices is None and column.kind in NEW_TEXTS:
            return number, NEW_TEXTS[column.kind]
    raise AssertionError(view.objectName())


def holders(count: int) -> Ledger:
    """Return Acme with further holders, numbered."""
    ledger = full_ledger()
    more = {number: Stakeholder(number, f"H-{number:03}") for number in range(10, 10 + count)}
    return replace(ledger, stakeholders={**ledger.stakeholders, **more})


def open_cell(view: TableView) -> QLineEdit | None:
    """Return the line that is being typed in, if one is open."""
    lines = view.findChildren(QLineEdit, "cell_editor")
    return next((line for line in lines if line.isVisible()), None)


def press(view: TableView, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    """Press a key where the caret is: in the open cell, or in the table."""
    QTest.keyClick(open_cell(view) or view, key, held)


def type_text(view: TableView, text: str) -> None:
    """Type letters as hands do: the first one opens the cell."""
    QTest.keyClicks(view, text[0])
    editor = open_cell(view)
    assert editor is not None
    QTest.keyClicks(editor, text[1:])


def place(view: TableView) -> tuple[int, int]:
    return view.currentIndex().row(), view.currentIndex().column()


def drag(
    view: TableView,
    line: int,
    number: int,
    held: Qt.KeyboardModifier = NONE,
    part: QTableView | None = None,
) -> None:
    """Draw the handle to a cell with the mouse; `part` is what lies over the view where that is done."""
    corner, part = view.fill_handle.place(), part or view
    assert corner is not None
    start, end = corner.center(), part.visualRect(view.table_model.index(line, number)).center()
    start = part.viewport().mapFromGlobal(view.viewport().mapToGlobal(start))
    for kind, point, buttons in (
        (QEvent.Type.MouseButtonPress, start, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseMove, end, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseButtonRelease, end, Qt.MouseButton.NoButton),
    ):
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        spot = QPointF(QPoint(point))
        event = QMouseEvent(kind, spot, QPointF(part.viewport().mapToGlobal(point)), button, buttons, held)
        QApplication.sendEvent(part.viewport(), event)


def reopened(view: TableView, line: int, number: int) -> str:
    view.point_at(line, number)
    press(view, Key.Key_F2)
    editor = open_cell(view)
    assert editor is not None
    text = editor.text()
    press(view, Key.Key_Escape)
    return text
