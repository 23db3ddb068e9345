"""The diagram of the group laid out and drawn: boxes in layers, stakes as lines, open moves dashed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil, sqrt

from neocapgui.figures.charts.company_box import BOX, INSIDE, LEADING, LINE, box_height, box_marks
from neocapgui.figures.charts.group_diagram import GroupDiagram, Member, StakeLink
from neocapgui.figures.charts.layered_layout import Layout, layered
from neocapgui.figures.charts.marks import (
    Anchor,
    Area,
    Box,
    Ink,
    Mark,
    Point,
    Stroke,
    Words,
    box_area,
    text_width,
)

_GAP = 20.0
_GUTTER = 14.0  # beside companies that stand one above the other, for the line that leads to them
_TRUNK, _BUS, _STUB = 10.0, 22.0, 16.0  # between layers: lines leave, run across, come in
_MOVE_BUS = 11.0
_FEW = 3  # companies under one that stand side by side; more of them stand in columns
_TALLS = (0.7, 0.45, 1.0, 1.5, 2.2)  # of columns: rows for each root of the count; the first is the usual one
_LANE = 16.0  # between lines that go around
_ARROW = 5.0
_LARGEST = 1.4


@dataclass(frozen=True, slots=True)
class PlacedMember:
    """A company with the room it stands in and the marks it is drawn with."""

    member: Member
    box: Box
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class PlacedGroup:
    """The whole diagram at its natural size, in points."""

    width: float
    height: float
    lines: tuple[Mark, ...]  # stakes and moves, to be drawn first
    labels: tuple[Mark, ...]  # of the stakes, to be drawn last
    members: tuple[PlacedMember, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks, the lowest first."""
        return (*self.lines, *(mark for one in self.members for mark in one.marks), *self.labels)


def placed_group(diagram: GroupDiagram, room: tuple[float, float] | None = None) -> PlacedGroup:
    """Return the diagram laid out; equal diagrams give equal places.

    For a room (width and height in points) the columns of companies are as high as makes all of it
    largest there.
    """
    usual = _placed(diagram, _TALLS[0])
    if room is None or _part(usual, room) >= 1:
        return usual
    others = (_placed(diagram, tall) for tall in _TALLS[1:])
    return max((usual, *others), key=lambda one: min(_part(one, room), 1.0))


@lru_cache(maxsize=4 * len(_TALLS))
def _placed(diagram: GroupDiagram, tall: float) -> PlacedGroup:
    return _Placing(diagram, tall).placed()


def _part(placed: PlacedGroup, room: tuple[float, float]) -> float:
    """Return the size at which all of it fits into a room; 1 is the natural one."""
    return min(room[0] / max(placed.width, 1), room[1] / max(placed.height, 1))


def drawn_group(diagram: GroupDiagram, body: Box) -> tuple[list[Mark], Box]:
    """Return the marks of the diagram fitted into a room, and the room it takes."""
    found = placed_group(diagram, (body.width, body.height))
    scale = min(_part(found, (body.width, body.height)), _LARGEST)
    left = body.left + (body.width - found.width * scale) / 2
    room = Box(left, body.top, found.width * scale, found.height * scale)
    return [scaled(mark, scale, left, body.top) for mark in found.marks], room


def scaled(mark: Mark, scale: float, right: float, down: float) -> Mark:
    """Return a mark at another size and place.

    >>> scaled(Words((1, 2), "x", 10), 2, 5, 0).place
    (7.0, 4.0)
    """
    if isinstance(mark, Words):
        across, along = mark.place
        return replace(
            mark, place=(float(right + across * scale), float(down + along * scale)), size=mark.size * scale
        )
    points = tuple((right + across * scale, down + along * scale) for across, along in mark.points)
    if isinstance(mark, Stroke):
        dash = tuple(part * scale for part in mark.dash)
        return replace(mark, points=points, width=mark.width * scale, dash=dash)
    return replace(mark, points=points)


class _Placing:
    """Finds the places of one diagram."""

    def __init__(self, diagram: GroupDiagram, tall: float) -> None:
        self._diagram = diagram
        self._sizes = {one.issuer: box_height(one) for one in diagram.members}
        labels = max((len(one.labels) for one in diagram.links), default=1)
        self._said = labels * LINE * LEADING
        self._stacks: dict[int, tuple[int, ...]] = {}  # by the first of those that stand in a column
        layout = self._laid_out()
        if layout.is_forest:
            self._stacks = _stacks(diagram, tall)
            layout = self._laid_out()
        self._layout = layout
        self._first = {one: first for first, some in self._stacks.items() for one in some}
        heights: dict[int, float] = {}
        for node, layer in layout.layers.items():
            heights[layer] = max(heights.get(layer, 0.0), self._high(node))
        between = _TRUNK + _BUS + self._said + _STUB
        has_lanes = bool(layout.back) or bool(diagram.moves)
        self._tops: dict[int, float] = {}
        top = _LANE if has_lanes else 0.0
        for layer in sorted(heights):
            self._tops[layer] = top
            top += heights[layer] + between
        self._heights = heights
        self._boxes = dict(self._standing())
        self._lines: list[Mark] = []
        self._labels: list[Mark] = []

    def _laid_out(self) -> Layout[int]:
        inside = {one for first, some in self._stacks.items() for one in some if one != first}
        nodes = [one.issuer for one in self._diagram.members if one.issuer not in inside]
        links = [(one.owner, one.issuer) for one in self._diagram.links if one.issuer not in inside]
        wide = {node: BOX + (2 * _GUTTER if node in self._stacks else 0.0) for node in nodes}
        return layered(nodes, links, wide, _GAP)

    def _high(self, node: int) -> float:
        some = self._stacks.get(node, (node,))
        return sum(self._sizes[one] for one in some) + (len(some) - 1) * self._step

    @property
    def _step(self) -> float:
        """The room between companies that stand one above the other."""
        return self._said + LINE

    def _standing(self) -> Iterator[tuple[int, Box]]:
        for node, middle in self._layout.middles.items():
            top = self._tops[self._layout.layers[node]]
            for one in self._stacks.get(node, (node,)):
                yield one, Box(middle - BOX / 2, top, BOX, self._sizes[one])
                top += self._sizes[one] + self._step

    def _layer(self, issuer: int) -> int:
        return self._layout.layers[self._first.get(issuer, issuer)]

    def placed(self) -> PlacedGroup:
        """Return everything in its place, with nothing left of or above the origin."""
        if self._layout.is_forest:
            for link in self._diagram.links:
                self._elbow(link)
        else:
            self._tangle()
        self._draw_moves()
        members = [
            PlacedMember(one, self._boxes[one.issuer], tuple(box_marks(one, self._boxes[one.issuer])))
            for one in self._diagram.members
        ]
        every = [*self._lines, *self._labels, *(mark for one in members for mark in one.marks)]
        left, top, right, bottom = _extent(every)
        move = (-left, -top)
        return PlacedGroup(
            right - left,
            bottom - top,
            tuple(scaled(mark, 1.0, *move) for mark in self._lines),
            tuple(scaled(mark, 1.0, *move) for mark in self._labels),
            tuple(
                PlacedMember(
                    one.member,
                    Box(one.box.left + move[0], one.box.top + move[1], one.box.width, one.box.height),
                    tuple(scaled(mark, 1.0, *move) for mark in one.marks),
                )
                for one in members
            ),
        )

    def _floor(self, issuer: int) -> float:
        """Return the lower edge of the layer that a company stands in."""
        layer = self._layer(issuer)
        return self._tops[layer] + self._heights[layer]

    def _middle(self, issuer: int) -> float:
        box = self._boxes[issuer]
        return box.left + box.width / 2

    def _elbow(self, link: StakeLink) -> None:
        owner, own = self._middle(link.owner), self._middle(link.issuer)
        bus = self._floor(link.owner) + _BUS
        top = self._boxes[link.issuer].top
        points = [(owner, self._boxes[link.owner].bottom), (owner, bus), (own, bus), (own, top)]
        if link.issuer in self._first:
            box = self._boxes[link.issuer]
            beside, middle = box.left - _GUTTER, box.top + box.height / 2
            points = [*points[:2], (beside, bus), (beside, middle), (box.left, middle)]
            self._lines.append(Stroke(tuple(points), Ink.DIM, 1.1, part="stake"))
            self._label(link, (box.left, top - 3), is_left=True)
            return
        self._lines.append(Stroke(tuple(_straightened(points)), Ink.DIM, 1.1, part="stake"))
        self._label(link, (own, top - _STUB / 2))

    def _label(self, link: StakeLink, foot: Point, is_left: bool = False) -> None:
        """Write what a stake is on its line; `foot` is the middle of the lower edge, or its left end."""
        across, down = foot
        lines = link.labels
        wide = max(text_width(line, LINE, True) for line in lines) + 6
        high = len(lines) * LINE * LEADING
        ground = Box(across if is_left else across - wide / 2, down - high, wide, high)
        anchor = Anchor.START if is_left else Anchor.MIDDLE
        self._labels.append(box_area(ground, Ink.PANEL, link.says, part="label"))
        for number, line in enumerate(lines):
            place = (across, ground.top + (number + 0.8) * LINE * LEADING)
            ink = Ink.DIM if number else Ink.TEXT
            self._labels.append(Words(place, line, LINE, ink, anchor, not number, part="label"))

    def _tangle(self) -> None:
        """Draw straight lines where companies have several owners, and lines around where a loop closes."""
        back = [one for one in self._diagram.links if (one.owner, one.issuer) in self._layout.back]
        down = [one for one in self._diagram.links if (one.owner, one.issuer) not in self._layout.back]
        outs = self._ports(down, back, is_below=True)
        ins = self._ports(down, back, is_below=False)
        for link in down:
            pair = (link.owner, link.issuer)
            points = [(outs[pair], self._boxes[link.owner].bottom), (outs[pair], self._floor(link.owner))]
            first = self._layout.layers[link.owner] + 1
            for layer, across in enumerate(self._layout.through.get(pair, ()), first):
                top = self._tops[layer]
                points += [(across, top), (across, top + self._heights[layer])]
            end = (ins[pair], self._boxes[link.issuer].top)
            before = points[-1]
            points.append(end)
            self._lines.append(Stroke(tuple(points), Ink.DIM, 1.1, part="stake"))
            part = (_STUB * 0.7) / max(end[1] - before[1], 1.0)
            self._label(link, (end[0] + (before[0] - end[0]) * part, end[1] - _STUB * 0.7))
        right = max(box.right for box in self._boxes.values())
        for number, link in enumerate(back, 1):
            pair = (link.owner, link.issuer)
            lane = right + _LANE * 2 + (number - 1) * _LANE * 4
            start, top = self._boxes[link.owner].bottom, self._boxes[link.issuer].top
            foot, head = self._floor(link.owner) + 8 + 3 * number, top - 8 - 3 * number
            points = [(outs[pair], start), (outs[pair], foot), (lane, foot), (lane, head)]
            points += [(ins[pair], head), (ins[pair], top)]
            self._lines.append(Stroke(tuple(points), Ink.DIM, 1.1, part="stake"))
            self._lines.append(_arrow((ins[pair], top), 1, Ink.DIM))
            self._label(link, (lane, (foot + head) / 2 + LINE))

    def _ports(
        self, down: Sequence[StakeLink], back: Sequence[StakeLink], is_below: bool
    ) -> dict[tuple[int, int], float]:
        """Return where each line leaves the edge of its owner below, or meets that of its company above."""
        ends: dict[int, list[tuple[float, tuple[int, int]]]] = {}
        for link in down:
            pair = (link.owner, link.issuer)
            through = self._layout.through.get(pair, ())
            here, there = (link.owner, link.issuer) if is_below else (link.issuer, link.owner)
            toward = self._middle(there) if not through else through[0 if is_below else -1]
            ends.setdefault(here, []).append((toward, pair))
        for link in back:
            here = link.owner if is_below else link.issuer
            ends.setdefault(here, []).append((float("inf"), (link.owner, link.issuer)))
        found = {}
        for here, lines in ends.items():
            box = self._boxes[here]
            for number, (_, pair) in enumerate(sorted(lines), 1):
                found[pair] = box.left + box.width * number / (len(lines) + 1)
        return found

    def _draw_moves(self) -> None:
        left = min((box.left for box in self._boxes.values()), default=0.0)
        around = 0
        for move in self._diagram.moves:
            box, into = self._boxes[move.issuer], self._boxes[move.into_issuer]
            layer, into_layer = self._layer(move.issuer), self._layer(move.into_issuer)
            is_next = into_layer == layer - 1
            if self._layout.is_forest and is_next:
                points = self._beside(move.issuer, move.into_issuer)
            else:
                around += 1
                lane, head = left - _LANE * around, box.top - 6 - 2 * around
                foot = self._floor(move.into_issuer) + _MOVE_BUS / 2
                is_up = into_layer < layer
                start, end = box.left + INSIDE * 1.5, into.left + INSIDE * 1.5
                last = [(end, foot), (end, into.bottom)] if is_up else [(end, into.top - 6), (end, into.top)]
                points = [(start, box.top), (start, head), (lane, head), (lane, last[0][1]), *last]
            self._lines.append(Stroke(tuple(points), Ink.ACCENT, 1.2, (4.0, 3.0), part="move"))
            is_down = points[-1][1] > points[-2][1]
            self._lines.append(_arrow(points[-1], 1 if is_down else -1, Ink.ACCENT))

    def _beside(self, issuer: int, into: int) -> list[Point]:
        """Return the way up from a company to the one above it, beside the line of the stake."""
        own, above = self._middle(issuer), self._middle(into)
        side = -1 if own <= above else 1
        start = own + side * BOX * 0.34
        end = start if own == above else above + side * BOX * 0.28
        bus = self._floor(into) + _MOVE_BUS
        if issuer in self._first:
            box = self._boxes[issuer]
            middle, lane = box.top + box.height / 2, box.right + _GUTTER
            side = 1 if lane > above else -1
            foot = (above + side * BOX * 0.28, self._boxes[into].bottom)
            return [(box.right, middle), (lane, middle), (lane, bus), (foot[0], bus), foot]
        points = [(start, self._boxes[issuer].top), (start, bus), (end, bus), (end, self._boxes[into].bottom)]
        return _straightened(points)


def _stacks(diagram: GroupDiagram, tall: float) -> dict[int, tuple[int, ...]]:
    """Return the columns of companies that own none, where more than a few have the same owner or none."""
    owner = {link.issuer: link.owner for link in diagram.links}
    owners = set(owner.values())
    alike: dict[int | None, list[int]] = {}
    for member in diagram.members:
        if member.issuer not in owners:
            alike.setdefault(owner.get(member.issuer), []).append(member.issuer)
    found = {}
    for some in alike.values():
        if len(some) > _FEW:
            rows = max(1 if tall < _TALLS[0] else 2, ceil(tall * sqrt(len(some))))
            for start in range(0, len(some), rows):
                column = tuple(some[start : start + rows])
                found[column[0]] = column
    return found


def _straightened(points: Sequence[Point]) -> list[Point]:
    """Return the points without those that lie on the way, so that a straight line is one line."""
    if all(abs(across - points[0][0]) < 0.01 for across, _ in points):
        return [points[0], points[-1]]
    return list(points)


def _arrow(tip: Point, way: int, ink: Ink) -> Area:
    """Return the head of an arrow that points down (1) or up (-1)."""
    across, down = tip
    back = down - way * _ARROW * 1.6
    return Area(
        ((across, down), (across - _ARROW * 0.7, back), (across + _ARROW * 0.7, back)), ink, part="arrow"
    )


def _extent(marks: Sequence[Mark]) -> tuple[float, float, float, float]:
    """Return the edges of the room that marks take, with room for the width of a line."""
    points = [point for mark in marks if not isinstance(mark, Words) for point in mark.points]
    if not points:
        return 0.0, 0.0, 1.0, 1.0
    acrosses, downs = [across for across, _ in points], [down for _, down in points]
    return min(acrosses) - 1, min(downs) - 1, max(acrosses) + 1, max(downs) + 1
