"""The figures of a selection in the status line; each is a button that copies it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

if TYPE_CHECKING:
    from neocapgui.figures.grid.selected import SummaryFigure


_AIR = 2
_ORDER = ("Count", "Sum", "Average", "Min", "Max", "Value", "Cells")
_GIVING_WAY = ("Min", "Max", "Average", "Count")  # where there is little room


class SelectionFigures(QWidget):
    """Count, sum, average, least and greatest of what is selected."""

    copied = Signal(str)  # a sentence

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setObjectName("status.selection")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._figures: dict[str, SummaryFigure] = {}
        self._buttons: dict[str, QToolButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_AIR)
        layout.addStretch(1)
        for name in _ORDER:
            button = self._buttons[name] = QToolButton()
            button.setText(name)
            button.setObjectName(f"status.{name.lower()}")
            button.setProperty("look", "flat")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, name=name: self._copy(name))
            layout.addWidget(button)
        self.hide()

    @property
    def line_height(self) -> int:
        """The pixels that the figures need from top to bottom, also while there are none."""
        return max(button.sizeHint().height() for button in self._buttons.values())

    def show_figures(self, figures: Sequence[SummaryFigure]) -> None:
        """Show the figures of another selection."""
        self._figures = {one.name: one for one in figures}
        for name, one in self._figures.items():
            button = self._buttons[name]
            button.setText(f"{name} {one.shown}")
            button.setToolTip(f"Copy {one.plain}")
            button.setAccessibleName(f"{name} of the selection: {one.shown}; copy")
        self.setVisible(bool(figures))
        self._fit()

    def _copy(self, name: str) -> None:
        figure = self._figures.get(name)
        if figure is not None:
            QGuiApplication.clipboard().setText(figure.plain)
            self.copied.emit(f"{name} copied: {figure.plain}")

    def _fit(self) -> None:
        """Show as many as have room; the sum stays longest."""
        shown = [name for name in _ORDER if name in self._figures]
        widths = {name: self._buttons[name].sizeHint().width() + _AIR for name in shown}
        for name in _GIVING_WAY:
            if sum(widths[one] for one in shown) <= self.width():
                break
            shown = [one for one in shown if one != name]
        for name, button in self._buttons.items():
            button.setVisible(name in shown)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
