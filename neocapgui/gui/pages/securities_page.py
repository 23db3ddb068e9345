"""The securities page: the terms of each paper, the ways it converts, and what was approved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from neocapgui.engine.finding import Place
from neocapgui.figures.facts_tables import approvals_table, conversion_rights_table, securities_table
from neocapgui.figures.tables import Row
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_views import TableViews, View
from neocapgui.ledger.facts import ConversionRight, Security

_VIEWS = (
    View("terms", "Terms", securities_table, "security", "securities"),
    View("rights", "Conversion rights", conversion_rights_table, "right", "conversion_rights"),
    View("approvals", "Approvals", approvals_table, "approval", "approvals"),
)


class SecuritiesPage(QWidget):
    """The securities of the company, their conversion rights, or the approvals."""

    selected = Signal(object, object)  # a stakeholder, a security
    went_to = Signal(object)  # a Place

    def __init__(self, session: Session) -> None:
        """Show the securities of the session."""
        super().__init__()
        self.setObjectName("page.securities")
        self._tables = TableViews(session, _VIEWS, "What is shown of the securities")
        self._tables.pointed.connect(self._point)
        self._tables.went_to.connect(self.went_to)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._tables)

    def refresh(self) -> None:
        """Show the session as it stands."""
        self._tables.refresh()

    def show_place(self, place: Place) -> bool:
        """Bring a security, a conversion right or an approval into sight."""
        return self._tables.show_place(place)

    def _point(self, line: Row | None) -> None:
        fact = None if line is None else line.fact
        if isinstance(fact, Security):
            self.selected.emit(None, fact.id)
        elif isinstance(fact, ConversionRight):
            self.selected.emit(None, fact.security)
