"""The search field of the top bar: a list of what fits opens below it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from neocapgui.figures.findables import Findable
from neocapgui.gui.search.finder import Finder
from neocapgui.gui.search.found_list import FoundList

_LINES = 12  # of the list, where there is room
_WIDE = 520  # pixels
_EDGES = 22  # pixels of the field beside its text


class FindLine(QLineEdit):
    """A field that hands the keys of a list on to the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hand nothing on yet."""
        super().__init__(parent)
        self.press: Callable[[int], bool] = lambda key: False
        self.leave: Callable[[], None] = lambda: None
        self.lose: Callable[[], None] = lambda: None

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif not self.press(event.key()):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.lose()


class SearchField(FindLine):
    """Stands in the top bar; its list opens when something is typed."""

    def __init__(self, finder: Finder, keys: str, parent: QWidget | None = None) -> None:
        """Search in what a window can find; `keys` open the palette."""
        super().__init__(parent)
        self._finder = finder
        self._list: FoundList | None = None
        self._before: QWidget | None = None
        self.setObjectName("search")
        self.setAccessibleName("Search or run a command")
        self._keys = keys
        self.setMinimumWidth(150)
        self.setMaximumWidth(270)
        self.press = self._press
        self.leave = self._leave
        self.lose = self._hide
        self.textEdited.connect(self._offer)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._note_focus)

    def _note_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is self:
            self._before = self._finder.begin_in(before)

    def _offer(self, sought: str) -> None:
        if not sought.strip():
            self._hide()
            return
        window = self.window()
        if self._list is None:
            self._list = FoundList(self._finder, window)
            self._list.setProperty("look", "panel")
            self._list.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self._list.chosen.connect(self._choose)
        found = self._list.seek(sought)
        right = self.mapTo(window, QPoint(self.width(), self.height() + 4))
        high = min(self._list.height_of(max(1, min(found, _LINES))), window.height() - right.y() - 20)
        self._list.setGeometry(max(8, right.x() - _WIDE), right.y(), _WIDE, high)
        self._list.show()
        self._list.raise_()

    def _press(self, key: int) -> bool:
        is_open = self._list is not None and self._list.isVisible()
        return is_open and self._list is not None and self._list.press(key)

    def _choose(self, one: Findable) -> None:
        self._leave()
        self._finder.choose(one)

    def _leave(self) -> None:
        """Go back to where typing went on before."""
        self.clear()
        self._hide()
        self.clearFocus()
        with suppress(RuntimeError):  # it is not there any more
            if self._before is not None and self._before.isVisible():
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hide(self) -> None:
        if self._list is not None:
            self._list.hide()

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        whole = f"Search   {self._keys}"
        has_room = self.fontMetrics().horizontalAdvance(whole) + _EDGES < self.width()
        self.setPlaceholderText(whole if self._keys and has_room else "Search")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.text():
            self._offer(self.text())
