"""The page of a window without a scenario: begin one, open one, or look at a sample."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from neocapgui.gui.recovery import Leftover

_WIDTH = 760
_INDENT = 9


class StartPage(QWidget):
    """Offers what can be done first."""

    file_wanted = Signal(object)  # a Path
    recovery_wanted = Signal(object)  # a Leftover
    discard_wanted = Signal(object)  # a Leftover
    sample_wanted = Signal(str)

    def __init__(self, new: QAction, open: QAction, parent: QWidget | None = None) -> None:
        """Offer the actions of the window."""
        super().__init__(parent)
        self.setObjectName("page.start")
        self._said = _text("", "red")
        self._said.setObjectName("start.said")
        self._said.hide()
        self._left, self._recent, self._samples = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._left_heading = _text("NOT SAVED", "section")
        self._left_heading.hide()
        sheet = QFrame()
        sheet.setProperty("look", "panel")
        sheet.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(34, 30, 34, 30)
        column.setSpacing(12)
        column.addWidget(_text("neocapgui", "figure"))
        column.addWidget(
            _text(
                "Who owns what of a group of companies, on any day, with the source of every figure.", "dim"
            )
        )
        column.addWidget(self._said)
        column.addSpacing(6)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for action, title in ((new, "New scenario"), (open, "Open a scenario…")):
            button = QPushButton(title)
            button.clicked.connect(action.trigger)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        for heading, layout in (
            (self._left_heading, self._left),
            (_text("RECENT", "section"), self._recent),
            (_text("SAMPLES", "section"), self._samples),
        ):
            column.addSpacing(6)
            column.addWidget(heading)
            layout.setSpacing(2)
            layout.setContentsMargins(-_INDENT, 0, 0, 0)  # their texts stand under the heading
            column.addLayout(layout)
        column.addSpacing(10)
        column.addWidget(_text("A scenario is one file. Drop one anywhere on this window to open it.", "dim"))
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(sheet, 6)
        across.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 24, 0, 24)
        outer.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(2)

    def say(self, sentence: str, is_trouble: bool) -> None:
        """Say what is going on, or why a file could not be opened."""
        self._said.setProperty("look", "red" if is_trouble else "dim")
        self._said.style().unpolish(self._said)
        self._said.style().polish(self._said)
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))

    def show_leftovers(self, leftovers: Iterable[Leftover]) -> None:
        """List work that was not saved when the program ended."""
        _emptied(self._left)
        for leftover in leftovers:
            line = _Line(leftover.name, leftover.note)
            line.setObjectName("leftover")
            line.clicked.connect(lambda leftover=leftover: self.recovery_wanted.emit(leftover))
            discard = QPushButton("Discard")
            discard.clicked.connect(lambda _=False, leftover=leftover: self.discard_wanted.emit(leftover))
            across = QHBoxLayout()
            across.addWidget(line, 1)
            across.addWidget(discard)
            self._left.addLayout(across)
        self._left_heading.setVisible(self._left.count() > 0)

    def show_recent(self, paths: Iterable[Path]) -> None:
        """List the files used last; one that is not there any more says so."""
        _emptied(self._recent)
        count = 0
        for path in paths:
            count += 1
            is_there = path.is_file()
            line = _Line(path.name, str(path.parent) if is_there else "is not there any more")
            line.setEnabled(is_there)
            line.clicked.connect(lambda path=path: self.file_wanted.emit(path))
            self._recent.addWidget(line)
        if not count:
            self._recent.addWidget(_text("What you open or save will be listed here.", "dim"))

    def show_samples(self, samples: Iterable[tuple[str, str]]) -> None:
        """List the samples by name and title; they open as copies."""
        _emptied(self._samples)
        for name, title in samples:
            line = _Line(title, "opens as a copy of its own")
            line.setObjectName(f"sample.{name}")
            line.clicked.connect(lambda name=name: self.sample_wanted.emit(name))
            self._samples.addWidget(line)


def _text(text: str, look: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("look", look)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _emptied(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        within, widget = item.layout(), item.widget()
        if within is not None:
            _emptied(within)
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class _Line(QFrame):
    """A title with a dim note beside it, as one thing to press."""

    clicked = Signal()

    def __init__(self, title: str, note: str) -> None:
        super().__init__()
        self.setProperty("look", "line")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{title}, {note}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_INDENT, 6, _INDENT, 6)
        name, about = QLabel(title), QLabel(note)
        name.setProperty("look", "medium")
        about.setProperty("look", "dim")
        about.setMinimumWidth(0)
        about.setToolTip(note)
        layout.addWidget(name)
        layout.addSpacing(10)
        layout.addWidget(about, 1)

    # Qt overrides

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
