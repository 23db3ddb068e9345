"""The buttons that begin a line of a table and take lines away."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from neocapgui.gui.tables.table_view import TableView


class LineButtons(QWidget):
    """New line and Remove, for one table in which facts are entered."""

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        """Offer both for lines that are called `what`: “transaction”."""
        super().__init__(parent)
        self._view: TableView | None = None
        self._new = QPushButton(f"New {what}")
        self._new.setToolTip(f"Go to the empty line at the end and type the new {what}.")
        self._remove = QPushButton("Remove")
        self._remove.setToolTip("Remove the selected lines from the record (Ctrl+-); Undo brings them back.")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for button in (self._new, self._remove):
            button.setAutoDefault(False)
            layout.addWidget(button)
        self._new.clicked.connect(self.begin)
        self._remove.clicked.connect(self.remove)

    def act_on(self, view: TableView) -> None:
        """Act on the lines of this table."""
        self._view = view
        view.selectionModel().selectionChanged.connect(self.follow)
        view.pointed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Offer what can be done with the selection as it is."""
        if self._view is None:
            return
        model, index = self._view.table_model, self._view.currentIndex()
        line = model.row(index.row()) if index.isValid() else None
        self._remove.setEnabled(line is not None and line.fact is not None)
        self._new.setEnabled(model.table.blank is not None)

    def begin(self) -> None:
        """Go to the empty line at the end, ready for typing."""
        if self._view is None:
            return
        table = self._view.table_model.table
        if table.blank is not None:
            self._view.point_at(len(table.rows))
            self._view.setFocus()

    def remove(self) -> None:
        """Take the facts of the selected lines away."""
        if self._view is not None:
            self._view.commands.remove_lines()
            self._view.setFocus()
