"""The families of events that a timeline tells apart, and the days on which each of them happened."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from neocapgui.engine.entries import counted_rows
from neocapgui.engine.lens import Lens
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.transactions import KIND_CODE


@dataclass(frozen=True, slots=True)
class Family:
    """Kinds of entries that look alike on a timeline."""

    title: str
    kinds: tuple[str, ...]
    hue: int  # of the palette
    above: int  # how far its tick reaches above the line, in points
    below: int  # and below it
    shape: str  # in words


@dataclass(frozen=True, slots=True, eq=False)
class OtherDays:
    """The days of another scenario that is shown beside this one, and what it is called."""

    title: str
    days: Integers  # ordinals, distinct and ascending


NOTHING_BESIDE = OtherDays("", np.empty(0, np.int64))

FAMILIES = (  # in the order in which they are painted: the last is on top
    Family("Transfers", ("transfer",), 6, 4, 4, "short tick"),
    Family("Issues and exercises", ("opening", "issuance", "exercise", "in_kind"), 2, 8, 0, "tick above"),
    Family(
        "Repurchases, cancellations, expiries",
        ("repurchase", "cancellation", "expiry"),
        4,
        0,
        8,
        "tick below",
    ),
    Family("Conversions and exchanges", ("conversion", "exchange"), 0, 7, 7, "tick across"),
    Family(
        "Terms and company",
        ("authorized", "conversion_price", "reserve", "status", "rename"),
        5,
        12,
        -9,
        "dot above",
    ),
    Family("Splits", ("split",), 3, 10, 8, "long broad tick"),
)


def family_days(ledger: Ledger, lens: Lens) -> tuple[Integers, ...]:
    """Return the distinct days (ordinals) on which something of each family happened, on any day.

    >>> from datetime import date
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.transactions import Transaction
    >>> renamed = Transaction(1, date(2002, 12, 11), "rename", issuer=1, value="New")
    >>> found = family_days(Ledger(transactions=Transactions.of([renamed])), Lens(date(2002, 12, 31)))
    >>> [family.title for family, days in zip(FAMILIES, found, strict=True) if len(days)]
    ['Terms and company']
    """
    numbers, counted = ledger.transactions.numbers, counted_rows(ledger, lens)
    kinds, days = numbers["kind"], numbers["date"]
    if counted is not None:
        kinds, days = kinds[counted], days[counted]
    codes = [[KIND_CODE[kind] for kind in family.kinds] for family in FAMILIES]
    return tuple(np.unique(days[np.isin(kinds, of)]) for of in codes)


def legend() -> str:
    """Return what the ticks mean, a family a line."""
    return "\n".join(f"{family.shape.capitalize()}: {family.title}" for family in reversed(FAMILIES))
