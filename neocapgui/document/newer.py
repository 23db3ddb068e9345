"""The file of a newer version of the program: what of it can be read here, and what cannot."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from neocapgui.document import migrations, quarantine, rescue, schema
from neocapgui.document.refusal import DocumentError
from neocapgui.document.rows import FORM, KIND_OF

_NAMED = 6  # tables or columns of a newer version that a sentence names


def read_only(name: str, version: int) -> str:
    """Return why the file of a newer version is not saved over."""
    return (
        f"{name} was saved by a newer version of the program: it is a file of version {version}, and this"
        f" program writes version {schema.VERSION}; it can be read here, and saved under another name."
    )


def fresh_file(source: Path, fresh: Path, name: str) -> tuple[str, ...]:
    """Fill an empty file with what this program knows of a newer one; return what is left out.

    Refuses (DocumentError) a file that is damaged, that could carry out something when it is read
    (triggers, virtual tables, generated columns), or that lacks a table or column that this program needs.
    """
    with closing(quarantine.guarded(source)) as reader:
        (version,) = reader.execute("PRAGMA user_version").fetchone()
        _check_structure(reader, f"{name}, a file of the newer version {version},")
        (answer,) = reader.execute("PRAGMA quick_check(1)").fetchone()
        if answer != "ok":
            raise DocumentError(f"{name} is damaged: {quarantine.in_short(answer)}.", True)
        unknown = _unknown(reader)
    left = rescue.fresh_file(source, fresh, name)
    return (
        *([f"What a newer version of the program added is left out here: {unknown}."] if unknown else []),
        *left,
    )


def _check_structure(reader: sqlite3.Connection, name: str) -> None:
    for kind, thing, sql in reader.execute("SELECT type, name, sql FROM sqlite_schema"):
        if kind == "trigger":
            raise DocumentError(f"{name} holds the trigger {thing}, which no scenario has.", True)
        if kind == "table" and "VIRTUAL" in str(sql).upper().split()[:2]:
            raise DocumentError(f"{name} holds the virtual table {thing}, which no scenario has.", True)
    generated = reader.execute(
        "SELECT held.name, made.name FROM sqlite_schema AS held, pragma_table_xinfo(held.name) AS made"
        " WHERE held.type = 'table' AND made.hidden <> 0"
    ).fetchone()
    if generated:
        raise DocumentError(f"{name} holds the generated column {generated[1]} in {generated[0]}.", True)
    columns = rescue.our_columns(reader)
    for table, kind in KIND_OF.items():
        for column in FORM[kind].columns:
            if column not in columns.get(table, ()):
                raise DocumentError(
                    f"{name} has no column {column} in a table {table}; only a newer version can read it.",
                    True,
                )


def _unknown(reader: sqlite3.Connection) -> str:
    """Return the tables and columns with content that this program does not know, in words."""
    ours = {thing.partition(" ")[2] for thing in migrations.structure_of(schema.VERSION)}
    names = [
        str(name)
        for (name,) in reader.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        if name not in ours and not str(name).startswith("sqlite_")
    ]
    parts = [_listed("the table", "the tables", names)] if names else []
    for table, kind in KIND_OF.items():
        found = schema.columns(reader, table)
        added = [column for column in found if column not in FORM[kind].columns]
        if added:
            parts.append(f"of {table} {_listed('the column', 'the columns', added)}")
    return "; ".join(parts)


def _listed(one: str, many: str, names: Sequence[str]) -> str:
    few = ", ".join(names[:_NAMED])
    rest = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return f"{one if len(names) == 1 else many} {few}{rest}"
