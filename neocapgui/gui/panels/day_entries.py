"""The entries of one day in a small list above the timeline; Enter or a click goes to an entry."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from neocapgui.gui.widgets.plain_text import tip

_WIDEST = 460  # pixels
_AIR = 28
_SEEN = 9  # lines without scrolling
MOST = 200  # entries of a day that are listed


class DayEntries(QFrame):
    """Pops up above a place, and goes away when an entry is chosen or something else is clicked."""

    chosen = Signal(int)  # the id of a transaction

    def __init__(self, parent: QWidget) -> None:
        """Stand ready."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("timeline.entries")
        self.setProperty("look", "panel")
        self.says = QLabel()
        self.says.setProperty("look", "dim")
        self.says.setTextFormat(Qt.TextFormat.PlainText)
        self.list = QListWidget()
        self.list.setObjectName("timeline.entries.list")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setUniformItemSizes(True)
        self.setFocusProxy(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.says)
        layout.addWidget(self.list)
        self.list.itemClicked.connect(self._choose)

    def show_entries(self, says: str, entries: Sequence[tuple[int, str]], above: QPoint) -> None:
        """List entries (id, text) under a sentence; the list ends above a place of the screen."""
        self.says.setText(says)
        self.list.setAccessibleName(says)
        self.list.clear()
        for id, text in entries:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, id)
            item.setToolTip(tip(text))
            self.list.addItem(item)
        self.list.setVisible(bool(entries))
        self.list.setCurrentRow(0)
        self._fit(above)
        self.show()
        (self.list if entries else self).setFocus(Qt.FocusReason.PopupFocusReason)

    def _fit(self, above: QPoint) -> None:
        metrics = self.list.fontMetrics()
        said = (self.says.text(), *(self.list.item(row).text() for row in range(self.list.count())))
        width = min(_WIDEST, max(metrics.horizontalAdvance(text) for text in said) + 2 * _AIR)
        lines = min(_SEEN, self.list.count())
        self.list.setFixedHeight(lines * max(self.list.sizeHintForRow(0), 1) + 10)
        height = self.says.sizeHint().height() + 16 + (self.list.height() + 6 if lines else 0)
        self.resize(QSize(width, height))
        screen = self.screen().availableGeometry()
        left = max(screen.left(), min(above.x() - width // 2, screen.right() - width))
        self.move(left, max(screen.top(), above.y() - height))

    def _choose(self, item: QListWidgetItem) -> None:
        self.close()
        self.chosen.emit(int(item.data(Qt.ItemDataRole.UserRole)))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.list.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if item is None:
                self.close()
            else:
                self._choose(item)
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
