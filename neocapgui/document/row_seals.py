"""A checksum of every row, kept in the file so that a broken seal can name the rows."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from neocapgui.document import canonical, fields
from neocapgui.document.canonical import Block
from neocapgui.document.values import SEPARATOR

TABLE = "row_seals"
_SIZE = 4  # bytes of a checksum
_LONGEST = canonical.NUMBERS_AT_ONCE // 8 + 1  # bytes, a bit for each number of a block
_Ids = NDArray[np.int64]
_Sums = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class RowSeals:
    """The checksums of the rows whose numbers lie in one block of a table."""

    first: int
    present: bytes  # a bit for each number from the first on, the highest bit first: whether the row is there
    checksums: bytes  # CRC-32 of the canonical text of each row that is there, its lowest byte first

    @classmethod
    def of(cls, first: int, ids: _Ids, sums: _Sums) -> RowSeals:
        """Return the checksums of some rows, whose numbers ascend."""
        is_there = np.zeros(int(ids[-1]) - first + 1, np.uint8)
        is_there[ids - first] = 1
        return cls(first, np.packbits(is_there).tobytes(), sums.astype("<u4").tobytes())

    def rows(self) -> tuple[_Ids, _Sums]:
        """Return the numbers of the rows and their checksums; refuses (ValueError) what does not agree."""
        if len(self.present) > _LONGEST:
            raise ValueError("the checksums are of more rows than a block has")
        bits = np.unpackbits(np.frombuffer(self.present, np.uint8))
        ids = np.flatnonzero(bits).astype(np.int64) + self.first
        if len(ids) * _SIZE != len(self.checksums):
            raise ValueError("the checksums are not those of the rows")
        return ids, np.frombuffer(self.checksums, "<u4").astype(np.uint32)


def sealed(connection: sqlite3.Connection, table: str, columns: Sequence[str], block: Block) -> RowSeals:
    """Return the checksums of the rows in a block."""
    return RowSeals.of(block.first, *_rows(connection, table, columns, block))


def _rows(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], block: Block
) -> tuple[_Ids, _Sums]:
    try:
        cut = fields.cut(block.text, len(columns))
        ids = fields.numbers(cut[0]).astype(np.int64)
    except ValueError:  # a mark that no text of ours holds stands in a row
        return _one_by_one(connection, table, columns, block)
    padding = int(cut[0].starts[0])
    ends = (cut[-1].ends - padding + 1).tolist()
    text = memoryview(block.text)
    sums = [crc32(text[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
    return ids, np.array(sums, np.uint32)


def _one_by_one(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], block: Block
) -> tuple[_Ids, _Sums]:
    named = ", ".join(f'"{column}"' for column in columns)
    pattern = f"%s{SEPARATOR}" * len(columns)
    found = connection.execute(
        f"SELECT id, CAST(printf('{pattern}', {named}) AS BLOB) FROM {table} NOT INDEXED"
        " WHERE id BETWEEN ? AND ?",
        (block.first, block.last),
    )
    sums = {id: crc32(text) for id, text in found}
    return np.array(list(sums), np.int64), np.array(list(sums.values()), np.uint32)


def write(connection: sqlite3.Connection, table: str, seals: Iterable[RowSeals]) -> None:
    """Write the checksums of a table in the place of those that stand there."""
    connection.execute(f"DELETE FROM {TABLE} WHERE fact_table = ?", (table,))
    connection.executemany(
        f"INSERT INTO {TABLE} (fact_table, first, present, checksums) VALUES (?, ?, ?, ?)",
        ((table, each.first, each.present, each.checksums) for each in seals),
    )


def digest(connection: sqlite3.Connection) -> str:
    """Return the SHA-256 of all checksums in the file, and of what they are said to belong to."""
    said = hashlib.sha256()
    for table, first, present, checksums in connection.execute(
        f"SELECT CAST(fact_table AS BLOB), first, present, checksums FROM {TABLE}"
        " NOT INDEXED ORDER BY fact_table, first, id"
    ):
        for part in (table, str(first).encode(), present, checksums):
            said.update(len(part).to_bytes(8, "big") + part)
    return said.hexdigest()


def differences(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], most: int
) -> tuple[list[tuple[int, str]], int]:
    """Return the first rows of a table that are not as they were sealed, and how many there are in all.

    Each with what became of it: changed, added or removed. Refuses (ValueError) checksums that contradict
    themselves.
    """
    found = connection.execute(
        f"SELECT first, present, checksums FROM {TABLE} WHERE fact_table = ? ORDER BY first", (table,)
    )
    ids, sums = _joined(RowSeals(*row).rows() for row in found)
    now, now_sums = _joined(
        _rows(connection, table, columns, block) for block in canonical.blocks(connection, table, columns)
    )
    common, before, after = np.intersect1d(ids, now, return_indices=True)
    touched = {
        "changed": common[sums[before] != now_sums[after]],
        "removed": np.setdiff1d(ids, now),
        "added": np.setdiff1d(now, ids),
    }
    first = sorted((id, what) for what, all_ids in touched.items() for id in all_ids[:most].tolist())
    return first[:most], sum(map(len, touched.values()))


def _joined(parts: Iterable[tuple[_Ids, _Sums]]) -> tuple[_Ids, _Sums]:
    ids, sums = [np.empty(0, np.int64)], [np.empty(0, np.uint32)]
    for some_ids, some_sums in parts:
        ids.append(some_ids)
        sums.append(some_sums)
    return np.concatenate(ids), np.concatenate(sums)
