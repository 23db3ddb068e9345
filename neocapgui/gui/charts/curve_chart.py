"""A curve over market prices on screen, read with the pointer or the keys, zoomed with the wheel."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QWidget

from neocapgui.figures.charts.overhang import OverhangChart
from neocapgui.figures.kinds import PLAIN, Style
from neocapgui.figures.sentences import sentence
from neocapgui.gui.charts.price_plot import PricePlot
from neocapgui.gui.charts.read_out import ReadOut
from neocapgui.gui.charts.readable_chart import PlotOrSentence, ReadableChart
from neocapgui.gui.charts.tones import tone_color
from neocapgui.gui.looks.look import current
from neocapgui.gui.looks.typeface import figures_font


class CurveChart(ReadableChart):
    """Shows one curve; the area under it is what limits let be issued.

    Keys: Left and Right go to the point before and after, Home and End to the first and last, Up and Down to
    the next price with a name and the one before: floor, last price, limits, fixed price. + and − zoom, 0
    shows all prices again, Escape ends the reading.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._chart: OverhangChart | None = None
        self._style: Style = PLAIN
        self._position: int | None = None  # of the point that is read out
        self.setObjectName("chart.overhang")
        self.plot = PricePlot()
        self.names = self.plot.names
        self.read_out = ReadOut(self.plot)
        self._pages = PlotOrSentence(self.plot, self)
        self.plot.pointed.connect(self._follow_pointer)
        self.plot.left.connect(self.leave)
        self.plot.clicked.connect(lambda _: self.setFocus(Qt.FocusReason.MouseFocusReason))
        self.apply_theme()

    @property
    def chart(self) -> OverhangChart | None:
        """The chart on screen."""
        return self._chart

    @property
    def sentence(self) -> str:
        """What is said where there is nothing to draw."""
        return self._pages.sentence

    def show_chart(self, chart: OverhangChart, style: Style = PLAIN) -> None:
        """Draw a chart, or say why there is none; what was zoomed stays so where it fits."""
        self.leave()
        self._chart, self._style = chart, style
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(sentence(chart.said, style))
        self._pages.say("" if chart.points else chart.empty)
        if chart.points:
            self.plot.show_curve(chart, style)
            self.apply_theme()

    def point_at(self, position: int) -> None:
        """Read out one of the chart's points, as the pointer does."""
        if self._chart is not None and self._chart.points:
            self.plot.bring_into_sight(float(self._chart.points[position].market_price))
            self._read(position, self.place(position))
            self.tell_reading()

    def place(self, position: int) -> QPoint:
        """Return where a point of the curve stands in this widget."""
        if self._chart is None:
            return QPoint()
        point = self._chart.points[position]
        return self.plot.place(float(point.market_price), float(point.shares))

    def answer(self, key: int) -> bool:
        """Do what a key asks for; return whether it asks for anything."""
        chart = self._chart
        if chart is None or not chart.points:
            return False
        last = len(chart.points) - 1
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -last, Qt.Key.Key_End: last}
        if key in steps and self._position is not None:
            self.point_at(min(max(self._position + steps[Qt.Key(key)], 0), last))
        elif key in steps:
            self.point_at(chart.today or 0)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step_to_named(1 if key == Qt.Key.Key_Up else -1)
        elif self.plot.answer(key):
            return True
        elif key == Qt.Key.Key_Escape and self._position is not None:
            self.leave()
        else:
            return False
        return True

    def leave(self) -> None:
        """End the reading."""
        if self._position is None:
            return
        self._position = None
        self.read_out.hide()
        self.plot.mark_point(None)
        if self._chart is not None:
            self.setAccessibleDescription(sentence(self._chart.said, self._style))

    def apply_theme(self) -> None:
        """Wear the colours and letters of the program as they are now."""
        font = figures_font(self.font())
        self.plot.wear(current(), font)
        self.read_out.wear(font)

    def _step_to_named(self, way: int) -> None:
        """Go on to the next price with a name, upwards or downwards; from nowhere to the last price."""
        chart = self._chart
        if chart is None:
            return
        if self._position is None and chart.today is not None:
            self.point_at(chart.today)
            return
        here = self._position or 0
        named = [position for position in chart.named if (position - here) * way > 0]
        if named:
            self.point_at(min(named, key=lambda position: abs(position - here)))

    def _follow_pointer(self, price: float, _: float, at: QPoint) -> None:
        if self._chart is None or not self._chart.points:
            self.leave()
        else:
            self._read(self._chart.nearest(price), at)

    def _read(self, position: int, at: QPoint) -> None:
        chart = self._chart
        if chart is None:
            return
        is_another, self._position = position != self._position, position
        reading = chart.reading(position, self._style)
        self.read_out.say(reading, tone_color(chart.tone, current()), at)
        if is_another:
            self.plot.mark_point(position)
            self.setAccessibleDescription(reading.text.replace("\n", ". "))

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 200)
