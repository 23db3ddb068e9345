"""A table that, while it has no line, offers the step which would give it one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from neocapgui.engine.finding import Place
from neocapgui.gui.tables.table_panel import TablePanel


class Offering(QWidget):
    """Shows a table panel, and under its sentence for an empty table the button that leads on."""

    went_to = Signal(object)  # a Place

    def __init__(self, panel: TablePanel, parent: QWidget | None = None) -> None:
        """Stand around a panel."""
        super().__init__(parent)
        self._place: Place | None = None
        self._button = QPushButton()
        self._button.clicked.connect(self._go)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(12)
        self._layout.addWidget(panel, 1)
        self._layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self._layout.addStretch(0)
        self._button.hide()

    def offer(self, step: str, place: Place, is_needed: bool) -> None:
        """Offer to go to a place while there is need for it."""
        self._place = place
        self._button.setText(step)
        self._button.setVisible(is_needed)
        self._layout.setStretch(0, 0 if is_needed else 1)
        self._layout.setStretch(2, 1 if is_needed else 0)

    def _go(self) -> None:
        if self._place is not None:
            self.went_to.emit(self._place)
