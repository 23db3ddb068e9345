"""Counts longer than any float are drawn as well as others: a chart is about parts of the whole."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from neocapgui.engine.lens import Lens
from neocapgui.figures.charts.drawing import drawing
from neocapgui.figures.charts.stacked import ownership_chart
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import Transaction

FIRST = date(2001, 1, 1)


def test_counts_beyond_every_float_are_drawn() -> None:
    held = [
        Transaction(id, FIRST, "issuance", id, None, 1, id, quantity=Decimal(count))
        for id, count in {1: "9" * 190, 2: "-" + "7" * 190}.items()
    ]
    splits = [
        Transaction(id, FIRST + timedelta(id), "split", security=1, ratio=Fraction(10**17))
        for id in range(3, 13)
    ]
    ledger = Ledger(
        issuers={1: Issuer(1, "Endless")},
        stakeholders={1: Stakeholder(1, "Ada"), 2: Stakeholder(2, "Bo")},
        securities={1: Security(1, 1, "Common", SecurityKind.COMMON)},
        transactions=Transactions.of([*held, *splits]),
    )
    chart = ownership_chart(ledger, Lens(date(2001, 2, 1), issuer=1))
    assert len(str(chart.course.totals[-1])) > 309
    assert drawing(chart, 1600, 900).marks
