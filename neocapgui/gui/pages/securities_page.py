"""The securities page: the terms of each paper, the ways it converts, and what was approved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from neocapgui.engine.finding import Place
from neocapgui.figures.facts_tables import approvals_table, conversion_rights_table, securities_table
from neocapgui.figures.tables import Row
from neocapgui.gui.guiding import Guiding
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_views import TableViews, View
from neocapgui.ledger.facts import ConversionRight, Security

_VIEWS = (
    View("terms", "Terms", securities_table, "security", "securities"),
    View("rights", "Conversion rights", conversion_rights_table, "right", "conversion_rights"),
    View("approvals", "Approvals", approvals_table, "approval", "approvals"),
)
_RECORDED = {  # by view: the guide that its button opens, its text and what it says of itself
    "terms": ("issue", "Record an issue…", "Record an issue of one of these securities, or of a new one."),
    "approvals": (
        "approval",
        "Record an approval…",
        "Record a decision with its limits of money and shares.",
    ),
}
_ROOM = 520  # pixels of the page below which the heading needs the room; the menus have the entry too


class SecuritiesPage(QWidget):
    """The securities of the company, their conversion rights, or the approvals."""

    selected = Signal(object, object)  # a stakeholder, a security
    went_to = Signal(object)  # a Place

    def __init__(self, session: Session) -> None:
        """Show the securities of the session."""
        super().__init__()
        self.setObjectName("page.securities")
        self._session = session
        self._record = QPushButton()
        self._tables = TableViews(
            session, _VIEWS, "What is shown of the securities", controls=(self._record,)
        )
        self._tables.chosen.connect(self._name_entry)
        self._record.clicked.connect(self._record_entry)
        self._name_entry()
        self._tables.pointed.connect(self._point)
        self._tables.went_to.connect(self.went_to)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._tables)

    def refresh(self) -> None:
        """Show the session as it stands."""
        self._tables.refresh()
        self._name_entry()

    def show_place(self, place: Place) -> bool:
        """Bring a security, a conversion right or an approval into sight."""
        return self._tables.show_place(place)

    def _name_entry(self) -> None:
        """Let the button record what the view shows; without a company there is nothing to record."""
        _, title, tip = _RECORDED.get(self._tables.current, ("", "", ""))
        self._record.setText(title)
        self._record.setToolTip(tip)
        self._record.setVisible(bool(title) and self.width() >= _ROOM)
        self._record.setEnabled(bool(self._session.ledger.issuers))

    def _record_entry(self) -> None:
        Guiding.of(self._session).want(_RECORDED[self._tables.current][0])

    def _point(self, line: Row | None) -> None:
        fact = None if line is None else line.fact
        if isinstance(fact, Security):
            self.selected.emit(None, fact.id)
        elif isinstance(fact, ConversionRight):
            self.selected.emit(None, fact.security)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_entry()
