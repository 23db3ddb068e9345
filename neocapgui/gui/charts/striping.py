"""The stripes of a band that shares its colour with another, as they are painted on the screen."""

from __future__ import annotations

from numpy.typing import ArrayLike
from PySide6.QtCore import QLineF
from PySide6.QtGui import QColor, QPainter, QPen

from neocapgui.figures.charts.stripes import stripes
from neocapgui.gui.charts.tones import ink_on, mixed

_APART, _WIDTH, _SOFT = 7.0, 1.0, 0.4  # pixels; and how much of the ground is in the stripes on it


def paint_stripes(
    painter: QPainter,
    ground: QColor,
    ways: int,
    steps: tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike],
) -> None:
    """Paint stripes over steps side by side: where each begins and ends, its upper and its lower edge."""
    left, right, upper, lower = steps
    segments = stripes(left, right, upper, lower, ways, _APART)
    if not segments:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(mixed(ink_on(ground), ground, _SOFT), _WIDTH))
    painter.drawLines([QLineF(*start, *end) for start, end in segments])
    painter.restore()
