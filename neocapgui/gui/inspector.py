"""The inspector at the right: where the selected figure comes from, or the terms of the selected security."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.finding import Place
from neocapgui.figures.terms_summary import Term, terms_of
from neocapgui.figures.workings import Step, Working, explain
from neocapgui.gui.session import Session
from neocapgui.gui.typeface import figures_font
from neocapgui.ledger.facts import Security

_HINT = "Select a figure to see where it comes from, or a security to see its terms."


class Inspector(QWidget):
    """Explains what was pointed at last, and follows the session."""

    went_to = Signal(object)  # the Place of an entry

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Explain figures of a session; at first there is nothing to explain."""
        super().__init__(parent)
        self._session = session
        self._stakeholder: int | None = None
        self._security: int | None = None
        self.setObjectName("inspector")
        self.setProperty("look", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._section = _label("section")
        self._figure = _label("figure")
        self._figure.setFont(figures_font(self._figure.font()))
        self._note = _label("dim")
        self._warning = _label("amber")
        self._cards: list[_Card] = []
        self._below = QVBoxLayout()
        self._below.setSpacing(7)
        ground = QWidget()
        ground.setProperty("look", "ground")
        column = QVBoxLayout(ground)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        for part in (self._section, self._figure, self._note):
            column.addWidget(part)
        column.addSpacing(4)
        column.addLayout(self._below)
        column.addWidget(self._warning)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(ground)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(scroll)
        for signal in (session.opened, session.edited, session.lens_changed):
            signal.connect(self.refresh)
        self.refresh()

    def show_selected(self, stakeholder: object, security: object) -> None:
        """Explain a holding, a stakeholder's shares or a security; nothing where neither is known."""
        self._stakeholder = stakeholder if isinstance(stakeholder, int) else None
        self._security = security if isinstance(security, int) else None
        self.refresh()

    def refresh(self) -> None:
        """Explain the same for the session as it stands."""
        if not self.isVisibleTo(self.window()):
            return
        session = self._session
        if self._security is not None and self._security not in session.ledger.securities:
            self._security = None
        if self._stakeholder is not None:
            details = (self._stakeholder, self._security, session.style)
            try:
                self._show_working(session.ask(explain, *details))
            except (CalculationRefused, LookupError):
                self._show_nothing("This figure cannot be explained on this day.")
        elif self._security is not None:
            terms = session.ask(terms_of, self._security, session.style)
            self._show_terms(session.ledger.securities[self._security], terms)
        else:
            self._show_nothing(_HINT)

    def _show_nothing(self, hint: str) -> None:
        self._show_head("INSPECTOR", "", hint)
        self._show_cards([])

    def _show_working(self, working: Working) -> None:
        self._show_head(working.title.upper(), working.value, working.note, working.warning)
        self._show_cards([(step.value, step.text, step.source, step) for step in working.steps])

    def _show_terms(self, security: Security, terms: tuple[Term, ...]) -> None:
        issuer = self._session.ledger.issuers[security.issuer].name
        self._show_head("TERMS", "", issuer)
        self._figure.setText(security.name)
        self._figure.setVisible(True)
        groups: dict[str, list[str]] = {}
        for term in terms:
            groups.setdefault(term.group, []).append(f"{term.label}: {term.text}")
        self._show_cards([(group, "\n".join(lines), "", None) for group, lines in groups.items()])

    def _show_head(self, section: str, figure: str, note: str, warning: str = "") -> None:
        for label, text in (
            (self._section, section),
            (self._figure, figure),
            (self._note, note),
            (self._warning, warning),
        ):
            label.setText(text)
            label.setVisible(bool(text))

    def _show_cards(self, cards: list[tuple[str, str, str, Step | None]]) -> None:
        while len(self._cards) < len(cards):
            card = _Card()
            card.chosen.connect(self._go_to)
            self._cards.append(card)
            self._below.addWidget(card)
        for number, card in enumerate(self._cards):
            card.setVisible(number < len(cards))
            if number < len(cards):
                card.show_texts(*cards[number])

    def _go_to(self, transaction: int) -> None:
        self.went_to.emit(Place("transactions", transaction))

    # Qt overrides

    def showEvent(self, event: object) -> None:
        self.refresh()


class _Card(QFrame):
    """One step: its figure, what it is, and what vouches for it."""

    chosen = Signal(int)  # a transaction

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._value = _label("strong")
        self._value.setFont(figures_font(self._value.font()))
        self._text = _label("")
        self._source = _label("dim")
        self._transaction: int | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(11, 8, 11, 8)
        layout.setSpacing(2)
        for part in (self._value, self._text, self._source):
            layout.addWidget(part)

    def show_texts(self, value: str, text: str, source: str, step: Step | None) -> None:
        for label, shown in ((self._value, value), (self._text, text), (self._source, source)):
            label.setText(shown)
            label.setVisible(bool(shown))
        self._transaction = None if step is None else step.transaction
        goes = self._transaction is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if goes else Qt.CursorShape.ArrowCursor)
        self.setToolTip("Go to this entry" if goes else "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if goes else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{value} {text} {source}".strip())

    def _choose(self) -> None:
        if self._transaction is not None:
            self.chosen.emit(self._transaction)

    # Qt overrides

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose()
        else:
            super().keyPressEvent(event)


def _label(look: str) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if look:
        label.setProperty("look", look)
    return label
