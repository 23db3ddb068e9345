"""A row of buttons of which exactly one is down: it chooses what is shown beneath."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from neocapgui.gui.widgets.choice_group import ChoiceGroup


class Switch(ChoiceGroup):
    """Chooses among a few views by their titles."""

    chosen = Signal(str)  # the name of a view

    def __init__(self, views: Mapping[str, str], about: str, parent: QWidget | None = None) -> None:
        """Offer views, each a name with its title; the first is chosen."""
        buttons = {name: _button(name, title) for name, title in views.items()}
        super().__init__(tuple(buttons.values()), parent=parent)
        self._buttons = buttons
        self.setAccessibleName(about)
        self._group = QButtonGroup(self)
        for button in self._buttons.values():
            self._group.addButton(button)
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


def _button(name: str, title: str) -> QToolButton:
    button = QToolButton()
    button.setText(title)
    button.setObjectName(f"view.{name}")
    button.setCheckable(True)
    button.setToolTip(f"Show “{title}”. Ctrl+Page Down goes on to the next view.")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
