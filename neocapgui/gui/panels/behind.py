"""What is seen while figures are behind the day that was asked for, and that no hand acts on such figures."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QColor,
    QInputEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
    QShortcutEvent,
    QWindow,
)
from PySide6.QtWidgets import QApplication, QWidget

from neocapgui.figures.kinds import day_text
from neocapgui.gui.looks import look
from neocapgui.gui.session import Session

_FELT = 100  # milliseconds after which one waits
_OPACITY = 140  # of 255
_AIR_ACROSS, _AIR_DOWN, _ROUND, _TOP = 14, 2, 6, 3  # pixels
_ACTS = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.KeyPress,
    QEvent.Type.ContextMenu,
    QEvent.Type.Shortcut,
)
_HALF_KEYS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)
_MOVE_THE_DAY = ("lens.previous_event", "lens.next_event", "timeline.play")  # commands
_HOLD_THE_DAY = ("timeline", "timeline.play_button", "as_of")  # widgets


class Veil(QWidget):
    """Lies over a panel while its figures are of another day than the one that was asked for."""

    def __init__(self, session: Session, panel: QWidget, has_words: bool = False) -> None:
        """Lie over a panel of a session; it may say in words what is calculated."""
        super().__init__(panel)
        self._session = session
        self._has_words = has_words
        self._soon = QTimer(self, singleShot=True, interval=_FELT)  # what is quick does not flicker
        self._soon.timeout.connect(self._fall)
        self.setObjectName("behind")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        panel.installEventFilter(self)
        for signal in (session.opened, session.edited, session.lens_changed, session.wished):
            signal.connect(self._follow)

    @property
    def says(self) -> str:
        """What is calculated just now: `Calculating 10 Aug 2001…`."""
        return f"Calculating {day_text(self._session.wish.as_of, self._session.style)}…"

    def _follow(self) -> None:
        if not self._session.is_behind:
            self._soon.stop()
            self.hide()
        elif self.isHidden():
            if not self._soon.isActive():
                self._soon.start()
        else:
            self._tell()

    def _fall(self) -> None:
        panel = self.parentWidget()
        if panel is not None:
            self.setGeometry(panel.rect())
        self.show()
        self.raise_()
        self._tell()
        if self._has_words:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.says))

    def _tell(self) -> None:
        if self._has_words:
            self.setAccessibleName(self.says)
            self.update()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        roles = look.current()
        painter = QPainter(self)
        wash = QColor(roles.panel)
        wash.setAlpha(_OPACITY)
        painter.fillRect(self.rect(), wash)
        if self._has_words:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            metrics = painter.fontMetrics()
            width = metrics.horizontalAdvance(self.says) + 2 * _AIR_ACROSS
            room = QRectF((self.width() - width) / 2, _TOP, width, metrics.height() + 2 * _AIR_DOWN)
            painter.setPen(QPen(look.color(roles.accent), 1))
            painter.setBrush(look.color(roles.accent_ground))
            painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
            painter.setPen(look.color(roles.text))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.says)


class CatchingUp(QObject):
    """Brings the figures up to date before a key or a button acts on anything but the day itself."""

    def __init__(self, session: Session, workplace: QWidget) -> None:
        """Watch over the window that a workplace stands in."""
        super().__init__(workplace)
        self._session = session
        self._workplace = workplace
        self._is_watching = False
        for signal in (session.opened, session.edited, session.lens_changed, session.wished):
            signal.connect(self._follow)

    def _follow(self) -> None:
        application = QApplication.instance()
        if application is not None and self._session.is_behind != self._is_watching:
            self._is_watching = self._session.is_behind
            if self._is_watching:
                application.installEventFilter(self)
            else:
                application.removeEventFilter(self)

    def _acts_on_figures(self, watched: QObject) -> bool:
        if isinstance(watched, (QAction, QShortcut)):
            return watched.objectName() not in _MOVE_THE_DAY
        if not isinstance(watched, QWidget):
            return False
        around: QWidget | None = watched
        while around is not None:  # also from a menu or a dialog to the window that it stands over
            if around.objectName() in _HOLD_THE_DAY:
                return False
            if around is self._workplace.window():
                return True
            around = around.parentWidget()
        return False

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_of_a_hand = isinstance(event, (QInputEvent, QShortcutEvent)) and event.type() in _ACTS
        is_half_a_key = isinstance(event, QKeyEvent) and event.key() in _HALF_KEYS
        if isinstance(watched, QWindow) and event.type() == QEvent.Type.KeyPress:
            # Before it is settled which widget has the key: the line that is typed in may be opened anew.
            popup = QApplication.activePopupWidget()
            watched = watched.focusObject() if popup is None else popup.focusWidget() or popup
        if is_of_a_hand and not is_half_a_key and self._acts_on_figures(watched):
            self._session.catch_up()
        return False
