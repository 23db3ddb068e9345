"""The field of the as-of day: typed as the user writes days or in ISO form, or picked from a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QDateTime, QEvent, QSignalBlocker, Qt, QTime
from PySide6.QtGui import QFocusEvent, QKeyEvent, QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QDateEdit, QToolTip, QWidget

from neocapgui.figures.kinds import Kind, NotUnderstood, day_text, parsed
from neocapgui.gui.session import Session

_STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AsOfField(QDateEdit):
    """Shows and moves the as-of day of the session."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Show the day of the session."""
        super().__init__(parent)
        self._session = session
        self.setObjectName("as_of")
        self.setAccessibleName("As of")
        self.setToolTip("The day looked at: 2001-08-31, 31 Aug 2001, or as your system writes days")
        self.setCalendarPopup(True)
        self.setKeyboardTracking(False)
        self.setDisplayFormat("d MMM yyyy")
        self._give_room()
        # Qt goes through a date section by section wherever the caret moves; here it is a plain line.
        self.lineEdit().cursorPositionChanged.disconnect()
        self.dateChanged.connect(self._look)
        for signal in (session.opened, session.lens_changed, session.wished):
            signal.connect(self.refresh)
        self.refresh()

    def _give_room(self) -> None:
        metrics = self.fontMetrics()
        self.setFixedWidth(metrics.horizontalAdvance("30 Sept. 2000") + 2 * metrics.height() + 8)

    def refresh(self) -> None:
        """Show the day of the session, or the one it is on its way to."""
        day = self._session.wish.as_of
        with QSignalBlocker(self):
            self.setDate(QDate(day.year, day.month, day.day))

    def _look(self, day: QDate) -> None:
        self._session.wish_for(_day(day))

    def _understood(self, text: str) -> QDate | None:
        day = parsed(Kind.DATE, text, self._session.style)
        return None if day is None else QDate(day.year, day.month, day.day)

    def _refuse_nonsense(self) -> None:
        try:
            if self._understood(self.text()) is not None:
                return
            answer = "Type the day to look at, such as 2001-08-31."
        except NotUnderstood as refusal:
            answer = str(refusal)
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), answer, self)

    # Qt overrides

    def textFromDateTime(self, moment: QDateTime) -> str:
        return day_text(_day(moment.date()), self._session.style)

    def dateTimeFromText(self, text: str) -> QDateTime:
        try:
            day = self._understood(text)
        except NotUnderstood:
            day = None
        return QDateTime(day or self.date(), QTime())

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        try:
            state = QValidator.State.Acceptable if self._understood(text) else QValidator.State.Intermediate
        except NotUnderstood:
            state = QValidator.State.Intermediate
        return state, text, position

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            super().keyPressEvent(event)
            return
        if event.key() in _ENTER:
            self._refuse_nonsense()
        elif event.key() == Qt.Key.Key_Escape:
            self.refresh()
            self.lineEdit().setText(self.textFromDateTime(self.dateTime()))
        QAbstractSpinBox.keyPressEvent(self, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._give_room()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.lineEdit().selectAll()


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
