"""The overview page: the company on the day at a glance."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from neocapgui.engine.finding import Place
from neocapgui.figures.cap_table import subtitle
from neocapgui.figures.largest_owners import largest_owners_table
from neocapgui.figures.next_dates import next_dates_table
from neocapgui.figures.overview import Card, overview
from neocapgui.figures.tables import Row, Table
from neocapgui.gui.card_grid import CardGrid
from neocapgui.gui.charts.ownership_chart import OwnershipChart
from neocapgui.gui.findings_watch import FindingsWatch
from neocapgui.gui.page_heading import PageHeading
from neocapgui.gui.session import Session
from neocapgui.gui.tables.fact_places import NEW
from neocapgui.gui.tables.table_view import TableView

_CHART_HEIGHT = 370


class OverviewPage(QWidget):
    """Cards, the ownership over time, the largest owners and the dates ahead."""

    selected = Signal(object, object)  # a stakeholder, a security
    went_to = Signal(object)  # a Place

    def __init__(self, session: Session) -> None:
        """Show the company that the session looks at."""
        super().__init__()
        self.setObjectName("page.overview")
        self._session = session
        self._watch = FindingsWatch.of(session)
        self._heading = PageHeading("Overview")
        self._cards = CardGrid()
        self._chart = OwnershipChart(session)
        self._chart.setMinimumHeight(_CHART_HEIGHT)
        self._owners = _Part(session, session.ask(largest_owners_table))
        self._dates = _Part(session, session.ask(next_dates_table))
        self._lay_out()
        self._owners.view.pointed.connect(self._point)
        self._first.clicked.connect(lambda: self.went_to.emit(Place("issuers", NEW)))
        for signal in (self._watch.found, self._watch.outdated):
            signal.connect(self._show_cards)
        self.refresh()

    def refresh(self) -> None:
        """Show the session as it stands."""
        session = self._session
        self._heading.show_texts("Overview", subtitle(session.ledger, session.lens))
        self._owners.show_table(session.ask(largest_owners_table))
        self._dates.show_table(session.ask(next_dates_table))
        self._chart.refresh()
        self._show_cards()
        has_company = session.lens.issuer is not None
        self._scroll.setVisible(has_company)
        self._empty.setVisible(not has_company)
        self._first.setVisible(not has_company)

    def _show_cards(self) -> None:
        cards = self._session.ask(overview, self._session.style)
        self._cards.show_cards((*cards, self._findings_card()))

    def _findings_card(self) -> Card:
        if not self._watch.is_current:
            return Card("Findings", "…", "being looked for")
        count = len(self._watch.findings)
        return Card("Findings", f"{count:,}", "in the whole file" if count else "every check passes")

    def _lay_out(self) -> None:
        ground = QWidget()
        ground.setProperty("look", "ground")
        grid = QGridLayout(ground)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(14)
        grid.addWidget(self._cards, 0, 0, 1, 2)
        grid.addWidget(self._chart, 1, 0, 1, 2)
        grid.addWidget(self._owners, 2, 0)
        grid.addWidget(self._dates, 2, 1)
        grid.setRowStretch(1, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setWidget(ground)
        self._empty = QLabel("This scenario has no company yet. Add the first one, then its securities.")
        self._empty.setProperty("look", "dim")
        self._empty.setWordWrap(True)
        self._first = QPushButton("Add the first company")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._heading)
        layout.addWidget(self._empty)
        layout.addWidget(self._first, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._scroll, 1)
        layout.addStretch(0)

    def _point(self, line: Row | None) -> None:
        if line is not None and isinstance(line.key, int):
            self.selected.emit(line.key, None)


class _Part(QWidget):
    """A small table that is as high as its lines, under its title."""

    def __init__(self, session: Session, table: Table) -> None:
        super().__init__()
        title = QLabel(table.title)
        title.setProperty("look", "strong")
        self.view = TableView(session, table)
        self._empty = QLabel()
        self._empty.setProperty("look", "dim")
        self._empty.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for part in (title, self.view, self._empty):
            layout.addWidget(part)
        layout.addStretch(1)
        self.show_table(table)

    def show_table(self, table: Table) -> None:
        """Show another answer."""
        self.view.show_table(table)
        line = self.view.verticalHeader().defaultSectionSize()
        lines = self.view.table_model.rowCount()
        self.view.setFixedHeight(self.view.horizontalHeader().sizeHint().height() + lines * line + 2)
        self.view.setVisible(bool(table.rows))
        self._empty.setText(table.empty)
        self._empty.setVisible(not table.rows)
