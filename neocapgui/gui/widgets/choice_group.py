"""Choices that belong together: they stay side by side, and wrap among themselves where there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from neocapgui.gui.widgets.wrapping import Wrapping


class ChoiceGroup(QWidget):
    """Holds some choices in a row that is broken only where the whole is narrower."""

    def __init__(self, choices: Sequence[QWidget], spacing: int = 8, parent: QWidget | None = None) -> None:
        """Hold the choices in their order."""
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        layout = Wrapping(self, spacing)
        for choice in choices:
            layout.addWidget(choice)

    def _ask_for_rows(self) -> None:
        """Be as high as the rows are in this width."""
        self.setMinimumHeight(self.heightForWidth(self.width()))

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask_for_rows()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # the choices ask for other room than before
            self._ask_for_rows()
        return super().event(event)
