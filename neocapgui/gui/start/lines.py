"""The lines of the start page: a file, a sample, or work that was not saved, as one thing to press."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from neocapgui.gui.widgets.plain_text import tip

INDENT = 9


class Line(QFrame):
    """A title with a dim note beside it, and below it what else is to be known."""

    clicked = Signal()

    def __init__(self, title: str, note: str, below: Sequence[tuple[str, str]] = ()) -> None:
        """Show a title, a note, and further texts below it, each with its look."""
        super().__init__()
        self.setProperty("look", "line")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(", ".join(filter(None, (title, note, *(text for text, _ in below)))))
        name = ShortLabel(title, "medium", shrinks=False)
        first = QHBoxLayout()
        first.addWidget(name)
        first.addSpacing(10)
        first.addWidget(ShortLabel(note, "dim"), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(INDENT, 6, INDENT, 6)
        layout.setSpacing(2)
        layout.addLayout(first)
        for text, look in below:
            layout.addWidget(ShortLabel(text, look))

    # Qt overrides

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class ShortLabel(QLabel):
    """A text on one line, with a dot-dot-dot where there is no room for all of it."""

    _WIDEST = 46  # letters of middling width that a text takes which does not shrink

    def __init__(self, text: str, look: str, shrinks: bool = True) -> None:
        """Show a text in a look of the style sheet."""
        super().__init__(text)
        self._text = text
        self.setProperty("look", look)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(tip(text))
        if shrinks:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._shrinks = shrinks

    def _widest(self) -> int:
        return self._WIDEST * self.fontMetrics().averageCharWidth()

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return (
            QSize(0, whole.height())
            if self._shrinks
            else QSize(min(self._widest(), whole.width()), whole.height())
        )

    def sizeHint(self) -> QSize:
        whole = self.fontMetrics().horizontalAdvance(self._text) + 2
        height = super().sizeHint().height()
        return QSize(whole if self._shrinks else min(whole, self._widest()), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitting = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideMiddle, self.width())
        if fitting != self.text():
            self.setText(fitting)


def beside(line: Line, buttons: Sequence[tuple[str, str, Callable[[], object]]]) -> QWidget:
    """Return a line with buttons to its right: the title of each, its help, and what it does."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    layout.addWidget(line, 1)
    for title, help, command in buttons:
        button = QPushButton(title)
        button.setToolTip(help)
        button.setAccessibleName(f"{title}: {line.accessibleName()}")
        button.clicked.connect(lambda _=False, command=command: command())
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    return row
