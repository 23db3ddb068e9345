"""The list of pages at the left, with the number of findings beside their page."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from neocapgui.gui.page_register import PAGES

_NAME = Qt.ItemDataRole.UserRole


class PageList(QWidget):
    """Shows the pages and says which one was chosen."""

    chosen = Signal(str)  # the name of a page
    entered = Signal(str)  # the name of a page in which the user goes on: Enter or a double click

    def __init__(self, parent: QWidget | None = None) -> None:
        """List the pages."""
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._list = QListWidget()
        self._list.setObjectName("pages")
        self._list.setAccessibleName("Pages")
        self._lines: dict[str, QListWidgetItem] = {}
        for page in PAGES:
            line = QListWidgetItem(page.title)
            line.setData(_NAME, page.name)
            line.setToolTip(page.help)
            self._list.addItem(line)
            self._lines[page.name] = line
        self.setFocusProxy(self._list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(7, 8, 7, 8)
        layout.addWidget(self._list)
        self._list.currentItemChanged.connect(self._choose)
        self._list.itemActivated.connect(lambda line: self.entered.emit(str(line.data(_NAME))))

    def show_page(self, name: str) -> None:
        """Mark a page as the one on the screen."""
        with QSignalBlocker(self._list):
            self._list.setCurrentItem(self._lines[name])

    def show_count(self, name: str, count: int | None) -> None:
        """Write a number beside a page: nothing for 0, an ellipsis while it is being found."""
        title = next(page.title for page in PAGES if page.name == name)
        line = self._lines[name]
        mark = "…" if count is None else f"{count:,}" if count else ""
        line.setText(f"{title}   {mark}".rstrip())

    def _choose(self, line: QListWidgetItem | None) -> None:
        if line is not None:
            self.chosen.emit(str(line.data(_NAME)))
