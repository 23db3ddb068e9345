"""What was done in a working copy since its document was last saved, told without reading its facts."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from neocapgui.document import quarantine, schema, seal, working
from neocapgui.document.refusal import DocumentError, in_words
from neocapgui.document.working import Stamp

# The entries of `meta` that a document writes into its working copy, and the first of its seal's.
_ID, _SAVED, _ORIGIN, _STAMP, _TARGET, _SEAL = "id", "saved", "origin", "stamp", "target", "seal.edits"
_EDITS = "edits"
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class InUse(DocumentError):
    """Another program is at work on the working copy."""


@dataclass(frozen=True, slots=True)
class Step:
    """An edit as the history names it."""

    number: int
    at: str  # ISO 8601, with the zone
    label: str
    is_undone: bool


@dataclass(frozen=True, slots=True)
class Unsaved:
    """The work in a working copy that is in no file of the user."""

    title: str  # of the scenario
    origin: Path | None  # its file; None where it was never saved
    done: tuple[Step, ...]  # since the last save, the earliest first
    taken_back: tuple[Step, ...]  # saved once and undone since
    is_origin_there: bool = False
    is_origin_changed: bool = False  # by another program, since it was opened or saved here

    @property
    def at(self) -> str:
        """When the last edit was made that is not in the file."""
        return max(step.at for step in (*self.done, *self.taken_back))


def unsaved(working_copy: Path) -> Unsaved | None:
    """Return what a working copy holds beyond its file; None where that is nothing.

    What was half written when its program ended is taken back first. A save that ended between putting the
    new file in its place and noting that in the working copy is known by what stands in the file. Refuses
    (InUse) a copy that another program is writing, and (DocumentError) a damaged one.
    """
    with in_words("The working copy", "read"):
        if not working_copy.stat().st_size:
            return None  # its program ended before anything stood in it
        try:
            working.connect(working_copy).close()
            with closing(quarantine.guarded(working_copy)) as reader:
                found = _found(reader)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _BUSY:
                raise InUse("Another program is using the working copy.") from error
            raise
        return _beside_its_file(found, working_copy) if found is not None else None


_Found = tuple[Unsaved, str, Stamp | None, Path | None]


def _found(reader: sqlite3.Connection) -> _Found | None:
    """Return the work, the number of the document, the stamp of its file and where a save was under way."""
    if reader.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
        return None  # its program ended while it was made
    quarantine.check_inside(reader, "The working copy")
    meta = dict(reader.execute("SELECT key, value FROM meta"))
    if _SAVED not in meta and _is_as_sealed(reader, meta):
        return None  # a file copied by a program that ended before it showed it
    saved = int(meta.get(_SAVED, 0))
    steps = _steps(reader)
    done = tuple(step for step in steps if step.number > saved and not step.is_undone)
    taken_back = tuple(step for step in steps if step.number <= saved and step.is_undone)
    if not done and not taken_back:
        return None
    title = reader.execute("SELECT title FROM scenario ORDER BY id").fetchone()
    origin = Path(meta[_ORIGIN]) if _ORIGIN in meta else None
    stamp = Stamp.from_text(meta[_STAMP]) if _STAMP in meta else None
    target = Path(meta[_TARGET]) if meta.get(_TARGET) else None
    return Unsaved(title[0] if title else "", origin, done, taken_back), meta.get(_ID, ""), stamp, target


def _is_as_sealed(reader: sqlite3.Connection, meta: dict[str, str]) -> bool:
    """Whether no edit was made since the file that this is a copy of was sealed."""
    others = dict.fromkeys(schema.tables(reader).keys() - {_EDITS}, "")
    return _SEAL in meta and seal.digests(reader, others)[_EDITS] == meta[_SEAL]


def _steps(reader: sqlite3.Connection) -> Sequence[Step]:
    return tuple(
        Step(number, at, label, bool(is_undone))
        for number, at, label, is_undone in reader.execute(
            "SELECT id, at, label, is_undone FROM edits ORDER BY id"
        )
    )


def _beside_its_file(found: _Found, working_copy: Path) -> Unsaved | None:
    """Hold the work against the file it belongs to; None where all of it stands there."""
    work, id, stamp, target = found
    origin = work.origin
    if target is not None and target != origin and _holds(target, id, work, working_copy.parent):
        return None
    if origin is None or not os.path.isfile(origin):  # also where its disk is out of reach
        return work
    work = replace(work, is_origin_there=True)
    if stamp is None or stamp.fits(origin):
        return work
    if _holds(origin, id, work, working_copy.parent):
        return None
    return replace(work, is_origin_changed=True)


def _holds(origin: Path, id: str, work: Unsaved, folder: Path) -> bool:
    """Whether a file is the same document and its history has every step of the work."""
    try:
        with in_words(origin.name, "compared"):
            quarantine.check_outside(origin)
            beside, _ = working.copy(origin, folder)
            try:
                with closing(quarantine.guarded(beside)) as reader:
                    quarantine.check_inside(reader, origin.name)
                    said = reader.execute("SELECT value FROM meta WHERE key = ?", (_ID,)).fetchone()
                    return said == (id,) and {*work.done, *work.taken_back} <= set(_steps(reader))
            finally:
                working.remove(beside)
    except DocumentError:
        return False  # what cannot be read holds nothing
