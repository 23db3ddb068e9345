"""The published counts beside what the ledger had on their days."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from neocapgui.engine.assertions import Assertion, assertions
from neocapgui.engine.lens import Lens
from neocapgui.figures.facts_tables import published_counts_table
from neocapgui.figures.kinds import Kind, grouped
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.ledger import Ledger, value_at

_LEDGER = Column(
    "In the ledger", Kind.SHARES, help="Outstanding at the end of that day, treasury shares left out"
)
_RESULT = Column("Result", Kind.TEXT, help="The ledger less the count stated", width=22)


def reconciliation_table(ledger: Ledger, lens: Lens) -> Table:
    """The published counts of the lens's issuer, which can be edited, each held against the ledger."""
    stated = published_counts_table(ledger, lens)
    own = stated.columns
    columns = (*own[:3], _LEDGER, _RESULT, *own[3:])
    found = {one.count.id: one for one in assertions(ledger, lens)}
    rows = tuple(_row(found[row.key], columns) for row in stated.rows)
    return replace(
        stated,
        columns=columns,
        rows=rows,
        empty="Enter a count of shares that a paper states: the ledger is held against it.",
    )


def _row(one: Assertion, columns: tuple[Column, ...]) -> Row:
    calculated = iter((one.ledger, _result(one.difference)))
    cells = (value_at(one.count, column.field) if column.field else next(calculated) for column in columns)
    return Row(tuple(cells), one.count, one.count.id)


def _result(difference: Fraction) -> str:
    if not difference:
        return "agrees"
    return f"{grouped(abs(difference))} {'more' if difference > 0 else 'fewer'}"
