"""The line in which a cell is typed: it completes names as they are begun and lists what can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from neocapgui.figures.choices import completed, narrowed
from neocapgui.figures.kinds import NUMBERS, Kind
from neocapgui.figures.newcomers import Holders
from neocapgui.figures.tables import Column
from neocapgui.gui.tables.popup_list import popup_list

_EDGE = 8  # pixels of the list around its names
_WIDEST = 480
_SHOWN = 12  # lines of the list that are seen at once
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_GOING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class CellEditor(QLineEdit):
    """Opened by typing it replaces what stood there and the arrows leave it; after F2 they move in it."""

    left = Signal(int, int)  # a key of the list ends typing and goes so many rows down, columns right

    def __init__(
        self, parent: QWidget, key: Any, names: Sequence[str] | None, may_be_new: bool = False
    ) -> None:
        """Edit the line known by `key`; `names` are what can be chosen, unless a name `may_be_new`."""
        super().__init__(parent)
        self.setObjectName("cell_editor")
        self.key = key
        self.is_filled = False  # whether it shows what stood in the cell
        self.is_in_place = False  # whether the arrows move the caret
        self.is_for_all = False  # whether the text goes into all selected cells
        self.names = names
        self._may_be_new = may_be_new
        self._is_choosing = False  # whether a name of the list was gone to, and not only offered
        self._before = ""  # the text before the last letter
        self._list: QCompleter | None = None
        self._popup = popup_list()
        self._cell, self._room = QRect(), 0
        self.textChanged.connect(self._grow)
        if names is not None:
            self._list = self._made_list()
            self.textEdited.connect(self._follow)

    @classmethod
    def of(cls, column: Column, parent: QWidget, key: Any) -> CellEditor:
        """Return the line in which a cell of a column is typed, with what can be chosen there."""
        names = None if column.choices is None else list(column.choices.names())
        if names is None and column.kind is Kind.FLAG:
            names = ["Yes", "No"]
        editor = cls(parent, key, names, isinstance(column.choices, Holders))
        editor.setAccessibleName(column.title)
        if column.kind in NUMBERS:
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        return editor

    @property
    def is_listing(self) -> bool:
        """Whether the list of choices is open."""
        return self._popup.isVisible()

    @property
    def offered(self) -> list[str]:
        """What the list of choices shows now."""
        model = None if self._list is None else self._list.model()
        return model.stringList() if isinstance(model, QStringListModel) else []

    def list_all(self) -> None:
        """Open the list of all choices, with the present one marked."""
        if self.names is None or self._list is None:
            return
        text = self.text()
        self._offer(list(self.names))
        self._is_choosing = True
        self._mark(list(self.names).index(text) if text in self.names else 0)
        self.selectAll()

    def resume(self, text: str, caret: int, is_in_place: bool) -> None:
        """Go on typing where another line was left."""
        self.is_filled, self.is_in_place = True, is_in_place
        self._before = text
        self.setText(text)
        self.setCursorPosition(caret)

    def hide_list(self) -> None:
        """Close the list of choices."""
        self._popup.hide()

    def stand_in(self, cell: QRect, room: int) -> None:
        """Stand in a cell, and over those beside it as far as the text needs and there is room, in pixels."""
        self._cell, self._room = QRect(cell), room  # a copy: what it is part of does not live on
        self._grow()

    def _grow(self) -> None:
        needed = self.fontMetrics().horizontalAdvance(self.text()) + 3 * _EDGE
        room = QRect(self._cell)
        room.setWidth(max(room.width(), min(needed, self._room)))
        room.moveLeft(max(min(0, room.left()), min(room.left(), self._room - room.width())))
        if self._cell.isValid():
            self.setGeometry(room)

    def _made_list(self) -> QCompleter:
        chooser = QCompleter(QStringListModel(self), self)
        chooser.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        chooser.setMaxVisibleItems(_SHOWN)
        chooser.setWrapAround(self._may_be_new)  # then no name is marked, and what was typed is meant
        chooser.setPopup(self._popup)
        chooser.setWidget(self)
        chooser.activated.connect(self._take)
        self._popup.installEventFilter(self)
        return chooser

    def _follow(self, text: str) -> None:
        """Narrow the list to what was typed, and complete the name that it begins."""
        is_longer = len(text) > len(self._before) and self.cursorPosition() == len(text)
        self._before = text
        found = narrowed(self.names or (), text) if text.strip() else []
        if found and found != [text]:
            self._offer(found)
            if self._may_be_new:  # what is typed is meant, whoever's name it stands in
                self._popup.setCurrentIndex(QModelIndex())
            else:
                self._mark(max(0, self._popup.currentIndex().row()))
        else:
            self.hide_list()
        rest = completed(self.names or (), text) if is_longer else ""
        if rest:
            self.setText(text + rest)
            self.setSelection(len(text) + len(rest), -len(rest))

    def _offer(self, names: list[str]) -> None:
        if self._list is None:
            return
        model = self._list.model()
        if isinstance(model, QStringListModel):
            model.setStringList(names)
        self._is_choosing = False
        self._list.complete(self._list_room())

    def _mark(self, at: int) -> None:
        """Mark a name for good: one that is only offered would swallow the first arrow."""
        if self._list is not None:
            self._popup.setCurrentIndex(self._list.completionModel().index(at, 0))

    def _list_room(self) -> QRect:
        """Return where the list opens, as wide as its names and scroll bar need."""
        bar = self._popup.verticalScrollBar().sizeHint().width()
        wide = self._popup.sizeHintForColumn(0) + bar + 2 * _EDGE
        room = self.rect()
        room.setWidth(min(_WIDEST, max(room.width(), wide)))
        return room

    def _take(self, name: str) -> None:
        self.setText(name)
        self.left.emit(0, 0)

    def _leave_list(self, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
        """Let Tab and Enter in the open list take what is marked, or else what was typed.

        Enter stays in the cell of a name that was gone to in the list; after typing it goes on as ever.
        """
        marked = self._popup.currentIndex()
        is_marked = marked.isValid()
        if is_marked:
            self.setText(str(marked.data()))
        self.hide_list()
        self.is_for_all = key in _ENTER and bool(held & Qt.KeyboardModifier.ControlModifier)
        if key in _TABS:
            self.left.emit(0, _TABS[key])
        elif (is_marked and self._is_choosing) or self.is_for_all:
            self.left.emit(0, 0)
        else:
            self.left.emit(-1 if held & Qt.KeyboardModifier.ShiftModifier else 1, 0)

    # Qt overrides

    def eventFilter(self, popup: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.is_listing:
            key, held = Qt.Key(event.key()), event.modifiers()
            if key in _ENTER or key in _TABS:
                self._leave_list(key, held)
                return True
            self._is_choosing |= key in _GOING
        return super().eventFilter(popup, event)
