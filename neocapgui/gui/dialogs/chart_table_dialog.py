"""The figures behind a chart as a table, under the chart in words."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from neocapgui.figures.charts.drawing import Figure
from neocapgui.figures.charts.table import table_behind
from neocapgui.figures.sentences import sentence
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_frame import TableFrame
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.widgets.page_heading import PageHeading


class ChartTableDialog(QDialog):
    """Shows every figure of a chart; cells are copied as in any table."""

    def __init__(self, session: Session, figure: Figure, parent: QWidget | None = None) -> None:
        """Show the figures of a chart as they stand."""
        super().__init__(parent)
        self.setObjectName("dialog.chart_table")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        table = table_behind(figure)
        self.setWindowTitle(f"Figures: {table.title}")
        self.words = QLabel(sentence(figure.said, session.style))
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setProperty("look", "dim")
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.view = TableView(session, table)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(PageHeading(table.title, sentence(figure.subtitle, session.style)))
        layout.addWidget(self.words)
        layout.addWidget(TableFrame(session, self.view), 1)
        layout.addWidget(buttons)
        self.view.setFocus()

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(920, 560)
