"""The private copy of a scenario that is worked on; the user's own file is only read, and replaced whole."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from neocapgui.document.own_folder import is_plain_file, own_folder
from neocapgui.document.refusal import DocumentError, reason
from neocapgui.document.values import LONGEST_CELL

SQLITE_VERSION = sqlite3.sqlite_version
ENDING, BEGUN = ".db", ".copying"  # of a working copy, and of one that is not whole yet
_NAMED = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # as `new_file` names, without the ending
_AT_ONCE = 1 << 20
_STEPS_BETWEEN = 100_000  # of SQLite's machine, some milliseconds, between two looks at who waits
_ROOM = 1 << 25  # bytes left for edits, and for everybody else
_WRITE_VERSIONS = 18  # where the header says whether a log (WAL) belongs to the file: 2, or 1 for none


@dataclass(frozen=True, slots=True)
class Stamp:
    """By what the content of a file is known again."""

    size: int
    modified: int  # nanoseconds
    digest: str

    @property
    def text(self) -> str:
        """The stamp as one line."""
        return f"{self.size} {self.modified} {self.digest}"

    @classmethod
    def from_text(cls, text: str) -> Stamp:
        """Return the stamp that a line says."""
        size, modified, digest = text.split()
        return cls(int(size), int(modified), digest)

    def fits(self, path: Path) -> bool:
        """Return whether a file still holds what it held; its content counts, not its time."""
        try:
            status = path.stat()
            if (status.st_size, status.st_mtime_ns) == (self.size, self.modified):
                return True
            return status.st_size == self.size and stamp(path).digest == self.digest
        except OSError:
            return False

    def is_of(self, path: Path) -> bool:
        """Return whether a file holds what it held, to the byte, whatever its time says."""
        try:
            return path.stat().st_size == self.size and stamp(path).digest == self.digest
        except OSError:
            return False


def stamp(path: Path, copy_to: int | None = None) -> Stamp:
    """Return the stamp of a file, copying it into an open file on the way if asked to.

    Refuses (ValueError) a file that changes meanwhile.
    """
    digest = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        while file.tell() <= before.st_size and (part := file.read(_AT_ONCE)):
            digest.update(part)
            while copy_to is not None and part:
                part = part[os.write(copy_to, part) :]
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ValueError("another program is changing it")
    return Stamp(after.st_size, after.st_mtime_ns, digest.hexdigest())


def moment(seconds: float) -> datetime | None:
    """Return the time of a file, in seconds since 1970, in the zone of this machine; None after 9999.

    >>> moment(253_402_300_800) is None
    True
    """
    try:
        return datetime.fromtimestamp(seconds).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def folder(given: Path | None = None) -> Path:
    """Return the folder of the working copies, made if it is not there."""
    if given is None:
        given = own_folder() / "working"
    with _refusing(given):
        _make_private(given)
    return given


def _make_private(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for this user alone."""
    if not folder.parent.is_dir():
        _make_private(folder.parent)
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "a file is in its place")
    folder.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def _refusing(folder: Path) -> Iterator[None]:
    """Turn a refusal of the system into one (ValueError) that names the folder, not the user's file."""
    try:
        yield
    except OSError as error:
        raise ValueError(f"no working copy can be made in {folder}: {reason(error)}") from error


def new_file(folder: Path, ending: str = ENDING) -> tuple[Path, int]:
    """Return a new file that only this user can read, named after nothing, and its descriptor."""
    path = folder / f"{uuid4()}{ending}"
    with _refusing(folder):
        return path, os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)


def found(folder: Path, *endings: str) -> tuple[Path, ...]:
    """Return the files in a folder that are named as this program names its own, by one of the endings.

    What else lies there is somebody's own: other names, links (they lead to files elsewhere), pipes, folders.
    """
    named = (path for path in sorted(folder.iterdir()) if any(_is_named(path.name, end) for end in endings))
    return tuple(path for path in named if is_plain_file(path))


def _is_named(name: str, ending: str) -> bool:
    return name.endswith(ending) and bool(_NAMED.fullmatch(name.removesuffix(ending)))


def _check_room(path: Path, folder: Path) -> None:
    """Refuse (ValueError) to fill the disk of the working copies with one more."""
    size, free = path.stat().st_size, shutil.disk_usage(folder).free
    if size + _ROOM > free:
        raise ValueError(f"a working copy of its {size:,} bytes does not fit the {free:,} that are free")


def copy(path: Path, folder: Path) -> tuple[Path, Stamp]:
    """Return a private copy of a file, and the stamp of what was copied.

    By its name it is only begun: nothing is recovered of it until it was looked through and is `whole`.
    """
    _check_room(path, folder)
    beginning, descriptor = new_file(folder, BEGUN)
    try:
        found = stamp(path, descriptor)
        if found.size > _WRITE_VERSIONS + 1:  # without its log a file is complete as it stands
            os.lseek(descriptor, _WRITE_VERSIONS, os.SEEK_SET)
            os.write(descriptor, b"\x01\x01")
    except BaseException:
        os.close(descriptor)
        remove(beginning)
        raise
    os.close(descriptor)
    return beginning, found


def whole(copied: Path) -> Path:
    """Return the name of a copy that is worked on."""
    return copied.with_suffix(ENDING)


def finished(copied: Path) -> Path:
    """Give a copy that was looked through the name of one that is worked on, and return it."""
    os.replace(copied, whole(copied))
    remove(copied)  # the journal of what was changed in it
    return whole(copied)


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection for edits: each is on the disk when it is said to be done."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_CELL)
        for pragma in (
            "journal_mode = TRUNCATE",
            "synchronous = FULL",
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "mmap_size = 0",
            "temp_store = MEMORY",
            "cache_size = -32000",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write everything inside or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def on() -> None:
    """Go on with what takes long, whatever happens; who may give it up raises a DocumentError instead."""


@contextmanager
def heeding(connection: sqlite3.Connection, go_on: Callable[[], None]) -> Iterator[None]:
    """Let SQLite give up what it is at where that is not to go on."""
    refused: list[DocumentError] = []

    def look() -> bool:
        try:
            go_on()
        except DocumentError as refusal:
            refused.append(refusal)
        return bool(refused)

    connection.set_progress_handler(look, _STEPS_BETWEEN)
    try:
        yield
    except sqlite3.OperationalError:
        if refused:
            raise refused[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


@contextmanager
def hasty(connection: sqlite3.Connection) -> Iterator[None]:
    """Write without waiting for the disk what could be made again."""
    connection.execute("PRAGMA synchronous = OFF")
    try:
        yield
    finally:
        connection.execute("PRAGMA synchronous = FULL")


def remove(path: Path) -> None:
    """Take a working copy away, with what SQLite keeps beside it."""
    for each in (path, path.with_name(f"{path.name}-journal")):
        each.unlink(missing_ok=True)
