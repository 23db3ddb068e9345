"""An area that takes the room its content needs and no more, and scrolls where there is less."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class FittingArea(QScrollArea):
    """Shows a widget that grows and shrinks; of its height at least some lines are seen."""

    def __init__(self, content: QWidget, lines: int, parent: QWidget | None = None) -> None:
        """Show a widget of which at least so many lines of text are seen."""
        super().__init__(parent)
        self._content, self._lines = content, lines
        content.setProperty("look", "ground")
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content.installEventFilter(self)
        self.fit()

    def fit(self) -> None:
        """Take the height that the content needs at the width there is."""
        layout = self._content.layout()
        if layout is None:
            return
        width = self.viewport().width()
        needed = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else -1
        needed = max(needed, layout.totalSizeHint().height() if needed < 0 else 0)
        self.setMaximumHeight(needed)
        self.setMinimumHeight(min(needed, self._lines * self.fontMetrics().lineSpacing()))

    def _keep_in_sight(self) -> None:
        """Scroll to where somebody is typing: other parts of the dialog may just have taken room."""
        typed = self._content.focusWidget()
        if typed is not None and typed.hasFocus():
            part = typed.parentWidget()
            self.ensureWidgetVisible(typed if part is None or part is self._content else part, 0, 0)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        elif watched is self._content and event.type() == QEvent.Type.Resize:
            self._keep_in_sight()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        self._keep_in_sight()
