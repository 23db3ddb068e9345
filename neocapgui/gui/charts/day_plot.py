"""A plot of figures over days: real days below, and the lines of the day looked at and of an event."""

from __future__ import annotations

from datetime import date

import pyqtgraph as pg
from PySide6.QtGui import QFont, QFontMetricsF, QPen
from PySide6.QtWidgets import QWidget

from neocapgui.figures.kinds import PLAIN, Style
from neocapgui.gui.charts.day_scale import days_at_axis, figures_at_axis, room_below
from neocapgui.gui.charts.steps import Window
from neocapgui.gui.charts.zoomed_plot import ZoomedPlot
from neocapgui.gui.looks.look import color
from neocapgui.gui.looks.roles import Roles
from neocapgui.gui.widgets.plain_text import as_markup

_LEAST_DAYS = 14  # in sight at the closest


class DayPlot(ZoomedPlot):
    """Shows some days, which stand on the axis as ordinals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show no days yet."""
        super().__init__("Whole time", "Show all days again (0, or double-click)", parent)
        self._style: Style = PLAIN
        self._sign = ""
        self.figures: list[str] = []  # what stands at the axis at the left
        self._halo, self._as_of, self._cursor = (pg.InfiniteLine(angle=90) for _ in range(3))
        for line in (self._halo, self._as_of, self._cursor):
            line.setAcceptHoverEvents(False)
            self._view.addItem(line, ignoreBounds=True)
        self._cursor.hide()

    def show_days(self, first: int, last: int, top: float, title: str, style: Style, sign: str = "") -> None:
        """Show the days from `first` to `last` (ordinals) up to a top figure; a zoom stays if it fits.

        The highest figure has the sign of their unit.
        """
        self._style, self._sign = style, sign
        self._plot.getAxis("left").setLabel(as_markup(title))
        self.show_range(first, last, top, _LEAST_DAYS)

    def show_between(self, first: date, last: date) -> None:
        """Show the days between two."""
        self.show_part(first.toordinal(), last.toordinal())

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
        for line, ink, width in (
            (self._halo, roles.panel, 4),
            (self._as_of, roles.accent, 2),
            (self._cursor, roles.text, 1),
        ):
            pen = QPen(color(ink), width)
            pen.setCosmetic(True)
            line.setPen(pen)
        super().wear(roles, font)

    def write_ticks(self, window: Window) -> None:
        """Write the days in sight, and the figures."""
        left, bottom = self.axes
        bottom.setTicks([[(tick.at, tick.text) for tick in days_at_axis(window, self._style)]])
        bottom.setHeight(room_below(QFontMetricsF(self._font)))
        figures = figures_at_axis(self._top, window.height, self._style, self._sign)
        self.figures = [text for _, text in figures]
        self.write_figures(left, figures, window.height)
