"""Rows put into a column and taken out of it; a column that says one thing throughout takes no memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[Any]  # int64, or object where a figure needs more than 64 bits


def inserted(column: Integers, rows: Sequence[int], values: Integers) -> Integers:
    """Return a column with values put in before some rows (in ascending order)."""
    if _is_constant(column) and len(column) and bool((values == column[0]).all()):
        return np.broadcast_to(column[0], len(column) + len(values))
    if len(rows) == 1:
        return np.concatenate((column[: rows[0]], values.astype(column.dtype), column[rows[0] :]))
    result: Integers = np.insert(column, np.asarray(rows, np.int64), values)
    return result


def deleted(column: Integers, rows: Sequence[int]) -> Integers:
    """Return a column without some rows."""
    if _is_constant(column):
        return column[: len(column) - len(rows)]
    if len(rows) == 1:
        return np.concatenate((column[: rows[0]], column[rows[0] + 1 :]))
    result: Integers = np.delete(column, np.asarray(rows, np.int64))
    return result


def compact(column: Integers) -> Integers:
    """Return a column that says the same in every row as one value, repeated without memory."""
    if len(column) > 1 and column.dtype != object and bool((column == column[0]).all()):
        return np.broadcast_to(column[0], len(column))
    return column


def _is_constant(column: Integers) -> bool:
    return column.strides == (0,)


def writable(column: Integers) -> Integers:
    """Return a copy of a column that can be written to."""
    return np.array(column, order="C")
