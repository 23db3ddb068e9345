"""Why a stake moved, on screen: whose, from which day to which, as columns and as a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from neocapgui.figures.charts.bridge import (
    BridgeChart,
    Steps,
    chosen_bridge,
    chosen_bridge_table,
    first_day,
    whose_stake,
)
from neocapgui.figures.choices import names_of
from neocapgui.figures.tables import Row, Table
from neocapgui.gui.charts.chart_frame import ChartFrame
from neocapgui.gui.charts.drawn_chart import DrawnChart
from neocapgui.gui.kept_choice import keep_choice
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_frame import TableFrame
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.views_kept import keep, kept
from neocapgui.gui.widgets.switch import Switch
from neocapgui.ledger.facts import Stakeholder

_HOLDER, _FROM, _STEPS = "charts.bridge.holder", "charts.bridge.from", "charts.bridge.steps"
_WIDEST_NAME = 14  # characters
_CHART_SHARE, _TABLE_SHARE = 620, 380


class BridgeView(QWidget):
    """Shows the stake of one holder between two days; the last day is the one that is looked at."""

    changed = Signal()  # another holder, another first day, or other columns

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Show the largest owner's stake over the year before the session's day."""
        super().__init__(parent)
        self._session = session
        self.holders = QComboBox()
        self.holders.setObjectName("chart.holder")
        self.holders.setAccessibleName("Holder")
        self.holders.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.holders.setMinimumContentsLength(_WIDEST_NAME)
        self.first, self.last = _day_field("chart.from", "From"), _day_field("chart.to", "To")
        self.steps = Switch({Steps.EVENT: "Event", Steps.KIND: "Kind"}, "What the columns are")
        self.drawn = DrawnChart("chart.bridge")
        self.frame = ChartFrame(session, self.drawn, lambda: self.figure, has_buttons=False)
        self._offered: Mapping[int, str] = {}
        self._ids: list[int] = []  # of the holders that can be chosen
        self._places: dict[int, int] = {}
        self._first = self._recalled_first()
        self._holder = self._recalled_holder()
        keep_choice(session, _STEPS, self.steps)
        self.view = TableView(session, self._table())
        self._lay_out()
        self.holders.activated.connect(self._choose_holder)
        self.first.dateChanged.connect(self._begin_on)
        self.last.dateChanged.connect(lambda day: session.wish_for(_day(day)))
        self.steps.chosen.connect(self._ask_anew)
        self.view.activated_row.connect(self._look_on)
        session.opened.connect(self._recall)
        self.refresh()

    @property
    def figure(self) -> BridgeChart:
        """The chart as data."""
        return self._session.ask(chosen_bridge, *self._asked)

    def refresh(self) -> None:
        """Show the session as it stands."""
        lens = self._session.lens
        self._offer_holders()
        for field, day in ((self.first, first_day(lens, self._first)), (self.last, lens.as_of)):
            with QSignalBlocker(field):
                field.setDate(QDate(day.year, day.month, day.day))
        self.drawn.show_figure(self.figure, self._session.style)
        table = self._table()
        self.view.show_table(table)
        self._table_frame.setVisible(bool(table.rows))

    @property
    def _asked(self) -> tuple[int | None, date | None, Steps]:
        return self._holder, self._first, Steps(self.steps.current)

    def _table(self) -> Table:
        return self._session.ask(chosen_bridge_table, *self._asked)

    def _ask_anew(self) -> None:
        """Let everything follow another choice, as soon as its figures are there."""
        if self._session.prepare(chosen_bridge, *self._asked):
            self.changed.emit()

    def _offer_holders(self) -> None:
        names = names_of(self._session.ledger, Stakeholder)
        if names is not self._offered and names != self._offered:
            self.holders.clear()
            self.holders.addItems(list(names.values()))
            self._offered, self._ids = names, list(names)
            self._places = {id: place for place, id in enumerate(self._ids)}
        shown = self._session.ask(whose_stake, self._holder)
        self.holders.setCurrentIndex(self._places.get(shown or 0, -1))
        self.holders.setEnabled(self.holders.count() > 1)

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(8)
        for title, field in (("Of", self.holders), ("from", self.first), ("to", self.last)):
            label = QLabel(title)
            label.setProperty("look", "dim")
            label.setBuddy(field)
            choices.addWidget(label)
            choices.addWidget(field)
        choices.addSpacing(4)
        choices.addWidget(self.steps, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(12)
        splitter.addWidget(self.frame)
        self._table_frame = TableFrame(self._session, self.view)
        splitter.addWidget(self._table_frame)
        splitter.setSizes([_CHART_SHARE, _TABLE_SHARE])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(choices)
        layout.addWidget(splitter, 1)

    def _choose_holder(self, place: int) -> None:
        self._holder = self._ids[place]
        keep(self._session.document.id, _HOLDER, self._holder)
        self._ask_anew()

    def _begin_on(self, day: QDate) -> None:
        self._first = _day(day)
        keep(self._session.document.id, _FROM, self._first.toordinal())
        self._ask_anew()

    def _recall(self) -> None:
        self._first, self._holder = self._recalled_first(), self._recalled_holder()

    def _recalled_first(self) -> date | None:
        said = kept(self._session.document.id, _FROM)
        is_day = type(said) is int and 0 < said <= date.max.toordinal()
        return date.fromordinal(said) if is_day else None

    def _recalled_holder(self) -> int | None:
        said = kept(self._session.document.id, _HOLDER)
        return said if type(said) is int else None

    def _look_on(self, line: Row | None) -> None:
        """Begin to look on the day of a line."""
        if line is not None and isinstance(line.cells[0], date) and line.key:
            self._session.look_on(line.cells[0])


def _day_field(name: str, about: str) -> QDateEdit:
    field = QDateEdit()
    field.setObjectName(name)
    field.setAccessibleName(about)
    field.setCalendarPopup(True)
    field.setKeyboardTracking(False)
    field.setDisplayFormat("d MMM yyyy")
    return field


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
