"""A new working copy, filled with a ledger."""

from __future__ import annotations

import sqlite3
from uuid import uuid4

from neocapgui.document import room, rows, schema, working
from neocapgui.document.bulk_rows import transaction_rows
from neocapgui.ledger.ledger import TABLES, Ledger
from neocapgui.ledger.transactions import Transaction


def fill(connection: sqlite3.Connection, ledger: Ledger) -> None:
    """Make the tables of a scenario and write a ledger into them, whose references have been checked.

    Refuses (ValueError) more than can be opened again.
    """
    connection.execute("PRAGMA foreign_keys = OFF")  # one by one they would take longer than all else
    with working.hasty(connection), working.transaction(connection):
        schema.create_tables(connection)
        connection.execute("INSERT INTO meta VALUES ('id', ?)", (str(uuid4()),))
        for kind, table in TABLES.items():
            facts = getattr(ledger, table)
            rows.insert(
                connection,
                kind,
                transaction_rows(facts) if kind is Transaction else map(rows.cells, facts.values()),
            )
        schema.create_indices(connection)
        room.check_filled(connection)
    connection.execute("PRAGMA foreign_keys = ON")
