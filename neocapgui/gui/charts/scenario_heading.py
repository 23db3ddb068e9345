"""The name of a scenario above its chart, and dimly what its file is known again by."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from neocapgui.gui.widgets.page_heading import FittedLabel


class ScenarioHeading(QWidget):
    """One line; what has no room ends with an ellipsis."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Name nothing yet."""
        super().__init__(parent)
        self._title, self._source = FittedLabel("strong"), FittedLabel("dim")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._title, 1)
        layout.addWidget(self._source, 1)

    @property
    def text(self) -> str:
        """What is said, whole."""
        return "  ·  ".join(filter(None, (self._title.accessibleName(), self._source.accessibleName())))

    def show_texts(self, title: str, source: str) -> None:
        """Name another scenario."""
        self._title.show_text(title)
        self._source.show_text(source)
        self._fit()

    def _fit(self) -> None:
        self._title.setMaximumWidth(self._title.wanted_width() + 1)

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # of a label whose letters have changed
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
