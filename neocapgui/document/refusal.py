"""The one way the document says no: a sentence that names the file and what is wrong."""

from __future__ import annotations

import errno
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

_LONGEST = 400  # characters of a sentence


class DocumentError(Exception):
    """The world is not as the document needs it; the message is one sentence for the user.

    `can_rescue` says whether `Document.rescue` may still find valid rows in the file.
    """

    def __init__(self, sentence: str, can_rescue: bool = False) -> None:
        """Say the sentence on one line, whatever the names and texts of a file brought into it."""
        super().__init__(one_line(sentence))
        self.can_rescue = can_rescue


class ChangedOnDisk(DocumentError):
    """The file on disk is not the one that was opened or saved here: somebody else has changed it."""


class SaveCancelled(DocumentError):
    """A save was given up before the new file was in its place, because the user did not want to wait."""


class EditCancelled(DocumentError):
    """An edit was given up before it stood on the disk, because the user did not want to wait."""


def one_line(text: str) -> str:
    """Return a text on one line: no break, no control character, and what is too long without its middle.

    >>> one_line("a\\nb\\x1b[31m.db is not there.")
    'a b\ufffd[31m.db is not there.'
    """
    line = text
    if not text.isprintable():
        line = "".join(" " if mark.isspace() else _printable(mark) for mark in text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]}…{line[-_LONGEST // 2 :]}"


def _printable(mark: str) -> str:
    return "\ufffd" if unicodedata.category(mark).startswith("C") else mark


_DAMAGED = "it is damaged"
_FULL = "the disk is full"
_GONE = "its disk is out of reach"
_NO_MEMORY = "memory ran out"
_NO_THREAD = "can't start new thread"  # so Python says that the system has no room for one

_BY_ERRNO = {
    errno.ENOENT: "it is not there",
    errno.EACCES: "permission was denied",
    errno.EPERM: "permission was denied",
    errno.EROFS: "the disk can only be read",
    errno.ENOSPC: _FULL,
    errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC: _FULL,
    errno.EFBIG: "it would be larger than a file may be here",
    errno.EIO: "the disk reported an error",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "its folder is not a folder",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
    errno.ELOOP: "it is a link that leads nowhere",
    **{  # what a disk of the network, or one that was pulled out, says of itself
        getattr(errno, name): _GONE
        for name in ("ENODEV", "ENXIO", "ESTALE", "ENOTCONN", "EHOSTDOWN", "EHOSTUNREACH", "ETIMEDOUT")
        if hasattr(errno, name)
    },
}

# By the primary result code (https://www.sqlite.org/rescode.html), the low byte of an extended one.
_BY_SQLITE = {
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_INTERRUPT: "checking it took too long",
    sqlite3.SQLITE_IOERR: "the disk reported an error",
    sqlite3.SQLITE_READONLY: "it can only be read",
    sqlite3.SQLITE_CANTOPEN: "it could not be reached",
    sqlite3.SQLITE_BUSY: "another program is using it",
    sqlite3.SQLITE_NOMEM: _NO_MEMORY,
    sqlite3.SQLITE_TOOBIG: "a text in it is too long",
}


# What SQLite reports of the machine, not of the file.
_OUTSIDE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


def reason(error: BaseException) -> str:
    """Return why something failed, in words.

    >>> reason(OSError(errno.ENOSPC, "No space left on device"))
    'the disk is full'
    >>> reason(OSError(errno.EPROTO, "Protocol error", "/home/ann/acme.db"))
    'the system says “Protocol error”'
    """
    if isinstance(error, OSError) and error.errno in _BY_ERRNO:
        return _BY_ERRNO[error.errno]
    if isinstance(error, OSError) and error.strerror:
        return f"the system says “{error.strerror}”"
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int) and code & 0xFF in _BY_SQLITE:
        return _BY_SQLITE[code & 0xFF]
    if isinstance(error, UnicodeError) or "UTF-8" in str(error):  # so SQLite's reader of texts says it
        return "a text in it is not in Unicode"
    if isinstance(error, MemoryError) or str(error) == _NO_THREAD:
        return _NO_MEMORY
    return str(error).rstrip(".") or type(error).__name__


@contextmanager
def in_words(name: str, done: str, can_rescue: bool = False) -> Iterator[None]:
    """Turn what the system or SQLite reports into one sentence: "`name` could not be `done`: why.".

    `can_rescue` where the cause may lie in what the file holds: then some of its rows may be valid.
    """
    try:
        yield
    except (sqlite3.Error, OSError, ValueError, LookupError, ArithmeticError, MemoryError) as error:
        is_inside = can_rescue and not isinstance(error, OSError) and not _is_outside(error)
        raise DocumentError(f"{name} could not be {done}: {reason(error)}.", is_inside) from error
    except RuntimeError as error:
        if str(error) != _NO_THREAD:
            raise
        raise DocumentError(f"{name} could not be {done}: {reason(error)}.") from error


def _is_outside(error: BaseException) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(code, int) and code & 0xFF in _OUTSIDE
