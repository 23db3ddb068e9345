"""The ownership of the company that is looked at, over time, also beside that in another scenario."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from neocapgui.figures.charts.compared import Compared, Side, compared
from neocapgui.figures.charts.gathering import Gather
from neocapgui.figures.charts.stacked import By, Chart, Unit, Wanted, chart_wanted
from neocapgui.gui.charts.loading import ChartsLibrary
from neocapgui.gui.charts.other_scenario import side_of
from neocapgui.gui.charts.resting_chart import RestingChart
from neocapgui.gui.charts.scenario_heading import ScenarioHeading
from neocapgui.gui.session import Session

if TYPE_CHECKING:
    from neocapgui.gui.charts.stacked_chart import StackedChart
    from neocapgui.gui.charts.together import Together

_LEAST = 110  # pixels of height of each of two charts
_SENTENCE = 60  # pixels of height that what is said of nothing takes at most
_LAID_OUT = 100  # milliseconds after which a chart of the library has found its size
_ANY_HEIGHT = 16_777_215  # as Qt has it


class OwnershipChart(QWidget):
    """Shows the session when it is told to and when it comes into sight; a click on a day looks at that day.

    What draws it for reading takes half a second to load: it is loaded after the page around has been
    painted. Until then a chart without a legend is painted as it rests, and looks the same.
    """

    drawn = Signal()  # the chart has been drawn for the first time

    def __init__(
        self,
        session: Session,
        by: By = By.HOLDER,
        unit: Unit = Unit.PERCENT,
        has_legend: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Stand for the chart of the session's company; without a legend where a table beside it is one."""
        super().__init__(parent)
        self._session = session
        self.wanted = Wanted(by, unit)
        self._has_legend = has_legend
        self._stacked: StackedChart | None = None
        self._resting = None if has_legend else RestingChart()
        self._other: Side | None = None
        self._lower: tuple[StackedChart, Together] | None = None  # that of the other scenario, tied to this
        self._titles = ScenarioHeading(self), ScenarioHeading(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        for number, title in enumerate(self._titles):
            title.setObjectName(f"chart.scenario.{number + 1}")
            title.hide()
        if self._resting is not None:
            self._layout.addWidget(self._resting)

    @property
    def figure(self) -> Chart | Compared:
        """What is shown, as data: a chart, or two of them."""
        if self._other is None:
            return self._session.ask(chart_wanted, self.wanted)
        return self._session.ask(compared, side_of(self._session), self._other, self.wanted)

    @property
    def chart(self) -> Chart:
        """The chart of the scenario on the screen, as data."""
        figure = self.figure
        return figure.panels[0].chart if isinstance(figure, Compared) else figure

    @property
    def other(self) -> Side | None:
        """The scenario that this one is compared with."""
        return self._other

    @property
    def below(self) -> StackedChart | None:
        """The widget that draws the other scenario, once there was one."""
        return None if self._lower is None else self._lower[0]

    @property
    def stacked(self) -> StackedChart | None:
        """The widget that draws it, once it has been seen."""
        return self._stacked

    @property
    def read_at(self) -> tuple[int, int] | None:
        """Which day and band are read just now, by their places in the chart; None where none are.

        Nor are any while the keys are with the chart of the other scenario.
        """
        if self._stacked is None or (self.below is not None and self.below.hasFocus()):
            return None
        return self._stacked.read_at

    @property
    def is_as_recorded(self) -> bool:
        """Whether its figures are those of the cap table on their days, and not put together further."""
        is_moved = self.wanted.is_restated and self.wanted.unit is Unit.SHARES
        return self.wanted.by is not By.CLASS and not self.wanted.is_ultimate and not is_moved

    @property
    def shows(self) -> tuple[By, Unit]:
        """What the bands are, and what they are measured in."""
        return self.wanted.by, self.wanted.unit

    def show_bands(self, by: By) -> None:
        """Show another kind of bands: holders or securities."""
        self._want(replace(self.wanted, by=by))

    def measure_in(self, unit: Unit) -> None:
        """Show percent or shares."""
        self._want(replace(self.wanted, unit=unit))

    def gather(self, gather: Gather) -> None:
        """Gather the small ones in one band."""
        self._want(replace(self.wanted, gather=gather))

    def restate(self, is_restated: bool) -> None:
        """Count the shares of each day as they were, or restated for all splits since."""
        self._want(replace(self.wanted, is_restated=is_restated))

    def look_through(self, is_ultimate: bool) -> None:
        """Show who owns it directly, or through other companies of the file."""
        self._want(replace(self.wanted, is_ultimate=is_ultimate))

    def _want(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.refresh()

    def compare_with(self, other: Side | None) -> None:
        """Show the same chart of another scenario below; None shows this one alone."""
        self._other = other
        self.refresh()

    def refresh(self) -> None:
        """Show the session as it stands, if the chart is seen."""
        if self._stacked is None and self._resting is not None:
            self._resting.show_chart(self.chart, self._session.style)
        if self._stacked is None or not self.isVisible():
            return
        figure = self.figure
        if isinstance(figure, Compared):
            self._show_both(self._stacked, figure)
            return
        if self._lower is not None:
            self._lower[1].part()
        self._set_out(self._stacked, is_alone=True)
        self._stacked.show_chart(figure, self._session.style)

    def _show_both(self, above: StackedChart, figure: Compared) -> None:
        below, together = self._lower = self._lower or self._made_below(above)
        for label, panel in zip(self._titles, figure.panels, strict=True):
            label.show_texts(panel.title, panel.source)
        self._set_out(above, is_alone=False)
        has_chart = any(not panel.chart.empty for panel in figure.panels)
        with together.joined():
            for widget, panel in zip((above, below), figure.panels, strict=True):
                widget.show_chart(panel.chart, self._session.style)
                widget.setAccessibleName(f"{panel.title}. {widget.accessibleName()}")
                says_only = has_chart and bool(panel.chart.empty)
                widget.setMinimumHeight(0 if says_only else _LEAST)
                widget.setMaximumHeight(_SENTENCE if says_only else _ANY_HEIGHT)

    def _set_out(self, above: StackedChart, is_alone: bool) -> None:
        """Make room for one chart or for two."""
        above.setMinimumHeight(0 if is_alone else _LEAST)
        above.setMaximumHeight(_ANY_HEIGHT)
        for part in (*self._titles, self.below):
            if part is not None:
                part.setVisible(not is_alone)

    def _made_below(self, above: StackedChart) -> tuple[StackedChart, Together]:
        """Return a chart for the other scenario, which moves together with this one."""
        from neocapgui.gui.charts.stacked_chart import StackedChart
        from neocapgui.gui.charts.together import Together

        below = StackedChart(self)
        below.day_chosen.connect(self._session.look_on)
        self._layout.insertWidget(0, self._titles[0])
        self._layout.addWidget(self._titles[1])
        self._layout.addWidget(below)
        return below, Together(above, below)

    def _draw(self) -> None:
        if self._stacked is None and self.isVisible():
            from neocapgui.gui.charts.stacked_chart import StackedChart

            self._stacked = StackedChart(self)
            self._stacked.legend.setVisible(self._has_legend)
            self._stacked.day_chosen.connect(self._session.look_on)
            self._layout.addWidget(self._stacked)
            self.setFocusProxy(self._stacked)
            self.refresh()
            self._let_rest_go()
            self.drawn.emit()

    def _let_rest_go(self) -> None:
        """Take away the chart that rests once the one below it is laid out, so that nothing is blank."""
        if self._resting is not None:
            resting, self._resting = self._resting, None
            self._layout.removeWidget(resting)
            resting.raise_()
            QTimer.singleShot(_LAID_OUT, resting, resting.deleteLater)

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stacked is None:
            ChartsLibrary.of_program().when_loaded(self._draw, self)
        else:
            self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(640, 360)
