"""Which columns of a table are shown, and in which order, by keyboard or mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from neocapgui.figures.grid.sifted import in_order
from neocapgui.gui.tables.kept_layout import Layout

_SIZE = (420, 480)
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ColumnsDialog(QDialog):
    """Lists the columns; Space shows or hides one, Alt with an arrow or the mouse moves it."""

    chosen = Signal(object)  # a Layout

    def __init__(self, titles: Sequence[str], layout: Layout, parent: QWidget) -> None:
        """Begin with the columns of a table as they are laid out now."""
        super().__init__(parent)
        self._titles, self._before = tuple(titles), layout
        self._widths = layout.widths
        self._list = QListWidget()
        self.setObjectName("dialog.columns")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Columns")
        self.resize(*_SIZE)
        self._lay_out()
        self._fill(in_order(titles, layout.columns), layout.hidden)
        self._list.setFocus()

    @property
    def layout_chosen(self) -> Layout:
        """The columns as they are listed and marked now."""
        items = [self._list.item(place) for place in range(self._list.count())]
        order = tuple(item.text() for item in items)
        hidden = frozenset(item.text() for item in items if item.checkState() == _UNCHECKED)
        return Layout(() if order == self._titles else order, hidden, self._widths)

    def move_by(self, steps: int) -> None:
        """Move the current column up (-1) or down (1); the first one names the line and stays."""
        place = self._list.currentRow()
        target = place + steps
        if place < 1 or not 1 <= target < self._list.count():
            return
        item = self._list.takeItem(place)
        self._list.insertItem(target, item)
        self._list.setCurrentRow(target)

    def reset(self) -> None:
        """Show every column where the table has it, as wide as it needs."""
        self._widths = {}
        self._fill(self._titles, frozenset())

    def _lay_out(self) -> None:
        about = QLabel(
            "Space shows or hides a column. Alt+Up and Alt+Down move it, or draw it with the mouse."
        )
        about.setWordWrap(True)
        about.setProperty("look", "dim")
        self._list.setObjectName("columns")
        self._list.setAccessibleName("Columns")
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._list.model().rowsMoved.connect(self._keep_first)
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, text, command in (
            ("columns.up", "Move up", lambda: self.move_by(-1)),
            ("columns.down", "Move down", lambda: self.move_by(1)),
            ("columns.reset", "Reset", self.reset),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, command=command: command())
            row.addWidget(button)
        row.addStretch(1)
        for keys, steps in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda steps=steps: self.move_by(steps))
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        for widget in (about, self._list):
            layout.addWidget(widget)
        layout.addLayout(row)
        layout.addWidget(box)

    def _fill(self, titles: Sequence[str], hidden: frozenset[str]) -> None:
        self._list.clear()
        for place, title in enumerate(titles):
            item = QListWidgetItem(title)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            if place:
                flags |= Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsDragEnabled
            else:
                item.setToolTip("The first column names the line; it is always shown.")
            item.setFlags(flags)
            item.setCheckState(_UNCHECKED if place and title in hidden else _CHECKED)
            self._list.addItem(item)
        self._list.setCurrentRow(0)

    def _keep_first(self) -> None:
        for place in range(1, self._list.count()):
            if self._list.item(place).text() == self._titles[0]:
                self._list.insertItem(0, self._list.takeItem(place))

    # Qt overrides

    def accept(self) -> None:
        chosen = self.layout_chosen
        super().accept()
        if chosen != self._before:
            self.chosen.emit(chosen)
