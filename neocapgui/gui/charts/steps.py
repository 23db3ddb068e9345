"""The steps of a chart that are in sight, cut to the plot, in its pixels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from neocapgui.figures.charts.stacked import Chart

Floats = NDArray[np.float64]
_COLUMN = 4  # pixels: how finely room for a label is looked for


@dataclass(frozen=True, slots=True)
class Window:
    """What part of a chart is shown, and how large."""

    first: float  # day ordinals
    last: float
    top: float  # of the figures; the lowest is 0
    width: float  # pixels
    height: float

    def x(self, day: float) -> float:
        """Return where a day stands, in pixels."""
        return (day - self.first) * self.width / (self.last - self.first)


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Steps side by side: where each begins and ends, and the edges of its bands."""

    left: Floats
    right: Floats
    edges: Floats  # steps x (bands + 1); downwards, so the first edge has the largest number

    def __len__(self) -> int:
        return len(self.left)

    def outline(self, band: int, part: slice = slice(None)) -> Floats:
        """Return the corners of a band's area: along its lower edges, back along its upper ones."""
        across = np.column_stack([self.left[part], self.right[part]]).ravel()
        lower, upper = (np.repeat(self.edges[part, edge], 2) for edge in (band, band + 1))
        return np.concatenate(
            [np.column_stack([across, lower]), np.column_stack([across[::-1], upper[::-1]])]
        )

    def parts(self, band: int) -> list[slice]:
        """Return the runs of steps in which a band has any height."""
        has_height = self.edges[:, band] > self.edges[:, band + 1]
        turns = np.flatnonzero(np.diff(np.concatenate([[False], has_height, [False]]).astype(np.int8)))
        return [slice(start, stop) for start, stop in turns.reshape(-1, 2).tolist()]

    def room(self, band: int, width: float, height: float) -> tuple[float, float] | None:
        """Return the middle of the roomiest place in a band for a text of a size, or None."""
        if not len(self):
            return None
        columns = np.arange(self.left[0], self.right[-1], _COLUMN)
        count = int(np.ceil(width / _COLUMN))
        if len(columns) < count:
            return None
        at = np.searchsorted(self.left, columns, side="right") - 1
        lower = np.lib.stride_tricks.sliding_window_view(self.edges[at, band], count).min(axis=1)
        upper = np.lib.stride_tricks.sliding_window_view(self.edges[at, band + 1], count).max(axis=1)
        best = int(np.argmax(np.round(lower - upper)))
        if lower[best] - upper[best] < height:
            return None
        return float(columns[best] + width / 2), float(lower[best] + upper[best]) / 2


@lru_cache(maxsize=4)
def ordinals(days: tuple[date, ...]) -> NDArray[np.int64]:
    """Return days as they stand on an axis."""
    return np.array([day.toordinal() for day in days], np.int64)


def steps_in_sight(chart: Chart, edges: Floats, window: Window) -> Steps:
    """Return the steps of a chart that a window shows; of several within one pixel only the last.

    `edges` are those of the chart, kept by whoever asks often.
    """
    starts = ordinals(chart.days)
    end = min(window.last, float(chart.until.toordinal()))
    low = max(int(np.searchsorted(starts, window.first, side="right")) - 1, 0)
    high = int(np.searchsorted(starts, end, side="left"))
    shown = np.arange(low, high)
    pixels = np.floor((starts[shown] - window.first) * window.width / (window.last - window.first))
    shown = shown[np.append(pixels[1:] != pixels[:-1], True)] if len(shown) else shown
    left = np.array([window.x(start) for start in np.maximum(starts[shown], window.first)], np.float64)
    right = np.append(left[1:], window.x(end)) if len(left) else left
    return Steps(left, right, window.height * (1 - np.minimum(edges[shown] / window.top, 1)))
