"""The keys of the commands as the user has them: those of the table, or others that were given."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from neocapgui.figures.grid.contract import CONTRACT
from neocapgui.gui.actions import COMMAND, COMMANDS, MENUS, Actions, keys_of
from neocapgui.gui.preferences import Preferences

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_NATIVE = QKeySequence.SequenceFormat.NativeText
_MENU_KEYS = {
    QKeySequence(f"Alt+{title[title.index('&') + 1].upper()}").toString(): menu
    for menu, title in MENUS.items()
}


# Keys that tables know by themselves, by the number of the promise in the contract of the grid; they are
# theirs and cannot be given to a command.
_OF_TABLES = {
    1: "F2; Esc",
    3: "Return; Enter; Tab; Shift+Return; Shift+Enter; Shift+Tab",
    4: "Left; Right; Up; Down; Home; End; PgUp; PgDown; Ctrl+Left; Ctrl+Right; Ctrl+Up; Ctrl+Down; "
    "Ctrl+Home; Ctrl+End; Ctrl+A; Shift+Space; Ctrl+Space",
    11: "Ctrl+Return; Ctrl+Enter",
    17: "Alt+Return; Alt+Enter",
    21: "Alt+Down",
}


class Shortcuts(QObject):
    """Knows which keys each command has, lets them be changed, and tells every window."""

    changed = Signal(str)  # the id of the command

    def __init__(self, preferences: Preferences) -> None:
        """Read what the user has changed; what no command or no key is called so is passed over."""
        super().__init__()
        self._preferences = preferences
        self._given = {
            id: QKeySequence.listFromString(keys, _PORTABLE)
            for id, keys in preferences.changed_keys.items()
            if id in COMMAND
        }

    @classmethod
    def of(cls, preferences: Preferences) -> Shortcuts:
        """Return the one of the program that has these preferences."""
        if preferences not in _KNOWN:
            _KNOWN[preferences] = cls(preferences)
        return _KNOWN[preferences]

    def follow(self, actions: Actions) -> None:
        """Give the actions of a window their keys, now and when they change."""
        for id in self._given:
            actions.give_keys(id, self.keys(id))
        self.changed.connect(lambda id: actions.give_keys(id, self.keys(id)))

    def keys(self, id: str) -> list[QKeySequence]:
        """Return the keys of a command."""
        given = self._given.get(id)
        return keys_of(COMMAND[id]) if given is None else list(given)

    def is_changed(self, id: str) -> bool:
        """Whether the user gave a command other keys than it comes with."""
        return id in self._given

    def give(self, id: str, key: QKeySequence | None) -> None:
        """Give a command one key, or none; whichever other command had it loses it."""
        if key is not None:
            other = self.holder(key, id)
            if other:
                self._set(other, [one for one in self.keys(other) if one != key])
        self._set(id, [] if key is None else [key])

    def reset(self, id: str) -> None:
        """Give a command the keys it comes with; whoever was given one of them meanwhile loses it."""
        for key in keys_of(COMMAND[id]):
            other = self.holder(key, id)
            if other:
                self._set(other, [one for one in self.keys(other) if one != key])
        self._set(id, None)

    def reset_all(self) -> None:
        """Give every command the keys it comes with."""
        for id in tuple(self._given):
            self._set(id, None)

    def holder(self, key: QKeySequence, id: str = "") -> str:
        """Return the id of the command, other than `id`, that has a key; nothing where it is free."""
        return next((one.id for one in COMMANDS if one.id != id and key in self.keys(one.id)), "")

    def refusal(self, key: QKeySequence) -> str:
        """Return in a sentence why no command can have a key; nothing where one can."""
        shown = key.toString(_NATIVE)
        if key.count() > 1:
            return f"{shown} is {key.count()} keys one after the other; a command has one."
        for promise in CONTRACT:
            if key in QKeySequence.listFromString(_OF_TABLES.get(promise.number, ""), _PORTABLE):
                return f"{shown} is a key of all tables. {promise.gesture}: {promise.result}"
        if key.toString() in _MENU_KEYS:
            return f"{shown} opens the menu {_MENU_KEYS[key.toString()]}."
        if _is_typed(key):
            return f"{shown} alone is typed into cells: hold Ctrl or Alt with it."
        return ""

    def _set(self, id: str, keys: Sequence[QKeySequence] | None) -> None:
        if keys is None or list(keys) == keys_of(COMMAND[id]):
            self._given.pop(id, None)
        else:
            self._given[id] = list(keys)
        self._preferences.changed_keys = {
            id: QKeySequence.listToString(given, _PORTABLE) for id, given in self._given.items()
        }
        self.changed.emit(id)


_KNOWN: WeakKeyDictionary[Preferences, Shortcuts] = WeakKeyDictionary()


def shown_keys(keys: Sequence[QKeySequence]) -> str:
    """Return keys as the system writes them."""
    return ", ".join(key.toString(_NATIVE) for key in keys)


def _is_typed(key: QKeySequence) -> bool:
    """Whether a key writes a letter, a figure or a sign into a cell."""
    name = key.toString(_PORTABLE).removeprefix("Shift+")
    return len(name) == 1 or name == "Space"
