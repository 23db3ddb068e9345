"""Facts as rows of their tables and rows as facts, made from the facts' own type hints."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from json.encoder import encode_basestring
from operator import attrgetter
from types import NoneType
from typing import Any, get_args, get_type_hints

from neocapgui.document.values import ID, NAME, Cell, Sort, sort_of
from neocapgui.ledger.ledger import REFERENCES, TABLES, Fact
from neocapgui.ledger.transactions import KIND, Transaction

KIND_OF = {table: kind for kind, table in TABLES.items()}

Row = Sequence[Cell]
_AT_ONCE = 1_000  # facts of which the rows are made together
_NAMES = ("name", "title", "currency", "kind", "jurisdiction")  # texts that answers repeat


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value of a fact, maybe inside another value (`exercise.price`), and its columns."""

    columns: tuple[str, ...]
    first: int  # where its columns begin in the row
    sort: Sort
    is_optional: bool
    default: Any  # MISSING where the fact always says it
    of: Callable[[Any], Any]  # takes the value out of the fact

    def cells(self, fact: Any) -> Row:
        """Return what stands in the columns."""
        value = self.of(fact)
        if value is None and self.is_optional:
            return (None,) * len(self.columns)
        return self.sort.write(value)

    def all_cells(self, facts: Sequence[Any]) -> Iterable[Sequence[Cell]]:
        """Return for each of the columns what stands there of many facts."""
        write, values = self.sort.write, map(self.of, facts)
        if self.is_optional:
            nothing = (None,) * len(self.columns)
            said = [nothing if value is None else write(value) for value in values]
        else:
            said = [write(value) for value in values]
        return zip(*said, strict=True) if len(self.columns) > 1 else ([cell for (cell,) in said],)

    def value(self, row: Row) -> Any:
        """Return what the columns say; an empty text where a value may be missing is none."""
        if len(self.columns) == 1:
            cell = row[self.first]
            return None if self.is_optional and (cell is None or cell == "") else self.sort.read(cell)
        cells = row[self.first : self.first + len(self.columns)]
        return None if self.is_optional and not any(cells) else self.sort.read(*cells)

    def unsaid(self) -> Row:
        """Return what the columns hold of a fact in the history that does not speak of them."""
        if self.is_optional or (self.sort.empty is None and self.default is MISSING):
            return (None,) * len(self.columns)
        return self.sort.write(self.default) if self.sort.empty is None else (self.sort.empty,)


@dataclass(frozen=True, slots=True)
class Form:
    """How a kind of fact stands in the columns of its table."""

    kind: type[Any]
    leaves: tuple[Leaf, ...]
    unsaid: dict[
        str, Cell
    ]  # every column in order, with what it holds where the history does not speak of it
    fact: Callable[[Row], Any]  # builds the fact, and the values inside it, from a row
    keys: tuple[tuple[str, int], ...]  # of the columns as JSON, in their order there, and where each stands

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table, in the order of the fact's fields."""
        return tuple(self.unsaid)


def _form(kind: type[Any]) -> Form:
    leaves: list[Leaf] = []
    fact = _builder(kind, "", leaves, {"id", *REFERENCES[kind]})
    unsaid = {
        column: cell for leaf in leaves for column, cell in zip(leaf.columns, leaf.unsaid(), strict=True)
    }
    keys = sorted((f"{json.dumps(column)}:", place) for place, column in enumerate(unsaid))
    return Form(kind, tuple(leaves), unsaid, fact, tuple(keys))


def _builder(kind: type[Any], path: str, leaves: list[Leaf], ids: set[str]) -> Callable[[Row], Any]:
    hints = get_type_hints(kind)
    parts = []
    for field in fields(kind):
        hint = hints[field.name]
        if isinstance(hint, type) and is_dataclass(hint):
            parts.append(_builder(hint, f"{path}{field.name}.", leaves, ids))
        else:
            first = leaves[-1].first + len(leaves[-1].columns) if leaves else 0
            is_id = path + field.name in ids
            leaves.append(_leaf(path + field.name, hint, first, field.default, is_id))
            parts.append(leaves[-1].value)
    return lambda row: kind(*[part(row) for part in parts])


def _leaf(path: str, hint: Any, first: int, default: Any, is_id: bool) -> Leaf:
    is_optional = NoneType in get_args(hint)
    said = next(type_ for type_ in get_args(hint) if type_ is not NoneType) if is_optional else hint
    sort = ID if is_id else NAME if said is str and path in _NAMES else sort_of(said)
    name = path.replace(".", "_")
    columns = tuple(name + suffix for suffix in sort.suffixes)
    return Leaf(columns, first, sort, is_optional, default, attrgetter(path))


FORM: dict[type[Any], Form] = {kind: _form(kind) for kind in TABLES}


def cells(fact: Fact) -> Row:
    """Return the row of a fact; refuses (ValueError) what no file can hold, naming table, row and column."""
    leaves = FORM[type(fact)].leaves
    try:
        return tuple(cell for leaf in leaves for cell in leaf.cells(fact))
    except ValueError:
        _refuse(leaves, Leaf.cells, fact, f"{TABLES[type(fact)]} {fact.id}")
        raise


def all_cells(kind: type[Any], facts: Sequence[Any]) -> Iterator[Row]:
    """Return the rows of many facts of a kind, as `cells` would, made column by column."""
    leaves = FORM[kind].leaves
    for part in _parts(facts):
        try:
            columns = [column for leaf in leaves for column in leaf.all_cells(part)]
        except ValueError:
            for fact in part:
                cells(fact)  # one of them refuses, with its name
            raise
        yield from zip(*columns, strict=True)


def _parts(facts: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (facts[first : first + _AT_ONCE] for first in range(0, len(facts), _AT_ONCE))


def fact(kind: type[Any], row: Row) -> Any:
    """Return the fact a row says; refuses (ValueError) nonsense, naming table, row and column."""
    try:
        said = FORM[kind].fact(row)
    except ValueError:
        _refuse(FORM[kind].leaves, Leaf.value, row, f"{TABLES[kind]} {row[0]}")
        raise
    if kind is Transaction and said.kind not in KIND:
        raise ValueError(f"{TABLES[kind]} {said.id}: {said.kind!r} is no kind of transaction")
    return said


def _refuse(leaves: Sequence[Leaf], way: Callable[[Leaf, Any], Any], what: Any, name: str) -> None:
    for leaf in leaves:
        try:
            way(leaf, what)
        except UnicodeError as error:
            raise ValueError(f"{name}: {leaf.columns[0]} holds a text that is not in Unicode") from error
        except ValueError as error:
            raise ValueError(f"{name}: {leaf.columns[0]} {error}") from error


def facts(connection: sqlite3.Connection, kind: type[Any], where: str = "1", *values: int) -> Iterator[Any]:
    """Return the facts of a table in the order of their numbers."""
    named = ", ".join(f'"{column}"' for column in FORM[kind].columns)
    found = connection.execute(f"SELECT {named} FROM {TABLES[kind]} WHERE {where} ORDER BY id", values)
    last = None
    try:
        for row in found:
            yield fact(kind, row)
            last = row[0]
    except sqlite3.OperationalError as error:
        if "UTF-8" not in str(error):
            raise
        where = "the first row" if last is None else f"the row after {last}"
        raise ValueError(f"{TABLES[kind]}: {where} holds a text that is not in Unicode") from error


def insert(connection: sqlite3.Connection, kind: type[Any], rows: Iterable[Row], instead: str = "") -> None:
    """Write rows of a kind of fact."""
    columns = FORM[kind].columns
    named = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    connection.executemany(f"INSERT {instead} INTO {TABLES[kind]} ({named}) VALUES ({marks})", rows)


def replace(connection: sqlite3.Connection, kind: type[Any], rows: Iterable[Row]) -> None:
    """Write rows of a kind of fact, in the place of those that had their numbers."""
    insert(connection, kind, rows, "OR REPLACE")


def delete(connection: sqlite3.Connection, kind: type[Any], ids: Iterable[int]) -> None:
    """Take rows of a kind of fact away."""
    connection.executemany(f"DELETE FROM {TABLES[kind]} WHERE id = ?", ((id,) for id in ids))


def as_json(fact: Fact) -> str:
    """Return a fact as an object of its columns in canonical JSON, without what is empty.

    >>> from neocapgui.ledger.facts import Stakeholder
    >>> as_json(Stakeholder(7, "Ada", "individual"))
    '{"id":7,"kind":"individual","name":"Ada"}'
    """
    return _json(FORM[type(fact)].keys, cells(fact))


def all_json(kind: type[Any], facts: Sequence[Any]) -> Iterator[str]:
    """Return many facts of a kind, as `as_json` would."""
    keys = FORM[kind].keys
    return (_json(keys, row) for row in all_cells(kind, facts))


def _json(keys: tuple[tuple[str, int], ...], row: Row) -> str:
    said = [
        f"{key}{encode_basestring(cell) if isinstance(cell, str) else cell}"
        for key, place in keys
        if (cell := row[place]) is not None and cell != ""
    ]
    return f"{{{','.join(said)}}}"


def from_json(kind: type[Any], text: str) -> Any:
    """Return the fact that `as_json` wrote; what a later version added keeps its default."""
    unsaid = FORM[kind].unsaid
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or not said.keys() <= unsaid.keys():
        raise ValueError(f"what was said of a row of {TABLES[kind]} is not readable")
    return fact(kind, tuple({**unsaid, **said}.values()))
