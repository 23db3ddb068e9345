"""Remembering an answer for as long as the very same values are asked about."""

from __future__ import annotations

from typing import Any


class Same:
    """Values as one key of a memory: equal only to the very same objects, never to equal ones.

    Columns and tables of a ledger are never changed in place, so an answer holds as long as they live.
    """

    __slots__ = ("_values",)

    def __init__(self, *values: Any) -> None:
        """Stand for these objects."""
        self._values = values

    def __hash__(self) -> int:
        return hash(tuple(map(id, self._values)))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Same)
            and len(self._values) == len(other._values)
            and all(mine is its for mine, its in zip(self._values, other._values, strict=True))
        )

    @property
    def values(self) -> tuple[Any, ...]:
        """The objects themselves."""
        return self._values
