"""The days on which something happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from neocapgui.engine.entries import counted_rows
from neocapgui.engine.lens import Lens
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers


@dataclass(frozen=True, slots=True, eq=False)
class EventDays:
    """The distinct days with transactions that count, in order, and how many each has."""

    days: Integers  # day ordinals
    counts: Integers

    def __len__(self) -> int:
        return len(self.days)

    def day(self, position: int) -> date:
        """Return one of the days."""
        return date.fromordinal(int(self.days[position]))


def event_days(ledger: Ledger, lens: Lens, issuer: int | None = None) -> EventDays:
    """Return the days on which something happened, to one issuer or to any."""
    chosen = rows_of_issuer(ledger, issuer)
    counted = counted_rows(ledger, lens)
    if counted is not None:
        chosen = counted if chosen is None else chosen & counted
    days = ledger.transactions.numbers["date"]
    days = days if chosen is None else days[chosen]
    begins = np.flatnonzero(np.append(True, days[1:] != days[:-1])) if len(days) else np.empty(0, np.int64)
    return EventDays(days[begins], np.diff(np.append(begins, len(days))))


def rows_of_issuer(ledger: Ledger, issuer: int | None) -> Integers | None:
    """Return which rows concern an issuer through a security or by name; None stands for all rows."""
    if issuer is None:
        return None
    numbers = ledger.transactions.numbers
    own = np.zeros(2 + max(ledger.securities, default=0), bool)
    own[[security.id for security in ledger.securities_of(issuer)]] = True
    rows: Integers = own[numbers["security"]] | own[numbers["into_security"]] | (numbers["issuer"] == issuer)
    return rows


def last_day(ledger: Ledger) -> date | None:
    """Return the day of the last entry that has happened, or None where nothing has."""
    days = event_days(ledger, Lens(date.max))
    return days.day(len(days) - 1) if len(days) else None
