"""The days on which a stake in the group crossed a threshold, and the event that moved it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from neocapgui.engine.lens import Lens
from neocapgui.engine.thresholds import group_crossings
from neocapgui.figures.cap_table import BASIS_TITLES
from neocapgui.figures.company_names import company_names
from neocapgui.figures.happenings import Happenings
from neocapgui.figures.kinds import Kind, percent
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.ledger import Ledger

_COLUMNS = (
    Column("Day", Kind.DATE),
    Column("Owner", Kind.TEXT, width=26),
    Column("Company", Kind.TEXT, width=26),
    Column("Threshold", Kind.TEXT, width=12, help="33 1/3 and 66 2/3 are exact thirds"),
    Column("Crossed", Kind.TEXT, width=12, help="Reached: at or above it; below: fell under it"),
    Column("Before %", Kind.STAKE),
    Column("After %", Kind.STAKE, has_bar=True),
    Column("What happened", Kind.TEXT, width=46),
)
_THIRDS = {Fraction(1, 3): "33 1/3 %", Fraction(2, 3): "66 2/3 %"}


def thresholds_table(ledger: Ledger, lens: Lens) -> Table:
    """Every crossing of 20, 33 1/3, 50, 66 2/3, 75, 80 or 90 % by a company of the group in another one.

    Over all days, on the lens's basis; stakes are exact, and those of the ends of the days.
    """
    names = company_names(ledger, lens)
    happenings = {
        issuer: Happenings(ledger, replace(lens, issuer=issuer))
        for issuer in {issuer for _, issuer, _ in group_crossings(ledger, lens)}
    }
    rows = tuple(
        Row(
            (
                one.day,
                names[owner],
                names[issuer],
                threshold_text(one.threshold),
                "reached" if one.is_upward else "below",
                one.before or None,
                one.after or None,
                happenings[issuer].on(one.day),
            ),
            key=(owner, issuer, one.day, one.threshold),
        )
        for owner, issuer, one in group_crossings(ledger, lens)
    )
    return Table(
        "thresholds",
        "Thresholds crossed",
        _COLUMNS,
        rows,
        f"20, 33 1/3, 50, 66 2/3, 75, 80 and 90 %  ·  {BASIS_TITLES[lens.basis]}  ·  all days",
        empty="No company of this file ever held a fifth of another.",
    )


def threshold_text(threshold: Fraction) -> str:
    """Return a threshold as it is named.

    >>> threshold_text(Fraction(2, 3)), threshold_text(Fraction(1, 2))
    ('66 2/3 %', '50 %')
    """
    return _THIRDS.get(threshold, f"{percent(threshold, places=0)} %")
