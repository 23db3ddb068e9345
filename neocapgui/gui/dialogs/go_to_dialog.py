"""Going to a holder, a security, an entry or a day by a few letters."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from neocapgui.figures.findables import Findable, Index, day_typed, entries, named
from neocapgui.figures.kinds import Kind, shown
from neocapgui.gui.session import Session

_SIZE = (520, 380)
_MOVING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_WORDS = {"transaction": "entry"}
_EXAMPLE = date(2001, 8, 31)


class GoToDialog(QDialog):
    """Lists what fits as letters are typed; Enter goes to what is marked."""

    chosen = Signal(object)  # a Findable

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """List what there is in a session."""
        super().__init__(parent)
        self._session = session
        self._index = Index(named(session.ledger))
        self._found: list[Findable] = []
        self._text, self._list = QLineEdit(), QListWidget()
        self.setObjectName("dialog.go_to")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Go to")
        self.resize(*_SIZE)
        about = QLabel("A holder, a company, a security, an entry of a round or notice, or a day:")
        about.setProperty("look", "dim")
        self._text.setObjectName("go_to.text")
        self._text.setAccessibleName("Go to")
        day = shown(Kind.DATE, _EXAMPLE, session.style)
        self._text.setPlaceholderText(f"A part of a name, a figure, or {day}")
        self._list.setObjectName("go_to.found")
        self._list.setAccessibleName("What fits")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        for widget in (about, self._text, self._list):
            layout.addWidget(widget)
        self._text.textEdited.connect(self._offer)
        self._text.installEventFilter(self)
        self._list.itemActivated.connect(self.accept)
        self._offer()
        self._text.setFocus()

    def _offer(self) -> None:
        session, sought = self._session, self._text.text()
        days = day_typed(sought, session.style)
        lines = entries(session.ledger, session.lens, sought, session.style)
        self._found = [*days, *self._index.best(sought, (), lines)]
        self._list.clear()
        for one in self._found:
            self._list.addItem(QListWidgetItem(f"{one.title}  ·  {_WORDS.get(one.kind, one.kind)}"))
        self._list.setCurrentRow(0 if self._found else -1)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVING:
            self._list.event(event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)

    def accept(self) -> None:
        place = self._list.currentRow()
        if 0 <= place < len(self._found):
            super().accept()
            self.chosen.emit(self._found[place])
