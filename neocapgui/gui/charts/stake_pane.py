"""The chart of one stake over time; drawn when it is first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from neocapgui.figures.charts.stacked import Chart
from neocapgui.figures.charts.stake import stake_chart
from neocapgui.gui.charts.loading import ChartsLibrary
from neocapgui.gui.session import Session

if TYPE_CHECKING:
    from neocapgui.gui.charts.stacked_chart import StackedChart


class StakePane(QWidget):
    """Shows how the stake of a company in another moved; a click on a day looks at that day.

    What draws it takes half a second to load: it is loaded after the page around has been painted.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Stand for the first stake of the group."""
        super().__init__(parent)
        self._session = session
        self._pair: tuple[int, int] | tuple[()] = ()
        self._stacked: StackedChart | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    @property
    def chart(self) -> Chart:
        """The figure that is shown, as data."""
        return self._session.ask(stake_chart, *self._pair)

    def show_pair(self, owner: int, issuer: int) -> None:
        """Show the stake of another pair of companies."""
        self._pair = (owner, issuer)
        self.refresh()

    def refresh(self) -> None:
        """Show the session as it stands, if the chart is seen."""
        if self._pair and not set(self._pair) <= set(self._session.ledger.issuers):
            self._pair = ()
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

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stacked is None:
            ChartsLibrary.of_program().when_loaded(self._draw, self)
        else:
            self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(360, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 150)
