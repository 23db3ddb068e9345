"""The findings page: what contradicts what and what deserves a look, how to get there, how to mend it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from neocapgui.document.refusal import DocumentError
from neocapgui.engine.finding import Finding, Severity
from neocapgui.figures.checks.finding_rules import rule_of, what_was_checked
from neocapgui.figures.checks.findings_table import (
    company_name,
    counted_words,
    findings_table,
    mend_words,
    where,
)
from neocapgui.figures.sentences import sentence
from neocapgui.figures.tables import Row
from neocapgui.gui.findings_watch import FindingsWatch
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_frame import TableFrame
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.widgets.page_heading import PageHeading
from neocapgui.gui.widgets.plain_text import tip
from neocapgui.gui.widgets.switch import Switch
from neocapgui.gui.widgets.wrapped_label import WrappedLabel
from neocapgui.ledger.edits import EditRefused

_ALL = "all"
_SWITCH = {_ALL: "All", **{str(one): f"{one.capitalize()}s" for one in Severity}}
_EVERY_COMPANY = "All companies"


class FindingsPage(QWidget):
    """Every finding and remark with its place, its rule and, where there is one, the edit that mends it."""

    went_to = Signal(object)  # the Place of a finding

    def __init__(self, session: Session) -> None:
        """Show the findings of the session."""
        super().__init__()
        self.setObjectName("page.findings")
        self._session = session
        self._watch = FindingsWatch.of(session)
        self._chosen: Finding | None = None
        self._go = QPushButton("Go to the place")
        self._go.setToolTip("Go to the entry or the term that the finding is about (Enter).")
        self._mend = QPushButton("Mend")
        self._heading = PageHeading("Findings", "", (self._mend, self._go))
        self._severity = Switch(_SWITCH, "Which findings are shown")
        self._company = QComboBox()
        self._company.setObjectName("findings.company")
        self._company.setAccessibleName("Company")
        self._company.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._company.setMinimumContentsLength(12)
        self._view = TableView(session, findings_table(()))
        self._frame = TableFrame(session, self._view)
        self._words, self._verdict, self._trouble = (WrappedLabel(look) for look in ("amber", "green", "red"))
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.ask_for(3 * self._words.fontMetrics().lineSpacing() + 16)  # so nothing moves
        sifting = QHBoxLayout()
        sifting.setSpacing(8)
        sifting.addWidget(self._severity, 1)
        sifting.addWidget(self._company, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._heading)
        layout.addLayout(sifting)
        for part in (self._words, self._verdict, self._trouble, self._frame):
            layout.addWidget(part)
        layout.setStretchFactor(self._frame, 1)
        layout.addStretch(0)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the findings as they stand."""
        self._list_companies()
        found = self._sifted()
        table = findings_table(found, self._session.style)
        self._view.show_table(table)
        self._heading.show_texts("Findings", self._counted())
        is_clean = self._watch.is_current and not self._watch.findings
        self._verdict.show_text(
            f"{table.empty} {what_was_checked()}" if is_clean else "Nothing of this kind was found."
        )
        self._verdict.setVisible(self._watch.is_current and not (found and self._watch.findings))
        self._frame.setVisible(bool(found))
        self._trouble.hide()
        if found and not self._view.currentIndex().isValid():
            self._view.point_at(0)
        row = self._view.currentIndex().row()
        self._point(self._view.table_model.row(row) if 0 <= row < len(found) else None)

    def _connect(self) -> None:
        for signal in (self._watch.found, self._watch.outdated):
            signal.connect(self.refresh)
        self._severity.chosen.connect(self.refresh)
        self._company.currentIndexChanged.connect(self.refresh)
        self._view.pointed.connect(self._point)
        self._view.activated_row.connect(self._go_to)
        self._go.clicked.connect(self._go_to_chosen)
        self._mend.clicked.connect(self._carry_out)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            context = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(keys), self, context=context).activated.connect(self._carry_out)

    def _sifted(self) -> tuple[Finding, ...]:
        """Return what is shown: of the chosen severity and company, the findings before the remarks."""
        kind, company, ledger = self._severity.current, self._company.currentText(), self._session.ledger
        return tuple(
            one
            for one in (*self._watch.findings, *self._watch.remarks)
            if kind in (_ALL, str(one.severity))
            and (self._company.currentIndex() <= 0 or company_name(ledger, one) == company)
        )

    def _list_companies(self) -> None:
        names = [_EVERY_COMPANY, *(issuer.name for issuer in self._session.ledger.issuers.values())]
        if [self._company.itemText(place) for place in range(self._company.count())] != names:
            with QSignalBlocker(self._company):
                chosen = self._company.currentText()
                self._company.clear()
                self._company.addItems(names)
                self._company.setCurrentIndex(max(0, self._company.findText(chosen)))
        self._company.setVisible(len(names) > 2)

    def _counted(self) -> str:
        if not self._watch.is_current:
            return "Being looked for…"
        style = self._session.style
        parts = [counted_words(self._watch.findings, style), counted_words(self._watch.remarks, style)]
        return "  ·  ".join([*(part for part in parts if part), "whole file, all days"])

    def _point(self, line: Row | None) -> None:
        self._chosen = line.key if line is not None and isinstance(line.key, Finding) else None
        mend = self._chosen.mend if self._chosen is not None else None
        self._go.setEnabled(self._chosen is not None)
        self._mend.setEnabled(mend is not None)
        said = mend_words(self._chosen, self._session.style) if self._chosen is not None and mend else "Mend"
        self._mend.setText(said.replace("&", "&&"))
        self._mend.setToolTip(
            "One step, to be taken back with Undo (Ctrl+Enter)"
            if mend
            else "Only you can decide this one: go to the place."
        )
        self._words.setVisible(self._chosen is not None)
        if self._chosen is not None:
            rule = rule_of(self._chosen.code)
            head = f"{self._chosen.severity.capitalize()}: {sentence(self._chosen.said, self._session.style)}"
            self._words.show_text(f"{head}\nRule: {rule.definition}" if rule.definition else head)
            self._go.setToolTip(
                tip(
                    f"Go to {where(self._session.ledger, self._chosen, self._session.style)} "
                    "(Enter or a double-click)"
                )
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
            self._trouble.show_text(str(answer))
            self._trouble.show()
