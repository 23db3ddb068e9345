"""The whole ledger and its history read from the tables of a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

from neocapgui.document import bulk, canonical, room, rows, schema
from neocapgui.document.canonical import Block
from neocapgui.document.references import check_references
from neocapgui.document.seal import Digest
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.ledger import TABLES, Ledger
from neocapgui.ledger.transactions import KIND_CODE, Transaction


def ledger(connection: sqlite3.Connection) -> tuple[Ledger, dict[str, str]]:
    """Return the ledger, and the digests of the tables that were read as text on the way.

    Refuses (ValueError) rows that hold nonsense and references to nothing, naming table and row.
    """
    held: dict[str, Any] = {
        table: {fact.id: fact for fact in rows.facts(connection, kind)}
        for kind, table in TABLES.items()
        if kind is not Transaction
    }
    table = TABLES[Transaction]
    columns = schema.columns(connection, table)
    digest = Digest(columns)
    with closing(_ahead(canonical.blocks(connection, table, columns))) as blocks:
        held[table] = bulk.read(connection, digest.watch(blocks), columns)
    whole = Ledger(**held)
    check_references(whole)
    _check_splits(whole.transactions)
    return whole, {table: digest.text}


def _check_splits(transactions: Transactions) -> None:
    numbers = transactions.numbers
    splits = (numbers["kind"] == KIND_CODE["split"]) & (numbers["ratio_old"] > 0)
    room.check_splits(numbers["ratio_new"][splits], numbers["ratio_old"][splits])


def _ahead(blocks: Iterator[Block]) -> Generator[Block]:
    """Hand blocks on while SQLite, which lets Python go on meanwhile, is already at the next one."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, blocks, None)
        while (block := coming.result()) is not None:
            coming = reader.submit(next, blocks, None)
            yield block
