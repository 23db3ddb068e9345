"""The charts page: ownership over time, here and in another scenario, why a stake moved, and the figures."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from neocapgui.figures.charts.compared import Side, compared
from neocapgui.figures.charts.event_families import NOTHING_BESIDE, OtherDays
from neocapgui.figures.charts.gathering import Gather
from neocapgui.figures.charts.stacked import By, Unit
from neocapgui.figures.charts.table import compared_over_time, ownership_over_time
from neocapgui.figures.company_names import company_names
from neocapgui.figures.sentences import sentence
from neocapgui.figures.tables import Row, Table
from neocapgui.gui.charts.bridge_view import BridgeView
from neocapgui.gui.charts.chart_frame import ChartFrame
from neocapgui.gui.charts.comparing import Comparing
from neocapgui.gui.charts.other_scenario import days_of, side_of
from neocapgui.gui.charts.ownership_chart import OwnershipChart
from neocapgui.gui.first_company import FirstCompany
from neocapgui.gui.kept_choice import keep_choice
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_frame import TableFrame
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.views_kept import keep, kept
from neocapgui.gui.widgets.choice_group import ChoiceGroup
from neocapgui.gui.widgets.page_heading import PageHeading
from neocapgui.gui.widgets.switch import Switch

_LEAST_LINES = 11  # of text, as high as which the chart is at the least: a lower window scrolls the page
_WIDEST_NAME = 22  # characters
_ZOOM, _ENDS = "charts.zoom", 2
_TIME, _BRIDGE = "over_time", "bridge"
_OWNERS = {"direct": "Direct owners", "ultimate": "Ultimate owners"}
_KEPT_OWNERS = "charts.owners"
_GATHER, _RESTATED = "charts.gather", "charts.restated"
_CHART_SHARE, _TABLE_SHARE = 720, 280
_ROOM, _ROOM_OF_TWO = 380, 640  # pixels of height from which one chart, or two, leave room for the table


class ChartsPage(QWidget):
    """Chooses the company, the bands and the unit; a line of the table or a click looks at its day."""

    went_to = Signal(object)  # a Place
    beside_shown = Signal(object)  # the OtherDays of the scenario that is in sight beside this one

    def __init__(self, session: Session, *, is_filled: bool = True) -> None:
        """Show the company that the session looks at; what is not filled is filled in steps."""
        super().__init__()
        self.setObjectName("page.charts")
        self._session = session
        self._beside: OtherDays = NOTHING_BESIDE
        self._is_filled = False
        if is_filled:
            deque(self.filling(), 0)

    def filling(self) -> Iterator[None]:
        """Fill the page, with a pause after each part."""
        session = self._session
        self.issuers = QComboBox()
        self.issuers.setObjectName("chart.issuer")
        self.issuers.setAccessibleName("Company")
        self.issuers.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.issuers.setMinimumContentsLength(_WIDEST_NAME)
        self.views = Switch({_TIME: "Over time", _BRIDGE: "Bridge"}, "Which chart is shown")
        self.bands = Switch(
            {By.HOLDER: "Holder", By.SECURITY: "Security", By.CLASS: "Class"}, "What the bands are"
        )
        self.unit = Switch({Unit.PERCENT: "Percent", Unit.SHARES: "Shares"}, "What is measured")
        self.owners, self.gather, self.restated = QComboBox(), QComboBox(), QToolButton()
        self._heading = PageHeading("", "", (self.issuers,))
        self.chart = OwnershipChart(session)
        self.frame = ChartFrame(session, self.chart, lambda: self.chart.figure, has_buttons=False)
        self.comparing = Comparing(session, self._preparing, self)
        self.bridge: BridgeView | None = None
        self._has_room = True  # for the table under the charts
        self._lay_out()
        yield
        self.view = TableView(session, self._table())
        self.view.show_least(2)  # the chart comes first
        self._frame = TableFrame(session, self.view)
        self._splitter.addWidget(self._frame)
        self._splitter.setCollapsible(1, True)
        self._splitter.setSizes([_CHART_SHARE, _TABLE_SHARE])
        yield
        self.issuers.activated.connect(self._look_at)
        self.views.chosen.connect(self._show_view)
        self.bands.chosen.connect(self._show_bands)
        self.unit.chosen.connect(self._measure_in)
        self.owners.activated.connect(self._look_through)
        self.gather.activated.connect(self._gather)
        self.restated.toggled.connect(self._restate)
        self.view.activated_row.connect(self._look_on)
        self.chart.drawn.connect(self._recall_zoom)
        self.comparing.changed.connect(self._compare)
        session.opened.connect(self._recall_choices)
        session.saved.connect(self._name_anew)
        keep_choice(session, "charts.bands", self.bands)
        keep_choice(session, "charts.unit", self.unit)
        self._is_filled = True
        self._recall_choices()
        keep_choice(session, "charts.view", self.views)
        self.comparing.recall()
        self.refresh()

    def _lay_out(self) -> None:
        for owners, title in _OWNERS.items():
            self.owners.addItem(title, owners)
        self.owners.setObjectName("chart.owners")
        self.owners.setAccessibleName("Which owners are shown")
        self.owners.setToolTip("Who holds it, or who owns it in the end through other companies")
        for gather in Gather:
            self.gather.addItem(gather.offered, gather)
        self.gather.setAccessibleName("Who stands by themselves")
        self.gather.setToolTip("Who has a band of their own; the others are gathered in one")
        self.restated.setText("Restated")
        self.restated.setObjectName("chart.restated")
        self.restated.setCheckable(True)
        self.restated.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.restated.setToolTip("Restate shares for all splits since, instead of as they were on each day")
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.views)
        above.addStretch(1)
        self._buttons = QStackedWidget()
        self._buttons.addWidget(self.frame.buttons)
        above.addWidget(self._buttons)
        groups = (
            (self.bands,),
            (self.owners, self.gather),
            (self.unit, self.restated),
            (self.comparing.button, self.comparing.stop_button),
        )
        switches = ChoiceGroup([ChoiceGroup(choices) for choices in groups], 12)
        splitter = self._splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(12)
        splitter.setMinimumHeight(_LEAST_LINES * self.fontMetrics().lineSpacing())
        splitter.addWidget(self.frame)
        splitter.splitterMoved.connect(self._follow_splitter)
        over_time = QWidget()
        column = QVBoxLayout(over_time)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(switches)
        column.addWidget(splitter, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(over_time)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        self._begin = FirstCompany("Its ownership is drawn from its first transaction on.")
        self._begin.went_to.connect(self.went_to)
        layout.addWidget(self._heading)
        layout.addWidget(self._begin, 1)
        layout.addLayout(above)
        layout.addWidget(self._stack, 1)

    def refresh(self) -> None:
        """Show the session as it stands."""
        names = self._session.ask(company_names)
        shown = [
            (self.issuers.itemData(place), self.issuers.itemText(place))
            for place in range(self.issuers.count())
        ]
        if shown != list(names.items()):
            self.issuers.clear()
            for id, name in names.items():
                self.issuers.addItem(name, id)
        self.issuers.setCurrentIndex(self.issuers.findData(self._session.lens.issuer))
        self.issuers.setEnabled(len(names) > 1)
        self._begin.setVisible(not names)
        for part in (self.issuers, self.views, self._buttons, self._stack):
            part.setVisible(bool(names))
        self._tell_beside()
        self.restated.setEnabled(self.unit.current == Unit.SHARES)
        self.gather.setEnabled(self.bands.current != By.CLASS)
        self.owners.setEnabled(self.bands.current == By.HOLDER)
        if self.bridge is not None and self.views.current == _BRIDGE:
            self.bridge.refresh()
            figure = self.bridge.figure
            self._heading.show_texts(figure.title, sentence(figure.subtitle, self._session.style))
            return
        table, style = self._table(), self._session.style
        self._heading.show_texts(table.title, sentence(self.chart.figure.subtitle, style))
        self.view.show_table(table)
        self._give_room()
        self.chart.refresh()

    def _give_room(self) -> None:
        """Fold the table away where it would leave the charts too little; it can be drawn up again."""
        self._frame.setVisible(bool(self.view.table_model.table.rows))
        needed = _ROOM if self.chart.other is None else _ROOM_OF_TWO
        has_room = self._splitter.height() >= needed
        if has_room != self._has_room and self._splitter.isVisible():
            self._has_room = has_room
            self._splitter.setSizes([_CHART_SHARE, _TABLE_SHARE if has_room else 0])
            self._follow_splitter()

    def _follow_splitter(self) -> None:
        """Keep the focus out of a table that is folded away."""
        is_folded = not self._splitter.sizes()[1]
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus if is_folded else Qt.FocusPolicy.StrongFocus)

    def carry_out(self, command: str) -> None:
        """Do what a command of the page does: `chart.compare` or `chart.stop_comparing`."""
        self.views.choose(_TIME)
        {"chart.compare": self.comparing.offer, "chart.stop_comparing": self.comparing.stop}[command]()

    def _table(self) -> Table:
        other = self.chart.other
        if other is None:
            return self._session.ask(ownership_over_time, self.chart.wanted)
        return self._session.ask(compared_over_time, side_of(self._session), other, self.chart.wanted)

    def _preparing(self, other: Side) -> Callable[[], object]:
        """Return what calculates both charts, to be done in a thread: it is then remembered."""
        session = self._session
        return partial(compared, session.ledger, session.lens, side_of(session), other, self.chart.wanted)

    def _name_anew(self) -> None:
        """Say above the charts how the scenario stands in its file."""
        if self.chart.other is not None and self.isVisible():
            self.refresh()

    def _tell_beside(self) -> None:
        """Tell the timeline on which days the scenario has events that is seen beside this one."""
        other = self.chart.other
        has_other = other is not None and self.views.current == _TIME and self.isVisible()
        shown = days_of(other, self._session.lens) if other is not None and has_other else NOTHING_BESIDE
        if (shown.title, shown.days.tobytes()) != (self._beside.title, self._beside.days.tobytes()):
            self._beside = shown
            self.beside_shown.emit(shown)

    def _compare(self) -> None:
        self.chart.compare_with(self.comparing.side)
        self.refresh()

    def _show_view(self, name: str) -> None:
        if name == _BRIDGE and self.bridge is None:
            self.bridge = BridgeView(self._session)
            self.bridge.changed.connect(self.refresh)
            self._stack.addWidget(self.bridge)
            self._buttons.addWidget(self.bridge.frame.buttons)
        place = (_TIME, _BRIDGE).index(name)
        self._stack.setCurrentIndex(place)
        self._buttons.setCurrentIndex(place)
        self.refresh()

    def _gather(self, place: int) -> None:
        gather = Gather(self.gather.itemData(place))
        keep(self._session.document.id, _GATHER, str(gather))
        self.chart.gather(gather)
        self.refresh()

    def _restate(self, is_restated: bool) -> None:
        keep(self._session.document.id, _RESTATED, is_restated)
        self.chart.restate(is_restated)
        self.refresh()

    def _recall_choices(self) -> None:
        said = kept(self._session.document.id, _GATHER)
        place = max(self.gather.findData(said) if isinstance(said, str) else 0, 0)
        self.gather.setCurrentIndex(place)
        self.chart.gather(Gather(self.gather.itemData(place)))
        owners = kept(self._session.document.id, _KEPT_OWNERS)
        self.owners.setCurrentIndex(max(self.owners.findData(owners) if isinstance(owners, str) else 0, 0))
        self.chart.look_through(self.owners.currentData() == "ultimate")
        is_restated = kept(self._session.document.id, _RESTATED) is True
        with QSignalBlocker(self.restated):
            self.restated.setChecked(is_restated)
        self.chart.restate(is_restated)

    def _look_at(self, place: int) -> None:
        self._session.look_at(self.issuers.itemData(place))

    def _look_on(self, line: Row | None) -> None:
        if line is not None and isinstance(line.cells[0], date):
            self._session.look_on(line.cells[0])

    def _keep_zoom(self) -> None:
        """Keep which days were in sight, where that is not all of them."""
        stacked = self.chart.stacked
        window = None if stacked is None else stacked.plot.in_sight
        if stacked is None or window is None:
            return
        days = None if stacked.plot.is_whole else [round(window.first), round(window.last)]
        keep(self._session.document.id, _ZOOM, days)

    def _recall_zoom(self) -> None:
        said, stacked = kept(self._session.document.id, _ZOOM), self.chart.stacked
        if stacked is not None and isinstance(said, list) and len(said) == _ENDS:
            first, last = said
            if type(first) is int and type(last) is int and 0 < first < last <= date.max.toordinal():
                stacked.plot.show_between(date.fromordinal(first), date.fromordinal(last))

    def _show_bands(self, name: str) -> None:
        self.chart.show_bands(By(name))
        self.refresh()

    def _measure_in(self, name: str) -> None:
        self.chart.measure_in(Unit(name))
        self.refresh()

    def _look_through(self, place: int) -> None:
        owners = str(self.owners.itemData(place))
        keep(self._session.document.id, _KEPT_OWNERS, owners)
        self.chart.look_through(owners == "ultimate")
        self.refresh()

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_filled:
            self._give_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_filled:
            self._tell_beside()
            self.comparing.look_again()

    def hideEvent(self, event: QHideEvent) -> None:
        if self._is_filled:
            self._keep_zoom()
            self._tell_beside()
        super().hideEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate and self._is_filled:
            self.comparing.look_again()
        return super().event(event)
