"""A table as plain data: columns that know what they hold, and rows made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Generic, Protocol, TypeVar, overload

from neocapgui.figures.choices import Choices
from neocapgui.figures.column_cells import ColumnCells
from neocapgui.figures.kinds import Kind, Style, parsed, shown
from neocapgui.ledger.ledger import Fact, value_at

Line = TypeVar("Line")
Given = TypeVar("Given", covariant=True)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, the kind of its cells, and which field of a fact they show."""

    title: str
    kind: Kind
    field: str = ""  # a field of the row's fact, `exercise.price` for one inside a value; "" is calculated
    is_editable: bool = False
    choices: Choices | None = None  # of a CHOICE or REFERENCE
    has_bar: bool = False  # a small bar beside the percentage
    help: str = ""  # what the column means, in a sentence
    width: int = 0  # in characters; 0 takes what the kind needs

    def text(self, value: Any, style: Style) -> str:
        """Return what a cell of this column shows."""
        if self.choices is not None:
            return self.choices.name_of(value)
        return shown(self.kind, value, style)

    def value(self, text: str, style: Style, named: Mapping[str, Fraction | None] | None = None) -> Any:
        """Return the value that was typed into a cell of this column, or raise NotUnderstood.

        `named` are the figures of the line by the titles of their columns, for a sum that begins with =.
        """
        if self.choices is not None:
            return self.choices.value_of(text)
        return parsed(self.kind, text, style, named)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a value for each column, and the fact it shows where there is one."""

    cells: tuple[Any, ...]
    fact: Fact | None = None
    key: Any = None  # what stays the same when the table is asked again
    is_total: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table of the program, the same on screen, in print, in a workbook and on the command line."""

    name: str  # stable: `cap_table`
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]  # may make each row only when it is asked for
    subtitle: str = ""
    total: Row | None = None
    empty: str = ""  # what to do when there is no row
    blank: Callable[[], Fact] | None = None  # a new fact for a new line, where lines can be added


class Items(Protocol[Given]):
    """What lines are made of: a sequence, or a column of rows as numpy holds it."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> Given: ...


class Lines(Sequence[Row], Generic[Line]):
    """Rows made of a sequence only when they are asked for."""

    def __init__(
        self,
        items: Items[Line],
        row: Callable[[Line], Row],
        column: Callable[[int], ColumnCells] | None = None,
        keys: Callable[[], Any] | None = None,
    ) -> None:
        """Make each row of `items` by `row`; `column` and `keys` give those of all rows at once."""
        self._items = items
        self._row = row
        self._column = column
        self._keys = keys
        self._cells: dict[int, ColumnCells] = {}

    def cells(self, column: int) -> ColumnCells:
        """Return a whole column, which is remembered."""
        if column not in self._cells:
            if self._column is None:
                self._cells[column] = ColumnCells.of(row.cells[column] for row in self)
            else:
                self._cells[column] = self._column(column)
        return self._cells[column]

    def keys(self) -> Any:
        """Return the key of each row, as a sequence or as numpy holds them."""
        return [row.key for row in self] if self._keys is None else self._keys()

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        return self._row(self._items[index])

    def __iter__(self) -> Iterator[Row]:
        return (self._row(self._items[place]) for place in range(len(self)))


def cells_of(table: Table, column: int) -> ColumnCells:
    """Return the cells of a column of a table all at once."""
    if isinstance(table.rows, Lines):
        return table.rows.cells(column)
    return ColumnCells.of(row.cells[column] for row in table.rows)


def keys_of(table: Table) -> Any:
    """Return the keys of all lines of a table, a sequence or as numpy holds them."""
    return table.rows.keys() if isinstance(table.rows, Lines) else [row.key for row in table.rows]


def fact_row(fact: Any, columns: Sequence[Column]) -> Row:
    """Return the line of a fact: each column shows the field it names."""
    return Row(tuple(value_at(fact, column.field) for column in columns), fact, fact.id)
