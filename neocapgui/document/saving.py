"""A file replaced by the present state of a document: all of it, checked, or nothing."""

from __future__ import annotations

import errno
import os
import platform
import re
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

from neocapgui.document import quarantine, schema, seal, working
from neocapgui.document.refusal import ChangedOnDisk, DocumentError, reason
from neocapgui.document.seal import Header, TableSeal
from neocapgui.document.seal_state import WHOLE
from neocapgui.document.working import Stamp

_BEGINNING, _ENDING = ".neocapgui-", ".saving"
_NAME = re.compile(
    rf"{re.escape(_BEGINNING)}([0-9a-f]{{8}})-([0-9]+)-[0-9a-f]{{32}}{re.escape(_ENDING)}(-journal)?"
)
_LONGEST_PATH = 500  # bytes; SQLite opens none of more than 512
_TURN, _TRIES = 10, 500  # seconds to wait for another program that is saving there, and looks in that time
_STALE = 600  # seconds; a save hardly ever takes so long
_WAITS = (0.05, 0.1, 0.2, 0.4)  # seconds; Windows lets no file be replaced while another program reads it
_HELD = (5, 32, 33)  # what Windows says then: access denied, sharing violation, lock violation


def check_target(target: Path, awaited: Stamp | None) -> None:
    """Refuse a place where no file can be put, and one whose file is not the awaited one any more."""
    if target.is_dir():
        raise DocumentError(f"{target.name} could not be saved: it is a folder.")
    if not target.parent.is_dir():
        raise DocumentError(
            f"{target.name} could not be saved: the folder {target.parent.name} is not there."
        )
    left = quarantine.left_beside(target)
    if left:  # SQLite would take it for a part of the new file, and write it over what is saved
        raise DocumentError(
            f"{target.name} could not be saved: another program was changing it and left {left} beside it."
        )
    if target.exists():
        if not target.is_file():  # replacing a pipe or a device would take it from whoever uses it
            raise DocumentError(
                f"{target.name} could not be saved: it is no file; a scenario is a single file."
            )
        if not os.access(target, os.W_OK) or not target.stat().st_mode & 0o222:
            raise DocumentError(f"{target.name} could not be saved: the file is read-only.")
        if awaited is not None and not awaited.fits(target):
            raise _changed(target)


def _changed(target: Path) -> ChangedOnDisk:
    return ChangedOnDisk(
        f"{target.name} could not be saved: another program has changed it since it was opened."
    )


def replace(
    connection: sqlite3.Connection,
    target: Path,
    id: str,
    seals: Mapping[str, TableSeal],
    awaited: Stamp | None,
    go_on: Callable[[], None] = working.on,
) -> Stamp:
    """Put the document in the place of the target once it is written beside it, on the disk and checked.

    `id` and `seals` are those of the document; of what the working copy notes besides nothing goes along.
    Returns the stamp of the new file; where it fails, the target is untouched and nothing is left behind.
    `go_on` is called before every step, the last time right before the new file is put in its place.
    """
    _sweep(target.parent)
    beside = target.with_name(f"{_BEGINNING}{machine()}-{os.getpid()}-{uuid4().hex}{_ENDING}")
    try:
        with _naming_the_folder(target):
            os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        if len(os.fsencode(beside)) > _LONGEST_PATH:
            raise ValueError("the path of its folder is too long")
        with working.heeding(connection, go_on):
            connection.execute("VACUUM INTO CAST(? AS TEXT)", (os.fsencode(beside),))  # it may be no Unicode
        go_on()
        with closing(sqlite3.connect(beside, isolation_level=None)) as written:
            _finish(written, id, seals, Header.of(beside).counter + 1)
        if target.exists():
            os.chmod(beside, stat.S_IMODE(target.stat().st_mode))
        go_on()
        _settle_content(beside)
        go_on()
        _check(beside, seals)
        go_on()
        found = working.stamp(beside)
        with _in_turn(target):
            check_target(target, awaited)
            if awaited is not None and target.exists() and not awaited.is_of(target):  # its time may lie
                raise _changed(target)
            go_on()
            _put_in_place(beside, target)
    except BaseException as error:
        for left in (
            beside,
            beside.with_name(f"{beside.name}-journal"),
        ):  # which SQLite leaves on a full disk
            with suppress(OSError):
                left.unlink(missing_ok=True)
        if isinstance(error, OSError | sqlite3.Error) and not target.parent.is_dir():
            raise DocumentError(
                f"{target.name} could not be saved: the folder {target.parent.name} is not there any more."
            ) from error
        raise
    return found


@contextmanager
def _naming_the_folder(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise DocumentError(
                f"{target.name} could not be saved: no file can be made in the folder"
                f" {target.parent.name or target.parent}: {reason(error)}."
            ) from error
        raise


def _settle_content(beside: Path) -> None:
    """Wait until a file is on the disk; what is read of it after that is read from there."""
    with beside.open("rb+") as file:
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):
            with suppress(OSError):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def _in_turn(target: Path) -> Iterator[None]:
    """Keep another start of this program from saving there between the last look at the file and its change.

    A lock on the folder leaves nothing behind. Windows and some network disks have none; there the moment
    between the two stays open.
    """
    if os.name == "nt":
        yield
        return
    import fcntl

    descriptor = os.open(target.parent, os.O_RDONLY)
    try:
        for wait in (*(_TURN / _TRIES,) * _TRIES, None):
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if wait is None:
                    raise DocumentError(
                        f"{target.name} could not be saved: another program is saving into its folder."
                    ) from None
                time.sleep(wait)
            except OSError as error:
                if error.errno not in (errno.ENOTSUP, errno.ENOLCK, errno.EINVAL, errno.ENOSYS):
                    raise
                break
        yield
    finally:
        with suppress(OSError, sqlite3.Error):  # the file may be in its place already
            os.close(descriptor)  # and with it goes the lock


def _put_in_place(beside: Path, target: Path) -> None:
    for wait in (*_WAITS, None):
        try:
            os.replace(beside, target)
            return
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _HELD:
                raise
            if wait is None:
                raise DocumentError(
                    f"{target.name} could not be saved: another program is using the file."
                ) from error
            time.sleep(wait)


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


def _finish(written: sqlite3.Connection, id: str, seals: Mapping[str, TableSeal], counter: int) -> None:
    written.execute("PRAGMA journal_mode = MEMORY")  # a file that is not yet in place needs no journal
    written.execute("PRAGMA secure_delete = ON")
    with working.transaction(written):
        seal.write(written, id, seals, counter)


def _check(beside: Path, seals: Mapping[str, TableSeal]) -> None:
    with closing(quarantine.guarded(beside)) as written:
        if written.execute("PRAGMA application_id").fetchone() != (schema.APPLICATION_ID,):
            raise ValueError("what was written is not the document")
        if written.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise ValueError("what was written is damaged")
        digests, header = seal.digests(written), Header.of(beside)
        is_same = digests == {table: of.digest for table, of in seals.items()}
        if not is_same or seal.examine(written, digests, schema.VERSION, header) != WHOLE:
            raise ValueError("what was written is not what the document holds")
        if not seal.is_counter_noted(written, header):
            raise ValueError("what was written is counted otherwise than it was noted")


def machine() -> str:
    """Return by what this machine is known among others that save into the same folder, without its name."""
    return blake2b(platform.node().encode(errors="replace"), digest_size=4).hexdigest()


def _sweep(folder: Path) -> None:
    """Take away what saves on this machine left in a folder when they were killed."""
    for left in folder.glob(f"{_BEGINNING}*{_ENDING}*"):
        named = _NAME.fullmatch(left.name)
        if named is None or named[1] != machine() or _is_running(int(named[2])):
            continue
        try:
            if time.time() - left.stat().st_mtime > _STALE:
                left.unlink()
        except OSError:
            continue  # somebody else's to remove


def _is_running(process: int) -> bool:
    if os.name == "nt":  # there a file in use cannot be taken away, and the call would end the process
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
