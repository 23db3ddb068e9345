"""The days ahead: what expires, falls due, begins or ends, and which meetings are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.figures.kinds import Kind
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger

_COLUMNS = (
    Column("Day", Kind.DATE),
    Column("What", Kind.TEXT, width=44),
    Column("Units", Kind.SHARES, help="Outstanding on the day looked at"),
)
_MEETINGS = {"board": "Board meeting", "stockholders": "Stockholders' meeting"}
_SHOWN = 8

_Coming = tuple[date | None, str, Fraction | None]


def next_dates_table(ledger: Ledger, lens: Lens, shown: int = _SHOWN) -> Table:
    """The next `shown` dates after the lens's day that concern its issuer.

    A paper's dates count while any of it is outstanding; of approvals, the meetings.
    """
    coming: list[tuple[date, str, Fraction | None]] = []
    if lens.issuer is not None:
        totals = holdings(ledger, lens).totals()
        for day, what, units in (*_papers(ledger, lens.issuer, totals), *_meetings(ledger, lens.issuer)):
            if day is not None and day > lens.as_of:
                coming.append((day, what, units))
    coming.sort(key=lambda line: line[:2])
    return Table(
        "next_dates",
        "Next dates",
        _COLUMNS,
        tuple(Row(line, key=line[:2]) for line in coming[:shown]),
        empty="Nothing expires, falls due or meets after this day.",
    )


def _papers(ledger: Ledger, issuer: int, totals: Mapping[int, Fraction]) -> Iterator[_Coming]:
    for security in ledger.securities_of(issuer):
        units = totals.get(security.id)
        if units:
            yield from _dates_of(ledger, security, units)


def _dates_of(ledger: Ledger, security: Security, units: Fraction) -> Iterator[_Coming]:
    name = security.name
    yield security.exercise.starts, f"{name}: exercisable", units
    yield security.exercise.expires, f"{name}: last day of exercise", units
    yield security.redemption.day, f"{name}: due", units
    for right in ledger.rights_of(security.id):
        yield right.starts, f"{name}: conversion begins", units
        yield right.ends, f"{name}: conversion ends", units


def _meetings(ledger: Ledger, issuer: int) -> Iterator[_Coming]:
    for approval in ledger.approvals.values():
        if approval.issuer == issuer:
            body = _MEETINGS.get(approval.body, f"Meeting of {approval.body}")  # the file may say anything
            yield approval.meeting_date, f"{body}: {approval.subject}", None
