"""How much money an issuer raised in a period."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from neocapgui.engine.entries import entry_rows
from neocapgui.engine.lens import Lens
from neocapgui.ledger.columns import MISSING
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import KIND_CODE, KINDS


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
    rows = entry_rows(ledger, replace(lens, as_of=until), raising, since=start, security=own)
    numbers, figures = ledger.transactions.numbers, ledger.transactions.figures
    ids, days, codes = (numbers[name][rows].tolist() for name in ("id", "date", "kind"))
    amounts, prices = (figures[name].units[rows].tolist() for name in ("amount", "price"))
    counts = {
        is_exercise: figures[name].units[rows].tolist()
        for is_exercise, name in ((False, "quantity"), (True, "into_quantity"))
    }
    result = []
    for place, amount in enumerate(amounts):
        is_exercise = codes[place] == KIND_CODE["exercise"]
        count, price = counts[is_exercise][place], prices[place]
        if amount != MISSING:
            money = Fraction(amount, 10 ** figures["amount"].places)
        elif price != MISSING and count != MISSING:
            held = figures["into_quantity" if is_exercise else "quantity"]
            money = _to_the_cent(price * count, figures["price"].places + held.places)
        else:
            continue
        result.append(Raised(ids[place], date.fromordinal(days[place]), money))
    return tuple(result)


def _to_the_cent(units: int, places: int) -> Fraction:
    """Return `cents` of units of 10^-places, quick enough for a million."""
    if places <= 2:
        return Fraction(units, 10**places)
    cent = 10 ** (places - 2)
    whole = (2 * abs(units) + cent) // (2 * cent)
    return Fraction(whole if units >= 0 else -whole, 100)
