"""A ledger and its history on disk: opened, edited, saved."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

from neocapgui.document import (
    history_rows,
    quarantine,
    reading,
    rows,
    saving,
    schema,
    seal,
    versions,
    working,
)
from neocapgui.document.bulk_rows import transaction_rows
from neocapgui.document.references import check_references
from neocapgui.document.refusal import DocumentError, in_words
from neocapgui.document.working import Stamp
from neocapgui.ledger.edits import Edit, EditRefused, apply
from neocapgui.ledger.history import Entry, History
from neocapgui.ledger.ledger import TABLES, Ledger
from neocapgui.ledger.transactions import Transaction

__all__ = ["Document", "DocumentError"]

_ID, _SAVED, _ORIGIN, _STAMP = "id", "saved", "origin", "stamp"
_NAMELESS = "The scenario"
_PRIVATE = (_SAVED, _ORIGIN, _STAMP)  # entries of `meta` that never leave the working copy


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
        self._connection = connection
        self._saved = _standing(history)
        self._stamp: Stamp | None = None
        self._digests: dict[str, str] = {}  # of the tables not written since they were read
        self.id = self._meta().get(_ID, "")
        if not self.id:
            raise ValueError("it has no number of its own")

    @classmethod
    def create(cls, ledger: Ledger, folder: Path | None = None) -> Document:
        """Return a new scenario that was never saved; refuses (DocumentError) what a file cannot hold."""
        with in_words(ledger.title or _NAMELESS, "created"):
            check_references(ledger)
            working_copy, descriptor = working.new_file(working.folder(folder))
            os.close(descriptor)
            try:
                connection = working.connect(working_copy)
                try:
                    _fill(connection, ledger)
                    return cls(connection, working_copy, ledger, History())
                except BaseException:
                    connection.close()
                    raise
            except BaseException:
                working.remove(working_copy)
                raise

    @classmethod
    def open(cls, path: Path, folder: Path | None = None) -> Document:
        """Return the scenario of a file, which itself is only read.

        Refuses (DocumentError) with one sentence what is not there, not ours, newer, damaged or nonsense.
        What the seal notices stands in `warnings`.
        """
        with in_words(path.name, "opened"):
            quarantine.check_outside(path)
            working_copy, stamp = working.copy(path, working.folder(folder))
            try:
                document = cls._read(working_copy, path.name, is_sealed=True)
            except BaseException:
                working.remove(working_copy)
                raise
        document.path, document._stamp = path, stamp
        document._remember()
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
            document.path = Path(said[_ORIGIN]) if _ORIGIN in said else None
            document._stamp = Stamp.from_text(said[_STAMP]) if _STAMP in said else None
            document._saved = int(said.get(_SAVED, 0))
        return document

    @classmethod
    def _read(cls, working_copy: Path, name: str, is_sealed: bool) -> Document:
        with closing(quarantine.guarded(working_copy)) as reader:
            version = quarantine.check_inside(reader, name)
            warnings = seal.broken(reader, seal.digests(reader)) if version < schema.VERSION else None
        if version < schema.VERSION:
            with closing(working.connect(working_copy)) as connection:
                versions.bring_up(connection)
        with closing(quarantine.guarded(working_copy)) as reader:
            ledger, digests = reading.ledger(reader)
            history = history_rows.history(reader)
            if is_sealed and warnings is None:
                digests = seal.digests(reader, digests)
                warnings = seal.broken(reader, digests)
        connection = working.connect(working_copy)
        try:
            document = cls(connection, working_copy, ledger, history)
        except BaseException:
            connection.close()
            raise
        document.warnings, document._digests = warnings or (), digests
        return document

    @property
    def name(self) -> str:
        """What sentences call the document: the name of its file, or of the scenario while it has none."""
        return self.path.name if self.path else self.ledger.title or _NAMELESS

    @property
    def is_modified(self) -> bool:
        """Whether the document differs from what was last saved; undoing back to that is no difference."""
        return _standing(self.history) != self._saved

    def do(self, edit: Edit) -> None:
        """Carry out an edit, in memory and on disk.

        Refuses (EditRefused) what the facts forbid and (DocumentError) what the file cannot hold; nothing has
        changed anywhere then.
        """
        history = self.history.after_doing(edit, _now())
        self._carry_out(edit, history, lambda: history_rows.add(self._connection, history.done[-1]))

    def undo(self) -> Edit:
        """Take the last edit back and return what that did; refuses (EditRefused) if there is none."""
        if not self.history.done:
            raise EditRefused("There is nothing to undo.")
        entry = self.history.done[-1]
        edit = entry.edit.inverse()
        self._carry_out(edit, self.history.after_undo(), lambda: self._mark(entry, is_undone=True))
        return edit

    def redo(self) -> Edit:
        """Do again what was last taken back and return it; refuses (EditRefused) if there is none."""
        if not self.history.undone:
            raise EditRefused("There is nothing to redo.")
        entry = self.history.undone[-1]
        self._carry_out(entry.edit, self.history.after_redo(), lambda: self._mark(entry, is_undone=False))
        return entry.edit

    def save(self, path: Path, over_changes: bool = False) -> None:
        """Replace the file at a path by this document, all of it, checked, or nothing.

        Refuses (DocumentError) with the old file untouched; also, unless `over_changes`, where another
        program has changed the file since it was opened or saved here.
        """
        with in_words(path.name, "saved"):
            target = Path(os.path.realpath(path))
            is_own = self.path is not None and target == Path(os.path.realpath(self.path))
            awaited = self._stamp if is_own and not over_changes else None
            saving.check_target(target, awaited)
            self._digests = seal.digests(self._connection, self._digests)
            stamp = saving.replace(self._connection, target, self._digests, _PRIVATE, awaited)
            if is_own:
                self._stamp = stamp
            saving.settle(target.parent)
        self.path, self._stamp, self._saved = path, stamp, _standing(self.history)
        self._remember()

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

    def _carry_out(self, edit: Edit, history: History, record: Callable[[], None]) -> None:
        ledger = apply(self.ledger, edit)
        with in_words(self.name, "changed"), working.transaction(self._connection):
            history_rows.write_changes(self._connection, edit.changes)
            record()
        self.ledger, self.history = ledger, history
        for table in (*history_rows.HISTORY_TABLES, *(TABLES[change.kind] for change in edit.changes)):
            self._digests.pop(table, None)

    def _mark(self, entry: Entry, is_undone: bool) -> None:
        history_rows.mark(self._connection, entry, is_undone)

    def _meta(self) -> dict[str, str]:
        return dict(self._connection.execute("SELECT key, value FROM meta"))

    def _remember(self) -> None:
        """Write into the working copy what `recover` wants to know."""
        said = {_SAVED: str(self._saved)}
        if self.path is not None and self._stamp is not None:
            said |= {_ORIGIN: str(self.path.absolute()), _STAMP: self._stamp.text}
        said = {key: value for key, value in said.items() if _is_unicode(value)}  # a path need not be
        with suppress(sqlite3.Error), working.hasty(self._connection), working.transaction(self._connection):
            self._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", said.items())


def _fill(connection: sqlite3.Connection, ledger: Ledger) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")  # `check_references` has looked, all at once
    with working.hasty(connection), working.transaction(connection):
        schema.create_tables(connection)
        connection.execute("INSERT INTO meta VALUES (?, ?)", (_ID, str(uuid4())))
        for kind, table in TABLES.items():
            facts = getattr(ledger, table)
            rows.insert(
                connection,
                kind,
                transaction_rows(facts) if kind is Transaction else map(rows.cells, facts.values()),
            )
        schema.create_indices(connection)
    connection.execute("PRAGMA foreign_keys = ON")


def _standing(history: History) -> int:
    """Return the number of the edit that stands last, by which a state is known: no number is given twice."""
    return history.done[-1].number if history.done else 0


def _is_unicode(text: str) -> bool:
    try:
        return bool(text.encode())
    except UnicodeEncodeError:
        return False


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
