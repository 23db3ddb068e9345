"""What the program remembers of its user: recent files, the theme, where the window stood."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from neocapgui.gui.look import Theme

_REMEMBERED = 10


def user_folder() -> Path:
    """Return where the program keeps what is its own: NEOCAPGUI_HOME, or the user's folder for programs."""
    if home := os.environ.get("NEOCAPGUI_HOME"):
        return Path(home)
    from platformdirs import user_data_path

    return user_data_path("neocapgui", appauthor=False)


class Preferences:
    """The preferences, kept in a text file of the user's folder."""

    def __init__(self, folder: Path | None = None) -> None:
        """Read what was kept."""
        file = (folder or user_folder()) / "preferences.ini"
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def recent_files(self) -> tuple[Path, ...]:
        """The files opened or saved last, the latest first."""
        return tuple(Path(name) for name in self._names("recent/files"))

    def remember_file(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        others = [other for other in self.recent_files if other != path.absolute()]
        self._keep("recent/files", [str(path.absolute()), *map(str, others)][:_REMEMBERED])

    @property
    def folder(self) -> Path:
        """Where the file dialog begins: beside the file that was used last."""
        return next((path.parent for path in self.recent_files if path.parent.is_dir()), Path.home())

    @property
    def theme(self) -> Theme:
        """Light, dark, or as the system is."""
        value = str(self._settings.value("look/theme", Theme.SYSTEM.value))
        return Theme(value) if value in set(Theme) else Theme.SYSTEM

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._keep("look/theme", theme.value)

    @property
    def geometry(self) -> QByteArray:
        """Where the window stood; empty if that is not known."""
        value = self._settings.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._keep("window/geometry", geometry)

    def shows(self, panel: str) -> bool:
        """Whether the user wants to see a panel."""
        return str(self._settings.value(f"window/{panel}", "true")) == "true"

    def show(self, panel: str, is_shown: bool) -> None:
        """Remember whether the user wants to see a panel."""
        self._keep(f"window/{panel}", "true" if is_shown else "false")

    def _names(self, key: str) -> Sequence[str]:
        value = self._settings.value(key)
        if isinstance(value, str):
            return [value] if value else []
        return [str(name) for name in value] if isinstance(value, list) else []

    def _keep(self, key: str, value: object) -> None:
        self._settings.setValue(key, value)
        self._settings.sync()
