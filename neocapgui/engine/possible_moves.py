"""Which papers of one company of the group could still become papers of another, and at what terms."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from neocapgui.engine.calculations.rounding import rounded_shares
from neocapgui.engine.holdings import holdings
from neocapgui.engine.itself import stakeholders_being
from neocapgui.engine.lens import Lens
from neocapgui.engine.rights import TermsInForce
from neocapgui.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class PossibleMove:
    """A right of exchange between two companies that somebody outside of both could still use."""

    security: int
    into: int
    issuer: int  # whose paper it is
    into_issuer: int  # whose paper it would become
    units: Fraction  # in the hands of others than the two companies
    shares: Fraction | None  # they would become; None where that is not known
    per_unit: Fraction | None
    reason: str = ""  # why it is not known


def possible_moves(ledger: Ledger, lens: Lens) -> tuple[PossibleMove, ...]:
    """Return the rights of exchange between companies that are open on the lens's day.

    Only units that neither of the two companies holds count: a paper that came back to its own group
    moves nobody. Shares are rounded holder by holder as the paper says. A right without such units is
    left out.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import ConversionRight, Issuer, Security
    >>> from neocapgui.ledger.terms import ConversionBasis, SecurityKind
    >>> from neocapgui.ledger.transactions import Transaction
    >>> papers = {1: Security(1, 1, "Parent common", SecurityKind.COMMON),
    ...           2: Security(2, 2, "Daughter preferred", SecurityKind.PREFERRED)}
    >>> sold = Transaction(1, date(2001, 1, 1), "issuance", security=2, stakeholder=9, quantity=Decimal(45))
    >>> ledger = Ledger(issuers={id: Issuer(id, "") for id in (1, 2)}, securities=papers,
    ...     conversion_rights={1: ConversionRight(1, 2, 1, ConversionBasis.RATIO, ratio=Fraction(3, 2))},
    ...     transactions=Transactions.of([sold]))
    >>> [(one.issuer, one.into_issuer, str(one.shares)) for one in possible_moves(ledger, Lens(sold.date))]
    [(2, 1, '68')]
    """
    rights = [
        right
        for right in ledger.conversion_rights.values()
        if ledger.securities[right.into].issuer != ledger.securities[right.security].issuer
    ]
    if not rights:
        return ()
    terms, held = TermsInForce.on(ledger, lens), holdings(ledger, lens)
    found = []
    for right in rights:
        security, into = ledger.securities[right.security], ledger.securities[right.into]
        if not terms.is_open(right) or (security.issued is not None and security.issued > lens.as_of):
            continue
        inside = {
            *stakeholders_being(ledger, security.issuer),
            *stakeholders_being(ledger, into.issuer),
        }
        outside = [one.quantity for one in held.of_security(security.id) if one.stakeholder not in inside]
        units = sum(outside, Fraction(0))
        if units <= 0:
            continue
        turn = terms.turn(right)
        each = turn.shares_per_unit
        shares = None
        if each is not None:
            shares = sum((rounded_shares(one * each, security.rounding) for one in outside), Fraction(0))
        found.append(
            PossibleMove(security.id, into.id, security.issuer, into.issuer, units, shares, each, turn.reason)
        )
    return tuple(found)
