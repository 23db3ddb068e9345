"""What has been done under an approval, and how much of its limits that used up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from neocapgui.engine.entries import counted_rows, rows_naming
from neocapgui.engine.lens import Lens
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import KIND, Transaction


@dataclass(frozen=True, slots=True)
class Used:
    """What some entries use up of an approval: money and shares, in all."""

    money: Fraction
    shares: Fraction


def made_under(ledger: Ledger, lens: Lens, approval: int) -> tuple[Transaction, ...]:
    """Return the entries that rely on an approval, of every day, as far as they count for the lens.

    >>> from datetime import date
    >>> from neocapgui.ledger.columns import Transactions
    >>> day = date(2002, 11, 21)
    >>> sales = [Transaction(1, day, "issuance", security=1, approval=6), Transaction(2, day, "issuance")]
    >>> [one.id for one in made_under(Ledger(transactions=Transactions.of(sales)), Lens(day), approval=6)]
    [1]
    """
    rows = rows_naming(ledger.transactions, "approval", approval)
    counted = counted_rows(ledger, lens) if len(rows) else None
    if counted is not None:
        rows = rows[counted[rows]]
    return tuple(ledger.transactions.records(rows))


def used(records: Iterable[Transaction]) -> Used:
    """Return the money and the shares of some entries: stated amounts, or else shares x price.

    >>> from datetime import date
    >>> sold = Transaction(1, date(2002, 11, 21), "issuance", security=1, stakeholder=1,
    ...                    quantity=Decimal(469_000), price=Decimal("2.00"))
    >>> [int(figure) for figure in (used([sold]).money, used([sold]).shares)]
    [938000, 469000]
    """
    money = shares = Fraction(0)
    for record in records:
        count = Fraction(_count(record) or 0)
        stated = record.amount
        money += Fraction(stated) if stated is not None else Fraction(record.price or 0) * count
        shares += count
    return Used(money, shares)


def _count(record: Transaction) -> Decimal | None:
    count: Decimal | None = getattr(record, KIND[record.kind].per_share)
    return count if KIND[record.kind].legs else None  # only shares that move are used up
