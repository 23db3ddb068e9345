"""A column of the table of transactions all at once, taken from the ledger's own columns."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from neocapgui.figures.column_cells import ColumnCells
from neocapgui.ledger.columns import DECIMALS, NOTHING, TEXTS, Transactions
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import KINDS

_CERTAINTIES = tuple(Certainty)
_DAYS = frozenset({"date", "recorded"})


def ledger_cells(transactions: Transactions, field: str, rows: Integers | None = None) -> ColumnCells:
    """Return a field of all transactions, or of those where `rows` is true, in the order of the ledger."""
    if field in DECIMALS:
        figures = transactions.figures[field]
        return ColumnCells.of_units(_chosen(figures.units, rows), figures.places)
    if field in TEXTS:
        column = transactions.texts[field]
        return ColumnCells.of_numbers(_chosen(column.numbers, rows), lambda number: column.pool[number])
    numbers = transactions.numbers
    if field == "ratio":
        return _ratios(_chosen(numbers["ratio_new"], rows), _chosen(numbers["ratio_old"], rows))
    return ColumnCells.of_numbers(_chosen(numbers[field], rows), lambda number: _value(field, number))


def _value(field: str, number: int) -> Any:
    if field == "kind":
        return KINDS[number].name
    if field == "certainty":
        return _CERTAINTIES[number]
    if field in _DAYS:
        return date.fromordinal(number) if number > 0 else None
    return None if number == NOTHING else number


def _ratios(new: Integers, old: Integers) -> ColumnCells:
    stated = np.flatnonzero(old)
    values: list[Any] = [None]
    codes = np.zeros(len(old), np.int64)
    if len(stated):
        pairs = zip(new[stated].tolist(), old[stated].tolist(), strict=True)
        held = ColumnCells.of(Fraction(one, other) for one, other in pairs)
        values += held.values
        codes[stated] = held.codes + 1
    return ColumnCells(codes, values)


def _chosen(column: Integers, rows: Integers | None) -> Integers:
    return column if rows is None else column[rows]
