"""The prices page: what the market paid, day by day."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from neocapgui.engine.finding import Place
from neocapgui.figures.facts_tables import prices_table
from neocapgui.gui.session import Session
from neocapgui.gui.tables.fact_places import show_fact
from neocapgui.gui.tables.line_buttons import LineButtons
from neocapgui.gui.tables.table_panel import TablePanel


class PricesPage(QWidget):
    """The prices of the company's securities, the latest last."""

    def __init__(self, session: Session) -> None:
        """Show the prices of the session."""
        super().__init__()
        self.setObjectName("page.prices")
        self._session = session
        lines = LineButtons("price")
        self._panel = TablePanel(session, session.ask(prices_table), (lines,))
        lines.act_on(self._panel.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panel)

    def refresh(self) -> None:
        """Show the session as it stands."""
        self._panel.show_table(self._session.ask(prices_table))

    def show_place(self, place: Place) -> bool:
        """Bring a price into sight."""
        return place.table == "prices" and show_fact(self._panel.view, place)
