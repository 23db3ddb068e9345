"""A company of the diagram as a box: its name, what is said of it, and what its papers could become."""

from __future__ import annotations

from neocapgui.figures.charts.group_diagram import Member
from neocapgui.figures.charts.marks import (
    Anchor,
    Area,
    Box,
    Ink,
    Mark,
    Stroke,
    Words,
    box_area,
    fitted,
    text_width,
)

BOX = 186.0  # points: how wide a company is
INSIDE = 8.0
NAME, LINE = 10.5, 8.5  # sizes of letters
LEADING = 1.32
_MOST_LINES = 6  # of a text in a box
_HATCH = 9.0


def wrapped(
    text: str, room: float, size: float, is_strong: bool = False, most: int = _MOST_LINES
) -> list[str]:
    """Return a text on so many lines as it needs; what does not fit on the last is cut with an ellipsis.

    >>> wrapped("Advanced ImmunoTherapeutics, Inc.", 120, 10)
    ['Advanced', 'ImmunoTherapeutics,', 'Inc.']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, is_strong) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines[most - 1 :] = [" ".join(lines[most - 1 :])]
    return [fitted(line, room, size, is_strong) for line in lines]


def _texts(member: Member) -> tuple[list[str], list[str], list[list[str]]]:
    room = BOX - 2 * INSIDE
    return (
        wrapped(member.name, room, NAME, True, 3),
        [line for one in member.lines for line in wrapped(one, room, LINE, most=2)],
        [wrapped(one, room, LINE) for one in member.moves],
    )


def box_height(member: Member) -> float:
    """Return how high the box of a company is, in points."""
    names, lines, moves = _texts(member)
    high = len(names) * NAME * LEADING + len(lines) * LINE * LEADING + 2 * INSIDE * 0.8
    return high + sum(len(one) * LINE * LEADING + 7 for one in moves)


def box_marks(member: Member, box: Box) -> list[Mark]:
    """Return a company drawn in its box; one at rest is hatched, with a dashed edge."""
    names, lines, moves = _texts(member)
    corners = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
    marks: list[Mark] = [Area(corners, Ink.PANEL, member.says, part="company")]
    if member.is_at_rest:
        marks += _hatched(box)
    dash = (2.5, 2.5) if member.is_at_rest else ()
    ink = Ink.DIM if member.is_at_rest else Ink.TEXT
    marks.append(Stroke((*corners, corners[0]), ink, 1.1, dash, part="edge"))
    down = box.top + INSIDE * 0.8
    across = box.left + box.width / 2
    for line in names:
        down += NAME * LEADING
        place = (across, down - NAME * 0.35)
        marks += _on_ground(Words(place, line, NAME, ink, Anchor.MIDDLE, True, part="name"), member)
    for line in lines:
        down += LINE * LEADING
        place = (across, down - LINE * 0.35)
        marks += _on_ground(Words(place, line, LINE, Ink.DIM, Anchor.MIDDLE, part="line"), member)
    for texts in moves:
        down += 7
        rule = ((box.left + INSIDE, down - 3), (box.right - INSIDE, down - 3))
        marks.append(Stroke(rule, Ink.ACCENT, 0.8, (4.0, 3.0), part="rule"))
        for line in texts:
            down += LINE * LEADING
            place = (across, down - LINE * 0.35)
            marks += _on_ground(Words(place, line, LINE, Ink.ACCENT, Anchor.MIDDLE, part="line"), member)
    return marks


def _on_ground(words: Words, member: Member) -> list[Mark]:
    """Return a text, on a plain ground where the box is hatched."""
    if not member.is_at_rest:
        return [words]
    across, down = words.place
    wide = words.width + 6
    ground = Box(across - wide / 2, down - words.size * 0.95, wide, words.size * 1.3)
    return [box_area(ground, Ink.PANEL, part="ground"), words]


def _hatched(box: Box) -> list[Mark]:
    """Return slanted lines over a box: the pattern of what is at rest."""
    marks: list[Mark] = []
    offset = _HATCH
    while offset < box.width + box.height:
        start = (box.left + min(offset, box.width), box.top + max(offset - box.width, 0.0))
        end = (box.left + max(offset - box.height, 0.0), box.top + min(offset, box.height))
        marks.append(Stroke((start, end), Ink.LINE, 0.8, part="hatch"))
        offset += _HATCH
    return marks
