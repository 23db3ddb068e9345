"""What each convertible outstanding turns into on a day, and by which term."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from neocapgui.engine.entries import entries
from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.engine.rights import TermsInForce, Turn
from neocapgui.engine.rounding import rounded_shares
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Convertible:
    """One conversion right of a security on a day."""

    security: int
    outstanding: Fraction  # units
    face: Fraction | None  # units x stated value
    turn: Turn
    shares: Fraction | None  # all units converted at once by one holder, rounded as the paper says
    is_exchange: bool  # into a security of another issuer


def convertibles(ledger: Ledger, lens: Lens, issuer: int | None = None) -> tuple[Convertible, ...]:
    """Return every conversion and exchange right, of one issuer or of all, as of the lens's day."""
    terms, totals = TermsInForce.on(ledger, lens), holdings(ledger, lens).totals()
    result = []
    for right in ledger.conversion_rights.values():
        security = ledger.securities[right.security]
        if issuer is not None and security.issuer != issuer:
            continue
        outstanding = totals.get(security.id, Fraction(0))
        turn, stated = terms.turn(right), terms.stated_value(security)
        shares = None
        if turn.shares_per_unit is not None:
            shares = rounded_shares(outstanding * turn.shares_per_unit, security.rounding)
        face = None if stated is None else outstanding * stated
        is_exchange = ledger.securities[right.into].issuer != security.issuer
        result.append(Convertible(security.id, outstanding, face, turn, shares, is_exchange))
    return tuple(result)


_NOTICES = ("conversion", "exchange", "repurchase", "in_kind")


def notices(ledger: Ledger, lens: Lens, issuer: int | None = None) -> tuple[Transaction, ...]:
    """Return the conversions, exchanges, repurchases and payments in kind up to the lens's day."""
    records = entries(ledger, lens, _NOTICES)
    if issuer is None:
        return records
    own = {security.id for security in ledger.securities_of(issuer)}
    return tuple(record for record in records if record.security in own or record.into_security in own)
