"""Where in a file the numbers stand: the bytes of each number of a fact, found by walking the pages.

The format of pages, cells and records: https://www.sqlite.org/fileformat.html, sections 1.6 and 2.1.
"""

from __future__ import annotations

import re
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

_LEAF, _INTERIOR = 13, 5
_NUMBER = re.compile(rb"-?[0-9]+(\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NO_FACTS = ("meta", "_sqlite_migrations", "edits", "changes")
_BY_TYPE = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8}  # bytes of a number by the type in its record


@dataclass(frozen=True, slots=True)
class NumberCell:
    """The bytes of one number in a file."""

    table: str
    row: int
    column: str
    start: int  # in the file
    length: int


def number_cells(path: Path) -> list[NumberCell]:
    """Return where every number and day of every fact stands, as far as it lies on the page of its row."""
    held = path.read_bytes()
    (page_size,) = struct.unpack_from(">H", held, 16)
    found: list[NumberCell] = []
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        tables = [
            (
                name,
                root,
                [str(column) for (_, column, *_) in connection.execute(f"PRAGMA table_info({name})")],
            )
            for name, root in connection.execute(
                "SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'"
            )
            if name not in _NO_FACTS and not str(name).startswith("sqlite_")
        ]
    for name, root, columns in tables:
        for row, start in _rows(held, page_size, root):
            found += _numbers(held, name, row, columns, start, page_size)
    return found


def _rows(held: bytes, page_size: int, page: int) -> Iterator[tuple[int, int]]:
    """Return the number of each row below a page, and where its record begins."""
    start = (page - 1) * page_size
    head = start + (100 if page == 1 else 0)
    kind = held[head]
    (cells,) = struct.unpack_from(">H", held, head + 3)
    at = head + (12 if kind == _INTERIOR else 8)
    for place in struct.unpack_from(f">{cells}H", held, at):
        if kind == _INTERIOR:
            yield from _rows(held, page_size, struct.unpack_from(">I", held, start + place)[0])
        else:
            assert kind == _LEAF
            _, after = _varint(held, start + place)
            row, record = _varint(held, after)
            yield row, record
    if kind == _INTERIOR:
        yield from _rows(held, page_size, struct.unpack_from(">I", held, head + 8)[0])


def _numbers(
    held: bytes, table: str, row: int, columns: list[str], record: int, page_size: int
) -> Iterator[NumberCell]:
    size, at = _varint(held, record)
    value = record + size
    page_ends = (record // page_size + 1) * page_size
    for column in columns:
        kind, at = _varint(held, at)
        length = _BY_TYPE.get(kind, (kind - 12) // 2 if kind >= 12 else 0)
        is_number = kind in _BY_TYPE or (
            kind >= 13 and kind % 2 == 1 and _NUMBER.fullmatch(held[value : value + length])
        )
        if length and is_number and value + length <= page_ends:
            yield NumberCell(table, row, column, value, length)
        value += length


def _varint(held: bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and where it ends."""
    number = 0
    for count in range(8):
        byte = held[at + count]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + count + 1
    return number << 8 | held[at + 8], at + 9
