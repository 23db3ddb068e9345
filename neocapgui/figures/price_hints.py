"""Which convertibles have no price today, and why."""

from __future__ import annotations

from neocapgui.engine.convertibles import convertibles
from neocapgui.engine.lens import Lens
from neocapgui.ledger.ledger import Ledger


def missing_prices(ledger: Ledger, lens: Lens) -> tuple[str, ...]:
    """Return a sentence for each convertible of the lens's issuer that is outstanding and has no price."""
    return tuple(
        f"{ledger.securities[line.security].name}: {line.turn.reason.rstrip('.')}."
        for line in convertibles(ledger, lens, lens.issuer)
        if line.outstanding and line.turn.shares_per_unit is None
    )
