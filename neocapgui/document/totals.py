"""The totals of a file, by which a migration is known to have lost and invented nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact

from neocapgui.document import schema
from neocapgui.document.values import FIGURE

# What is added up: each column with those by which its sum is parted.
_SUMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "transactions": (("quantity", "amount", "into_quantity"), ("kind", "security")),
    "published_counts": (("shares",), ("security",)),
    "securities": (("authorized", "reserve"), ("issuer",)),
    "approvals": (("amount_limit", "shares_limit"), ("issuer",)),
    "prices": (("volume",), ("security",)),
}
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])

Totals = Mapping[tuple[str, ...], Decimal]


def totals(connection: sqlite3.Connection) -> Totals:
    """Return how many rows each table has, and the exact sums of its quantities and amounts.

    The sums of transactions are those of each kind and security. SQL would add up as floats, so it does not.
    Refuses (ValueError) what is no number, naming table and row.
    """
    found: dict[tuple[str, ...], Decimal] = {}
    for table, columns in schema.tables(connection).items():
        (count,) = connection.execute(f"SELECT count(*) FROM {table} NOT INDEXED").fetchone()
        found[f"number of {table}",] = Decimal(count)
        summed, parted = _SUMS.get(table, ((), ()))
        for column in summed:
            if column in columns:
                found |= _sums(connection, table, column, parted)
    return found


def _sums(connection: sqlite3.Connection, table: str, column: str, parted: tuple[str, ...]) -> Totals:
    found: dict[tuple[str | int | None, ...], Decimal] = {}
    zero = Decimal(0)
    query = f"SELECT id, {column}, {', '.join(parted)} FROM {table} NOT INDEXED WHERE {column} <> ''"
    for id, cell, *parts in connection.execute(query):
        key = tuple(parts)
        try:
            found[key] = _EXACT.add(found.get(key, zero), FIGURE.read(cell))
        except ValueError as error:
            raise ValueError(f"{table} {id}: {column} {error}") from error
    name = f"{column} of {table}"
    whole = zero
    for part in found.values():
        whole = _EXACT.add(whole, part)
    return {(name,): whole, **{(name, *map(str, key)): part for key, part in found.items()}}


def check_same(before: Totals, after: Totals) -> None:
    """Refuse (ValueError) totals that are not those of before; a new table or column may bring its own."""
    known = {name for name, *_ in before}
    for key in {**before, **{key: each for key, each in after.items() if key[0] in known}}:
        was, is_now = (totals.get(key, Decimal(0)) for totals in (before, after))
        if was != is_now or (key in before) != (key in after):
            name, *parts = key
            of = f" ({', '.join(parts)})" if parts else ""
            raise ValueError(f"the {name}{of} would come to {_plain(is_now)}, not to {_plain(was)}")


def _plain(total: Decimal) -> str:
    return f"{_EXACT.normalize(total):,f}"
