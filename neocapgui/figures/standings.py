"""The companies of the group on a day: the name in force, the status, and what ceasing saves."""

from __future__ import annotations

from neocapgui.engine.lens import Lens
from neocapgui.engine.status import standing
from neocapgui.figures.kinds import Kind, day_text
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.facts import Issuer
from neocapgui.ledger.ledger import Ledger

_COLUMNS = (
    Column("Company", Kind.TEXT, help="As first recorded", width=30),
    Column("Name in force", Kind.TEXT, width=30),
    Column("Status", Kind.TEXT, width=20),
    Column("Since", Kind.DATE),
    Column("Saves a year", Kind.MONEY, help="What the change of status saves, as announced"),
)


def standings_table(ledger: Ledger, lens: Lens) -> Table:
    """Every company of the file as it stands at the end of the lens's day."""
    return Table(
        "standings",
        "Status",
        _COLUMNS,
        tuple(_row(ledger, lens, issuer) for issuer in ledger.issuers.values()),
        day_text(lens.as_of),
        empty="Type the name of the first company under Companies.",
    )


def _row(ledger: Ledger, lens: Lens, issuer: Issuer) -> Row:
    now = standing(ledger, lens, issuer.id)
    name = "" if now.name == issuer.name else now.name
    return Row((issuer.name, name, now.status, now.since, now.annual_saving), key=issuer.id)
