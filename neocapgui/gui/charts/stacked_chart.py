"""A chart on screen: stacked steps over days, read with the pointer or the keys, zoomed with the wheel."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QScrollArea, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from neocapgui.figures.axes import Tick, day_ticks, figure_ticks
from neocapgui.figures.charts import Chart, Unit
from neocapgui.figures.kinds import PLAIN, Style
from neocapgui.gui.charts.bands import Bands
from neocapgui.gui.charts.legend import Entry, Legend
from neocapgui.gui.charts.read_out import ReadOut
from neocapgui.gui.charts.steps import Floats, Window
from neocapgui.gui.charts.tones import tone_color
from neocapgui.gui.look import color, current
from neocapgui.gui.typeface import figures_font

_RATE = 60  # read-outs in a second
_DAY_WIDTH, _FIGURE_HEIGHT = 110, 44  # pixels that a tick needs
_LEGEND_SHARE = 100  # pixels of height that allow one more line of the legend
_LEAST_DAYS = 14  # in sight at the closest


class StackedChart(QWidget):
    """Shows one chart with its legend.

    Keys: Left and Right go to the event before and after, Up and Down to the band above and below,
    Home and End to the first and last event, Enter chooses the day, 0 shows the whole time again.
    """

    day_chosen = Signal(object)  # a date

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._chart: Chart | None = None
        self._style = PLAIN
        self._edges: Floats = np.zeros((0, 1))
        self._position: int | None = None
        self._band: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._plot = pg.PlotWidget()
        self._view = self._plot.getViewBox()
        self._bands = Bands(self._view)
        self._halo = pg.InfiniteLine(angle=90)
        self._as_of = pg.InfiniteLine(angle=90)
        self._cursor = pg.InfiniteLine(angle=90)
        self.legend = Legend()
        self._sentence = QLabel()
        self._whole = QToolButton(self._plot)
        self.read_out = ReadOut(self._plot)
        self._arrange()
        self._connect()
        self.apply_theme()

    def _arrange(self) -> None:
        self._plot.setMenuEnabled(False)
        self._plot.scene().contextMenu = []
        self._plot.hideButtons()
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.viewport().installEventFilter(self)
        self._plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self._plot.getPlotItem().layout.setContentsMargins(0, 8, 8, 0)
        self._view.setMouseEnabled(x=True, y=False)
        self._view.setDefaultPadding(0)
        for line in (self._halo, self._as_of, self._cursor):
            line.setAcceptHoverEvents(False)
            self._view.addItem(line, ignoreBounds=True)
        self._cursor.hide()
        for name in ("left", "bottom"):
            axis = self._plot.getAxis(name)
            axis.enableAutoSIPrefix(False)
            axis.setStyle(tickLength=-4, autoExpandTextSpace=False)
        self._whole.setText("Whole time")
        self._whole.setToolTip("Show all days again (0)")
        self._whole.hide()
        self._sentence.setProperty("look", "dim")
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        drawn = QWidget()
        column = QVBoxLayout(drawn)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._plot, 1)
        column.addWidget(self.legend)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(drawn)
        self._pages.addWidget(self._sentence)

    def _connect(self) -> None:
        scene = self._plot.scene()
        self._moves = pg.SignalProxy(scene.sigMouseMoved, rateLimit=_RATE, slot=self._pointer_moved)
        scene.sigMouseClicked.connect(self._clicked)
        self._view.sigRangeChanged.connect(self._view_moved)
        self._view.sigResized.connect(self._view_moved)
        self._whole.clicked.connect(self.show_whole)
        self.legend.pointed.connect(self._point_at_band)

    @property
    def chart(self) -> Chart | None:
        """The chart on screen."""
        return self._chart

    def show_chart(self, chart: Chart, style: Style = PLAIN) -> None:
        """Draw a chart; one that differs only in the day looked at keeps its zoom."""
        before, self._chart = self._chart, chart
        self.setAccessibleName(f"{chart.title}, {chart.axis}")
        self.setAccessibleDescription(chart.alt)
        if chart.empty:
            self._sentence.setText(chart.empty)
            self._pages.setCurrentIndex(1)
            self._leave()
            return
        self._pages.setCurrentIndex(0)
        is_new = (
            before is None
            or before.course is not chart.course
            or before.unit is not chart.unit
            or style != self._style
        )
        if is_new:
            self._style, self._edges = style, chart.edges()
            self._leave()
            self._bands.show_chart(chart, self._edges)
            self._limit(chart, keeps_range=before is not None and before.days[:1] == chart.days[:1])
        for line in (self._halo, self._as_of):
            line.setPos(chart.as_of.toordinal())
        self._tell_legend()

    def show_whole(self) -> None:
        """Show all days of the chart again."""
        if self._chart is not None and self._chart.days:
            self._view.setXRange(*self._whole_range(self._chart))

    def point_at(self, position: int, band: int) -> None:
        """Read out a band on one of the chart's days, as the pointer does."""
        chart = self._chart
        if chart is None or chart.empty:
            return
        day = chart.days[position].toordinal()
        low, high = self._view.viewRange()[0]
        if not low <= day <= high:
            self._view.translateBy(x=day - (low + high) / 2)
        middle = (self._edges[position, band] + self._edges[position, band + 1]) / 2
        at = self._view.mapViewToScene(QPointF(day, middle))
        self._read(position, band, self._plot.mapFromScene(at))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def apply_theme(self) -> None:
        """Wear the colours of the program."""
        roles = current()
        self._plot.setBackground(color(roles.panel))
        self._bands.wear(roles)
        for line, ink, width in (
            (self._halo, roles.panel, 4),
            (self._as_of, roles.accent, 2),
            (self._cursor, roles.text, 1),
        ):
            pen = QPen(color(ink), width)
            pen.setCosmetic(True)
            line.setPen(pen)
        font = figures_font(self.font())
        for name in ("left", "bottom"):
            axis = self._plot.getAxis(name)
            axis.setPen(QPen(color(roles.line), 1))
            axis.setTextPen(color(roles.dim))
            axis.setTickFont(font)
        self._plot.getAxis("left").setLabel(
            "" if self._chart is None else self._chart.axis, **{"color": roles.dim}
        )
        self._view_moved()
        self._tell_legend()

    def _whole_range(self, chart: Chart) -> tuple[int, int]:
        return chart.days[0].toordinal(), chart.until.toordinal()

    def _limit(self, chart: Chart, keeps_range: bool) -> None:
        first, last = self._whole_range(chart)
        low, high = self._view.viewRange()[0]
        self._view.setLimits(xMin=first, xMax=last, minXRange=min(_LEAST_DAYS, last - first))
        if not (keeps_range and first <= low < high <= last and self._whole.isVisibleTo(self)):
            self._view.setXRange(first, last)
        self._plot.getAxis("left").setLabel(chart.axis, color=current().dim)
        self._view_moved()

    def _top(self) -> float:
        """Return the highest figure of the axis."""
        if self._chart is None or self._chart.unit is Unit.PERCENT:
            return 100.0
        return float(self._edges[:, -1].max(initial=1)) * 1.03

    def _view_moved(self, *_: Any) -> None:
        chart, area = self._chart, self._view.rect()
        if chart is None or chart.empty or area.width() < 1 or area.height() < 1:
            return
        (low, high), top = self._view.viewRange()[0], self._top()
        if self._view.viewRange()[1] != [0, top]:
            self._view.setYRange(0, top)
        self._bands.show_window(Window(low, high, top, area.width(), area.height()))
        self._tick(low, high, top, area)
        first, last = self._whole_range(chart)
        self._whole.setVisible(high - low < last - first)
        self._place_button()

    def _tick(self, low: float, high: float, top: float, area: QRectF) -> None:
        style = self._style
        days = day_ticks(
            date.fromordinal(round(low)),
            date.fromordinal(round(high)),
            max(2, int(area.width() / _DAY_WIDTH)),
            style,
        )
        figures = figure_ticks(int(top), max(2, int(area.height() / _FIGURE_HEIGHT)), style)
        bottom, left = self._plot.getAxis("bottom"), self._plot.getAxis("left")
        metrics = QFontMetricsF(left.style["tickFont"])
        bottom.setTicks([_pairs(days)])
        bottom.setHeight(metrics.height() + 8)
        left.setTicks([_pairs(figures)])
        widest = max(metrics.horizontalAdvance(tick.text) for tick in figures)
        left.showLabel(area.height() > metrics.horizontalAdvance(left.labelText))
        left.setWidth(widest + 12 + (metrics.height() if left.label.isVisible() else 0))

    def _place_button(self) -> None:
        size = self._whole.sizeHint()
        self._whole.setGeometry(self._plot.width() - size.width() - 14, 14, size.width(), size.height())

    def _tell_legend(self) -> None:
        chart = self._chart
        if chart is None or chart.empty:
            return
        position = chart.course.position(chart.as_of) if self._position is None else self._position
        figures = ("",) * len(chart.bands) if position is None else chart.figures(position, self._style)
        sign = " %" if chart.unit is Unit.PERCENT else ""
        self.legend.show_entries(
            [
                Entry(band.name, figure and figure + sign, tone_color(band.tone, current()))
                for band, figure in zip(chart.bands, figures, strict=True)
            ]
        )

    def _pointer_moved(self, arguments: tuple[QPointF]) -> None:
        at, chart = arguments[0], self._chart
        if chart is None or chart.empty or not self._view.sceneBoundingRect().contains(at):
            self._leave()
            return
        there = self._view.mapSceneToView(at)
        position = chart.course.position(date.fromordinal(max(1, int(there.x()))))
        band = None if position is None else self._band_at(position, there.y())
        if position is None or band is None:
            self._leave()
            return
        self._read(position, band, self._plot.mapFromScene(at))

    def _band_at(self, position: int, figure: float) -> int | None:
        edges = self._edges[position]
        if not 0 <= figure <= edges[-1] or not edges[-1]:
            return None
        return min(int(np.searchsorted(edges[1:], figure, side="left")), len(edges) - 2)

    def _read(self, position: int, band: int, at: QPoint) -> None:
        chart = self._chart
        if chart is None:
            return
        self._position, self._band = position, band
        reading = chart.reading(position, band, self._style)
        self.read_out.say(reading, tone_color(chart.bands[band].tone, current()), at)
        self._cursor.setPos(chart.days[position].toordinal())
        self._cursor.show()
        self._point_at_band(band)
        self._tell_legend()
        self.setAccessibleDescription(reading.text.replace("\n", ". "))

    def _leave(self) -> None:
        if self._position is None:
            return
        self._position = self._band = None
        self.read_out.hide()
        self._cursor.hide()
        self._point_at_band(None)
        self._tell_legend()
        if self._chart is not None:
            self.setAccessibleDescription(self._chart.alt)

    def _point_at_band(self, band: int | None) -> None:
        self._bands.point_at(band)
        self.legend.point_at(band)

    def _clicked(self, event: Any) -> None:
        chart = self._chart
        if chart is None or chart.empty or event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        at = event.scenePos()
        if self._view.sceneBoundingRect().contains(at):
            day = round(self._view.mapSceneToView(at).x())
            self.day_chosen.emit(date.fromordinal(max(1, day)))

    def _step(self, by: int) -> None:
        chart = self._chart
        if chart is None or chart.empty:
            return
        if self._position is None:
            found = chart.course.position(chart.as_of)
            position = 0 if found is None else found
        else:
            position = min(max(self._position + by, 0), len(chart.days) - 1)
        self.point_at(position, self._standing(position, self._band))

    def _standing(self, position: int, band: int | None) -> int:
        """Return a band if it has something on a day, otherwise the largest one there."""
        heights = np.diff(self._edges[position])
        return band if band is not None and heights[band] > 0 else int(np.argmax(heights))

    def _climb(self, by: int) -> None:
        if self._position is None or self._band is None:
            self._step(0)
            return
        heights = np.diff(self._edges[self._position])
        band = self._band + by
        while 0 <= band < len(heights) and not heights[band]:
            band += by
        if 0 <= band < len(heights):
            self.point_at(self._position, band)

    def _zooms_on(self, event: QWheelEvent) -> bool:
        """Return whether a turn of the wheel is meant for the chart and not for a page that scrolls."""
        if self.hasFocus() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return True
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        return around is None

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent) and not self._zooms_on(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange)
        if event.type() in kinds and hasattr(self, "_pages"):
            self.apply_theme()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = 0 if self._chart is None else len(self._chart.days)
        moves = {
            Qt.Key.Key_Left: lambda: self._step(-1),
            Qt.Key.Key_Right: lambda: self._step(1),
            Qt.Key.Key_Home: lambda: self._step(-last),
            Qt.Key.Key_End: lambda: self._step(last),
            Qt.Key.Key_Up: lambda: self._climb(1),
            Qt.Key.Key_Down: lambda: self._climb(-1),
            Qt.Key.Key_0: self.show_whole,
        }
        move = moves.get(Qt.Key(event.key()))
        if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif move is not None:
            move()
        elif event.key() == Qt.Key.Key_Escape and self._position is not None:
            self._leave()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and self._position is not None
            and self._chart
        ):
            self.day_chosen.emit(self._chart.days[self._position])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._leave()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.legend.limit(max(1, self.height() // _LEGEND_SHARE))
        self._place_button()

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 200)


def _pairs(ticks: tuple[Tick, ...]) -> list[tuple[int, str]]:
    return [(tick.at, tick.text) for tick in ticks]
