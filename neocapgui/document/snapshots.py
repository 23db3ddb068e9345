"""A version made of a working copy beside the program that is at work on it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from neocapgui.document import quarantine, schema, versions, working
from neocapgui.document.document import Document
from neocapgui.document.refusal import in_words
from neocapgui.document.versions import Version
from neocapgui.ledger.history import History
from neocapgui.ledger.ledger import Ledger

_COPYING = ".copying"
_STALE = 3600  # seconds; no copy takes so long: a program was killed
_PAGES = 64  # that are copied at a time; meanwhile an edit waits, too short to be felt


def keep_snapshot(working_copy: Path, at: datetime, reason: str, folder: Path | None = None) -> Version:
    """Keep a document that is being edited as a version, as it stands between two edits.

    May be done in a thread of its own: it reads the working copy and nothing of the document. Refuses
    (DocumentError) as `Document.keep_version` does, with nothing left behind.
    """
    with in_words("The scenario", "kept as a version"):
        place = versions.versions_folder(folder)
        _sweep(place, at)
        held = place / f"{uuid4()}{_COPYING}"
        os.close(os.open(held, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            readable = f"{working_copy.absolute().as_uri()}?mode=ro"
            with (
                closing(working.connect(held)) as copy,
                closing(sqlite3.connect(readable, uri=True)) as source,
            ):
                source.backup(copy, pages=_PAGES)
            with Document(working.connect(held), held, Ledger(), History()) as document:
                return document.keep_version(at, reason, folder)
        finally:
            working.remove(held)


def is_of_older_format(path: Path) -> bool:
    """Whether a file was written by an older version of this program, and is brought up when it is opened."""
    with in_words(path.name, "read"):
        return quarantine.check_outside(path) < schema.VERSION


def _sweep(folder: Path, now: datetime) -> None:
    for left in folder.glob(f"*{_COPYING}"):
        with suppress(OSError):
            if now.timestamp() - left.stat().st_mtime > _STALE:
                working.remove(left)
