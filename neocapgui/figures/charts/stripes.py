"""Stripes across a band that shares its colour with another: where each begins and ends, cut to the band."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Segment = tuple[tuple[float, float], tuple[float, float]]
_RISING, _FALLING = 1, 2
WAYS = (0, _RISING, _FALLING, _RISING | _FALLING)  # in which the stripes of a tone can go


def stripes(
    left: ArrayLike, right: ArrayLike, upper: ArrayLike, lower: ArrayLike, ways: int, apart: float
) -> list[Segment]:
    """Return the stripes of a band of steps side by side, `apart` from each other along the axis.

    Places are to the right and down, so `upper` has the smaller numbers. Stripes go at half a right angle,
    rising, falling or both (`WAYS`); bands one above the other have theirs on the same lines.

    >>> stripes([0], [10], [0], [4], 1, 8.0)
    [((4.0, 4.0), (8.0, 0.0))]
    >>> stripes([0], [10], [0], [4], 2, 8.0)
    [((8.0, 0.0), (10.0, 2.0)), ((0.0, 0.0), (4.0, 4.0))]
    """
    if not ways or not np.size(left):
        return []
    edges = [np.asarray(places, np.float64) for places in (left, right, upper, lower)]
    return [
        segment
        for way, slope in ((_RISING, -1), (_FALLING, 1))
        if ways & way
        for segment in _slanted(edges[0], edges[1], edges[2], edges[3], slope, apart)
    ]


def _slanted(
    left: Floats, right: Floats, upper: Floats, lower: Floats, slope: int, apart: float
) -> Iterator[Segment]:
    """Return the pieces of the lines `down = slope * across + apart * number`, one over steps that touch."""
    ends = np.stack([-slope * left, -slope * right])
    first = np.ceil((upper + ends.min(axis=0)) / apart).astype(np.int64)
    counts = np.maximum(np.floor((lower + ends.max(axis=0)) / apart).astype(np.int64) - first + 1, 0)
    step = np.repeat(np.arange(len(left)), counts)  # each step as often as lines can meet it
    number = first[step] + np.arange(len(step)) - np.repeat(np.cumsum(counts) - counts, counts)
    shift = number * apart
    met = np.sort(np.stack([slope * (upper[step] - shift), slope * (lower[step] - shift)]), axis=0)
    begins, stops = np.maximum(left[step], met[0]), np.minimum(right[step], met[1])
    kept = np.flatnonzero(begins < stops)
    kept = kept[np.lexsort((begins[kept], number[kept]))]
    begins, stops, shift = begins[kept], stops[kept], shift[kept]
    is_new = (np.diff(shift, prepend=np.nan) != 0) | (begins > np.append(np.inf, stops[:-1])[: len(kept)])
    starts = np.flatnonzero(is_new)
    lasts = np.append(starts[1:], len(kept))[: len(starts)] - 1
    for begin, stop, at in zip(
        begins[starts].tolist(), stops[lasts].tolist(), shift[starts].tolist(), strict=True
    ):
        yield (begin, slope * begin + at), (stop, slope * stop + at)
