"""What every chart on screen does for its reader: it takes keys, lets go of what is read, and is dressed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

_PLAIN_KEYS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_DRESSES = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange)


class ReadableChart(QWidget):
    """A chart that is read out with the pointer or the keys; the reading ends where either leaves it."""

    _dressing: QTimer | None = None  # Qt asks for changes before there is one

    def __init__(self, parent: QWidget | None = None) -> None:
        """Take the focus with Tab and with a click."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._dressing = QTimer(self, singleShot=True, interval=0)  # dresses once for all that Qt tells
        self._dressing.timeout.connect(self.apply_theme)

    def answer(self, key: int) -> bool:
        """Do what a key asks for; return whether it asks for anything."""
        return False

    def leave(self) -> None:
        """End the reading."""

    def apply_theme(self) -> None:
        """Wear the colours and letters of the program as they are now."""
        self.update()

    def tell_reading(self) -> None:
        """Let a screen reader say what is read out now."""
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_typed = event.modifiers() == Qt.KeyboardModifier.ShiftModifier and event.text() == "+"
        is_plain = event.modifiers() in _PLAIN_KEYS or is_typed
        if not is_plain or not self.answer(event.key()):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _DRESSES and self._dressing is not None:
            self._dressing.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.leave()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.leave()


class PlotOrSentence(QStackedLayout):
    """A plot, or a sentence where there is nothing to draw."""

    def __init__(self, plot: QWidget, parent: QWidget) -> None:
        """Show the plot."""
        super().__init__(parent)
        self._plot, self._label = plot, QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setProperty("look", "dim")
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.addWidget(plot)
        self.addWidget(self._label)

    @property
    def sentence(self) -> str:
        """What is said in the place of the plot; "" where that is shown."""
        return self._label.text() if self.currentWidget() is self._label else ""

    def say(self, sentence: str) -> None:
        """Say a sentence in the place of the plot; "" shows the plot."""
        self._label.setText(sentence)
        self.setCurrentWidget(self._label if sentence else self._plot)
