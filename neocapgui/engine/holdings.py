"""Who holds how much of which security at the end of a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from neocapgui.engine.entries import rows_of
from neocapgui.engine.itself import issuer_of_stakeholder
from neocapgui.engine.lens import Lens
from neocapgui.engine.movements import Movements, movements
from neocapgui.engine.replay import Kept, kept, replayed
from neocapgui.engine.same import Same
from neocapgui.ledger.columns import NOTHING, Transactions
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.terms import Rounding


@dataclass(frozen=True, slots=True)
class Holding:
    """Shares (or units) of one security in one hand."""

    stakeholder: int
    security: int
    quantity: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Holdings:
    """All holdings at one moment, as columns, by stakeholder and then by security; none is of nothing."""

    stakeholders: Integers
    securities: Integers
    units: Integers  # of 10^-places; Python integers or fractions where 64 bits do not do
    places: int

    def __len__(self) -> int:
        return len(self.units)

    def __iter__(self) -> Iterator[Holding]:
        return (self[position] for position in range(len(self)))

    def __getitem__(self, position: int) -> Holding:
        if not -len(self.units) <= position < len(self.units):
            raise IndexError(position)
        return Holding(
            int(self.stakeholders[position]),
            int(self.securities[position]),
            self._shares(self.units[position]),
        )

    def _shares(self, units: Any) -> Fraction:
        exact: Fraction = Fraction(units if isinstance(units, Fraction) else int(units))
        return Fraction(exact, 10**self.places)

    def of(self, stakeholder: int, security: int) -> Fraction:
        """Return what one stakeholder holds of one security."""
        found = (self.stakeholders == stakeholder) & (self.securities == security)
        return self._shares(self.units[found].sum()) if found.any() else Fraction(0)

    def of_security(self, security: int) -> Iterator[Holding]:
        """Return the holdings of one security."""
        return self.of_securities((security,))

    def of_securities(self, securities: Iterable[int]) -> Iterator[Holding]:
        """Return the holdings of some securities."""
        return (self[position] for position in self.positions(securities).tolist())

    def positions(self, securities: Iterable[int]) -> Integers:
        """Return where the holdings of some securities stand, in order."""
        order, ordered = by_security(Same(self.securities))
        sought = np.unique(np.array(list(securities), np.int64)).astype(ordered.dtype)
        first, last = np.searchsorted(ordered, sought), np.searchsorted(ordered, sought, side="right")
        ranges = [
            order[low:high] for low, high in zip(first.tolist(), last.tolist(), strict=True) if high > low
        ]
        found: Integers = np.sort(np.concatenate(ranges)) if ranges else np.zeros(0, np.int64)
        return found

    def totals(self) -> Mapping[int, Fraction]:
        """Return what all hold together, of each security that anyone holds."""
        return _totals(self)

    def total(self, security: int) -> Fraction:
        """Return what all hold of a security together."""
        found = self.securities == security
        return self._shares(self.units[found].sum()) if found.any() else Fraction(0)


def holdings(ledger: Ledger, lens: Lens) -> Holdings:
    """Return the holdings at the end of the lens's day: what was issued to each less what left its hands.

    Splits are applied holder by holder at their place in the ledger, with the fraction treatment that the
    split names, or else the rounding policy of the security. Later transactions are not looked at.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.transactions import Transaction
    >>> issue = Transaction(1, date(2001, 8, 15), "issuance", security=1, stakeholder=1,
    ...                     quantity=Decimal(483_635))
    >>> split = Transaction(2, date(2002, 9, 5), "split", security=1, ratio=Fraction(1, 25), value="cash")
    >>> ledger = Ledger(transactions=Transactions.of([issue, split]))
    >>> for day in (date(2002, 9, 4), date(2002, 9, 5)):
    ...     print(holdings(ledger, Lens(day)).of(stakeholder=1, security=1))
    483635
    19345
    """
    return holdings_before(ledger, lens, ledger.transactions.until(lens.as_of))


def holdings_before(ledger: Ledger, lens: Lens, row: int) -> Holdings:
    """Return the holdings just before a row of the ledger, whatever the lens's day.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.transactions import Transaction
    >>> day, held = date(2001, 8, 31), {1: 201_149, 2: 282_486}
    >>> issues = [Transaction(id, day, "issuance", security=1, stakeholder=1, quantity=Decimal(shares))
    ...           for id, shares in held.items()]
    >>> ledger = Ledger(transactions=Transactions.of(issues))
    >>> [int(holdings_before(ledger, Lens(day), row).total(security=1)) for row in (0, 1, 2)]
    [0, 201149, 483635]
    """
    return _held(movements(ledger, lens), ledger.transactions, rounding_policies(ledger), row)


@lru_cache(maxsize=4)
def by_security(securities: Same) -> tuple[Integers, Integers]:
    """Return the places of holdings in the order of their securities, and the securities in that order.

    >>> [column.tolist() for column in by_security(Same(np.array([5, 3, 5])))]
    [[1, 0, 2], [3, 5, 5]]
    """
    (numbers,) = securities.values
    order = np.argsort(numbers, kind="stable")
    return order, numbers[order]


@lru_cache(maxsize=4)
def _totals(held: Holdings) -> Mapping[int, Fraction]:
    sums = np.zeros(1 + int(held.securities.max(initial=0)), held.units.dtype)
    np.add.at(sums, held.securities, held.units)
    return {security: held._shares(sums[security]) for security in np.unique(held.securities).tolist()}


@lru_cache(maxsize=4)
def _held(
    moves: Movements, transactions: Transactions, policies: tuple[tuple[int, Rounding], ...], row: int
) -> Holdings:
    units = replayed(moves, transactions, policies, row)
    held = np.flatnonzero(units != 0)
    return Holdings(moves.holders[held], moves.securities[held], units[held], moves.places)


def outstanding(ledger: Ledger, held: Holdings) -> Holdings:
    """Return the holdings without treasury shares: what an issuer holds of its own securities.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.facts import Security, Stakeholder
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> from neocapgui.ledger.transactions import Transaction
    >>> day, held = date(2001, 8, 10), {1: 20_777_181, 2: 1_000}
    >>> ledger = Ledger(stakeholders={2: Stakeholder(2, "The company itself", issuer=1)},
    ...     securities={1: Security(1, 1, "Common", SecurityKind.COMMON)}, transactions=Transactions.of(
    ...         Transaction(who, day, "opening", security=1, stakeholder=who, quantity=Decimal(shares))
    ...         for who, shares in held.items()))
    >>> print(outstanding(ledger, holdings(ledger, Lens(day))).total(security=1))
    20777181
    """
    own = _is_treasury(ledger, held)
    if not own.any():
        return held
    return Holdings(held.stakeholders[~own], held.securities[~own], held.units[~own], held.places)


@lru_cache(maxsize=4)
def treasury(ledger: Ledger, held: Holdings) -> Mapping[int, Fraction]:
    """Return what each issuer holds of its own securities, by security; none is of nothing.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.facts import Security, Stakeholder
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> from neocapgui.ledger.transactions import Transaction
    >>> day, shares = date(2001, 8, 10), Decimal(1_000)
    >>> kept = Transaction(1, day, "opening", security=1, stakeholder=2, quantity=shares)
    >>> ledger = Ledger(stakeholders={2: Stakeholder(2, "The company itself", issuer=1)},
    ...                 securities={1: Security(1, 1, "Common", SecurityKind.COMMON)},
    ...                 transactions=Transactions.of([kept]))
    >>> treasury(ledger, holdings(ledger, Lens(day)))
    {1: Fraction(1000, 1)}
    """
    own = _is_treasury(ledger, held)
    return Holdings(held.stakeholders[own], held.securities[own], held.units[own], held.places).totals()


def _is_treasury(ledger: Ledger, held: Holdings) -> Integers:
    """Return for each holding whether its holder is the issuer of its security."""
    being, created = issuer_of_stakeholder(ledger), ledger.securities
    if not being:
        return np.zeros(len(held), bool)
    holder = _looked_up(held.stakeholders, being)
    issuer = _looked_up(held.securities, {id: created[id].issuer for id in created})
    own: Integers = (holder == issuer) & (holder != NOTHING)
    return own


def _looked_up(column: Integers, known: Mapping[int, int]) -> Integers:
    """Return what is known of each number of a column, or NOTHING."""
    numbers = np.array(sorted(known), np.int64)
    values = np.array([known[number] for number in numbers.tolist()], np.int64)
    place = np.minimum(np.searchsorted(numbers, column), len(numbers) - 1)
    found: Integers = np.where(numbers[place] == column, values[place], NOTHING)
    return found


def rounding_policies(ledger: Ledger) -> tuple[tuple[int, Rounding], ...]:
    """Return the rounding of each security that is ever split.

    >>> from neocapgui.ledger.facts import Security
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> from datetime import date
    >>> from neocapgui.ledger.transactions import Transaction
    >>> classes = {id: Security(id, 1, "", SecurityKind.COMMON, rounding=Rounding.CASH) for id in (1, 2)}
    >>> split = Transaction(1, date(2002, 9, 5), "split", security=1, ratio=Fraction(1, 25))
    >>> ledger = Ledger(securities=classes, transactions=Transactions.of([split]))
    >>> [(security, policy.value) for security, policy in rounding_policies(ledger)]
    [(1, 'cash')]
    """
    return _policies(ledger.transactions, Same(ledger.securities))


@lru_cache(maxsize=2)
def _policies(transactions: Transactions, securities: Same) -> tuple[tuple[int, Rounding], ...]:
    (known,) = securities.values
    split = np.unique(transactions.numbers["security"][rows_of(transactions, "split")]).tolist()
    return tuple((id, known[id].rounding) for id in split if id in known)


def followed(ledger: Ledger, lens: Lens) -> Kept:
    """Return what each security's movements and splits are, for who goes through them entry by entry.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.transactions import Transaction
    >>> lens = Lens(date(2002, 9, 5))
    >>> issue = Transaction(1, lens.as_of, "opening", security=1, stakeholder=1, quantity=Decimal(282_486))
    >>> split = Transaction(2, lens.as_of, "split", security=1, ratio=Fraction(1, 25), value="cash")
    >>> known = followed(Ledger(transactions=Transactions.of([issue, split])), lens)
    >>> [int(known.walk(1, row).total) for row in (0, 1, 2)]
    [0, 282486, 11299]
    """
    return kept(movements(ledger, lens), ledger.transactions, rounding_policies(ledger))
