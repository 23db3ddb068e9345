"""The rows of a table as canonical text: every field in the table's order, a separator after each."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from neocapgui.document.values import SEPARATOR

NUMBERS_AT_ONCE = 50_000  # some megabytes of text: large enough to be quick, small enough to be cheap


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of a table whose numbers lie in a range, as UTF-8; a field that is NULL is empty."""

    first: int
    last: int
    text: bytes


def blocks(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[Block]:
    """Return a table as text in the order of its numbers, many rows at a time.

    SQLite joins the fields itself: that is several times as quick as fetching each of them into Python.
    """
    named = ", ".join(f'"{column}"' for column in columns)
    pattern = f"%s{SEPARATOR}" * len(columns)
    # NOT INDEXED keeps the walk along the table, and with it the order.
    query = (
        f"SELECT CAST(group_concat(printf('{pattern}', {named}), '') AS BLOB) FROM {table} NOT INDEXED"
        " WHERE id BETWEEN ? AND ?"
    )
    last, at_once = None, NUMBERS_AT_ONCE
    while True:
        first = _next_number(connection, table, last)
        if first is None:
            return
        try:
            (text,) = connection.execute(query, (first, first + at_once - 1)).fetchone()
        except sqlite3.DataError:  # together they are longer than SQLite may make a text
            if at_once == 1:
                raise
            at_once = max(1, at_once // 8)
            continue
        last = first + at_once - 1
        yield Block(first, last, text)


def ahead(blocks: Iterator[Block]) -> Generator[Block]:
    """Hand blocks on while SQLite, which lets Python go on meanwhile, is already at the next one."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, blocks, None)
        while (block := coming.result()) is not None:
            coming = reader.submit(next, blocks, None)
            yield block


def _next_number(connection: sqlite3.Connection, table: str, after: int | None) -> int | None:
    where, values = ("", ()) if after is None else ("WHERE id > ?", (after,))
    (number,) = connection.execute(f"SELECT min(id) FROM {table} {where}", values).fetchone()
    return None if number is None else int(number)
