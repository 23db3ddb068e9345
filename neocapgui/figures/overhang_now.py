"""What every convertible outstanding would take on the day: shares, their part of the class, what binds."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neocapgui.engine.convertibles import Convertible, convertibles
from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.engine.reserves import counts
from neocapgui.figures.choices import names_of
from neocapgui.figures.kinds import PLAIN, Kind, Style, grouped, shown
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import ConversionBasis

_FLOATS = (ConversionBasis.FLOATING, ConversionBasis.NOTICE)
_COLUMNS = (
    Column("Convertible", Kind.TEXT, width=24),
    Column("Shares today", Kind.SHARES, help="All units at once at the price of the day, rounded as stated"),
    Column("After issue %", Kind.STAKE, help="Part of the class after the issue"),
    Column("What binds", Kind.TEXT, width=30, help="The price, its floor and the limits"),
)


def live_convertibles(ledger: Ledger, lens: Lens) -> tuple[Convertible, ...]:
    """Return the open conversion rights of the lens's issuer of which anything is outstanding.

    Rights into a security of another company, and those that have not begun or are over, are left out
    where another right of the same security is open.
    """
    found = [
        line for line in convertibles(ledger, lens, lens.issuer) if line.outstanding and not line.is_exchange
    ]
    told = {line.security for line in found if line.shares}
    return tuple(line for line in found if line.shares or line.security not in told)


def overhang_table(ledger: Ledger, lens: Lens, style: Style = PLAIN) -> Table:
    """Every convertible outstanding of the lens's issuer, what it would take today, and what binds.

    The part is shares / (outstanding of the class + shares), exact. A line of which no price is known
    has neither.
    """
    lines = live_convertibles(ledger, lens)
    names = names_of(ledger, Security, lens.issuer)
    outstanding = {one.security: one.outstanding for one in counts(ledger, lens, lens.issuer or 0)}
    rows = tuple(
        Row(
            (
                names[line.security],
                line.shares,
                part_after(line, outstanding.get(line.turn.into, Fraction(0))),
                "; ".join(_bounds(ledger, line, style)),
            ),
            key=line.security,
        )
        for line in lines
    )
    said = "" if any(line.turn.right.basis in _FLOATS for line in lines) else nothing_hangs(ledger, lens)
    return Table("overhang_now", "Convertible overhang", _COLUMNS, rows, said if rows else "", empty=said)


def part_after(line: Convertible, outstanding: Fraction) -> Fraction | None:
    """Return the part of the class that the shares are after their issue; None where none are known."""
    return line.shares / (outstanding + line.shares) if line.shares else None


def nothing_hangs(ledger: Ledger, lens: Lens) -> str:
    """Return what is said while nothing floats: that the overhang is zero, or what there is in its place."""
    if live_convertibles(ledger, lens):
        return "Nothing outstanding floats with the market."
    ever = [one for one in ledger.conversion_rights.values() if _is_own(ledger, lens, one.security)]
    if not ever:
        return "No security of this company converts."
    held = holdings(ledger, lens).totals()
    if any(held.get(one.security) for one in ever):
        return "What is outstanding converts into another company only: the overhang is zero."
    return "Zero: nothing that converts or floats is outstanding on this day."


def _is_own(ledger: Ledger, lens: Lens, security: int) -> bool:
    return ledger.securities[security].issuer == lens.issuer


def _bounds(ledger: Ledger, line: Convertible, style: Style) -> Iterator[str]:
    """Return the price with what made it, the floor and the fixed price, and the tightest limit."""
    turn = line.turn
    if turn.reason:
        yield turn.reason[:1].upper() + turn.reason[1:]
    elif turn.price is not None:
        how = {"fixed": "fixed", "last notice": "by the last notice"}.get(turn.governs, turn.governs)
        yield f"Price {grouped(turn.price, style, 2, 4)}" + (f" ({how})" if how else "")
    elif turn.shares_per_unit is not None:
        yield f"{grouped(turn.shares_per_unit, style, 0, 4)} for each"
    if turn.floating is not None:
        for name, bound in (("floor", turn.floating.floor), ("at most", turn.floating.fixed_price)):
            if bound is not None:
                yield f"{name} {grouped(bound, style, 2, 4)}"
    if line.held_back:
        bound_by = min(line.held_back, key=lambda one: one.issuable)
        allowed = shown(Kind.SHARES, bound_by.issuable, style) or "0"
        yield f"{bound_by.limit} allows {allowed}"
