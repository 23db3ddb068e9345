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

    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Security
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> from neocapgui.ledger.transactions import Transaction
    >>> sale = Transaction(1, date(2001, 3, 8), "issuance", security=1, stakeholder=1,
    ...                    quantity=Decimal(1_250_000), price=Decimal("4.00"))
    >>> ledger = Ledger(securities={1: Security(1, 1, "Common", SecurityKind.COMMON)},
    ...                 transactions=Transactions.of([sale]))
    >>> year = date(2001, 1, 1), date(2001, 12, 31)
    >>> [int(raised.amount) for raised in capital_raised(ledger, Lens(year[1]), 1, *year)]
    [5000000]
    """
    raising = [kind.name for kind in KINDS if kind.raises_capital]
    own = [security.id for security in ledger.securities_of(issuer)]
    result = []
    for record in entries(ledger, replace(lens, as_of=until), raising, since=start, security=own):
        count = record.into_quantity if record.kind == "exercise" else record.quantity
        if record.amount is not None:
            result.append(Raised(record.id, record.date, Fraction(record.amount)))
        elif record.price is not None and count is not None:
            result.append(Raised(record.id, record.date, cents(Fraction(record.price) * Fraction(count))))
    return tuple(result)
