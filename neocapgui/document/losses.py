"""What of a file was left out, with the row and the reason, said in few sentences."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from neocapgui.document.values import LARGEST_ID

_NAMED = 3  # rows of a table that are named with their reason; the others are counted

# What SQLite reports of a page or a row, and not of the whole file or the machine.
_OF_A_ROW = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH)


@dataclass(slots=True)
class Losses:
    """The rows that were left out, table by table."""

    rows: Counter[str] = field(default_factory=Counter)
    named: dict[str, list[str]] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)

    def add(self, table: str, row: object, reason: str) -> None:
        """Count a row; the first few of a table keep their reason."""
        self.rows[table] += 1
        first = self.named.setdefault(table, [])
        if len(first) < _NAMED:
            first.append(f"{row if isinstance(row, int) else 'a row without a number'} ({_short(reason)})")

    def add_hole(self, table: str, first: int, after: int) -> None:
        """Note that some rows of a table cannot be read; how many there were, nobody knows."""
        until = "on" if after > LARGEST_ID else f"to {after - 1:,}"
        if len(self.others) < 20:
            self.others.append(
                f"The table {table} is damaged: rows from {first:,} {until} could not be read."
            )

    def give_up(self, table: str, reason: str) -> None:
        """Note that the rest of a table was not read."""
        self.others.append(f"The table {table} was not read to its end: {reason}.")

    def sentences(self) -> Iterator[str]:
        """Return one sentence for each table that lost something."""
        for table, count in self.rows.items():
            few = "; ".join(self.named[table])
            rest = count - len(self.named[table])
            more = f"; and {rest:,} more" if rest else ""
            number = "1 row was" if count == 1 else f"{count:,} rows were"
            yield f"Of the table {table} {number} left out: {few}{more}."
        yield from self.others


def unusable(error: sqlite3.DatabaseError | MemoryError) -> bool:
    """Return whether an error says that nothing more can be read, here or further on."""
    if isinstance(error, MemoryError):
        return False  # SQLite may take so much, and a longer cell needs more
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return "UTF-8" not in str(error)
    return code & 0xFF not in _OF_A_ROW and "UTF-8" not in str(error)


def _short(reason: str) -> str:
    return reason if len(reason) <= 120 else f"{reason[:120]}…"
