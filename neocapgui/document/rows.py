"""Facts as rows of their tables and rows as facts, made from the facts' own type hints."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from types import NoneType
from typing import Any, get_args, get_type_hints

from neocapgui.document.values import Cell, Sort, sort_of
from neocapgui.ledger.ledger import TABLES, Fact
from neocapgui.ledger.transactions import KIND, Transaction

KIND_OF = {table: kind for kind, table in TABLES.items()}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value of a fact, maybe inside another value: `exercise.price`."""

    columns: tuple[str, ...]
    sort: Sort
    is_optional: bool
    default: Any  # MISSING where the fact always says it

    def cells(self, value: Any) -> tuple[Cell, ...]:
        """Return what stands in the columns for the value."""
        if value is None and self.is_optional:
            return (None,) * len(self.columns)
        return self._named(self.sort.write, value)

    def value(self, cells: Sequence[Cell]) -> Any:
        """Return the value that the columns say; an empty text where a value may be missing is none."""
        if self.is_optional and not any(cell not in (None, "") for cell in cells):
            return None
        return self._named(self.sort.read, *cells)

    def absent(self) -> tuple[Cell, ...]:
        """Return what stands in the columns for a value that was left out as nothing."""
        if self.is_optional or self.default is MISSING:
            return (None,) * len(self.columns)
        return self.cells("" if isinstance(self.default, str) else self.default)

    def _named(self, way: Callable[..., Any], *what: Any) -> Any:
        try:
            return way(*what)
        except UnicodeError as error:
            raise ValueError(f"{self.columns[0]} holds a text that is not in Unicode") from error
        except ValueError as error:
            raise ValueError(f"{self.columns[0]} {error}") from error


@dataclass(frozen=True, slots=True)
class Branch:
    """A value made of other values, or a whole fact: its parts by field, in order."""

    kind: type[Any]
    parts: tuple[tuple[str, Leaf | Branch], ...]
    columns: tuple[str, ...]  # of all leaves, in order

    def cells(self, value: Any) -> tuple[Cell, ...]:
        """Return what stands in the columns for the value."""
        return tuple(cell for name, part in self.parts for cell in part.cells(getattr(value, name)))

    def value(self, cells: Sequence[Cell]) -> Any:
        """Return the value that the columns say."""
        values, start = [], 0
        for _, part in self.parts:
            end = start + len(part.columns)
            values.append(part.value(cells[start:end]))
            start = end
        return self.kind(*values)

    def absent(self) -> tuple[Cell, ...]:
        """Return what stands in the columns where nothing was said."""
        return tuple(cell for _, part in self.parts for cell in part.absent())


@cache
def shape(kind: type[Any], prefix: str = "") -> Branch:
    """Return how a kind of fact stands in the columns of its table.

    >>> from neocapgui.ledger.facts import Price
    >>> shape(Price).columns
    ('id', 'security', 'date', 'close', 'vwap', 'low', 'high', 'volume', 'source')
    """
    hints = get_type_hints(kind)
    parts = tuple(
        (field.name, _part(hints[field.name], prefix + field.name, field.default)) for field in fields(kind)
    )
    return Branch(kind, parts, tuple(column for _, part in parts for column in part.columns))


def _part(hint: Any, name: str, default: Any) -> Leaf | Branch:
    if isinstance(hint, type) and is_dataclass(hint):
        return shape(hint, f"{name}_")
    said = [type_ for type_ in get_args(hint) if type_ is not NoneType]
    is_optional = NoneType in get_args(hint)
    sort = sort_of(said[0] if is_optional else hint)
    return Leaf(tuple(name + suffix for suffix in sort.suffixes), sort, is_optional, default)


def cells(fact: Fact) -> tuple[Cell, ...]:
    """Return the row of a fact; refuses (ValueError) what the file cannot hold, naming table, row and column."""
    kind = type(fact)
    try:
        return shape(kind).cells(fact)
    except ValueError as error:
        raise ValueError(f"{TABLES[kind]} {fact.id}: {error}") from error


def fact(kind: type[Any], row: Sequence[Cell]) -> Any:
    """Return the fact a row says; refuses (ValueError) nonsense, naming table, row and column."""
    try:
        said = shape(kind).value(row)
        if kind is Transaction and said.kind not in KIND:
            raise ValueError(f"{said.kind!r} is no kind of transaction")
    except ValueError as error:
        raise ValueError(f"{TABLES[kind]} {row[0]}: {error}") from error
    return said


def facts(connection: sqlite3.Connection, kind: type[Any], where: str = "1", *values: int) -> Iterator[Any]:
    """Return the facts of a table in the order of their numbers."""
    named = ", ".join(f'"{column}"' for column in shape(kind).columns)
    query = f"SELECT {named} FROM {TABLES[kind]} WHERE {where} ORDER BY id"
    return (fact(kind, row) for row in connection.execute(query, values))


def write(connection: sqlite3.Connection, kind: type[Any], rows: Iterable[Sequence[Cell]]) -> None:
    """Write rows of a kind of fact, in the place of those that had their numbers."""
    columns = shape(kind).columns
    named = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    connection.executemany(f"INSERT OR REPLACE INTO {TABLES[kind]} ({named}) VALUES ({marks})", rows)


def delete(connection: sqlite3.Connection, kind: type[Any], ids: Iterable[int]) -> None:
    """Take rows of a kind of fact away."""
    connection.executemany(f"DELETE FROM {TABLES[kind]} WHERE id = ?", ((id,) for id in ids))


def as_json(fact: Fact) -> str:
    """Return a fact as an object of its columns in canonical JSON, without what is empty.

    >>> from neocapgui.ledger.facts import Stakeholder
    >>> as_json(Stakeholder(7, "Ada", "individual"))
    '{"id":7,"kind":"individual","name":"Ada"}'
    """
    said = {
        column: cell
        for column, cell in zip(shape(type(fact)).columns, cells(fact), strict=True)
        if cell is not None and cell != ""
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(kind: type[Any], text: str) -> Any:
    """Return the fact that `as_json` wrote; what a later version added keeps its default."""
    said = json.loads(text)
    form = shape(kind)
    if not isinstance(said, dict) or not set(said).issubset(form.columns):
        raise ValueError(f"{TABLES[kind]}: an earlier state is not readable")
    return fact(kind, [said.get(column, cell) for column, cell in zip(form.columns, form.absent(), strict=True)])
