"""How the stake of one company in another moved: a step for each day on which it changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from neocapgui.engine.course import Course
from neocapgui.engine.group import group
from neocapgui.engine.lens import Lens
from neocapgui.engine.thresholds import course_with
from neocapgui.figures.cap_table import BASIS_TITLES
from neocapgui.figures.company_names import company_names
from neocapgui.figures.happenings import Happenings
from neocapgui.figures.kinds import Kind
from neocapgui.figures.tables import Column, Lines, Row, Table
from neocapgui.ledger.ledger import Ledger

_COLUMNS = (
    Column("Day", Kind.DATE),
    Column("What happened", Kind.TEXT, width=46),
    Column("Shares", Kind.COUNTED, help="In the owner's hand at the end of the day, on the basis chosen"),
    Column("Before %", Kind.STAKE),
    Column("After %", Kind.STAKE, has_bar=True),
    Column("Change", Kind.STAKE, help="In percentage points"),
)

_Step = tuple[date, Fraction, Fraction, Fraction]  # the day, the shares, the stake before and after


def stake_steps_table(
    ledger: Ledger, lens: Lens, owner: int | None = None, issuer: int | None = None
) -> Table:
    """The steps of the stake that issuer `owner` has in `issuer`, over all days, on the lens's basis.

    Without a pair: of the first stake of the group on the lens's day. Stakes are exact; each is that of
    the end of its day.
    """
    if owner is None or issuer is None:
        first = next(iter(group(ledger, lens)), None)
        if first is None:
            return Table("stake_steps", "Stake over time", _COLUMNS, (), empty="No stake is chosen.")
        owner, issuer = first.owner, first.issuer
    lens = replace(lens, issuer=issuer)
    who = ledger.stakeholder_of(owner)
    moved = None if who is None else course_with(ledger, lens, who.id)
    steps = [] if moved is None else _steps(*moved)
    happenings, names = Happenings(ledger, lens), company_names(ledger, lens)
    return Table(
        "stake_steps",
        "Stake over time",
        _COLUMNS,
        Lines(steps, lambda step: _row(step, happenings.on(step[0]), (owner, issuer, step[0]))),
        f"{names[owner]} in {names[issuer]}  ·  {BASIS_TITLES[lens.basis]}",
        empty="Nothing of this company was ever in that hand.",
    )


def _steps(found: Course, band: int) -> list[_Step]:
    before, steps = Fraction(0), []
    for place, day in enumerate(found.days):
        after = found.stake(place, band)
        if after != before:
            steps.append((day, found.shares(place, band), before, after))
        before = after
    return steps


def _row(step: _Step, what: str, key: tuple[int, int, date]) -> Row:
    day, shares, before, after = step
    return Row((day, what, shares or None, before or None, after, after - before), key=key)
