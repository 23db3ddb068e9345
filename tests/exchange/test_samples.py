"""The samples tell the published story to one share, by a replay of its own that is obviously right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from neocapgui.exchange.samples import SAMPLES, SampleUnknown, sample
from neocapgui.exchange.scenario_text import from_text, to_text
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty, ConversionBasis
from neocapgui.ledger.transactions import KIND, Transaction, missing_fields

Holdings = dict[tuple[int, int], Fraction]  # by stakeholder and security


@pytest.fixture(scope="module")
def filed() -> Ledger:
    return sample("neotherapeutics-as-filed")


@pytest.fixture(scope="module")
def announced() -> Ledger:
    return sample("neotherapeutics-as-announced")


@pytest.fixture(params=[one.name for one in SAMPLES])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    return sample(request.param)


def holdings(ledger: Ledger, day: date, planned: bool = False) -> Holdings:
    """Replay the records up to the end of a day; nobody may ever hold less than nothing."""
    held: Holdings = defaultdict(Fraction)
    for entry in ledger.transactions:
        if entry.date > day or (entry.certainty is Certainty.PLANNED and not planned):
            continue
        if entry.ratio is not None:
            assert entry.value == "cash"
            for place in [place for place in held if place[1] == entry.security]:
                held[place] = Fraction(held[place] * entry.ratio // 1)
        for leg in KIND[entry.kind].legs:
            if getattr(entry, leg.holder) is not None:
                place = (getattr(entry, leg.holder), getattr(entry, leg.security))
                held[place] += leg.sign * Fraction(getattr(entry, leg.quantity))
                assert held[place] >= 0, entry
    return held


def named(facts: Iterable[Issuer | Stakeholder | Security], name: str) -> int:
    (found,) = (fact.id for fact in facts if fact.name == name)
    return found


def security(ledger: Ledger, issuer: str, name: str) -> int:
    return named(ledger.securities_of(named(ledger.issuers.values(), issuer)), name)


def outstanding(ledger: Ledger, id: int, day: date, planned: bool = False) -> Fraction:
    held = holdings(ledger, day, planned)
    return sum((shares for (_, paper), shares in held.items() if paper == id), Fraction(0))


def held_by(ledger: Ledger, who: str, id: int, day: date, planned: bool = False) -> Fraction:
    return holdings(ledger, day, planned)[named(ledger.stakeholders.values(), who), id]


def parent_stake_in_neogene(ledger: Ledger, day: date) -> Fraction:
    neogene = named(ledger.issuers.values(), "NeoGene Technologies, Inc.")
    common = security(ledger, "NeoGene Technologies, Inc.", "Common Stock")
    parent = named(ledger.stakeholders.values(), "NeoTherapeutics, Inc.")
    ratios = {common: Fraction(1)} | {
        right.security: right.ratio
        for right in ledger.conversion_rights.values()
        if right.into == common and right.basis is ConversionBasis.RATIO and right.ratio
    }
    assert {ledger.securities[id].issuer for id in ratios} == {neogene}
    shares = {
        place: held * ratios[place[1]] for place, held in holdings(ledger, day).items() if place[1] in ratios
    }
    return Fraction(sum(held for (who, _), held in shares.items() if who == parent), sum(shares.values()))


# Every sample


def test_the_samples_are_listed_by_name_and_title() -> None:
    assert {one.name: one.title for one in SAMPLES}.items() >= {
        "neotherapeutics-as-announced": "NeoTherapeutics as announced",
        "neotherapeutics-as-filed": "NeoTherapeutics as filed",
    }.items()


def test_an_unknown_sample_is_refused_with_the_names() -> None:
    with pytest.raises(SampleUnknown) as refusal:
        sample("acme")
    assert str(refusal.value) == (
        f"There is no sample “acme”; there are {', '.join(one.name for one in SAMPLES)}."
    )


def test_a_sample_written_and_read_again_is_the_same(ledger: Ledger) -> None:
    again = from_text(to_text(ledger))
    assert again.securities == ledger.securities
    assert again.approvals == ledger.approvals
    in_order = [replace(entry, id=id) for id, entry in enumerate(ledger.transactions, 1)]
    assert list(again.transactions) == in_order


def test_every_fact_says_where_it_comes_from(ledger: Ledger) -> None:
    tables = (
        ledger.issuers,
        ledger.securities,
        ledger.conversion_rights,
        ledger.prices,
        ledger.approvals,
        ledger.published_counts,
    )
    assert all(fact.source for table in tables for fact in table.values())
    assert all(entry.source for entry in ledger.transactions)


def test_every_entry_says_what_its_kind_needs_and_no_more(ledger: Ledger) -> None:
    own = {"id", "date", "kind", "order", "certainty", "recorded", "source", "note"}
    for entry in ledger.transactions:
        assert missing_fields(entry) == ()
        kind = KIND[entry.kind]
        said = {name for name in Transaction.__dataclass_fields__ if getattr(entry, name) not in (None, "")}
        assert said <= own | {*kind.needs, *kind.may}, entry


def test_an_amount_is_price_times_shares_within_one_share(ledger: Ledger) -> None:
    for entry in ledger.transactions:
        if entry.price is not None and entry.amount is not None:
            shares = getattr(entry, KIND[entry.kind].per_share)
            assert abs(entry.price * shares - entry.amount) <= entry.price, entry


def test_what_is_assumed_or_unexplained_says_so(ledger: Ledger) -> None:
    for entry in ledger.transactions:
        if entry.certainty is not Certainty.PUBLISHED:
            assert entry.note, entry
        if entry.certainty is Certainty.ASSUMED:
            assert "assumed" in entry.note.lower(), entry
        if entry.note.startswith("unexplained"):
            assert entry.certainty is Certainty.INFERRED
            if entry.kind == "issuance" and entry.stakeholder is not None:
                assert ledger.stakeholders[entry.stakeholder].kind == "group"


def test_nobody_ever_holds_less_than_nothing_and_paper_is_held_in_its_life(ledger: Ledger) -> None:
    days = {entry.date for entry in ledger.transactions}
    for day in days:
        for (_, id), shares in holdings(ledger, day, planned=True).items():
            paper = ledger.securities[id]
            assert shares >= 0
            if shares:
                assert paper.issued is None or paper.issued <= day, paper
                assert paper.exercise.expires is None or paper.exercise.expires > day, paper


# As filed


def test_the_ledger_meets_every_published_count_but_the_one_the_filings_miss(filed: Ledger) -> None:
    differences = {
        count.date: outstanding(filed, count.security, count.date) - Fraction(count.shares)
        for count in filed.published_counts.values()
    }
    assert len(differences) == 14
    assert {day: difference for day, difference in differences.items() if difference} == {
        date(2003, 1, 15): 1  # ledger 2,726,020, filing 2,726,019
    }


COMMON = {
    date(2001, 8, 10): 20_777_181,
    date(2002, 3, 11): 23_776_951,
    date(2002, 3, 13): 26_351_951,
    date(2002, 3, 14): 26_351_951,
    date(2002, 3, 15): 26_876_951,
    date(2002, 7, 12): 39_318_022,
    date(2002, 9, 5): 1_615_094,
    date(2002, 11, 11): 1_615_094,
    date(2002, 11, 21): 2_084_094,
    date(2002, 12, 19): 2_369_094,
    date(2003, 1, 14): 2_726_020,
    date(2003, 12, 31): 6_514_697,
}


@pytest.mark.parametrize("day", COMMON, ids=str)
def test_common_outstanding_follows_the_filings(filed: Ledger, day: date) -> None:
    common = security(filed, "NeoTherapeutics, Inc.", "Common Stock")
    assert outstanding(filed, common, day) == COMMON[day]


@pytest.mark.parametrize(
    ("day", "shares", "percent"),
    [
        (date(2000, 9, 20), 875_000, "87.50"),
        (date(2001, 6, 1), 875_000, "75.72"),
        (date(2001, 6, 25), 919_445, "79.57"),
        (date(2001, 8, 13), 1_030_555, "89.18"),
        (date(2003, 12, 31), 1_030_555, "89.18"),
    ],
    ids=str,
)
def test_the_parent_owns_more_of_neogene_step_by_step(
    filed: Ledger, day: date, shares: int, percent: str
) -> None:
    stake = parent_stake_in_neogene(filed, day)
    assert stake == Fraction(shares, 1_155_555 if day > date(2000, 12, 18) else 1_000_000)
    assert round(stake * 100, 2) == Fraction(percent)


def test_series_c_is_converted_twice_and_bought_back(filed: Ledger) -> None:
    series_c = security(filed, "NeoTherapeutics, Inc.", "7% Series C Preferred Stock")
    common = security(filed, "NeoTherapeutics, Inc.", "Common Stock")
    steps = [
        (date(2001, 6, 24), 0, 0),
        (date(2001, 6, 25), 200, 0),
        (date(2001, 8, 15), 130, 201_149),
        (date(2001, 8, 31), 30, 483_635),
        (date(2001, 9, 19), 0, 483_635),
        (date(2002, 9, 5), 0, 19_345),
    ]
    for day, preferred, shares in steps:
        assert outstanding(filed, series_c, day) == preferred
        assert held_by(filed, "Societe Generale", common, day) == shares


def test_the_deals_add_up_to_what_the_papers_say(filed: Ledger) -> None:
    def sums(day: date, kind: str, id: int, field: str) -> Decimal:
        entries = [entry for entry in filed.transactions if (entry.date, entry.kind) == (day, kind)]
        return sum((getattr(entry, field) for entry in entries if entry.security == id), Decimal(0))

    common = security(filed, "NeoTherapeutics, Inc.", "Common Stock")
    series_a = security(filed, "NeoGene Technologies, Inc.", "Series A Convertible Preferred Stock")
    series_c = security(filed, "NeoTherapeutics, Inc.", "7% Series C Preferred Stock")
    placements = {
        date(1999, 11, 19): (845_594, 10_000_000),
        date(2000, 2, 25): (520_324, 8_000_000),
        date(2000, 9, 29): (968_524, 8_000_000),
        date(2001, 4, 17): (1_176_470, 6_000_000),
        date(2001, 5, 17): (1_400_000, 5_950_000),
    }
    for day, (shares, money) in placements.items():
        assert sums(day, "issuance", common, "quantity") == shares
        assert sums(day, "issuance", common, "amount") == money
    assert sums(date(2000, 9, 21), "issuance", series_a, "quantity") == 111_110
    assert sums(date(2001, 8, 13), "transfer", series_a, "quantity") == 111_110
    assert sums(date(2001, 8, 13), "transfer", series_a, "amount") == Decimal("5719959.68")
    assert sums(date(2001, 9, 19), "repurchase", series_c, "amount") == Decimal("356049.94")


WARRANTS = {  # units on 31 December 2003, as issued
    "Representatives' warrants at $9.12": 250_000,
    "Warrants of 17 May 1999 at $11.40": 80_000,
    "Closing Warrants of 19 November 1999 at $14.235": 126_839,
    "Warrants of 25 February 2000": 104_000,
    "Class A Warrants of 6 April 2000": 315_000,
    "NeoGene Closing Warrants of 21 September 2000": 80_000,
    "Warrants of 17 May 2001 at $6.00": 280_000,
    "Warrants of March 2002 at $2.75": 775_000,
    "Warrants of 7 June 2002 at $0.275": 593_548,
    "Series D warrants at $3.00, first closing": 944_681,
    "Series D warrants at $3.00, second closing": 331_914,
    "Warrants registered 29 October 2003": 3_136_000,
    "Public warrants (NEOTW) at $11.40": 0,
    "Class B Warrants of 6 April 2000": 0,
    "Adjustable Warrants of 29 September 2000": 0,
}


@pytest.mark.parametrize("name", WARRANTS)
def test_warrants_stand_as_the_papers_count_them(filed: Ledger, name: str) -> None:
    warrant = security(filed, "NeoTherapeutics, Inc.", name)
    assert outstanding(filed, warrant, date(2003, 12, 31)) == WARRANTS[name]


def test_all_companies_of_the_group_are_held_by_the_parent(filed: Ledger) -> None:
    assert [issuer.name for issuer in filed.issuers.values()] == [
        "NeoTherapeutics, Inc.",
        "NeoGene Technologies, Inc.",
        "NeoOncoRx, Inc.",
        "NeoTherapeutics GmbH",
        "Advanced ImmunoTherapeutics, Inc.",
        "NeoTravel, Inc.",
        "NeoJB LLC",
    ]
    held = holdings(filed, date(2003, 12, 31))
    parent = named(filed.stakeholders.values(), "NeoTherapeutics, Inc.")
    owned = {filed.securities[id].issuer for (who, id), shares in held.items() if who == parent and shares}
    assert owned == set(filed.issuers) - {1}


def test_the_split_leaves_the_least_number_of_unexplained_shares(filed: Ledger) -> None:
    """One old share less, and fewer than 1,615,094 whole shares would remain."""
    common = security(filed, "NeoTherapeutics, Inc.", "Common Stock")
    before = {
        who: shares
        for (who, id), shares in holdings(filed, date(2002, 9, 4)).items()
        if id == common and shares
    }
    public = named(filed.stakeholders.values(), "Public and other holders")
    before[public] += 1_059_328 + 93
    assert sum(shares // 25 for shares in before.values()) == 1_615_094
    assert sum(shares % 25 for shares in before.values()) == 93
    assert before[public] % 25 == 0


# As announced


def test_the_announced_stake_moves_from_75_to_89_percent_in_one_step(announced: Ledger) -> None:
    assert parent_stake_in_neogene(announced, date(2001, 8, 12)) == Fraction(75, 100)
    assert parent_stake_in_neogene(announced, date(2001, 8, 13)) == Fraction(89, 100)


def test_the_announced_preferred_is_converted_and_redeemed_at_face(announced: Ledger) -> None:
    preferred = security(announced, "NeoTherapeutics, Inc.", "Convertible Preferred Stock")
    common = security(announced, "NeoTherapeutics, Inc.", "Common Stock")
    days = (date(2001, 8, 13), date(2001, 8, 15), date(2001, 8, 31), date(2001, 9, 4))
    assert [outstanding(announced, preferred, day) for day in days] == [200, 130, 30, 0]
    assert [held_by(announced, "Societe Generale", common, day) for day in days] == [
        0,
        201_149,
        483_635,
        483_635,
    ]
    (redeemed,) = (entry for entry in announced.transactions if entry.kind == "repurchase")
    assert redeemed.quantity == 30
    assert redeemed.amount == 300_000


def test_the_announced_capital_raised_in_2001_is_22_5_million(announced: Ledger) -> None:
    raised = [
        entry.amount
        for entry in announced.transactions
        if KIND[entry.kind].raises_capital and entry.date.year == 2001
    ]
    assert raised == [22_500_000]


def test_the_announced_split_is_planned_and_divides_every_holder(announced: Ledger) -> None:
    common = security(announced, "NeoTherapeutics, Inc.", "Common Stock")
    after = date(2002, 9, 6)
    assert held_by(announced, "Societe Generale", common, after) == 483_635
    assert held_by(announced, "Societe Generale", common, after, planned=True) == 19_345
    assert outstanding(announced, common, after, planned=True) == 819_345
    (split,) = (entry for entry in announced.transactions if entry.kind == "split")
    assert split.approval is not None
    vote = announced.approvals[split.approval]
    assert (vote.body, vote.record_date, vote.meeting_date, vote.outcome) == (
        "stockholders",
        date(2002, 7, 24),
        date(2002, 9, 5),
        "pending",
    )


def test_the_announced_limits_of_the_financings_are_not_stated(announced: Ledger) -> None:
    assert all(
        approval.amount_limit is None and approval.shares_limit is None
        for approval in announced.approvals.values()
    )
