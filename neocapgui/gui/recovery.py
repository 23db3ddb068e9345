"""Unsaved work that a program left behind when it ended without closing: found, told, opened again."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

from neocapgui.document import working
from neocapgui.document.own_folder import is_plain_file
from neocapgui.document.refusal import DocumentError, reason
from neocapgui.gui.user_folder import private, user_folder

if TYPE_CHECKING:
    from neocapgui.document.document import Document
    from neocapgui.document.unsaved import Step, Unsaved
    from neocapgui.figures.tables import Table

KEPT_DAYS = 30  # that discarded work can be brought back
MOST_SHOWN = 200  # edits of which the changes are listed
_DAY = 86_400  # seconds
_YEARS = 5 * 366 * _DAY  # of which a file here is not that old: the clock is wrong now, or was then
_SETTLED = 3600  # seconds after which a copy that holds nothing unsaved is nobody's any more
_PATIENCE = 2000  # milliseconds; another program that looks for leftovers holds one for a moment

_held: dict[Path, QLockFile] = {}  # the locks of this program on working copies, which may not be taken twice


@dataclass(frozen=True, slots=True)
class Leftover:
    """A working copy with edits that were never saved."""

    working_copy: Path
    name: str  # of its file, or of the scenario
    place: str  # where its file stands; "" where it was never saved
    note: str  # how much there is, and what was done last
    at: str  # when that was
    done: tuple[Step, ...] = ()  # since the last save, the earliest first
    taken_back: tuple[Step, ...] = ()  # saved once and undone since
    warning: str = ""  # what became of its file meanwhile
    trouble: str = ""  # why not all of it can be read

    @property
    def count(self) -> int:
        """How many edits there are that no file holds."""
        return len(self.done) + len(self.taken_back)


def lock_of(document: Document) -> QLockFile:
    """Hold the working copy of a document as long as the lock lives: this program is at work on it."""
    lock = _lock(document.working_copy)
    _take(lock, _PATIENCE)
    return lock


def claim(leftover: Leftover) -> bool:
    """Take a leftover for this program, unless another one has it; `lock_of` hands the same lock on."""
    lock = _lock(leftover.working_copy)
    if lock.isLocked() or not _take(lock, _PATIENCE):
        return False
    if leftover.working_copy.is_file():
        return True
    lock.unlock()  # another program opened it, saved it and let it go
    return False


def release(leftover: Leftover) -> None:
    """Give a claimed leftover back."""
    _lock(leftover.working_copy).unlock()


def leftovers() -> tuple[Leftover, ...]:
    """Return the unsaved work in working copies that no running program holds."""
    with suppress(ValueError, OSError):  # without a folder there is nothing in it
        folder = working.folder()
        _sweep(folder)
        return _latest_first(_found(folder, _SETTLED, keeps_work=True))
    return ()


def discarded() -> tuple[Leftover, ...]:
    """Return the work that was discarded and can still be brought back; what is older goes now."""
    with suppress(OSError):
        folder = private(_discarded_folder())
        _sweep(folder)
        return _latest_first(_found(folder, KEPT_DAYS * _DAY, keeps_work=False))
    return ()


def reopen(leftover: Leftover) -> Document:
    """Return the document of a leftover with every edit, or what is valid in a damaged one.

    Refuses (DocumentError) what another program has opened and what nothing can be read of; either stays
    where it is.
    """
    from neocapgui.document.document import Document

    if not claim(leftover):
        raise DocumentError(f"{leftover.name} is open already, here or in another running neocapgui.")
    try:
        document = Document.recover(leftover.working_copy)
    except DocumentError:
        release(leftover)
        return Document.rescue(leftover.working_copy)
    except BaseException:
        release(leftover)
        raise
    if leftover.warning:
        document.warnings = (*document.warnings, leftover.warning)
    return document


def changes(leftover: Leftover) -> tuple[tuple[Step, Table], ...]:
    """Return the edits of a leftover that no file holds, the latest first, with what each changed.

    Refuses (DocumentError) what another program has opened and what cannot be read whole.
    """
    from neocapgui.document.document import Document
    from neocapgui.figures.differences_table import change_lines
    from neocapgui.ledger.edits import apply

    if not claim(leftover):
        raise DocumentError(f"{leftover.name} is open already, here or in another running neocapgui.")
    try:
        document = Document.recover(leftover.working_copy)
        document.close(keep=True)
    finally:
        release(leftover)
    steps = {step.number: step for step in (*leftover.done, *leftover.taken_back)}
    found: list[tuple[Step, Table]] = []
    after = document.ledger
    for entry in reversed(document.history.undone):  # the one that was taken back last comes first
        before = apply(after, entry.edit)
        if entry.number in steps and len(found) < MOST_SHOWN:
            found.insert(0, (steps[entry.number], change_lines(before, after, entry.edit.inverse())))
        after = before
    after = document.ledger
    for entry in reversed(document.history.done):
        if entry.number not in steps or len(found) >= MOST_SHOWN:
            break
        before = apply(after, entry.edit.inverse())
        found.append((steps[entry.number], change_lines(before, after, entry.edit)))
        after = before
    return tuple(found)


def discard(leftover: Leftover) -> bool:
    """Put a working copy aside, from where it can be brought back; False where another program has it."""
    if not claim(leftover):
        return False
    try:
        set_aside(leftover.working_copy)
    finally:
        release(leftover)
    return True


def let_go(document: Document) -> None:
    """Close a document; what the user did not want to save can be brought back for some days all the same."""
    is_work = document.is_modified and bool(document.history.done or document.history.undone)
    document.close(keep=is_work)
    if is_work:
        set_aside(document.working_copy)


def set_aside(working_copy: Path) -> None:
    """Move a working copy to the discarded work; where that cannot be done it stays where it is."""
    with suppress(OSError):
        _move(working_copy, private(_discarded_folder()))


def bring_back(leftover: Leftover) -> None:
    """Offer discarded work again beside what was left over; refuses (DocumentError) what is gone."""
    try:
        _move(leftover.working_copy, private(working.folder()))
    except (OSError, ValueError) as error:
        raise DocumentError(f"{leftover.name} could not be brought back: {reason(error)}.") from error


def delete(leftover: Leftover) -> None:
    """Delete discarded work for good."""
    with suppress(OSError):
        working.remove(leftover.working_copy)


def _discarded_folder() -> Path:
    return user_folder() / "discarded"


def _move(file: Path, folder: Path) -> None:
    """Move a working copy with what SQLite keeps beside it, which comes first: without it, it is half."""
    journal = file.with_name(f"{file.name}-journal")
    if journal.is_file():
        os.replace(journal, folder / journal.name)
    os.replace(file, folder / file.name)
    os.utime(folder / file.name)  # from here on its days are counted


def _found(folder: Path, settled: int, keeps_work: bool) -> Iterator[Leftover]:
    """Yield the work in the copies of a folder; what is older than `settled` goes, work only if not kept."""
    from neocapgui.document.unsaved import InUse, unsaved

    for path in working.found(folder, working.ENDING):
        lock = QLockFile(f"{path}.lock")  # not the one of `_held`, which another thread may take meanwhile
        lock.setStaleLockTime(0)
        if is_ours(path) or not _may_be_lock(lock) or not _take(lock, 0):
            continue
        found: Leftover | None = None
        try:
            age = _age(path)
            work = unsaved(path)
            found = _told(path, work) if work is not None else None
        except (InUse, OSError):
            continue
        except DocumentError:
            found = _damaged(path)
        finally:
            lock.unlock()
        if age > settled and (found is None or not keeps_work):
            with suppress(OSError):
                working.remove(path)
        elif found is not None:
            yield found


def _age(path: Path) -> float:
    """Return the seconds since a file was written; one that no clock can have counted begins anew."""
    age = time.time() - path.stat().st_mtime
    if -_DAY < age < _YEARS:
        return age
    with suppress(OSError):
        os.utime(path)
    return 0.0


def _latest_first(found: Iterable[Leftover]) -> tuple[Leftover, ...]:
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _sweep(folder: Path) -> None:
    """Take away what a program left that was killed while it copied or held a lock."""
    for path in working.found(folder, working.BEGUN, f"{working.BEGUN}-journal"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _SETTLED:
                path.unlink()
    for path in working.found(folder, f"{working.ENDING}.lock"):
        if not path.with_suffix("").exists() and not is_ours(path.with_suffix("")):
            lock = QLockFile(str(path))
            lock.setStaleLockTime(0)
            if lock.tryLock(0):
                lock.unlock()


def is_ours(working_copy: Path) -> bool:
    """Whether this program is at work on a working copy."""
    lock = _held.get(working_copy)
    return lock is not None and lock.isLocked()


def _told(path: Path, work: Unsaved) -> Leftover:
    name = work.origin.name if work.origin is not None else work.title or "A scenario without a title"
    place = str(work.origin.parent) if work.origin is not None else ""
    last = max((*work.done, *work.taken_back), key=lambda step: (step.at, step.number))
    count = len(work.done) + len(work.taken_back)
    edits = f"{count:,} edit{'s' if count != 1 else ''}"
    note = f"{edits}, the last “{last.label}”, {_moment(work.at)}"
    warning = ""
    if work.origin is not None and not work.is_origin_there:
        warning = f"{name} is not where it was; Save puts it there again."
    elif work.is_origin_changed:
        warning = f"Another program has changed {name} since; Save will ask before it takes its place."
    return Leftover(path, name, place, note, work.at, work.done, work.taken_back, warning)


def _damaged(path: Path) -> Leftover:
    written = working.moment(path.stat().st_mtime)
    at = written.isoformat(timespec="seconds") if written is not None else ""
    note = f"last written {_moment(at)}" if at else "last written at no known time"
    trouble = (
        "Its working copy is damaged; opened, it shows what is still valid, and the copy stays as it is."
    )
    return Leftover(path, "A scenario that cannot be read whole", "", note, at, trouble=trouble)


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")


def _lock(working_copy: Path) -> QLockFile:
    lock = _held.get(working_copy)
    if lock is None:
        lock = _held[working_copy] = QLockFile(f"{working_copy}.lock")
        lock.setStaleLockTime(0)  # by the process alone: a document may stay open for days
    return lock


def _may_be_lock(lock: QLockFile) -> bool:
    """Whether a lock stands there or can; Qt would wait at a pipe for ever."""
    file = Path(lock.fileName())
    return is_plain_file(file) or not os.path.lexists(file)


def _take(lock: QLockFile, patience: int) -> bool:
    """Take a lock, in a file that only its user can read."""
    if not lock.isLocked() and not lock.tryLock(patience):
        return False
    with suppress(OSError):
        os.chmod(lock.fileName(), 0o600)
    return True
