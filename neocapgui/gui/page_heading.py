"""The heading of a page: its noun, and under it the dim line that says issuer, basis and day."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget


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
        self._title = QLabel()
        self._title.setProperty("look", "heading")
        self._subtitle = QLabel()
        self._subtitle.setProperty("look", "dim")
        for label in (self._title, self._subtitle):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setMinimumWidth(0)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
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
        self._title.setText(title)
        self._title.setAccessibleName(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setToolTip(subtitle)
        self._subtitle.setVisible(bool(subtitle))
