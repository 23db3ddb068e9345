"""The inspector at the right: where the selected figure comes from, or the terms of the selected security."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.figures.company_names import company_names
from neocapgui.gui.looks.typeface import figures_font
from neocapgui.gui.panels.inspector_cards import (
    Card,
    figure_card,
    label,
    remark_card,
    remarks_card,
    step_card,
    terms_card,
)
from neocapgui.gui.session import Session
from neocapgui.ledger.facts import Security

if TYPE_CHECKING:
    from neocapgui.figures.origins.workings import Working
    from neocapgui.figures.terms_summary import Term

_HINT = (
    "Select a figure to see where it comes from, a security to see its terms, or a stake of a company. "
    "F4 explains any figure down to its entries and their sources."
)

_Wanted = tuple[object, Callable[[], Card]]  # what a card is to say, and what makes it


class Inspector(QWidget):
    """Explains what was pointed at last, and follows the session."""

    went_to = Signal(object)  # the Place of an entry

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Explain figures of a session; at first there is nothing to explain."""
        super().__init__(parent)
        self._session = session
        self._stakeholder: int | None = None
        self._security: int | None = None
        self._stake: tuple[int, int] | None = None  # who owns, and what: two issuers
        self._is_waiting = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        self.setObjectName("inspector")
        self.setProperty("look", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._section = label("section")
        self._figure = label("figure")
        self._figure.setFont(figures_font(self._figure.font()))
        self._note = label("dim")
        self._summary = label("")  # the terms in a sentence
        self._summary.setObjectName("inspector.summary")
        self._summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._warning = label("amber")
        self._cards: list[tuple[object, Card]] = []  # each with what it says
        self._below = QVBoxLayout()
        self._below.setSpacing(7)
        ground = QWidget()
        ground.setProperty("look", "ground")
        column = QVBoxLayout(ground)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        for part in (self._section, self._figure, self._note, self._summary):
            column.addWidget(part)
        column.addSpacing(4)
        column.addLayout(self._below)
        column.addWidget(self._warning)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName("Inspector")
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(ground)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(scroll)
        for signal in (session.opened, session.edited, session.lens_changed, session.wished):
            signal.connect(self.refresh)
        self.refresh()

    def show_selected(self, stakeholder: object, security: object) -> None:
        """Explain a holding, a stakeholder's shares or a security; nothing where neither is known."""
        self._stakeholder = stakeholder if isinstance(stakeholder, int) else None
        self._security = security if isinstance(security, int) else None
        self._stake = None
        self.refresh()

    def show_stake(self, owner: int, issuer: int) -> None:
        """Explain the stake that one company has in another."""
        self._stakeholder = self._security = None
        self._stake = (owner, issuer)
        self.refresh()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Explain what is selected meanwhile in the next turn of the event loop, and only the last of it."""
        self._is_waiting = True
        try:
            yield
        finally:
            self._is_waiting = False

    def refresh(self) -> None:
        """Explain the same for the session as it stands; while that is behind what is wished, it waits."""
        if self._is_waiting:
            self._soon.start()
            return
        self._soon.stop()
        if self._session.is_behind or not self.isVisibleTo(self.window()):
            return
        session = self._session
        if self._security is not None and self._security not in session.ledger.securities:
            self._security = None
        if self._stake is not None and not set(self._stake) <= set(session.ledger.issuers):
            self._stake = None
        if self._stake is not None:
            self._show_stake(*self._stake)
        elif self._stakeholder is not None:
            from neocapgui.figures.origins.workings import explain

            details = (self._stakeholder, self._security, session.style)
            try:
                self._show_working(session.ask(explain, *details))
            except (CalculationRefused, LookupError):
                self._show_nothing("This figure cannot be explained on this day.")
        elif self._security is not None:
            self._show_terms(session.ledger.securities[self._security])
        else:
            self._show_nothing(_HINT)

    def _show_nothing(self, hint: str) -> None:
        self._show_head("INSPECTOR", "", hint)
        self._show_cards(())

    def _show_working(self, working: Working) -> None:
        self._show_head(working.title.upper(), working.value, working.note, warning=working.warning)
        self._show_cards([(step, partial(step_card, step)) for step in working.steps])

    def _show_stake(self, owner: int, issuer: int) -> None:
        from neocapgui.figures.stake_terms import stake_terms

        found = self._session.ask(stake_terms, owner, issuer, self._session.style)
        self._show_head(found.title.upper(), found.text, found.note)
        cards: list[_Wanted] = [
            ((found.pair, one), partial(figure_card, one, found.pair)) for one in found.figures
        ]
        self._show_cards(cards)

    def _show_terms(self, security: Security) -> None:
        from neocapgui.engine.term_lint import remarks_on
        from neocapgui.figures.terms_sentence import sentence_of
        from neocapgui.figures.terms_summary import terms_of

        session = self._session
        details = (security.id, session.style)
        terms, sentence = session.ask(terms_of, *details), session.ask(sentence_of, *details)
        remarks = session.ask(remarks_on, security.id)
        issuer = session.ask(company_names)[security.issuer]
        self._show_head("TERMS", security.name, issuer, summary=sentence)
        groups: dict[str, list[Term]] = {}
        for term in terms:
            groups.setdefault(term.group, []).append(term)

        first: list[_Wanted] = [(remarks, partial(remarks_card, remarks))] if remarks else []
        cards: list[_Wanted] = [
            ((group, *lines), partial(terms_card, group, lines)) for group, lines in groups.items()
        ]
        more: list[_Wanted] = [(remark, partial(remark_card, remark, session.style)) for remark in remarks]
        self._show_cards([*first, *cards, *more])

    def _show_head(
        self, section: str, figure: str, note: str, *, summary: str = "", warning: str = ""
    ) -> None:
        for part, text in (
            (self._section, section),
            (self._figure, figure),
            (self._note, note),
            (self._summary, summary),
            (self._warning, warning),
        ):
            part.setText(text)
            part.setVisible(bool(text))

    def _show_cards(self, wanted: Sequence[_Wanted]) -> None:
        """Put cards below; those that would say the same stay, with the focus one of them may have."""
        left, cards = list(self._cards), list[tuple[object, Card]]()
        for place, (says, made) in enumerate(wanted):
            at = next((at for at, (said, _) in enumerate(left) if said == says), None)
            card = made() if at is None else left.pop(at)[1]
            if at is None:
                card.chosen.connect(self.went_to)
            if self._below.indexOf(card) != place:
                self._below.insertWidget(place, card)
            card.show()
            cards.append((says, card))
        for (_, one), (_, other) in pairwise(cards):
            QWidget.setTabOrder(one, other)
        for _, card in left:
            self._below.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = cards

    # Qt overrides

    def showEvent(self, event: object) -> None:
        self.refresh()
