"""A heading, a table under it, and a sentence that says what to do where there is no line yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from neocapgui.figures.tables import Table
from neocapgui.gui.page_heading import PageHeading
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView


class TablePanel(QWidget):
    """Shows one table with its title and subtitle; `controls` stand at the right of the heading."""

    pointed = Signal(object, object)  # Row or None, Column
    activated_row = Signal(object)  # Row or None

    def __init__(
        self,
        session: Session,
        table: Table,
        controls: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Show a table of the session."""
        super().__init__(parent)
        self.heading = PageHeading(table.title, table.subtitle, controls)
        self.view = TableView(session, table)
        self._empty = QLabel()
        self._empty.setProperty("look", "dim")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for part in (self.heading, self._empty, self.view):
            layout.addWidget(part)
        layout.setStretchFactor(self.view, 1)
        self.view.pointed.connect(self.pointed)
        self.view.activated_row.connect(self.activated_row)
        self._say_empty(table)

    def show_table(self, table: Table) -> None:
        """Show another answer, or another table."""
        self.heading.show_texts(table.title, table.subtitle)
        self.view.show_table(table)
        self._say_empty(table)

    def _say_empty(self, table: Table) -> None:
        is_empty = not len(table.rows)
        self._empty.setText(table.empty)
        self._empty.setVisible(is_empty and bool(table.empty))
        self.view.setVisible(not is_empty or table.blank is not None)
