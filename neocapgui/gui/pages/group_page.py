"""The group page: the companies' stakes in one another, how each moved, and the companies themselves."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget

from neocapgui.engine.finding import Place
from neocapgui.engine.itself import stakeholders_being
from neocapgui.figures.charts.group_diagram import GroupDiagram, group_diagram
from neocapgui.figures.facts_tables import issuers_table, stake_entries_table
from neocapgui.figures.group_table import group_table
from neocapgui.figures.guided.guide import About
from neocapgui.figures.stake_steps import stake_steps_table
from neocapgui.figures.standings import standings_table
from neocapgui.figures.tables import Row
from neocapgui.figures.thresholds_table import thresholds_table
from neocapgui.gui.charts.chart_frame import ChartFrame
from neocapgui.gui.charts.group_view import GroupView
from neocapgui.gui.charts.stake_pane import StakePane
from neocapgui.gui.guiding import Guiding
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.tables.table_views import TableViews, View
from neocapgui.ledger.transactions import Transaction

_STAKES = View("stakes", "Stakes", group_table)
_DETAILS = (
    View("steps", "Over time", stake_steps_table),
    View("thresholds", "Thresholds", thresholds_table),
    View("companies", "Companies", issuers_table, "company", "issuers"),
    View("status", "Status", standings_table),
    View("entries", "Entries", stake_entries_table, "entry"),
)
_AIR = 12
_ROOM = 440  # pixels of height from which the diagram stands above the tables without being asked for
_BUTTONS = 600  # pixels of height from which the buttons of the pictures stand above them
_BESIDE = 1000  # pixels of width from which the chart of a stake stands beside the diagram unasked
_LINES = 4  # of a table at least, heads included
_HEIGHTS = (310, 150, 210)


class GroupPage(QWidget):
    """The diagram and the stakes on the day; under them how one moved, the companies, status, entries."""

    selected = Signal(object, object)  # a stakeholder, a security
    stake_chosen = Signal(int, int)  # who owns, and what: two issuers

    def __init__(self, session: Session, *, is_filled: bool = True) -> None:
        """Show the group of the session; what is not filled is filled in steps."""
        super().__init__()
        self.setObjectName("page.group")
        self._session = session
        self._company: int | None = None  # of the chosen stake
        self._is_low: bool | None = None  # so low that the tables have few lines
        self._is_filled = False
        if is_filled:
            deque(self.filling(), 0)

    def filling(self) -> Iterator[None]:
        """Fill the page, with a pause after each part."""
        session = self._session
        self._record = QPushButton("Record a status…")
        self._record.setToolTip("Record that a company ceases, is dissolved or merged, and what that saves.")
        self._wanted: dict[QPushButton, bool] = {}  # what the user asked for; the rest is shown if it fits
        self._shows_diagram = _toggle("Diagram", "Show or hide the diagram of the group.")
        self._shows_stake = _toggle("Stake chart", "Show or hide the chosen stake over time as a chart.")
        self._charts = QSplitter(Qt.Orientation.Horizontal)
        self._parts = splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self._charts)
        for one in (self._charts, splitter):
            one.setChildrenCollapsible(False)
            one.setHandleWidth(_AIR)
        self._charts.hide()
        self._heights = {True: list(_HEIGHTS), False: [0, *_HEIGHTS[1:]]}  # as the user last drew them
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self.diagram = GroupView()
        self._framed = ChartFrame(session, self.diagram, self._figure)
        self.stake = StakePane(session)
        self._over_time = ChartFrame(session, self.stake, lambda: self.stake.chart)
        for chart in (self._framed, self._over_time):
            chart.hide()
            self._charts.addWidget(chart)
        self._charts.setSizes([620, 380])
        yield
        controls = (self._shows_diagram, self._shows_stake, self._record)
        self._stakes = TableViews(session, (_STAKES,), controls=controls)
        splitter.addWidget(self._stakes)
        yield
        self._details = TableViews(session, _DETAILS, "What is shown of the group", is_part=True)
        splitter.addWidget(self._details)
        self._stakes.lower()  # first in the order of the keyboard as well: a splitter keeps another one
        yield
        self._connect()
        self._is_filled = True
        self._welcome()
        self._arrange()

    def _connect(self) -> None:
        self._stakes.pointed.connect(self._choose_stake)
        self._details.pointed.connect(self._point)
        self._record.clicked.connect(self._record_status)
        for button in (self._shows_diagram, self._shows_stake):
            button.clicked.connect(lambda is_on, button=button: self._want(button, is_on))
        self.diagram.chosen.connect(self._look_at)

    def refresh(self) -> None:
        """Show the session as it stands."""
        self._stakes.refresh()
        self._details.refresh()
        self.stake.refresh()
        self._welcome()
        self._arrange()

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
            self.stake.show_pair(owner, issuer)
            self.stake_chosen.emit(owner, issuer)

    def _point(self, line: Row | None) -> None:
        if line is not None and isinstance(line.fact, Transaction):
            self.selected.emit(line.fact.stakeholder, line.fact.security)

    def _record_status(self) -> None:
        Guiding.of(self._session).want("status", About(issuer=self._company))

    def _figure(self) -> GroupDiagram:
        return self._session.ask(group_diagram, self._session.style)

    def _show_diagram(self) -> None:
        if not self._framed.isHidden():
            self.diagram.show_diagram(self._figure(), self._session.lens.issuer)

    def _want(self, button: QPushButton, is_wanted: bool) -> None:
        self._wanted[button] = is_wanted
        self._arrange()

    def _arrange(self) -> None:
        """Show the diagram and the chart of the stake where they are wanted, or else where there is room."""
        height = self._seen()
        is_high, has_company = height >= _ROOM, bool(self._session.ledger.issuers)
        is_low = height < _BUTTONS
        has_stakes = bool(len(self._session.ask(group_table).rows))
        self._stakes.setVisible(has_stakes or is_high)  # else all of the room is for typing companies
        for view in self.findChildren(TableView):
            view.show_least(_LINES)
        for button, chart, has_room in (
            (self._shows_diagram, self._framed, is_high),
            (self._shows_stake, self._over_time, not is_low and self.width() >= _BESIDE),
        ):
            is_shown = has_company and self._wanted.get(button, has_room)
            button.setChecked(is_shown)
            chart.setVisible(is_shown)
        for chart in (self._framed, self._over_time):
            chart.buttons.setVisible(not is_low)
        has_charts = self._shows_diagram.isChecked() or self._shows_stake.isChecked()
        if has_charts == self._charts.isHidden():
            self._heights[not has_charts] = self._parts.sizes()
            self._charts.setVisible(has_charts)
            self._parts.setSizes(self._heights[has_charts])
            self._is_low = None
        if self._is_low is not is_low:  # the diagram gets what the tables can spare
            self._is_low = is_low
            if is_low and has_charts:
                self._parts.setSizes([self.height(), 0, 0])
            elif has_charts:
                self._parts.setSizes(self._heights[True])
        self._show_diagram()

    def _seen(self) -> int:
        """Return the height of which the page is seen: where it needs more than that, it is scrolled."""
        around = self.parentWidget()
        return self.height() if around is None else min(self.height(), around.height())

    def _look_at(self, issuer: int) -> None:
        """Look at a company, and explain beside it the stake in it, or the company where nobody has one."""
        ledger = self._session.ledger
        owners = [link.owner for link in self._figure().links if link.issuer == issuer]
        self._session.look_at(issuer)
        being = stakeholders_being(ledger, issuer)
        if owners:
            self.stake_chosen.emit(owners[0], issuer)
        elif being:
            self.selected.emit(being[0], None)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_filled:
            self._arrange()


def _toggle(title: str, help: str) -> QPushButton:
    button = QPushButton(title)
    button.setCheckable(True)
    button.setToolTip(help)
    return button
