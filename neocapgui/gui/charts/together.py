"""Two charts of days that are zoomed, moved and read together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial

from PySide6.QtCore import QObject

from neocapgui.gui.charts.stacked_chart import StackedChart


class Together(QObject):
    """Keeps the same days in sight in both and reads the same name on the same day, on the events of both."""

    def __init__(self, above: StackedChart, below: StackedChart) -> None:
        """Tie two charts; they are apart until they are joined."""
        super().__init__(above)
        self._above, self._below = above, below
        self._is_joined = False
        for one, other in ((above, below), (below, above)):
            one.plot.moved.connect(partial(self._follow, one, other))
            one.read.connect(partial(self._read, other))

    def part(self) -> None:
        """Let each go its own way."""
        self._is_joined = False
        for one in (self._above, self._below):
            one.plot.keep_scale(0.0)
            one.step_over(())

    @contextmanager
    def joined(self) -> Iterator[None]:
        """Join both, once what is shown inside stands in either; the one above leads."""
        self._is_joined = False
        yield
        self._is_joined = self._has_both
        if self._is_joined:
            for one, other in ((self._above, self._below), (self._below, self._above)):
                one.step_over(() if other.chart is None else other.chart.days)
            self._follow(self._above, self._below)
        else:
            self.part()

    @property
    def _has_both(self) -> bool:
        charts = (self._above.chart, self._below.chart)
        return all(chart is not None and not chart.empty for chart in charts)

    def _follow(self, one: StackedChart, other: StackedChart) -> None:
        """Show in the other what is in sight in the one, in line with it."""
        window = one.plot.in_sight
        if not self._is_joined or window is None:
            return
        other.plot.show_part(window.first, window.last)
        scale = max(one.plot.scale, other.plot.scale)
        for each in (one, other):
            each.plot.keep_scale(scale)

    def _read(self, other: StackedChart, day: date | None, name: str) -> None:
        if self._is_joined:
            other.follow_reading(day, name)
