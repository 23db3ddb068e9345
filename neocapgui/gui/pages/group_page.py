"""The group page: the companies' stakes in one another, how each moved, and the companies themselves."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget

from neocapgui.engine.finding import Place
from neocapgui.figures.facts_tables import issuers_table, stake_entries_table
from neocapgui.figures.group_table import group_table
from neocapgui.figures.guided.guide import About
from neocapgui.figures.stake_steps import stake_steps_table
from neocapgui.figures.standings import standings_table
from neocapgui.figures.tables import Row
from neocapgui.gui.guiding import Guiding
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_views import TableViews, View
from neocapgui.ledger.transactions import Transaction

_STAKES = View("stakes", "Stakes", group_table)
_DETAILS = (
    View("steps", "Over time", stake_steps_table),
    View("companies", "Companies", issuers_table, "company", "issuers"),
    View("status", "Status", standings_table),
    View("entries", "Entries", stake_entries_table, "entry"),
)
_AIR = 12


class GroupPage(QWidget):
    """The stakes on the day; under them how one moved, the companies, their status, the entries."""

    selected = Signal(object, object)  # a stakeholder, a security

    def __init__(self, session: Session) -> None:
        """Show the group of the session."""
        super().__init__()
        self.setObjectName("page.group")
        self._session = session
        self._company: int | None = None  # of the chosen stake
        self._record = QPushButton("Record a status…")
        self._record.setToolTip("Record that a company ceases, is dissolved or merged, and what that saves.")
        self._stakes = TableViews(session, (_STAKES,), controls=(self._record,))
        self._details = TableViews(session, _DETAILS, "What is shown of the group", is_part=True)
        splitter = QSplitter(Qt.Orientation.Vertical)
        for part in (self._stakes, self._details):
            splitter.addWidget(part)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(_AIR)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self._stakes.pointed.connect(self._choose_stake)
        self._details.pointed.connect(self._point)
        self._record.clicked.connect(self._record_status)
        self._welcome()

    def refresh(self) -> None:
        """Show the session as it stands."""
        self._stakes.refresh()
        self._details.refresh()
        self._welcome()

    def show_place(self, place: Place) -> bool:
        """Bring a company into sight."""
        return self._details.show_place(place)

    def _welcome(self) -> None:
        """While there is no company, stand where the first one is typed."""
        has_company = bool(self._session.ledger.issuers)
        self._record.setEnabled(has_company)
        if not has_company:
            self._details.choose("companies")

    def _choose_stake(self, line: Row | None) -> None:
        if line is not None and isinstance(line.key, tuple):
            owner, issuer = line.key
            self._company = issuer
            self._details.ask("steps", partial(stake_steps_table, owner=owner, issuer=issuer))

    def _point(self, line: Row | None) -> None:
        if line is not None and isinstance(line.fact, Transaction):
            self.selected.emit(line.fact.stakeholder, line.fact.security)

    def _record_status(self) -> None:
        Guiding.of(self._session).want("status", About(issuer=self._company))
