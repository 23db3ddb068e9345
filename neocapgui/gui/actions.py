"""Every command of the window in one table: menus, buttons, search and shortcut list are made from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from neocapgui.engine.lens import Basis
from neocapgui.figures.guided.guides import GUIDES
from neocapgui.gui.menu_letters import MenuLetters
from neocapgui.gui.page_register import PAGES

Key = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its stable id, its title, the menu it stands in, a sentence of help and its keys."""

    id: str  # becomes the objectName of the QAction; never changes
    title: str  # with “…” where it asks for something before it is done
    menu: str
    help: str
    keys: QKeySequence.StandardKey | str | None = None
    choice: str = ""  # the group of which exactly one is checked
    is_checkable: bool = False
    needs_scenario: bool = True
    begins_part: bool = False  # a line stands above it in the menu
    more_keys: str = ""  # beside those that the system knows
    why_not: str = ""  # why it cannot be done just now, although a scenario is open

    @property
    def path(self) -> tuple[str, ...]:
        """The menu in which it stands, and the menu inside that, where it stands in one."""
        return (self.menu, *(title for title, ids in SUBMENUS.items() if self.id in ids))


def _file(name: str, title: str, help: str, keys: Key | str | None = None, needs: bool = True) -> Command:
    return Command(f"file.{name}", title, "File", help, keys, needs_scenario=needs)


def _edit(name: str, title: str, help: str, keys: Key | str | None = None, part: bool = False) -> Command:
    return Command(f"edit.{name}", title, "Edit", help, keys, begins_part=part)


def _help(name: str, title: str, help: str, keys: Key | str | None = None, part: bool = False) -> Command:
    return Command(f"help.{name}", title, "Help", help, keys, needs_scenario=False, begins_part=part)


def _basis(basis: Basis, title: str, help: str, keys: str) -> Command:
    begins_part = basis is Basis.OUTSTANDING
    return Command(f"lens.{basis}", title, "View", help, keys, choice="basis", begins_part=begins_part)


def _theme(name: str, title: str, help: str, part: bool = False) -> Command:
    return Command(
        f"view.{name}", title, "View", help, choice="theme", needs_scenario=False, begins_part=part
    )


def _text(name: str, title: str, help: str, keys: str) -> Command:
    return Command(f"view.{name}", title, "View", help, keys, needs_scenario=False)


NO_SCENARIO = "No scenario is open."
MENUS = {  # with the letter that opens each while Alt is held
    "File": "&File",
    "Edit": "&Edit",
    "Entry": "E&ntry",
    "View": "&View",
    "Page": "&Page",
    "Document": "&Document",
    "Help": "&Help",
}
SUBMENUS = {  # menus inside the menus, so that each is seen whole in a small window; commands by their ids
    "Export": ("chart.export", "table.export_csv", "file.export_pdf"),
    "History": ("history.revoke", "history.go_back", "history.do_again"),
    "Copy as": ("edit.copy_with_heads", "chart.copy"),
    "Fill": ("edit.fill_down", "edit.fill_right", "edit.today"),
    "Find and replace": ("edit.find", "edit.find_next", "edit.find_previous", "edit.replace"),
    "Shares counted": (*(f"lens.{basis}" for basis in Basis), "lens.planned"),
    "Day looked at": ("lens.previous_event", "lens.next_event", "timeline.play", "lens.go_to_date"),
    "Table": ("view.filter", "view.problems", "view.all_lines", "view.columns"),
    "Chart": ("chart.table", "chart.compare", "chart.stop_comparing"),
    "Theme": ("view.system", "view.light", "view.dark", "view.contrast"),
    "Text size": ("view.larger", "view.smaller", "view.normal_size"),
}

COMMANDS: tuple[Command, ...] = (
    _file("new", "New", "Start an empty scenario.", Key.New, needs=False),
    _file("open", "Open…", "Open a saved scenario.", Key.Open, needs=False),
    _file("save", "Save", "Replace the file by the scenario as it stands, checked.", Key.Save),
    _file("save_as", "Save as…", "Save under another name, and go on with that file.", "Ctrl+Shift+S"),
    _file("save_copy", "Save a copy…", "Save a copy beside, and go on with this file."),
    Command(
        "chart.export",
        "Export chart…",
        "File",
        "Save the chart in front as SVG, PNG or PDF.",
        "Ctrl+Shift+X",
        begins_part=True,
    ),
    Command(
        "table.export_csv",
        "Export table…",
        "File",
        "Save the table in front as CSV, as it is sorted and filtered, for a spreadsheet.",
    ),
    Command(
        "file.export_pdf",
        "Export page as PDF…",
        "File",
        "Save the page in front with its tables and charts as PDF.",
    ),
    _file("print_preview", "Print preview", "See how the page in front would be printed."),
    _file("print", "Print…", "Print the page in front with its tables and charts.", Key.Print),
    Command(
        "file.revert",
        "Revert to saved…",
        "File",
        "Go back to the file as it was saved last; a version is kept.",
        why_not="Nothing has been edited since the scenario was saved, or it was never saved.",
    ),
    Command(
        "file.clear_recent",
        "Clear recent files",
        "File",
        "Take all files off the list; the files stay.",
        needs_scenario=False,
        why_not="There are no recent files.",
    ),
    Command(
        "file.close", "Close", "File", "Close this window.", Key.Close, needs_scenario=False, begins_part=True
    ),
    _file("quit", "Quit", "Close all windows.", "Ctrl+Q", needs=False),
    Command(
        "edit.undo",
        "Undo",
        "Edit",
        "Take the last edit back, also one from before the program was closed.",
        Key.Undo,
        why_not="Nothing has been edited yet.",
    ),
    Command(
        "edit.redo",
        "Redo",
        "Edit",
        "Do again what was taken back last.",
        Key.Redo,
        more_keys="Ctrl+Y; Ctrl+Shift+Z",
        why_not="Nothing was taken back.",
    ),
    Command(
        "history.revoke",
        "Revoke this edit…",
        "Edit",
        "Take back one edit of the history with what stands on it, and leave all others.",
    ),
    Command(
        "history.go_back",
        "Go back to before this edit",
        "Edit",
        "Take back the chosen edit of the history and everything after it.",
    ),
    Command(
        "history.do_again",
        "Do again up to here",
        "Edit",
        "Do again what was taken back, up to the chosen edit of the history.",
    ),
    _edit("cut", "Cut", "Copy the selected cells and empty them.", Key.Cut, True),
    _edit("copy", "Copy", "Copy the selected cells as text that a spreadsheet understands.", Key.Copy),
    _edit(
        "copy_with_heads",
        "Copy with heads",
        "Copy the selected cells with the heads of their columns above them.",
        "Ctrl+Shift+C",
    ),
    Command(
        "chart.copy",
        "Copy chart",
        "Edit",
        "Copy the chart in front as picture, SVG and PDF, with its figures as a table.",
        "Ctrl+Alt+C",
    ),
    _edit("paste", "Paste", "Type what was copied from the selected cell on, as one edit.", Key.Paste),
    _edit("paste_adding", "Paste as new lines", "Type what was copied into new lines.", "Ctrl+Shift+V"),
    _edit("clear", "Clear cells", "Empty the selected cells; lines stay.", "Del"),
    _edit("fill_down", "Fill down", "Repeat the first selected line below it.", "Ctrl+D", True),
    _edit("fill_right", "Fill right", "Repeat the first selected column beside it.", "Ctrl+R"),
    _edit("today", "Enter today's date", "Type today's date into the selected cells.", "Ctrl+;"),
    _edit("remove_lines", "Remove lines", "Remove the selected lines from the record.", "Ctrl+-"),
    _edit(
        "find", "Find in this table…", "Find words, figures or days in the table in front.", "Ctrl+F", True
    ),
    _edit("find_next", "Find next", "Go to the next cell in which it stands.", "F3"),
    _edit("find_previous", "Find previous", "Go to the cell before in which it stands.", "Shift+F3"),
    _edit("replace", "Replace…", "Replace in the table in front; every change is shown before.", "Ctrl+H"),
    _edit("go_to", "Go to…", "Go to a holder, a security, an entry or a day by a few letters.", "Ctrl+G"),
    Command(
        "palette.open",
        "Go to or do anything…",
        "Edit",
        "Find commands, pages, companies, holders, securities, entries, findings and help by a few letters.",
        "Ctrl+Shift+P",
        needs_scenario=False,
    ),
    *(
        Command(f"entry.{guide.name}", f"{guide.title}…", "Entry", guide.help, begins_part=guide.begins_part)
        for guide in GUIDES
    ),
    Command("view.group", "Group and pages", "View", "Show or hide the left panel.", "F9", is_checkable=True),
    Command("view.inspector", "Inspector", "View", "Show or hide the right panel.", "F10", is_checkable=True),
    Command("view.next_area", "Next area", "View", "Go on to the next part of the window.", "F6"),
    Command(
        "view.next_view",
        "Next view",
        "View",
        "Show the next of the views named above the table, as a spreadsheet goes to its next sheet.",
        "Ctrl+PgDown",
    ),
    Command(
        "view.previous_view",
        "Previous view",
        "View",
        "Show the view before among those named above the table.",
        "Ctrl+PgUp",
    ),
    Command(
        "view.explain",
        "Explain this figure",
        "View",
        "Show where the figure under the cursor comes from, down to its entries and their sources.",
        "F4; Ctrl+Shift+E",
        begins_part=True,
    ),
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
    ),
    Command(
        "lens.next_event", "Next event", "View", "Go to the next day on which something happened.", "Ctrl+."
    ),
    Command(
        "timeline.play",
        "Play the timeline",
        "View",
        "Go from event to event until the last one; once more stops.",
        "Ctrl+Shift+.",
        is_checkable=True,
    ),
    Command(
        "lens.go_to_date",
        "Go to date…",
        "View",
        "Type the day to look at into the as-of field.",
        "Ctrl+Shift+G",
    ),
    Command(
        "view.filter",
        "Sort and filter…",
        "View",
        "Sort and filter by the current column; the facts stay as they are.",
        "Ctrl+Shift+L",
    ),
    Command("view.problems", "Lines with problems", "View", "Show only lines with findings or refused text."),
    Command("view.all_lines", "All lines, as stored", "View", "Take sorting and filters away."),
    Command("view.columns", "Columns…", "View", "Choose which columns are shown, and in which order."),
    Command(
        "chart.table", "Figures of the chart", "View", "Show the figures behind the chart in front.", "F8"
    ),
    Command(
        "chart.compare",
        "Compare with scenario…",
        "View",
        "Show the chart of the same company in another scenario below this one.",
    ),
    Command("chart.stop_comparing", "Stop comparing", "View", "Show the chart of this scenario alone again."),
    _theme("system", "As the system", "Wear light or dark as the system does.", part=True),
    _theme("light", "Light", "Dark letters on light ground."),
    _theme("dark", "Dark", "Light letters on dark ground."),
    _theme("contrast", "High contrast", "Letters, edges and focus that stand out as far as they can."),
    _text("larger", "Larger text", "Make all text larger, up to twice its size.", "Alt++; Ctrl++"),
    _text("smaller", "Smaller text", "Make all text smaller, down to four fifths of its size.", "Alt+-"),
    _text("normal_size", "Normal text", "Show all text in the size that the system asks for.", "Alt+0"),
    *(
        Command(f"page.{page.name}", page.title, "Page", page.help, f"Ctrl+{number % 10}", choice="page")
        for number, page in enumerate(PAGES, 1)
    ),
    Command(
        "document.check",
        "Check",
        "Document",
        "Check structure, seal, references, accounting, terms and published counts, and show every outcome.",
    ),
    Command(
        "document.versions",
        "Versions",
        "Document",
        "See what the scenario was when it was saved and while you worked, compare it, open it as a copy.",
    ),
    _help(
        "topic", "Help on this", "Read about the page, column or field that has the focus.", Key.HelpContents
    ),
    _help("contents", "Contents", "Read about the program, topic by topic; nothing is fetched from outside."),
    _help("glossary", "Glossary", "Look up a word of the field or of the program."),
    _help("first_scenario", "First scenario", "Be led through the first scenario, step by step.", part=True),
    _help("shortcuts", "Commands and shortcuts", "List every command with its keys, and change them."),
    _help(
        "problems",
        "Open the problem log",
        "Show the folder where the program notes its own mistakes.",
        part=True,
    ),
    _help(
        "diagnostics",
        "Copy diagnostics",
        "Copy versions, settings and counts for whoever looks after the program; no names and no amounts.",
    ),
    _help("about", "About neocapgui", "Show the version and the licences."),
)
COMMAND = {command.id: command for command in COMMANDS}


class Actions(QObject):
    """The table as actions of one window."""

    def __init__(self, window: QObject) -> None:
        """Make an action of each command."""
        super().__init__(window)
        self._groups: dict[str, QActionGroup] = {}
        self._has_scenario = False
        self.by_id: dict[str, QAction] = {}
        for command in COMMANDS:
            self.by_id[command.id] = self._made(command)

    def __getitem__(self, id: str) -> QAction:
        return self.by_id[id]

    def allow(self, has_scenario: bool) -> None:
        """Enable what can be done with or without a scenario on the screen."""
        self._has_scenario = has_scenario
        for command in COMMANDS:
            self.by_id[command.id].setEnabled(has_scenario or not command.needs_scenario)
            self._tell(command)

    def why_not(self, id: str) -> str:
        """Return in a sentence why a command cannot be done now; nothing where it can."""
        command = COMMAND[id]
        if self.by_id[id].isEnabled():
            return ""
        if command.needs_scenario and not self._has_scenario:
            return NO_SCENARIO
        return command.why_not or "There is nothing for it to act on just now."

    def give_keys(self, id: str, keys: Sequence[QKeySequence]) -> None:
        """Give a command other keys; its tool tip names the first."""
        action = self.by_id[id]
        action.setShortcuts(list(keys))
        action.setToolTip(_tip(COMMAND[id], action))

    def fill(self, bar: QMenuBar, within: Mapping[str, Sequence[QMenu]]) -> None:
        """Put every action into its menu; `within` are submenus that stand behind an action, by its id."""
        menus: dict[tuple[str, ...], QMenu] = {}
        for command in COMMANDS:
            menu = menus.get(command.path[:1])
            if menu is None:
                menu = menus[command.path[:1]] = bar.addMenu(MENUS[command.menu])
                menu.setObjectName(menu_name(command.path[:1]))
            inside = menus.get(command.path)
            if command.begins_part:
                (inside or menu).addSeparator()
            if inside is None:
                inside = menus[command.path] = menu.addMenu(command.path[-1])
                inside.setObjectName(menu_name(command.path))
            inside.addAction(self.by_id[command.id])
            for submenu in within.get(command.id, ()):
                inside.addMenu(submenu)
        titles = {self.by_id[command.id]: command.title for command in COMMANDS}
        for menu in menus.values():
            MenuLetters(menu, titles)

    def _made(self, command: Command) -> QAction:
        action = QAction(command.title, self)
        action.setObjectName(command.id)
        action.setShortcuts(keys_of(command))
        action.setToolTip(_tip(command, action))
        action.setStatusTip(command.help)
        action.changed.connect(lambda: self._tell(command))
        action.setWhatsThis(command.help)
        action.setCheckable(command.is_checkable or bool(command.choice))
        if command.choice:
            group = self._groups.get(command.choice)
            if group is None:
                group = self._groups[command.choice] = QActionGroup(self)
            group.addAction(action)
        return action

    def _tell(self, command: Command) -> None:
        """Let the status line say what a command does, or why it cannot be done."""
        if command.id in self.by_id:
            says = self.why_not(command.id) or command.help
            action = self.by_id[command.id]
            if action.statusTip() != says:
                action.setStatusTip(says)


def menu_name(path: Sequence[str]) -> str:
    """Return what a menu is called as an object.

    >>> menu_name(("View", "Text size"))
    'menu.view.text_size'
    """
    return ".".join(("menu", *path)).lower().replace(" ", "_")


def _tip(command: Command, action: QAction) -> str:
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
