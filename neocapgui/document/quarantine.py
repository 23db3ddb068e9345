"""What is made sure of before a file from anywhere is believed."""

from __future__ import annotations

import os
import sqlite3
import stat
import struct
import sys
import time
from pathlib import Path
from typing import BinaryIO

from neocapgui.document import migrations, room, schema
from neocapgui.document.refusal import DocumentError
from neocapgui.document.values import LONGEST_CELL

LARGEST_FILE = 256 * 1024**2  # bytes; a million transactions take some 120 megabytes
LONGEST_CHECK = 8  # seconds of the processor, and one more for every so many bytes:
BYTES_A_SECOND = 8_000_000
MOST_MEMORY = 96 * 1024**2  # bytes that SQLite may take in this process; it makes a longer cell whole first
STEPS_BETWEEN = 1_000_000  # of SQLite's machine, some milliseconds, between two looks at the clock

_ENCODING = "UTF-8"
_MAGIC = b"SQLite format 3\0"
_WHERE = "*** in database main ***\n"  # what SQLite says before any damage that it finds
_BRANCH, _LEAF = 0x05, 0x0D  # what a page of a table is, in its first byte
MOST_PARTS = 2_000  # tables, indices and views; ours are some forty
_HEADER = 100  # bytes; https://www.sqlite.org/fileformat.html, section 1.3

# What SQLite's ANALYZE makes, as `schema.structure` tells it.
STATISTICS = {
    "table sqlite_stat1": "CREATETABLEsqlite_stat1(tbl,idx,stat)",
    "table sqlite_stat4": "CREATETABLEsqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}

# Enough for our own statements and not for anybody else's.
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST_CELL,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 20,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 100_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 100,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 100,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 100,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}


def check_outside(path: Path) -> int:
    """Return the version of a file, which may be newer than ours; changes nothing.

    Refuses what is plainly no scenario of ours by its size and its first hundred bytes.
    """
    name = path.name or str(path)
    size = check_place(path)
    left = left_beside(path)
    if left:
        raise DocumentError(
            f"{name} is not complete: another program was changing it and left {left} beside it.", True
        )
    with path.open("rb") as file:
        return _check_header(name, file.read(_HEADER), size)


def check_place(path: Path) -> int:
    """Return the size of a file; refuses by its place and first bytes what is no SQLite file."""
    name = path.name or str(path)
    if not path.exists():
        raise DocumentError(f"{name} is not there.")
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        what = "a folder" if stat.S_ISDIR(status.st_mode) else "no file"
        raise DocumentError(f"{name} is {what}; a scenario is a single file.")
    if not os.access(path, os.R_OK):
        raise DocumentError(f"{name} cannot be opened: permission to read it was denied.")
    if status.st_size == 0:
        raise DocumentError(f"{name} is empty: it holds 0 bytes.")
    if status.st_size > LARGEST_FILE:
        raise DocumentError(
            f"{name} has {status.st_size:,} bytes, more than the {LARGEST_FILE:,} that can be opened."
        )
    with path.open("rb") as file:
        header = file.read(_HEADER)
        if len(header) < _HEADER or not header.startswith(_MAGIC):
            raise DocumentError(f"{name} is no scenario: it is not an SQLite file.")
        parts = _parts(file)
    if parts > MOST_PARTS:
        raise DocumentError(
            f"{name} is no scenario: it is made of more than {MOST_PARTS:,} tables and views."
        )
    return status.st_size


def _parts(file: BinaryIO) -> int:
    """Return at least how many tables, indices and views a file has, as far as its pages can be followed.

    SQLite takes a minute to learn of 100,000, before it looks at any clock. How the pages hang together:
    https://www.sqlite.org/fileformat.html, section 1.6.
    """
    file.seek(16)
    (size,) = struct.unpack(">H", file.read(2))
    size = 65536 if size == 1 else size
    count, waiting, seen = 0, [1], 0
    while waiting and max(count, seen) <= MOST_PARTS:
        number, seen = waiting.pop(), seen + 1
        start = _HEADER if number == 1 else 0
        file.seek((number - 1) * size)
        page = file.read(size)
        if len(page) < max(size, start + 12):
            continue
        kind, cells = page[start], int.from_bytes(page[start + 3 : start + 5], "big")
        if kind == _LEAF:
            count += cells
        elif kind == _BRANCH:
            cells = min(cells, (size - start - 12) // 2)
            places = struct.unpack_from(f">{cells}H", page, start + 12)
            waiting += [int.from_bytes(page[place : place + 4], "big") for place in places]
            waiting = [page_number for page_number in waiting if page_number]
    return max(count, seen)


def left_beside(path: Path) -> str:
    """Return the name of what another program left beside a file while it was changing it, or nothing."""
    for ending in ("-journal", "-wal"):
        beside = path.with_name((path.name or str(path)) + ending)
        if os.path.isfile(beside) and not _is_over(beside):  # a long name has room for nothing beside it
            return beside.name
    return ""


def _is_over(beside: Path) -> bool:
    """Whether what stands beside a file says that nothing was under way: it is empty, or begins with a zero.

    So SQLite leaves a journal that it keeps (PERSIST): https://www.sqlite.org/lockingv3.html#hot_journals.
    """
    with beside.open("rb") as file:
        return file.read(1) in (b"", b"\0")


def _check_header(name: str, header: bytes, size: int) -> int:
    (page_size,) = struct.unpack_from(">H", header, 16)
    changes, pages = struct.unpack_from(">II", header, 24)
    version, _, application = struct.unpack_from(">iII", header, 60)
    (pages_as_of,) = struct.unpack_from(">I", header, 92)
    if application != schema.APPLICATION_ID:
        raise DocumentError(f"{name} is no scenario: it is an SQLite file of another program.")
    if version < 1:
        raise DocumentError(f"{name} is damaged: it says it is a file of version {version}.", True)
    page_size = 65536 if page_size == 1 else page_size
    whole = pages * page_size
    if pages_as_of == changes and size < whole:
        raise DocumentError(f"{name} is cut short: it has {size:,} of its {whole:,} bytes.", True)
    return int(version)


def guarded(path: Path) -> sqlite3.Connection:
    """Return a connection that only reads, and trusts nothing that the file says about itself.

    SQLite drops the CHECKs of a file that it opens so: what they say is for the reader of the rows to see.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        for limit, value in _LIMITS.items():
            connection.setlimit(limit, value)
        if sys.version_info >= (3, 12):
            connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        ends = time.process_time() + LONGEST_CHECK + path.stat().st_size / BYTES_A_SECOND
        connection.set_progress_handler(lambda: time.process_time() > ends, STEPS_BETWEEN)
        for pragma in (
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "mmap_size = 0",
            "query_only = ON",
            f"hard_heap_limit = {MOST_MEMORY}",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def check_inside(connection: sqlite3.Connection, name: str) -> int:
    """Refuse a file that is damaged or made of anything but our own tables, and return its version."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    found = schema.structure(connection)
    for thing, definition in STATISTICS.items():
        if found.get(thing) == definition:
            del found[thing]
    _check_structure(name, found, migrations.structure_of(version))
    (encoding,) = connection.execute("PRAGMA encoding").fetchone()
    if encoding != _ENCODING:  # its seal, and every text, is read as that
        raise DocumentError(
            f"{name} holds its texts in {encoding}; a scenario holds them in {_ENCODING}.", True
        )
    (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if answer != "ok":
        raise DocumentError(f"{name} is damaged: {in_short(answer)}.", True)
    check_amounts(connection, name)
    return int(version)


def in_short(answer: object) -> str:
    """Return what SQLite's check says of the first damage."""
    return str(answer).removeprefix(_WHERE)


def check_amounts(connection: sqlite3.Connection, name: str) -> None:
    """Refuse a file of more rows or texts than can be held in memory."""
    try:
        room.check_opened(connection)
    except ValueError as refusal:
        raise DocumentError(f"{name} could not be opened: {refusal}.") from refusal


def has_statistics(connection: sqlite3.Connection) -> bool:
    """Return whether somebody had SQLite measure the tables (ANALYZE)."""
    return bool(STATISTICS.keys() & schema.structure(connection).keys())


def drop_statistics(connection: sqlite3.Connection) -> None:
    """Take away from a working copy what ANALYZE left: it says nothing of the scenario."""
    kept = schema.structure(connection)
    for thing in STATISTICS.keys() & kept.keys():
        connection.execute(f"DROP {thing}")


def _check_structure(name: str, found: dict[str, str], expected: dict[str, str]) -> None:
    for thing in found:
        if thing not in expected:
            raise DocumentError(f"{name} holds the {thing}, which is no part of a scenario.", True)
    for thing, definition in expected.items():
        if thing not in found:
            raise DocumentError(f"{name} lacks the {thing}.", True)
        if found[thing] != definition:
            raise DocumentError(f"{name} holds a {thing} that is not made as this program makes it.", True)
