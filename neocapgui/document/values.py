"""How each type of value in a fact stands in the cells of a row, exactly, and is read back strictly."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

LARGEST_NUMBER = 2**31 - 1  # of ids, orders and counts of days
LARGEST_ID = 10_000_000  # of a row: calculations keep a place for every number up to the largest
LONGEST_FIGURE = 200  # characters
LONGEST_TEXT = 1_000_000
LONGEST_NAME = 10_000  # of what answers say again and again: of a name, the title, a currency
LONGEST_CELL = 20 * 1024**2  # bytes of a cell or a row: SQLite makes room for no longer one
SEPARATOR = "\x1f"  # stands between the fields of a row where rows are read as text

Cell = str | int | None

_FIGURE = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
_WHOLE = re.compile(r"-?[0-9]+", re.ASCII)
_FORBIDDEN = re.compile("[\x00\x1f]")


@dataclass(frozen=True, slots=True)
class Sort:
    """One type of value: the ends of its columns' names, and the way into the cells and back."""

    write: Callable[[Any], tuple[Cell, ...]]
    read: Callable[..., Any]  # from the cells; raises ValueError with the end of a sentence
    suffixes: tuple[str, ...] = ("",)
    empty: Cell = None  # what stands for nothing in a column that is never NULL


def figure_text(figure: Decimal) -> str:
    """Return a decimal as its shortest plain text; refuses what is no number or is too long.

    >>> figure_text(Decimal("3.480")), figure_text(Decimal("1E+3")), figure_text(Decimal("-0"))
    ('3.48', '1000', '0')
    """
    if not figure.is_finite():
        raise ValueError(f"holds {figure}, which is no number")
    if abs(figure.adjusted()) > LONGEST_FIGURE:
        raise ValueError(f"holds a figure of more than {LONGEST_FIGURE} digits")
    text = f"{figure:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if len(text) > LONGEST_FIGURE:
        raise ValueError(f"holds a figure of more than {LONGEST_FIGURE} digits")
    return "0" if text in ("-0", "") else text


def _figure(cell: Any) -> Decimal:
    if type(cell) is not str or len(cell) > LONGEST_FIGURE or not _FIGURE.fullmatch(cell):
        raise ValueError(f"holds {_quoted(cell)}, which is no number")
    return Decimal(cell)


def _whole(cell: Any) -> int:
    if type(cell) is not str or len(cell) > LONGEST_FIGURE or not _WHOLE.fullmatch(cell):
        raise ValueError(f"holds {_quoted(cell)}, which is no whole number")
    return int(cell)


def _ratio(new: Any, old: Any) -> Fraction:
    numerator, denominator = _whole(new), _whole(old)
    if denominator <= 0:
        raise ValueError(f"holds {numerator}:{denominator}, which is no ratio")
    return Fraction(numerator, denominator)


def _ratio_cells(ratio: Fraction) -> tuple[Cell, ...]:
    cells = str(ratio.numerator), str(ratio.denominator)
    if max(map(len, cells)) > LONGEST_FIGURE:
        raise ValueError(f"holds a figure of more than {LONGEST_FIGURE} digits")
    return cells


def _number(cell: Any) -> int:
    if type(cell) is not int:
        raise ValueError(f"holds {_quoted(cell)}, which is no whole number")
    if abs(cell) > LARGEST_NUMBER:
        raise ValueError(f"holds {cell}, which is beyond {LARGEST_NUMBER}")
    return cell


def _id(cell: Any) -> int:
    if not 1 <= _number(cell) <= LARGEST_ID:
        raise ValueError(f"holds {cell}; rows are numbered from 1 to {LARGEST_ID:,}")
    return int(cell)


def _flag(cell: Any) -> bool:
    if type(cell) is not int or cell not in (0, 1):
        raise ValueError(f"holds {_quoted(cell)}, which is neither 0 nor 1")
    return bool(cell)


def _text(cell: Any) -> str:
    if type(cell) is not str:
        raise ValueError(f"holds {_quoted(cell)}, which is no text")
    if len(cell) > LONGEST_TEXT:
        raise _too_long("text", LONGEST_TEXT)
    found = _FORBIDDEN.search(cell)
    if found:
        raise ValueError(f"holds the character U+{ord(found[0]):04X}, which no text may hold")
    if not cell.isascii():
        cell.encode()  # a lone surrogate is no text either
    return cell


def _name(cell: Any) -> str:
    text = _text(cell)
    if len(text) > LONGEST_NAME:
        raise _too_long("name", LONGEST_NAME)
    return text


def _too_long(what: str, most: int) -> ValueError:
    return ValueError(f"holds a {what} of more than {most:,} characters")


def _day(cell: Any) -> date:
    try:
        day = date.fromisoformat(cell)
    except (TypeError, ValueError):
        day = None
    if day is None or day.isoformat() != cell:
        raise ValueError(f"holds {_quoted(cell)}, which is no day")
    return day


def _days(cell: Any) -> tuple[date, ...]:
    return tuple(_day(day) for day in _text(cell).split(" ") if day)


def _quoted(cell: Any) -> str:
    text = repr(cell)
    return text if len(text) <= 60 else f"{text[:60]}…"


NUMBER = Sort(lambda value: (_number(value),), _number)
ID = Sort(lambda value: (_id(value),), _id)
TEXT = Sort(lambda value: (_text(value),), _text, empty="")
NAME = Sort(lambda value: (_name(value),), _name, empty="")
FIGURE = Sort(lambda value: (figure_text(value),), _figure)

_SORTS: dict[Any, Sort] = {
    int: NUMBER,
    str: TEXT,
    Decimal: FIGURE,
    bool: Sort(lambda value: (int(value),), _flag),
    date: Sort(lambda value: (value.isoformat(),), _day),
    Fraction: Sort(_ratio_cells, _ratio, ("_new", "_old")),
    tuple[date, ...]: Sort(lambda value: (" ".join(map(date.isoformat, value)),), _days, empty=""),
}


def sort_of(type_: Any) -> Sort:
    """Return how values of a type stand in a row."""
    if isinstance(type_, type) and issubclass(type_, Enum):
        return _choice(type_)
    return _SORTS[type_]


def _choice(members: type[Enum]) -> Sort:
    by_value = {member.value: member for member in members}

    def read(cell: Any) -> Enum:
        if type(cell) is not str or cell not in by_value:
            raise ValueError(f"holds {_quoted(cell)}, which is none of {', '.join(by_value)}")
        return by_value[cell]

    return Sort(lambda value: (value.value,), read)
