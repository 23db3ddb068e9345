"""The curve of a floating conversion of the session's company; drawn when it is first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from neocapgui.figures.charts.overhang import OverhangChart, overhang_chart
from neocapgui.gui.charts.loading import ChartsLibrary
from neocapgui.gui.session import Session

if TYPE_CHECKING:
    from neocapgui.gui.charts.curve_chart import CurveChart


class OverhangPane(QWidget):
    """Shows the session when it is told to and when it comes into sight.

    What draws it takes half a second to load: it is loaded after the page around has been painted.
    """

    drawn = Signal()  # the curve has been drawn for the first time

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Stand for the curve of the first floating conversion."""
        super().__init__(parent)
        self._session = session
        self._right: int | None = None
        self._curve: CurveChart | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    @property
    def chart(self) -> OverhangChart:
        """The figure that is shown, as data."""
        return self._session.ask(overhang_chart, self._right)

    @property
    def curve(self) -> CurveChart | None:
        """The widget that draws it, once it has been seen."""
        return self._curve

    def show_right(self, right: int) -> None:
        """Show the curve of another conversion right."""
        if right != self._right:
            self._right = right
            self.refresh()

    def refresh(self) -> None:
        """Show the session as it stands, if the curve is seen."""
        if self._curve is not None and self.isVisible():
            self._curve.show_chart(self.chart, self._session.style)

    def _draw(self) -> None:
        if self._curve is None and self.isVisible():
            from neocapgui.gui.charts.curve_chart import CurveChart

            self._curve = CurveChart(self)
            self._layout.addWidget(self._curve)
            self.setFocusProxy(self._curve)
            self.refresh()
            self.drawn.emit()

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._curve is None:
            ChartsLibrary.of_program().when_loaded(self._draw, self)
        else:
            self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(480, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 200)
