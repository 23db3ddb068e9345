"""How large a window is when it is shown for the first time, and where: as the screen has room for it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QStyle, QWidget


def first_size(window: QWidget, wide: int, high: int) -> QSize:
    """Return a size in pixels in which the window and the bar of its title stand on the screen."""
    room = window.screen().availableSize()
    title = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    return QSize(min(wide, room.width()), min(high, room.height() - title))


def first_place(window: QWidget, wanted: QPoint) -> QPoint:
    """Return where on the screen a window stands: at the place wanted, or as near as it is seen whole."""
    room = window.screen().availableGeometry()
    title = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    right, down = room.right() + 1 - window.width(), room.bottom() + 1 - window.height() - title
    return QPoint(max(room.left(), min(wanted.x(), right)), max(room.top(), min(wanted.y(), down)))
