"""Behind every picture of the samples stand the engine's own figures, exactly, from any point of view."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from neocapgui.engine.bridge import bridge
from neocapgui.engine.group import group
from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.look_through_course import look_through_course
from neocapgui.engine.market_range import price_curve
from neocapgui.engine.ownership import ownership, weights
from neocapgui.exchange.samples import SAMPLES, sample
from neocapgui.figures.charts.bridge import Steps, bridge_chart
from neocapgui.figures.charts.gathering import CLASS_TITLES, Gather, split_ratios
from neocapgui.figures.charts.group_diagram import group_diagram
from neocapgui.figures.charts.overhang import overhang_chart
from neocapgui.figures.charts.stacked import By, Unit, ownership_chart
from neocapgui.figures.charts.stake import stake_chart
from neocapgui.figures.charts.table import table_behind
from neocapgui.figures.company_names import company_names
from neocapgui.figures.tables import Table
from neocapgui.ledger.ledger import Ledger

BOOKS = {one.name: sample(one.name) for one in SAMPLES}
OTHERS, POOL = ("Other holders", "Other securities"), "Available under plans"
SHOWN = ("Direct", "Effective")
DAY, SAID = 2, -1  # columns before those of the bands, and after them


@st.composite
def views(draw: st.DrawFn) -> tuple[str, Lens]:
    """Return the name of a sample and a point of view from which something of it may be seen."""
    name = draw(st.sampled_from(list(BOOKS)))
    ledger = BOOKS[name]
    days = sorted(set(ledger.transactions.numbers["date"].tolist()))
    on = draw(st.sampled_from(days)) + draw(st.sampled_from([-1, 0, 0, 40]))
    known = draw(st.sampled_from([None, None, date.fromordinal(days[len(days) // 2])]))
    issuer, basis = draw(st.sampled_from(sorted(ledger.issuers))), draw(st.sampled_from(list(Basis)))
    return name, Lens(date.fromordinal(on), issuer, basis, draw(st.booleans()), known)


def lines(table: Table) -> list[tuple[date, dict[str, Fraction], Fraction]]:
    """Return for each line its day, the figures that it has by name, and all shares."""
    names = [column.title for column in table.columns[DAY:SAID]]
    assert len(set(names)) == len(names)
    return [
        (
            row.cells[0],
            {name: cell for name, cell in zip(names, row.cells[DAY:SAID], strict=True) if cell is not None},
            row.cells[SAID] or Fraction(0),
        )
        for row in table.rows
    ]


def shares_of(ledger: Ledger, lens: Lens, by: By) -> dict[str, Fraction]:
    """Return the shares of one day by the names that a chart can have, from the cap table of that day."""
    company = ownership(ledger, lens)
    pool = company.of(0).shares
    found: dict[str, Fraction] = {POOL: pool} if pool else {}
    if by is By.HOLDER:
        for owner in company:
            if owner.stakeholder and owner.shares:
                found[ledger.stakeholders[owner.stakeholder].name] = owner.shares
        return found
    counts, _ = weights(ledger, lens, lens.issuer or 0)
    own = {who.id for who in ledger.stakeholders.values() if who.issuer == lens.issuer}
    for held in holdings(ledger, lens):
        if held.stakeholder in own or held.security not in counts:
            continue
        paper = ledger.securities[held.security]
        name = paper.name if by is By.SECURITY else CLASS_TITLES[paper.kind]
        found[name] = found.get(name, Fraction(0)) + held.quantity * counts[held.security]
    return {name: shares for name, shares in found.items() if shares}


def in_bands(shares: dict[str, Fraction], bands: set[str]) -> dict[str, Fraction]:
    """Return shares by the bands of a chart; who has none is among the others."""
    found: dict[str, Fraction] = {}
    for name, held in shares.items():
        band = name if name in bands else next(other for other in OTHERS if other in bands)
        found[band] = found.get(band, Fraction(0)) + held
    return {name: held for name, held in found.items() if held}


@given(views(), st.sampled_from(list(By)), st.sampled_from(list(Gather)))
def test_shares_and_percent_over_time_are_those_of_the_cap_table_of_each_day(
    view: tuple[str, Lens], by: By, gather: Gather
) -> None:
    ledger, lens = BOOKS[view[0]], view[1]
    charts = [ownership_chart(ledger, lens, by, unit, gather) for unit in (Unit.SHARES, Unit.PERCENT)]
    bands = {band.name for band in charts[0].bands}
    shares, percent = (lines(table_behind(chart)) for chart in charts)
    assert len(shares) == len(percent) == len(charts[0].days)
    for (on, held, total), (also_on, stakes, _) in zip(shares, percent, strict=True):
        company = ownership(ledger, replace(lens, as_of=on))
        assert on == also_on
        assert held == in_bands(shares_of(ledger, replace(lens, as_of=on), by), bands)
        assert total == company.total == sum(held.values())
        assert stakes == {name: figure / company.total for name, figure in held.items()}
        assert sum(stakes.values()) == (1 if company.total else 0)


@given(views(), st.sampled_from([By.HOLDER, By.SECURITY]), st.sampled_from(list(Gather)))
def test_restated_shares_are_those_of_their_day_times_all_later_splits(
    view: tuple[str, Lens], by: By, gather: Gather
) -> None:
    ledger, lens = BOOKS[view[0]], view[1]
    plain = lines(table_behind(ownership_chart(ledger, lens, by, Unit.SHARES, gather)))
    moved = lines(table_behind(ownership_chart(ledger, lens, by, Unit.SHARES, gather, is_restated=True)))
    for (on, held, total), (_, restated, all_restated) in zip(plain, moved, strict=True):
        factor = Fraction(1)
        for day, ratio in split_ratios(ledger, lens):
            factor *= ratio if day > on else 1
        assert restated == {name: figure * factor for name, figure in held.items()}
        assert all_restated == total * factor


@given(views(), st.sampled_from(list(Gather)))
def test_ultimate_owners_are_the_engines_and_sum_to_the_company(
    view: tuple[str, Lens], gather: Gather
) -> None:
    ledger, lens = BOOKS[view[0]], view[1]
    chart = ownership_chart(ledger, lens, By.HOLDER, Unit.PERCENT, gather, is_ultimate=True)
    found = look_through_course(ledger, replace(lens, as_of=date.max), gather.most)
    names = {key: who.name for key, who in ledger.stakeholders.items()}
    bands = {band.name for band in chart.bands}
    for position, (on, stakes, total) in enumerate(lines(table_behind(chart))):
        company = ownership(ledger, replace(lens, as_of=on))
        assert on == found.days[position]
        assert total == company.total
        assert sum(stakes.values()) == (1 if company.total else 0)
        for place, key in enumerate(found.bands):
            if names.get(key) in bands:
                assert stakes.get(names[key], 0) == found.stake(position, place)


@given(views())
def test_a_stake_over_time_and_those_of_the_group_are_the_engines(view: tuple[str, Lens]) -> None:
    ledger, lens = BOOKS[view[0]], view[1]
    stakes = group(ledger, lens)
    for one in stakes:
        who = ledger.stakeholder_of(one.owner)
        drawn = lines(table_behind(stake_chart(ledger, lens, one.owner, one.issuer)))
        owner = company_names(ledger, lens)[one.owner]
        for on, parts, _ in drawn:
            company = ownership(ledger, replace(lens, as_of=on, issuer=one.issuer))
            held = Fraction(0) if who is None else company.of(who.id).stake
            assert parts.get(owner, 0) == held
            assert sum(parts.values()) == (1 if company.total else 0)
    table = table_behind(group_diagram(ledger, lens))
    direct, effective = ([column.title for column in table.columns].index(f"{one} %") for one in SHOWN)
    assert [(row.cells[direct] or 0, row.cells[effective]) for row in table.rows] == [
        (one.direct, one.effective) for one in stakes
    ]


@given(views(), st.sampled_from(list(Steps)), st.data())
def test_a_bridge_leads_from_stake_to_stake_by_what_its_columns_say(
    view: tuple[str, Lens], steps: Steps, data: st.DataObject
) -> None:
    ledger, lens = BOOKS[view[0]], view[1]
    owners = [owner.stakeholder for owner in ownership(ledger, lens) if owner.stakeholder]
    if not owners:
        return
    holder = data.draw(st.sampled_from(owners))
    first = date.fromordinal(data.draw(st.integers(lens.as_of.toordinal() - 1500, lens.as_of.toordinal())))
    chart = bridge_chart(ledger, lens, holder, first, None, steps)
    start = ownership(ledger, replace(lens, as_of=first)).of(holder).stake
    end = ownership(ledger, lens).of(holder).stake
    moves = [column.contribution for column in chart.columns if not column.is_whole]
    assert (chart.columns[0].stake, chart.columns[-1].stake) == (start, end)
    assert sum(moves, start) == end
    table = table_behind(chart)
    contributions = [row.cells[4] for row in table.rows if row.cells[4] is not None]
    found = bridge(ledger, lens, holder, first, lens.as_of)
    assert contributions == [step.contribution for step in found.steps]
    assert table.total is not None
    assert sum(contributions, Fraction(0)) == table.total.cells[4] == end - start
    assert table.total.cells[5] == end


@given(views())
def test_a_curve_has_the_points_of_the_engine(view: tuple[str, Lens]) -> None:
    ledger, lens = BOOKS[view[0]], view[1]
    chart = overhang_chart(ledger, lens)
    if chart.empty:
        assert not table_behind(chart).rows
        return
    curves = [price_curve(ledger, lens, right) for right in ledger.conversion_rights.values()]
    rows = [row.cells for row in table_behind(chart).rows]
    assert rows in [
        [
            (one.market_price, one.conversion_price, one.governs, one.shares, one.part, one.issuable)
            for one in curve.points
        ]
        for curve in curves
        if curve is not None
    ]
