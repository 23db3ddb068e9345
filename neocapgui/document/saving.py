"""A file replaced by the present state of a document: all of it, checked, or nothing."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from uuid import uuid4

from neocapgui.document import quarantine, schema, seal, working
from neocapgui.document.refusal import DocumentError
from neocapgui.document.working import Stamp

_BEGINNING, _ENDING = ".neocapgui-", ".saving"
_STALE = 600  # seconds; no save takes so long, so what is older was left by a program that was killed


def check_target(target: Path, awaited: Stamp | None) -> None:
    """Refuse a place where no file can be put, and one whose file is not the awaited one any more."""
    if target.is_dir():
        raise DocumentError(f"{target.name} could not be saved: it is a folder.")
    if not target.parent.is_dir():
        raise DocumentError(
            f"{target.name} could not be saved: the folder {target.parent.name} is not there."
        )
    if target.exists():
        if not target.is_file():  # replacing a pipe or a device would take it from whoever uses it
            raise DocumentError(
                f"{target.name} could not be saved: it is no file; a scenario is a single file."
            )
        if not os.access(target, os.W_OK) or not target.stat().st_mode & 0o222:
            raise DocumentError(f"{target.name} could not be saved: the file is read-only.")
        if awaited is not None and not awaited.fits(target):
            raise DocumentError(
                f"{target.name} could not be saved: another program has changed it since it was opened."
            )


def replace(
    connection: sqlite3.Connection,
    target: Path,
    digests: Mapping[str, str],
    private: tuple[str, ...],
    awaited: Stamp | None,
) -> Stamp:
    """Put the document in the place of the target once it is written beside it and checked.

    `digests` are those of the document, `private` the entries of `meta` that stay with the working copy.
    Returns the stamp of the new file; where it fails, the target is untouched and nothing is left behind.
    """
    _sweep(target.parent)
    beside = target.with_name(f"{_BEGINNING}{uuid4().hex}{_ENDING}")
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        connection.execute("VACUUM INTO CAST(? AS TEXT)", (os.fsencode(beside),))  # a name may be no Unicode
        with closing(sqlite3.connect(beside, isolation_level=None)) as written:
            _finish(written, digests, private)
        if target.exists():
            os.chmod(beside, stat.S_IMODE(target.stat().st_mode))
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        _check(beside, digests)
        found = working.stamp(beside)
        check_target(target, awaited)
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    return found


def settle(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk."""
    if os.name == "nt":  # folders cannot be opened there, and NTFS keeps names in its own journal
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network disks do not know the call
            raise
    finally:
        os.close(descriptor)


def _finish(written: sqlite3.Connection, digests: Mapping[str, str], private: tuple[str, ...]) -> None:
    written.execute("PRAGMA journal_mode = MEMORY")  # a file that is not yet in place needs no journal
    written.execute("PRAGMA secure_delete = ON")
    with working.transaction(written):
        written.executemany("DELETE FROM meta WHERE key = ?", ((key,) for key in private))
        seal.write(written, digests)


def _check(beside: Path, digests: Mapping[str, str]) -> None:
    with closing(quarantine.guarded(beside)) as written:
        if written.execute("PRAGMA application_id").fetchone() != (schema.APPLICATION_ID,):
            raise ValueError("what was written is not the document")
        if written.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise ValueError("what was written is damaged")
        if seal.digests(written) != dict(digests) or seal.broken(written, digests):
            raise ValueError("what was written is not what the document holds")


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{_BEGINNING}*{_ENDING}*"):
        try:
            if time.time() - left.stat().st_mtime > _STALE:
                left.unlink()
        except OSError:
            continue  # somebody else's to remove
