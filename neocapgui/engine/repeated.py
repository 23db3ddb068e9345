"""Entries that stand in the ledger twice, alike in all but their number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from neocapgui.engine.entries import counted_rows
from neocapgui.engine.finding import Finding, Severity, at
from neocapgui.engine.lens import Lens
from neocapgui.engine.wording import day_text, told, told_day
from neocapgui.ledger.edits import remove
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import KIND, Transaction

_TOLD = 200  # at most; a file full of them is told so by the first


def repeated_entries(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find entries that say in every field but number and order what another entry of the day says.

    Two grants can be alike, so it is a remark; the edit that mends it removes the later one.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Security
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> day = date(2001, 8, 31)
    >>> sold = [Transaction(id, day, "issuance", security=1, stakeholder=1, quantity=Decimal(700))
    ...         for id in (1, 2)]
    >>> ledger = Ledger(securities={1: Security(1, 1, "Common", SecurityKind.COMMON)},
    ...                 transactions=Transactions.of(sold))
    >>> [one.place.id for one in repeated_entries(ledger, Lens(day))]
    [2]
    """
    transactions = ledger.transactions
    keys = [
        transactions.numbers[name] for name in ("into_security", "stakeholder", "security", "kind", "date")
    ]
    if len(transactions) < 2:
        return
    order = (
        np.lexsort((transactions.figures["quantity"].units.astype(object), *keys))
        if (transactions.figures["quantity"].units.dtype == object)
        else np.lexsort((transactions.figures["quantity"].units, *keys))
    )
    alike = np.ones(len(order) - 1, bool)
    for column in (transactions.figures["quantity"].units, *keys):
        sorted_column = column[order]
        alike &= sorted_column[1:] == sorted_column[:-1]
    counted = counted_rows(ledger, lens)
    listed = 0
    for place in np.flatnonzero(alike).tolist():
        first, second = sorted((int(order[place]), int(order[place + 1])))
        if counted is not None and not (counted[first] and counted[second]):
            continue
        one, other = transactions[first], transactions[second]
        if _bare(one) == _bare(other) and other.kind in KIND and KIND[other.kind].legs:
            yield _twice(ledger, other)
            listed += 1
            if listed == _TOLD:
                return


def _bare(record: Transaction) -> Transaction:
    return replace(record, id=0, order=0)


def _twice(ledger: Ledger, record: Transaction) -> Finding:
    security = ledger.securities.get(record.security or 0)
    name = security.name if security is not None else "a security"
    kind = KIND[record.kind].title.lower()
    return Finding(
        "entered_twice",
        Severity.REMARK,
        f"The {kind} of {told(record.quantity or 0)} {name} on {told_day(record.date)} stands in the "
        f"ledger twice, alike in every field: two such entries are possible, one typed twice is likelier.",
        at(record, "quantity"),
        remove(f"Mend: remove the second {kind} of {day_text(record.date)}", [record]),
    )
