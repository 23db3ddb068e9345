"""Where names of places along an axis are written above their lines: in few rows, no line over a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Flag:
    """A name beside its line, which goes down from the name's row."""

    at: float  # where the line stands
    room: float  # along the axis, that the name takes beside the line
    is_left: bool  # whether the name stands at the left of the line
    row: int  # 0 for the highest

    @property
    def low(self) -> float:
        """Where name and line begin."""
        return self.at - self.room if self.is_left else self.at

    @property
    def high(self) -> float:
        """Where name and line end."""
        return self.at if self.is_left else self.at + self.room

    def is_beside(self, other: Flag) -> bool:
        """Whether both can stand in one row."""
        return self.high < other.low or other.high < self.low

    def crosses(self, other: Flag) -> bool:
        """Whether its line runs over the name of one in a row below."""
        return other.low < self.at < other.high


def flags(places: Sequence[float], rooms: Sequence[float], left: float, right: float) -> list[Flag]:
    """Return the flags of some places, in their order, between the ends of an axis.

    A name stands at the right of its line, or at the left where only there it has room. Ascending.

    >>> [(flag.row, flag.is_left) for flag in flags([10, 20, 80, 90], [25] * 4, 0, 100)]
    [(0, False), (1, False), (1, True), (0, True)]
    """
    sides: dict[int, bool] = {}
    edge = right  # or the leftmost line whose name stands at its left: no other name runs over it
    for at in reversed(range(len(places))):
        sides[at] = places[at] + rooms[at] > edge and places[at] - rooms[at] > left
        edge = places[at] if sides[at] else edge
    order = [at for at, is_left in sides.items() if is_left]  # each above the next: no line crosses a name
    order += [at for at, is_left in reversed(sides.items()) if not is_left]
    placed: dict[int, Flag] = {}  # with rows from below
    for at in reversed(order):
        highest = Flag(places[at], rooms[at], sides[at], len(placed))
        lower = (replace(highest, row=row) for row in range(len(placed)))
        free = (one for one in lower if all(_are_clear(one, other) for other in placed.values()))
        placed[at] = next(free, highest)
    top = max((one.row for one in placed.values()), default=0)
    return [Flag(one.at, one.room, one.is_left, top - one.row) for _, one in sorted(placed.items())]


def _are_clear(one: Flag, other: Flag) -> bool:
    """Whether two flags with rows from below leave each other to be read."""
    if one.row == other.row:
        return one.is_beside(other)
    higher, lower = (one, other) if one.row > other.row else (other, one)
    return not higher.crosses(lower)
