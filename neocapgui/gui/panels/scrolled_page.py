"""A page that scrolls where the window is lower than the page can be: nothing of it lies over the rest."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

_AIR = 8  # pixels above and below what is brought into sight


class ScrolledPage(QScrollArea):
    """Gives a page all the room there is, and more than that where the page needs more height.

    What has the keyboard is brought into sight, whoever gave it the keyboard.
    """

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        """Stand around a page."""
        super().__init__(parent)
        page.setProperty("look", "ground")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
        self._settled = QTimer(self, singleShot=True, interval=0)  # once what is on the page has its place
        self._settled.timeout.connect(lambda: self._bring_into_sight(QApplication.focusWidget()))
        page.installEventFilter(self)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        self._bring_into_sight(now)

    def _bring_into_sight(self, focused: QWidget | None) -> None:
        page = self.widget()
        if page is not None and focused is not None and page.isAncestorOf(focused) and self.isVisible():
            self.ensureWidgetVisible(focused, 0, _AIR)

    def _fit(self) -> None:
        """Let the page fill the room, or be as high as it is at the least; Qt itself would give it more."""
        page, room = self.widget(), self.viewport().size()
        if page is not None:
            page.resize(room.width(), max(room.height(), page.minimumSizeHint().height()))

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        elif watched is self.widget() and event.type() == QEvent.Type.Resize:
            self._settled.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        page = self.widget()
        least = super().minimumSizeHint()
        return least if page is None else QSize(page.minimumSizeHint().width(), least.height())
