"""How much money an issuer raised in a period."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from neocapgui.engine.calculations.rounding import cents
from neocapgui.engine.entries import entries
from neocapgui.engine.lens import Lens
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import KINDS


@dataclass(frozen=True, slots=True)
class Raised:
    """One transaction that brought money in; the amount is stated, or shares x price to the cent."""

    transaction: int
    date: date
    amount: Fraction


def capital_raised(ledger: Ledger, lens: Lens, issuer: int, start: date, until: date) -> tuple[Raised, ...]:
    """Return the money paid in to an issuer from `start` to `until`, both days included.

    Counted are issuances and exercises; a conversion or exchange brings no money. A transaction that
    states neither an amount nor a price brings an unknown sum and is left out.
    """
    raising = [kind.name for kind in KINDS if kind.raises_capital]
    result = []
    for record in entries(ledger, replace(lens, as_of=until), raising, since=start):
        security = ledger.securities.get(record.security or 0)
        if security is None or security.issuer != issuer:
            continue
        count = record.into_quantity if record.kind == "exercise" else record.quantity
        if record.amount is not None:
            result.append(Raised(record.id, record.date, Fraction(record.amount)))
        elif record.price is not None and count is not None:
            result.append(Raised(record.id, record.date, cents(Fraction(record.price) * Fraction(count))))
    return tuple(result)
