"""The seal of a file: a digest of each table, chained into one, by which a changed byte is noticed."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping

from neocapgui.document import canonical, schema
from neocapgui.document.canonical import Block

_KEY = "seal"


class Digest:
    """The SHA-256 of a table, fed with its rows as they pass."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self._hash = hashlib.sha256(" ".join(columns).encode())

    def watch(self, blocks: Iterator[Block]) -> Iterator[Block]:
        """Hand the rows on and remember them."""
        for block in blocks:
            self._hash.update(block.text)
            yield block

    @property
    def text(self) -> str:
        """The digest of all rows so far."""
        return self._hash.hexdigest()


def digests(connection: sqlite3.Connection, known: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the digest of every table of facts and history; those already known are not made again."""
    found = dict(known or {})
    for table, columns in schema.tables(connection).items():
        if table not in found:
            digest = Digest(columns)
            for _ in digest.watch(canonical.blocks(connection, table, columns)):
                pass
            found[table] = digest.text
    return dict(sorted(found.items()))


def seal(digests: Mapping[str, str]) -> str:
    """Return the one seal over the digests of all tables."""
    chain = b""
    for table, digest in sorted(digests.items()):
        chain = hashlib.sha256(chain + f"{table} {digest}".encode()).digest()
    return chain.hex()


def write(connection: sqlite3.Connection, digests: Mapping[str, str]) -> None:
    """Write the seal of a file into it, beside the digest of each table."""
    connection.execute("DELETE FROM meta WHERE key = ? OR key LIKE ?", (_KEY, f"{_KEY}.%"))
    said = {_KEY: seal(digests), **{f"{_KEY}.{table}": digest for table, digest in digests.items()}}
    connection.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", said.items())


def broken(connection: sqlite3.Connection, digests: Mapping[str, str]) -> tuple[str, ...]:
    """Return, as a sentence each, where a file is not as it was when it was sealed."""
    said = dict(
        connection.execute("SELECT key, value FROM meta WHERE key = ? OR key LIKE ?", (_KEY, f"{_KEY}.%"))
    )
    if _KEY not in said:
        return ("The file carries no seal, so it cannot be told whether another program changed it.",)
    changed = [table for table, digest in digests.items() if said.get(f"{_KEY}.{table}") != digest]
    if changed:
        return tuple(
            f"The table {table} is not as it was saved: it was changed by another program or is damaged."
            for table in changed
        )
    if said[_KEY] != seal(digests):
        return ("The seal of the file was changed by another program or is damaged.",)
    return ()
