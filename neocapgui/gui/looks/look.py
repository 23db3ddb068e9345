"""How the program wears the roles of colour: light, dark, in high contrast, or as the system does."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from neocapgui.gui.looks.roles import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Roles
from neocapgui.gui.looks.style_sheet import style_sheet
from neocapgui.gui.looks.text_size import LEAST, MOST, NORMAL, scaled
from neocapgui.gui.looks.typeface import text_font


class Theme(StrEnum):
    """What the user asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"  # light or dark as the system is, with letters that stand out as far as they can


_SYSTEM_FONT = "systemFont"  # a property of the application
_worn = LIGHT


def current() -> Roles:
    """Return the roles worn now; what paints itself asks each time it paints."""
    return _worn


@cache
def color(name: str) -> QColor:
    """Return the colour of a role."""
    return QColor(name)


def palette_of(roles: Roles) -> QPalette:
    """Return what Qt's own widgets take their colours from."""
    palette = QPalette()
    for role, name in {
        QPalette.ColorRole.Window: roles.window,
        QPalette.ColorRole.WindowText: roles.text,
        QPalette.ColorRole.Base: roles.panel,
        QPalette.ColorRole.AlternateBase: roles.stripe,
        QPalette.ColorRole.Text: roles.text,
        QPalette.ColorRole.PlaceholderText: roles.dim,
        QPalette.ColorRole.Button: roles.panel,
        QPalette.ColorRole.ButtonText: roles.text,
        QPalette.ColorRole.BrightText: roles.red,
        QPalette.ColorRole.Highlight: roles.accent_ground,
        QPalette.ColorRole.HighlightedText: roles.text,
        QPalette.ColorRole.Accent: roles.accent,
        QPalette.ColorRole.Link: roles.accent,
        QPalette.ColorRole.LinkVisited: roles.accent,
        QPalette.ColorRole.ToolTipBase: roles.panel,
        QPalette.ColorRole.ToolTipText: roles.text,
        QPalette.ColorRole.Light: roles.panel,
        QPalette.ColorRole.Midlight: roles.head,
        QPalette.ColorRole.Mid: roles.line,
        QPalette.ColorRole.Dark: roles.line,
        QPalette.ColorRole.Shadow: roles.line,
    }.items():
        palette.setColor(role, color(name))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, color(roles.faint))
    return palette


def wear(roles: Roles) -> None:
    """Put the whole program into these colours; every widget hears of it as a change of its palette."""
    undress()
    dress(roles)


def undress() -> None:
    """Take the style sheet off every widget.

    One that is changed where it is worn goes over each widget once for every widget around it, which for a
    thousand of them takes a second; taken off and put on it goes over each widget twice.
    """
    application = QApplication.instance()
    if isinstance(application, QApplication) and application.styleSheet():
        application.setStyleSheet("")


def dress(roles: Roles) -> None:
    """Put the colours on; without a style sheet worn before it is quick."""
    global _worn
    _worn = roles
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setPalette(palette_of(roles))
        application.setStyleSheet(style_sheet(roles, application.font()))


class Look(QObject):
    """Wears what the user asked for, and follows the system where that is what was asked."""

    changed = Signal()

    def __init__(
        self,
        application: QApplication,
        theme: Theme = Theme.SYSTEM,
        parent: QObject | None = None,
        text_size: int = NORMAL,
    ) -> None:
        """Dress the application; `text_size` is in percent of what the system asks for."""
        super().__init__(parent)
        self._application = application
        self._hints = application.styleHints()
        self.theme = theme
        self._worn: Roles | None = None
        self._still: list[QWidget] = []  # windows that show the colours before until the new ones are on
        self._dressing = QTimer(self, singleShot=True, interval=0)
        self._dressing.timeout.connect(self._dress)
        self._showing = QTimer(self, singleShot=True, interval=0)
        self._showing.timeout.connect(self._show)
        application.setStyle("Fusion")
        self._system_font = text_font(_system_font(application))
        self.text_size = text_size
        application.setFont(scaled(self._system_font, text_size))
        self._hints.colorSchemeChanged.connect(self.follow)
        self._hints.accessibility().contrastPreferenceChanged.connect(self.follow)
        self.choose(theme)

    def choose(self, theme: Theme) -> None:
        """Wear light or dark, or what the system wears."""
        self.theme = theme
        asked = {Theme.LIGHT: Qt.ColorScheme.Light, Theme.DARK: Qt.ColorScheme.Dark}
        self._hints.setColorScheme(asked.get(theme, Qt.ColorScheme.Unknown))
        self.follow()

    def enlarge(self, text_size: int) -> None:
        """Show all text at a size in percent of what the system asks for, from 80 to 200."""
        text_size = max(LEAST, min(MOST, text_size))
        if text_size != self.text_size:
            self.text_size = text_size
            self._change()

    def follow(self) -> None:
        """Wear what fits the wish and the system as they are now."""
        asked = {Theme.LIGHT: False, Theme.DARK: True}
        is_dark = asked.get(self.theme, self._hints.colorScheme() is Qt.ColorScheme.Dark)
        wanted = self._hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
        roles = _ROLES[is_dark, wanted or self.theme is Theme.CONTRAST]
        if roles is not self._worn:
            self._worn = roles
            self._change()

    def _change(self) -> None:
        """Change in turns of the event loop, so that none is felt; nobody sees the state between.

        The last one shows the windows again: charts, which dress themselves in a turn of their own, have
        done so by then.
        """
        self._showing.stop()
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and window.updatesEnabled():
                window.setUpdatesEnabled(False)
                self._still.append(window)
        undress()
        if self._still:
            self._dressing.start()
        else:
            self._dress()

    def _dress(self) -> None:
        if self._worn is not None:
            font = scaled(self._system_font, self.text_size)
            if font != self._application.font():
                self._application.setFont(font)
            dress(self._worn)
        if self._still:
            self._showing.start()
        else:
            self.changed.emit()

    def _show(self) -> None:
        still, self._still = self._still, []
        for window in still:
            with suppress(RuntimeError):  # it was closed meanwhile
                window.setUpdatesEnabled(True)
                _ask_for_paint(window)
        self.changed.emit()


def _ask_for_paint(window: QWidget) -> None:
    """Post the request to paint that Qt believes it has sent.

    A window that gets its request while its updates are off lets the request go and stays dirty; whatever
    calls `update` from then on finds it dirty already and asks no more: it is never painted again.
    """
    QApplication.postEvent(window, QEvent(QEvent.Type.UpdateRequest), Qt.EventPriority.LowEventPriority.value)


def _system_font(application: QApplication) -> QFont:
    """Return the font that the system asks for, whatever a look before this one has set."""
    told = application.property(_SYSTEM_FONT)
    if not isinstance(told, QFont):
        told = application.font()
        application.setProperty(_SYSTEM_FONT, told)
    return told


_ROLES = {
    (False, False): LIGHT,
    (True, False): DARK,
    (False, True): LIGHT_CONTRAST,
    (True, True): DARK_CONTRAST,
}
