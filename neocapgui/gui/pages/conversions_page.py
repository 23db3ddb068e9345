"""The conversions page: what each convertible is worth today, the notices so far, and the last split."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from neocapgui.engine.finding import Place
from neocapgui.figures.conversions import conversions_table, notices_table, price_range_table
from neocapgui.figures.price_hints import missing_prices
from neocapgui.figures.splits_table import splits_table
from neocapgui.figures.tables import Row
from neocapgui.gui.charts.chart_frame import ChartFrame
from neocapgui.gui.charts.overhang_pane import OverhangPane
from neocapgui.gui.guiding import Guiding
from neocapgui.gui.session import Session
from neocapgui.gui.tables.fact_places import NEW
from neocapgui.gui.tables.table_views import TableViews, View
from neocapgui.ledger.transactions import Transaction

_RIGHTS = View(
    "rights",
    "Conversions",
    conversions_table,
    first=("Enter a conversion right", Place("conversion_rights", NEW)),
)
_RANGE, _SPLITS = "price_range", "splits"
_BELOW = (
    View("notices", "Notices", notices_table),
    View(_RANGE, "Over market prices", price_range_table),
    View(_SPLITS, "Split by holder", splits_table),
)
_RECORDED = {  # whether splits are shown: the button and what it says of itself
    False: ("Record a notice…", "Record a conversion or exchange; the terms propose the shares."),
    True: ("Record a split…", "Record a split; every holder and every term is shown before and after."),
}
_AIR = 12
_HEIGHTS, _HEIGHTS_WITH_CURVE = [480, 460, 0], [190, 300, 450]


class ConversionsPage(QWidget):
    """The conversion and exchange rights on the day, and under them the notices."""

    selected = Signal(object, object)  # a stakeholder, a security
    went_to = Signal(object)  # a Place

    def __init__(self, session: Session, *, is_filled: bool = True) -> None:
        """Show the convertibles of the company looked at; what is not filled is filled in steps."""
        super().__init__()
        self.setObjectName("page.conversions")
        self._session = session
        if is_filled:
            deque(self.filling(), 0)

    def filling(self) -> Iterator[None]:
        """Fill the page, with a pause after each part."""
        session = self._session
        self._heights = {False: _HEIGHTS, True: _HEIGHTS_WITH_CURVE}  # as the user last drew them
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._parts.setChildrenCollapsible(False)
        self._parts.setHandleWidth(_AIR)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._parts)
        self._lay_out_rights()
        yield
        self._record = QPushButton("Record a notice…")
        self._notices = TableViews(session, _BELOW, controls=(self._record,), is_part=True)
        self._parts.addWidget(self._notices)
        yield
        self._curve = OverhangPane(session)
        self._framed = ChartFrame(session, self._curve, lambda: self._curve.chart)
        self._framed.hide()
        self._parts.addWidget(self._framed)
        self._parts.setSizes(self._heights[False])
        yield
        self._rights.pointed.connect(self._point)
        self._notices.pointed.connect(self._point_below)
        self._rights.went_to.connect(self.went_to)
        self._notices.chosen.connect(self._accompany)
        self._record.clicked.connect(self._record_entry)
        self._prices.clicked.connect(self._ask_for_price)
        self._hint_at_prices()
        self._accompany()

    def refresh(self) -> None:
        """Show the session as it stands."""
        self._rights.refresh()
        self._notices.refresh()
        self._hint_at_prices()
        self._accompany()
        self._curve.refresh()

    def _lay_out_rights(self) -> None:
        self._rights = TableViews(self._session, (_RIGHTS,))
        self._hint = QLabel()
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setProperty("look", "amber")
        self._hint.setWordWrap(True)
        self._prices = QPushButton("Enter a price")
        self._warning = QWidget()
        row = QHBoxLayout(self._warning)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._hint, 1)
        row.addWidget(self._prices, 0, Qt.AlignmentFlag.AlignTop)
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._rights, 1)
        column.addWidget(self._warning)
        self._parts.addWidget(upper)

    def _hint_at_prices(self) -> None:
        hints = self._session.ask(missing_prices)
        self._hint.setText("\n".join(hint.sentence for hint in hints))
        self._prices.setVisible(any(hint.needs_market for hint in hints))
        self._warning.setVisible(bool(hints))
        has_rights = self._has_rights()
        self._notices.setVisible(has_rights or any(self._session.ask(view.question).rows for view in _BELOW))

    def _accompany(self) -> None:
        """Show the curve under its table, where there is one, and make room for it; name what is recorded."""
        title, tip = _RECORDED[self._notices.current == _SPLITS]
        self._record.setText(title)
        self._record.setToolTip(tip)
        self._record.setEnabled(self._notices.current == _SPLITS or self._has_rights())
        has_curve = self._notices.current == _RANGE and bool(self._notices.table_view.shown.stored.rows)
        had_curve = not self._framed.isHidden()
        if has_curve != had_curve:
            self._heights[had_curve] = self._parts.sizes()
            self._framed.setVisible(has_curve)
            self._parts.setSizes(self._heights[has_curve])

    def _has_rights(self) -> bool:
        return bool(self._rights.table_view.shown.stored.rows)

    def _record_entry(self) -> None:
        Guiding.of(self._session).want("split" if self._notices.current == _SPLITS else "notice")

    def _ask_for_price(self) -> None:
        self.went_to.emit(Place("prices", NEW))

    def _point(self, line: Row | None) -> None:
        if line is not None:
            self.selected.emit(None, line.key)

    def _point_below(self, line: Row | None) -> None:
        if line is None:
            return
        if isinstance(line.fact, Transaction):
            self.selected.emit(line.fact.stakeholder, line.fact.security)
        elif isinstance(line.key, tuple):
            right, _ = line.key
            self._curve.show_right(right)
            self.selected.emit(None, self._session.ledger.conversion_rights[right].security)
        elif isinstance(line.key, int):
            self.selected.emit(line.key, None)
