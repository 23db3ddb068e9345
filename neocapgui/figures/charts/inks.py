"""The colours of a picture that leaves the program: a colour for each role, and for each tone of a band."""

from __future__ import annotations

from dataclasses import dataclass

from neocapgui.figures.charts.marks import Ink, Stroke
from neocapgui.figures.charts.palette import Shade, Tone

_LIGHT_INK, _DARK_INK = "#ffffff", "#14181f"
_LETTERS = ("#ffffff", "#000000")  # one of them has a contrast of 4.5 on any colour
_READ = 4.5  # WCAG 2.2, 1.4.3
_MIXED = {Shade.PALE: (_LIGHT_INK, 0.5), Shade.DEEP: (_DARK_INK, 0.4)}
_BANDS = ("#4b77b7", "#7aa6c2", "#5aa28c", "#c9a24b", "#b5698a", "#8d80b8", "#9aa3ad")
_SOFT = 0.4  # how much of the ground is in the stripes on it
_SEEN, _STEPS = 3.0, 20  # the contrast of a line, WCAG 2.2, 1.4.11; and in how many steps it is found
_BEND, _SLOPE, _SHIFT, _STRETCH, _POWER = 0.04045, 12.92, 0.055, 1.055, 2.4  # of sRGB, IEC 61966-2-1


@dataclass(frozen=True, slots=True)
class Inks:
    """A colour (#rrggbb) for each role of a picture."""

    panel: str
    text: str
    dim: str
    line: str
    accent: str
    amber: str
    green: str
    bands: tuple[str, ...] = _BANDS

    def of(self, fill: Tone | Ink, pale: float = 0.0) -> str:
        """Return the colour of a role, with a part of the ground mixed in."""
        if isinstance(fill, Tone):
            found = self.bands[fill.hue]
            other, part = _MIXED.get(fill.shade, (found, 0.0))
            found = mixed(found, other, part)
        elif fill is Ink.GRID:
            found = mixed(self.line, self.panel, 0.4)
        else:
            found = {
                Ink.PANEL: self.panel,
                Ink.TEXT: self.text,
                Ink.DIM: self.dim,
                Ink.LINE: self.line,
                Ink.ACCENT: self.accent,
                Ink.AMBER: self.amber,
                Ink.GREEN: self.green,
            }[fill]
        return mixed(found, self.panel, pale) if pale else found

    def stroke(self, ink: Tone | Ink) -> str:
        """Return the colour of a line: that of a tone is mixed with that of text until it is seen well.

        >>> contrast(PAPER.stroke(Tone(1)), PAPER.panel) >= 3 > contrast(PAPER.of(Tone(1)), PAPER.panel)
        True
        """
        found = self.of(ink)
        if isinstance(ink, Ink):
            return found
        parts = (mixed(found, self.text, step / _STEPS) for step in range(_STEPS))
        return next((one for one in parts if contrast(one, self.panel) >= _SEEN), self.text)

    def on(self, ink: Tone | Ink) -> str:
        """Return the colour of letters: a role's own, or on a tone white where it is read well, or black."""
        if isinstance(ink, Ink):
            return self.of(ink)
        ground = self.of(ink)
        return next((one for one in _LETTERS if contrast(one, ground) >= _READ), _LETTERS[-1])

    def of_line(self, mark: Stroke) -> str:
        """Return the colour in which a line is drawn: stripes on a tone have that of letters, softened."""
        if mark.over is None:
            return self.stroke(mark.ink)
        return mixed(self.on(mark.over), self.of(mark.over), _SOFT)


PAPER = Inks(  # those of the light theme, on white
    panel="#ffffff",
    text="#1b2430",
    dim="#5b6776",
    line="#dfe3e8",
    accent="#1f5fbf",
    amber="#a15c00",
    green="#1c7a4d",
)


def mixed(color: str, other: str, part: float) -> str:
    """Return a colour with a part of another one in it.

    >>> mixed("#000000", "#ffffff", 0.5)
    '#808080'
    """
    parts = zip(_parts(color), _parts(other), strict=True)
    return "#" + "".join(f"{round(own * (1 - part) + foreign * part):02x}" for own, foreign in parts)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance).

    >>> round(contrast("#ffffff", "#000000"), 1)
    21.0
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _parts(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / _SLOPE if part <= _BEND else float(((part + _SHIFT) / _STRETCH) ** _POWER)
