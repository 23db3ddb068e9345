"""The stakes of the group's companies in one another."""

from __future__ import annotations

from neocapgui.engine.group import group
from neocapgui.engine.lens import Lens
from neocapgui.engine.status import standing
from neocapgui.figures.cap_table import BASIS_TITLES
from neocapgui.figures.company_names import company_names
from neocapgui.figures.kinds import Kind, day_text
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.ledger import Ledger

_COLUMNS = (
    Column("Owner", Kind.TEXT, width=30),
    Column("Company", Kind.TEXT, width=30),
    Column("Status", Kind.TEXT, width=18),
    Column("Shares", Kind.COUNTED, help="Shares of the company in the owner's hand, on the basis chosen"),
    Column("Direct %", Kind.STAKE, has_bar=True, help="The owner's own part of the company"),
    Column("Effective %", Kind.STAKE, help="With what it holds through other companies"),
)


def group_table(ledger: Ledger, lens: Lens) -> Table:
    """Who holds which part of which company, directly and in effect."""
    names = company_names(ledger, lens)
    rows = tuple(
        Row(
            (
                names[line.owner],
                names[line.issuer],
                standing(ledger, lens, line.issuer).status,
                line.shares or None,
                line.direct or None,
                line.effective,
            ),
            key=(line.owner, line.issuer),
        )
        for line in group(ledger, lens)
    )
    return Table(
        "group",
        "Group",
        _COLUMNS,
        rows,
        f"{BASIS_TITLES[lens.basis]}  ·  {day_text(lens.as_of)}  ·  own shares of a company excluded",
        empty="No company of this file holds another. A stakeholder that is a company of the file "
        "(“Is the company” in its line) makes a subsidiary stake.",
    )
