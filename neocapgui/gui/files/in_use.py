"""The lock beside a user's file: taken while a window works on it, and who holds it if somebody else does."""

from __future__ import annotations

import atexit
import os
import stat
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from weakref import WeakSet

from PySide6.QtCore import QFileInfo, QLockFile, QSysInfo

from neocapgui.document import working
from neocapgui.document.refusal import one_line

_LONGEST = 65_536  # bytes of a lock; Qt reads as much as there is
_WRITTEN = 300  # milliseconds after which whoever takes a lock has written who that is
_LEFT_BEHIND = timedelta(days=3)  # after which a lock of another machine may be passed over, if asked to


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who works on a file already: the person, the machine, and since when."""

    path: Path
    person: str
    machine: str
    since: datetime | None
    may_be_left: bool  # whether the program that took it may be gone without having let go

    @property
    def sentence(self) -> str:
        """The state of the file as one sentence."""
        machine = f" on {self.machine}" if self.machine else ""
        since = f" since {self.since:%Y-%m-%d %H:%M}" if self.since else ""
        return f"{one_line(self.path.name)} is open by {self.person or 'somebody'}{machine}{since}."


class FileLock:
    """The lock of one file while it is on the screen; another name of the same file gives the same lock."""

    def __init__(self, path: Path) -> None:
        """Name the lock of a file; it is not yet taken."""
        self.path = Path(os.path.realpath(path))
        self.file = lock_file(path)
        self._lock = QLockFile(str(self.file))
        self._lock.setStaleLockTime(0)  # by the process alone: a document may stay open for days

    def take(self, now: datetime) -> Keeper | None:
        """Take the lock, or return who holds it.

        A lock that a dead process of this machine left behind is taken over, and one that says nothing yet is
        looked at once more. Where the folder takes no lock (it can only be read, the disk is full, or what
        stands there is no lock) the file is used without one.
        """
        if not _may_be_lock(self.file):
            return None
        if self._lock.tryLock(0) or (self._says_nothing() and self._lock.tryLock(_WRITTEN)):
            _HELD.add(self)
            return None
        if self._lock.error() is not QLockFile.LockError.LockFailedError:
            return None
        return self._keeper(now)

    def take_over(self, now: datetime) -> Keeper | None:
        """Take the lock from a program that is gone, or return who holds it."""
        try:
            self.file.unlink(missing_ok=True)
        except OSError:
            return self._keeper(now)
        return self.take(now)

    def release(self) -> None:
        """Let go of the file."""
        _HELD.discard(self)
        if not self._lock.isLocked():
            return
        if self._is_own():
            self._lock.unlock()
        else:  # gone with its folder, or somebody else's by now: not ours to take away
            _ABANDONED.append(self._lock)

    def _says_nothing(self) -> bool:
        """Return whether it is held by somebody who has not written who that is, or has written nonsense."""
        failed = self._lock.error() is QLockFile.LockError.LockFailedError
        return failed and not _read(self._lock)[0]

    def _is_own(self) -> bool:
        return os.path.exists(self.file) and _read(self._lock) == (os.getpid(), QSysInfo.machineHostName())

    def _since(self) -> datetime | None:
        try:
            at = working.moment(os.stat(self.file).st_mtime)
        except OSError:
            return None
        return at and at.replace(tzinfo=None)

    def _keeper(self, now: datetime) -> Keeper:
        about = QFileInfo(str(self.file))
        process, machine = _read(self._lock)
        since = self._since()
        is_elsewhere = machine not in ("", QSysInfo.machineHostName())
        is_old = since is not None and now - since > _LEFT_BEHIND
        return Keeper(
            self.path,
            one_line(about.owner()),
            one_line(machine),
            since,
            may_be_left=not process or (is_elsewhere and is_old),
        )


_HELD: WeakSet[FileLock] = WeakSet()
_ABANDONED: list[QLockFile] = []  # kept, because Qt takes the file of a lock away together with the lock


def lock_file(path: Path) -> Path:
    """Return where the lock of a file stands: hidden beside it, under the one name that all its names have.

    >>> lock_file(Path("/shares/acme.db")).name
    '.acme.db.lock'
    """
    real = Path(os.path.realpath(path))
    return real.with_name(f".{real.name}.lock")


def _may_be_lock(file: Path) -> bool:
    """Return whether a lock stands there or can; what a stranger put there, a pipe say, is not waited for."""
    try:
        status = os.stat(file)
    except OSError:
        return True
    return stat.S_ISREG(status.st_mode) and status.st_size <= _LONGEST


def _read(lock: QLockFile) -> tuple[int, str]:
    """Return the process and the machine that took a lock; 0 and "" where that is not to be read."""
    if not _may_be_lock(Path(lock.fileName())):
        return 0, ""
    found = lock.getLockInfo()
    if not isinstance(found, tuple):
        return 0, ""
    process, machine, _ = found
    return int(process), str(machine)


@atexit.register
def _release_all() -> None:
    """Let go of every file when the program ends, whatever ended it but a kill."""
    for lock in list(_HELD):
        lock.release()
