"""Files that somebody changed with SQLite itself: foreign things in them, rows against all rules."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

Statements = Callable[[random.Random], Sequence[str]]

_TABLES = (
    "issuers",
    "stakeholders",
    "securities",
    "transactions",
    "prices",
    "published_counts",
    "changes",
    "edits",
)
_TEXTS = (
    ("issuers", "name"),
    ("stakeholders", "name"),
    ("transactions", "note"),
    ("transactions", "quantity"),
    ("transactions", "date"),
    ("securities", "kind"),
    ("scenario", "title"),
    ("meta", "value"),
)
_WHOLE = (
    ("transactions", "security"),
    ("transactions", "stakeholder"),
    ("transactions", '"order"'),
    ("securities", "plan"),
    ("securities", "vesting_duration_months"),
    ("stakeholders", "issuer"),
)
_SOME = "(SELECT id FROM {table} ORDER BY id LIMIT 1 OFFSET {row})"


def _always(*statements: str) -> Statements:
    return lambda _: statements


def _one_of(*choices: Sequence[str]) -> Statements:
    return lambda chance: chance.choice(choices)


def _loosened(table: str, *statements: str) -> Sequence[str]:
    """Return statements for a table that is not STRICT and has no rules meanwhile."""
    strict = f"UPDATE sqlite_schema SET sql = sql || ' STRICT' WHERE name = '{table}'"
    loose = (
        "UPDATE sqlite_schema SET sql = rtrim(substr(sql, 1, length(sql) - 6)) WHERE name = "
        f"'{table}' AND sql LIKE '%STRICT'"
    )
    return (
        "PRAGMA writable_schema = ON",
        loose,
        "REOPEN",
        *statements,
        "PRAGMA writable_schema = ON",
        strict,
    )


def _wrong_type(chance: random.Random) -> Sequence[str]:
    table, column = chance.choice([pair for pair in (*_TEXTS, *_WHOLE) if pair[0] != "meta"])
    value = chance.choice(
        ("x'00ff'", "3.25", "'text'", "1e308", "-9223372036854775808", "zeroblob(1000)", "NULL", "'१२'", "''")
    )
    where = f"WHERE id = {_SOME.format(table=table, row=0)}" if chance.random() < 0.7 else ""
    return _loosened(table, f"UPDATE {table} SET {column} = {value} {where}")


def _oversized(chance: random.Random) -> Sequence[str]:
    table, column = chance.choice(_TEXTS)
    size = chance.choice((100_001, 1_000_001, 5_000_000, 30_000_000))
    value = chance.choice(
        (f"printf('%.{size}c', 'x')", f"printf('%.{size}c', '9')", f"CAST(zeroblob({size}) AS TEXT)")
    )
    key = "rowid" if table == "meta" else "id"
    where = "" if table == "meta" else f"WHERE {key} = {_SOME.format(table=table, row=0)}"
    return (f"UPDATE {table} SET {column} = {value} {where}",)


def _deep_json(chance: random.Random) -> Sequence[str]:
    depth = chance.choice((50, 2_000, 100_000))
    brackets = chance.choice(
        (
            f"replace(printf('%.{depth}c', 'x'), 'x', '[')",
            f"replace(printf('%.{depth}c', 'x'), 'x', '{{\"id\":')",
            f"replace(printf('%.{depth}c', 'x'), 'x', '[') || replace(printf('%.{depth}c', 'x'), 'x', ']')",
            f"'{{\"id\":' || printf('%.{depth}c', '9') || '}}'",
            "'{\"id\":NaN}'",
            '\'{"id":1,"id":2}\'',
            "'\"\\ud800\"'",
        )
    )
    return (
        "INSERT INTO edits VALUES (1, '2001-01-01T00:00:00+00:00', 'Deep', 0)",
        f"INSERT INTO changes VALUES (1, 1, 'issuers', 1, NULL, {brackets})",
    )


def _history(chance: random.Random) -> Sequence[str]:
    edit = "INSERT INTO edits VALUES ({}, '{}', '{}', {})"
    change = "INSERT INTO changes VALUES ({}, {}, '{}', {}, {}, {})"
    return (
        edit.format(
            1, chance.choice(("never", "2001-01-01", "9999-99-99T99:99:99", "")), "Odd", chance.choice((0, 1))
        ),
        edit.format(
            chance.choice((2, 2**62)), "2001-01-01T00:00:00+00:00", "x" * 1000, chance.choice((0, 1))
        ),
        change.format(1, 1, chance.choice((*_TABLES, "sqlite_schema", "meta")), 1, "'{}'", "'null'"),
        change.format(2, chance.choice((1, 77)), "issuers", -1, "NULL", "'{\"id\":1e400}'"),
    )


def _identity(chance: random.Random) -> Sequence[str]:
    table = chance.choice(_TABLES[:6])
    number = chance.choice((0, -1, 2**31, 2**63 - 1, -(2**63), 10_000_001))
    return (
        "PRAGMA foreign_keys = OFF",
        f"UPDATE {table} SET id = {number} WHERE id = {_SOME.format(table=table, row=0)}",
    )


def _dangling(chance: random.Random) -> Sequence[str]:
    table, column = chance.choice(_WHOLE)
    return (f"UPDATE {table} SET {column} = {chance.choice((77_777, -5, 0, 2**40))}",)


def _statistics(chance: random.Random) -> Sequence[str]:
    said = chance.choice(("printf('%.100000c', '9')", "'9 9 9 9 9 9 9'", "x'00'", "'-1 sz=0'", "NULL"))
    return ("ANALYZE", "PRAGMA writable_schema = ON", f"UPDATE sqlite_stat1 SET stat = {said}")


def _many_columns(chance: random.Random) -> Sequence[str]:
    columns = ", ".join(f"c{number}" for number in range(chance.choice((200, 1999))))
    return (f"CREATE TABLE wide ({columns})",)


def _many_tables(chance: random.Random) -> Sequence[str]:
    return [f"CREATE TABLE t{number} (a)" for number in range(chance.choice((300, 3000)))]


def _schema_text(chance: random.Random) -> Sequence[str]:
    sql = chance.choice(
        (
            "''",
            "NULL",
            "'CREATE TABLE'",
            "x'ff00'",
            "printf('%.200000c', '(')",
            "replace(sql, 'TEXT', 'BLOB')",
        )
    )
    return (
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_schema SET sql = {sql} WHERE name = '{chance.choice(_TABLES)}'",
    )


def _roots(chance: random.Random) -> Sequence[str]:
    root = chance.choice(("1", "0", "-1", "99999999", "(SELECT max(rootpage) FROM sqlite_schema)"))
    return (
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_schema SET rootpage = {root} WHERE name = '{chance.choice(_TABLES)}'",
    )


STRUCTURES: dict[str, Statements] = {
    "a trigger": _one_of(
        ("CREATE TRIGGER evil AFTER INSERT ON issuers BEGIN DELETE FROM prices; END",),
        ("CREATE TRIGGER evil AFTER UPDATE ON meta BEGIN INSERT INTO meta VALUES (random(), 'x'); END",),
        ("CREATE TRIGGER evil INSTEAD OF INSERT ON v_prices BEGIN SELECT load_extension('x'); END",),
    ),
    "a foreign view": _one_of(
        ("CREATE VIEW evil AS SELECT load_extension('x')",),
        ("CREATE VIEW evil AS SELECT zeroblob(1000000000)",),
        (
            "CREATE VIEW evil AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)"
            " SELECT n FROM c",
        ),
        (
            "CREATE VIEW a AS SELECT 1",
            "CREATE VIEW b AS SELECT * FROM a",
            "DROP VIEW a",
            "CREATE VIEW a AS SELECT * FROM b",
        ),
    ),
    "a view in the place of a table": _one_of(
        (
            "DROP VIEW v_prices",
            "ALTER TABLE prices RENAME TO kept",
            "CREATE VIEW prices AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)"
            " SELECT n AS id, 1 AS security, '2001-01-01' AS date FROM c",
        ),
        ("DROP VIEW v_prices", "CREATE VIEW v_prices AS SELECT randomblob(1000000000)"),
    ),
    "a virtual table": _one_of(
        ("CREATE VIRTUAL TABLE evil USING fts5 (note)",),
        ("CREATE VIRTUAL TABLE evil USING rtree (id, a, b)",),
        (
            "PRAGMA writable_schema = ON",
            "INSERT INTO sqlite_schema"
            " VALUES ('table', 'evil', 'evil', 0, 'CREATE VIRTUAL TABLE evil USING nothing(x)')",
        ),
    ),
    "a generated column": _one_of(
        ("CREATE TABLE evil (a, b AS (a + 1))",),
        ("ALTER TABLE issuers ADD COLUMN evil TEXT AS (printf('%.999999999c', 'x'))",),
    ),
    "an index over an expression": _always("CREATE INDEX evil ON issuers (upper(name))"),
    "a column more": _always("ALTER TABLE transactions ADD COLUMN evil TEXT DEFAULT 'x'"),
    "a table less": lambda chance: ("PRAGMA foreign_keys = OFF", f"DROP TABLE {chance.choice(_TABLES)}"),
    "2,000 columns": _many_columns,
    "thousands of tables": _many_tables,
    "statistics": _statistics,
    "a rewritten schema": _schema_text,
    "roots elsewhere": _roots,
    "wrong types": _wrong_type,
    "oversized texts": _oversized,
    "deep JSON": _deep_json,
    "an odd history": _history,
    "odd numbers of rows": _identity,
    "references to nothing": _dangling,
    "no number of its own": _one_of(
        ("DELETE FROM meta WHERE key = 'id'",), ("DELETE FROM meta",), ("UPDATE meta SET value = ''",)
    ),
    "bookkeeping": _one_of(
        ("DELETE FROM _sqlite_migrations",),
        ("UPDATE _sqlite_migrations SET name = 'version_9', applied_at = NULL",),
        ("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('other', 'x')",),
    ),
    "other pages": _one_of(
        ("PRAGMA page_size = 512", "VACUUM"),
        ("PRAGMA page_size = 65536", "VACUUM"),
        ("PRAGMA auto_vacuum = FULL", "VACUUM"),
        ("PRAGMA journal_mode = WAL",),
    ),
}


def change(path: Path, statements: Sequence[str]) -> None:
    """Carry out statements on a file, as far as SQLite goes along; "REOPEN" has it read the schema again."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in ("ignore_check_constraints = ON", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        for statement in statements:
            if statement == "REOPEN":
                connection.close()
                connection = sqlite3.connect(path, isolation_level=None)
                connection.execute("PRAGMA ignore_check_constraints = ON")
                continue
            try:
                connection.execute(statement)
            except sqlite3.Error:
                continue  # the next one may go
    finally:
        connection.close()


def other_program(path: Path, chance: random.Random) -> None:
    """Make the database of another program, with our number in its header or without it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        if chance.random() < 0.6:
            connection.execute(f"PRAGMA application_id = {0x4E435031}")
            connection.execute(f"PRAGMA user_version = {chance.choice((1, 1, 2))}")
        if chance.random() < 0.3:
            connection.execute("PRAGMA encoding = 'UTF-16le'")
        for name in chance.sample(("moz_places", "urls", "issuers", "transactions", "meta", "edits"), 3):
            connection.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, url TEXT, title, visits REAL)")
            connection.executemany(
                f"INSERT INTO {name} VALUES (?, ?, ?, ?)",
                [(row, "http://x", chance.randbytes(20), chance.random()) for row in range(1, 200)],
            )
