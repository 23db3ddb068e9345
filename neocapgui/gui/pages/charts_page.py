"""The charts page: the ownership of a company over time, and the figures behind it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from neocapgui.figures.chart_table import ownership_over_time
from neocapgui.figures.charts import By, Unit
from neocapgui.figures.choices import names_of
from neocapgui.figures.tables import Row, Table
from neocapgui.gui.charts.ownership_chart import OwnershipChart
from neocapgui.gui.kept_choice import keep_choice
from neocapgui.gui.page_heading import PageHeading
from neocapgui.gui.session import Session
from neocapgui.gui.switch import Switch
from neocapgui.gui.tables.table_frame import TableFrame
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.views_kept import keep, kept
from neocapgui.ledger.facts import Issuer

_WIDEST_NAME = 26  # characters
_ZOOM, _ENDS = "charts.zoom", 2
_CHART_SHARE, _TABLE_SHARE = 720, 280


class ChartsPage(QWidget):
    """Chooses the company, the bands and the unit; a line of the table or a click looks at its day."""

    def __init__(self, session: Session) -> None:
        """Show the company that the session looks at."""
        super().__init__()
        self.setObjectName("page.charts")
        self._session = session
        self.issuers = QComboBox()
        self.issuers.setObjectName("chart.issuer")
        self.issuers.setAccessibleName("Company")
        self.issuers.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.issuers.setMinimumContentsLength(_WIDEST_NAME)
        self.bands = Switch({By.HOLDER: "By holder", By.SECURITY: "By security"}, "What the bands are")
        self.unit = Switch({Unit.PERCENT: "Percent", Unit.SHARES: "Shares"}, "What is measured")
        self._heading = PageHeading("", "", (self.issuers,))
        switches = QHBoxLayout()
        switches.setSpacing(24)
        switches.addWidget(self.bands)
        switches.addWidget(self.unit)
        switches.addStretch(1)
        self.chart = OwnershipChart(session)
        self.view = TableView(session, self._table())
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(12)
        splitter.addWidget(self.chart)
        self._frame = TableFrame(session, self.view)
        splitter.addWidget(self._frame)
        splitter.setSizes([_CHART_SHARE, _TABLE_SHARE])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._heading)
        layout.addLayout(switches)
        layout.addWidget(splitter, 1)
        self.issuers.activated.connect(self._look_at)
        self.bands.chosen.connect(self._show_bands)
        self.unit.chosen.connect(self._measure_in)
        self.view.activated_row.connect(self._look_on)
        self.chart.drawn.connect(self._recall_zoom)
        keep_choice(session, "charts.bands", self.bands)
        keep_choice(session, "charts.unit", self.unit)
        self.refresh()

    def refresh(self) -> None:
        """Show the session as it stands."""
        names = names_of(self._session.ledger, Issuer)
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
        table = self._table()
        self._heading.show_texts(table.title, table.subtitle)
        self.view.show_table(table)
        self._frame.setVisible(bool(table.rows))
        self.chart.refresh()

    def _table(self) -> Table:
        return self._session.ask(ownership_over_time, By(self.bands.current), Unit(self.unit.current))

    def _look_at(self, place: int) -> None:
        self._session.look_at(self.issuers.itemData(place))

    def _look_on(self, line: Row | None) -> None:
        if line is not None and line.key is not None:
            self._session.look_on(line.key)

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

    # Qt overrides

    def hideEvent(self, event: QHideEvent) -> None:
        self._keep_zoom()
        super().hideEvent(event)
