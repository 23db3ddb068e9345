"""The page of a window without a scenario: begin one, open one, or look at a sample."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from neocapgui.gui.recovery import KEPT_DAYS, Leftover
from neocapgui.gui.start.lines import INDENT, Line, beside
from neocapgui.gui.widgets.choice_group import ChoiceGroup

_WIDTH = 860


class StartPage(QScrollArea):
    """Offers what can be done first."""

    file_wanted = Signal(object)  # a Path
    recovery_wanted = Signal(object)  # a Leftover
    changes_wanted = Signal(object)  # a Leftover of which to show what changed
    discard_wanted = Signal(object)  # a Leftover
    back_wanted = Signal(object)  # a Leftover that was discarded
    deletion_wanted = Signal(object)  # a Leftover that was discarded
    pin_wanted = Signal(object, bool)  # a Path, and whether it is to stay at the head
    forget_wanted = Signal(object)  # a Path
    remember_wanted = Signal(bool)  # whether recent files are to be remembered
    sample_wanted = Signal(str)

    def __init__(
        self, new: QAction, open: QAction, clear: QAction, first: QAction, parent: QWidget | None = None
    ) -> None:
        """Offer the actions of the window."""
        super().__init__(parent)
        self.setObjectName("page.start")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._said = _text("", "red")
        self._said.setObjectName("start.said")
        self._said.hide()
        self._left, self._recent, self._samples, self._gone = (QVBoxLayout() for _ in range(4))
        self._left_heading = _text("NOT SAVED", "section")
        self._left_heading.hide()
        self._remember = QCheckBox("Remember recent files")
        self._remember.setObjectName("start.remember")
        self._clear = QPushButton("Clear list")
        self._clear.setObjectName("start.clear")
        self._clear.setToolTip(clear.toolTip())
        self._clear.clicked.connect(clear.trigger)
        self._remember.clicked.connect(self.remember_wanted)
        self._show_gone = QPushButton()
        self._show_gone.setObjectName("start.discarded")
        self._show_gone.setCheckable(True)
        self._show_gone.toggled.connect(self._open_gone)
        self._show_gone.hide()
        self._gone_lines = QWidget()
        self._gone_lines.setLayout(self._gone)
        self._gone_lines.hide()
        self._lay_out(new, open, first)

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
            line = _leftover_line(leftover, "leftover")
            line.clicked.connect(lambda leftover=leftover: self.recovery_wanted.emit(leftover))
            changes = (
                "What changed…",
                "Show the edits that are in no file.",
                _sent(self.changes_wanted, leftover),
            )
            discard = (
                "Discard…",
                f"Put this work aside; it can be brought back for {KEPT_DAYS} days.",
                _sent(self.discard_wanted, leftover),
            )
            self._left.addWidget(beside(line, (discard,) if leftover.trouble else (changes, discard)))
        self._left_heading.setVisible(self._left.count() > 0)

    def show_discarded(self, discarded: Iterable[Leftover]) -> None:
        """List work that was discarded and can be brought back."""
        _emptied(self._gone)
        for leftover in discarded:
            line = _leftover_line(leftover, "discarded")
            line.clicked.connect(_sent(self.back_wanted, leftover))
            bring = ("Bring back", "Offer this work again.", _sent(self.back_wanted, leftover))
            delete = ("Delete now…", "Delete this work for good.", _sent(self.deletion_wanted, leftover))
            self._gone.addWidget(beside(line, (bring, delete)))
        count = self._gone.count()
        self._show_gone.setText(f"Discarded work ({count})")
        self._show_gone.setToolTip(
            f"Work that was discarded in the last {KEPT_DAYS} days can be brought back."
        )
        self._show_gone.setVisible(count > 0)
        self._open_gone(count > 0 and self._show_gone.isChecked())

    def show_recent(self, paths: Iterable[Path], pinned: Iterable[Path], remembers: bool) -> None:
        """List the files used last; one that is not there any more says so."""
        _emptied(self._recent)
        heads = set(pinned)
        for path in paths:
            self._recent.addWidget(self._recent_line(path, path in heads))
        count = self._recent.count()
        if not count:
            will = "What you open or save will be listed here." if remembers else "No list of files is kept."
            self._recent.addWidget(_text(will, "dim"))
        self._remember.setChecked(remembers)
        self._clear.setVisible(count > 0)

    def show_samples(self, samples: Iterable[tuple[str, str]]) -> None:
        """List the samples by name and title; they open as copies."""
        _emptied(self._samples)
        for name, title in samples:
            line = Line(title, "opens as a copy of its own")
            line.setObjectName(f"sample.{name}")
            line.clicked.connect(lambda name=name: self.sample_wanted.emit(name))
            self._samples.addWidget(line)

    def _recent_line(self, path: Path, is_pinned: bool) -> QWidget:
        is_there = os.path.isfile(path)  # also where a disk is out of reach
        line = Line(path.name, str(path.parent) if is_there else "is not there any more")
        line.setObjectName("recent")
        line.setEnabled(is_there)
        line.clicked.connect(lambda: self.file_wanted.emit(path))
        pin = (
            "Unpin" if is_pinned else "Pin",
            "Let it go among the others." if is_pinned else "Keep it at the head of the list.",
            lambda: self.pin_wanted.emit(path, not is_pinned),
        )
        forget = ("Remove", "Take it off the list; the file stays.", lambda: self.forget_wanted.emit(path))
        return beside(line, (pin, forget))

    def _open_gone(self, is_open: bool) -> None:
        self._gone_lines.setVisible(is_open)

    def _lay_out(self, new: QAction, open: QAction, first: QAction) -> None:
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
        buttons = list[QWidget]()
        for action, title in (
            (new, "New scenario"),
            (open, "Open a scenario…"),
            (first, "First scenario, step by step"),
        ):
            button = QPushButton(title)
            button.setAutoDefault(True)  # Enter presses it as well as the space bar
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)
            buttons.append(button)
        column.addWidget(ChoiceGroup((*buttons, self._show_gone)))
        column.addWidget(self._gone_lines)
        self._gone.setContentsMargins(0, 0, 0, 0)
        recent = QWidget()
        across = QHBoxLayout(recent)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(_text("RECENT", "section"), 1)
        across.addWidget(self._remember)
        across.addWidget(self._clear)
        for heading, layout in (
            (self._left_heading, self._left),
            (recent, self._recent),
            (_text("SAMPLES", "section"), self._samples),
        ):
            column.addSpacing(6)
            column.addWidget(heading)
            layout.setSpacing(2)
            layout.setContentsMargins(-INDENT, 0, 0, 0)  # their texts stand under the heading
            column.addLayout(layout)
        column.addSpacing(10)
        column.addWidget(_text("A scenario is one file. Drop one anywhere on this window to open it.", "dim"))
        ground = QWidget()
        ground.setProperty("look", "ground")
        outer = QHBoxLayout(ground)
        outer.setContentsMargins(0, 24, 0, 24)
        outer.addStretch(1)
        outer.addWidget(sheet, 8, Qt.AlignmentFlag.AlignVCenter)
        outer.addStretch(1)
        self.setWidget(ground)


def _leftover_line(leftover: Leftover, name: str) -> Line:
    never = "" if leftover.trouble else "Never saved to a file."
    below = [(leftover.place or never, "dim"), (leftover.warning or leftover.trouble, "amber_text")]
    line = Line(leftover.name, leftover.note, [(text, look) for text, look in below if text])
    line.setObjectName(name)
    return line


def _sent(signal: SignalInstance, leftover: Leftover) -> Callable[[], None]:
    return lambda: signal.emit(leftover)


def _text(text: str, look: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("look", look)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _emptied(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
