"""A plot of figures over days: its axes, its lines, and the wheel and the pointer on it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsItem, QScrollArea, QToolButton, QVBoxLayout, QWidget

from neocapgui.figures.charts.axes import Tick, day_ticks, figure_ticks
from neocapgui.figures.kinds import PLAIN, Style
from neocapgui.gui.charts.steps import Window
from neocapgui.gui.looks.look import color
from neocapgui.gui.looks.roles import Roles
from neocapgui.gui.looks.text_size import ZOOMS

_RATE = 60  # moves of the pointer in a second that are heard
_DAY_WIDTH, _FIGURE_HEIGHT = 88, 34  # pixels that a tick needs
_LEAST_DAYS = 14  # in sight at the closest


class DayPlot(QWidget):
    """Shows some days from a lowest figure of 0 to a top; zooms and moves along the days only."""

    moved = Signal()  # other days are in sight, or the size is another
    pointed = Signal(float, float, QPoint)  # day, figure, and the place in this widget
    left = Signal()  # the pointer is no longer over the figures
    clicked = Signal(float)  # a day

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show no days yet."""
        super().__init__(parent)
        self._first, self._last, self._top = 0, 1, 1.0
        self._style: Style = PLAIN
        self._font = self.font()
        self._plot = pg.PlotWidget()
        self._view = self._plot.getViewBox()
        self._halo, self._as_of, self._cursor = (pg.InfiniteLine(angle=90) for _ in range(3))
        self._whole = QToolButton(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self._set_up()
        self._connect()

    def _set_up(self) -> None:
        self.setProperty(ZOOMS, True)
        self._plot.setMenuEnabled(False)
        self._plot.scene().contextMenu = []
        self._plot.hideButtons()
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self._plot.getPlotItem().layout.setContentsMargins(0, 8, 8, 0)
        self._view.setMouseEnabled(x=True, y=False)
        self._view.setDefaultPadding(0)
        for line in (self._halo, self._as_of, self._cursor):
            line.setAcceptHoverEvents(False)
            self._view.addItem(line, ignoreBounds=True)
        self._cursor.hide()
        for axis in self._axes():
            axis.enableAutoSIPrefix(False)
            axis.setStyle(tickLength=-4, autoExpandTextSpace=False)
        self._whole.setText("Whole time")
        self._whole.setToolTip("Show all days again (0, or double-click)")
        self._whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._whole.hide()

    def _connect(self) -> None:
        scene = self._plot.scene()
        self._moves = pg.SignalProxy(scene.sigMouseMoved, rateLimit=_RATE, slot=self._follow_pointer)
        scene.sigMouseClicked.connect(self._take_click)
        self._view.sigRangeChanged.connect(self._follow_view)
        self._view.sigResized.connect(self._follow_view)
        self._whole.clicked.connect(self.show_whole)
        self._plot.viewport().installEventFilter(self)

    @property
    def surface(self) -> QGraphicsItem:
        """The item that drawings stand in, in its own pixels."""
        surface: QGraphicsItem = self._view
        return surface

    @property
    def in_sight(self) -> Window | None:
        """What is in sight, or None while the plot has no size."""
        area, (low, high) = self._view.rect(), self._view.viewRange()[0]
        if area.width() < 1 or area.height() < 1:
            return None
        return Window(low, high, self._top, area.width(), area.height())

    @property
    def is_whole(self) -> bool:
        """Whether all days are in sight."""
        low, high = self._view.viewRange()[0]
        return bool(high - low >= self._last - self._first)

    def show_days(self, first: int, last: int, top: float, title: str, style: Style) -> None:
        """Show the days from `first` to `last` (ordinals) up to a top figure; a zoom stays if it fits."""
        low, high = self._view.viewRange()[0]
        stays = not self.is_whole and first <= low < high <= last
        self._first, self._last, self._top, self._style = first, last, top, style
        self._view.setLimits(xMin=first, xMax=last, minXRange=min(_LEAST_DAYS, last - first))
        self._plot.getAxis("left").setLabel(title)
        self._view.setYRange(0, top)
        if not stays:
            self._view.setXRange(first, last)
        self._follow_view()

    def show_whole(self) -> None:
        """Show all days again."""
        self._view.setXRange(self._first, self._last)

    def show_between(self, first: date, last: date) -> None:
        """Show the days between two."""
        self._view.setXRange(first.toordinal(), last.toordinal())

    def bring_into_sight(self, day: int) -> None:
        """Move along until a day is in sight."""
        low, high = self._view.viewRange()[0]
        if not low <= day <= high:
            self._view.translateBy(x=day - (low + high) / 2)

    def place(self, day: float, figure: float) -> QPoint:
        """Return where a figure of a day stands in this widget."""
        at = self._plot.mapFromScene(self._view.mapViewToScene(QPointF(day, figure)))
        return QPoint(self._plot.mapTo(self, at))

    def mark_day(self, day: int) -> None:
        """Draw the line of the day that is looked at."""
        for line in (self._halo, self._as_of):
            line.setPos(day)

    def mark_event(self, day: int | None) -> None:
        """Draw the line of the event that is read out, or none."""
        self._cursor.setVisible(day is not None)
        if day is not None:
            self._cursor.setPos(day)

    def wear(self, roles: Roles, font: QFont) -> None:
        """Wear some colours and letters."""
        self._font = font
        self._plot.setBackground(color(roles.panel))
        for line, ink, width in (
            (self._halo, roles.panel, 4),
            (self._as_of, roles.accent, 2),
            (self._cursor, roles.text, 1),
        ):
            pen = QPen(color(ink), width)
            pen.setCosmetic(True)
            line.setPen(pen)
        for axis in self._axes():
            axis.setPen(QPen(color(roles.line), 1))
            axis.setTextPen(color(roles.dim))
            axis.setTickFont(font)
        self._plot.getAxis("left").label.setFont(font)
        self._follow_view()

    def _axes(self) -> tuple[Any, Any]:
        return self._plot.getAxis("left"), self._plot.getAxis("bottom")

    def _follow_view(self) -> None:
        window = self.in_sight
        if window is None or self._last <= 1:
            return
        self._write_ticks(window)
        self._whole.setVisible(not self.is_whole)
        self.moved.emit()

    def _write_ticks(self, window: Window) -> None:
        first, last = date.fromordinal(round(window.first)), date.fromordinal(round(window.last))
        days = day_ticks(first, last, max(2, int(window.width / _DAY_WIDTH)), self._style)
        figures = figure_ticks(int(self._top), max(2, int(window.height / _FIGURE_HEIGHT)), self._style)
        left, bottom = self._axes()
        metrics = QFontMetricsF(self._font)
        bottom.setTicks([_pairs(days)])
        bottom.setHeight(metrics.height() + 8)
        left.setTicks([_pairs(figures)])
        left.showLabel(window.height > metrics.horizontalAdvance(left.labelText))
        widest = max(metrics.horizontalAdvance(tick.text) for tick in figures)
        left.setWidth(widest + 12 + (metrics.height() if left.label.isVisible() else 0))

    def _follow_pointer(self, arguments: tuple[QPointF]) -> None:
        at = arguments[0]
        if not self._view.sceneBoundingRect().contains(at):
            self.left.emit()
            return
        there = self._view.mapSceneToView(at)
        self.pointed.emit(there.x(), there.y(), self._plot.mapTo(self, self._plot.mapFromScene(at)))

    def _take_click(self, click: Any) -> None:
        at = click.scenePos()
        if click.button() == Qt.MouseButton.LeftButton and self._view.sceneBoundingRect().contains(at):
            if click.double() and not self.is_whole:
                self.show_whole()
            else:
                self.clicked.emit(self._view.mapSceneToView(at).x())

    def _zooms_on(self, event: QWheelEvent) -> bool:
        """Return whether a turn of the wheel is meant for the plot and not for a page that scrolls."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return True
        around: QWidget | None = self
        while around is not None and not isinstance(around, QScrollArea):
            if around.hasFocus() and around.focusProxy() is None:  # the ground of a page has its focus too
                return True
            around = around.parentWidget()
        return around is None

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent) and not self._zooms_on(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._whole.sizeHint()
        self._whole.setGeometry(self.width() - size.width() - 16, 16, size.width(), size.height())


def _pairs(ticks: tuple[Tick, ...]) -> list[tuple[int, str]]:
    return [(tick.at, tick.text) for tick in ticks]
