"""The overview page: the company on the day at a glance."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from neocapgui.engine.finding import Place
from neocapgui.figures.cap_table import subtitle
from neocapgui.figures.charts.overhang import overhang_chart
from neocapgui.figures.charts.palette import GREY
from neocapgui.figures.checks.findings_table import counted_words
from neocapgui.figures.held_companies import held_companies_table
from neocapgui.figures.kinds import grouped
from neocapgui.figures.largest_owners import largest_owners_table
from neocapgui.figures.next_dates import next_dates_table
from neocapgui.figures.overhang_now import overhang_table
from neocapgui.figures.overview import Card, overview
from neocapgui.figures.sentences import dim_line, sentence
from neocapgui.figures.tables import Row, Table
from neocapgui.gui.charts.chart_frame import ChartFrame
from neocapgui.gui.charts.drawn_chart import DrawnChart
from neocapgui.gui.charts.ownership_chart import OwnershipChart
from neocapgui.gui.charts.tones import tone_color
from neocapgui.gui.findings_watch import FindingsWatch
from neocapgui.gui.looks import look
from neocapgui.gui.session import Session
from neocapgui.gui.tables.fact_places import NEW
from neocapgui.gui.tables.part import Part, TablePart
from neocapgui.gui.widgets.card_grid import CardGrid
from neocapgui.gui.widgets.page_heading import PageHeading

_CHART_HEIGHT = (200, 460)  # pixels, at least and at most
_CURVE_HEIGHT = 190
_DATES = 5  # lines
_AIR = 12
_STRETCH = (6, 7)  # of what stands at the left and at the right: the names of owners are long
_BESIDE = 84  # letters of width from which what is below the cards stands in two columns
_WHOLE = "Institutional investors 20,000,000 Stake %"  # a line of the owners with all its columns
_PADDING = 114  # pixels around the three cells of a line, and of the colour before them
_NARROW = (0, 2)  # the columns of the owners where there is less: who, and which part
_BUTTONS = 520  # pixels of width from which the buttons of the chart stand above it


class OverviewPage(QWidget):
    """Cards, the ownership over time beside the largest owners, the overhang, the group, the dates ahead."""

    selected = Signal(object, object)  # a stakeholder, a security
    went_to = Signal(object)  # a Place
    page_wanted = Signal(str)  # the name of a page

    def __init__(self, session: Session, *, is_filled: bool = True) -> None:
        """Show the company that the session looks at; what is not filled is filled in steps."""
        super().__init__()
        self.setObjectName("page.overview")
        self._session = session
        self._is_narrow = self._is_filled = False
        if is_filled:
            deque(self.filling(), 0)

    def filling(self) -> Iterator[None]:
        """Fill the page, with a pause after each part."""
        session = self._session
        self._watch = FindingsWatch.of(session)
        yield
        column = self._lay_out()
        column.addWidget(self._cards)
        yield
        self._pairs = [QBoxLayout(QBoxLayout.Direction.LeftToRight) for _ in range(2)]
        for pair in self._pairs:
            pair.setSpacing(2 * _AIR)
        column.addLayout(self._pairs[0])
        self._chart = OwnershipChart(session, has_legend=False)
        framed = ChartFrame(session, self._chart, lambda: self._chart.chart, has_buttons=False)
        self._buttons = framed.buttons
        self._over_time = Part("Ownership over time", "charts", "Go to the charts.", framed, framed.buttons)
        self._pairs[0].addWidget(self._over_time, _STRETCH[0])
        yield
        self._owners = TablePart(session, self._asked_owners, "cap_table", "Go to the cap table.")
        self._owners.view.show_swatches(self._swatch)
        self._pairs[0].addWidget(self._owners, _STRETCH[1])
        yield
        self._overhang = TablePart(session, self._asked_overhang, "conversions", "Go to the conversions.")
        column.addWidget(self._overhang)
        yield
        self._curve = DrawnChart("chart.overhang_small")
        self._curve.setMinimumSize(200, _CURVE_HEIGHT)
        self._hanging = ChartFrame(
            session, self._curve, lambda: session.ask(overhang_chart), has_buttons=False
        )
        self._hanging.setFixedHeight(_CURVE_HEIGHT)
        column.addWidget(self._hanging)
        yield
        column.addLayout(self._pairs[1])
        self._group = TablePart(session, session.ask(held_companies_table), "group", "Go to the group.")
        self._pairs[1].addWidget(self._group, _STRETCH[0])
        yield
        self._dates = TablePart(session, self._asked_dates, "securities", "Go to the securities.")
        self._pairs[1].addWidget(self._dates, _STRETCH[1])
        yield
        column.addWidget(self._findings)
        column.addStretch(1)
        self._connect()
        self._is_filled = True
        self.refresh()

    def _connect(self) -> None:
        self._go.clicked.connect(self._go_to_finding)
        self._owners.view.pointed.connect(self._point)
        self._curve.chosen.connect(lambda: self.page_wanted.emit("conversions"))
        for part in (self._cards, self._over_time, self._owners, self._overhang, self._group, self._dates):
            part.led_to.connect(self.page_wanted)
        self._first.clicked.connect(lambda: self.went_to.emit(Place("issuers", NEW)))
        for signal in (self._watch.found, self._watch.outdated):
            signal.connect(self._count_findings)

    @property
    def _asked_owners(self) -> Table:
        """The owners without their total, which stands on the first card; of narrow ones the stakes alone."""
        table = replace(self._session.ask(largest_owners_table), total=None)
        if not self._is_narrow:
            return table
        columns = [table.columns[place] for place in _NARROW]
        rows = [replace(row, cells=tuple(row.cells[place] for place in _NARROW)) for row in table.rows]
        return replace(table, columns=tuple(columns), rows=rows)

    @property
    def _asked_overhang(self) -> Table:
        return self._session.ask(overhang_table, self._session.style)

    @property
    def _asked_dates(self) -> Table:
        return self._session.ask(next_dates_table, _DATES)

    def refresh(self) -> None:
        """Show the session as it stands."""
        session = self._session
        line = dim_line(subtitle(session.ledger, session.lens), session.lens.as_of, session.style)
        self._heading.show_texts("Overview", line)
        self._owners.show_table(self._asked_owners)
        overhang = self._asked_overhang
        self._overhang.show_table(overhang)
        self._overhang.say(overhang.subtitle or ("" if overhang.rows else overhang.empty))
        self._group.show_table(session.ask(held_companies_table))
        self._dates.show_table(self._asked_dates)
        self._chart.refresh()
        curve = session.ask(overhang_chart)
        self._hanging.setVisible(not curve.empty)
        if not curve.empty:
            self._curve.show_figure(curve, session.style)
        self._count_findings()
        has_company = session.lens.issuer is not None
        self._scroll.setVisible(has_company)
        self._empty.setVisible(not has_company)
        self._first.setVisible(not has_company)

    def _count_findings(self) -> None:
        """Say how many findings there are, and the first of them."""
        findings = self._watch.findings
        is_known, style = self._watch.is_current, self._session.style
        self._findings.setVisible(bool(findings) and is_known)
        if findings:
            more = f"{grouped(len(findings), style)} findings, the first: " if len(findings) > 1 else ""
            self._words.setText(more + sentence(findings[0].said, style))
        value = grouped(len(findings), style) if is_known else "…"
        counted = counted_words(findings, style) or "nothing contradicts"
        note = counted if is_known else "being found"
        found = Card("Findings", value, note, page="findings", is_amber=bool(findings) and is_known)
        cards = self._session.ask(overview, style)
        self._cards.show_cards((*cards, found) if cards else ())
        self._give_room()

    def _swatch(self, line: Row) -> QColor:
        """Return the colour that an owner has in the chart beside: that of the others, if none of its own."""
        found = (band.tone for band in self._chart.chart.bands if band.key == line.key)
        return tone_color(next(found, GREY), look.current())

    def _go_to_finding(self) -> None:
        if self._watch.findings:
            self.went_to.emit(self._watch.findings[0].place)

    def _lay_out(self) -> QVBoxLayout:
        """Lay out what always stands on the page, and return where the parts come to stand."""
        self._heading = PageHeading("Overview")
        self._cards = CardGrid()
        self._findings, self._words, self._go = QWidget(), QLabel(), QPushButton("Go there")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("look", "amber")
        self._words.setWordWrap(True)
        self._go.setToolTip("Go to the place of the first finding.")
        row = QHBoxLayout(self._findings)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self._go, 0, Qt.AlignmentFlag.AlignTop)
        ground = QWidget()
        ground.setProperty("look", "ground")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(_AIR)
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
        self._first.setObjectName("first_step")
        self._first.setToolTip("Go to the empty line of the companies, ready to type the name.")
        for button in (self._go, self._first):
            button.setAutoDefault(True)  # Enter presses it as well as the space bar
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._heading)
        layout.addWidget(self._empty)
        layout.addWidget(self._first, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._scroll, 1)
        layout.addStretch(0)
        return column

    def _give_room(self) -> None:
        """Put parts side by side where there is room, and make the chart as high as what stands beside it."""
        letter = self.fontMetrics().averageCharWidth()
        is_wide = self.width() >= _BESIDE * letter
        room = self.width() * _STRETCH[1] // sum(_STRETCH) if is_wide else self.width()
        is_narrow = room - _AIR < self.fontMetrics().horizontalAdvance(_WHOLE) + _PADDING
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._owners.show_table(self._asked_owners)
        ways = QBoxLayout.Direction
        for pair in self._pairs:
            pair.setDirection(ways.LeftToRight if is_wide else ways.TopToBottom)
        self._buttons.setVisible(room >= _BUTTONS)
        taken = sum(
            part.sizeHint().height() + _AIR
            for part in (self._heading, self._cards, self._over_time.title, self._overhang, self._group)
        )
        taken += 0 if self._hanging.isHidden() else _CURVE_HEIGHT + _AIR
        least, most = _CHART_HEIGHT
        least = max(least, self._owners.view.height()) if is_wide else least
        self._chart.setFixedHeight(max(least, min(most, self.height() - taken)))

    def _point(self, line: Row | None) -> None:
        if line is not None and isinstance(line.key, int):
            self.selected.emit(line.key, None)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_filled:
            self._give_room()
