"""The rows of all transactions made from the columns of a ledger, many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from neocapgui.document import rows
from neocapgui.document.values import TEXT, Cell, figure_text
from neocapgui.ledger.columns import (
    DECIMALS,
    MISSING,
    REFERENCES,
    TEXTS,
    Figures,
    TextColumn,
    Transactions,
)
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import KINDS, Transaction

_AT_ONCE = 10_000
_KIND_NAMES = tuple(kind.name for kind in KINDS)
_CERTAINTY_NAMES = tuple(certainty.value for certainty in Certainty)


def transaction_rows(transactions: Transactions) -> Iterator[tuple[Cell, ...]]:
    """Return the row of every transaction, as `rows.cells` would, in the order of the ledger.

    Refuses (ValueError) what the file cannot hold, naming row and column.
    """
    for first in range(0, len(transactions), _AT_ONCE):
        these = range(first, min(first + _AT_ONCE, len(transactions)))
        try:
            yield from _rows(transactions, these)
        except ValueError:
            for row in these:
                rows.cells(transactions[row])  # one of them refuses, with its name
            raise


def _rows(transactions: Transactions, these: range) -> Iterator[tuple[Cell, ...]]:
    part = slice(these.start, these.stop)
    numbers = {name: column[part].tolist() for name, column in transactions.numbers.items()}
    columns: dict[str, Sequence[Cell]] = {
        "id": numbers["id"],
        "date": _days(numbers["date"]),
        "order": numbers["order"],
        "kind": [_KIND_NAMES[code] for code in numbers["kind"]],
        "certainty": [_CERTAINTY_NAMES[code] for code in numbers["certainty"]],
        "recorded": _days(numbers["recorded"]),
        "ratio_new": _terms(numbers["ratio_new"], numbers["ratio_old"]),
        "ratio_old": _terms(numbers["ratio_old"], numbers["ratio_old"]),
    }
    columns.update({name: [None if id < 0 else id for id in numbers[name]] for name in REFERENCES})
    columns.update({name: _figures(transactions.figures[name], part) for name in DECIMALS})
    columns.update({name: _texts(transactions.texts[name], part) for name in TEXTS})
    return zip(*(columns[name] for name in rows.FORM[Transaction].columns), strict=True)


def _days(ordinals: Sequence[int]) -> list[Cell]:
    text = {day: date.fromordinal(day).isoformat() if day > 0 else None for day in set(ordinals)}
    return [text[day] for day in ordinals]


def _terms(terms: Sequence[int], old: Sequence[int]) -> list[Cell]:
    return [str(term) if of else None for term, of in zip(terms, old, strict=True)]


def _figures(figures: Figures, part: slice) -> list[Cell]:
    units, places = figures.units[part], figures.places
    if places == 0 and units.dtype != object:
        return [None if unit == MISSING else str(unit) for unit in units.tolist()]
    held = Figures(units, places)
    said = (held.at(row) for row in range(len(units)))
    return [None if figure is None else figure_text(figure) for figure in said]


def _texts(texts: TextColumn, part: slice) -> list[Cell]:
    pool = texts.pool
    return [TEXT.write(pool[number])[0] if number >= 0 else "" for number in texts.numbers[part].tolist()]
