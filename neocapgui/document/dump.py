"""A scenario as plain SQL, from which any SQLite makes the same file again, with the same seal."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from neocapgui.document import quarantine, schema, working
from neocapgui.document.refusal import DocumentError, in_words

_AT_ONCE = 1 << 20  # characters handed on together
_CONTROL = re.compile("[\x00-\x1f]")
_MOST_PARTS = 100  # of one text: SQLite reads no expression that is more than 1,000 deep


def dump(path: Path, folder: Path | None = None) -> Iterator[str]:
    """Return the SQL of a file in parts: its tables, every row in the order of its number, indices, views.

    The text holds no control character but the line feed at the end of a statement; those inside a text are
    written with char(), and a text of very many as hexadecimal digits. The seal stands in `meta` and goes
    along, so it fits what is loaded. Refuses (DocumentError) what the quarantine refuses; the file itself is
    only read.
    """
    with in_words(path.name, "written as SQL"):
        quarantine.check_outside(path)
        copy, _ = working.copy(path, working.folder(folder))
        try:
            with closing(quarantine.guarded(copy)) as reader:
                version = quarantine.check_inside(reader, path.name)
                yield from _joined(_statements(reader, version))
        finally:
            working.remove(copy)


def dump_to(path: Path, out: Path, folder: Path | None = None) -> None:
    """Write the SQL of a file into a new file, all or nothing; refuses (DocumentError) to replace one."""
    name = out.name or str(out)
    with in_words(name, "written"):
        if not out.parent.is_dir():
            raise DocumentError(f"{name} could not be written: the folder {out.parent.name} is not there.")
        try:
            descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise DocumentError(f"{name} is there already; a dump does not replace a file.") from None
        try:
            with open(descriptor, "w", encoding="utf-8", newline="\n") as file:
                for part in dump(path, folder):
                    file.write(part)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            out.unlink(missing_ok=True)
            raise


def _joined(statements: Iterator[str]) -> Iterator[str]:
    held: list[str] = []
    size = 0
    for statement in statements:
        held.append(statement + ";\n")
        size += len(statement)
        if size >= _AT_ONCE:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


def _statements(reader: sqlite3.Connection, version: int) -> Iterator[str]:
    yield "PRAGMA foreign_keys = OFF"
    yield "BEGIN"
    yield f"PRAGMA application_id = {schema.APPLICATION_ID}"
    yield f"PRAGMA user_version = {version}"
    made = list(
        reader.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
    )
    for kind, name, sql in made:
        if kind == "table":
            yield str(sql)
            yield from _rows(reader, str(name))
    for kind, _, sql in made:
        if kind != "table":
            yield str(sql)
    yield "COMMIT"


def _rows(reader: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = schema.columns(reader, table)
    named = ", ".join(f'"{column}"' for column in columns)
    for row in reader.execute(f'SELECT {named} FROM "{table}" ORDER BY "{columns[0]}"'):
        yield f'INSERT INTO "{table}" VALUES ({", ".join(map(_literal, row))})'


def _literal(value: object) -> str:
    """Return a value as SQL writes it.

    >>> _literal(None), _literal(7), _literal("O'Neil"), _literal("two\\nlines")
    ('NULL', '7', "'O''Neil'", "'two' || char(10) || 'lines'")
    """
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, bytes):
        return f"X'{value.hex()}'"
    if not isinstance(value, str):
        raise ValueError(f"it holds {type(value).__name__}, and a scenario holds no such thing")
    plain = _CONTROL.split(value)
    if len(plain) == 1:
        return _quoted(value)
    if len(plain) > _MOST_PARTS:
        return f"CAST(X'{value.encode().hex()}' AS TEXT)"
    parts = [_quoted(plain[0])] if plain[0] else []
    for mark, text in zip(_CONTROL.findall(value), plain[1:], strict=True):
        parts += [f"char({ord(mark)})", *([_quoted(text)] if text else [])]
    return " || ".join(parts)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
