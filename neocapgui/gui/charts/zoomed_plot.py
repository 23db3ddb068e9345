"""A plot whose lower axis is zoomed and moved: the wheel, the hand, the pointer and the keys on it."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsItem, QScrollArea, QToolButton, QVBoxLayout, QWidget

from neocapgui.gui.charts.day_scale import AIR, TICK, room_at_side
from neocapgui.gui.charts.steps import Window
from neocapgui.gui.looks.look import color
from neocapgui.gui.looks.roles import Roles
from neocapgui.gui.looks.text_size import ZOOMS

_RATE = 60  # moves of the pointer in a second that are heard
_STEP = 0.7  # of what is in sight stays in sight when a key zooms
_NEAR = 1e-9  # of the whole: what differs less is the same
_KEYS_IN, _KEYS_OUT = (Qt.Key.Key_Plus, Qt.Key.Key_Equal), (Qt.Key.Key_Minus,)


class ZoomedPlot(QWidget):
    """Shows a part of an axis from a lowest figure of 0 to a top; zooms and moves along the lower axis only.

    Keys, which the chart around passes on: + and − zoom around the middle, 0 shows the whole again.
    """

    moved = Signal()  # another part is in sight, or the size is another
    pointed = Signal(float, float, QPoint)  # where on the axis, figure, and the place in this widget
    left = Signal()  # the pointer is no longer over the figures
    clicked = Signal(float)  # a place on the axis

    def __init__(self, whole: str, about: str, parent: QWidget | None = None) -> None:
        """Show nothing yet; `whole` and `about` stand on the button that shows the whole again."""
        super().__init__(parent)
        self._first, self._last, self._top = 0.0, 0.0, 1.0
        self._font = self.font()
        self.scale = 0.0  # pixels that the figures at the left need
        self._least_scale = 0.0  # pixels that they have at least
        self._plot = pg.PlotWidget(enableMenu=False)
        self._view = self._plot.getViewBox()
        self._whole = QToolButton(self)
        self._whole.setText(whole)
        self._whole.setToolTip(about)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self._set_up()

    def _set_up(self) -> None:
        self.setProperty(ZOOMS, True)
        self._plot.setMenuEnabled(False)
        self._plot.scene().contextMenu = []
        self._plot.hideButtons()
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self._plot.getPlotItem().layout.setContentsMargins(0, AIR, AIR, 0)
        self._view.setMouseEnabled(x=True, y=False)
        self._view.setDefaultPadding(0)
        for axis in self.axes:
            axis.enableAutoSIPrefix(False)
            axis.setStyle(tickLength=-TICK, autoExpandTextSpace=False)
        self._whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._whole.hide()
        self._whole.raise_()  # above the plot
        scene = self._plot.scene()
        self._moves = pg.SignalProxy(scene.sigMouseMoved, rateLimit=_RATE, slot=self._follow_pointer)
        scene.sigMouseClicked.connect(self._take_click)
        self._view.sigRangeChanged.connect(self.lay_out)
        self._view.sigResized.connect(self.lay_out)
        self._whole.clicked.connect(self.show_whole)
        self._plot.viewport().installEventFilter(self)

    @property
    def axes(self) -> tuple[Any, ...]:
        """The axes: at the left, below, and where there is one at the right."""
        return self._plot.getAxis("left"), self._plot.getAxis("bottom")

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
        """Whether the whole axis is in sight."""
        low, high = self._view.viewRange()[0]
        return bool(high - low >= (self._last - self._first) * (1 - _NEAR))

    def show_range(self, first: float, last: float, top: float, closest: float) -> None:
        """Show an axis up to a top figure; what was zoomed stays so if it fits, at most to `closest`."""
        low, high = self._view.viewRange()[0]
        stays = not self.is_whole and first <= low < high <= last
        self._first, self._last, self._top = first, last, top
        self._view.setLimits(xMin=first, xMax=last, minXRange=min(closest, last - first))
        self._view.setYRange(0, top)
        if not stays:
            self._view.setXRange(first, last)
        self.lay_out()

    def show_whole(self) -> None:
        """Show the whole axis again."""
        self._view.setXRange(self._first, self._last)

    def show_part(self, low: float, high: float) -> None:
        """Show a part of the axis; nothing moves where that is in sight already."""
        before = self._view.viewRange()[0]
        near = (self._last - self._first) * _NEAR
        if abs(before[0] - low) > near or abs(before[1] - high) > near:
            self._view.setXRange(low, high)

    def bring_into_sight(self, at: float) -> None:
        """Move along until a place is in sight."""
        low, high = self._view.viewRange()[0]
        if not low <= at <= high:
            self._view.translateBy(x=at - (low + high) / 2)

    def zoom(self, factor: float) -> None:
        """Show so many times as much, around the middle of what is in sight."""
        self._view.scaleBy(x=factor)

    def answer(self, key: int) -> bool:
        """Do what a key asks for; return whether it asks for anything."""
        if key in _KEYS_IN:
            self.zoom(_STEP)
        elif key in _KEYS_OUT:
            self.zoom(1 / _STEP)
        elif key == Qt.Key.Key_0:
            self.show_whole()
        else:
            return False
        return True

    def place(self, at: float, figure: float) -> QPoint:
        """Return where a figure stands in this widget."""
        there = self._plot.mapFromScene(self._view.mapViewToScene(QPointF(at, figure)))
        return QPoint(self._plot.mapTo(self, there))

    def wear(self, roles: Roles, font: QFont) -> None:
        """Wear some colours and letters."""
        self._font = font
        self._plot.setBackground(color(roles.panel))
        for axis in self.axes:
            axis.setPen(QPen(color(roles.line), 1))
            axis.setTextPen(color(roles.dim))
            axis.setTickFont(font)
            axis.label.setFont(font)
        self.lay_out()

    def write_ticks(self, window: Window) -> None:
        """Write what stands at the axes for the part in sight."""

    def place_of_button(self, size: QSize) -> QPoint:
        """Return where the button that shows the whole again stands."""
        return QPoint(self.width() - size.width() - 16, 16)

    def lay_out(self) -> None:
        """Write everything anew for the part in sight and the room there is."""
        window = self.in_sight
        if window is None or self._last <= self._first:
            return
        self.write_ticks(window)
        self._whole.setVisible(not self.is_whole)
        self.moved.emit()

    def keep_scale(self, width: float) -> None:
        """Give the figures at the left at least so many pixels, as another plot has them."""
        if width != self._least_scale:
            self._least_scale = width
            self.lay_out()

    def write_figures(self, axis: Any, ticks: list[tuple[float, str]], height: float) -> None:
        """Write figures at an axis at the side, which gets the room it needs."""
        metrics = QFontMetricsF(self._font)
        axis.setTicks([ticks])
        axis.showLabel(height > metrics.horizontalAdvance(axis.labelText))
        needed = room_at_side(metrics, [text for _, text in ticks], axis.label.isVisible())
        if axis is self.axes[0]:
            self.scale, needed = needed, max(needed, self._least_scale)
        axis.setWidth(needed)

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
        self._whole.resize(self._whole.sizeHint())
        self._whole.move(self.place_of_button(self._whole.size()))
