"""What the lines of a table are facts of, found for many lines at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from neocapgui.figures.tables import Table, keys_of
from neocapgui.ledger.ledger import Fact, Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.transactions import Transaction

_FEW = 50  # lines up to which each is asked for by itself


def facts_at(ledger: Ledger, table: Table, rows: Sequence[int]) -> list[Fact | None]:
    """Return the fact of each of some lines of a table of the ledger; None of a line that has none.

    A line beyond the last has none: it is the empty one, or the total.
    """
    there = [row for row in rows if row < len(table.rows)]
    numbers = _numbers(table) if len(there) > _FEW else None
    if numbers is None:
        return [table.rows[row].fact if row < len(table.rows) else None for row in rows]
    transactions = ledger.transactions
    places = transactions.rows_of(numbers[there].tolist())
    held = iter(transactions.records([place for place in places if place is not None]))
    facts = {row: None if place is None else next(held) for row, place in zip(there, places, strict=True)}
    return [facts.get(row) for row in rows]


def fact_count(table: Table, rows: Sequence[int]) -> int:
    """Return how many of some lines are facts."""
    there = [row for row in rows if row < len(table.rows)]
    if len(there) > _FEW and _numbers(table) is not None:
        return len(there)
    return sum(table.rows[row].fact is not None for row in there)


def _numbers(table: Table) -> Integers | None:
    """Return the numbers of the transactions that a table lists, one a line; None where it lists others."""
    keys = keys_of(table)
    is_ledger = isinstance(keys, np.ndarray) and isinstance(table.rows[0].fact, Transaction)
    return keys if is_ledger else None
