"""What changed since the last save, in work that a program left behind: each edit, and each field of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from neocapgui.document.refusal import DocumentError
from neocapgui.figures.tables import Table
from neocapgui.gui.beside import Beside
from neocapgui.gui.recovery import MOST_SHOWN, Leftover, changes
from neocapgui.ledger.edits import EditRefused

if TYPE_CHECKING:
    from neocapgui.document.unsaved import Step

_HEADS = ("When", "What", "Field", "Before", "After")
_MOST_LINES = 100  # of one edit

_OPENED = 12  # edits that are few enough to show what each changed without being asked
_WIDEST = (150, 320, 130, 130, 130)  # pixels of the columns


class UnsavedDialog(QDialog):
    """Lists the edits at once, and what each changed as soon as it is read."""

    recovery_wanted = Signal(object)  # a Leftover

    def __init__(self, leftover: Leftover, parent: QWidget) -> None:
        """List the edits of a leftover that no file holds, the latest first."""
        super().__init__(parent)
        self.setObjectName("dialog.unsaved_work")
        self.setWindowTitle(f"What changed in {leftover.name}")
        self.resize(860, 520)
        count = leftover.count
        since = "since it was last saved" if leftover.place else "and it was never saved to a file"
        self._said = QLabel(f"{count:,} edit{'s' if count != 1 else ''} {since}.")
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._tree = QTreeWidget()
        self._tree.setObjectName("unsaved.edits")
        self._tree.setHeaderLabels(_HEADS)
        self._tree.setUniformRowHeights(True)
        self._lines: dict[int, QTreeWidgetItem] = {}
        steps = sorted((*leftover.done, *leftover.taken_back), key=lambda one: (one.at, one.number))
        for step in steps[: -MOST_SHOWN - 1 : -1]:
            label = f"Taken back: {step.label}" if step in leftover.taken_back else step.label
            line = self._lines[step.number] = QTreeWidgetItem([step.at[:16].replace("T", " "), label])
            self._tree.addTopLevelItem(line)
        heads = self._tree.header()
        heads.setStretchLastSection(True)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        again = buttons.addButton("Open again", QDialogButtonBox.ButtonRole.AcceptRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(10)
        for part in (self._said, self._tree, buttons):
            layout.addWidget(part)
        again.clicked.connect(lambda: self.recovery_wanted.emit(leftover))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self._fit()
        self._beside = Beside(self)
        self._beside.work(lambda: _attempted(leftover), self._show_fields)

    def _show_fields(self, found: tuple[tuple[Step, Table], ...] | str) -> None:
        if isinstance(found, str):
            self._said.setText(f"{self._said.text()} {found}")
            return
        for step, table in found:
            line = self._lines.get(step.number)
            if line is None:
                continue
            for row in table.rows[:_MOST_LINES]:
                where, what, field, before, after = (str(cell or "") for cell in row.cells)
                line.addChild(QTreeWidgetItem(["", where, field or what, before, after]))
            more = len(table.rows) - _MOST_LINES
            if more > 0:
                line.addChild(QTreeWidgetItem(["", f"and {more:,} more"]))
        if len(self._lines) <= _OPENED:
            self._tree.expandAll()
        self._fit()

    def _fit(self) -> None:
        for column, widest in enumerate(_WIDEST):
            self._tree.resizeColumnToContents(column)
            self._tree.setColumnWidth(column, min(widest, self._tree.columnWidth(column)))


def _attempted(leftover: Leftover) -> tuple[tuple[Step, Table], ...] | str:
    try:
        return changes(leftover)
    except (DocumentError, EditRefused) as refusal:
        return str(refusal)
