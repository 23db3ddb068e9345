"""The line at the bottom: the file and how it was saved, what is selected, how many findings there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from neocapgui.gui.panels.selection_figures import SelectionFigures
from neocapgui.gui.widgets.plain_text import tip

if TYPE_CHECKING:
    from neocapgui.figures.grid.selected import SummaryFigure

_LONGEST_NAME = 320  # pixels


class StatusLine(QWidget):
    """Says how things stand; a click on the findings goes to them."""

    findings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self._file, self._saved, self._message = QLabel(), QLabel(), _Message()
        self._selection = SelectionFigures()
        self._selection.copied.connect(self.say)
        self._cancel = _cancel_button()
        self._findings = _Link()
        self._findings.clicked.connect(self.findings_wanted)
        for name, label in (
            ("status.file", self._file),
            ("status.saved", self._saved),
            ("status.message", self._message),
            ("status.findings", self._findings),
        ):
            label.setObjectName(name)
            label.setProperty("look", "dim")
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(8)
        layout.addWidget(self._file)
        layout.addWidget(self._saved)
        layout.addWidget(self._message, 1)
        layout.addWidget(self._cancel)
        layout.addWidget(self._selection, 1)
        layout.addSpacing(10)
        layout.addWidget(self._findings)

    def say_file(self, name: str, state: str, is_verified: bool) -> None:
        """Say which file it is, and how it was saved."""
        short = self._file.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, _LONGEST_NAME)
        self._file.setText(f"{short}  ·" if state else short)
        self._file.setToolTip("" if short == name else tip(name))
        self._saved.setText(state)
        _dress(self._saved, "green" if is_verified else "dim")

    def say(self, message: str) -> None:
        """Say why something was refused, or what was done."""
        self._selection.hide()
        self._message.show()
        self._message.setText(message)
        self._message.setToolTip(tip(message))

    def wait_for(self, waiting_for: str, stop: Callable[[], None] | None) -> None:
        """Say what is waited for, with a button where it can be given up; "" when it is over."""
        self.say(waiting_for)
        self._cancel.clicked.disconnect()
        self._cancel.clicked.connect(stop or _nothing)
        self._cancel.setVisible(bool(waiting_for) and stop is not None)

    def say_selection(self, line: str, figures: Sequence[SummaryFigure]) -> None:
        """Say what is selected; each figure can be copied."""
        self.say(line)
        self._message.setVisible(not figures)
        self._selection.show_figures(figures)

    def say_findings(self, count: int, is_current: bool, by_severity: str = "") -> None:
        """Say how many findings there are and of which severity, or that they are being looked for."""
        noun = "finding" if count == 1 else "findings"
        said = f"{count or 'No'} {noun}" + (f": {by_severity}" if count and by_severity else "")
        self._findings.setText(said if is_current else "Checking…")
        _dress(self._findings, "amber_text" if count and is_current else "dim")

    # Qt overrides

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint.expandedTo(QSize(0, self._selection.line_height))  # it does not jump when figures come

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return hint.expandedTo(QSize(0, self._selection.line_height))


def _cancel_button() -> QToolButton:
    button = QToolButton()
    button.setText("Cancel")
    button.setObjectName("status.cancel")
    button.setAutoRaise(True)
    button.hide()
    QShortcut(QKeySequence(Qt.Key.Key_Escape), button).activated.connect(button.click)  # at once
    button.setToolTip("Give up this save: the file stays as it is, and every edit is kept (Esc)")
    button.clicked.connect(_nothing)
    return button


def _nothing() -> None:
    """Do nothing."""


class _Message(QLabel):
    """A sentence that ends with an ellipsis where there is no room for all of it."""

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            room,
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
        painter.end()


def _dress(label: QLabel, look: str) -> None:
    if label.property("look") != look:
        label.setProperty("look", look)
        label.style().unpolish(label)
        label.style().polish(label)


class _Link(QLabel):
    """A text that can be clicked."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    # Qt overrides

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()
