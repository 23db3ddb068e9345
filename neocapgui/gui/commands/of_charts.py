"""What the actions of a window do to the chart in front: export it, copy it, show its figures."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from neocapgui.gui.actions import Actions
from neocapgui.gui.charts.chart_frame import ChartFrame, chart_around
from neocapgui.gui.panels.workplace import Workplace
from neocapgui.gui.session import Session

_COMMANDS = ("chart.export", "chart.copy", "chart.table")
_OF_PAGE = ("chart.compare", "chart.stop_comparing")
_NO_CHART = "No chart stands on this page: go to Overview or Charts."


class ChartCommands(QObject):
    """Acts on the chart with the focus, or else on the first one that is seen."""

    refused = Signal(str)  # why nothing was done

    def __init__(self, session: Session, workplace: Workplace, actions: Actions) -> None:
        """Connect the actions of a window to the charts of its pages."""
        super().__init__(session)
        self._workplace = workplace
        for id in _COMMANDS:
            actions[id].triggered.connect(lambda _=False, id=id: self._act(id))
        for id in _OF_PAGE:
            actions[id].triggered.connect(lambda _=False, id=id: self._act_on_page(id))

    def _act_on_page(self, command: str) -> None:
        self._workplace.show_page("charts")
        self._workplace.pages.carry_out("charts", command)

    def _act(self, command: str) -> None:
        frame = chart_around(QApplication.focusWidget())
        if frame is None:
            frames = self._workplace.pages.findChildren(ChartFrame)
            frame = next((one for one in frames if one.isVisible()), None)
        if frame is None:
            self.refused.emit(_NO_CHART)
        else:
            frame.carry_out(command)
