"""The identities of every ledger: what was given less what was taken is held, and stakes make a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from neocapgui.engine.entries import counted_rows
from neocapgui.engine.finding import Finding, Place, Severity
from neocapgui.engine.holdings import holdings, treasury
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.ownership import owners
from neocapgui.engine.reserves import unallocated_pools
from neocapgui.engine.running import restated
from neocapgui.engine.wording import told
from neocapgui.ledger.columns import MISSING, NOTHING
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.transactions import KIND_CODE, KINDS, Leg

_SAFE = 2**61


@dataclass(frozen=True, slots=True)
class Account:
    """What the entries say of one security from the first day to the last, beside what is held then."""

    security: int
    given: Fraction  # opened, issued, got by turning another paper in
    taken: Fraction  # expired, cancelled, repurchased, turned in
    passed: Fraction  # from hand to hand
    received: Fraction  # of what was passed, by hands that are named
    restated: Fraction  # added (or, below 0, taken) by splits
    held: Fraction  # by all hands together

    @property
    def difference(self) -> Fraction:
        """What the entries give more (or, below 0, less) than is held; 0 where the account is right."""
        return self.given - self.taken + self.restated - self.held


@dataclass(frozen=True, slots=True)
class Whole:
    """The stakes of one company on one basis, added up."""

    issuer: int
    basis: Basis
    owners: int
    shares: Fraction  # counted security by security, without the owners
    owned: Fraction  # counted owner by owner
    stakes: Fraction  # the sum of all stakes
    uncounted: int  # securities for which the basis knows no number

    @property
    def is_right(self) -> bool:
        """Whether the stakes make exactly one, and the owners have what the securities give."""
        return self.shares == self.owned and (self.stakes == 1 or not self.owned)


def accounts(ledger: Ledger, lens: Lens) -> tuple[Account, ...]:
    """Return the account of every security that anything happened to; the lens should end after all days.

    Each entry is read by the table of kinds, whether or not it names the hands it needs: what is given to
    nobody makes a difference.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.transactions import Transaction
    >>> records = [Transaction(1, date(2001, 8, 15), "issuance", security=1, stakeholder=1,
    ...                        quantity=Decimal(483_635)),
    ...            Transaction(2, date(2001, 8, 31), "cancellation", security=1, stakeholder=1,
    ...                        quantity=Decimal(201_149))]
    >>> (one,) = accounts(Ledger(transactions=Transactions.of(records)), Lens(date.max))
    >>> int(one.given), int(one.taken), int(one.held), int(one.difference)
    (483635, 201149, 282486, 0)
    """
    sums = _Sums(ledger, lens)
    for kind in KINDS:
        papers = {(leg.security, leg.quantity) for leg in kind.legs}
        for security, quantity in sorted(papers):
            legs = [leg for leg in kind.legs if (leg.security, leg.quantity) == (security, quantity)]
            sums.add(KIND_CODE[kind.name], legs, kind.needs)
    added = restated(ledger, lens)
    held = holdings(ledger, lens).totals()
    named = sorted({*sums.given, *sums.taken, *sums.passed, *held})
    nothing = Fraction(0)
    return tuple(
        Account(
            security,
            sums.given.get(security, nothing),
            sums.taken.get(security, nothing),
            sums.passed.get(security, nothing),
            sums.received.get(security, nothing),
            added.get(security, nothing),
            held.get(security, nothing),
        )
        for security in named
    )


class _Sums:
    """Adds up the entries of each kind by security, straight from the columns."""

    def __init__(self, ledger: Ledger, lens: Lens) -> None:
        self._transactions = ledger.transactions
        self._counted = counted_rows(ledger, lens)
        self.given: dict[int, Fraction] = {}
        self.taken: dict[int, Fraction] = {}
        self.passed: dict[int, Fraction] = {}
        self.received: dict[int, Fraction] = {}

    def add(self, code: int, legs: list[Leg], needs: tuple[str, ...]) -> None:
        """Add the legs of a kind that move one paper; a hand that a kind does not need counts if named."""
        numbers = self._transactions.numbers
        figures = self._transactions.figures[legs[0].quantity]
        securities = numbers[legs[0].security]
        there = (numbers["kind"] == code) & (securities > NOTHING) & (figures.units != MISSING)
        rows = np.flatnonzero(there if self._counted is None else there & self._counted)
        if not len(rows):
            return
        signs = np.zeros(len(rows), np.int64)
        gains = np.zeros(len(rows), bool)
        for leg in legs:
            is_named = numbers[leg.holder][rows] > NOTHING
            signs += leg.sign * (True if leg.holder in needs else is_named)
            gains |= (leg.sign > 0) & is_named
        for chosen, into in (
            (signs > 0, self.given),
            (signs < 0, self.taken),
            (signs == 0, self.passed),
            ((signs == 0) & gains, self.received),
        ):
            _add_up(into, securities[rows[chosen]], figures.units[rows[chosen]], figures.places)


def _add_up(into: dict[int, Fraction], securities: Integers, units: Integers, places: int) -> None:
    if not len(units):
        return
    if units.dtype != object and int(np.abs(units).max()) * len(units) >= _SAFE:
        units = units.astype(object)
    sums = np.zeros(1 + int(securities.max()), units.dtype)
    np.add.at(sums, securities, units)
    for security in np.unique(securities).tolist():
        into[security] = into.get(security, Fraction(0)) + Fraction(int(sums[security]), 10**places)


def _exact(units: Integers) -> Fraction:
    total: Any = sum(units.tolist())
    return Fraction(total)


def wholes(ledger: Ledger, lens: Lens) -> tuple[Whole, ...]:
    """Return for each company and basis the shares counted by security and by owner on the lens's day.

    >>> from datetime import date
    >>> from neocapgui.ledger.facts import Issuer
    >>> [(one.issuer, one.is_right) for one in wholes(Ledger(issuers={1: Issuer(1, "Works")}), Lens(date.max))
    ...  if one.basis is Basis.VOTING]
    [(1, True)]
    """
    held = holdings(ledger, lens)
    totals, own = held.totals(), treasury(ledger, held)
    found = []
    for issuer in ledger.issuers:
        for basis in Basis:
            looked = replace(lens, issuer=issuer, basis=basis)
            company = owners(ledger, looked, issuer, held)
            shares = sum(
                (
                    weight * (totals.get(security, Fraction(0)) - own.get(security, Fraction(0)))
                    for security, weight in company.weights.items()
                ),
                unallocated_pools(ledger, looked, issuer) if basis is Basis.FULLY_DILUTED else Fraction(0),
            )
            units = _exact(company.units)
            stakes = units / Fraction(company.total_units) if company.total_units else Fraction(0)
            found.append(
                Whole(
                    issuer,
                    basis,
                    len(company),
                    shares,
                    units / company.scale,
                    stakes,
                    len(company.uncounted),
                )
            )
    return tuple(found)


def account_broken(ledger: Ledger, account: Account) -> Iterator[Finding]:
    """Find what an account of a security lacks: shares held by nobody, or passed on to nobody.

    >>> from neocapgui.ledger.facts import Issuer, Security
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> ledger = Ledger(issuers={1: Issuer(1, "Works")},
    ...                 securities={1: Security(1, 1, "Common", SecurityKind.COMMON)})
    >>> nothing = Fraction(0)
    >>> wrong = Account(1, Fraction(100), nothing, nothing, nothing, nothing, Fraction(80))
    >>> [one.message for one in account_broken(ledger, wrong)]
    ['Common of Works: the entries give 100 shares and 80 are held, 20 fewer.']
    """
    security = ledger.securities[account.security]
    name = f"{security.name} of {ledger.issuers[security.issuer].name}"
    place = Place("securities", security.id)
    if account.passed != account.received:
        yield Finding(
            "transfers_differ",
            Severity.ERROR,
            f"{name}: {told(account.passed)} were passed on and {told(account.received)} received.",
            place,
        )
    if account.difference:
        said = account.held + account.difference
        more = "fewer" if account.difference > 0 else "more"
        yield Finding(
            "holdings_differ",
            Severity.ERROR,
            f"{name}: the entries give {told(said)} shares and {told(account.held)} are held, "
            f"{told(abs(account.difference))} {more}.",
            place,
        )


def whole_broken(ledger: Ledger, whole: Whole) -> Iterator[Finding]:
    """Find stakes that do not make a whole.

    >>> from neocapgui.ledger.facts import Issuer
    >>> ledger = Ledger(issuers={1: Issuer(1, "Works")})
    >>> wrong = Whole(1, Basis.VOTING, 2, Fraction(100), Fraction(100), Fraction(99, 100), 0)
    >>> [one.message for one in whole_broken(ledger, wrong)]
    ['Works, voting: the stakes make 99/100 of the company, with 100 shares by owner and 100 by security.']
    """
    if not whole.is_right:
        yield Finding(
            "stakes_differ",
            Severity.ERROR,
            f"{ledger.issuers[whole.issuer].name}, {whole.basis.replace('_', ' ')}: the stakes make "
            f"{whole.stakes} of the company, with {told(whole.owned)} shares by owner and "
            f"{told(whole.shares)} by security.",
            Place("issuers", whole.issuer),
        )
