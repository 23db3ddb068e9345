"""A notice of conversion or exchange as it is entered: what its terms imply, and the edit that records it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np

from neocapgui.engine.calculations.rounding import rounded_shares
from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.engine.rights import TermsInForce
from neocapgui.figures.choices import names_of
from neocapgui.figures.kinds import PLAIN, NotUnderstood, Style, grouped
from neocapgui.ledger.columns import plain
from neocapgui.ledger.edits import Edit, add
from neocapgui.ledger.facts import ConversionRight, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Rounding
from neocapgui.ledger.transactions import KIND, Transaction

_RULES = {
    Rounding.NEAREST: "to the nearest share",
    Rounding.DOWN: "rounded down",
    Rounding.UP: "rounded up",
    Rounding.CASH: "whole shares, and cash for the fraction",
    Rounding.NONE: "fractions stay",
    Rounding.AMOUNT_FOLLOWS: "rounded up, and the amount follows",
}
_PLACES = 8  # of a share, where the paper keeps fractions


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice says; `price` and `shares` are None where it does not say them."""

    right: ConversionRight
    day: date
    stakeholder: int
    units: Decimal
    price: Decimal | None = None
    shares: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Implied:
    """The shares that the terms imply, exact and rounded as the paper says, with the arithmetic in words."""

    shares: Fraction | None  # None where they cannot be known; `words` say why
    words: str


def right_name(ledger: Ledger, right: ConversionRight) -> str:
    """Return what a right is called where it is chosen: the security and what it turns into."""
    security, into = ledger.securities[right.security], ledger.securities[right.into]
    other = into.name if into.issuer == security.issuer else names_of(ledger, Security)[right.into]
    return f"{security.name}  into  {other}"


def holders(ledger: Ledger, lens: Lens, security: int) -> tuple[tuple[int, str, Fraction], ...]:
    """Return who holds a security at the end of the lens's day: number, name and units, the most first."""
    names = names_of(ledger, Stakeholder)
    held = holdings(ledger, lens)
    own = [held[place] for place in np.flatnonzero(held.securities == security).tolist()]
    own.sort(key=lambda holding: -holding.quantity)
    return tuple((one.stakeholder, names[one.stakeholder], one.quantity) for one in own)


def implied(ledger: Ledger, lens: Lens, notice: Notice, style: Style = PLAIN) -> Implied:
    """Return what the terms in force on the day of a notice imply at its price, or at today's price.

    700,000 of stated value at 3.48 are 201,149.43, and 201,149 to the nearest share.
    """
    terms = TermsInForce.on(ledger, replace(lens, as_of=notice.day))
    security = ledger.securities[notice.right.security]
    stated, units = terms.stated_value(security), Fraction(notice.units)
    if notice.price:
        if stated is None:
            return Implied(None, f"{security.name} has no stated value, so the terms imply no count.")
        exact = units * stated / Fraction(notice.price)
        how = f"{grouped(units * stated, style, 0, 2)} / {grouped(notice.price, style, 2, 8)}"
    else:
        turn = terms.turn(notice.right)
        if turn.shares_per_unit is None:
            return Implied(None, f"{turn.reason[:1].upper()}{turn.reason[1:]}".rstrip(".") + ".")
        exact = units * turn.shares_per_unit
        how = f"{grouped(units, style, 0, 2)} x {grouped(turn.shares_per_unit, style, 0, 6)}"
    shares = rounded_shares(exact, security.rounding)
    words = f"The terms imply {grouped(shares, style)}: {how} = {grouped(exact, style, 0, 2)}"
    return Implied(shares, f"{words}, {_RULES[security.rounding]}." if shares != exact else f"{words}.")


def recorded(ledger: Ledger, lens: Lens, notice: Notice) -> Edit:
    """Record a notice; shares it does not state are those its terms imply, or it is refused."""
    right, security = notice.right, ledger.securities[notice.right.security]
    shares = notice.shares
    if shares is None:
        found = implied(ledger, lens, notice)
        if found.shares is None:
            raise NotUnderstood(f"{found.words} Type the shares that the notice states.")
        shares = plain(int(found.shares * 10**_PLACES), _PLACES)
    kind = "conversion" if ledger.securities[right.into].issuer == security.issuer else "exchange"
    stated = TermsInForce.on(ledger, replace(lens, as_of=notice.day)).stated_value(security)
    amount = None if stated is None else Fraction(notice.units) * stated
    record = Transaction(
        ledger.next_id(Transaction),
        notice.day,
        kind,
        security=right.security,
        stakeholder=notice.stakeholder,
        quantity=notice.units,
        price=notice.price,
        amount=None if amount is None else plain(int(amount * 100), 2),
        into_security=right.into,
        into_quantity=shares,
        source=notice.source,
    )
    return add(f"Record {KIND[kind].title.lower()} of {security.name}", [record])
