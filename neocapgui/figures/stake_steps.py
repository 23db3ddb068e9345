"""How the stake of one company in another moved: a step for each day on which it changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np

from neocapgui.engine.course import Course, course
from neocapgui.engine.lens import Lens
from neocapgui.engine.timeline import rows_of_issuer
from neocapgui.figures.cap_table import BASIS_TITLES
from neocapgui.figures.kinds import Kind
from neocapgui.figures.tables import Column, Lines, Row, Table
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import KIND, KINDS

_COLUMNS = (
    Column("Day", Kind.DATE),
    Column("What happened", Kind.TEXT, width=46),
    Column("Shares", Kind.SHARES, help="In the owner's hand at the end of the day, on the basis chosen"),
    Column("Before %", Kind.STAKE),
    Column("After %", Kind.STAKE, has_bar=True),
    Column("Change", Kind.STAKE, help="In percentage points"),
)
_SHOWN = 9  # owners of a course; the same as the chart of ownership asks for
_MANY = 500


def stake_steps_table(ledger: Ledger, lens: Lens, owner: int, issuer: int) -> Table:
    """The steps of the stake that issuer `owner` has in `issuer`, over all days, on the lens's basis.

    Stakes are exact; each is that of the end of its day.
    """
    who = ledger.stakeholder_of(owner)
    moved = None if who is None else _course_with(ledger, replace(lens, issuer=issuer), who.id)
    steps = [] if moved is None else _steps(*moved)
    events = _Events(ledger, issuer)
    title = f"{ledger.issuers[owner].name} in {ledger.issuers[issuer].name}"
    return Table(
        "stake_steps",
        title,
        _COLUMNS,
        Lines(
            steps,
            lambda step: Row(
                (step[0], events.on(step[0]), step[1] or None, step[2] or None, step[3], step[3] - step[2]),
                key=step[0],
            ),
        ),
        f"{title}  ·  {BASIS_TITLES[lens.basis]}",
        empty="Nothing of this company was ever in that hand.",
    )


def _course_with(ledger: Ledger, lens: Lens, stakeholder: int) -> tuple[Course, int] | None:
    """Return the course in which a stakeholder stands by itself, and its band."""
    for shown in (_SHOWN, _MANY):
        found = course(ledger, lens, shown)
        if stakeholder in found.bands:
            return found, found.bands.index(stakeholder)
    return None


_Step = tuple[date, Fraction, Fraction, Fraction]


def _steps(found: Course, band: int) -> list[_Step]:
    before, steps = Fraction(0), []
    for place, day in enumerate(found.days):
        after = found.stake(place, band)
        if after != before:
            steps.append((day, found.shares(place, band), before, after))
        before = after
    return steps


class _Events:
    """Says in words what was recorded of a company on a day."""

    def __init__(self, ledger: Ledger, issuer: int) -> None:
        self._ledger = ledger
        chosen = rows_of_issuer(ledger, issuer)
        self._rows = np.arange(len(ledger.transactions)) if chosen is None else np.flatnonzero(chosen)
        self._days = ledger.transactions.numbers["date"][self._rows]

    def on(self, day: date) -> str:
        low = int(np.searchsorted(self._days, day.toordinal(), side="left"))
        high = int(np.searchsorted(self._days, day.toordinal(), side="right"))
        rows = self._rows[low:high]
        if len(rows) == 1:
            record = self._ledger.transactions[int(rows[0])]
            security = self._ledger.securities.get(record.security or 0)
            return KIND[record.kind].title + (f" of {security.name}" if security else "")
        kinds = Counter(self._ledger.transactions.numbers["kind"][rows].tolist())
        return ", ".join(
            f"{KINDS[code].title} × {count}" if count > 1 else KINDS[code].title
            for code, count in kinds.items()
        )
