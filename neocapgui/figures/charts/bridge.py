"""Why a stake moved between two days, as columns from one figure to the other, as plain data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache, partial
from itertools import groupby
from math import floor

import numpy as np

from neocapgui.engine.bridge import Bridge, bridge
from neocapgui.engine.bridge_steps import TERMS, BridgeStep
from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import ownership
from neocapgui.engine.wording import marked, plain, told, told_day
from neocapgui.figures.cap_table import BASIS_TITLES
from neocapgui.figures.charts.palette import GREY, Tone, tone
from neocapgui.figures.choices import names_of
from neocapgui.figures.company_names import company_names
from neocapgui.figures.happenings import entry_text
from neocapgui.figures.kinds import PLAIN, Kind, Style, percent
from neocapgui.figures.tables import Column, Lines, Row, Table
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import KIND

_MOST = 14  # columns between the ends; more are gathered
_EXACT, _FINE = 1_000, 10**30  # stretches of one kind that are added exactly; parts to which others are
_NAMED = 2  # entries of a step that are said; more are counted


class Steps(StrEnum):
    """What the columns of a bridge are."""

    EVENT = "event"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class BridgeColumn:
    """One column: what it is, and by how much it moved the stake."""

    name: str
    day: str  # marked for the reader's language; "" for one that gathers several days
    said: str  # what happened, in words, marked likewise
    contribution: Fraction
    stake: Fraction  # after it
    is_whole: bool = False  # an end, which stands on the ground

    def figure(self, style: Style = PLAIN) -> str:
        """Return what is written on it: percent, or signed points; rounded half up for display only."""
        if self.is_whole:
            return f"{percent(self.stake, style)} %"
        return signed(self.contribution, style)


@dataclass(frozen=True, slots=True, eq=False)
class BridgeChart:
    """Columns from the stake at the end of one day to that at the end of another."""

    name: str  # stable: `bridge`
    title: str
    subtitle: str  # its days marked for the reader's language
    axis: str
    tone: Tone  # of the holder
    columns: tuple[BridgeColumn, ...]  # the ends among them
    bridge: Bridge | None
    step_text: Callable[[BridgeStep], str]  # what a step of the bridge was, in words
    empty: str = ""  # marked likewise

    @property
    def said(self) -> str:
        """The chart in words, for those who do not see it; figures and days marked for their language."""
        if self.empty:
            return f"{self.title}. {self.empty}"
        moves = "; ".join(
            f"{' '.join(filter(None, (column.day, column.said)))} {_points(column.contribution)}"
            for column in self.columns
            if not column.is_whole
        )
        start, end = self.columns[0], self.columns[-1]
        ends = [f"{marked(percent(end.stake))} % at {end.day}" for end in (start, end)]
        return f"{self.title}. {self.subtitle}. {'; '.join(filter(None, (ends[0], moves, ends[1])))}."

    @property
    def alt(self) -> str:
        """The chart in words in the neutral form."""
        return plain(self.said)


def _points(contribution: Fraction) -> str:
    return ("+" if contribution > 0 else "") + marked(percent(contribution))


def signed(contribution: Fraction, style: Style = PLAIN) -> str:
    """Return points of percent with their sign, rounded half up for display only.

    >>> signed(Fraction(1, 8)), signed(Fraction(-1, 3)), signed(Fraction(0))
    ('+12.50', '-33.33', '0.00')
    """
    return ("+" if contribution > 0 else "") + percent(contribution, style)


def bridge_chart(
    ledger: Ledger,
    lens: Lens,
    holder: int | None = None,
    first: date | None = None,
    last: date | None = None,
    by: Steps = Steps.EVENT,
) -> BridgeChart:
    """Return why a holder's stake in the lens's issuer moved between the ends of two days.

    Without a holder the largest owner's; without days from before the first event to the lens's day.

    >>> bridge_chart(Ledger(), Lens(date(2001, 8, 31))).empty
    'Add the first company on the Group page.'
    """
    last = last or lens.as_of
    return _bridge_chart(
        ledger, Lens(last, lens.issuer, lens.basis, lens.planned, lens.known), holder, first, Steps(by)
    )


def whose_stake(ledger: Ledger, lens: Lens, holder: int | None = None) -> int | None:
    """Return whose stake a bridge shows: a chosen holder's, or else the largest owner's on the lens's day."""
    if holder in ledger.stakeholders or lens.issuer is None:
        return holder if holder in ledger.stakeholders else None
    return next((owner.stakeholder for owner in ownership(ledger, lens) if owner.stakeholder), None)


def first_day(lens: Lens, chosen: date | None = None) -> date:
    """Return the day a bridge begins on: a chosen one, or else the end of the year before the lens's.

    >>> str(first_day(Lens(date(2001, 8, 31)))), str(first_day(Lens(date(2001, 8, 31)), date(2002, 1, 1)))
    ('2000-12-31', '2001-08-31')
    """
    return min(chosen or date(max(lens.as_of.year - 1, 1), 12, 31), lens.as_of)


def chosen_bridge(
    ledger: Ledger, lens: Lens, holder: int | None, first: date | None, by: Steps = Steps.EVENT
) -> BridgeChart:
    """Return the bridge of a chosen holder from a chosen day to the lens's, or of what stands for them."""
    return bridge_chart(ledger, lens, whose_stake(ledger, lens, holder), first_day(lens, first), None, by)


def chosen_bridge_table(
    ledger: Ledger, lens: Lens, holder: int | None, first: date | None, by: Steps = Steps.EVENT
) -> Table:
    """The figures of the chosen bridge, a line for each event; the total is what moved in all."""
    return bridge_lines(chosen_bridge(ledger, lens, holder, first, by))


@lru_cache(maxsize=2)
def _bridge_chart(
    ledger: Ledger, lens: Lens, holder: int | None, first: date | None, by: Steps
) -> BridgeChart:
    issuer = ledger.issuers.get(lens.issuer or 0)
    if issuer is None:
        return _nothing("Add the first company on the Group page.")
    names, company = names_of(ledger, Stakeholder), company_names(ledger, lens)[issuer.id]
    if holder is None or holder not in names:
        return _nothing(f"Choose whose stake in {company} is looked at.")
    first = min(first or date.min, lens.as_of)
    found = bridge(ledger, lens, holder, first, lens.as_of)
    if not found.steps and not found.start:
        return _nothing(
            f"{names[holder]} held nothing of {company} from {_begin(first)} to {told_day(lens.as_of)} "
            f"on the basis {BASIS_TITLES[lens.basis]}."
        )
    said = partial(_said, ledger)
    columns = _by_kind(found) if by is Steps.KIND else _by_event(found, said)
    ends = (_end(found.first, found.start), _end(found.last, found.end))
    return BridgeChart(
        "bridge",
        f"Why the stake of {names[holder]} moved",
        f"{company}  ·  {BASIS_TITLES[lens.basis]}  ·  {_begin(found.first)} to {told_day(found.last)}",
        f"% of {company}, {BASIS_TITLES[lens.basis]}",
        tone(ledger, holder),
        (ends[0], *columns, ends[1]),
        found,
        said,
    )


def _nothing_said(step: BridgeStep) -> str:
    return ""


def _nothing(sentence: str) -> BridgeChart:
    return BridgeChart("bridge", "Why a stake moved", "", "", GREY, (), None, _nothing_said, sentence)


def _begin(day: date) -> str:
    return "the beginning" if day == date.min else told_day(day)


def _end(day: date, stake: Fraction) -> BridgeColumn:
    return BridgeColumn("Stake", _begin(day), "", stake, stake, is_whole=True)


def _said(ledger: Ledger, step: BridgeStep) -> str:
    """Return what a step was, in words."""
    if step.kind == TERMS:
        return "Terms or prices moved"
    if step.kind == "split" and len(step.rows) == 1:
        return f"{entry_text(ledger, ledger.transactions[step.rows[0]])}, rounding"
    if len(step.rows) > _NAMED:
        return f"{KIND[step.kind].title} × {len(step.rows)}"
    return "; ".join(entry_text(ledger, ledger.transactions[row]) for row in step.rows)


def _by_event(found: Bridge, said: Callable[[BridgeStep], str]) -> tuple[BridgeColumn, ...]:
    """Return a column for each event; of too many, neighbours that move little are gathered."""
    steps = found.steps
    moving = steps.moving()
    kept = moving if len(moving) <= _MOST else steps.largest(_MOST // 2)
    columns: list[BridgeColumn] = []
    stands = np.searchsorted(moving, [*kept, len(steps)])  # among those that move
    after = 0
    for place, stand in zip([*kept, len(steps)], stands.tolist(), strict=True):
        if gathered := stand - after:
            count = "1 smaller event" if gathered == 1 else f"{told(gathered)} smaller events"
            first, last = moving[after], moving[stand - 1]
            moved = steps.moved(first, last + 1)
            columns.append(BridgeColumn("Others", "", count, moved, steps[last].stake))
        if place < len(steps):
            step = steps[place]
            name = "Terms" if step.kind == TERMS else KIND[step.kind].title
            columns.append(BridgeColumn(name, told_day(step.day), said(step), step.contribution, step.stake))
        after = stand + 1
    return tuple(columns)


def _by_kind(found: Bridge) -> tuple[BridgeColumn, ...]:
    """Return a column for each kind of event, in the order in which each first moved the stake.

    Where the kinds take turns more than a thousand times, what each did at a stretch is rounded to 30
    decimals of a share of the company before it is added: exact sums would have a million digits.
    """
    steps = found.steps
    moving = steps.moving()
    stretches = [(kind, list(places)) for kind, places in groupby(moving, steps.kind)]
    sums: dict[str, list[Fraction]] = {}
    counts: dict[str, int] = {}
    for kind, places in stretches:
        moved = steps.moved(places[0], places[-1] + 1)
        sums.setdefault(kind, []).append(moved if len(stretches) <= _EXACT else _rounded(moved))
        counts[kind] = counts.get(kind, 0) + len(places)
    columns: list[BridgeColumn] = []
    stake = found.start
    for kind, moves in sums.items():
        moved = sum(moves, Fraction(0))
        stake += moved
        title = "Terms and prices" if kind == TERMS else KIND[kind].title
        count = "1 event" if counts[kind] == 1 else f"{told(counts[kind])} events"
        columns.append(BridgeColumn(title, "", count, moved, stake))
    return tuple(columns)


def _rounded(moved: Fraction) -> Fraction:
    return Fraction(floor(moved * _FINE + Fraction(1, 2)), _FINE)


_COLUMNS = (
    Column("Day", Kind.DATE),
    Column("What happened", Kind.TEXT, width=46),
    Column("Shares", Kind.COUNTED, help="What the holder has on the basis after the event"),
    Column("All shares", Kind.COUNTED, help="All shares on the basis after the event"),
    Column("Points", Kind.STAKE, help="By how many points of percent the event moved the stake"),
    Column("Stake %", Kind.STAKE, help="The stake after the event"),
)


def bridge_lines(chart: BridgeChart) -> Table:
    """Return the table behind a bridge; every step has its line, also where the chart gathers several."""
    found = chart.bridge
    if found is None:
        return Table("bridge", chart.title, _COLUMNS, (), plain(chart.subtitle), empty=plain(chart.empty))
    start, end = found.before, found.steps[-1] if found.steps else found.before
    began = None if found.first == date.min else found.first
    first = Row((began, "Stake at the beginning", start.shares, start.total, None, start.stake), key=0)

    def row(place: int) -> Row:
        if not place:
            return first
        step = found.steps[place - 1]
        cells = (step.day, chart.step_text(step), step.shares, step.total, step.contribution, step.stake)
        return Row(cells, key=place)

    rows = Lines(range(len(found.steps) + 1), row)
    total = Row(
        (found.last, "Stake at the end", end.shares, end.total, found.end - found.start, end.stake),
        is_total=True,
    )
    return Table("bridge", chart.title, _COLUMNS, rows, plain(chart.subtitle), total=total)
