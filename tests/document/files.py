"""Files for the tests of opening: harmed on purpose, and refused without being touched."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from neocapgui.document.document import Document, DocumentError
from tests.document.ledgers import content


def sentence(path: Path) -> str:
    """Return how a file is refused, having made sure that it is left as it is and no copy stays."""
    before = content(path) if path.is_file() else None
    working = path.parent / "working"
    with pytest.raises(DocumentError) as refused:
        Document.open(path, working)
    assert before == (content(path) if path.is_file() else None)
    assert list(working.glob("*")) == []
    return str(refused.value)


def changed(file: Path, *statements: str) -> Path:
    """Return the file after some statements of somebody who knows no rules."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)
    return file


def patched(file: Path, place: int, new: bytes) -> Path:
    """Return the file with other bytes somewhere."""
    held = bytearray(file.read_bytes())
    held[place : place + len(new)] = new
    file.write_bytes(held)
    return file
