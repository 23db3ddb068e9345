"""The largest owners of a company, and what the others have together."""

from __future__ import annotations

from fractions import Fraction

from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import POOL, ownership
from neocapgui.figures.cap_table import UNALLOCATED, subtitle
from neocapgui.figures.choices import names_of
from neocapgui.figures.kinds import Kind
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.ledger import Ledger

_COLUMNS = (
    Column("Stakeholder", Kind.TEXT, width=26),
    Column("Shares", Kind.COUNTED, help="Shares on the basis chosen"),
    Column("Stake %", Kind.STAKE, help="Part of all shares on this basis"),
)
_SHOWN = 5


def largest_owners_table(ledger: Ledger, lens: Lens, shown: int = _SHOWN) -> Table:
    """The `shown` largest owners of the lens's issuer on its basis; the rest stands in one line.

    Shares and stakes are exact; the lines sum to the total.
    """
    rows: list[Row] = []
    total = None
    if lens.issuer is not None:
        company, names = ownership(ledger, lens), names_of(ledger, Stakeholder)
        rows = [
            Row(
                (
                    UNALLOCATED if owner.stakeholder == POOL else names[owner.stakeholder],
                    owner.shares,
                    owner.stake,
                ),
                key=owner.stakeholder,
            )
            for owner in company[:shown]
        ]
        rest = company.total - sum((row.cells[1] for row in rows), Fraction(0))
        if rest:
            others = len(company) - shown
            name = f"{others:,} others" if others > 1 else "One other"
            part = rest / company.total if company.total else None
            rows.append(Row((name, rest, part), key="others"))
        if company.total:
            total = Row(("Total", company.total, Fraction(1)), key="total", is_total=True)
    return Table(
        "largest_owners",
        "Largest owners",
        _COLUMNS,
        rows,
        subtitle(ledger, lens),
        total,
        "Nobody holds anything of this company on this day.",
    )
