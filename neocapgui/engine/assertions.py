"""The ledger held against every published count of shares."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from neocapgui.engine.holdings import followed
from neocapgui.engine.itself import stakeholders_being
from neocapgui.engine.lens import Lens
from neocapgui.engine.replay import Walk
from neocapgui.ledger.facts import PublishedCount
from neocapgui.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Assertion:
    """One published count beside the ledger's."""

    count: PublishedCount
    ledger: Fraction  # outstanding at the end of the day, treasury shares left out

    @property
    def difference(self) -> Fraction:
        """What the ledger has more (or, below 0, less) than the paper states."""
        return self.ledger - Fraction(self.count.shares)


def assertions(ledger: Ledger, lens: Lens) -> tuple[Assertion, ...]:
    """Return every published count beside the ledger's count of that day, in the order of the days.

    The lens's own day does not matter; planned events count only where the lens counts them.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Security
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> from neocapgui.ledger.transactions import Transaction
    >>> day, shares = date(2001, 8, 10), Decimal(20_777_181)
    >>> known = Transaction(1, day, "opening", security=1, stakeholder=1, quantity=shares)
    >>> ledger = Ledger(securities={1: Security(1, 1, "Common", SecurityKind.COMMON)},
    ...                 published_counts={id: PublishedCount(id, day, 1, shares + id - 1) for id in (1, 2)},
    ...                 transactions=Transactions.of([known]))
    >>> [int(one.difference) for one in assertions(ledger, Lens(day))]
    [0, -1]
    """
    known = followed(ledger, lens)
    by_security: dict[int, list[PublishedCount]] = {}
    for count in sorted(ledger.published_counts.values(), key=lambda one: (one.date, one.id)):
        by_security.setdefault(count.security, []).append(count)
    result = []
    for security, counts in by_security.items():
        walk = Walk(known.passage(security))
        itself = stakeholders_being(ledger, ledger.securities[security].issuer)
        kept = np.flatnonzero(np.isin(known.moves.holders[walk.passage.pairs], itself)).tolist()
        for count in counts:  # day by day, each from where the one before stood
            walk.go(ledger.transactions.until(count.date))
            result.append(Assertion(count, (walk.total - walk.of(kept)) / walk.passage.one))
    return tuple(sorted(result, key=lambda one: (one.count.date, one.count.id)))
