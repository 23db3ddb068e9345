"""The palette: a field over the window, by which everything is gone to or done with a few letters."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from neocapgui.figures.findables import Findable
from neocapgui.gui.search.finder import Finder
from neocapgui.gui.search.found_list import FoundList
from neocapgui.gui.search.search_field import FindLine

_LINES = 12  # of the list, where there is room
_WIDE, _TOP = 660, 56  # pixels: its width, and how far below the top of the window it stands


class Palette(QFrame):
    """Stands over the window while something is looked for; what was in use before is in use again after."""

    def __init__(self, finder: Finder, window: QWidget) -> None:
        """Stand over a window, hidden."""
        super().__init__(window)
        self._finder = finder
        self._before: QWidget | None = None
        self._field = FindLine()
        self._list = FoundList(finder)
        self.setObjectName("palette")
        self.setProperty("look", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._field.setObjectName("palette.field")
        self._field.setAccessibleName("Go to or do anything")
        self._field.setPlaceholderText("Go to or do anything: a few letters, a day, a figure, a certificate")
        self._field.press = self._list.press
        self._field.leave = self.leave
        self._field.lose = self.hide
        self._field.textChanged.connect(self._seek)
        self._list.chosen.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 6)
        layout.setSpacing(6)
        layout.addWidget(self._field)
        layout.addWidget(self._list, 1)
        self.hide()

    def open(self) -> None:
        """Ask what to go to or do; the list begins with what was chosen lately."""
        if not self.isVisible():
            self._before = self._finder.begin_in(self.window().focusWidget())
        self._field.clear()
        self._seek("")
        self.show()
        self.raise_()
        self.window().installEventFilter(self)
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Go back to what was in use before."""
        before, self._before = self._before, None
        self.hide()
        with suppress(RuntimeError):  # it is not there any more
            if before is not None and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _seek(self, sought: str) -> None:
        self._place(self._list.seek(sought))

    def _place(self, found: int) -> None:
        room = self.window().size()
        wide, top = min(_WIDE, room.width() - 60), _TOP
        lines = self._list.height_of(max(1, min(found, _LINES)))
        high = min(lines + self._field.sizeHint().height() + 30, room.height() - top - 20)
        self.setGeometry((room.width() - wide) // 2, top, wide, high)

    def _choose(self, one: Findable) -> None:
        self.leave()
        self._finder.choose(one)

    # Qt overrides

    def hideEvent(self, event: QHideEvent) -> None:
        self.window().removeEventFilter(self)
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._seek(self._field.text())
        return False
