"""The right that a notice makes use of, with the terms in force on its day."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from neocapgui.engine.calculations.rounding import rounded_shares
from neocapgui.engine.lens import Lens
from neocapgui.engine.rights import TermsInForce, Turn
from neocapgui.figures.choices import names_of
from neocapgui.figures.guided.asking import held_securities
from neocapgui.figures.guided.guide import Form
from neocapgui.ledger.facts import ConversionRight, Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import ConversionBasis, Rounding

RULES = {
    Rounding.NEAREST: "to the nearest share",
    Rounding.DOWN: "rounded down",
    Rounding.UP: "rounded up",
    Rounding.CASH: "whole shares, and cash for the fraction",
    Rounding.NONE: "fractions stay",
    Rounding.AMOUNT_FOLLOWS: "rounded up, and the amount follows",
}  # what a paper does with a fraction, in words


@dataclass(frozen=True, slots=True, eq=False)
class Noticed:
    """The right of a notice with the terms in force on its day."""

    terms: TermsInForce
    right: ConversionRight
    security: Security
    turn: Turn
    stated: Fraction | None  # value of one unit

    @classmethod
    def of(cls, form: Form) -> Noticed | None:
        """Return what a form speaks of, or None while no right is chosen."""
        right = form.ledger.conversion_rights.get(form.get("right") or 0)
        if right is None:
            return None
        terms = TermsInForce.on(form.ledger, form.on_day)
        security = form.ledger.securities[right.security]
        return cls(terms, right, security, terms.turn(right), terms.stated_value(security))

    @property
    def is_exchange(self) -> bool:
        """Whether it turns into a security of another company."""
        return self.terms.ledger.securities[self.right.into].issuer != self.security.issuer

    @property
    def has_price(self) -> bool:
        """Whether a price a share has a meaning: where there is a stated value and no ratio."""
        return self.stated is not None and self.right.basis is not ConversionBasis.RATIO

    def exact(self, units: Fraction, price: Any, accrued: Any = None) -> Fraction | None:
        """Return the shares before rounding at a stated price, or else by the terms; None if not known."""
        if self.has_price and price and self.stated is not None:
            return (units * self.stated + Fraction(accrued or 0)) / Fraction(price)
        per_unit = self.turn.shares_per_unit
        if self.right.basis is ConversionBasis.NOTICE or per_unit is None:
            return None
        more = Fraction(accrued) * per_unit / self.stated if accrued and self.stated else Fraction(0)
        return units * per_unit + more

    def shares(self, units: Fraction, price: Any, accrued: Any = None) -> Fraction | None:
        """Return the shares as the paper rounds them."""
        exact = self.exact(units, price, accrued)
        return None if exact is None else rounded_shares(exact, self.security.rounding)


def right_name(ledger: Ledger, right: ConversionRight, near: int | None = None) -> str:
    """Return what a right is called where it is chosen: the security and what it turns into."""
    security, into = ledger.securities[right.security], ledger.securities[right.into]
    names = names_of(ledger, Security, near if near is not None else security.issuer)
    other = into.name if into.issuer == security.issuer else names_of(ledger, Security)[right.into]
    return f"{names[right.security]} into {other}"


def rights_in_force(ledger: Ledger, lens: Lens) -> dict[int, str]:
    """Return the rights that are open on the lens's day and whose security somebody holds, by name.

    Those of the lens's company stand first.
    """
    terms, held = TermsInForce(ledger, lens, ()), held_securities(ledger, lens)
    found = [right for right in ledger.conversion_rights.values() if right.security in held]
    own = {security.id for security in ledger.securities_of(lens.issuer or 0)}
    found.sort(key=lambda right: (right.security not in own, right.id))
    names: dict[int, str] = {}
    for right in found:
        if terms.is_open(right):
            name = right_name(ledger, right, lens.issuer)
            names[right.id] = f"{name} ({right.id})" if name in names.values() else name
    return names
