"""The heading of a page: its noun, and under it the dim line that says issuer, basis and day."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from neocapgui.gui.plain_text import tip


class PageHeading(QWidget):
    """A title with a dim line under it, and controls at the right."""

    def __init__(
        self,
        title: str,
        subtitle: str = "",
        controls: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Show the texts beside the controls."""
        super().__init__(parent)
        self._title, self._subtitle = FittedLabel("heading"), FittedLabel("dim")
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._title)
        texts.addWidget(self._subtitle)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(texts, 1)
        for control in controls:
            layout.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
        self.show_texts(title, subtitle)

    def show_texts(self, title: str, subtitle: str = "") -> None:
        """Show another title and another line under it."""
        self._title.show_text(title)
        self._subtitle.show_text(subtitle)
        self._subtitle.setVisible(bool(subtitle))


class FittedLabel(QLabel):
    """One line of text that ends with an ellipsis where there is no room; the whole is its tool tip."""

    def __init__(self, look: str, parent: QWidget | None = None) -> None:
        """Show nothing yet, in one of the looks of the style sheet."""
        super().__init__(parent)
        self._whole = ""
        self.setProperty("look", look)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def _fit(self) -> None:
        room = self.contentsRect().width()
        fitting = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(fitting)
        self.setToolTip("" if fitting == self._whole else tip(self._whole))

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
