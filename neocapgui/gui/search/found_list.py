"""The list of what was found by a few letters, with the keys of commands and a sentence below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from neocapgui.figures.findables import Findable
from neocapgui.gui.looks import look
from neocapgui.gui.search.finder import Finder

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_PAD = 10
_LEAST_HEIGHT = 28


class _FoundModel(QAbstractListModel):
    """What was found, as a list."""

    def __init__(self, finder: Finder, parent: QWidget) -> None:
        super().__init__(parent)
        self._finder = finder
        self._lines: list[tuple[Findable, str, str]] = []

    def show(self, found: Sequence[Findable]) -> None:
        self.beginResetModel()
        self._lines = [(one, self._finder.keys(one), self._finder.why_not(one)) for one in found]
        self.endResetModel()

    def line(self, row: int) -> tuple[Findable, str, str]:
        """Return what a line shows: the thing, its keys, and why it cannot be done now."""
        return self._lines[row]

    # Qt overrides

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one, keys, why = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (one.title, one.kind, keys, why and f"not now: {why}") if part)
        return None


class _FoundDelegate(QStyledItemDelegate):
    """Paints a line: the title, its kind, and the keys at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, _FoundModel):
            return
        one, keys, why = model.line(index.row())
        roles, rect = look.current(), option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.color(roles.accent_ground))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), look.color(roles.accent))
        room = rect.adjusted(_PAD, 0, -_PAD, 0)
        font = QFont(option.font)
        painter.setFont(font)
        painter.setPen(look.color(roles.dim))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        metrics = painter.fontMetrics()
        said = f"{one.kind}   {keys}" if keys else one.kind
        painter.drawText(room, right, said)
        room.setRight(room.right() - metrics.horizontalAdvance(said) - 2 * _PAD)
        painter.setPen(look.color(roles.dim if why else roles.text))
        if why:
            font.setItalic(True)
            painter.setFont(font)
        title = painter.fontMetrics().elidedText(one.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), title)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, max(_LEAST_HEIGHT, option.fontMetrics.height() + 12))


class FoundList(QFrame):
    """Shows what was found; the field above it moves and chooses."""

    chosen = Signal(object)  # a Findable

    def __init__(self, finder: Finder, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._finder = finder
        self._model = _FoundModel(finder, self)
        self._view = QListView()
        self._says = QLabel()
        self._view.setObjectName("found")
        self._view.setAccessibleName("What was found")
        self._view.setModel(self._model)
        self._view.setItemDelegate(_FoundDelegate(self._view))
        self._view.setUniformItemSizes(True)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self._says.setObjectName("found.says")
        self._says.setProperty("look", "dim")
        self._says.setTextFormat(Qt.TextFormat.PlainText)
        self._says.setWordWrap(True)
        self._says.setContentsMargins(_PAD, 4, _PAD, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._view, 1)
        layout.addWidget(self._says)
        self._view.clicked.connect(lambda index: self._choose(index.row()))
        self._view.selectionModel().currentChanged.connect(lambda: self._tell())

    def seek(self, sought: str) -> int:
        """Show what fits what was typed, and return how much it is; the first line is the current one."""
        self._model.show(self._finder.found(sought))
        count = self._model.rowCount()
        if count:
            self._view.setCurrentIndex(self._model.index(0))
        self._tell(sought)
        return count

    def height_of(self, lines: int) -> int:
        """Return how high the list is with so many lines."""
        line = self._view.sizeHintForRow(0) if self._model.rowCount() else _LEAST_HEIGHT
        return lines * max(line, _LEAST_HEIGHT) + 2 * self._says.fontMetrics().height() + 24

    def press(self, key: int) -> bool:
        """Do what a key means in the list: arrows and Page keys move, Enter chooses."""
        here = self._view.currentIndex().row()
        screen = max(1, self._view.viewport().height() // max(1, self._view.sizeHintForRow(0)) - 1)
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: screen,
            Qt.Key.Key_PageUp: -screen,
        }
        if key in steps:
            count = self._model.rowCount()
            to = here + steps[Qt.Key(key)]
            to = to % count if count and abs(steps[Qt.Key(key)]) == 1 else max(0, min(count - 1, to))
            self._view.setCurrentIndex(self._model.index(to))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(here)
            return True
        return False

    def _choose(self, row: int) -> None:
        if 0 <= row < self._model.rowCount():
            one, _, why = self._model.line(row)
            if why:
                self._tell()
            else:
                self.chosen.emit(one)

    def _tell(self, sought: str = "") -> None:
        row = self._view.currentIndex().row()
        if 0 <= row < self._model.rowCount():
            one, _, why = self._model.line(row)
            self._say(self._finder.says(one), "amber_text" if why else "dim")
        else:
            self._say(f"Nothing is called “{sought.strip()}”." if sought.strip() else "", "dim")

    def _say(self, sentence: str, tone: str) -> None:
        self._says.setProperty("look", tone)
        self._says.style().unpolish(self._says)
        self._says.style().polish(self._says)
        self._says.setText(sentence)
