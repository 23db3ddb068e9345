"""Boxes in layers, owners above what they own: without crossings for trees, sensible for loops."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

Node = Hashable
Key = TypeVar("Key", bound=Hashable)
Name = TypeVar("Name", bound=Hashable)
_SWEEPS = 8
_WAYPOINT = 18.0  # the room a line takes that passes a layer


@dataclass(frozen=True, slots=True)
class Layout(Generic[Name]):
    """Where each node stands, and which way each link goes."""

    middles: Mapping[Name, float]  # across
    layers: Mapping[Name, int]  # 0 at the top
    through: Mapping[tuple[Name, Name], tuple[float, ...]]  # where a link passes the layers between
    back: frozenset[tuple[Name, Name]]  # the links that close a loop: they lead upward
    is_forest: bool  # no node below more than one other, and no loop
    width: float


@dataclass(frozen=True, slots=True)
class _Waypoint:
    """Where a link passes a layer."""

    link: tuple[Node, Node]
    layer: int


def layered(
    nodes: Sequence[Name], links: Sequence[tuple[Name, Name]], widths: Mapping[Name, float], gap: float
) -> Layout[Name]:
    """Return places for nodes and links (from above, to below); equal input gives an equal layout.

    Links that would close a loop lead upward and do not count for the layers: each node stands one layer
    below the lowest of those above it. Boxes of a layer are at least `gap` apart.

    >>> found = layered("abc", [("a", "b"), ("a", "c")], dict.fromkeys("abc", 10.0), gap=2)
    >>> [(node, found.layers[node], found.middles[node]) for node in "abc"]
    [('a', 0, 11.0), ('b', 1, 5.0), ('c', 1, 17.0)]
    """
    links = list(dict.fromkeys(link for link in links if link[0] != link[1]))
    back = _back_links(nodes, links)
    down = [link for link in links if link not in back]
    layers = _layers(nodes, down)
    paths = {link: _path(link, layers) for link in down}
    steps = [pair for path in paths.values() for pair in pairwise(path)]
    below: dict[Node, list[Node]] = {node: [] for node in nodes}
    above: dict[Node, list[Node]] = {node: [] for node in nodes}
    for upper, lower in steps:
        below.setdefault(upper, []).append(lower)
        above.setdefault(lower, []).append(upper)
    every: dict[Node, None] = dict.fromkeys(nodes)
    every.update(dict.fromkeys(node for path in paths.values() for node in path))
    for node in every:
        below.setdefault(node, [])
        above.setdefault(node, [])
    depth: dict[Node, int] = {node: node.layer for node in every if isinstance(node, _Waypoint)}
    depth.update({node: layers[node] for node in nodes})
    is_tree = all(len(above[node]) <= 1 for node in every)
    wide: dict[Node, float] = dict.fromkeys(every, _WAYPOINT)
    wide.update({node: widths[node] for node in nodes})
    rows = _first_order(every, depth, below, above)
    if not is_tree:
        rows = _untangled(rows, below, above)
        middles = _settled(rows, below, above, wide, gap)
    else:
        middles = _blocks(rows, below, wide, gap)
    left = min((middles[node] - wide[node] / 2 for node in every), default=0.0)
    middles = {node: middle - left for node, middle in middles.items()}
    return Layout(
        {node: middles[node] for node in nodes},
        {node: layers[node] for node in nodes},
        {link: tuple(middles[node] for node in path[1:-1]) for link, path in paths.items()},
        frozenset(back),
        is_tree and not back,
        max((middles[node] + wide[node] / 2 for node in every), default=0.0),
    )


def _back_links(nodes: Sequence[Name], links: Sequence[tuple[Name, Name]]) -> set[tuple[Name, Name]]:
    """Return the links that lead back up, found by walking down from those that nobody is above."""
    below: dict[Name, list[Name]] = {node: [] for node in nodes}
    owned = {lower for _, lower in links}
    for above, under in links:
        below[above].append(under)
    done: set[Name] = set()
    under_way: set[Name] = set()
    back: set[tuple[Name, Name]] = set()
    for root in [*(node for node in nodes if node not in owned), *nodes]:
        if root in done:
            continue
        walk = [(root, iter(below[root]))]
        under_way.add(root)
        while walk:
            node, rest = walk[-1]
            lower = next(rest, None)
            if lower is None:
                walk.pop()
                under_way.discard(node)
                done.add(node)
            elif lower in under_way:
                back.add((node, lower))
            elif lower not in done:
                under_way.add(lower)
                walk.append((lower, iter(below[lower])))
    return back


def _layers(nodes: Sequence[Name], down: Sequence[tuple[Name, Name]]) -> dict[Name, int]:
    above = dict.fromkeys(nodes, 0)
    below: dict[Name, list[Name]] = {node: [] for node in nodes}
    for upper, lower in down:
        above[lower] += 1
        below[upper].append(lower)
    layers = dict.fromkeys(nodes, 0)
    free = [node for node in nodes if not above[node]]
    for node in free:
        for lower in below[node]:
            layers[lower] = max(layers[lower], layers[node] + 1)
            above[lower] -= 1
            if not above[lower]:
                free.append(lower)
    return layers


def _path(link: tuple[Name, Name], layers: Mapping[Name, int]) -> list[Node]:
    upper, lower = link
    between = [_Waypoint(link, layer) for layer in range(layers[upper] + 1, layers[lower])]
    return [upper, *between, lower]


def _first_order(
    every: Mapping[Node, object],
    depth: Mapping[Node, int],
    below: Mapping[Node, list[Node]],
    above: Mapping[Node, list[Node]],
) -> list[list[Node]]:
    """Return the layers in the order of a walk down: what stands under one node stands together."""
    rows: list[list[Node]] = [[] for _ in range(1 + max(depth.values(), default=-1))]
    seen: set[Node] = set()
    for root in (node for node in every if not above[node]):
        walk = [root]
        while walk:
            node = walk.pop()
            if node in seen:
                continue
            seen.add(node)
            rows[depth[node]].append(node)
            walk += reversed(below[node])
    return rows


def _untangled(
    rows: list[list[Node]], below: Mapping[Node, list[Node]], above: Mapping[Node, list[Node]]
) -> list[list[Node]]:
    """Return the order with the fewest crossings that some sweeps down and up find."""
    best, fewest = rows, crossings(rows, below)
    now = [list(row) for row in rows]
    for sweep in range(_SWEEPS):
        is_down = sweep % 2 == 0
        neighbours = above if is_down else below
        order = range(1, len(now)) if is_down else range(len(now) - 2, -1, -1)
        for number in order:
            beside = now[number + (-1 if is_down else 1)]
            place = {node: at for at, node in enumerate(beside)}
            now[number] = _by_neighbours(now[number], neighbours, place)
        count = crossings(now, below)
        if count < fewest:
            best, fewest = [list(row) for row in now], count
    return best


def _by_neighbours(
    row: list[Node], neighbours: Mapping[Node, list[Node]], place: Mapping[Node, int]
) -> list[Node]:
    def wanted(item: tuple[int, Node]) -> float:
        at, node = item
        places = [place[one] for one in neighbours[node] if one in place]
        return sum(places) / len(places) if places else float(at)

    return [node for _, node in sorted(enumerate(row), key=wanted)]


def crossings(rows: Sequence[Sequence[Node]], below: Mapping[Node, Sequence[Node]]) -> int:
    """Return how many pairs of lines between neighbouring layers cross.

    >>> crossings(["ab", "cd"], {"a": "d", "b": "c", "c": "", "d": ""})
    1
    """
    count = 0
    for upper, lower in pairwise(rows):
        place = {node: at for at, node in enumerate(lower)}
        ends = [sorted(place[one] for one in below[node] if one in place) for node in upper]
        passed: list[int] = []
        for some in ends:
            count += sum(len(passed) - bisect_right(passed, end) for end in some)
            passed = sorted(passed + some)
    return count


def _blocks(
    rows: Sequence[Sequence[Node]],
    below: Mapping[Node, list[Node]],
    wide: Mapping[Node, float],
    gap: float,
) -> dict[Node, float]:
    """Return the middles of a forest: each node in the middle of the room of all that is under it.

    A root with nothing under it stands close beside the root before it, above what is under that one.
    """
    rooms: dict[Node, float] = {}
    for row in reversed(rows):
        for node in row:
            under = sum(rooms[one] for one in below[node]) + gap * max(len(below[node]) - 1, 0)
            rooms[node] = max(wide[node], under)
    middles: dict[Node, float] = {}
    left = beside = 0.0  # where the next tree begins, and where a root alone may
    lefts: dict[Node, float] = {}
    for node in rows[0] if rows else ():
        lefts[node] = left if below[node] else beside
        beside = lefts[node] + (rooms[node] + wide[node]) / 2 + gap
        left = max(left, lefts[node] + rooms[node] + gap)
    for row in rows:
        for node in row:
            under = sum(rooms[one] for one in below[node]) + gap * max(len(below[node]) - 1, 0)
            at = lefts[node] + (rooms[node] - under) / 2
            middles[node] = lefts[node] + rooms[node] / 2
            for one in below[node]:
                lefts[one] = at
                at += rooms[one] + gap
    return middles


def _settled(
    rows: Sequence[Sequence[Node]],
    below: Mapping[Node, list[Node]],
    above: Mapping[Node, list[Node]],
    wide: Mapping[Node, float],
    gap: float,
) -> dict[Node, float]:
    """Return middles in the order of the rows, each as near as can be to those above and below it."""
    middles: dict[Node, float] = {}
    for row in rows:
        _place(row, dict.fromkeys(row, 0.0), wide, gap, middles)
    for _ in range(_SWEEPS):
        for neighbours, order in ((above, rows), (below, list(reversed(rows)))):
            for row in order:
                wanted = {}
                for node in row:
                    places = [middles[one] for one in neighbours[node]] or [middles[node]]
                    wanted[node] = sum(places) / len(places)
                _place(row, wanted, wide, gap, middles)
    return middles


def _place(
    row: Sequence[Key],
    wanted: Mapping[Key, float],
    wide: Mapping[Key, float],
    gap: float,
    middles: dict[Key, float],
) -> None:
    """Put a row in order, apart, as near as can be to where each would stand (pooled adjacent means)."""
    offsets = [0.0]
    for before, node in pairwise(row):
        offsets.append(offsets[-1] + (wide[before] + wide[node]) / 2 + gap)
    pools: list[tuple[float, int]] = []
    for node, offset in zip(row, offsets, strict=False):
        total, count = wanted[node] - offset, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            before_total, before_count = pools.pop()
            total, count = total + before_total, count + before_count
        pools.append((total, count))
    starts = [total / count for total, count in pools for _ in range(count)]
    for node, start, offset in zip(row, starts, offsets, strict=False):
        middles[node] = start + offset
