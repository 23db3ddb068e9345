"""The button beside the timeline that plays it and pauses it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QToolButton

from neocapgui.gui.actions import COMMANDS
from neocapgui.gui.looks import look
from neocapgui.gui.panels.timeline_bar import TimelineBar

_SIDE = 30
_HALF = 5.0  # of the sign
_BAR = 3.0


class PlayButton(QToolButton):
    """Shows a triangle, or two bars while the timeline plays; it is pressed together with the command."""

    def __init__(self, timeline: TimelineBar) -> None:
        """Play a timeline."""
        super().__init__()
        command = next(one for one in COMMANDS if one.id == "timeline.play")
        self.setObjectName("timeline.play_button")
        self.setProperty("look", "flat")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._play = f"{command.title}. {command.help} ({command.keys})"
        self._pause = f"Pause the timeline on the day that is shown. ({command.keys})"
        self._timeline = timeline
        self.clicked.connect(lambda: timeline.play(not timeline.is_playing))
        timeline.played.connect(self._tell)
        self._tell(timeline.is_playing)

    def _tell(self, is_playing: bool) -> None:
        self.setToolTip(self._pause if is_playing else self._play)
        self.setAccessibleName("Pause the timeline" if is_playing else "Play the timeline")
        self.update()

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(look.current().accent))
        x, y = self.width() / 2, self.height() / 2
        if self._timeline.is_playing:
            for left in (x - _HALF + 0.5, x + _HALF - _BAR - 0.5):
                painter.drawRect(QRectF(left, y - _HALF, _BAR, 2 * _HALF))
        else:
            corners = ((-0.7, -1.1), (1.1, 0.0), (-0.7, 1.1))
            painter.drawPolygon(
                QPolygonF([QPointF(x + across * _HALF, y + down * _HALF) for across, down in corners])
            )
