"""The given figures of a vector: read exactly, each with its kind, and every reading is remembered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar, cast, overload

E = TypeVar("E", bound=Enum)
D = TypeVar("D")
T = TypeVar("T")

REQUIRED: Any = object()


class UnknownInput(KeyError):
    """A figure that must be there is missing, or is not of the kind asked for."""

    def __str__(self) -> str:
        return str(self.args[0])


def read_json(text: str) -> Any:
    """Return the JSON document with every number exact: 0.1 is one tenth, never a binary float."""

    def no_number(constant: str) -> Any:
        raise ValueError(f"{constant} is no number.")

    return json.loads(text, parse_float=Decimal, parse_constant=no_number)


def as_number(value: object) -> Fraction:
    """Return the exact number written as "3.48", "17500000/87" or a JSON number.

    >>> as_number("3.48"), as_number("17500000/87"), as_number(7)
    (Fraction(87, 25), Fraction(17500000, 87), Fraction(7, 1))
    """
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError(f"{value!r} is no number")
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError, InvalidOperation, OverflowError) as error:
        raise ValueError(f"{value!r} is no number") from error


def _whole(value: object) -> int:
    exact = as_number(value)
    if exact.denominator != 1:
        raise ValueError(f"{value!r} is no whole number")
    return exact.numerator


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither true nor false")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value


def _day(value: object) -> date:
    return date.fromisoformat(_text(value))


class Inputs:
    """A reader over the inputs of a case; a key whose value is null counts as absent.

    Read every key that the definition of the calculation names, also where the case at hand makes
    no use of it, and before calculating: a key that nobody read fails the case.
    """

    def __init__(self, figures: dict[str, Any], place: str = "", seen: set[str] | None = None) -> None:
        self._figures = figures
        self._place = place
        self._seen = set() if seen is None else seen

    # One figure

    def has(self, key: str) -> bool:
        """Return whether the key is there; asking does not count as reading."""
        return self._figures.get(key) is not None

    @overload
    def number(self, key: str) -> Fraction: ...
    @overload
    def number(self, key: str, default: None) -> Fraction | None: ...
    @overload
    def number(self, key: str, default: Fraction | Decimal | int | str) -> Fraction: ...
    def number(self, key: str, default: Any = REQUIRED) -> Fraction | None:
        """Return an exact number; a default is read like a figure."""
        if default is not REQUIRED and default is not None:
            default = Fraction(default)
        return self._read(key, as_number, default)

    @overload
    def integer(self, key: str) -> int: ...
    @overload
    def integer(self, key: str, default: D) -> int | D: ...
    def integer(self, key: str, default: Any = REQUIRED) -> Any:
        """Return a whole number."""
        return self._read(key, _whole, default)

    @overload
    def flag(self, key: str) -> bool: ...
    @overload
    def flag(self, key: str, default: D) -> bool | D: ...
    def flag(self, key: str, default: Any = REQUIRED) -> Any:
        """Return true or false."""
        return self._read(key, _flag, default)

    @overload
    def day(self, key: str) -> date: ...
    @overload
    def day(self, key: str, default: D) -> date | D: ...
    def day(self, key: str, default: Any = REQUIRED) -> Any:
        """Return a day written in ISO form."""
        return self._read(key, _day, default)

    @overload
    def text(self, key: str) -> str: ...
    @overload
    def text(self, key: str, default: D) -> str | D: ...
    def text(self, key: str, default: Any = REQUIRED) -> Any:
        """Return a name."""
        return self._read(key, _text, default)

    @overload
    def choice(self, key: str, labels: type[E]) -> E: ...
    @overload
    def choice(self, key: str, labels: type[E], default: D) -> E | D: ...
    def choice(self, key: str, labels: type[E], default: Any = REQUIRED) -> Any:
        """Return the member whose value is the label given; another label is unknown."""
        return self._read(key, lambda value: labels(_text(value)), default)

    # Several figures of one kind

    def numbers(self, key: str, default: Any = REQUIRED) -> list[Fraction]:
        """Return a list of numbers."""
        return self._list(key, as_number, default)

    def integers(self, key: str, default: Any = REQUIRED) -> list[int]:
        """Return a list of whole numbers."""
        return self._list(key, _whole, default)

    def texts(self, key: str, default: Any = REQUIRED) -> list[str]:
        """Return a list of names."""
        return self._list(key, _text, default)

    def days(self, key: str, default: Any = REQUIRED) -> list[date]:
        """Return a list of days."""
        return self._list(key, _day, default)

    def table(self, key: str, default: Any = REQUIRED) -> list[list[Fraction]]:
        """Return rows of numbers."""
        return self._list(key, lambda row: [as_number(value) for value in _instance(row, list)], default)

    def number_map(self, key: str, default: Any = REQUIRED) -> dict[str, Fraction]:
        """Return numbers by name."""
        return self._map(key, as_number, default)

    def text_map(self, key: str, default: Any = REQUIRED) -> dict[str, str | None]:
        """Return names by name; null stays None."""
        return self._map(key, lambda value: None if value is None else _text(value), default)

    # Readers further down

    @overload
    def part(self, key: str) -> Inputs: ...
    @overload
    def part(self, key: str, default: D) -> Inputs | D: ...
    def part(self, key: str, default: Any = REQUIRED) -> Any:
        """Return a reader over the entry `key`, which groups figures."""
        return self._read(key, lambda value: self._below(key, value), default)

    def items(self, key: str, default: Any = REQUIRED) -> list[Inputs]:
        """Return a reader for each entry of a list."""

        def readers(value: object) -> list[Inputs]:
            entries = _instance(value, list)
            return [self._below(f"{key}.{number}", entry) for number, entry in enumerate(entries)]

        return list(self._read(key, readers, default))

    def map(self, key: str, default: Any = REQUIRED) -> dict[str, Inputs]:
        """Return a reader for each entry of a map."""

        def readers(value: object) -> dict[str, Inputs]:
            return {
                name: self._below(f"{key}.{name}", entry) for name, entry in _instance(value, dict).items()
            }

        return dict(self._read(key, readers, default))

    def names(self) -> list[str]:
        """Return the names of the entries; they do not count as read."""
        return list(self._figures)

    # What nobody read

    def unread(self) -> list[str]:
        """Return the dotted paths of all keys, at any depth, that were not read."""
        return [path for path in _paths(self._figures, self._place) if path not in self._seen]

    def _read(self, key: str, kind: Callable[[Any], T], default: Any) -> T:
        path = self._path(key)
        self._seen.add(path)
        value = self._figures.get(key)
        if value is None:
            if default is REQUIRED:
                raise UnknownInput(f"{path} is missing")
            return cast(T, default)
        try:
            return kind(value)
        except ValueError as error:
            raise UnknownInput(f"{path}: {error}") from error

    def _list(self, key: str, kind: Callable[[Any], T], default: Any) -> list[T]:
        return list(self._read(key, lambda value: [kind(entry) for entry in _instance(value, list)], default))

    def _map(self, key: str, kind: Callable[[Any], T], default: Any) -> dict[str, T]:
        def entries(value: object) -> dict[str, T]:
            self._seen.update(_paths(value, self._path(key)))
            return {name: kind(entry) for name, entry in _instance(value, dict).items()}

        return dict(self._read(key, entries, default))

    def _below(self, place: str, value: object) -> Inputs:
        path = self._path(place)
        self._seen.add(path)
        return Inputs(_instance(value, dict), path, self._seen)

    def _path(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key


def _instance(value: object, kind: type[T]) -> T:
    if not isinstance(value, kind):
        raise ValueError(f"{value!r} is no {kind.__name__}")
    return value


def _paths(value: object, place: str) -> Iterator[str]:
    """Go through the dotted path of every key below `value`; entries of lists count only as places."""
    if isinstance(value, dict):
        for key, below in value.items():
            path = f"{place}.{key}" if place else key
            yield path
            yield from _paths(below, path)
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from _paths(below, f"{place}.{number}")
