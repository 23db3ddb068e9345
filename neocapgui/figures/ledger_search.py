"""The lines of the ledger in which words or figures occur."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

import numpy as np

from neocapgui.engine.lens import Lens
from neocapgui.engine.same import Same
from neocapgui.engine.timeline import rows_of_issuer
from neocapgui.figures.choices import names_of
from neocapgui.figures.facts_tables import transactions_table
from neocapgui.figures.kinds import PLAIN, NotUnderstood, Style, day_text, number
from neocapgui.figures.tables import Lines, Table
from neocapgui.ledger.columns import DECIMALS, TEXTS
from neocapgui.ledger.facts import Approval, Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import REFERENCES, Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import KINDS, Transaction

_NAMED = (Issuer, Security, Stakeholder, Approval)
_READ = 100_000  # lines; in a longer ledger the texts of each line are not read, names and figures are


def transactions_found(ledger: Ledger, lens: Lens, of_all: bool, sought: str, style: Style = PLAIN) -> Table:
    """The lines of the ledger in which every word of `sought` occurs, in any cell.

    A word is found in a name, a kind, a day as it is shown (31 Aug 2001) or in ISO form, a certainty,
    a source or note; one that is a number is found in a figure of exactly that value.
    """
    table = transactions_table(ledger, lens, of_all)
    words = sought.casefold().split()
    if not words:
        return table
    hits = _lines_with(ledger, words, style)
    chosen = None if of_all else rows_of_issuer(ledger, lens.issuer)
    places = np.flatnonzero(hits if chosen is None else hits[chosen]).tolist()
    rows = table.rows
    return replace(
        table,
        rows=Lines(places, lambda place: rows[place]),
        subtitle=f"{len(places):,} of {len(rows):,} lines with “{sought.strip()}”  ·  {table.subtitle}",
        empty=f"No line has “{sought.strip()}”.",
    )


def lines_with(ledger: Ledger, words: Sequence[str], style: Style = PLAIN) -> list[int]:
    """Return which lines of the whole ledger have every one of some words, in the order of the ledger."""
    found: list[int] = np.flatnonzero(_lines_with(ledger, words, style)).tolist()
    return found


def _lines_with(ledger: Ledger, words: Sequence[str], style: Style) -> Integers:
    hits: Integers = np.ones(len(ledger.transactions), bool)
    for word in words:
        hits &= _hits(ledger, word, style)
    return hits


def _hits(ledger: Ledger, word: str, style: Style) -> Integers:
    """Return for each line whether a word occurs in it."""
    hits: Integers = np.zeros(len(ledger.transactions), bool)
    for found in (_in_names, _in_terms, _in_days, _in_figures, _in_texts):
        for lines in found(ledger, word, style):
            hits |= lines
    return hits


def _in_names(ledger: Ledger, word: str, style: Style) -> Iterator[Integers]:
    numbers = ledger.transactions.numbers
    called = {kind: _with(word, names_of(ledger, kind).items()) for kind in _NAMED}
    for field, kind in REFERENCES[Transaction].items():
        if called[kind]:
            yield np.isin(numbers[field], called[kind])


def _in_terms(ledger: Ledger, word: str, style: Style) -> Iterator[Integers]:
    numbers = ledger.transactions.numbers
    yield np.isin(numbers["kind"], _with(word, enumerate(kind.title for kind in KINDS)))
    yield np.isin(numbers["certainty"], _with(word, enumerate(Certainty)))


def _in_days(ledger: Ledger, word: str, style: Style) -> Iterator[Integers]:
    days = ledger.transactions.numbers["date"]
    yield np.isin(days, [number for number, text in _days(Same(days), style) if word in text])


@lru_cache(maxsize=2)
def _days(days: Same, style: Style) -> list[tuple[int, str]]:
    distinct = [(day, date.fromordinal(day)) for day in np.unique(days.values[0]).tolist()]
    return [(number, f"{day_text(day, style)} {day.isoformat()}".casefold()) for number, day in distinct]


def _in_figures(ledger: Ledger, word: str, style: Style) -> Iterator[Integers]:
    try:
        value = number(word, style)
    except NotUnderstood:
        return
    for field in DECIMALS:
        figures = ledger.transactions.figures[field]
        units = value * Decimal(10) ** figures.places
        if units == int(units):
            yield figures.units == int(units)


def _in_texts(ledger: Ledger, word: str, style: Style) -> Iterator[Integers]:
    if len(ledger.transactions) > _READ:
        return
    for field in TEXTS:
        column = ledger.transactions.texts[field]
        places, texts = _read(Same(column.numbers, column.pool))
        yield np.isin(
            column.numbers, [place for place, text in zip(places, texts, strict=True) if word in text]
        )


@lru_cache(maxsize=len(TEXTS))
def _read(column: Same) -> tuple[list[int], list[str]]:
    """Return the different texts of a column without case, with their places in its pool."""
    numbers, pool = column.values
    places: list[int] = np.unique(numbers).tolist()
    return places, [pool[place].casefold() for place in places]


def _with(word: str, named: Iterable[tuple[int, str]]) -> list[int]:
    return [place for place, name in named if word in name.casefold()]


def line_of(ledger: Ledger, lens: Lens, of_all: bool, id: int) -> int | None:
    """Return which line of `transactions_table` a transaction is, or None where it is not among them."""
    row = ledger.transactions.row_of(id)
    chosen = None if of_all else rows_of_issuer(ledger, lens.issuer)
    if row is None or chosen is None:
        return row
    return int(chosen[:row].sum()) if chosen[row] else None


def lines_until(ledger: Ledger, lens: Lens, of_all: bool) -> int:
    """Return how many lines of `transactions_table` are dated on or before the lens's day."""
    stop = ledger.transactions.until(lens.as_of)
    chosen = None if of_all else rows_of_issuer(ledger, lens.issuer)
    return stop if chosen is None else int(chosen[:stop].sum())
