"""What the actions of a window do to how everything looks: the theme, and how large the letters are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from neocapgui.gui.actions import Actions
from neocapgui.gui.looks.look import Look, Theme
from neocapgui.gui.looks.text_size import NORMAL, larger, smaller
from neocapgui.gui.preferences import Preferences


class LookCommands(QObject):
    """Carries out the actions that change the look, remembers the choice, and keeps its checks true."""

    def __init__(self, actions: Actions, look: Look, preferences: Preferences, parent: QObject) -> None:
        """Connect the actions of a window to the look of the program."""
        super().__init__(parent)
        self._actions, self._look, self._preferences = actions, look, preferences
        commands: dict[str, Callable[[], None]] = {
            **{f"view.{theme}": self._for_theme(theme) for theme in Theme},
            "view.larger": lambda: self._enlarge(larger(look.text_size)),
            "view.smaller": lambda: self._enlarge(smaller(look.text_size)),
            "view.normal_size": lambda: self._enlarge(NORMAL),
        }
        for id, command in commands.items():
            actions[id].triggered.connect(lambda _=False, command=command: command())
        look.changed.connect(self._tell)
        self._tell()

    def _for_theme(self, theme: Theme) -> Callable[[], None]:
        def choose() -> None:
            self._preferences.theme = theme
            self._look.choose(theme)

        return choose

    def _enlarge(self, text_size: int) -> None:
        self._preferences.text_size = text_size
        self._look.enlarge(text_size)

    def _tell(self) -> None:
        """Check the theme that was chosen."""
        self._actions[f"view.{self._look.theme}"].setChecked(True)
