"""Cards, each one figure with its name and what it is, in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from neocapgui.figures.overview import Card
from neocapgui.gui.looks.typeface import figures_font

_WIDTH = 150  # pixels that a card should have at least
_AIR = 10
_PAD = 12


class CardGrid(QWidget):
    """Shows some cards."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show no card yet."""
        super().__init__(parent)
        self._frames: list[CardFrame] = []
        self._count = 0
        self._columns = 0
        self._cells = QGridLayout(self)
        self._cells.setContentsMargins(0, 0, 0, 0)
        self._cells.setSpacing(_AIR)

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show other cards."""
        while len(self._frames) < len(cards):
            self._frames.append(CardFrame())
        for place, frame in enumerate(self._frames):
            frame.setVisible(place < len(cards))
            if place < len(cards):
                frame.show_card(cards[place])
        if self._count != len(cards):
            self._count, self._columns = len(cards), 0
        self._fit()

    def _fit(self) -> None:
        """Take as many columns as leave each figure its room."""
        shown = self._frames[: self._count]
        widest = max((frame.figure_width() for frame in shown), default=0)
        columns = max(1, (self.width() + _AIR) // (max(_WIDTH, widest) + _AIR))
        rows = -(-self._count // columns)
        columns = -(-self._count // rows) if rows else columns  # as even as they can be
        if columns != self._columns:
            self._place(columns)

    def _place(self, columns: int) -> None:
        for frame in self._frames:
            self._cells.removeWidget(frame)
        for column in range(max(columns, self._cells.columnCount())):
            self._cells.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for place, frame in enumerate(self._frames[: self._count]):
            self._cells.addWidget(frame, place // columns, place % columns)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class CardFrame(QFrame):
    """One card."""

    def __init__(self) -> None:
        super().__init__()
        self.card: Card | None = None
        self.setProperty("look", "card")
        self._title, self._value, self._note = QLabel(), QLabel(), QLabel()
        for label, look in ((self._value, "heading"), (self._title, ""), (self._note, "dim")):
            label.setProperty("look", look)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setMinimumWidth(0)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._value.setFont(figures_font(self._value.font()))
        self._value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_PAD, 8, _PAD, 8)
        layout.setSpacing(1)
        for label in (self._value, self._title, self._note):
            layout.addWidget(label)
        layout.addStretch(1)

    def figure_width(self) -> int:
        """Return the pixels that the figure needs with the air around it."""
        self._value.ensurePolished()
        words = self._value.text().split()
        widest = max((self._value.fontMetrics().horizontalAdvance(word) for word in words), default=0)
        return widest + 2 * _PAD + 4

    def show_card(self, card: Card) -> None:
        """Show another card; one whose figure can be explained takes the focus."""
        self.card = card
        can_tell = card.asks is not None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if can_tell else Qt.FocusPolicy.NoFocus)
        self.setToolTip("F4 shows where this comes from." if can_tell else "")
        self._title.setText(card.title)
        self._value.setText(card.value)
        self._note.setText(card.note)
        self._note.setVisible(bool(card.note))
        self.setAccessibleName(f"{card.title}: {card.value} {card.note}".strip())
