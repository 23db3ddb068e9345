"""The findings page: what contradicts what, how to get there, and how to mend it."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from neocapgui.document.refusal import DocumentError
from neocapgui.engine.finding import Finding, Severity
from neocapgui.figures.findings_table import findings_table, where
from neocapgui.figures.tables import Row
from neocapgui.gui.findings_watch import FindingsWatch
from neocapgui.gui.page_heading import PageHeading
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView
from neocapgui.ledger.edits import EditRefused


class FindingsPage(QWidget):
    """Every finding with its place and, where there is one, the edit that would mend it."""

    went_to = Signal(object)  # the Place of a finding

    def __init__(self, session: Session) -> None:
        """Show the findings of the session."""
        super().__init__()
        self.setObjectName("page.findings")
        self._session = session
        self._watch = FindingsWatch.of(session)
        self._chosen: Finding | None = None
        self._go = QPushButton("Go to the place")
        self._mend = QPushButton("Mend")
        self._heading = PageHeading("Findings", "", (self._mend, self._go))
        self._view = TableView(session, findings_table(()))
        self._words = QLabel()
        self._words.setProperty("look", "amber")
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._verdict = QLabel()
        self._verdict.setProperty("look", "green")
        self._trouble = QLabel()
        self._trouble.setProperty("look", "red")
        for label in (self._words, self._verdict, self._trouble):
            label.setWordWrap(True)
        self._words.setMinimumHeight(2 * self._words.fontMetrics().lineSpacing() + 16)  # so nothing moves
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for part in (self._heading, self._words, self._verdict, self._trouble, self._view):
            layout.addWidget(part)
        layout.setStretchFactor(self._view, 1)
        layout.addStretch(0)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the findings as they stand."""
        table = findings_table(self._watch.findings)
        self._view.show_table(table)
        self._heading.show_texts("Findings", self._counted())
        is_clean = not table.rows and self._watch.is_current
        self._verdict.setText(table.empty)
        self._verdict.setVisible(is_clean)
        self._view.setVisible(bool(table.rows))
        self._trouble.hide()
        if table.rows and not self._view.currentIndex().isValid():
            self._view.point_at(0)
        row = self._view.currentIndex().row()
        self._point(table.rows[row] if 0 <= row < len(table.rows) else None)

    def _connect(self) -> None:
        for signal in (self._watch.found, self._watch.outdated):
            signal.connect(self.refresh)
        self._view.pointed.connect(self._point)
        self._view.activated_row.connect(self._go_to)
        self._go.clicked.connect(self._go_to_chosen)
        self._mend.clicked.connect(self._carry_out)

    def _counted(self) -> str:
        if not self._watch.is_current:
            return "Being looked for…"
        counts = Counter(finding.severity for finding in self._watch.findings)
        parts = [f"{counts[one]:,} {one}{'s' * (counts[one] > 1)}" for one in Severity if counts[one]]
        return "  ·  ".join([*parts, "whole file, all days"])

    def _point(self, line: Row | None) -> None:
        self._chosen = line.key if line is not None and isinstance(line.key, Finding) else None
        mend = self._chosen.mend if self._chosen is not None else None
        self._go.setEnabled(self._chosen is not None)
        self._mend.setEnabled(mend is not None)
        self._mend.setText(mend.label if mend is not None else "Mend")
        self._mend.setToolTip("" if mend else "Only you can decide this one: go to the place.")
        self._words.setVisible(self._chosen is not None)
        if self._chosen is not None:
            self._words.setText(self._chosen.message)
            self._go.setToolTip(
                f"Go to {where(self._session.ledger, self._chosen)} (Enter or a double-click)"
            )

    def _go_to(self, line: Row | None) -> None:
        if line is not None and isinstance(line.key, Finding):
            self.went_to.emit(line.key.place)

    def _go_to_chosen(self) -> None:
        if self._chosen is not None:
            self.went_to.emit(self._chosen.place)

    def _carry_out(self) -> None:
        mend = self._chosen.mend if self._chosen is not None else None
        if mend is None:
            return
        try:
            self._session.do(mend)
        except (EditRefused, DocumentError) as answer:
            self._trouble.setText(str(answer))
            self._trouble.show()
