"""A layout that puts what stands side by side into further rows where there is too little room for one."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Wrapping(QLayout):
    """Lays its widgets out from left to right, row by row; it asks for one row and gets on with several.

    What is lower than its row stands in the middle of it.
    """

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
        x, y = room.left(), room.top()
        row: list[tuple[QLayoutItem, QRect]] = []
        for item in self._shown():
            hint = item.sizeHint()
            wide = min(hint.width(), max(room.width(), item.minimumSize().width()))
            if row and x + wide > room.right() + 1:
                x, y = room.left(), y + _end(row, is_trial) + air
                row = []
            row.append((item, QRect(x, y, wide, hint.height())))
            x += wide + air
        return y + _end(row, is_trial) - room.top()

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


def _end(row: list[tuple[QLayoutItem, QRect]], is_trial: bool) -> int:
    """Put what stands in a row in the middle of its height, or only see how high it is; return that."""
    height = max((box.height() for _, box in row), default=0)
    for item, box in row if not is_trial else ():
        item.setGeometry(box.translated(0, (height - box.height()) // 2))
    return height
