"""A layout that puts what stands side by side into further rows where there is too little room for one."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Wrapping(QLayout):
    """Lays its widgets out from left to right, row by row; it asks for one row and gets on with several."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 8) -> None:
        """Hold nothing yet, with no margins and the same air between widgets and between rows."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, room: QRect, is_trial: bool) -> int:
        """Put everything into some room, or only see how high it gets; return the height."""
        air = self.spacing()
        x, y, row = room.left(), room.top(), 0
        for item in self._shown():
            hint = item.sizeHint()
            wide = min(hint.width(), max(room.width(), item.minimumSize().width()))
            if x > room.left() and x + wide > room.right() + 1:
                x, y, row = room.left(), y + row + air, 0
            if not is_trial:
                item.setGeometry(QRect(x, y, wide, hint.height()))
            x += wide + air
            row = max(row, hint.height())
        return y + row - room.top()

    # Qt overrides

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, room: QRect) -> None:
        super().setGeometry(room)
        self._place(room, is_trial=False)

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._shown()]
        air = self.spacing() * max(0, len(hints) - 1)
        return QSize(sum(one.width() for one in hints) + air, max((one.height() for one in hints), default=0))

    def minimumSize(self) -> QSize:
        least = QSize()
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least
