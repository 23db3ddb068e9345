"""The securities page: the terms of each paper, the ways it converts, and what was approved."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from neocapgui.engine.finding import Place
from neocapgui.figures.facts_tables import approvals_table, conversion_rights_table, securities_table
from neocapgui.figures.tables import Row, Table
from neocapgui.gui.session import Session
from neocapgui.gui.switch import Switch
from neocapgui.gui.tables.fact_places import show_fact
from neocapgui.gui.tables.line_buttons import LineButtons
from neocapgui.gui.tables.table_panel import TablePanel
from neocapgui.ledger.facts import ConversionRight, Security

_VIEWS = {"terms": "Terms", "approvals": "Approvals"}


class SecuritiesPage(QWidget):
    """The securities of the company with their conversion rights, or the approvals."""

    selected = Signal(object, object)  # a stakeholder, a security

    def __init__(self, session: Session) -> None:
        """Show the securities of the session."""
        super().__init__()
        self.setObjectName("page.securities")
        self._session = session
        self._switch = Switch(_VIEWS, "What is shown of the securities")
        self._securities = self._panel(session.ask(securities_table), "security", (self._switch,))
        self._rights = self._panel(self._asked_rights(), "right")
        self._approvals = self._panel(session.ask(approvals_table), "approval")
