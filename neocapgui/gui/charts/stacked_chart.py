"""A chart on screen: stacked steps over days, read with the pointer or the keys, zoomed with the wheel."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from neocapgui.figures.charts.stacked import Chart, Reading, Unit
from neocapgui.figures.kinds import PLAIN, Style
from neocapgui.figures.sentences import sentence
from neocapgui.gui.charts.bands import Bands, Drawing, Names
from neocapgui.gui.charts.day_plot import DayPlot
from neocapgui.gui.charts.legend import Entry, Legend
from neocapgui.gui.charts.read_out import ReadOut
from neocapgui.gui.charts.readable_chart import PlotOrSentence, ReadableChart
from neocapgui.gui.charts.steps import Floats, ordinals
from neocapgui.gui.charts.tones import tone_color
from neocapgui.gui.looks.look import color, current
from neocapgui.gui.looks.typeface import figures_font

_LEGEND_SHARE = 4.75  # lines of height that allow one more line of the legend


class StackedChart(ReadableChart):
    """Shows one chart with its legend.

    Keys: Left and Right go to the event before and after, Up and Down to the band above and below,
    Home and End to the first and last event, Enter looks at the day, + and − zoom, 0 shows the whole time
    again, Escape ends the reading.
    """

    day_chosen = Signal(object)  # a date
    read = Signal(object, str)  # the date and the name that are read out; None when the reading ends

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._chart: Chart | None = None
        self._style = PLAIN
        self._edges: Floats = np.zeros((0, 1))
        self._position: int | None = None  # of the day that is read out
        self._band: int | None = None
        self._day: date | None = None  # the day that the keys go on from
        self._stops_of: tuple[tuple[date, ...], tuple[date, ...]] = ((), ())
        self._stops: NDArray[np.int64] = np.zeros(0, np.int64)  # the days that they go to
        self.plot = DayPlot()
        self.legend = Legend()
        self.read_out = ReadOut(self.plot)
        self.names = Names(self.plot.surface)
        self._bands = Bands(self.plot.surface)
        drawn = QWidget()
        column = QVBoxLayout(drawn)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.plot, 1)
        column.addWidget(self.legend)
        self._pages = PlotOrSentence(drawn, self)
        self.plot.moved.connect(self._draw)
        self.plot.pointed.connect(self._follow_pointer)
        self.plot.left.connect(self.leave)
        self.plot.clicked.connect(self._choose)
        self.legend.pointed.connect(self._point_at_band)
        self.apply_theme()

    @property
    def chart(self) -> Chart | None:
        """The chart on screen."""
        return self._chart

    @property
    def read_at(self) -> tuple[int, int] | None:
        """Which day and band are read just now, by their places in the chart; None where none are."""
        if self._position is None or self._band is None:
            return None
        return self._position, self._band

    @property
    def sentence(self) -> str:
        """What is said where there is nothing to draw."""
        return self._pages.sentence

    def show_chart(self, chart: Chart, style: Style = PLAIN) -> None:
        """Draw a chart; one that differs only in the day looked at is not drawn anew."""
        before, self._chart = self._chart, chart
        self.setAccessibleName(" ".join((chart.title, chart.axis)).strip())
        self.setAccessibleDescription(sentence(chart.said, style))
        self._pages.say(chart.empty)
        if chart.empty:
            self.leave()
            return
        if before is None or not chart.draws_like(before) or style != self._style:
            self._style, self._edges = style, chart.edges()
            self.leave()
            self.step_over(())
            days = chart.first.toordinal(), chart.until.toordinal()
            sign = " %" if chart.unit is Unit.PERCENT else ""
            self.plot.show_days(*days, chart.top(), chart.axis, style, sign)
        self.plot.mark_day(chart.as_of.toordinal())
        self._tell_legend()

    def show_whole(self) -> None:
        """Show all days of the chart again."""
        if self._chart is not None and not self._chart.empty:
            self.plot.show_whole()

    def point_at(self, position: int, band: int) -> None:
        """Read out a band on one of the chart's days, as the pointer does."""
        chart = self._chart
        if chart is not None and not chart.empty:
            self._point(chart, chart.days[position], position, band)

    def _point(self, chart: Chart, day: date, position: int, band: int) -> None:
        self.plot.bring_into_sight(day.toordinal())
        middle = (self._edges[position, band] + self._edges[position, band + 1]) / 2
        self._read(day, position, band, self.plot.place(day.toordinal(), middle))
        self.read.emit(day, chart.bands[band].name)
        self.tell_reading()

    def step_over(self, days: tuple[date, ...]) -> None:
        """Let the keys stop on these days too: on those of a chart that is read together with this one."""
        stops_of = () if self._chart is None else self._chart.days, days
        if stops_of != self._stops_of:
            self._stops_of = stops_of
            self._stops = np.union1d(*map(ordinals, stops_of))

    def follow_reading(self, day: date | None, name: str) -> None:
        """Read out what another chart reads: a name on a day; None ends the reading."""
        chart = self._chart
        reading = (
            None if chart is None or chart.empty or day is None else chart.reading_on(day, name, self._style)
        )
        if chart is None or day is None or reading is None:
            self._end_reading()
            return
        position, band = chart.course.position(day) or 0, chart.band_named(name)
        edges = self._edges[position]
        low, high = (0.0, edges[-1]) if band is None else (edges[band], edges[band + 1])
        ink = color(current().line) if band is None else tone_color(chart.bands[band].tone, current())
        self._say(reading, day, position, band, ink, self.plot.place(day.toordinal(), (low + high) / 2))

    def answer(self, key: int) -> bool:
        """Do what a key asks for; return whether it asks for anything."""
        chart = self._chart
        last = len(self._stops)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -last, Qt.Key.Key_End: last}
        if chart is None or chart.empty:
            return False
        if key in steps:
            self._step(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._climb(1 if key == Qt.Key.Key_Up else -1)
        elif self.plot.answer(key):
            return True
        elif self._day is None:
            return False
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.day_chosen.emit(self._day)
        else:
            return False
        return True

    def apply_theme(self) -> None:
        """Wear the colours and letters of the program as they are now."""
        font = figures_font(self.font())
        self.plot.wear(current(), font)
        self.legend.wear(font)
        self.read_out.wear(font)
        self._limit_legend()
        self._tell_legend()

    def _limit_legend(self) -> None:
        self.legend.limit(max(1, int(self.height() / (_LEGEND_SHARE * self.legend.line))))

    def _draw(self) -> None:
        chart, window = self._chart, self.plot.in_sight
        if chart is None or chart.empty or window is None:
            return
        drawing = Drawing(chart, self._edges, window, current(), self.font())
        steps = drawing.steps()
        self._bands.show_drawing(drawing, steps)
        self.names.show_drawing(drawing, steps)

    def _tell_legend(self) -> None:
        chart = self._chart
        if chart is None or chart.empty:
            return
        looked_at = chart.course.position(chart.as_of)
        position = looked_at if self._position is None else self._position
        figures = ("",) * len(chart.bands) if position is None else chart.figures(position, self._style)
        heights = np.diff(self._edges[looked_at or 0])
        sign = " %" if chart.unit is Unit.PERCENT else ""
        self.legend.show_entries(
            [
                Entry(
                    band.name,
                    figure and figure + sign,
                    tone_color(band.tone, current()),
                    band.tone.stripes,
                )
                for band, figure in zip(chart.bands, figures, strict=True)
            ],
            np.argsort(-heights, kind="stable").tolist(),
        )

    def _follow_pointer(self, day: float, figure: float, at: QPoint) -> None:
        chart = self._chart
        if chart is None or chart.empty:
            return
        position = chart.course.position(_date(day))
        band = None if position is None else self._band_at(position, figure)
        if position is None or band is None:
            self.leave()
        else:
            self._read(_date(day), position, band, at)
            self.read.emit(_date(day), chart.bands[band].name)

    def _band_at(self, position: int, figure: float) -> int | None:
        edges = self._edges[position]
        if not edges[-1] or not 0 <= figure <= edges[-1]:
            return None
        return min(int(np.searchsorted(edges[1:], figure, side="left")), len(edges) - 2)

    def _read(self, day: date, position: int, band: int, at: QPoint) -> None:
        chart = self._chart
        if chart is None:
            return
        reading = chart.reading(position, band, self._style)
        self._say(reading, day, position, band, tone_color(chart.bands[band].tone, current()), at)

    def _say(
        self, reading: Reading, day: date, position: int, band: int | None, ink: QColor, at: QPoint
    ) -> None:
        stop = date.fromordinal(int(self._stops[self._stop_on(day)]))
        is_another = (stop, position, band) != (self._day, self._position, self._band)
        self._day, self._position, self._band = stop, position, band
        self.read_out.say(reading, ink, at)
        if is_another:
            self.plot.mark_event(stop.toordinal())
            self._point_at_band(band)
            self._tell_legend()
            self.setAccessibleDescription(reading.text.replace("\n", ". "))

    def leave(self) -> None:
        """End the reading."""
        if self._day is not None:
            self._end_reading()
            self.read.emit(None, "")

    def _end_reading(self) -> None:
        if self._day is None:
            return
        self._day = self._position = self._band = None
        self.read_out.hide()
        self.plot.mark_event(None)
        self._point_at_band(None)
        self._tell_legend()
        if self._chart is not None:
            self.setAccessibleDescription(sentence(self._chart.said, self._style))

    def _point_at_band(self, band: int | None) -> None:
        self._bands.point_at(band)
        self.legend.point_at(band)

    def _choose(self, day: float) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.day_chosen.emit(_date(day))

    def _step(self, by: int) -> None:
        chart = self._chart
        if chart is None or chart.empty:
            return
        at = self._stop_on(chart.as_of) if self._day is None else self._stop_on(self._day) + by
        stop = date.fromordinal(int(self._stops[min(max(at, 0), len(self._stops) - 1)]))
        position = chart.course.position(stop)
        heights = np.diff(self._edges[position or 0])
        stays = self._band is not None and heights[self._band] > 0
        band = self._band if self._band is not None and stays else int(np.argmax(heights))
        if position is not None:
            self._point(chart, stop, position, band)
            return
        self._end_reading()  # only the other chart has begun by then: it is read there
        self._day = stop
        self.plot.mark_event(stop.toordinal())
        self.read.emit(stop, chart.bands[band].name)

    def _stop_on(self, day: date) -> int:
        """Return the place of the last stop up to a day, or of the first one."""
        return max(int(np.searchsorted(self._stops, day.toordinal(), side="right")) - 1, 0)

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

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._limit_legend()

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 200)


def _date(day: float) -> date:
    return date.fromordinal(min(max(1, int(day)), date.max.toordinal()))
