"""A row of buttons of which exactly one is down: it chooses what is shown beneath."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QWidget

from neocapgui.gui.widgets.wrapping import Wrapping


class Switch(QWidget):
    """Chooses among a few views by their titles."""

    chosen = Signal(str)  # the name of a view

    def __init__(self, views: Mapping[str, str], about: str, parent: QWidget | None = None) -> None:
        """Offer views, each a name with its title; the first is chosen."""
        super().__init__(parent)
        self.setAccessibleName(about)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        layout = Wrapping(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for name, title in views.items():
            button = QToolButton()
            button.setText(title)
            button.setObjectName(f"view.{name}")
            button.setCheckable(True)
            button.setToolTip(f"Show “{title}”. Ctrl+Page Down goes on to the next view.")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button)
            self._buttons[name] = button
            layout.addWidget(button)
        self.current = next(iter(views))
        self._buttons[self.current].setChecked(True)
        self._group.buttonClicked.connect(self._take)

    def offers(self, name: str) -> bool:
        """Whether there is a view of that name."""
        return name in self._buttons

    def choose(self, name: str) -> None:
        """Choose a view."""
        self._buttons[name].setChecked(True)
        if name != self.current:
            self.current = name
            self.chosen.emit(name)

    def step(self, way: int) -> None:
        """Choose the next view, or the one before for −1; after the last comes the first."""
        names = list(self._buttons)
        self.choose(names[(names.index(self.current) + way) % len(names)])

    def _take(self, pressed: QToolButton) -> None:
        self.choose(next(name for name, button in self._buttons.items() if button is pressed))

    def _ask_for_rows(self) -> None:
        """Be as high as the rows are in this width, also where there is too little room for it."""
        self.setMinimumHeight(self.heightForWidth(self.width()))

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask_for_rows()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # the buttons ask for other room than before
            self._ask_for_rows()
        return super().event(event)
