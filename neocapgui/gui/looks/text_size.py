"""How large the letters are: in steps from what the system asks for, by key or by Ctrl and the wheel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontInfo, QGuiApplication, QWheelEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

LEAST, NORMAL, MOST = 80, 100, 200  # percent
SIZES = (80, 90, 100, 110, 125, 150, 175, 200)
ZOOMS = "zooms"  # the property of a chart, of which Ctrl and the wheel show a part or the whole
_NOTCH = 120  # eighths of a degree, as Qt counts the turn of a wheel


def larger(percent: int) -> int:
    """Return the next size above, at most 200 percent."""
    return next((size for size in SIZES if size > percent), MOST)


def smaller(percent: int) -> int:
    """Return the next size below, at least 80 percent."""
    return next((size for size in reversed(SIZES) if size < percent), LEAST)


def scaled(font: QFont, percent: int) -> QFont:
    """Return a font at a size in percent of its own."""
    other = QFont(font)
    other.setPointSizeF(QFontInfo(font).pointSizeF() * percent / 100)
    return other


def _zooms(widget: QWidget | None) -> bool:
    """Whether a widget, or one around it, has something of its own to make larger."""
    while widget is not None and not widget.property(ZOOMS):
        widget = widget.parentWidget()
    return widget is not None


class TurnedWheel(QObject):
    """Hears of the wheel turned with Ctrl held, in whichever window of the program has the focus."""

    turned = Signal(int)  # one for up, minus one for down

    def __init__(self, application: QGuiApplication) -> None:
        """Listen to the window that has the focus."""
        super().__init__(application)
        self._window: QWindow | None = None
        self._sum = 0  # of turns too small for a step
        application.focusWindowChanged.connect(self._listen)
        self._listen(application.focusWindow())

    def _listen(self, window: QWindow | None) -> None:
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window.destroyed.disconnect(self._forget)
        self._window = window
        if window is not None:
            window.installEventFilter(self)
            window.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._window = None

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QWheelEvent) or event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            return False
        if _zooms(QApplication.widgetAt(event.globalPosition().toPoint())):
            return False
        self._sum += event.angleDelta().y()
        steps = int(self._sum / _NOTCH)
        self._sum -= steps * _NOTCH
        for _ in range(abs(steps)):
            self.turned.emit(1 if steps > 0 else -1)
        return True
