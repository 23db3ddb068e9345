"""What a drawing is made of: areas, lines and words in points, from the top left; nothing else is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from neocapgui.figures.charts.palette import Tone

Point = tuple[float, float]  # right and down, in points (1/72 inch)

# How wide a letter is in a plain sans-serif face, in thousandths of its size: the widest of the common faces
# (Arial, Helvetica, Inter, DejaVu Sans), so that a text never needs more room than it is given.
_NARROW, _SLIM, _WIDE, _BROAD = 330, 430, 740, 930
_NARROW_LETTERS = frozenset("iIjl|!.,:;'` ")
_SLIM_LETTERS = frozenset('frt()[]-/\\"*°')
_WIDE_LETTERS = frozenset("ABCDEFGHKNOPQRSUVXYZw&%")
_BROAD_LETTERS = frozenset("MWm@…—")
_PLAIN, _FULL = 640, 1000
_FIRST_FULL = 0x1100  # from here on letters may be as wide as they are high
_BOLD = 1.08
_LEAST_KEPT = 6  # letters of a name that is cut before its number


class Ink(StrEnum):
    """A role of colour that is no band."""

    PANEL = "panel"  # the ground
    TEXT = "text"
    DIM = "dim"
    LINE = "line"
    GRID = "grid"
    ACCENT = "accent"
    AMBER = "amber"
    GREEN = "green"


class Anchor(StrEnum):
    """Which end of a text stands at its place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def cut(self, left: float = 0, top: float = 0, right: float = 0, bottom: float = 0) -> Box:
        """Return what is left without a margin on each side; never less than nothing."""
        return Box(
            self.left + left,
            self.top + top,
            max(self.width - left - right, 0.0),
            max(self.height - top - bottom, 0.0),
        )

    def holds(self, point: Point, slack: float = 0.01) -> bool:
        """Whether a point lies inside or on the edge."""
        right, down = point
        return (
            self.left - slack <= right <= self.right + slack
            and self.top - slack <= down <= self.bottom + slack
        )


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon; `says` is what a reader of the picture is told of it."""

    points: tuple[Point, ...]
    fill: Tone | Ink
    says: str = ""
    part: str = ""  # of which kind it is: `band`, `swatch`, `ground`...
    pale: float = 0.0  # how much of the ground is mixed in, 0 to 1


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line along some points."""

    points: tuple[Point, ...]
    ink: Tone | Ink = Ink.TEXT
    width: float = 0.75
    dash: tuple[float, ...] = ()
    part: str = ""
    over: Tone | None = None  # the tone that it stripes: then the ink is that of stripes there


@dataclass(frozen=True, slots=True)
class Words:
    """A text on one line; its place is on the line that the letters stand on."""

    place: Point
    text: str
    size: float
    ink: Tone | Ink = Ink.TEXT  # a tone stands for the ink that is read best on it
    anchor: Anchor = Anchor.START
    is_strong: bool = False
    is_upright: bool = False  # turned, to be read from below
    part: str = ""

    @property
    def width(self) -> float:
        """The room that is kept for it, in points."""
        return text_width(self.text, self.size, self.is_strong)


Mark = Area | Stroke | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as data, the same on paper, in a file and on the clipboard."""

    width: float  # points
    height: float
    title: str
    description: str  # the picture in words
    plot: Box  # inside which all that shows figures lies
    marks: tuple[Mark, ...]

    def of_part(self, part: str) -> tuple[Mark, ...]:
        """Return the marks of one kind."""
        return tuple(mark for mark in self.marks if mark.part == part)


def text_width(text: str, size: float, is_strong: bool = False) -> float:
    """Return the room a text needs at a size, in points; ample for the usual faces.

    >>> text_width("", 9), text_width("89.18 %", 10) > text_width("89.18", 10)
    (0.0, True)
    """
    thousandths = sum(map(_thousandths, text))
    return thousandths * size / 1000 * (_BOLD if is_strong else 1)


def _thousandths(letter: str) -> int:
    if ord(letter) >= _FIRST_FULL:
        return _FULL
    for letters, width in (
        (_NARROW_LETTERS, _NARROW),
        (_SLIM_LETTERS, _SLIM),
        (_WIDE_LETTERS, _WIDE),
        (_BROAD_LETTERS, _BROAD),
    ):
        if letter in letters:
            return width
    return _PLAIN


def fitted(text: str, room: float, size: float, is_strong: bool = False) -> str:
    """Return a text that fits into a room, cut short with an ellipsis where it must be; "" where none fits.

    >>> fitted("Societe Generale", 60, 9)
    'Societe G…'
    """
    most = int(max(room, 0) * 1000 / (size * _NARROW)) + 1  # letters, however narrow: a name can be a book
    if len(text) <= most and text_width(text, size, is_strong) <= room:
        return text
    kept = text[:most]
    while kept and text_width(kept.rstrip() + "…", size, is_strong) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…" if kept.rstrip() else ""


def shortened(text: str, room: float, size: float) -> str:
    """Return a name that fits into a room; one that ends with a number or a year keeps it where it is cut.

    >>> shortened("Two institutional investors of June 2002", 130, 9)
    'Two institutional in… 2002'
    >>> shortened("Montrose Investments Ltd.", 80, 9)
    'Montrose Inve…'
    """
    rest, _, ending = text.rpartition(" ")
    has_number = any(letter.isdigit() for letter in ending)
    if not rest or not has_number or text_width(text, size) <= room:
        return fitted(text, room, size)
    while rest and text_width(f"{rest.rstrip()}… {ending}", size) > room:
        rest = rest[:-1]
    return f"{rest.rstrip()}… {ending}" if len(rest) >= _LEAST_KEPT else fitted(text, room, size)


def box_area(box: Box, fill: Tone | Ink, says: str = "", part: str = "", pale: float = 0.0) -> Area:
    """Return a filled rectangle."""
    corners = (
        (box.left, box.top),
        (box.right, box.top),
        (box.right, box.bottom),
        (box.left, box.bottom),
    )
    return Area(corners, fill, says, part, pale)


def apart(wanted: Sequence[float], height: float, top: float, bottom: float) -> list[float]:
    """Return places in ascending order, at least a height apart, as near as can be to the wanted ones.

    They stay between top and bottom; where there is no room for all they are as far apart as can be.

    >>> apart([10, 11, 50], 10, 0, 60), apart([1, 2, 3], 10, 0, 15)
    ([5.5, 15.5, 50.0], [0.0, 7.5, 15.0])
    """
    height = min(height, (bottom - top) / max(len(wanted) - 1, 1))
    blocks: list[tuple[float, int]] = []  # the sum of what the first of each would like, and how many
    for number, place in enumerate(wanted):
        total, count = place - height * number, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            before, more = blocks.pop()
            total, count = total + before, count + more
        blocks.append((total, count))
    last = bottom - height * max(len(wanted) - 1, 0)
    firsts = [min(max(total / count, top), last) for total, count in blocks for _ in range(count)]
    return [float(first + height * number) for number, first in enumerate(firsts)]
