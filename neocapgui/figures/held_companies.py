"""The companies that a company holds directly: which part of each, and what has become of it."""

from __future__ import annotations

from dataclasses import replace

from neocapgui.engine.group import direct_stakes
from neocapgui.engine.lens import Lens
from neocapgui.engine.status import standing
from neocapgui.figures.kinds import Kind
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.ledger import Ledger

_ACTIVE = "active"
_COLUMNS = (
    Column("Company", Kind.TEXT, width=26),
    Column("Direct %", Kind.STAKE, help="Part of the company on the basis chosen"),
    Column("Status", Kind.TEXT, width=16, help="Blank while the company is active"),
)


def held_companies_table(ledger: Ledger, lens: Lens) -> Table:
    """The companies of which the lens's issuer holds a part itself; stakes are exact.

    While all of them are active there is no column of their status.
    """
    rows = tuple(
        Row((now.name, stake, "" if now.status == _ACTIVE else now.status), key=(owner, issuer))
        for owner, issuer, _, stake in direct_stakes(ledger, lens)
        if owner == lens.issuer
        for now in (standing(ledger, lens, issuer),)
    )
    shown = len(_COLUMNS) if any(row.cells[-1] for row in rows) else len(_COLUMNS) - 1
    rows = tuple(replace(row, cells=row.cells[:shown]) for row in rows)
    columns = _COLUMNS[:shown]
    return Table(
        "held_companies", "Group", columns, rows, empty="This company holds no other company of the file."
    )
