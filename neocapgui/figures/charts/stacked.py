"""A chart as plain data: bands that stack on each day, marks of events, and what is said of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.course import OTHERS, Course, course
from neocapgui.engine.lens import Lens
from neocapgui.engine.look_through_course import UNTRACED, look_through_course
from neocapgui.engine.ownership import POOL
from neocapgui.engine.wording import marked, plain, told, told_day
from neocapgui.figures.cap_table import BASIS_TITLES, UNALLOCATED
from neocapgui.figures.charts.gathering import CLASS_TITLES, CLASSES, Gather, by_class, gathered, restated
from neocapgui.figures.charts.palette import PALE_GREY, TONES, Tone, told_apart, tone
from neocapgui.figures.choices import names_of
from neocapgui.figures.company_names import company_names
from neocapgui.figures.happenings import Happenings
from neocapgui.figures.kinds import PLAIN, Kind, Style, day_text, grouped, percent, shown
from neocapgui.figures.likeness import folded
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.ledger import Ledger

_MARKS = 48  # at most so many lines; days that stand closer share one
SHOWN = 12  # bands beside the others
_LEAST_SPAN = 30  # days
_AIR = 1.03  # above the highest figure


class By(StrEnum):
    """What the bands of a chart are."""

    HOLDER = "holder"
    SECURITY = "security"
    CLASS = "class"


class Unit(StrEnum):
    """What a chart measures."""

    PERCENT = "percent"
    SHARES = "shares"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of ownership over time."""

    by: By = By.HOLDER
    unit: Unit = Unit.PERCENT
    gather: Gather = Gather.TOP_12
    is_restated: bool = False  # shares, for all splits since
    is_ultimate: bool = False  # looked through to those who own it in the end; of holders only


@dataclass(frozen=True, slots=True)
class Band:
    """One layer of a chart."""

    key: int  # a stakeholder or a security, OTHERS or POOL
    name: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Mark:
    """A line where something happened, on one day or on several that stand close."""

    day: date
    positions: range  # of the chart's days
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a chart says of one band on one of its days."""

    day: str
    event: str
    name: str
    shares: str
    percent: str
    change: str  # since the day before in the chart

    @property
    def text(self) -> str:
        """All of it, as it is read out."""
        figures = self.figures.replace("   ", ", ")
        return "\n".join(line for line in (self.day, self.event, self.name, figures, self.change) if line)

    @property
    def figures(self) -> str:
        """Shares and percent side by side; nothing where the band is not in the chart."""
        if not self.percent:
            return ""
        return f"{self.shares} shares   {self.percent} %" if self.shares else "Nothing"


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """Bands stacked over days; each step holds from its day until the next one."""

    name: str  # stable: `ownership_over_time`
    title: str
    subtitle: str  # its days marked for the reader's language
    unit: Unit
    axis: str  # what is measured
    bands: tuple[Band, ...]  # from the bottom up
    course: Course
    happenings: Happenings | None
    marks: tuple[Mark, ...]
    until: date  # the last day drawn
    as_of: date  # the day that is looked at
    empty: str = ""  # what to do when there is nothing to draw
    is_restated: bool = False  # whether shares are those of the last day, after all splits
    since: date = date.max  # the first day drawn, where that is before the first step
    reaches: float = 0.0  # the figure up to which the axis goes at least

    @property
    def first(self) -> date:
        """The first day drawn."""
        return min(self.since, self.days[0])

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the steps."""
        return self.course.days

    def draws_like(self, other: Chart) -> bool:
        """Whether another chart differs at most in the day that is looked at."""
        return self._drawn_by == other._drawn_by

    @property
    def _drawn_by(self) -> tuple[object, ...]:
        return self.course, self.unit, self.since, self.until, self.reaches

    def event(self, position: int) -> str:
        """Return what happened on one of the days."""
        return "" if self.happenings is None else self.happenings.on(self.days[position])

    def edges(self) -> NDArray[np.float64]:
        """Return days x (bands + 1) edges, 0 first, in percent or shares; for drawing only.

        The bands tile the whole: a holding below nothing (the facts contradict each other) has no
        height, and where nobody holds anything all edges are 0.
        """
        heights = np.where(self.course.units > 0, self.course.units, 0)
        edges = np.zeros((len(self.days), len(self.bands) + 1), heights.dtype)
        np.cumsum(heights, axis=1, out=edges[:, 1:])
        if self.unit is Unit.SHARES:
            return (edges / self.course.scale).astype(np.float64)
        return 100 * (edges / np.where(edges[:, -1:] == 0, 1, edges[:, -1:])).astype(np.float64)

    def top(self) -> float:
        """Return the highest figure of the axis; for drawing only."""
        if self.unit is Unit.PERCENT:
            return 100.0
        return max(float(self.edges()[:, -1].max(initial=0)) * _AIR, self.reaches, 1.0)

    def band_named(self, name: str) -> int | None:
        """Return the place of a band of that name, whatever its case; None where it has none of its own."""
        sought = folded(name)
        return next((place for place, band in enumerate(self.bands) if folded(band.name) == sought), None)

    def reading_on(self, day: date, name: str, style: Style = PLAIN) -> Reading | None:
        """Return what is said of a name on any day; None before the first step."""
        position = self.course.position(day)
        if position is None:
            return None
        band = self.band_named(name)
        if band is not None:
            return self.reading(position, band, style)
        said = "Has no band of its own here"
        return Reading(day_text(self.days[position], style), self.event(position), name, "", "", said)

    def reading(self, position: int, band: int, style: Style = PLAIN) -> Reading:
        """Return what is said of a band on a day; percent rounded half up, for display only."""
        found = self.course
        shares, stake = found.shares(position, band), found.stake(position, band)
        change = ""
        if position:
            before = found.shares(position - 1, band), found.stake(position - 1, band)
            moved = _change(shares - before[0], stake - before[1], style)
            change = f"{moved} since {day_text(self.days[position - 1], style)}"
        return Reading(
            day_text(self.days[position], style),
            self.event(position),
            self.bands[band].name,
            shown(Kind.SHARES, shares, style),
            percent(stake, style),
            change,
        )

    def figures(self, position: int, style: Style = PLAIN) -> tuple[str, ...]:
        """Return what each band measures on a day; a blank for nothing."""
        values = (
            (self.course.stake(position, band), self.course.shares(position, band))
            for band in range(len(self.bands))
        )
        if self.unit is Unit.PERCENT:
            return tuple(percent(stake, style) if stake else "" for stake, _ in values)
        return tuple(grouped(shares, style, 0, 0) if shares else "" for _, shares in values)

    @property
    def said(self) -> str:
        """The chart in words, for those who do not see it; figures and days marked for their language."""
        if self.empty:
            return f"{self.title}. {self.subtitle}. {self.empty}"
        position = self.course.position(self.as_of)
        position = 0 if position is None else position
        parts = sorted(range(len(self.bands)), key=lambda band: -self.course.stake(position, band))
        named = ", ".join(
            f"{self.bands[band].name} {marked(percent(self.course.stake(position, band)))} %"
            for band in parts
            if self.course.units[position, band]
        )
        count = f"{told(len(self.days))} days" if len(self.days) > 1 else "1 day"
        return (
            f"{self.title}. {self.subtitle}. {count} with events. "
            f"On {told_day(self.days[position])}: {named or 'nobody'}."
        )

    @property
    def alt(self) -> str:
        """The chart in words in the neutral form."""
        return plain(self.said)


def _change(shares: Fraction, stake: Fraction, style: Style) -> str:
    if not shares and not stake:
        return "Unchanged"
    points = f"{'+' if stake > 0 else ''}{percent(stake, style)} points"
    if not shares:
        return points
    return f"{'+' if shares > 0 else ''}{shown(Kind.SHARES, shares, style)} shares, {points}"


def ownership_chart(
    ledger: Ledger,
    lens: Lens,
    by: By = By.HOLDER,
    unit: Unit = Unit.PERCENT,
    gather: Gather = Gather.TOP_12,
    is_restated: bool = False,
    is_ultimate: bool = False,
) -> Chart:
    """Who owned what part of the lens's issuer over time, by holder, by security or by class.

    Those who are small are gathered in one band; shares are those of each day, or restated for all splits
    since. By holder, what other companies of the file own can pass on to their own owners: then it has the
    days of all these companies. It covers all days, whatever the lens's day, which it only marks. Figures
    are exact; on every day with an event they are those of `ownership`, or of `look_through_course`.

    >>> ownership_chart(Ledger(), Lens(date(2001, 8, 31))).empty
    'Add the first company on the Group page.'
    """
    return chart_wanted(ledger, lens, Wanted(By(by), Unit(unit), Gather(gather), is_restated, is_ultimate))


def chart_wanted(ledger: Ledger, lens: Lens, wanted: Wanted, name: str | None = None) -> Chart:
    """Return `ownership_chart` of what is asked; it is remembered until other charts are asked for.

    `name` is what the company is called, where that is not its name on the lens's day.
    """
    is_ultimate = wanted.is_ultimate and wanted.by is By.HOLDER
    asked = replace(wanted, is_ultimate=is_ultimate)
    name = name_looked_at(ledger, lens) if name is None else name
    return replace(_chart(ledger, replace(lens, as_of=date.max), asked, name), as_of=lens.as_of)


def name_looked_at(ledger: Ledger, lens: Lens) -> str:
    """Return the name that the lens's issuer has on the lens's day; "" without one."""
    return company_names(ledger, lens).get(lens.issuer or 0, "")


@lru_cache(maxsize=4)
def _chart(ledger: Ledger, lens: Lens, wanted: Wanted, name: str) -> Chart:
    by, unit, is_ultimate = wanted.by, wanted.unit, wanted.is_ultimate
    issuer = ledger.issuers.get(lens.issuer or 0)
    if issuer is None:
        return nothing_to_draw(lens, unit, "", "Add the first company on the Group page.")
    try:
        found = _course(ledger, lens, wanted)
    except CalculationRefused as refusal:
        return nothing_to_draw(lens, unit, name, str(refusal))
    is_restated = wanted.is_restated and unit is Unit.SHARES
    if is_restated:
        found = restated(ledger, lens, found)
    basis = BASIS_TITLES[lens.basis]
    if not found.units.any():
        return nothing_to_draw(
            lens,
            unit,
            name,
            f"Nobody ever held shares of {name} on the basis {basis}. Enter an issuance or an "
            "opening balance on the Transactions page.",
        )
    names = band_names(ledger, by)
    tones = told_apart(band_tone(ledger, key, by) for key in found.bands)
    note = ", restated for later splits" if is_restated else ""
    happenings = Happenings(ledger, replace(lens, issuer=None) if is_ultimate else lens)
    whose = "  ·  ultimate owners" if is_ultimate else ""
    until = _until(ledger, found.days)
    whole = "%" if unit is Unit.PERCENT else "Shares"
    return Chart(
        "ownership_over_time",
        "Ownership over time",
        f"{name}{whose}  ·  {basis}  ·  {_span(found.days)}",
        unit,
        f"{whole} of {name}, {basis}{', by ultimate owner' if is_ultimate else ''}{note}",
        tuple(Band(key, names[key], one) for key, one in zip(found.bands, tones, strict=True)),
        found,
        happenings,
        _marks(found.days, until, happenings),
        until,
        lens.as_of,
        is_restated=is_restated,
    )


def _course(ledger: Ledger, lens: Lens, wanted: Wanted) -> Course:
    by, gather = wanted.by, wanted.gather
    if wanted.is_ultimate:
        return gathered(look_through_course(ledger, lens, gather.most), gather)
    if by is By.CLASS:
        return by_class(ledger, course(ledger, lens, max(len(ledger.securities), 1), by_security=True))
    return gathered(course(ledger, lens, gather.most, by is By.SECURITY), gather)


def band_tone(ledger: Ledger, key: int, by: By) -> Tone:
    """Return the colour of a band; a class has its own."""
    if key == UNTRACED:
        return PALE_GREY
    if by is By.CLASS and key > 0:
        return TONES[(key - 1) % len(TONES)]
    return tone(ledger, key, by is By.SECURITY)


def nothing_to_draw(lens: Lens, unit: Unit, subtitle: str, sentence: str) -> Chart:
    """Return a chart of nothing, which says why."""
    nothing = np.zeros((0, 0), np.int64)
    return Chart(
        "ownership_over_time",
        "Ownership over time",
        subtitle,
        unit,
        "",
        (),
        Course((), (), nothing, nothing.sum(axis=1), 1),
        None,
        (),
        date.min,
        lens.as_of,
        sentence,
    )


def band_names(ledger: Ledger, by: By) -> dict[int, str]:
    """Return the name of every band that a chart can have, by its key."""
    if by is By.HOLDER:
        rest = {OTHERS: "Other holders", UNTRACED: "No ultimate owner", POOL: UNALLOCATED}
        return {**names_of(ledger, Stakeholder), **rest}
    if by is By.CLASS:
        titles = {number: CLASS_TITLES[kind] for number, kind in enumerate(CLASSES, 1)}
        return {**titles, OTHERS: "Other securities", POOL: UNALLOCATED}
    named = {security.id: security.name for security in ledger.securities.values()}
    return {**named, OTHERS: "Other securities", POOL: UNALLOCATED}


def _span(days: tuple[date, ...]) -> str:
    return " to ".join(told_day(day) for day in dict.fromkeys((days[0], days[-1])))


def _until(ledger: Ledger, days: tuple[date, ...]) -> date:
    """Return the last day drawn: that of the whole scenario, and some time after the last event."""
    span = max((days[-1] - days[0]).days, _LEAST_SPAN)
    scenario = date.fromordinal(int(ledger.transactions.numbers["date"].max()))
    return max(scenario, min(days[-1], date.max - timedelta(span)) + timedelta(max(span // 24, 1)))


def _marks(days: tuple[date, ...], until: date, happenings: Happenings) -> tuple[Mark, ...]:
    """Return the lines of a chart, merged where there are too many to be told apart."""
    apart = (until - days[0]).days // _MARKS if len(days) > _MARKS else 0
    marks: list[Mark] = []
    first = 0
    for position in range(1, len(days) + 1):
        if position < len(days) and (days[position] - days[first]).days <= apart:
            continue
        text = happenings.on(days[first]) if position - first == 1 else f"{position - first} days with events"
        marks.append(Mark(days[first], range(first, position), text))
        first = position
    return tuple(marks)
