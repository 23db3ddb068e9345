"""The transactions page: the ledger, in the order it happened, to be read, searched and corrected."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from neocapgui.engine.finding import Place
from neocapgui.figures.ledger_search import line_of, lines_until, transactions_found
from neocapgui.figures.sentences import dim_line
from neocapgui.figures.tables import Row, Table
from neocapgui.gui.kept_choice import keep_choice
from neocapgui.gui.session import Session
from neocapgui.gui.tables.fact_places import NEW, show_fact
from neocapgui.gui.tables.line_buttons import LineButtons
from neocapgui.gui.tables.table_frame import TableFrame
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.widgets.page_heading import PageHeading
from neocapgui.gui.widgets.switch import Switch
from neocapgui.ledger.transactions import Transaction

_CENTRE = QAbstractItemView.ScrollHint.PositionAtCenter
_PAUSE = 150  # milliseconds without a key, after which a search begins


class TransactionsPage(QWidget):
    """The ledger of one company, or of all."""

    selected = Signal(object, object)  # a stakeholder, a security

    def __init__(self, session: Session) -> None:
        """Show the ledger of the session."""
        super().__init__()
        self.setObjectName("page.transactions")
        self._session = session
        self._scope = Switch({"company": "This company", "all": "All companies"}, "Whose transactions")
        self._search = QLineEdit()
        self._day: date | None = None  # the day that was brought into sight
        self._is_new = True  # nobody has seen the page yet
        self._pause = QTimer(self)
        self._lines = LineButtons()
        self._heading = PageHeading("", "", (self._lines,))
        self._empty = QLabel()
        self._view = TableView(session, self._table())
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the session as it stands."""
        self._pause.stop()
        table = self._table()
        day, style = self._session.lens.as_of, self._session.style
        self._heading.show_texts(table.title, dim_line(table.subtitle, day, style))
        self._view.show_table(table)
        self._lines.act_on(self._view, "transaction")
        self._empty.setText(table.empty)
        self._empty.setVisible(not len(table.rows))
        if self._session.lens.as_of != self._day:
            self._show_day()

    def show_place(self, place: Place) -> bool:
        """Bring a transaction into sight, whatever is searched for and whichever company it is of."""
        if place.table != "transactions":
            return False
        line = None
        if place.id != NEW:
            self._search.clear()
            line = self._line_of(place.id)
            if line is None:
                self._scope.choose("all")
                line = self._line_of(place.id)
            self.refresh()
        return (place.id == NEW or line is not None) and show_fact(self._view, place, line)

    @property
    def _is_of_all(self) -> bool:
        return self._scope.current == "all"

    def _line_of(self, transaction: int) -> int | None:
        return line_of(self._session.ledger, self._session.lens, self._is_of_all, transaction)

    def _show_day(self) -> None:
        """Bring the last entry up to the day that is looked at into sight."""
        session = self._session
        self._day = session.lens.as_of
        if not self._search.text().strip():
            last = lines_until(session.ledger, session.lens, self._is_of_all) - 1
            row = self._view.shown.line_of(last) if last >= 0 else None
            if row is not None:
                index = self._view.table_model.index(row, 0)
                if self.isVisible() and not self._view.currentIndex().isValid():
                    self._view.setCurrentIndex(index)  # the first arrow goes on from what is seen
                self._view.scrollTo(index, _CENTRE)

    def _table(self) -> Table:
        details = (self._is_of_all, self._search.text().strip(), self._session.style)
        return self._session.ask(transactions_found, *details)

    def _lay_out(self) -> None:
        self._search.setObjectName("search.transactions")
        self._search.setPlaceholderText("Find a name, kind, day, figure or note")
        self._search.setAccessibleName("Find transactions")
        self._search.setClearButtonEnabled(True)
        self._empty.setProperty("look", "dim")
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self._search, 1)
        tools.addWidget(self._scope)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._heading)
        layout.addLayout(tools)
        layout.addWidget(self._empty)
        layout.addWidget(TableFrame(self._session, self._view), 1)

    def _connect(self) -> None:
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.refresh)
        self._search.textChanged.connect(self._pause.start)
        self._search.returnPressed.connect(self.refresh)
        self._scope.chosen.connect(self.refresh)
        keep_choice(self._session, "transactions.scope", self._scope)
        self._view.pointed.connect(self._point)

    def _point(self, line: Row | None) -> None:
        fact = None if line is None else line.fact
        if isinstance(fact, Transaction):
            self.selected.emit(fact.stakeholder, fact.security)

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_new:  # what was brought into sight was so before the page had its height
            self._is_new = False
            self._show_day()
