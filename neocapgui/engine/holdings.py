"""Who holds how much of which security at the end of a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from neocapgui.engine.calculations.rounding import rounded_shares
from neocapgui.engine.entries import rows_of
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

    def of_securities(self, securities: Iterable[int]) -> Iterator[Holding]:
        """Return the holdings of some securities."""
        found = np.isin(self.securities, list(securities))
        return (self[position] for position in np.flatnonzero(found).tolist())

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
    own = np.zeros(len(held), bool)
    for who, issuer in issuer_of_stakeholder(ledger).items():
        created = [security.id for security in ledger.securities_of(issuer)]
        own |= (held.stakeholders == who) & np.isin(held.securities, created)
    if not own.any():
        return held
    return Holdings(held.stakeholders[~own], held.securities[~own], held.units[~own], held.places)


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
    rows = rows_of(ledger.transactions, "split")
    split = np.unique(ledger.transactions.numbers["security"][rows]).tolist()
    return tuple((id, ledger.securities[id].rounding) for id in split if id in ledger.securities)


@lru_cache(maxsize=4)
def replayed(
    moves: Movements, transactions: Transactions, policies: tuple[tuple[int, Rounding], ...], until: int
) -> Integers:
    """Return the units of each pair after the first `until` rows: sums between splits, a step at each.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.transactions import Transaction
    >>> lens, cash = Lens(date(2002, 9, 5)), Rounding.CASH
    >>> issue = Transaction(1, lens.as_of, "opening", security=1, stakeholder=1, quantity=Decimal(282_486))
    >>> split = Transaction(2, lens.as_of, "split", security=1, ratio=Fraction(1, 25))
    >>> ledger = Ledger(transactions=Transactions.of([issue, split]))
    >>> moves = movements(ledger, lens)
    >>> [int(replayed(moves, ledger.transactions, ((1, cash),), row).sum()) for row in (0, 1, 2)]
    [0, 282486, 11299]
    """
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
    """Return what a split does with fractions: as it says itself, or as the security does.

    >>> from datetime import date
    >>> from neocapgui.ledger.transactions import Transaction
    >>> records = [Transaction(id, date(2002, 9, 5), "split", security=1, ratio=Fraction(1, 25), value=value)
    ...            for id, value in {1: "cash", 2: ""}.items()]
    >>> [treatment(Transactions.of(records), {1: Rounding.DOWN}, row).value for row in (0, 1)]
    ['cash', 'down']
    """
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
    """Return each holder's units after a split, rounded to whole shares of `one` unit by the policy.

    >>> held = np.array([483_635, 282_486])
    >>> split_units(held, Fraction(1, 25), Rounding.CASH, one=1).tolist()
    [19345, 11299]
    """
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
    """Return one holder's units after a split, exactly.

    >>> rounded_units(282_486, Fraction(1, 25), Rounding.UP, one=1)
    11300
    >>> rounded_units(282_486, Fraction(1, 25), Rounding.NONE, one=1)
    Fraction(282486, 25)
    """
    shares = rounded_shares(Fraction(held) * ratio / one, policy) * one
    return int(shares) if shares.denominator == 1 else shares
