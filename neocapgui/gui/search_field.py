"""The search field: pages and commands, companies, holders and securities by a part of their name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from neocapgui.engine.finding import Place
from neocapgui.figures.choices import names_of
from neocapgui.gui.actions import COMMANDS
from neocapgui.gui.session import Session
from neocapgui.gui.tables.popup_list import popup_list
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import TABLES

_KINDS = ((Issuer, "company"), (Security, "security"), (Stakeholder, "holder"))
_SHOWN = 14
_WIDE = 400  # pixels of the list


class SearchField(QLineEdit):
    """Finds by a part of a name; Enter takes the first that fits."""

    went_to = Signal(object)  # a Place

    def __init__(
        self, session: Session, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        """Search in a session and among the actions of its window."""
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self._targets: dict[str, Callable[[], None]] = {}
        self._searched: object = None
        self._names = QStringListModel(self)
        self.setObjectName("search")
        self.setAccessibleName("Search or run a command")
        keys = actions["edit.find"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setPlaceholderText(f"Search   {keys}")
        self.setMinimumWidth(150)
        self.setMaximumWidth(270)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(_SHOWN)
        self._popup = popup_list()
        completer.setPopup(self._popup)
        completer.setWidget(self)
        completer.activated.connect(self._go)
        self._completer = completer
        self.textEdited.connect(self._offer)
        self.returnPressed.connect(self._go_first)

    def _collect(self) -> None:
        """List what can be found; names are read anew only when the ledger has moved."""
        ledger = self._session.ledger
        if self._searched is ledger:
            return
        self._searched = ledger
        targets: dict[str, Callable[[], None]] = {}
        for command in COMMANDS:
            kind = "page" if command.menu == "Page" else "command"
            targets[f"{command.title}  ·  {kind}"] = self._actions[command.id].trigger
        for fact, kind in _KINDS:
            for id, name in names_of(ledger, fact).items():
                targets[f"{name}  ·  {kind}"] = self._going(Place(TABLES[fact], id))
        self._targets = targets
        self._names.setStringList(list(targets))

    def _offer(self, sought: str) -> None:
        """Open the list of what fits, wide enough for long names."""
        self._completer.setCompletionPrefix(sought)
        if sought:
            self._completer.complete(QRect(self.width() - _WIDE, 0, _WIDE, self.height()))
        else:
            self._popup.hide()

    def _going(self, place: Place) -> Callable[[], None]:
        return lambda: self.went_to.emit(place)

    def _go(self, text: str) -> None:
        target = self._targets.get(text)
        if target is not None:
            self.clear()
            self.clearFocus()
            target()

    def _go_first(self) -> None:
        sought = self.text().casefold()
        if sought:
            found = [text for text in self._targets if sought in text.casefold()]
            self._go(min(found, key=lambda text: not text.casefold().startswith(sought), default=""))

    # Qt overrides

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._collect()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._collect()
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
        else:
            super().keyPressEvent(event)
