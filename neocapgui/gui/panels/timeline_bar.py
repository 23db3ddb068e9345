"""The timeline of the window: ticks by kind for the days with events, one handle, the day under it."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSlider, QToolTip, QWidget

from neocapgui.engine.entries import counted_rows
from neocapgui.engine.finding import Place
from neocapgui.engine.lens import Lens
from neocapgui.engine.timeline import EventDays, event_days
from neocapgui.figures.charts.event_families import FAMILIES, NOTHING_BESIDE, OtherDays, family_days, legend
from neocapgui.figures.happenings import entry_text
from neocapgui.figures.kinds import day_text
from neocapgui.gui.looks import look
from neocapgui.gui.looks.roles import Roles
from neocapgui.gui.looks.typeface import figures_font
from neocapgui.gui.panels.day_entries import MOST, DayEntries
from neocapgui.gui.session import Session
from neocapgui.gui.widgets.plain_text import tip
from neocapgui.ledger.splicing import Integers

_EDGE = 16  # pixels between the edge and the first day
_AXIS = 14  # pixels from the top to the line
_TICK = 6  # half the height of a tick
_THIN, _BROAD = 2.0, 4.0  # pixels
_OTHERS = 3  # half the height of a tick of another scenario
_HANDLE = 7  # radius
_CATCH = 4  # pixels within which the handle goes to a day with events
_QUARTER = 91  # days
_PACE = 900  # milliseconds that a day is looked at while the timeline plays: time to read a figure
_LISTED = 8  # events of a day in the tool tip
_FEWEST = 30  # days that the timeline shows at least


class TimelineBar(QSlider):
    """Moves the as-of day of the session; its value is the ordinal of the day."""

    played = Signal(bool)  # whether it plays now
    went_to = Signal(object)  # the Place of an entry of the day

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Show the days of the session."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session = session
        self._events = EventDays(np.empty(0, np.int64), np.empty(0, np.int64))
        self._families = tuple(np.empty(0, np.int64) for _ in FAMILIES)
        self._beside = NOTHING_BESIDE
        self._stops: Integers = np.empty(0, np.int64)  # the days that it goes to
        self._label = QRect()  # where the day is written
        self._entries: DayEntries | None = None
        self._seen: tuple[object, Lens] | None = None
        self._ground: QPixmap | None = None
        self._ground_of: tuple[Roles, QSize, float] | None = None
        self._is_dragging = False
        self._soon = QTimer(self)  # one look for many moves of the mouse
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._look)
        self._playing = QTimer(self, interval=_PACE)
        self._playing.timeout.connect(self._play_on)
        self.setObjectName("timeline")
        self.setAccessibleName("Timeline")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFont(figures_font(self.font()))
        self._give_room()
        self.valueChanged.connect(self._move)
        for signal in (session.opened, session.edited, session.lens_changed, session.wished):
            signal.connect(self.refresh)
        self.refresh()

    def _give_room(self) -> None:
        self.setFixedHeight(_AXIS + _TICK + self.fontMetrics().height() + 8)

    @property
    def day(self) -> date:
        """The day under the handle."""
        return date.fromordinal(max(1, self.value()))

    def refresh(self) -> None:
        """Show the session as it stands."""
        ledger, lens = self._session.ledger, self._session.wish
        seen = (ledger, Lens(date.min, planned=lens.planned, known=lens.known))
        if seen != self._seen:
            self._seen = seen
            self._events = event_days(ledger, lens)
            self._families = family_days(ledger, lens)
            self._gather_stops()
        self.blockSignals(True)
        first, last = self._span(lens.as_of.toordinal())
        if (first, last) != (self.minimum(), self.maximum()):
            self.setRange(first, last)
            self._ground = None
        if not self._soon.isActive():
            self.setValue(lens.as_of.toordinal())
        self.blockSignals(False)
        self._tell_day()
        self.update()

    def show_beside(self, other: OtherDays) -> None:
        """Stop on the days of another scenario too, as long as that is shown beside this one."""
        self._beside = other
        self._gather_stops()
        self.refresh()

    def _gather_stops(self) -> None:
        self._stops = np.union1d(self._events.days, self._beside.days)
        self._ground = None

    def next_event(self) -> None:
        """Go to the next day on which something happened."""
        self._go_to_place(int(np.searchsorted(self._stops, self.value(), side="right")))

    def previous_event(self) -> None:
        """Go to the last day before on which something happened."""
        self._go_to_place(int(np.searchsorted(self._stops, self.value(), side="left")) - 1)

    @property
    def is_playing(self) -> bool:
        """Whether it goes from event to event by itself."""
        return self._playing.isActive()

    def play(self, is_wanted: bool) -> None:
        """Go from event to event, from the first one where the last is reached; or stop.

        Each day is shown at once and for a while: nothing slides, so it suits who wants less motion.
        """
        if is_wanted and len(self._stops):
            if self.value() >= int(self._stops[-1]):
                self.setValue(int(self._stops[0]))
            self._playing.start()
        else:
            self._playing.stop()
        self.played.emit(self.is_playing)

    def _play_on(self) -> None:
        if self._session.is_behind:
            return  # every day that it stops on is seen
        self.next_event()
        if self.value() >= int(self._stops[-1]):
            self.play(False)

    def _go_to_place(self, place: int) -> None:
        if 0 <= place < len(self._stops):
            self.setValue(int(self._stops[place]))

    def _span(self, as_of: int) -> tuple[int, int]:
        days = self._stops
        first, last = (int(days[0]), int(days[-1])) if len(days) else (as_of - _FEWEST, as_of)
        first, last = min(first, as_of), max(last, as_of)
        return (first, last) if last - first >= _FEWEST else (first - _FEWEST // 2, last + _FEWEST // 2)

    def _move(self) -> None:
        self._tell_day()
        self.update()
        self._soon.start()

    def _look(self) -> None:
        self._session.wish_for(self.day)

    def _tell_day(self) -> None:
        self.setAccessibleDescription(self._said_of(self.value()))

    def _said_of(self, ordinal: int) -> str:
        """Return a day with what kinds of events it has: `31 Aug 2001: 2 events (splits, transfers)`."""
        day = day_text(date.fromordinal(max(1, ordinal)), self._session.style)
        beside = f"; an event of {self._beside.title}" if _has(self._beside.days, ordinal) else ""
        if not _has(self._events.days, ordinal):
            return day + beside
        count = int(self._events.counts[int(np.searchsorted(self._events.days, ordinal))])
        kinds = ", ".join(
            family.title.lower()
            for family, own in zip(FAMILIES, self._families, strict=True)
            if _has(own, ordinal)
        )
        return f"{day}: {count:,} event{'' if count == 1 else 's'} ({kinds}){beside}"

    # Between days and pixels

    def _x(self, ordinal: int) -> float:
        room = self.width() - 2 * _EDGE
        return _EDGE + room * (ordinal - self.minimum()) / max(1, self.maximum() - self.minimum())

    def _ordinal(self, x: float, is_free: bool) -> int:
        """Return the day at a place; near a day with events it is that day, unless asked otherwise."""
        span = self.maximum() - self.minimum()
        room = max(1, self.width() - 2 * _EDGE)
        ordinal = round(self.minimum() + (x - _EDGE) * span / room)
        ordinal = max(self.minimum(), min(self.maximum(), ordinal))
        nearest = self._nearest(ordinal)
        is_near = nearest is not None and abs(self._x(nearest) - x) <= _CATCH
        return nearest if is_near and nearest is not None and not is_free else ordinal

    def _nearest(self, ordinal: int) -> int | None:
        days = self._stops
        if not len(days):
            return None
        place = int(np.searchsorted(days, ordinal))
        around = days[max(0, place - 1) : place + 1]
        return int(min(around.tolist(), key=lambda day: abs(day - ordinal)))

    # Painting

    def _painted_ground(self, roles: Roles) -> QPixmap:
        """Return line, ticks and years; they are painted anew only when days, size or colours change."""
        key = (roles, self.size(), self.devicePixelRatioF())
        if self._ground is None or self._ground_of != key:
            ground = QPixmap(self.size() * self.devicePixelRatioF())
            ground.setDevicePixelRatio(self.devicePixelRatioF())
            ground.fill(Qt.GlobalColor.transparent)
            painter = QPainter(ground)
            painter.setPen(QPen(look.color(roles.line), 2))
            painter.drawLine(_EDGE, _AXIS, self.width() - _EDGE, _AXIS)
            room, span = self.width() - 2 * _EDGE, max(1, self.maximum() - self.minimum())
            painter.setPen(QPen(look.color(roles.dim), _THIN, c=Qt.PenCapStyle.FlatCap))
            for x in np.unique((self._beside.days - self.minimum()) * room // span).tolist():
                middle = x + _EDGE + 0.5
                painter.drawLine(QPointF(middle, _AXIS - _OTHERS), QPointF(middle, _AXIS + _OTHERS))
            for family, days in zip(FAMILIES, self._families, strict=True):
                width = _BROAD if family.above > _TICK + 3 else _THIN
                painter.setPen(QPen(look.color(roles.bands[family.hue]), width, c=Qt.PenCapStyle.FlatCap))
                columns = np.unique((days - self.minimum()) * room // span)
                for x in (columns + _EDGE).tolist():
                    middle = x + 0.5
                    painter.drawLine(
                        QPointF(middle, _AXIS - family.above), QPointF(middle, _AXIS + family.below)
                    )
            painter.end()
            self._ground, self._ground_of = ground, key
        return self._ground

    def _draw_label(self, painter: QPainter, x: float, text: str, color: QColor) -> QRect:
        width = painter.fontMetrics().horizontalAdvance(text)
        left = max(2, min(self.width() - width - 2, round(x - width / 2)))
        rect = QRect(left, _AXIS + _TICK + 3, width, painter.fontMetrics().height())
        painter.setPen(color)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)
        return rect

    def _draw_years(self, painter: QPainter, taken: QRect, color: QColor) -> None:
        first = date.fromordinal(self.minimum()).year
        last = date.fromordinal(self.maximum()).year
        step = 1
        widest = painter.fontMetrics().horizontalAdvance("2000") + 24
        while (last - first) // step * widest > self.width() - 2 * _EDGE:
            step *= 2
        end = 0
        for year in range(first + (self.minimum() > date(first, 7, 1).toordinal()), last + 1, step):
            x = self._x(max(self.minimum(), date(year, 1, 1).toordinal()))
            half = painter.fontMetrics().horizontalAdvance(str(year)) / 2
            is_free = x + half + 10 < taken.left() or x - half - 10 > taken.right()
            if is_free and end < x - half and x + half < self.width():
                end = self._draw_label(painter, x, str(year), color).right() + 10

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(600, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        roles = look.current()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._painted_ground(roles))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, accent = self._x(self.value()), look.color(roles.accent)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.Medium)
        painter.setFont(bold)
        taken = self._draw_label(painter, x, day_text(self.day, self._session.style), accent)
        self._label = taken
        painter.setFont(self.font())
        self._draw_years(painter, taken, look.color(roles.dim))
        painter.setPen(QPen(look.color(roles.window), 2))
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(x, _AXIS), _HANDLE, _HANDLE)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(accent, 1.5))
            painter.drawEllipse(QPointF(x, _AXIS), _HANDLE + 3, _HANDLE + 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._label.contains(event.position().toPoint()):
            self.show_entries()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._is_dragging = True
            if self.is_playing:
                self.play(False)
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_dragging:
            self._follow(event)
        is_on_label = not self._is_dragging and self._label.contains(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_on_label else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._is_dragging = False

    def _follow(self, event: QMouseEvent) -> None:
        is_free = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.setValue(self._ordinal(event.position().x(), is_free))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        days = self._stops
        first, last = (int(days[0]), int(days[-1])) if len(days) else (self.minimum(), self.maximum())
        key = event.key()
        if key == Qt.Key.Key_Left:
            self.previous_event()
        elif key == Qt.Key.Key_Right:
            self.next_event()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.setValue(self.value() + (1 if key == Qt.Key.Key_Up else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.setValue(first if key == Qt.Key.Key_Home else last)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            later = self.day + timedelta(_QUARTER if key == Qt.Key.Key_PageDown else -_QUARTER)
            self.setValue(later.toordinal())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.show_entries()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._give_room()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell_at(event.pos(), event.globalPos())
            return True
        return super().event(event)

    def _tell_at(self, place: QPoint, globally: QPoint) -> None:
        ordinal = self._ordinal(place.x(), is_free=False)
        if self._label.contains(place):
            said = ["Click the day, or press Enter, for the list of its entries."]
        else:
            said = [self._said_of(ordinal), *self.entries_on(date.fromordinal(ordinal)), "", legend()]
        QToolTip.showText(globally, tip("\n".join(said)), self)

    def show_entries(self) -> None:
        """List the entries of the day above it; the one that is chosen is gone to."""
        self.play(False)
        ledger, day = self._session.ledger, self.day
        rows = self._rows_on(day)
        entries = [ledger.transactions[row] for row in rows[:MOST]]
        said = self._said_of(day.toordinal()) if rows else f"{self._said_of(day.toordinal())}: no entries"
        if len(rows) > MOST:
            said = f"{said}; the first {MOST}"
        if self._entries is None:
            self._entries = DayEntries(self)
            self._entries.chosen.connect(lambda id: self.went_to.emit(Place("transactions", id)))
        above = self.mapToGlobal(QPoint(round(self._x(self.value())), 0))
        self._entries.show_entries(said, [(one.id, entry_text(ledger, one)) for one in entries], above)

    def _rows_on(self, day: date) -> list[int]:
        ledger = self._session.ledger
        dates, ordinal = ledger.transactions.numbers["date"], day.toordinal()
        low, high = np.searchsorted(dates, [ordinal, ordinal + 1]).tolist()
        counted = counted_rows(ledger, self._session.lens)
        return [row for row in range(low, high) if counted is None or counted[row]]

    def entries_on(self, day: date) -> list[str]:
        """Return what happened on a day, an entry a line; of many the first."""
        ledger, rows = self._session.ledger, self._rows_on(day)
        said = [entry_text(ledger, ledger.transactions[row]) for row in rows[:_LISTED]]
        more = len(rows) - len(said)
        return [*said, f"and {more:,} more"] if more else said


def _has(days: Integers, ordinal: int) -> bool:
    place = int(np.searchsorted(days, ordinal))
    return place < len(days) and int(days[place]) == ordinal
