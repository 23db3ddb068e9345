"""Which convertibles have no price today, and what would give them one."""

from __future__ import annotations

from dataclasses import dataclass

from neocapgui.engine.convertibles import convertibles
from neocapgui.engine.lens import Lens
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import ConversionBasis


@dataclass(frozen=True, slots=True)
class PriceHint:
    """A convertible without a price, in a sentence."""

    sentence: str
    needs_market: bool  # whether a market price would give it one


def missing_prices(ledger: Ledger, lens: Lens) -> tuple[PriceHint, ...]:
    """Return a hint for each convertible of the lens's issuer that is outstanding and has no price."""
    return tuple(
        PriceHint(
            f"{ledger.securities[line.security].name}: {line.turn.reason.rstrip('.')}.",
            line.turn.right.basis is ConversionBasis.FLOATING,
        )
        for line in convertibles(ledger, lens, lens.issuer)
        if line.outstanding and line.turn.shares_per_unit is None
    )
