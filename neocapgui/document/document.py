"""A ledger and its history on disk: opened, edited, saved."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self
from uuid import uuid4

from neocapgui.document import (
    edited,
    fresh,
    history_rows,
    indices,
    migrations,
    newer,
    quarantine,
    reading,
    rescue,
    room,
    saving,
    schema,
    seal,
    taking_over,
    versions,
    working,
)
from neocapgui.document.references import check_references
from neocapgui.document.refusal import DocumentError, in_words
from neocapgui.document.seal import TableSeal
from neocapgui.document.seal_state import WHOLE, SealState
from neocapgui.document.versions import Version
from neocapgui.document.working import Stamp
from neocapgui.ledger.edits import Edit, EditRefused, apply
from neocapgui.ledger.history import Entry, History
from neocapgui.ledger.ledger import TABLES, Ledger

__all__ = ["Document", "DocumentError"]

GoOn = Callable[[], None]
_ID, _SAVED, _ORIGIN, _STAMP, _READ_ONLY = "id", "saved", "origin", "stamp", "read_only"
_UNACCEPTED = "unaccepted"  # what the seal said of the file, until that is accepted or saved
_NEVER = -1  # as the number of the last edit saved: none is
_NAMELESS = "The scenario"
# The entries of `meta` in a working copy; all but the first never leave it.
_OWN = (_ID, _SAVED, _ORIGIN, _STAMP, _READ_ONLY, _UNACCEPTED)


class Document:
    """One scenario: its ledger and history in memory and, edit by edit, in a private working copy."""

    def __init__(
        self, connection: sqlite3.Connection, working_copy: Path, ledger: Ledger, history: History
    ) -> None:
        """Hold what was read from a working copy; use `create`, `open` or `recover`."""
        self.working_copy = working_copy
        self.ledger = ledger
        self.history = history
        self.path: Path | None = None
        self.warnings: tuple[str, ...] = ()
        self.seal_state = WHOLE
        self.read_only = ""  # why it is not to be saved over its own file, as a sentence
        self._connection = connection
        self._saved = _standing(history)
        self._unchecked = history_rows.UNCHECKED  # changes since the length of the history was looked at
        self._stamp: Stamp | None = None
        self._seals: dict[str, TableSeal] = {}  # of the tables not written since they were sealed
        self.id = self._meta().get(_ID, "")
        if not self.id:
            raise ValueError("it has no number of its own")

    @classmethod
    def create(cls, ledger: Ledger, folder: Path | None = None) -> Document:
        """Return a new scenario that was never saved; refuses (DocumentError) what a file cannot hold."""
        with in_words(ledger.title or _NAMELESS, "created"):
            ledger = ledger.in_order()
            check_references(ledger)
            working_copy, descriptor = working.new_file(working.folder(folder))
            os.close(descriptor)
            try:
                connection = working.connect(working_copy)
                try:
                    fresh.fill(connection, ledger)
                    return cls(connection, working_copy, ledger, History())
                except BaseException:
                    connection.close()
                    raise
            except BaseException:
                working.remove(working_copy)
                raise

    @classmethod
    def open(cls, path: Path, folder: Path | None = None, read_only: str = "") -> Document:
        """Return the scenario of a file, which itself is only read.

        Refuses (DocumentError) with one sentence what is not there, not ours, damaged or nonsense. What the
        seal notices, and what of a newer version's file this program does not know, stands in `warnings`.
        With a sentence as `read_only`, and where the file is newer, it is not saved over its own file.
        """
        with in_words(path.name, "opened"):
            version = quarantine.check_outside(path)
            if version > schema.VERSION:
                document, stamp = cls._copied(path, folder, newer.fresh_file)
                read_only = newer.read_only(path.name, version)
            else:
                copied, stamp = working.copy(path, working.folder(folder))
                try:
                    with in_words(path.name, "opened", can_rescue=True):
                        document = cls._read(copied, path.name, is_sealed=True)
                except BaseException:
                    working.remove(copied)
                    working.remove(working.whole(copied))
                    raise
        document.path, document._stamp, document.read_only = path, stamp, read_only
        document._remember()
        return document

    @classmethod
    def rescue(cls, path: Path, folder: Path | None = None) -> Document:
        """Return a document that was never saved, of every valid row of a file, which is only read.

        What was left out stands in `warnings`, counted by table. Refuses (DocumentError) what is no SQLite
        file, and one that holds no valid row of a scenario.
        """
        with in_words(path.name, "opened"):
            quarantine.check_place(path)
            document, _ = cls._copied(path, folder, rescue.fresh_file)
        left = quarantine.left_beside(path)
        if left:
            document.warnings += (f"What stands only in {left}, beside the file, is left out.",)
        document._saved = _NEVER
        document._remember()
        return document

    @classmethod
    def _copied(
        cls, path: Path, folder: Path | None, fill: Callable[[Path, Path, str], tuple[str, ...]]
    ) -> tuple[Document, Stamp]:
        """Return what `fill` copies of a file into a fresh one, with its sentences about it as warnings."""
        held, stamp = working.copy(path, working.folder(folder))
        try:
            fresh, descriptor = working.new_file(working.folder(folder))
            os.close(descriptor)
            try:
                said = fill(held, fresh, path.name)
                document = cls._read(fresh, path.name, is_sealed=False)
            except BaseException:
                working.remove(fresh)
                raise
        finally:
            working.remove(held)
        document.warnings = said
        return document, stamp

    @classmethod
    def copy_of(cls, path: Path, folder: Path | None = None) -> Document:
        """Return a document that was never saved, with the content and the history of a file.

        It gets a number of its own: what becomes of it is another document, whose versions do not mix with
        those of the first. Refuses (DocumentError) and warns as `open` does.
        """
        document = cls.open(path, folder)
        try:
            with in_words(path.name, "copied"), working.transaction(document._connection):
                document._connection.execute("DELETE FROM meta WHERE key IN (?, ?)", (_ORIGIN, _STAMP))
                document._connection.execute("DELETE FROM meta WHERE key = ?", (_READ_ONLY,))
                document.id = str(uuid4())
                document._connection.execute("UPDATE meta SET value = ? WHERE key = ?", (document.id, _ID))
        except BaseException:
            document.close()
            raise
        document.path, document._stamp, document.read_only = None, None, ""
        return document

    @classmethod
    def recover(cls, working_copy: Path) -> Document:
        """Return the scenario of a working copy that a program left behind, with every edit done in it."""
        with in_words(working_copy.name, "recovered"):
            if not working_copy.is_file():
                raise DocumentError(f"{working_copy.name} is not there.")
            working.connect(working_copy).close()  # takes back what was half written
            document = cls._read(working_copy, working_copy.name, is_sealed=False)
            said = document._meta()
            if _ORIGIN in said and _STAMP in said:  # without a stamp nobody would be asked before a save
                document.path, document._stamp = Path(said[_ORIGIN]), Stamp.from_text(said[_STAMP])
            document._saved = int(said.get(_SAVED, 0))
            if said.get(_UNACCEPTED):
                document.seal_state = SealState.from_text(said[_UNACCEPTED])
                document.warnings = document.seal_state.sentences
            document.read_only = said.get(_READ_ONLY, "")
        return document

    @classmethod
    def _read(cls, working_copy: Path, name: str, is_sealed: bool) -> Document:
        state, header = WHOLE, seal.Header.of(working_copy)
        with closing(quarantine.guarded(working_copy)) as reader:
            version = quarantine.check_inside(reader, name)
            must_lose = is_sealed and taking_over.is_needed(reader)
            if is_sealed and version < schema.VERSION:
                state = seal.examine(reader, seal.digests(reader), version, header)
        if must_lose:
            taking_over.take_over(working_copy)
        if version < schema.VERSION:
            with closing(working.connect(working_copy)) as connection:
                migrations.bring_up(connection)
        with closing(quarantine.guarded(working_copy)) as reader:
            ledger, digests = reading.ledger(reader)
            history = history_rows.history(reader)
            if is_sealed and version == schema.VERSION:
                digests = seal.digests(reader, digests)
                state = seal.examine(reader, digests, version, header)
            is_sound = indices.are_sound(reader)
        if is_sealed:
            working_copy = working.finished(working_copy)
        connection = working.connect(working_copy)
        try:
            if not is_sound:
                indices.mend(connection)
                state = state.with_damage(indices.MENDED)
            document = cls(connection, working_copy, ledger, history)
        except BaseException:
            connection.close()
            raise
        document.seal_state, document.warnings = state, state.sentences
        if is_sealed and version == schema.VERSION and state == WHOLE:
            document._seals = {table: TableSeal(digest) for table, digest in digests.items()}
        return document

    @property
    def name(self) -> str:
        """What sentences call the document: the name of its file, or of the scenario while it has none."""
        return self.path.name if self.path else self.ledger.title or _NAMELESS

    @property
    def is_modified(self) -> bool:
        """Whether the document differs from what was last saved; undoing back to that is no difference."""
        return _standing(self.history) != self._saved

    @property
    def saved_edit(self) -> int | None:
        """The number of the edit that stood last in its file, 0 for none; None while it has no file."""
        return None if self.path is None else self._saved

    @property
    def saved_at(self) -> datetime | None:
        """When its file was written, in the zone of this machine; None while it has none or no date says."""
        if self.path is None or self._stamp is None:
            return None
        return working.moment(self._stamp.modified / 1e9)

    @property
    def unsaved(self) -> int:
        """How many edits lie between the document and what was last saved, done since or taken back."""
        done, undone = self.history.done, self.history.undone
        since = sum(entry.number > self._saved for entry in done)
        back = sum(entry.number <= self._saved for entry in undone)
        return max(since + back, int(self.is_modified))

    def on_disk(self) -> Literal["same", "changed", "gone"]:
        """Return how the document's own file stands: as it was opened or saved here, changed, or not there.

        Asks only the file, so it may be asked while the document is at work; "same" where there is no file.
        """
        path, stamp = self.path, self._stamp
        if path is None or stamp is None or stamp.fits(path):
            return "same"
        return "changed" if os.path.isfile(path) else "gone"

    def do(self, edit: Edit, go_on: GoOn = working.on, begin: GoOn = working.on) -> None:
        """Carry out an edit, in memory and on disk.

        Refuses (EditRefused) what the facts forbid and (DocumentError) what the file cannot hold; nothing has
        changed anywhere then. The oldest edits are forgotten where the file would hold too long a history.
        What `go_on` raises before all of it is on the disk gives it up, and nothing has changed either. So
        does `begin`, which is asked once before anything is written; until then the document is not touched.
        """
        history_rows.check_size(edit)
        history = self.history.after_doing(edit, _now())

        def record() -> None:
            if self.history.undone:
                history_rows.give_up(self._connection)
            self._unchecked += history_rows.add(self._connection, history.done[-1])
            room.check_edited(self._connection, edit)
            if self._unchecked > history_rows.UNCHECKED:
                history_rows.forget_oldest(self._connection)

        self._carry_out(edit, history, record, go_on, begin)
        if self._unchecked > history_rows.UNCHECKED:
            self.history = self.history.since(history_rows.oldest(self._connection))
            self._unchecked = 0

    def accept(self) -> Edit:
        """Take the file as it was found for what is meant, although its seal says otherwise.

        The history says so, by an edit that changes no fact; the warnings of the seal are gone. Refuses
        (EditRefused) where there is nothing to accept.
        """
        state = self.seal_state
        if state == WHOLE:
            raise EditRefused("There is nothing to accept: the file is as it was saved.")
        edit = Edit(state.acceptance, ())
        self.do(edit)
        self.warnings = tuple(said for said in self.warnings if said not in state.sentences)
        self.seal_state = WHOLE
        self._remember()
        return edit

    def undo(self, steps: int = 1, go_on: GoOn = working.on, begin: GoOn = working.on) -> Edit:
        """Take the last edits back, all of them or none, and return what that did, as one edit.

        Refuses (EditRefused) where there are not so many; `go_on` and `begin` as in `do`.
        """
        entries = self._last(self.history.done, steps, "undo")
        edit = self.history.undoing(steps)
        history = self.history.after_undo(steps)
        self._carry_out(edit, history, lambda: self._mark(entries, is_undone=True), go_on, begin)
        return edit

    def redo(self, steps: int = 1, go_on: GoOn = working.on, begin: GoOn = working.on) -> Edit:
        """Do again what was last taken back, all of it or nothing, and return it as one edit.

        Refuses (EditRefused) where there is not so much; `go_on` and `begin` as in `do`.
        """
        entries = self._last(self.history.undone, steps, "redo")
        edit = self.history.redoing(steps)
        history = self.history.after_redo(steps)
        self._carry_out(edit, history, lambda: self._mark(entries, is_undone=False), go_on, begin)
        return edit

    def save(self, path: Path, over_changes: bool = False, go_on: GoOn = working.on) -> None:
        """Replace the file at a path by this document, all of it, checked, or nothing.

        Refuses (DocumentError) with the old file untouched; also, unless `over_changes`, where another
        program has changed the file since it was opened or saved here. For `go_on` see `saving.replace`.
        """
        with in_words(path.name, "saved"):
            target = Path(os.path.realpath(path))
            is_own = self.path is not None and target == Path(os.path.realpath(self.path))
            if is_own and self.read_only:
                raise DocumentError(self.read_only)
            awaited = self._stamp if is_own and not over_changes else None
            saving.check_target(target, awaited)
            self._seals = seal.sealed(self._connection, self._seals)
            self._remember(target)
            stamp = saving.replace(self._connection, target, self.id, self._seals, awaited, go_on)
            if is_own:
                self._stamp = stamp
            saving.settle(target.parent)
        self.path, self._stamp, self._saved = path, stamp, _standing(self.history)
        self.read_only = ""
        self._remember()

    def keep_version(self, at: datetime, reason: str, folder: Path | None = None) -> Version:
        """Keep the present state, saved or not, as a version of this document; see `versions.keep`.

        The version is a whole scenario with its seal. Refuses (DocumentError) with nothing changed.
        """
        with in_words(self.name, "kept as a version"):
            self._seals = seal.sealed(self._connection, self._seals)
            return versions.write(
                versions.versions_folder(folder),
                self.id,
                at,
                reason,
                lambda place: saving.replace(self._connection, place, self.id, self._seals, None),
            )

    def close(self, keep: bool = False) -> None:
        """Let go of the document; the working copy goes too, unless it is to be kept for `recover`."""
        self._connection.close()
        if not keep:
            with suppress(OSError):  # a leftover copy harms nobody
                working.remove(self.working_copy)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _carry_out(
        self, edit: Edit, history: History, record: Callable[[], None], go_on: GoOn, begin: GoOn
    ) -> None:
        go_on()
        ledger = apply(self.ledger, edit)
        begin()
        with in_words(self.name, "changed"):
            if not self.working_copy.exists():
                raise ValueError("its working copy is gone, and what stands here can still be saved")
            edited.write(self._connection, edit, record, go_on)
        self.ledger, self.history = ledger, history
        for table in (*history_rows.HISTORY_TABLES, *(TABLES[change.kind] for change in edit.changes)):
            self._seals.pop(table, None)

    def _last(self, entries: Sequence[Entry], steps: int, verb: str) -> Sequence[Entry]:
        """Return the last entries, or refuse (EditRefused) where there are not so many."""
        if not entries:
            raise EditRefused(f"There is nothing to {verb}.")
        if not 0 < steps <= len(entries):
            there_are = "there is 1" if len(entries) == 1 else f"there are {len(entries):,}"
            raise EditRefused(f"There is no way to {verb} {steps:,} edits: {there_are}.")
        return entries[len(entries) - steps :]

    def _mark(self, entries: Iterable[Entry], is_undone: bool) -> None:
        for entry in entries:
            history_rows.mark(self._connection, entry, is_undone)

    def _meta(self) -> dict[str, str]:
        known = ", ".join("?" * len(_OWN))
        return dict(self._connection.execute(f"SELECT key, value FROM meta WHERE key IN ({known})", _OWN))

    def _remember(self, target: Path | None = None) -> None:
        """Write into the working copy what `recover` wants to know, and where it is about to be saved."""
        said = {_SAVED: str(self._saved), "target": str(target or "")}
        said[_UNACCEPTED] = "" if self.seal_state == WHOLE else self.seal_state.text
        if self.path is not None and self._stamp is not None:
            said |= {_ORIGIN: str(self.path.absolute()), _STAMP: self._stamp.text, _READ_ONLY: self.read_only}
        sayable = {key: value for key, value in said.items() if _is_unicode(value)}  # a path need not be
        pace = (
            nullcontext() if self.is_modified else working.hasty(self._connection)
        )  # work is in no file yet
        with suppress(sqlite3.Error), pace, working.transaction(self._connection):
            self._connection.executemany("DELETE FROM meta WHERE key = ?", ((key,) for key in said))
            self._connection.executemany("INSERT INTO meta VALUES (?, ?)", sayable.items())


def _standing(history: History) -> int:
    """Return the number of the edit that stands last, by which a state is known: no number is given twice."""
    return history.done[-1].number if history.done else 0


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
