"""A text of several lines that asks for all of them, so that nothing around it cuts the last one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget


class WrappedLabel(QLabel):
    """Plain text in one of the looks of the style sheet, at least as high as its lines at this width."""

    def __init__(self, look: str, least: int = 0, parent: QWidget | None = None) -> None:
        """Show nothing yet; there are `least` pixels of height at any time, so that nothing moves."""
        super().__init__(parent)
        self._least = least
        self.setProperty("look", look)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        self._ask_for_lines()

    def ask_for(self, least: int) -> None:
        """Have so many pixels of height at any time."""
        self._least = least
        self._ask_for_lines()

    def _ask_for_lines(self) -> None:
        self.setMinimumHeight(max(self._least, self.heightForWidth(self.width()) if self.text() else 0))

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask_for_lines()
