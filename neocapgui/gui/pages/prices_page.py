"""The prices page: what the market paid, day by day."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from neocapgui.engine.finding import Place
from neocapgui.figures.facts_tables import prices_table
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_views import TableViews, View


class PricesPage(QWidget):
    """The prices of the company's securities, the latest last."""

    went_to = Signal(object)  # a Place

    def __init__(self, session: Session) -> None:
        """Show the prices of the session."""
        super().__init__()
        self.setObjectName("page.prices")
        self._prices = TableViews(session, (View("prices", "Prices", prices_table, "price", "prices"),))
        self._prices.went_to.connect(self.went_to)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._prices)

    def refresh(self) -> None:
        """Show the session as it stands."""
        self._prices.refresh()

    def show_place(self, place: Place) -> bool:
        """Bring a price into sight."""
        return self._prices.show_place(place)
