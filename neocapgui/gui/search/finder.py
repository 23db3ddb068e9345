"""What a window can find by a few letters, and what happens when it is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from neocapgui.engine.finding import Place
from neocapgui.figures.findables import Findable, Index, contradictions, day_typed, entries, named
from neocapgui.gui.actions import COMMAND, COMMANDS, Actions
from neocapgui.gui.findings_watch import FindingsWatch
from neocapgui.gui.help.topics import GLOSSARY, TOPICS, glossary
from neocapgui.gui.preferences import Preferences
from neocapgui.gui.session import Session
from neocapgui.gui.tables.cell_commands import BY_ID
from neocapgui.gui.tables.focused_table import table_around

_REMEMBERED = 10
_KEPT_KINDS = ("command", "page", "help", "glossary")  # names from a scenario stay inside it
_NO_CELL = "No cell of a table has the focus."


class Finder(QObject):
    """Finds commands, pages, help, and what the session of the window has; carries out what is chosen."""

    went_to = Signal(object)  # a Place
    help_wanted = Signal(str)  # a topic, or topic#anchor

    def __init__(self, actions: Actions, preferences: Preferences, parent: QObject) -> None:
        """Find among the actions of a window."""
        super().__init__(parent)
        self._actions = actions
        self._preferences = preferences
        self._session: Session | None = None
        self._index: Index | None = None
        self._indexed: tuple[object, object] = (None, None)
        self.typed_in: QWidget | None = None  # what had the focus before something was looked for
        self._recent: list[tuple[str, Any]] = list(preferences.recent_commands)

    def begin_in(self, widget: QWidget | None) -> QWidget | None:
        """Note what had the focus, and return where it goes back to: of an open cell, its table."""
        self.typed_in = table_around(widget) or widget
        return self.typed_in

    def search_in(self, session: Session) -> None:
        """Find also what is in a session."""
        self._session = session

    def found(self, sought: str) -> Sequence[Findable]:
        """Return what fits what was typed, the best first."""
        index, session = self._ready(), self._session
        if session is None:
            return index.best(sought, self._recent)
        lines = entries(session.ledger, session.lens, sought, session.style)
        return [*day_typed(sought, session.style), *index.best(sought, self._recent, lines)]

    def keys(self, one: Findable) -> str:
        """Return the first keys of a command or page."""
        if one.key not in self._actions.by_id:
            return ""
        return self._actions[one.key].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def says(self, one: Findable) -> str:
        """Return a sentence about what will happen, or why it cannot."""
        why = self.why_not(one)
        if why:
            return f"Not now: {why}"
        return COMMAND[one.key].help if one.key in COMMAND else _SAYS.get(one.kind, "")

    def why_not(self, one: Findable) -> str:
        """Return why a command cannot be done now; nothing where it can, or where it is something else."""
        if one.key not in self._actions.by_id:
            return ""
        if one.key in BY_ID and table_around(self.typed_in) is None:
            return self._actions.why_not(one.key) or _NO_CELL
        return self._actions.why_not(one.key)

    def choose(self, one: Findable) -> None:
        """Do the command, go to the place, look at the day or open the help."""
        self._remember(one)
        if one.kind in ("help", "glossary"):
            self.help_wanted.emit(one.key)
        elif one.kind == "day" and self._session is not None:
            self._session.look_on(one.key)
        elif isinstance(one.key, Place):
            self.went_to.emit(one.key)
        elif one.key in self._actions.by_id:
            self._actions[one.key].trigger()

    def _remember(self, one: Findable) -> None:
        which = (one.kind, one.key)
        self._recent = [which, *(other for other in self._recent if other != which)][:_REMEMBERED]
        if one.kind in _KEPT_KINDS:
            self._preferences.remember_command(one.kind, one.key)

    def _ready(self) -> Index:
        """Return the index, made anew only where the ledger or its findings have moved."""
        session = self._session
        ledger = None if session is None else session.ledger
        findings = () if session is None else FindingsWatch.of(session).findings
        if self._index is None or self._indexed[0] is not ledger or self._indexed[1] is not findings:
            in_session: tuple[Findable, ...] = ()
            if session is not None:
                in_session = (*named(session.ledger), *contradictions(findings, session.style))
            self._index = Index((*_ALWAYS, *_help(), *in_session))
            self._indexed = (ledger, findings)
        return self._index


_SAYS = {
    "company": "Goes to the company.",
    "holder": "Goes to the holder, and explains the holdings.",
    "security": "Goes to the security, and explains its terms.",
    "transaction": "Goes to the entry in the ledger.",
    "finding": "Goes to the place of the finding.",
    "help": "Opens the help there.",
    "glossary": "Opens the glossary there.",
    "day": "Shows every page as of this day.",
}
_PAGE = "Page"
_ALWAYS = tuple(
    Findable("page", command.id, command.title, command.menu)
    if command.menu == _PAGE
    else Findable("command", command.id, command.title, f"{command.menu} {command.help}")
    for command in sorted(COMMANDS, key=lambda command: command.menu != _PAGE)
)


def _help() -> tuple[Findable, ...]:
    topics = tuple(Findable("help", topic.name, topic.title, "help") for topic in TOPICS)
    terms = tuple(Findable("glossary", f"{GLOSSARY}#{one.anchor}", one.name) for one in glossary())
    return (*topics, *terms)
