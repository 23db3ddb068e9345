"""Unsaved work that a program left behind when it ended without closing: found, told, opened again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

from neocapgui.document import working
from neocapgui.document.refusal import DocumentError

if TYPE_CHECKING:
    from neocapgui.document.document import Document

_SETTLED = 3600  # seconds after which a copy that holds nothing unsaved is nobody's any more


@dataclass(frozen=True, slots=True)
class Leftover:
    """A working copy with edits that were never saved."""

    working_copy: Path
    name: str  # of its file, or of the scenario
    note: str  # how much there is, and what was done last


def lock_of(document: Document) -> QLockFile:
    """Hold the working copy of a document as long as the lock lives: this program is at work on it."""
    lock = _lock(document.working_copy)
    lock.tryLock(0)
    return lock


def leftovers() -> tuple[Leftover, ...]:
    """Return the unsaved work in working copies that no running program holds."""
    return tuple(_found(working.folder()))


def discard(leftover: Leftover) -> None:
    """Throw a working copy away."""
    with suppress(OSError):
        working.remove(leftover.working_copy)


def _found(folder: Path) -> Iterator[Leftover]:
    from neocapgui.document.document import Document

    for path in sorted(folder.glob("*.db")):
        lock = _lock(path)
        if not lock.tryLock(0):
            continue
        try:
            age = time.time() - path.stat().st_mtime
            document = Document.recover(path)
        except (DocumentError, OSError):
            continue  # what cannot be read is left where it is
        finally:
            lock.unlock()
        is_modified, edits = document.is_modified, document.history.done
        document.close(keep=is_modified or age < _SETTLED)
        if is_modified and edits:
            last = edits[-1]
            note = f"last edit “{last.edit.label}”, {last.at[:16].replace('T', ' ')}"
            yield Leftover(path, document.name, note)


def _lock(working_copy: Path) -> QLockFile:
    lock = QLockFile(f"{working_copy}.lock")
    lock.setStaleLockTime(0)  # by the process alone: a document may stay open for days
    return lock
