"""The palette's roles as colours of the theme that is worn."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor

from neocapgui.figures.charts.palette import Shade, Tone
from neocapgui.gui.looks.roles import Roles

_LIGHT_INK, _DARK_INK = "#ffffff", "#14181f"
_READ = 4.5  # the contrast of letters, WCAG 2.2, 1.4.3
_MIXED = {Shade.PALE: (_LIGHT_INK, 0.5), Shade.DEEP: (_DARK_INK, 0.4)}


def tone_color(tone: Tone, roles: Roles) -> QColor:
    """Return the colour of a band: its hue, or mixed with white (pale) or near black (deep)."""
    hue = QColor(roles.bands[tone.hue])
    other, part = _MIXED.get(tone.shade, (hue, 0.0))
    return mixed(hue, QColor(other), part)


def mixed(color: QColor, other: QColor, part: float) -> QColor:
    """Return a colour with a part of another one in it."""
    return QColor(
        *(
            round(own * (1 - part) + foreign * part)
            for own, foreign in zip(_parts(color), _parts(other), strict=True)
        )
    )


def _parts(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


def ink_on(ground: QColor) -> QColor:
    """Return white where it is read well on a ground, else black."""
    white = QColor("#ffffff")
    return white if contrast(white, ground) >= _READ else QColor("#000000")


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one.rgb()), _luminance(other.rgb())), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=64)
def _luminance(rgb: int) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(QColor(rgb)))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
