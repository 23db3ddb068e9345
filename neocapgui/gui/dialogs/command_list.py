"""The list of every command with its keys, made from the one table of commands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from neocapgui.gui.actions import COMMANDS, keys_of

_HEADS = ("Menu", "Command", "Keys", "What it does")
_SHOWN_KEYS = 2  # a system may know more, such as those of old keyboards
_OF_TABLES = (  # keys that tables know by themselves
    ("Replace the value", "Type", "Typing on a cell replaces what stands there."),
    ("Edit in place", "F2, double-click", "The caret stands behind the text; Esc restores it."),
    ("Go on", "Enter, Tab", "Takes the text over and goes down or right; with Shift up or left."),
    ("Fill the selection", "Ctrl+Enter", "Types one text into all selected cells."),
    ("Choose from a list", "Alt+Down", "Opens the choices of a cell; typing narrows them."),
    ("Select lines or columns", "Shift+Space, Ctrl+Space", "Widens the selection."),
    ("Leave the table", "F6", "Goes on to the next part of the window."),
)


class CommandList(QDialog):
    """Lists the commands; a word typed above narrows the list."""

    def __init__(self, parent: QWidget) -> None:
        """List all commands."""
        super().__init__(parent)
        self.setObjectName("dialog.commands")
        self.setWindowTitle("Commands and shortcuts")
        self.resize(900, 640)
        lines = [(command.menu, command.title, _keys(keys_of(command)), command.help) for command in COMMANDS]
        lines += [("Tables", *line) for line in _OF_TABLES]
        self._lines = [" ".join(line).casefold() for line in lines]
        self._sought = QLineEdit()
        self._sought.setPlaceholderText("Narrow the list")
        self._sought.setClearButtonEnabled(True)
        self._table = QTableWidget(len(lines), len(_HEADS))
        self._table.setObjectName("commands")
        self._table.setHorizontalHeaderLabels(_HEADS)
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        for row, line in enumerate(lines):
            for column, text in enumerate(line):
                self._table.setItem(row, column, QTableWidgetItem(text))
        heads = self._table.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setStretchLastSection(True)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        for part in (self._sought, self._table, close):
            layout.addWidget(part)
        self._sought.textChanged.connect(self._narrow)
        self.finished.connect(self.deleteLater)

    def _narrow(self, sought: str) -> None:
        words = sought.casefold().split()
        for row in range(self._table.rowCount()):
            self._table.setRowHidden(row, not all(word in self._lines[row] for word in words))


def _keys(keys: list[QKeySequence]) -> str:
    shown = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in keys]
    return ", ".join(shown[:_SHOWN_KEYS])
