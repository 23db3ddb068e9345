"""A table with how it is sorted and filtered above it, and below it the bar in which something is sought."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from neocapgui.gui.session import Session
from neocapgui.gui.tables.find_bar import FindBar
from neocapgui.gui.tables.sift_line import SiftLine
from neocapgui.gui.tables.table_view import TableView

_AIR = 6


class TableFrame(QWidget):
    """Lets a table be filtered and searched, and has it looked at as it was left."""

    def __init__(self, session: Session, view: TableView, parent: QWidget | None = None) -> None:
        """Stand around a table."""
        super().__init__(parent)
        self.view = view
        self._sifting = SiftLine(view.shown)
        self._find = FindBar(session, view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_AIR)
        layout.addWidget(self._sifting)
        layout.addWidget(view, 1)
        layout.addWidget(self._find)
        self.setFocusProxy(view)
        view.moved.connect(self._sifting.refresh)
        view.find_wanted.connect(self._find.open)
        view.step_wanted.connect(self._find.go)
        self._sifting.left.connect(view.setFocus)
        view.heads.allow_filters()
        view.look_as_left()
        self._sifting.refresh()
