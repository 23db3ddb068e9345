"""Cards, each one figure that leads to its page, in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from neocapgui.figures.overview import Card
from neocapgui.gui.looks.typeface import figures_font

_WIDTH = 150  # pixels that a card should have at least
_AIR = 8
_PAD = 11
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_HELP = {
    "leads": "A click or Enter leads to the page that says more.",
    "tells": "F4 shows where this comes from.",
}


class CardGrid(QWidget):
    """Shows some cards."""

    led_to = Signal(str)  # the name of the page that says more of the card that was clicked or entered

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
            self._frames.append(CardFrame(self))  # else it is a window of its own, and has the keyboard
            self._frames[-1].led_to.connect(self.led_to)
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

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(_WIDTH, super().minimumSizeHint().height())  # of one column: then it can take fewer


class CardFrame(QFrame):
    """One card; a click, Enter or the space bar leads to the page that says more."""

    led_to = Signal(str)  # the name of that page

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card: Card | None = None
        self._is_pressed = False
        self.setProperty("look", "card")
        self._title, self._value, self._note = QLabel(), QLabel(), QLabel()
        for label, look in ((self._value, "heading"), (self._title, ""), (self._note, "dim")):
            label.setProperty("look", look)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setMinimumWidth(0)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._value.setFont(figures_font(self._value.font()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_PAD, 6, _PAD, 6)
        layout.setSpacing(0)
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
        """Show another card; one that leads on or whose figure can be explained takes the focus."""
        self.card = card
        can_tell, leads = card.asks is not None, bool(card.page)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if can_tell or leads else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)
        self.setToolTip(" ".join(_HELP[told] for told in (leads and "leads", can_tell and "tells") if told))
        self._title.setText(card.title)
        self._value.setText(card.value)
        self._note.setText(card.note)
        self._note.setVisible(bool(card.note))
        look = "amber_text" if card.is_amber else "dim"
        if self._note.property("look") != look:
            self._note.setProperty("look", look)
            self._note.style().polish(self._note)
        self.setAccessibleName(f"{card.title}: {card.value} {card.note}".strip())

    def _lead_on(self) -> None:
        if self.card is not None and self.card.page:
            self.led_to.emit(self.card.page)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS:
            self._lead_on()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_pressed = event.button() == Qt.MouseButton.LeftButton
        if not self._is_pressed:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_clicked = self._is_pressed and self.rect().contains(event.position().toPoint())
        self._is_pressed = False
        if is_clicked:
            self._lead_on()
        else:
            super().mouseReleaseEvent(event)
