"""The days on which something happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from neocapgui.engine.entries import counting
from neocapgui.engine.lens import Lens
from neocapgui.engine.same import Same
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


_SAID = ("date", "security", "into_security", "issuer", "certainty", "recorded")


def event_days(ledger: Ledger, lens: Lens, issuer: int | None = None) -> EventDays:
    """Return the days on which something happened, to one issuer or to any.

    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.transactions import Transaction
    >>> days = {1: date(2001, 8, 10), 2: date(2001, 8, 31), 3: date(2001, 8, 31)}
    >>> renames = [Transaction(id, day, "rename", issuer=1, value="New") for id, day in days.items()]
    >>> found = event_days(Ledger(transactions=Transactions.of(renames)), Lens(days[1]))
    >>> [(str(found.day(place)), int(found.counts[place])) for place in range(len(found))]
    [('2001-08-10', 1), ('2001-08-31', 2)]
    """
    columns = Same(*(ledger.transactions.numbers[name] for name in _SAID))
    return _event_days(columns, issuer, _securities_of(ledger, issuer), lens.planned, lens.known)


@lru_cache(maxsize=8)
def _event_days(
    columns: Same, issuer: int | None, securities: tuple[int, ...], planned: bool, known: date | None
) -> EventDays:
    numbers: dict[str, Integers] = dict(zip(_SAID, columns.values, strict=True))
    chosen = _rows_of_issuer(numbers, issuer, securities)
    counted = counting(numbers, planned, known)
    if counted is not None:
        chosen = counted if chosen is None else chosen & counted
    days = numbers["date"] if chosen is None else numbers["date"][chosen]
    begins = np.flatnonzero(np.append(True, days[1:] != days[:-1])) if len(days) else np.empty(0, np.int64)
    return EventDays(days[begins], np.diff(np.append(begins, len(days))))


def rows_of_issuer(ledger: Ledger, issuer: int | None) -> Integers | None:
    """Return which rows concern an issuer through a security or by name; None stands for all rows.

    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.transactions import Transaction
    >>> day = date(2002, 12, 11)
    >>> renames = [Transaction(id, day, "rename", issuer=id, value="New") for id in (1, 2)]
    >>> rows_of_issuer(Ledger(transactions=Transactions.of(renames)), issuer=2).tolist()
    [False, True]
    """
    return _rows_of_issuer(ledger.transactions.numbers, issuer, _securities_of(ledger, issuer))


def _securities_of(ledger: Ledger, issuer: int | None) -> tuple[int, ...]:
    return () if issuer is None else tuple(security.id for security in ledger.securities_of(issuer))


def _rows_of_issuer(
    numbers: Mapping[str, Integers], issuer: int | None, securities: tuple[int, ...]
) -> Integers | None:
    if issuer is None:
        return None
    named = max(int(numbers[name].max(initial=0)) for name in ("security", "into_security"))
    own = np.zeros(2 + max(named, *securities, 0), bool)  # the last stands for a row that names none
    own[list(securities)] = True
    rows: Integers = own[numbers["security"]] | own[numbers["into_security"]] | (numbers["issuer"] == issuer)
    return rows


def last_day(ledger: Ledger) -> date | None:
    """Return the day of the last entry that has happened, or None where nothing has.

    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.terms import Certainty
    >>> from neocapgui.ledger.transactions import Transaction
    >>> happened = Transaction(1, date(2002, 9, 5), "rename", issuer=1, value="New")
    >>> planned = Transaction(2, date(2002, 12, 11), "rename", issuer=1, certainty=Certainty.PLANNED)
    >>> last_day(Ledger(transactions=Transactions.of([happened, planned])))
    datetime.date(2002, 9, 5)
    """
    days = event_days(ledger, Lens(date.max))
    return days.day(len(days) - 1) if len(days) else None
