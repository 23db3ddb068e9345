"""What stands around every chart: buttons and a menu to export it, copy it, and see the figures behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QStatusTipEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from neocapgui.figures.tables import Table
from neocapgui.gui.session import Session

if TYPE_CHECKING:
    from neocapgui.figures.charts.drawing import Figure

COPY_SIZE = 720.0, 405.0  # points: the width of a slide, 16 to 9
_WHAT = (
    ("chart.export", "Export…", "Save this chart as SVG, PNG or PDF"),
    ("chart.copy", "Copy", "Copy this chart as a picture, with its figures"),
    ("chart.table", "Figures", "Show the figures behind this chart as a table"),
)


class ChartFrame(QWidget):
    """Holds one chart of a session; `figure` gives the chart as data."""

    def __init__(
        self,
        session: Session,
        chart: QWidget,
        figure: Callable[[], Figure],
        has_buttons: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Stand around a chart; without `has_buttons` whoever lays the page out places `buttons`."""
        super().__init__(parent)
        self._session = session
        self._figure = figure
        self.chart = chart
        self.buttons = QWidget()
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addStretch(1)
        for id, title, help in _WHAT:
            button = QToolButton()
            button.setObjectName(f"button.{id}")
            button.setText(title)
            button.setToolTip(help)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, id=id: self.carry_out(id))
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        if has_buttons:
            layout.addWidget(self.buttons)
        layout.addWidget(chart, 1)
        self.setFocusProxy(chart)

    @property
    def session(self) -> Session:
        """Whose chart it is."""
        return self._session

    @property
    def figure(self) -> Figure:
        """The chart as data, as it stands."""
        return self._figure()

    @property
    def table(self) -> Table:
        """The figures behind the chart."""
        from neocapgui.figures.charts.table import table_behind

        return table_behind(self.figure)

    def carry_out(self, command: str) -> None:
        """Do what a command of charts does: `chart.export`, `chart.copy` or `chart.table`."""
        {"chart.export": self.export, "chart.copy": self.copy, "chart.table": self.show_table}[command]()

    def export(self) -> None:
        """Ask how and where, and save the chart."""
        from neocapgui.gui.charts.chart_export_dialog import ChartExportDialog

        ChartExportDialog(self._session, self.figure, self.window()).open()

    def copy(self) -> None:
        """Put the chart on the clipboard: picture, SVG, PDF and figures at once."""
        from neocapgui.figures.charts.drawing import drawing
        from neocapgui.gui.charts.footer import footer_of
        from neocapgui.gui.charts.painting import clipboard_content

        figure, style = self.figure, self._session.style
        drawn = drawing(figure, *COPY_SIZE, style, footer_of(self._session))
        QGuiApplication.clipboard().setMimeData(clipboard_content(drawn, self.table, style))
        QApplication.sendEvent(self, QStatusTipEvent(f"{figure.title} was copied, with its figures."))

    def show_table(self) -> None:
        """Show the figures behind the chart."""
        from neocapgui.gui.dialogs.chart_table_dialog import ChartTableDialog

        ChartTableDialog(self._session, self.figure, self.window()).open()

    # Qt overrides

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setObjectName("menu.chart")
        for id, title, help in _WHAT:
            action = menu.addAction(title)
            action.setStatusTip(help)
            action.triggered.connect(lambda _=False, id=id: self.carry_out(id))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())


def chart_around(widget: QWidget | None) -> ChartFrame | None:
    """Return the frame of the chart in which a widget stands, or None where it stands in none."""
    while widget is not None and not isinstance(widget, ChartFrame):
        widget = widget.parentWidget()
    return widget
