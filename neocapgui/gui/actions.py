"""Every command of the window in one table: menus, buttons, search and shortcut list are made from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from neocapgui.engine.lens import Basis
from neocapgui.gui.page_register import PAGES

Key = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its stable id, its title, the menu it stands in, a sentence of help and its keys."""

    id: str  # becomes the objectName of the QAction; never changes
    title: str
    menu: str
    help: str
    keys: QKeySequence.StandardKey | str | None = None
    choice: str = ""  # the group of which exactly one is checked
    is_checkable: bool = False
    needs_scenario: bool = True
    begins_part: bool = False  # a line stands above it in the menu
    more_keys: str = ""  # beside those that the system knows


def _file(name: str, title: str, help: str, keys: Key | str | None = None, needs: bool = True) -> Command:
    return Command(f"file.{name}", title, "File", help, keys, needs_scenario=needs)


def _edit(name: str, title: str, help: str, keys: Key | str | None = None, part: bool = False) -> Command:
    return Command(f"edit.{name}", title, "Edit", help, keys, begins_part=part)


def _basis(basis: Basis, title: str, help: str, keys: str) -> Command:
    begins_part = basis is Basis.OUTSTANDING
    return Command(f"lens.{basis}", title, "View", help, keys, choice="basis", begins_part=begins_part)


def _theme(name: str, title: str, help: str, part: bool = False) -> Command:
    return Command(
        f"view.{name}", title, "View", help, choice="theme", needs_scenario=False, begins_part=part
    )


COMMANDS: tuple[Command, ...] = (
    _file("new", "New", "Start an empty scenario.", Key.New, needs=False),
    _file("open", "Open…", "Open a saved scenario.", Key.Open, needs=False),
    _file("save", "Save", "Replace the file by the scenario as it stands, checked.", Key.Save),
    _file("save_as", "Save as…", "Save under another name, and go on with that file.", "Ctrl+Shift+S"),
    _file("save_copy", "Save a copy…", "Save a copy beside, and go on with this file."),
    Command(
        "file.close", "Close", "File", "Close this window.", Key.Close, needs_scenario=False, begins_part=True
    ),
    _file("quit", "Quit", "Close all windows.", "Ctrl+Q", needs=False),
    _edit("undo", "Undo", "Take the last edit back, also one from before the program was closed.", Key.Undo),
    Command(
        "edit.redo",
        "Redo",
        "Edit",
        "Do again what was taken back last.",
        Key.Redo,
        more_keys="Ctrl+Y; Ctrl+Shift+Z",
    ),
    _edit("copy", "Copy", "Copy the selected cells as text that a spreadsheet understands.", Key.Copy, True),
    _edit("paste", "Paste", "Type what was copied from the selected cell on, as one edit.", Key.Paste),
    _edit("clear", "Clear cells", "Empty the selected cells; lines stay.", "Del"),
    _edit("fill_down", "Fill down", "Repeat the first selected line below it.", "Ctrl+D", True),
    _edit("fill_right", "Fill right", "Repeat the first selected column beside it.", "Ctrl+R"),
    _edit("today", "Enter today's date", "Type today's date into the selected cells.", "Ctrl+;"),
    _edit("remove_lines", "Remove lines", "Remove the selected lines from the record.", "Ctrl+-", True),
    _edit(
        "find",
        "Search",
        "Go to a page, a holder or a security, or run a command.",
        "Ctrl+F; Ctrl+Shift+P",
        True,
    ),
    Command("view.group", "Group and pages", "View", "Show or hide the left panel.", "F9", is_checkable=True),
    Command("view.inspector", "Inspector", "View", "Show or hide the right panel.", "F10", is_checkable=True),
    Command("view.next_area", "Next area", "View", "Go on to the next part of the window.", "F6"),
    _basis(Basis.OUTSTANDING, "Outstanding", "Count the shares that are in somebody's hand.", "Alt+1"),
    _basis(Basis.VOTING, "Voting", "Count votes.", "Alt+2"),
    _basis(Basis.AS_CONVERTED, "As converted", "Count convertibles as what they turn into.", "Alt+3"),
    _basis(Basis.FULLY_DILUTED, "Fully diluted", "Count everything that can become a share.", "Alt+4"),
    Command(
        "lens.planned",
        "Planned events",
        "View",
        "Count planned events as if they had happened.",
        "Alt+5",
        is_checkable=True,
        begins_part=True,
    ),
    Command(
        "lens.previous_event",
        "Previous event",
        "View",
        "Go to the last day before on which something happened.",
        "Ctrl+,",
        begins_part=True,
    ),
    Command(
        "lens.next_event", "Next event", "View", "Go to the next day on which something happened.", "Ctrl+."
    ),
    _theme("system", "As the system", "Wear light or dark as the system does.", part=True),
    _theme("light", "Light", "Dark letters on light ground."),
    _theme("dark", "Dark", "Light letters on dark ground."),
    *(
        Command(f"page.{page.name}", page.title, "Page", page.help, f"Ctrl+{number % 10}", choice="page")
        for number, page in enumerate(PAGES, 1)
    ),
    Command(
        "help.shortcuts",
        "Commands and shortcuts",
        "Help",
        "List every command with its keys.",
        Key.HelpContents,
        needs_scenario=False,
    ),
    Command(
        "help.problems",
        "Open the problem log",
        "Help",
        "Show the folder where the program notes its own mistakes.",
        needs_scenario=False,
    ),
    Command(
        "help.about", "About neocapgui", "Help", "Show the version and the licences.", needs_scenario=False
    ),
)
COMMAND = {command.id: command for command in COMMANDS}


class Actions(QObject):
    """The table as actions of one window."""

    def __init__(self, window: QObject) -> None:
        """Make an action of each command."""
        super().__init__(window)
        self._groups: dict[str, QActionGroup] = {}
        self.by_id = {command.id: self._made(command) for command in COMMANDS}

    def __getitem__(self, id: str) -> QAction:
        return self.by_id[id]

    def allow(self, has_scenario: bool) -> None:
        """Enable what can be done with or without a scenario on the screen."""
        for command in COMMANDS:
            self.by_id[command.id].setEnabled(has_scenario or not command.needs_scenario)

    def fill(self, bar: QMenuBar, within: Mapping[str, Sequence[QMenu]]) -> None:
        """Put every action into its menu; `within` are submenus that stand behind an action, by its id."""
        menus: dict[str, QMenu] = {}
        for command in COMMANDS:
            menu = menus.get(command.menu)
            if menu is None:
                menu = menus[command.menu] = bar.addMenu(f"&{command.menu}")
                menu.setObjectName(f"menu.{command.menu.lower()}")
            if command.begins_part:
                menu.addSeparator()
            menu.addAction(self.by_id[command.id])
            for submenu in within.get(command.id, ()):
                menu.addMenu(submenu)

    def _made(self, command: Command) -> QAction:
        action = QAction(command.title, self)
        action.setObjectName(command.id)
        action.setToolTip(self._tip(command, action))
        action.setWhatsThis(command.help)
        action.setCheckable(command.is_checkable or bool(command.choice))
        if command.choice:
            group = self._groups.get(command.choice)
            if group is None:
                group = self._groups[command.choice] = QActionGroup(self)
            group.addAction(action)
        return action

    def _tip(self, command: Command, action: QAction) -> str:
        action.setShortcuts(keys_of(command))
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return f"{command.help} ({keys})" if keys else command.help


def keys_of(command: Command) -> list[QKeySequence]:
    """Return the key sequences of a command on this system."""
    if command.keys is None:
        return []
    if isinstance(command.keys, str):
        return QKeySequence.listFromString(command.keys)
    known = list(QKeySequence.keyBindings(command.keys))
    more = QKeySequence.listFromString(command.more_keys) if command.more_keys else []
    return known + [key for key in more if key not in known]
