"""The overview page: the company on the day at a glance."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from neocapgui.engine.finding import Place
from neocapgui.figures.cap_table import subtitle
from neocapgui.figures.largest_owners import largest_owners_table
from neocapgui.figures.next_dates import next_dates_table
from neocapgui.figures.overview import overview
from neocapgui.figures.tables import Row, Table
from neocapgui.gui.charts.chart_frame import ChartFrame
from neocapgui.gui.charts.ownership_chart import OwnershipChart
from neocapgui.gui.findings_watch import FindingsWatch
from neocapgui.gui.session import Session
from neocapgui.gui.tables.fact_places import NEW
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.widgets.card_grid import CardGrid
from neocapgui.gui.widgets.page_heading import PageHeading

_CHART_HEIGHT = (300, 460)  # pixels, at least and at most


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
        self._findings, self._words, self._go = QWidget(), QLabel(), QPushButton("Go there")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._chart = OwnershipChart(session)
        self._framed = ChartFrame(session, self._chart, lambda: self._chart.chart)
        self._owners = _Part(session, session.ask(largest_owners_table))
        self._dates = _Part(session, session.ask(next_dates_table))
        self._lay_out()
        self._go.setToolTip("Go to the place of the first finding.")
        self._go.clicked.connect(self._go_to_finding)
        self._owners.view.pointed.connect(self._point)
        self._first.clicked.connect(lambda: self.went_to.emit(Place("issuers", NEW)))
        for signal in (self._watch.found, self._watch.outdated):
            signal.connect(self._count_findings)
        self.refresh()

    def refresh(self) -> None:
        """Show the session as it stands."""
        session = self._session
        self._heading.show_texts("Overview", subtitle(session.ledger, session.lens))
        self._owners.show_table(session.ask(largest_owners_table))
        self._dates.show_table(session.ask(next_dates_table))
        self._chart.refresh()
        self._cards.show_cards(session.ask(overview, session.style))
        self._count_findings()
        has_company = session.lens.issuer is not None
        self._scroll.setVisible(has_company)
        self._empty.setVisible(not has_company)
        self._first.setVisible(not has_company)

    def _count_findings(self) -> None:
        """Say how many findings there are, and the first of them."""
        findings = self._watch.findings
        self._findings.setVisible(bool(findings) and self._watch.is_current)
        if findings:
            more = f"{len(findings):,} findings, the first: " if len(findings) > 1 else ""
            self._words.setText(more + findings[0].message)

    def _go_to_finding(self) -> None:
        if self._watch.findings:
            self.went_to.emit(self._watch.findings[0].place)

    def _lay_out(self) -> None:
        ground = QWidget()
        ground.setProperty("look", "ground")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(16)
        for part in (self._cards, self._findings, self._framed, self._owners, self._dates):
            column.addWidget(part)
        column.addStretch(1)
        self._words.setProperty("look", "amber")
        self._words.setWordWrap(True)
        row = QHBoxLayout(self._findings)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self._go, 0, Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName("Overview")
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setWidget(ground)
        self._empty = QLabel("This scenario has no company yet. Add the first one, then its securities.")
        self._empty.setProperty("look", "dim")
        self._empty.setWordWrap(True)
        self._first = QPushButton("Add the first company")
        self._first.setToolTip("Go to the empty line of the companies, ready to type the name.")
        for button in (self._go, self._first):
            button.setAutoDefault(True)  # Enter presses it as well as the space bar
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

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        least, most = _CHART_HEIGHT
        self._chart.setFixedHeight(max(least, min(most, self.height() // 2)))


class _Part(QWidget):
    """A small table that is as high as its lines, under its title."""

    def __init__(self, session: Session, table: Table) -> None:
        super().__init__()
        title = QLabel(table.title)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setProperty("look", "strong")
        self.view = TableView(session, table)
        self._empty = QLabel()
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
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
