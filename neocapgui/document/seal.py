"""The seal of a file: a digest of each table, chained into one, by which a changed byte is noticed."""

from __future__ import annotations

import hashlib
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from neocapgui.document import canonical, row_seals, schema
from neocapgui.document.canonical import Block
from neocapgui.document.row_seals import RowSeals
from neocapgui.document.seal_state import MOST_ROWS, WHOLE, SealedRow, SealState, sentences, table_name

_KEY = "seal"
_ID, _COUNTER = "id", f"{_KEY}.counter"
_COUNTER_PLACE, _VALID_FOR_PLACE = 24, 92  # https://www.sqlite.org/fileformat.html, section 1.3


class Digest:
    """The SHA-256 of a table, fed with its rows as they pass."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self._hash = hashlib.sha256(" ".join(columns).encode())

    def watch(self, blocks: Iterator[Block]) -> Iterator[Block]:
        """Hand the rows on and remember them."""
        for block in blocks:
            self._hash.update(block.text)
            yield block

    @property
    def text(self) -> str:
        """The digest of all rows so far."""
        return self._hash.hexdigest()


@dataclass(frozen=True, slots=True)
class TableSeal:
    """The digest of a table and the checksums of its rows; None where those in the working copy are right."""

    digest: str
    rows: tuple[RowSeals, ...] | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What SQLite counts in the header of a file: one more with every change, by whatever program."""

    counter: int
    valid_for: int  # the counter when a program that knows this field last wrote

    @classmethod
    def of(cls, path: Path) -> Header:
        """Return what the header of a file counts."""
        with path.open("rb") as file:
            first = file.read(100)
        return cls(
            *(struct.unpack_from(">I", first, place)[0] for place in (_COUNTER_PLACE, _VALID_FOR_PLACE))
        )


def digests(connection: sqlite3.Connection, known: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the digest of every table of facts and history; those already known are not made again."""
    found = dict(known or {})
    for table, columns in schema.tables(connection).items():
        if table not in found:
            digest = Digest(columns)
            for _ in digest.watch(canonical.blocks(connection, table, columns)):
                pass
            found[table] = digest.text
    return dict(sorted(found.items()))


def sealed(connection: sqlite3.Connection, known: Mapping[str, TableSeal]) -> dict[str, TableSeal]:
    """Return the seal of every table; those already known are not made again."""
    found = dict(known)
    for table, columns in schema.tables(connection).items():
        if table not in found:
            digest = Digest(columns)
            blocks = digest.watch(canonical.ahead(canonical.blocks(connection, table, columns)))
            rows = tuple(row_seals.sealed(connection, table, columns, block) for block in blocks)
            found[table] = TableSeal(digest.text, rows)
    return dict(sorted(found.items()))


def seal(parts: Mapping[str, str]) -> str:
    """Return the one seal over the digests of all tables, and over what else is sealed with them."""
    chain = b""
    for part, said in sorted(parts.items()):
        chain = hashlib.sha256(chain + f"{part} {said}".encode()).digest()
    return chain.hex()


def write(connection: sqlite3.Connection, id: str, seals: Mapping[str, TableSeal], counter: int) -> None:
    """Write the seal of a file into it, beside the digest of each table and the checksums of its rows.

    What else stood in `meta` is gone, but for the number of the document. `counter` is what the header of
    the file will count when this is written.
    """
    known = ", ".join("?" * len(seals))
    connection.execute(f"DELETE FROM {row_seals.TABLE} WHERE fact_table NOT IN ({known})", tuple(seals))
    for table, of in seals.items():
        if of.rows is not None:
            row_seals.write(connection, table, of.rows)
    parts = {table: of.digest for table, of in seals.items()}
    parts[row_seals.TABLE] = row_seals.digest(connection)
    said = {
        _ID: id,
        _KEY: seal({**parts, _ID: id, _COUNTER: str(counter)}),
        _COUNTER: str(counter),
        **{f"{_KEY}.{part}": digest for part, digest in parts.items()},
    }
    connection.execute("DELETE FROM meta")
    connection.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", said.items())


def examine(
    connection: sqlite3.Connection, digests: Mapping[str, str], version: int, header: Header
) -> SealState:
    """Return what the seal of a file says, given the digests of its tables as they are now.

    A table that is not as it was sealed is compared row by row; what cannot be told more exactly is said of
    the table or of the seal.
    """
    said = _said(connection)
    if not any(key == _KEY or key.startswith(f"{_KEY}.") for key in said):
        return SealState(
            "unsealed",
            sentences=("The file carries no seal, so it cannot be told whether another program changed it.",),
        )
    broken = [table for table, digest in digests.items() if said.get(f"{_KEY}.{table}") != digest]
    if version == 1:
        return _of_version_1(said, digests, broken)
    now = dict(digests) | {row_seals.TABLE: row_seals.digest(connection)}
    now |= {name: said.get(name, "") for name in (_ID, _COUNTER)}
    is_listed = said.get(f"{_KEY}.{row_seals.TABLE}") == now[row_seals.TABLE]
    if not broken and is_listed and said.get(_KEY) == seal(now):
        return WHOLE
    return _of_broken(connection, broken, is_listed, _kind(said, now, header))


def is_counter_noted(connection: sqlite3.Connection, header: Header) -> bool:
    """Return whether the seal notes what the header of the file counts."""
    return _said(connection).get(_COUNTER) == str(header.counter)


def _of_version_1(said: Mapping[str, str], digests: Mapping[str, str], broken: list[str]) -> SealState:
    whose = "was changed by another program or is damaged"
    if broken:
        found = tuple(
            f"The table {table_name(table)} is not as it was saved: it {whose}." for table in broken
        )
        return SealState("damaged", sentences=found)
    if said.get(_KEY) != seal(digests):
        return SealState("damaged", sentences=(f"The seal of the file {whose}.",))
    return WHOLE


def _kind(said: Mapping[str, str], parts: Iterable[str], header: Header) -> str:
    """Return whether another program wrote the file as SQLite does, or its bytes changed without that."""
    if said.get(_COUNTER) == str(header.counter) or header.counter != header.valid_for:
        return "damaged"
    noted = {part: said.get(part if part in (_ID, _COUNTER) else f"{_KEY}.{part}", "") for part in parts}
    is_note_harmed = said.get(_KEY) == seal({**noted, _COUNTER: str(header.counter)})
    return "damaged" if is_note_harmed else "edited"


# What is said of a table or of the seal, and of rows that are too many to be named.
_ENDS = {
    "damaged": (
        "is not as it was saved: the file is damaged.",
        "are not as they were saved: the file is damaged.",
    ),
    "edited": ("was changed by another program.", "were changed by another program."),
}


def _of_broken(connection: sqlite3.Connection, broken: list[str], is_listed: bool, kind: str) -> SealState:
    """Return what is broken, with the rows where the list of the checksums of all rows is as it was."""
    one, several = _ENDS[kind]
    rows: list[SealedRow] = []
    others = [] if is_listed else [f"The list of the checksums of all rows {one}"]
    count = 0
    for table in broken:
        name = f"table {table_name(table)}"
        found, of_table = _rows(connection, table) if is_listed else ([], 0)
        rows += found
        count += of_table
        if not found:
            others.append(f"The {name}{' or its seal' if is_listed else ''} {one}")
        elif of_table > len(found):
            others.append(f"{of_table - len(found):,} more rows of the {name} {several}")
    if not broken and is_listed:
        others.append(f"The seal of the file {one}")
    return SealState(kind, tuple(rows[:MOST_ROWS]), count, (*sentences(kind, rows), *others))


def _rows(connection: sqlite3.Connection, table: str) -> tuple[list[SealedRow], int]:
    try:
        found, count = row_seals.differences(connection, table, schema.columns(connection, table), MOST_ROWS)
    except ValueError:  # checksums that no program of ours wrote
        return [], 0
    return [SealedRow(table, row, what) for row, what in found], count


def _said(connection: sqlite3.Connection) -> dict[str, str]:
    """Return what `meta` says, whatever bytes stand there."""
    found = connection.execute("SELECT CAST(key AS BLOB), CAST(value AS BLOB) FROM meta")
    return {key.decode(errors="replace"): value.decode(errors="replace") for key, value in found}
