"""The cap table page: holders by securities, or the securities with their four counts."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from neocapgui.engine.finding import Place
from neocapgui.engine.holdings import holdings
from neocapgui.figures.cap_table import cap_table, cap_table_by_security
from neocapgui.figures.facts_tables import stakeholders_table
from neocapgui.figures.reconciliation import reconciliation_table
from neocapgui.figures.tables import Column, Row
from neocapgui.gui.charts.ownership_chart import OwnershipChart
from neocapgui.gui.session import Session
from neocapgui.gui.tables.fact_places import NEW
from neocapgui.gui.tables.table_views import TableViews, View
from neocapgui.ledger.facts import PublishedCount, Stakeholder

_VIEWS = (
    View(
        "by_holder", "By holder", cap_table, first=("Enter the first transaction", Place("transactions", NEW))
    ),
    View("by_security", "By security", cap_table_by_security),
    View("stakeholders", "Stakeholders", stakeholders_table, "stakeholder", "stakeholders"),
)
_COUNTS = View("counts", "Published counts", reconciliation_table, "count", "published_counts")
_AIR = 12
_ROOM_FOR_BOTH = 26  # lines of text; where the page is lower the table has it alone


class CapTablePage(QWidget):
    """Who holds what; under it the ownership over time, or what papers say of the counts."""

    selected = Signal(object, object)  # a stakeholder, a security
    went_to = Signal(object)  # a Place

    def __init__(self, session: Session, *, is_filled: bool = True) -> None:
        """Show the cap table of the company looked at; what is not filled is filled in steps."""
        super().__init__()
        self.setObjectName("page.cap_table")
        self._session = session
        self._is_filled = False
        if is_filled:
            deque(self.filling(), 0)

    def filling(self) -> Iterator[None]:
        """Fill the page, with a pause after each part."""
        session = self._session
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(_AIR)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        self._tables = TableViews(session, _VIEWS, "How holdings are shown")
        self._splitter.addWidget(self._tables)
        yield
        self._chart = OwnershipChart(session)
        self._history = QWidget()
        title = QLabel("Ownership over time")
        title.setProperty("look", "heading")
        column = QVBoxLayout(self._history)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(title)
        column.addWidget(self._chart, 1)
        self._counts = TableViews(session, (_COUNTS,), is_part=True)
        for part in (self._history, self._counts):
            self._splitter.addWidget(part)
        self._splitter.setSizes([540, 460, 300])
        yield
        self._tables.pointed.connect(self._point)
        self._counts.pointed.connect(self._point)
        self._tables.chosen.connect(self._show_parts)
        self._tables.went_to.connect(self.went_to)
        self._is_filled = True
        self._show_parts()

    def refresh(self) -> None:
        """Show the session as it stands."""
        self._tables.refresh()
        self._show_parts()

    def show_place(self, place: Place) -> bool:
        """Bring a stakeholder or a published count into sight."""
        if place.table == "published_counts":
            self._tables.choose("by_security")
            return self._counts.show_place(place)
        return self._tables.show_place(place)

    def _show_parts(self) -> None:
        """Show under the table what belongs to it."""
        shown, has_lines = self._tables.current, bool(self._tables.table_view.shown.stored.rows)
        has_room = self.height() >= _ROOM_FOR_BOTH * self.fontMetrics().lineSpacing()
        self._history.setVisible(shown == "by_holder" and has_lines and has_room)
        self._counts.setVisible(shown == "by_security" and has_lines)
        if shown == "by_holder":
            self._chart.refresh()
        elif shown == "by_security":
            self._counts.refresh()

    def _point(self, line: Row | None, column: Column) -> None:
        if line is None:
            return
        if isinstance(line.fact, Stakeholder):
            self.selected.emit(line.fact.id, None)
        elif isinstance(line.fact, PublishedCount):
            self.selected.emit(None, line.fact.security)
        elif self._tables.current == "by_security":
            self.selected.emit(None, line.key if isinstance(line.key, int) else None)
        elif isinstance(line.key, int):
            self.selected.emit(line.key, self._security_called(column.title))

    def _security_called(self, title: str) -> int | None:
        """Return the security whose holdings stand in a column, or None for the shares on the basis."""
        session = self._session
        totals = session.ask(holdings).totals()
        own = session.ledger.securities_of(session.lens.issuer or 0)
        return next((one.id for one in own if one.name == title and totals.get(one.id)), None)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._is_filled:
            return
        has_room = self.height() >= _ROOM_FOR_BOTH * self.fontMetrics().lineSpacing()
        if has_room == self._history.isHidden():
            self._show_parts()
