"""A small ledger, entered fact by fact."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, overload

from neocapgui.ledger.columns import plain
from neocapgui.ledger.facts import ConversionRight, Issuer, Price, Security, Stakeholder
from neocapgui.ledger.ledger import Fact, Ledger
from neocapgui.ledger.terms import ConversionBasis, SecurityKind
from neocapgui.ledger.transactions import Transaction
from tests.engine.ledgers import ledger_of
from tests.vectors.ledgers.agreement import Unrecorded, Why

DAY = date(2020, 6, 30)  # of the opening balances, where a case names no day


def after(days: int) -> date:
    """Return a day after that of the opening balances."""
    return DAY + timedelta(days)


@overload
def decimal(value: None) -> None: ...
@overload
def decimal(value: Fraction) -> Decimal: ...
def decimal(value: Fraction | None) -> Decimal | None:
    """Return a figure as the ledger holds it."""
    if value is None:
        return None
    rest, places = value.denominator, 0
    while rest > 1:
        for factor in (2, 5):
            if rest % factor == 0:
                rest //= factor
        places += 1
        if rest > 1 and rest % 2 and rest % 5:
            raise Unrecorded(Why.NO_DECIMAL)
    return plain(int(value * 10**places), places)


def split_ratio(new: Fraction, old: Fraction) -> Fraction:
    """Return the ratio of a split as the ledger holds it."""
    if new <= 0 or old <= 0 or max((new / old).as_integer_ratio()) >= 2**63:
        raise Unrecorded(Why.RATIO)
    return new / old


class Book:
    """Facts in the order they are entered, each with the next number of its kind."""

    def __init__(self) -> None:
        self._facts: list[Fact] = []
        self._issuers: dict[str, int] = {}
        self._holders: dict[str, int] = {}

    @property
    def ledger(self) -> Ledger:
        """What is entered so far."""
        return ledger_of(*self._facts)

    def issuer(self, name: str = "The company") -> int:
        """Return the company of a name, which is a stakeholder as well."""
        if name not in self._issuers:
            issuer = self._issuers[name] = self._next(Issuer)
            self._facts.append(Issuer(issuer, name))
            self._holders[name] = self._next(Stakeholder)
            self._facts.append(Stakeholder(self._holders[name], name, "issuer", issuer))
        return self._issuers[name]

    def holder(self, name: str = "The holder") -> int:
        """Return the stakeholder of a name."""
        if name not in self._holders:
            self._holders[name] = self._next(Stakeholder)
            self._facts.append(Stakeholder(self._holders[name], name))
        return self._holders[name]

    def security(self, kind: SecurityKind, issuer: int | None = None, **terms: Any) -> Security:
        """Enter a class or an instrument."""
        security = Security(
            self._next(Security), self.issuer() if issuer is None else issuer, str(kind), kind, **terms
        )
        self._facts.append(security)
        return security

    def right(
        self, security: Security, into: Security, basis: ConversionBasis, **terms: Any
    ) -> ConversionRight:
        """Enter a right of one security to turn into another."""
        right = ConversionRight(self._next(ConversionRight), security.id, into.id, basis, **terms)
        self._facts.append(right)
        return right

    def price(self, security: Security, day: date, **columns: Any) -> None:
        """Enter a day of the price list."""
        self._facts.append(Price(self._next(Price), security.id, day, **columns))

    def happened(self, kind: str, day: date = DAY, **fields: Any) -> None:
        """Enter a transaction; those of one day happen in the order they are entered."""
        number = self._next(Transaction)
        self._facts.append(Transaction(number, day, kind, order=number, **fields))

    def opened(self, security: Security, holder: int, quantity: Fraction, day: date = DAY) -> None:
        """Enter what a holder has to begin with."""
        self.happened("opening", day, security=security.id, stakeholder=holder, quantity=decimal(quantity))

    def _next(self, kind: type[Any]) -> int:
        return 1 + sum(isinstance(fact, kind) for fact in self._facts)
