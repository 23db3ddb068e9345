"""The cards of the inspector: a step of a figure, a group of terms as labels with values, and a remark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from neocapgui.engine.finding import Finding, Place
from neocapgui.figures.checks.finding_rules import rule_of
from neocapgui.figures.kinds import Style
from neocapgui.figures.sentences import sentence
from neocapgui.gui.looks.typeface import figures_font

if TYPE_CHECKING:
    from neocapgui.figures.origins.workings import Step
    from neocapgui.figures.stake_terms import StakeFigure
    from neocapgui.figures.terms_summary import Term

_LONG = 36  # characters from which on a value stands below its label, in the whole width of the card
_LABELS = 11  # characters for which there is room beside the values, the same in every card


class Card(QFrame):
    """A card; one that stands for a place is gone to by a click, Enter or Space.

    One that shows a calculated figure has the focus by a click or Tab, and F4 explains it.
    """

    chosen = Signal(object)  # a Place

    def __init__(
        self, place: Place | None = None, look: str = "card", asks: tuple[str, Any, str] | None = None
    ) -> None:
        """Make a card that leads to a place, or to none; `asks` is what explains its figure."""
        super().__init__()
        self._place = place
        self.asks = asks  # table, key and column
        self.setProperty("look", look)
        if place is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip("Go to this entry")
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        elif asks is not None:
            self.setToolTip("F4 shows where this figure comes from")
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _choose(self) -> None:
        if self._place is not None:
            self.chosen.emit(self._place)

    # Qt overrides

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose()
        else:
            super().keyPressEvent(event)


def step_card(step: Step) -> Card:
    """Return a card of one step: its figure, what it is, and what vouches for it."""
    card = Card(None if step.transaction is None else Place("transactions", step.transaction))
    _stack(card, (("strong", step.value), ("", step.text), ("dim", step.source)))
    return card


def figure_card(shown: StakeFigure, pair: tuple[int, int]) -> Card:
    """Return a card of one figure of a stake, or of a name; F4 explains a figure."""
    card = Card(asks=("group", pair, shown.column) if shown.column else None)
    _stack(card, (("dim", shown.title), ("strong" if shown.column else "", shown.text)))
    return card


def remark_card(remark: Finding, style: Style) -> Card:
    """Return a card of a remark on the terms, marked by a word and not by its colour alone."""
    card = Card(remark.place, "amber")
    said = sentence(remark.said, style)
    _stack(card, (("amber_text", f"⚠ Remark: {rule_of(remark.code).name}"), ("amber_text", said)), 0)
    return card


def remarks_card(remarks: Sequence[Finding]) -> Card:
    """Return a card that says how many remarks stand below the terms, and of what."""
    card, count = Card(look="amber"), len(remarks)
    rules = ", ".join(dict.fromkeys(rule_of(one.code).name.lower() for one in remarks))
    said = f"⚠ {count} remark{'s' * (count > 1)} on these terms, below: {rules}"
    _stack(card, (("amber_text", said),), 0)
    return card


def terms_card(group: str, terms: Sequence[Term]) -> Card:
    """Return a card of one group of terms: each label with its value beside it, aligned, a long one below."""
    card = Card()
    lines = QGridLayout(card)
    lines.setContentsMargins(11, 8, 11, 8)
    lines.setHorizontalSpacing(10)
    lines.setVerticalSpacing(3)
    lines.setColumnStretch(1, 1)
    room = _LABELS * card.fontMetrics().averageCharWidth()
    lines.addWidget(label("strong", group), 0, 0, 1, 2)
    for term in terms:
        name, value = label("dim", term.label), label("", term.text)
        name.setFixedWidth(room)
        value.setMinimumWidth(1)  # a word that is too long is cut by itself, and not the whole card with it
        value.setFont(figures_font(value.font()))
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(f"{term.label}: {term.text}")
        place = lines.rowCount()
        lines.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
        if len(term.text) > _LONG:
            lines.addWidget(value, place + 1, 0, 1, 2)
        else:
            lines.addWidget(value, place, 1, Qt.AlignmentFlag.AlignTop)
    card.setAccessibleName(f"{group}: " + "; ".join(f"{term.label} {term.text}" for term in terms))
    return card


def _stack(card: Card, texts: Sequence[tuple[str, str]], air: int = 8) -> None:
    layout = QVBoxLayout(card)
    layout.setContentsMargins(air and air + 3, air, air and air + 3, air)
    layout.setSpacing(2)
    for look, text in texts:
        if text:
            shown = label(look, text)
            if look == "strong":
                shown.setFont(figures_font(shown.font()))
            layout.addWidget(shown)
    card.setAccessibleName(" ".join(text for _, text in texts if text))


def label(look: str, text: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a label of plain text that wraps, in one of the looks of the style sheet."""
    made = QLabel(parent)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    if look:
        made.setProperty("look", look)
    return made
