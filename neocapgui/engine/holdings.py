"""Who holds how much of which security at the end of a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from neocapgui.engine.calculations.rounding import rounded_shares
from neocapgui.engine.itself import issuer_of_stakeholder
from neocapgui.engine.lens import Lens
from neocapgui.engine.movements import Movements, movements
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.terms import Rounding

_SAFE = 2**62
_TREATMENTS = frozenset(str(policy) for policy in Rounding)


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
        return (self[position] for position in np.flatnonzero(self.securities == security).tolist())

    def totals(self) -> dict[int, Fraction]:
        """Return what all hold together, of each security that anyone holds."""
        sums = np.zeros(1 + int(self.securities.max(initial=0)), self.units.dtype)
        np.add.at(sums, self.securities, self.units)
        return {security: self._shares(sums[security]) for security in np.unique(self.securities).tolist()}

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
    """Return the holdings just before a row of the ledger, whatever the lens's day."""
    return _held(movements(ledger, lens), ledger.transactions, rounding_policies(ledger), row)


@lru_cache(maxsize=4)
def _held(
    moves: Movements, transactions: Transactions, policies: tuple[tuple[int, Rounding], ...], row: int
) -> Holdings:
    units = replayed(moves, transactions, policies, row)
    held = np.flatnonzero(units != 0)
    return Holdings(moves.holders[held], moves.securities[held], units[held], moves.places)


def outstanding(ledger: Ledger, held: Holdings) -> Holdings:
    """Return the holdings without treasury shares: what an issuer holds of its own securities."""
    own = np.zeros(len(held), bool)
    for who, issuer in issuer_of_stakeholder(ledger).items():
        created = [security.id for security in ledger.securities_of(issuer)]
        own |= (held.stakeholders == who) & np.isin(held.securities, created)
    if not own.any():
        return held
    return Holdings(held.stakeholders[~own], held.securities[~own], held.units[~own], held.places)


def rounding_policies(ledger: Ledger) -> tuple[tuple[int, Rounding], ...]:
    """Return the rounding of each security that is ever split."""
    return tuple((security.id, security.rounding) for security in ledger.securities.values())


@lru_cache(maxsize=4)
def replayed(
    moves: Movements, transactions: Transactions, policies: tuple[tuple[int, Rounding], ...], until: int
) -> Integers:
    """Return the units of each pair after the first `until` rows: sums between splits, a step at each."""
    units: Integers = np.zeros(len(moves.holders), np.int64)
    if any(hand.units.dtype == object for hand in moves.hands):
        units = units.astype(object)
    done = 0
    for row in moves.splits[moves.splits < until].tolist():
        _add(units, moves, done, row)
        units = _split(units, moves, transactions, dict(policies), row)
        done = row
    _add(units, moves, done, until)
    units.flags.writeable = False
    return units


def _add(units: Integers, moves: Movements, start: int, stop: int) -> None:
    for hand in moves.hands:
        first, last = np.searchsorted(hand.rows, [start, stop])
        np.add.at(units, hand.pairs[first:last], hand.units[first:last])


def treatment(transactions: Transactions, policies: dict[int, Rounding], row: int) -> Rounding:
    """Return what a split does with fractions: as it says itself, or as the security does."""
    stated = transactions.texts["value"].at(row)
    security = int(transactions.numbers["security"][row])
    return Rounding(stated) if stated in _TREATMENTS else policies.get(security, Rounding.NEAREST)


def _split(
    units: Integers, moves: Movements, transactions: Transactions, policies: dict[int, Rounding], row: int
) -> Integers:
    numbers = transactions.numbers
    ratio = Fraction(int(numbers["ratio_new"][row]), int(numbers["ratio_old"][row]))
    policy = treatment(transactions, policies, row)
    concerned = np.flatnonzero(moves.securities == numbers["security"][row])
    after = split_units(units[concerned], ratio, policy, 10**moves.places)
    if after.dtype != object and float(np.abs(after).sum(dtype=np.float64)) >= _SAFE / 2:
        after = after.astype(object)  # each fits into 64 bits, all together might not
    result = units.astype(object) if after.dtype == object else units.copy()
    result[concerned] = after
    return result


def split_units(units: Integers, ratio: Fraction, policy: Rounding, one: int) -> Integers:
    """Return each holder's units after a split, rounded to whole shares of `one` unit by the policy."""
    new, old = ratio.numerator, ratio.denominator
    largest = int(max(np.abs(units), default=0))
    if units.dtype == object or largest * max(new, 1) * 2 + old * one >= _SAFE:
        return np.array([rounded_units(held, ratio, policy, one) for held in units.tolist()], object)
    if policy is Rounding.NONE:
        if not (units * new % old).any():
            return units * new // old
        return np.array([Fraction(held) * ratio for held in units.tolist()], object)
    top, bottom = np.abs(units) * new, old * one
    match policy:
        case Rounding.NEAREST:
            whole = (2 * top + bottom) // (2 * bottom)
        case Rounding.DOWN | Rounding.CASH:
            whole = top // bottom
        case _:
            whole = -(-top // bottom)
    signed: Integers = np.sign(units) * whole * one
    return signed


def rounded_units(held: int | Fraction, ratio: Fraction, policy: Rounding, one: int) -> int | Fraction:
    """Return one holder's units after a split, exactly."""
    shares = rounded_shares(Fraction(held) * ratio / one, policy) * one
    return int(shares) if shares.denominator == 1 else shares
