"""How much one document can hold, so that whoever opens it has the time and the memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

import numpy as np
from numpy.typing import ArrayLike

from neocapgui.document import schema
from neocapgui.ledger.edits import Edit
from neocapgui.ledger.ledger import TABLES
from neocapgui.ledger.transactions import Transaction

# Of tables whose rows are held one by one; a security takes some four kilobytes, most others less than one.
MOST_ROWS = {
    "scenario": 1_000,
    "issuers": 5_000,
    "stakeholders": 400_000,
    "securities": 8_000,
    "conversion_rights": 20_000,
    "prices": 150_000,
    "approvals": 50_000,
    "published_counts": 25_000,  # each is held against the holdings of its day
    "_sqlite_migrations": 1_000,
    "meta": 1_000,
}
MOST_TEXT = 96_000_000  # bytes of those tables and of the names of all edits; in memory up to four times that
MOST_DIGITS = 3_000  # of all splits together; a thousand splits of 1:25 make 1,398
_NAMES_OF_EDITS = "edits"

# Edits keep away from what opening refuses: a file also has seals, notes and names of edits.
_MOST_TEXT_EDITED = 64_000_000  # bytes
_LARGEST_EDITED = 240 * 1024**2  # bytes of all tables and indices; a million transactions take some 120
_MOST_TRANSACTIONS_EDITED = 190_000_000  # bytes as canonical text
_LOOKED_AT = 150 * 1024**2  # bytes of a file, from which on there may be so many


def check_opened(connection: sqlite3.Connection) -> None:
    """Refuse (ValueError) a file of more rows or texts than can be held, but for those of transactions."""
    _check_rows(connection, MOST_ROWS)
    if size(connection) > MOST_TEXT:
        _check_text(connection, (*MOST_ROWS, _NAMES_OF_EDITS), MOST_TEXT)


def check_filled(connection: sqlite3.Connection) -> None:
    """Refuse (ValueError) a new document of more than can be opened again."""
    _check_edited(connection, TABLES.values())
    _check_recorded_splits(connection)


def check_edited(connection: sqlite3.Connection, edit: Edit) -> None:
    """Refuse (ValueError) what an edit has made of a document where that could not be opened again."""
    added = {TABLES[change.kind] for change in edit.changes if change.after is not None}
    _check_edited(connection, added)
    after = (change.after for change in edit.changes)
    if any(isinstance(fact, Transaction) and fact.kind == "split" for fact in after):
        _check_recorded_splits(connection)


def check_splits(new: ArrayLike, old: ArrayLike) -> None:
    """Refuse (ValueError) splits that make counts of so many digits that no answer ends.

    `new` and `old` are the sides of their ratios, of 18 digits at most each.
    """
    sides = np.abs(np.array([new, old], np.int64))
    digits = float(np.log10(np.maximum(sides, 1)).sum())
    if digits > MOST_DIGITS:
        raise ValueError(
            f"its {sides.shape[1]:,} splits together make counts of {digits:,.0f} digits,"
            f" and {MOST_DIGITS:,} can be counted with"
        )


def size(connection: sqlite3.Connection) -> int:
    """Return how many bytes a file takes, without its free pages."""
    pages, free, page = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * page)


def _check_edited(connection: sqlite3.Connection, grown: Collection[str]) -> None:
    bytes = size(connection)
    if bytes > _LARGEST_EDITED:
        raise ValueError(f"it would have {bytes:,} bytes, more than the {_LARGEST_EDITED:,} that can be")
    held = tuple(table for table in grown if table in MOST_ROWS)
    _check_rows(connection, held)
    if held and bytes > _MOST_TEXT_EDITED:
        _check_text(connection, MOST_ROWS, _MOST_TEXT_EDITED)
    table = TABLES[Transaction]
    if table in grown and bytes > _LOOKED_AT:
        text = _text(connection, table)
        if text > _MOST_TRANSACTIONS_EDITED:
            raise ValueError(
                f"{text:,} bytes of transactions are more than the {_MOST_TRANSACTIONS_EDITED:,}"
                " that can be held"
            )


def _check_rows(connection: sqlite3.Connection, tables: Iterable[str]) -> None:
    for table in tables:
        (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        if count > MOST_ROWS[table]:
            raise ValueError(
                f"{count:,} rows of {table} are more than the {MOST_ROWS[table]:,} that can be held"
            )


def _check_text(connection: sqlite3.Connection, tables: Iterable[str], most: int) -> None:
    text = sum(_text(connection, table) for table in tables)
    if text > most:
        raise ValueError(
            f"{text:,} bytes beside the transactions are more than the {most:,} that can be held"
        )


def _text(connection: sqlite3.Connection, table: str) -> int:
    """Return how many bytes the fields of a table take as text, with a mark after each."""
    lengths = (
        f'coalesce(length(CAST("{name}" AS BLOB)), 0) + 1' for name in schema.columns(connection, table)
    )
    (text,) = connection.execute(f"SELECT total({' + '.join(lengths)}) FROM {table} NOT INDEXED").fetchone()
    return int(text)


def _check_recorded_splits(connection: sqlite3.Connection) -> None:
    found = connection.execute(
        "SELECT CAST(ratio_new AS INTEGER), CAST(ratio_old AS INTEGER) FROM transactions"
        " WHERE kind = 'split' AND ratio_old IS NOT NULL"
    ).fetchall()
    if found:
        check_splits(*zip(*found, strict=True))
