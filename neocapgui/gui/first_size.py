"""How large a window is when it is shown for the first time: as wanted, or as the screen has room for it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStyle, QWidget


def first_size(window: QWidget, wide: int, high: int) -> QSize:
    """Return a size in pixels in which the window and the bar of its title stand on the screen."""
    room = window.screen().availableSize()
    title = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    return QSize(min(wide, room.width()), min(high, room.height() - title))
