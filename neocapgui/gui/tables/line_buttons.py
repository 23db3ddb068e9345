"""The buttons that begin a line of a table and take lines away."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from neocapgui.gui.tables.table_view import TableView


class LineButtons(QWidget):
    """New line and Remove, for a table in which facts are entered; for another there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the buttons; they act on no table yet."""
        super().__init__(parent)
        self._view: TableView | None = None
        self._followed: set[TableView] = set()
        self._new = QPushButton()
        self._remove = QPushButton("Remove")
        self._remove.setToolTip("Remove the selected lines from the record (Ctrl+-); Undo brings them back.")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for button in (self._new, self._remove):
            layout.addWidget(button)
        self._new.clicked.connect(self.begin)
        self._remove.clicked.connect(self.remove)

    def act_on(self, view: TableView, line: str) -> None:
        """Act on a table whose lines are called `line`: “security”; "" where nothing is entered."""
        if view not in self._followed:
            self._followed.add(view)
            view.selectionModel().selectionChanged.connect(self.follow)
            view.pointed.connect(self.follow)
        self._view = view
        self._new.setText(f"New {line}")
        self._new.setToolTip(f"Go to the empty line at the end, ready to type the {line}.")
        self.setVisible(bool(line))
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
        if self._view is not None and self._view.table_model.table.blank is not None:
            self._view.point_at(len(self._view.table_model.table.rows))
            self._view.setFocus()

    def remove(self) -> None:
        """Take the facts of the selected lines away."""
        if self._view is not None:
            self._view.commands.remove_lines()
            self._view.setFocus()
