"""The ownership of the company that is looked at, over time; drawn when it is first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from neocapgui.figures.charts.gathering import Gather
from neocapgui.figures.charts.stacked import By, Chart, Unit, ownership_chart
from neocapgui.gui.charts.loading import ChartsLibrary
from neocapgui.gui.session import Session

if TYPE_CHECKING:
    from neocapgui.gui.charts.stacked_chart import StackedChart


class OwnershipChart(QWidget):
    """Shows the session when it is told to and when it comes into sight; a click on a day looks at that day.

    What draws it takes half a second to load: it is loaded after the page around has been painted.
    """

    drawn = Signal()  # the chart has been drawn for the first time

    def __init__(
        self,
        session: Session,
        by: By = By.HOLDER,
        unit: Unit = Unit.PERCENT,
        parent: QWidget | None = None,
    ) -> None:
        """Stand for the chart of the session's company."""
        super().__init__(parent)
        self._session = session
        self._by, self._unit = by, unit
        self._gather, self._is_restated = Gather.TOP_12, False
        self._is_ultimate = False
        self._stacked: StackedChart | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    @property
    def chart(self) -> Chart:
        """The figure that is shown, as data."""
        return self._session.ask(ownership_chart, *self.asked)

    @property
    def asked(self) -> tuple[By, Unit, Gather, bool, bool]:
        """What is asked for: the bands, the unit, who is gathered, if restated, if by ultimate owners."""
        return self._by, self._unit, self._gather, self._is_restated, self._is_ultimate

    @property
    def stacked(self) -> StackedChart | None:
        """The widget that draws it, once it has been seen."""
        return self._stacked

    @property
    def read_at(self) -> tuple[int, int] | None:
        """Which day and band are read just now, by their places in the chart; None where none are."""
        return None if self._stacked is None else self._stacked.read_at

    @property
    def shows(self) -> tuple[By, Unit]:
        """What the bands are, and what they are measured in."""
        return self._by, self._unit

    def show_bands(self, by: By) -> None:
        """Show another kind of bands: holders or securities."""
        self._by = by
        self.refresh()

    def measure_in(self, unit: Unit) -> None:
        """Show percent or shares."""
        self._unit = unit
        self.refresh()

    def gather(self, gather: Gather) -> None:
        """Gather the small ones in one band."""
        self._gather = gather
        self.refresh()

    def restate(self, is_restated: bool) -> None:
        """Count the shares of each day as they were, or restated for all splits since."""
        self._is_restated = is_restated
        self.refresh()

    def look_through(self, is_ultimate: bool) -> None:
        """Show who owns it directly, or through other companies of the file."""
        self._is_ultimate = is_ultimate
        self.refresh()

    def refresh(self) -> None:
        """Show the session as it stands, if the chart is seen."""
        if self._stacked is not None and self.isVisible():
            self._stacked.show_chart(self.chart, self._session.style)

    def _draw(self) -> None:
        if self._stacked is None and self.isVisible():
            from neocapgui.gui.charts.stacked_chart import StackedChart

            self._stacked = StackedChart(self)
            self._stacked.day_chosen.connect(self._session.look_on)
            self._layout.addWidget(self._stacked)
            self.setFocusProxy(self._stacked)
            self.refresh()
            self.drawn.emit()

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stacked is None:
            ChartsLibrary.of_program().when_loaded(self._draw, self)
        else:
            self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(640, 360)
