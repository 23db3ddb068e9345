"""Which key of a table does what."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from neocapgui.gui.tables.cell_commands import CellCommands
from neocapgui.gui.tables.steps import Steps

Key = Qt.Key
Do = Callable[[], object]
_NONE = Qt.KeyboardModifier.NoModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def command_for(event: QKeyEvent, commands: CellCommands, steps: Steps, edit: Do, choose: Do) -> Do | None:
    """Return what a key does to the cells; `edit` opens the current one, `choose` with its list."""
    standard: dict[QKeySequence.StandardKey, Do] = {
        QKeySequence.StandardKey.Cut: commands.cut,
        QKeySequence.StandardKey.Copy: commands.copy,
        QKeySequence.StandardKey.Paste: commands.paste,
    }
    for known, command in standard.items():
        if event.matches(known):
            return command
    own: dict[tuple[Qt.Key, Qt.KeyboardModifier], Do] = {
        (Key.Key_F2, _NONE): edit,
        (Key.Key_Down, _ALT): choose,
        (Key.Key_Delete, _NONE): commands.clear,
        (Key.Key_Minus, _CONTROL): commands.remove_lines,
        (Key.Key_D, _CONTROL): commands.fill_down,
        (Key.Key_R, _CONTROL): commands.fill_right,
        (Key.Key_Semicolon, _CONTROL): commands.enter_today,
        (Key.Key_Space, _SHIFT): steps.select_lines,
        (Key.Key_Space, _CONTROL): steps.select_columns,
    }
    return own.get((Key(event.key()), event.modifiers() & ~_KEYPAD))


def begins_typing(event: QKeyEvent) -> bool:
    """Whether a key is a letter that opens a cell."""
    return bool(event.text()) and event.text().isprintable() and not event.modifiers() & _CONTROL
