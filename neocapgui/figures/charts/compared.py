"""The ownership of one company in two scenarios, one chart above the other on the same days and scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from neocapgui.engine.course import OTHERS
from neocapgui.engine.lens import Lens
from neocapgui.engine.look_through_course import UNTRACED
from neocapgui.engine.ownership import POOL
from neocapgui.engine.wording import plain
from neocapgui.figures.cap_table import BASIS_TITLES
from neocapgui.figures.charts.palette import TONES, apart_from
from neocapgui.figures.charts.stacked import (
    Band,
    By,
    Chart,
    Wanted,
    band_names,
    band_tone,
    chart_wanted,
    name_looked_at,
    nothing_to_draw,
)
from neocapgui.figures.kinds import quoted
from neocapgui.figures.likeness import folded
from neocapgui.ledger.ledger import Ledger

TITLE = "Ownership over time in two scenarios"
_AS_USUAL = Wanted()
_ALIKE = (OTHERS, UNTRACED, POOL)  # bands that stand for the same in every chart, last of all


@dataclass(frozen=True, slots=True)
class Side:
    """One of the scenarios that are compared."""

    title: str
    source: str = ""  # its file, and what it is known again by
    ledger: Ledger | None = None  # None where it could not be had
    trouble: str = ""  # why it could not be had, as a sentence


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The chart of one scenario under its name."""

    title: str
    source: str
    chart: Chart


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Two charts one above the other; that of the scenario on the screen stands above."""

    name: str  # stable: `ownership_over_time`
    title: str
    subtitle: str
    panels: tuple[Panel, Panel]
    as_of: date  # the day that is looked at
    empty: str = ""  # each panel says for itself what it has nothing of

    @property
    def said(self) -> str:
        """Both charts in words, for those who do not see them; figures and days marked for their language."""
        above, below = self.panels
        return (
            f"{self.title}. Above, {above.title}: {above.chart.said} Below, {below.title}: {below.chart.said}"
        )

    @property
    def alt(self) -> str:
        """Both charts in words in the neutral form."""
        return plain(self.said)


def compared(
    ledger: Ledger,
    lens: Lens,
    own: Side,
    other: Side,
    wanted: Wanted = _AS_USUAL,
) -> Compared:
    """Who owned what part of the lens's issuer over time, here and in another scenario.

    The company is found in the other scenario by its name, whatever the case; so are holders and papers:
    who has a name in both has the same colour and the same place in both. Everything else that is asked for
    is the same, and both charts have the same days and, in shares, the same scale. Where the other scenario
    could not be had, or knows no such company, its chart says so.
    """
    name, there = name_looked_at(ledger, lens), _issuer_there(ledger, lens, other)
    called = "" if there is None or other.ledger is None else name_looked_at(other.ledger, there)
    charts = _charts(ledger, replace(lens, as_of=date.max), other, wanted, (name, called))
    above, below = (replace(chart, as_of=lens.as_of) for chart in charts)
    titles = _told_apart(own, other)
    parts = [name, BASIS_TITLES[lens.basis]] if name else []
    parts += ["ultimate owners"] if wanted.is_ultimate and wanted.by is By.HOLDER else []
    return Compared(
        "ownership_over_time",
        TITLE,
        "  ·  ".join(parts),
        (Panel(titles[0], own.source, above), Panel(titles[1], other.source, below)),
        lens.as_of,
    )


def forget() -> None:
    """Let go of the scenarios that were compared last, which would be held until others are."""
    _charts.cache_clear()


@lru_cache(maxsize=2)
def _charts(
    ledger: Ledger, lens: Lens, other: Side, wanted: Wanted, names: tuple[str, str]
) -> tuple[Chart, Chart]:
    """Return both charts on the same axes, the other one in the colours and the order of the first."""
    above = chart_wanted(ledger, lens, wanted, names[0])
    below = _other(ledger, lens, other, wanted, names[1])
    if not above.empty and not below.empty:
        below = _alike(above, below, ledger, wanted.by)
        since, until = min(above.first, below.first), max(above.until, below.until)
        reaches = max(above.top(), below.top())
        above, below = (replace(chart, since=since, until=until, reaches=reaches) for chart in (above, below))
    return above, below


def _issuer_there(ledger: Ledger, lens: Lens, other: Side) -> Lens | None:
    """Return the lens on the company of the other scenario that has the same name; None without one."""
    issuer = ledger.issuers.get(lens.issuer or 0)
    same = None if issuer is None or other.ledger is None else same_company(issuer.name, other.ledger)
    return None if same is None else replace(lens, issuer=same)


def _other(ledger: Ledger, lens: Lens, other: Side, wanted: Wanted, name: str) -> Chart:
    issuer = ledger.issuers.get(lens.issuer or 0)
    if other.ledger is None or issuer is None:
        return nothing_to_draw(lens, wanted.unit, other.title, other.trouble or "No company is looked at.")
    there = _issuer_there(ledger, lens, other)
    if there is None:
        sentence = f"No company of {other.title} is called {quoted(issuer.name)}."
        return nothing_to_draw(lens, wanted.unit, other.title, sentence)
    return chart_wanted(other.ledger, there, wanted, name)


def same_company(name: str, other: Ledger) -> int | None:
    """Return the company of another scenario that has a name, whatever its case; None where none has."""
    return next((one.id for one in other.issuers.values() if folded(one.name) == folded(name)), None)


def _alike(above: Chart, below: Chart, ledger: Ledger, by: By) -> Chart:
    """Return the chart below with the bands in the colours and the order of the one above."""
    places = {folded(band.name): place for place, band in enumerate(above.bands)}

    def place(at: int) -> tuple[bool, int, int]:
        band = below.bands[at]
        return band.key in _ALIKE, places.get(folded(band.name), len(places)), at

    order = sorted(range(len(below.bands)), key=place)
    found = below.course
    return replace(
        below,
        bands=_coloured([below.bands[at] for at in order], above, ledger, by),
        course=replace(found, bands=tuple(found.bands[at] for at in order), units=found.units[:, order]),
    )


def _coloured(bands: Sequence[Band], above: Chart, ledger: Ledger, by: By) -> tuple[Band, ...]:
    """Return the bands below in the colours of those above, and no other band in one of these.

    Who is unknown above gets a colour that nobody has, as long as there is one, and stripes afterwards.
    """
    shown = {folded(band.name): band.tone for band in above.bands}
    known = {folded(name): band_tone(ledger, key, by) for key, name in band_names(ledger, by).items()}
    taken = {*shown.values(), *(known[folded(band.name)] for band in bands if folded(band.name) in known)}
    worn = set(shown.values())
    found: list[Band] = []
    for band in bands:
        name, tone = folded(band.name), band.tone
        if name in shown:
            tone = shown[name]
        elif name in known:
            tone = apart_from(known[name], worn)
        elif tone in taken:
            free = (one for one in TONES if one not in taken)
            tone = apart_from(next(free, tone), worn)
        worn.add(tone)
        taken.add(tone)
        found.append(replace(band, tone=tone))
    return tuple(found)


def _told_apart(own: Side, other: Side) -> tuple[str, str]:
    """Return what the two are called; two of the same title are told apart by their files."""
    if own.title != other.title:
        return own.title, other.title
    above, below = (f"{one.title} ({one.source})" if one.source else one.title for one in (own, other))
    return above, below
