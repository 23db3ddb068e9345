"""Charts as data: the bands tile the whole, and every figure is the engine's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neocapgui.engine.course import OTHERS
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.ownership import POOL, ownership
from neocapgui.exchange.samples import sample
from neocapgui.figures.charts.palette import GREY, HUES, PALE_GREY, TONES, Shade, tone
from neocapgui.figures.charts.stacked import By, Chart, Unit, Wanted, ownership_chart
from neocapgui.figures.charts.table import ownership_over_time
from neocapgui.figures.kinds import Style
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.facts import ConversionRight, Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty, ConversionBasis, Exercise, SecurityKind
from neocapgui.ledger.transactions import Transaction

FIRST = date(2001, 1, 1)
ACME = 1
COMMON, PREFERRED, PLAN = 1, 2, 3
ADA, BOB = 1, 2
EVER = Lens(date(2001, 12, 31), ACME)


def day(number: int) -> date:
    return FIRST + timedelta(number)


def issue(id: int, on: int, who: int, quantity: int, paper: int = COMMON) -> Transaction:
    return Transaction(id, day(on), "issuance", security=paper, stakeholder=who, quantity=Decimal(quantity))


def scenario(*transactions: Transaction) -> Ledger:
    """Return a company with common, preferred that turns into two of it, and a plan for 100."""
    who = ("Ada", "Bob", *(f"Holder {number}" for number in range(3, 16)))
    return Ledger(
        issuers={ACME: Issuer(ACME, "Acme")},
        stakeholders={id: Stakeholder(id, name) for id, name in enumerate(who, 1)},
        securities={
            COMMON: Security(COMMON, ACME, "Common", SecurityKind.COMMON, votes=Decimal(1)),
            PREFERRED: Security(PREFERRED, ACME, "Series A", SecurityKind.PREFERRED),
            PLAN: Security(
                PLAN, ACME, "Plan", SecurityKind.OPTION_PLAN, reserve=Decimal(100), exercise=Exercise(COMMON)
            ),
        },
        conversion_rights={
            1: ConversionRight(1, PREFERRED, COMMON, ConversionBasis.RATIO, ratio=Fraction(2))
        },
        transactions=Transactions.of(transactions),
    )


@pytest.fixture
def acme() -> Ledger:
    """Ada 750, Bob 250; then Bob gets 500 Series A, which turn into 1,000; then Ada leaves 125 to Bob."""
    return scenario(
        issue(1, 0, ADA, 750),
        issue(2, 0, BOB, 250),
        issue(3, 40, BOB, 500, PREFERRED),
        Transaction(
            4, day(90), "transfer", security=COMMON, stakeholder=ADA, counterparty=BOB, quantity=Decimal(125)
        ),
    )


issuances = st.builds(
    issue,
    st.just(0),
    st.integers(0, 300),
    st.integers(1, 12),
    st.integers(1, 10**6),
    st.sampled_from([COMMON, PREFERRED]),
)
scenarios = st.lists(issuances, min_size=1, max_size=30).map(
    lambda found: scenario(*(replace(one, id=number) for number, one in enumerate(found, 1)))
)
views = st.tuples(st.sampled_from(list(By)), st.sampled_from(list(Basis)))


@given(scenarios, views, st.integers(-5, 320).map(day))
def test_the_bands_tile_to_the_whole_on_each_day(
    ledger: Ledger, view: tuple[By, Basis], looked_at: date
) -> None:
    lens = Lens(looked_at, ACME, view[1])
    shares = ownership_chart(ledger, lens, view[0], Unit.SHARES)
    edges = ownership_chart(ledger, lens, view[0], Unit.PERCENT).edges()
    totals = [ownership(ledger, replace(lens, as_of=on)).total for on in shares.days]
    assert np.all(np.diff(edges, axis=1) >= 0)
    assert np.all(edges[:, 0] == 0)
    assert np.allclose(edges[:, -1], [100.0 if total else 0.0 for total in totals])
    if shares.days:
        assert np.allclose(shares.edges()[:, -1], [float(total) for total in totals])


@given(scenarios, st.sampled_from(list(Basis)), st.integers(0, 320).map(day))
def test_on_any_day_a_chart_by_holder_says_what_ownership_says(
    ledger: Ledger, basis: Basis, on: date
) -> None:
    lens = Lens(on, ACME, basis)
    chart = ownership_chart(ledger, lens)
    position = chart.course.position(on)
    company = ownership(ledger, lens)
    if position is None or chart.empty:
        assert all(owner.stakeholder == POOL for owner in company) or not chart.days
        return
    drawn = {
        band.key: (chart.course.shares(position, place), chart.course.stake(position, place))
        for place, band in enumerate(chart.bands)
    }
    others = [owner for owner in company if owner.stakeholder not in drawn]
    assert drawn.pop(OTHERS, (0, 0)) == (
        sum(owner.shares for owner in others),
        sum(owner.stake for owner in others),
    )
    assert drawn == {key: (company.of(key).shares, company.of(key).stake) for key in drawn}


def test_a_reading_says_day_event_holder_shares_percent_and_change(acme: Ledger) -> None:
    chart = ownership_chart(acme, EVER)
    bob = [band.name for band in chart.bands].index("Bob")
    assert chart.reading(1, bob).text == (
        "10 Feb 2001\nIssuance of Series A, Bob\nBob\n1,250 shares, 62.50 %\n"
        "+1,000 shares, +37.50 points since 1 Jan 2001"
    )
    ada = 1 - bob
    assert chart.reading(2, ada).text == (
        "1 Apr 2001\nTransfer of Common, Ada\nAda\n625 shares, 31.25 %\n"
        "-125 shares, -6.25 points since 10 Feb 2001"
    )
    assert chart.reading(0, ada).text == "1 Jan 2001\nIssuance × 2 of Common\nAda\n750 shares, 75.00 %"


def test_a_day_of_many_issues_says_of_which_papers_they_were() -> None:
    filed = sample("neotherapeutics-as-filed")
    chart = ownership_chart(filed, Lens(date.max, 1))
    said = {day: chart.event(position) for position, day in enumerate(chart.days)}
    assert said[date(2002, 9, 5)].endswith("Split of Common Stock")
    assert said[date(2003, 5, 8)].startswith("Issuance × 3 of Series D 8% Cumulative Convertible Voting")
    assert said[date(2003, 5, 8)].endswith(" and 2 others")


def test_a_reading_wears_the_marks_of_the_language(acme: Ledger) -> None:
    chart = ownership_chart(acme, EVER)
    style = Style(decimal_mark=",", group_mark=".", months=tuple("abcdefghijkl"))
    said = chart.reading(1, 1, style)
    assert (said.day, said.shares, said.percent) == ("10 b 2001", "1.250", "62,50")


def test_what_did_not_move_is_said_to_be_unchanged(acme: Ledger) -> None:
    chart = ownership_chart(acme, EVER, By.SECURITY)
    assert [band.name for band in chart.bands] == ["Common", "Series A"]
    assert chart.reading(2, 0).change == "Unchanged since 10 Feb 2001"


def test_the_figures_of_a_day_stand_beside_the_bands_and_nothing_is_a_blank(acme: Ledger) -> None:
    chart = ownership_chart(acme, EVER, By.SECURITY)
    assert chart.figures(0) == ("100.00", "")
    assert ownership_chart(acme, EVER, By.SECURITY, Unit.SHARES).figures(1) == ("1,000", "1,000")


def test_the_alternative_text_has_the_figures_of_the_day_that_is_looked_at(acme: Ledger) -> None:
    assert ownership_chart(acme, Lens(day(41), ACME)).alt == (
        "Ownership over time. Acme  ·  as converted  ·  1 Jan 2001 to 1 Apr 2001. 3 days with events. "
        "On 10 Feb 2001: Bob 62.50 %, Ada 37.50 %."
    )
    assert "On 1 Jan 2001: Ada 75.00 %, Bob 25.00 %." in ownership_chart(acme, Lens(day(-9), ACME)).alt


def test_the_unallocated_pool_is_a_band_of_the_fully_diluted_chart(acme: Ledger) -> None:
    chart = ownership_chart(acme, replace(EVER, basis=Basis.FULLY_DILUTED))
    assert [(band.name, band.tone) for band in chart.bands][-1] == ("Available under plans", PALE_GREY)
    assert chart.course.shares(0, 2) == 100


def test_a_planned_event_is_drawn_only_where_planned_events_count(acme: Ledger) -> None:
    planned = replace(issue(9, 200, ADA, 1_000), certainty=Certainty.PLANNED)
    ledger = replace(acme, transactions=Transactions.of([*acme.transactions, planned]))
    assert len(ownership_chart(ledger, EVER).days) == 3
    chart = ownership_chart(ledger, replace(EVER, planned=True))
    assert chart.days[-1] == day(200)
    assert chart.event(3) == "Issuance of Common, Ada"


def test_a_company_of_which_nobody_holds_anything_says_so_and_what_to_do() -> None:
    chart = ownership_chart(scenario(), EVER)
    assert chart.empty == (
        "Nobody ever held shares of Acme on the basis as converted. Enter an issuance or an opening balance "
        "on the Transactions page."
    )
    assert chart.alt == f"Ownership over time. Acme. {chart.empty}"
    assert chart.edges().shape == (0, 1)
    assert ownership_over_time(scenario(), EVER).empty == chart.empty


def test_without_a_company_there_is_a_sentence() -> None:
    assert ownership_chart(Ledger(), Lens(FIRST)).empty == "Add the first company on the Group page."


def test_what_cannot_be_counted_has_no_band_and_the_rest_is_drawn(acme: Ledger) -> None:
    back = ConversionRight(2, PREFERRED, PREFERRED, ConversionBasis.RATIO, ratio=Fraction(1))
    chart = ownership_chart(replace(acme, conversion_rights={2: back}), EVER, By.SECURITY)
    assert [band.name for band in chart.bands] == ["Common"]


def test_a_holding_below_nothing_has_no_height_and_keeps_its_figure() -> None:
    given_away = Transaction(
        3, day(5), "transfer", security=COMMON, stakeholder=BOB, counterparty=ADA, quantity=Decimal(50)
    )
    chart = ownership_chart(scenario(issue(1, 0, ADA, 100), given_away), EVER)
    bob = [band.key for band in chart.bands].index(BOB)
    assert chart.course.shares(1, bob) == -50
    assert chart.edges()[1].tolist() == [0, 100, 100]


def test_days_too_close_to_be_told_apart_share_a_mark() -> None:
    ledger = scenario(*(issue(number, 3 * number, ADA, 1) for number in range(1, 200)))
    chart = ownership_chart(ledger, EVER)
    assert len(chart.days) == 199
    assert len(chart.marks) <= 49
    assert [place for mark in chart.marks for place in mark.positions] == list(range(199))
    assert chart.marks[0].text == "5 days with events"


def test_the_table_behind_a_chart_has_a_line_a_day_and_a_column_a_band(acme: Ledger) -> None:
    table = ownership_over_time(acme, EVER, Wanted(unit=Unit.SHARES))
    assert [column.title for column in table.columns] == ["Day", "What happened", "Ada", "Bob", "All shares"]
    assert table.rows[2].cells == (day(90), "Transfer of Common, Ada", 625, 1_375, 2_000)
    assert table.rows[2].key == day(90)


def all_charts(ledger: Ledger) -> list[Chart]:
    return [
        ownership_chart(ledger, Lens(date.max, issuer, basis))
        for issuer in ledger.issuers
        for basis in (Basis.OUTSTANDING, Basis.AS_CONVERTED, Basis.FULLY_DILUTED)
    ]


def test_the_same_holder_has_the_same_colour_in_every_chart() -> None:
    tones = {
        (band.key, band.tone)
        for chart in all_charts(sample("neotherapeutics-as-filed"))
        for band in chart.bands
    }
    assert len(tones) == len({key for key, _ in tones})


def test_the_large_owners_of_a_company_have_different_colours() -> None:
    ledger = sample("neotherapeutics-as-filed")
    for issuer in ledger.issuers:
        tones = [band.tone for band in ownership_chart(ledger, Lens(date.max, issuer)).bands]
        assert len(set(tones)) == len(tones)


def test_owners_of_two_companies_have_different_colours_while_there_are_enough(acme: Ledger) -> None:
    works = Security(9, 2, "Works Common", SecurityKind.COMMON, votes=Decimal(1))
    group = replace(
        acme,
        issuers={**acme.issuers, 2: Issuer(2, "Works")},
        securities={**acme.securities, 9: works},
        transactions=Transactions.of(
            [*acme.transactions, issue(9, 99, 3, 60, works.id), issue(10, 99, 4, 40, works.id)]
        ),
    )
    assert len({tone(group, who) for who in (ADA, BOB, 3, 4)}) == 4


def test_an_edit_that_moves_one_owner_past_the_other_leaves_their_colours(acme: Ledger) -> None:
    more = replace(acme, transactions=Transactions.of([*acme.transactions, issue(9, 99, BOB, 5_000)]))
    assert [band.name for band in ownership_chart(acme, EVER).bands] == ["Ada", "Bob"]
    assert [band.name for band in ownership_chart(more, EVER).bands] == ["Bob", "Ada"]
    assert [tone(acme, who) for who in (ADA, BOB)] == [tone(more, who) for who in (ADA, BOB)]


def test_the_others_together_are_grey() -> None:
    ledger = scenario(*(issue(who, 0, who, 100 * who) for who in range(1, 16)))
    bands = ownership_chart(ledger, EVER).bands
    assert (bands[-1].name, bands[-1].tone) == ("Other holders", GREY)
    assert len({band.tone for band in bands}) == 13


def test_the_first_six_colours_are_the_plain_hues() -> None:
    assert [one.hue for one in TONES[:HUES]] == list(range(HUES))
    assert {one.shade for one in TONES[:HUES]} == {Shade.PLAIN}


def test_ultimate_owners_fill_the_chart_and_their_figures_are_the_engines() -> None:
    ledger, lens = sample("neotherapeutics-as-filed"), Lens(date(2001, 8, 31), 2)
    for unit in Unit:
        chart = ownership_chart(ledger, lens, unit=unit, is_restated=True, is_ultimate=True)
        edges = chart.edges()
        assert np.isfinite(edges).all()
        assert (np.diff(edges, axis=1) >= 0).all()
        position = chart.course.position(lens.as_of)
        assert position is not None
        public = next(band for band, one in enumerate(chart.bands) if one.name == "Public and other holders")
        part = Fraction(661_464_871, 1_259_388_144) * Fraction(206_111, 231_111)
        assert chart.course.stake(position, public) == part
    assert "NeoTherapeutics, Inc." not in [band.name for band in chart.bands]
    assert ownership_chart(ledger, lens, By.SECURITY, is_ultimate=True).subtitle.count("ultimate") == 0


def test_too_many_days_for_ultimate_owners_are_said_in_the_chart() -> None:
    chart = ownership_chart(scenario(*(issue(n, n, ADA, 1) for n in range(1, 1002))), EVER, is_ultimate=True)
    assert chart.empty == (
        "Ultimate owners over time are shown for up to 1,000 days with events: Acme and the companies that "
        "own it have 1,001 or more. Choose Direct owners instead."
    )
