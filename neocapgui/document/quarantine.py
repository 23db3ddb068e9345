"""What is made sure of before a file from anywhere is believed."""

from __future__ import annotations

import os
import sqlite3
import stat
import struct
import sys
import time
from pathlib import Path

from neocapgui.document import schema, versions
from neocapgui.document.refusal import DocumentError

LARGEST_FILE = 4 * 1024**3  # bytes; a million transactions take some 120 megabytes
LONGEST_CHECK = 120  # seconds
STEPS_BETWEEN = 1_000_000  # of SQLite's machine, some milliseconds, between two looks at the clock

_MAGIC = b"SQLite format 3\0"
_WHERE = "*** in database main ***\n"  # what SQLite says before any damage that it finds
_HEADER = 100  # bytes; https://www.sqlite.org/fileformat.html, section 1.3

# Enough for our own statements and not for anybody else's.
_LIMITS = {
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


def check_outside(path: Path) -> None:
    """Refuse what is plainly no scenario of ours by its size and its first hundred bytes; changes nothing."""
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
    for ending in ("-journal", "-wal"):
        beside = path.with_name(name + ending)
        if beside.is_file() and beside.stat().st_size:
            raise DocumentError(
                f"{name} is not complete: another program was changing it and left {beside.name} beside it."
            )
    with path.open("rb") as file:
        _check_header(name, file.read(_HEADER), status.st_size)


def _check_header(name: str, header: bytes, size: int) -> None:
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise DocumentError(f"{name} is no scenario: it is not an SQLite file.")
    (page_size,) = struct.unpack_from(">H", header, 16)
    changes, pages = struct.unpack_from(">II", header, 24)
    version, _, application = struct.unpack_from(">iII", header, 60)
    (pages_as_of,) = struct.unpack_from(">I", header, 92)
    if application != schema.APPLICATION_ID:
        raise DocumentError(f"{name} is no scenario: it is an SQLite file of another program.")
    if version > schema.VERSION:
        raise DocumentError(
            f"{name} was saved by a newer version of the program: it is a file of version {version},"
            f" and this program reads up to version {schema.VERSION}."
        )
    if version < 1:
        raise DocumentError(f"{name} is damaged: it says it is a file of version {version}.")
    whole = pages * (65536 if page_size == 1 else page_size)
    if pages_as_of == changes and size < whole:
        raise DocumentError(f"{name} is cut short: it has {size:,} of its {whole:,} bytes.")


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
        # What is read as text at once is hardly longer than the file.
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, path.stat().st_size + (1 << 26))
        if sys.version_info >= (3, 12):
            connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        ends = time.monotonic() + LONGEST_CHECK
        connection.set_progress_handler(lambda: time.monotonic() > ends, STEPS_BETWEEN)
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "query_only = ON"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def check_inside(connection: sqlite3.Connection, name: str) -> int:
    """Refuse a file that is damaged or made of anything but our own tables, and return its version."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    _check_structure(name, schema.structure(connection), versions.structure_of(version))
    (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if answer != "ok":
        raise DocumentError(f"{name} is damaged: {str(answer).removeprefix(_WHERE)}.")
    return int(version)


def _check_structure(name: str, found: dict[str, str], expected: dict[str, str]) -> None:
    for thing in found:
        if thing not in expected:
            raise DocumentError(f"{name} holds the {thing}, which is no part of a scenario.")
    for thing, definition in expected.items():
        if thing not in found:
            raise DocumentError(f"{name} lacks the {thing}.")
        if found[thing] != definition:
            raise DocumentError(f"{name} holds a {thing} that is not made as this program makes it.")
