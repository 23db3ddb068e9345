"""What the program remembers of its user: recent files, the theme, where the window stood."""

from __future__ import annotations

import json
import os
from configparser import ConfigParser, Error
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray

from neocapgui.gui.looks.look import Theme
from neocapgui.gui.looks.text_size import LEAST, MOST, NORMAL
from neocapgui.gui.user_folder import user_folder, write_private

__all__ = ["Preferences", "user_folder"]

_FILE = "preferences.ini"
_REMEMBERED = 10
_MOST = 100  # entries of the list that are read, whatever the file says
_LONGEST = 200_000  # characters of the file; ours has some thousand
_LONGEST_GEOMETRY = 2_000  # characters
_RECENT, _PINNED, _REMEMBERS = "recent.files", "recent.pinned", "recent.remember"
_KEYS, _CHOSEN, _STEPS = "keys.changed", "palette.chosen", "first.steps"
_YES, _NO = "true", "false"


class Preferences:
    """The preferences, kept in a text file of the user's folder, readable by nobody else.

    The file holds plain texts, and every one of them is looked at before it is believed. Qt's own
    QSettings is not used: it can make objects, and so run code, from what stands in its files.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Read what was kept."""
        self._file = (folder or user_folder()) / _FILE
        self._said = self._read()

    @property
    def recent_files(self) -> tuple[Path, ...]:
        """The files opened or saved: first those that were pinned, then the others, the latest first."""
        pinned = self._paths(_PINNED)
        return (*pinned, *(path for path in self._paths(_RECENT) if path not in pinned))

    def is_pinned(self, path: Path) -> bool:
        """Whether a file stays at the head of the list."""
        return path.absolute() in self._paths(_PINNED)

    def pin(self, path: Path, is_pinned: bool) -> None:
        """Keep a file at the head of the list, or let it go back among the others."""
        others = [other for other in self._paths(_PINNED) if other != path.absolute()]
        self._keep_paths(_PINNED, [*others, path.absolute()] if is_pinned else others)
        if not is_pinned:
            self.remember_file(path)

    @property
    def remembers_files(self) -> bool:
        """Whether the program keeps a list of the files used."""
        return self._said.get(_REMEMBERS, _YES) != _NO

    @remembers_files.setter
    def remembers_files(self, remembers: bool) -> None:
        self._keep(_REMEMBERS, _YES if remembers else _NO)
        if not remembers:
            self.forget_files()

    def remember_file(self, path: Path) -> None:
        """Put a file at the head of the recent ones, unless none are to be remembered."""
        if not self.remembers_files:
            return
        others = [other for other in self._paths(_RECENT) if other != path.absolute()]
        self._keep_paths(_RECENT, [path.absolute(), *others][:_REMEMBERED])

    def forget_file(self, path: Path) -> None:
        """Take one file off the list; the file itself stays."""
        for key in (_RECENT, _PINNED):
            self._keep_paths(key, [other for other in self._paths(key) if other != path.absolute()])

    def forget_files(self) -> None:
        """Take all files off the list, the pinned ones too."""
        for key in (_RECENT, _PINNED):
            self._keep_paths(key, [])

    @property
    def folder(self) -> Path:
        """Where the file dialog begins: beside the file that was used last."""
        used = (path.parent for path in (*self._paths(_RECENT), *self._paths(_PINNED)))
        return next((folder for folder in used if os.path.isdir(folder)), Path.home())

    @property
    def theme(self) -> Theme:
        """Light, dark, or as the system is."""
        value = self._said.get("look.theme", "")
        return Theme(value) if value in set(Theme) else Theme.SYSTEM

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._keep("look.theme", theme.value)

    @property
    def text_size(self) -> int:
        """How large the letters are, in percent of what the system asks for."""
        value = self._said.get("look.text", "")
        size = int(value) if value.isascii() and value.isdigit() and len(value) < 4 else NORMAL
        return size if LEAST <= size <= MOST else NORMAL

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._keep("look.text", str(percent))

    @property
    def geometry(self) -> QByteArray:
        """Where the window stood; empty if that is not known."""
        value = self._said.get("window.geometry", "")
        if len(value) > _LONGEST_GEOMETRY or not value.isascii():
            return QByteArray()
        return QByteArray.fromBase64(QByteArray(value.encode()))

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._keep("window.geometry", bytes(geometry.toBase64().data()).decode())

    def shows(self, panel: str) -> bool:
        """Whether the user wants to see a panel."""
        return self._said.get(f"window.{panel}", _YES) == _YES

    def show(self, panel: str, is_shown: bool) -> None:
        """Remember whether the user wants to see a panel."""
        self._keep(f"window.{panel}", _YES if is_shown else _NO)

    @property
    def changed_keys(self) -> dict[str, str]:
        """The keys the user has given to commands, by the id of the command, as Qt writes them anywhere."""
        return dict(self._pairs(_KEYS))

    @changed_keys.setter
    def changed_keys(self, keys: dict[str, str]) -> None:
        self._keep(_KEYS, json.dumps(sorted(keys.items())))

    @property
    def recent_commands(self) -> tuple[tuple[str, str], ...]:
        """Kind and id of the commands, pages and help topics chosen by name, the latest first."""
        return self._pairs(_CHOSEN)

    def remember_command(self, kind: str, id: str) -> None:
        """Put a command, page or help topic at the head of those chosen by name."""
        others = [one for one in self._pairs(_CHOSEN) if one != (kind, id)]
        self._keep(_CHOSEN, json.dumps([(kind, id), *others][:_REMEMBERED]))

    @property
    def first_steps(self) -> frozenset[str]:
        """The steps of the first scenario that were seen or skipped."""
        return frozenset(name for name in self._said.get(_STEPS, "").split() if name.isidentifier())

    @first_steps.setter
    def first_steps(self, steps: frozenset[str]) -> None:
        self._keep(_STEPS, " ".join(sorted(steps)))

    def _pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        try:
            pairs = json.loads(self._said.get(key, "[]"))
        except (ValueError, RecursionError):
            return ()
        if not isinstance(pairs, list):
            return ()
        return tuple(
            (pair[0], pair[1])
            for pair in pairs[:_MOST]
            if isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)
        )

    def _paths(self, key: str) -> tuple[Path, ...]:
        try:
            names = json.loads(self._said.get(key, "[]"))
        except (ValueError, RecursionError):
            return ()
        if not isinstance(names, list):
            return ()
        texts = [name for name in names[:_MOST] if isinstance(name, str) and name and "\0" not in name]
        return tuple(dict.fromkeys(path for path in map(Path, texts) if path.is_absolute()))

    def _keep_paths(self, key: str, paths: list[Path]) -> None:
        self._keep(key, json.dumps([str(path) for path in paths]))

    def _read(self) -> dict[str, str]:
        """Return what the file says as `section.name`; nothing where it is not a file of texts."""
        parser = ConfigParser(interpolation=None, strict=False)
        if not os.path.isfile(self._file):  # at a pipe one would wait for ever
            return {}
        try:
            with self._file.open(encoding="utf-8", errors="replace") as file:
                parser.read_string(file.read(_LONGEST))
        except (OSError, Error, ValueError):
            return {}
        said = ((part, name, text) for part in parser.sections() for name, text in parser.items(part))
        return {
            f"{part}.{name}": text
            for part, name, text in said
            if part.isidentifier() and name.isidentifier() and "\n" not in text
        }

    def _keep(self, key: str, value: str) -> None:
        """Write one thing beside what another running program may have written meanwhile."""
        self._said = {**self._said, **self._read(), key: value}
        parts: dict[str, list[str]] = {}
        for place, text in sorted(self._said.items()):
            part, _, name = place.partition(".")
            parts.setdefault(part, [f"[{part}]"]).append(f"{name} = {text}")
        with suppress(OSError):  # what cannot be remembered is asked again
            write_private(self._file, "\n".join(line for lines in parts.values() for line in (*lines, "")))
