"""What has accrued on a face since its paper was first issued."""

from __future__ import annotations

from fractions import Fraction

from neocapgui.engine.calculations.accrual import accrual
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.entries import entries
from neocapgui.engine.lens import Lens
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger


def accrued(
    ledger: Ledger, lens: Lens, security: Security, face: Fraction | None
) -> tuple[Fraction | None, str]:
    """Return the interest or dividends on a face up to the lens's day, or None and why none is known.

    They run from the day the paper was created or, if later, first issued; payments meanwhile are not
    known. Not rounded. Where the paper bears none, or there is no face, it is None without a reason.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.engine.calculations.rounding import cents
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.terms import Accrual, SecurityKind
    >>> from neocapgui.ledger.transactions import Transaction
    >>> sold = Transaction(1, date(2001, 6, 25), "issuance", security=1, stakeholder=1, quantity=Decimal(30))
    >>> paper = Security(1, 1, "Series C", SecurityKind.PREFERRED, accrual=Accrual(Decimal("0.07")))
    >>> ledger = Ledger(securities={1: paper}, transactions=Transactions.of([sold]))
    >>> money, _ = accrued(ledger, Lens(date(2001, 9, 19)), paper, Fraction(300_000))
    >>> str(cents(money or 0))
    '98959/20'
    """
    terms = security.accrual
    if terms.rate is None or not face:
        return None, ""
    first = entries(ledger, lens, ["opening", "issuance"], security=security.id)
    got = first or entries(ledger, lens, ["exchange", "conversion"], into_security=security.id)
    if not got:
        return None, "no issue of it is recorded"
    start = security.issued if security.issued and security.issued > got[0].date else got[0].date
    try:
        found = accrual(
            face,
            terms.rate,
            terms.method,
            terms.day_count,
            start,
            lens.as_of,
            periods_per_year=terms.periods_per_year,
        )
    except CalculationRefused as refusal:
        return None, str(refusal)
    return found.claim - face, ""
