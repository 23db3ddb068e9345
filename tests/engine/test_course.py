"""The course of ownership against ownership asked day by day, on random ledgers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.course import OTHERS, Course, course
from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.ownership import POOL, ownership, weights
from neocapgui.engine.timeline import event_days
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.facts import ConversionRight, Issuer, Price, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import (
    Certainty,
    ConversionBasis,
    Exercise,
    LookBack,
    PriceField,
    Rounding,
    SecurityKind,
    Statistic,
)
from neocapgui.ledger.transactions import Transaction

FIRST = date(2001, 1, 1)
COMPANY, OTHER_COMPANY = 1, 2
ITSELF = 5  # the stakeholder that is the company
COMMON, SERIES_A, SERIES_B, PLAN, OPTION, WARRANT, NOTE, FLOATING, FOREIGN = range(1, 10)
TURNS = {
    SERIES_A: COMMON,
    SERIES_B: COMMON,
    OPTION: COMMON,
    WARRANT: SERIES_A,
    NOTE: COMMON,
    FLOATING: COMMON,
}
EVER = Lens(date.max, COMPANY)


def day(number: int) -> date:
    return FIRST + timedelta(number)


def security(id: int, name: str, kind: SecurityKind, issuer: int = COMPANY, **terms: Any) -> Security:
    return Security(id, issuer, name, kind, FIRST, **terms)


SECURITIES = (
    security(COMMON, "Common", SecurityKind.COMMON, votes=Decimal(1)),
    security(SERIES_A, "Series A", SecurityKind.PREFERRED, votes_as_converted=True),
    security(SERIES_B, "Series B", SecurityKind.PREFERRED, stated_value=Decimal(1_000), votes=Decimal("0.5")),
    security(PLAN, "Plan", SecurityKind.OPTION_PLAN, reserve=Decimal(900), exercise=Exercise(COMMON)),
    security(OPTION, "Options", SecurityKind.OPTION, plan=PLAN, exercise=Exercise(COMMON, Decimal(1))),
    security(
        WARRANT,
        "Warrants",
        SecurityKind.WARRANT,
        exercise=Exercise(SERIES_A, Decimal(1), Decimal("0.3"), adjustable=True),
    ),
    security(NOTE, "Notes", SecurityKind.CONVERTIBLE, stated_value=Decimal(100)),
    security(
        FLOATING, "Series C", SecurityKind.PREFERRED, stated_value=Decimal(500), votes_as_converted=True
    ),
    security(FOREIGN, "Common", SecurityKind.COMMON, votes=Decimal(1), issuer=OTHER_COMPANY),
)
RIGHTS = (
    ConversionRight(1, SERIES_A, COMMON, ConversionBasis.RATIO, Fraction(7, 3)),
    ConversionRight(2, SERIES_B, COMMON, ConversionBasis.FIXED, price=Decimal("3.48"), ends=day(25)),
    ConversionRight(3, NOTE, COMMON, ConversionBasis.NOTICE, starts=day(5)),
    ConversionRight(
        4,
        FLOATING,
        COMMON,
        ConversionBasis.FLOATING,
        price=Decimal(6),
        look_back=LookBack(PriceField.CLOSE, 3, statistic=Statistic.AVERAGE, multiplier=Decimal("0.92")),
    ),
)
STAKEHOLDERS = (
    *(Stakeholder(id, name) for id, name in enumerate(("Ada", "Bob", "Cleo", "Dov"), 1)),
    Stakeholder(ITSELF, "The company", issuer=COMPANY),
    Stakeholder(6, "The other company", issuer=OTHER_COMPANY),
)


def scenario(*transactions: Transaction, prices: tuple[Price, ...] = ()) -> Ledger:
    """Return the two companies of this file with some transactions."""
    return Ledger(
        issuers={COMPANY: Issuer(COMPANY, "The company"), OTHER_COMPANY: Issuer(OTHER_COMPANY, "The other")},
        stakeholders={who.id: who for who in STAKEHOLDERS},
        securities={one.id: one for one in SECURITIES},
        conversion_rights={right.id: right for right in RIGHTS},
        prices={price.id: price for price in prices},
        transactions=Transactions.of(transactions),
    )


HAPPENING = (
    *("opening", "issuance", "issuance", "issuance", "transfer", "conversion", "exercise", "expiry"),
    *("repurchase", "cancellation", "split", "split", "conversion_price", "reserve", "in_kind", "rename"),
)

holders = st.sampled_from([who.id for who in STAKEHOLDERS])
papers = st.sampled_from([one.id for one in SECURITIES if one.id != PLAN])
turning = st.sampled_from(sorted(TURNS))
quantities = st.one_of(
    st.integers(1, 5_000).map(Decimal),
    st.decimals(Decimal("0.01"), 500, places=2),
    st.integers(10**14, 10**17).map(Decimal),
)
positive_prices = st.decimals(Decimal("0.5"), 9, places=2)
ratios = st.sampled_from([Fraction(2), Fraction(3, 2), Fraction(1, 25), Fraction(1, 7), Fraction(10_000, 3)])
treatments = st.sampled_from(["", *(str(policy) for policy in Rounding)])


@st.composite
def happenings(draw: st.DrawFn) -> dict[str, Any]:
    """Return the fields of one transaction, of any kind that moves shares or what they count for."""
    kind = draw(st.sampled_from(HAPPENING))
    if kind == "split":
        return {"kind": kind, "security": draw(papers), "ratio": draw(ratios), "value": draw(treatments)}
    if kind == "conversion_price":
        right = draw(st.sampled_from([SERIES_B, FLOATING]))
        return {"kind": kind, "security": right, "price": draw(positive_prices)}
    if kind == "reserve":
        return {"kind": kind, "security": PLAN, "quantity": draw(quantities)}
    if kind == "rename":
        return {"kind": kind, "issuer": COMPANY, "value": "Another name"}
    said: dict[str, Any] = {"kind": kind, "stakeholder": draw(holders), "quantity": draw(quantities)}
    if kind in ("conversion", "exercise", "in_kind"):
        said["security"] = draw(turning)
        said["into_security"] = TURNS[draw(turning)] if draw(st.booleans()) else COMMON
        said["into_quantity"] = draw(quantities)
        said["price"] = draw(positive_prices)
    else:
        said["security"] = draw(papers)
    if kind in ("transfer", "repurchase"):
        said["counterparty"] = draw(holders)
    return said


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Return a ledger of the two companies, contradictory ones among them."""
    records = [
        Transaction(
            id=number,
            date=day(draw(st.integers(0, 30))),
            order=draw(st.integers(0, 2)),
            certainty=draw(st.sampled_from([Certainty.PUBLISHED, Certainty.PUBLISHED, Certainty.PLANNED])),
            recorded=draw(st.one_of(st.none(), st.integers(0, 40).map(day))),
            **fields,
        )
        for number, fields in enumerate(draw(st.lists(happenings(), max_size=14)), 1)
    ]
    closes = draw(st.lists(positive_prices, max_size=8))
    prices = tuple(Price(number, COMMON, day(3 * number), close) for number, close in enumerate(closes, 1))
    return scenario(*records, prices=prices)


lenses = st.builds(
    Lens,
    st.integers(-5, 40).map(day),
    st.sampled_from([COMPANY, COMPANY, OTHER_COMPANY]),
    st.sampled_from(list(Basis)),
    st.booleans(),
    st.one_of(st.none(), st.integers(0, 40).map(day)),
)


def by_holder(ledger: Ledger, lens: Lens) -> dict[int, Fraction]:
    """Return the shares of each owner as the cap table of a day has them."""
    return {owner.stakeholder: owner.shares for owner in ownership(ledger, lens)}


def by_security(ledger: Ledger, lens: Lens) -> dict[int, Fraction]:
    """Return the shares of each security, treasury shares left out, summed holding by holding."""
    assert lens.issuer is not None
    counts, _ = weights(ledger, lens, lens.issuer)
    own = {who.id for who in STAKEHOLDERS if who.issuer == lens.issuer}
    sums: dict[int, Fraction] = {}
    for holding in holdings(ledger, lens):
        if holding.stakeholder not in own and holding.security in counts:
            counted = holding.quantity * counts[holding.security]
            sums[holding.security] = sums.get(holding.security, Fraction(0)) + counted
    return sums


def grouped(shares: dict[int, Fraction], found: Course) -> dict[int, Fraction]:
    """Return shares by the bands of a course, whoever has no band among the others."""
    sums = dict.fromkeys(found.bands, Fraction(0))
    for who, held in shares.items():
        band = who if who in sums else OTHERS
        sums[band] = sums.get(band, Fraction(0)) + held
    return {band: held for band, held in sums.items() if held or band in found.bands}


@settings(max_examples=300)
@given(ledgers(), lenses, st.integers(0, 9))
def test_on_every_day_the_course_by_holder_is_the_ownership_of_that_day(
    ledger: Ledger, lens: Lens, shown: int
) -> None:
    found = course(ledger, lens, shown)
    for position, on in enumerate(found.days):
        company = ownership(ledger, replace(lens, as_of=on))
        drawn = {band: found.shares(position, place) for place, band in enumerate(found.bands)}
        assert drawn == grouped(by_holder(ledger, replace(lens, as_of=on)), found)
        assert sum(drawn.values()) == company.total
        if company.total:
            stakes = [found.stake(position, place) for place in range(len(found.bands))]
            assert sum(stakes) == 1
            assert stakes == [held / company.total for held in drawn.values()]


@settings(max_examples=200)
@given(ledgers(), lenses, st.integers(1, 9))
def test_on_every_day_the_course_by_security_is_the_holdings_of_that_day(
    ledger: Ledger, lens: Lens, shown: int
) -> None:
    found = course(ledger, lens, shown, by_security=True)
    for position, on in enumerate(found.days):
        asked = replace(lens, as_of=on)
        expected = by_security(ledger, asked)
        pool = ownership(ledger, asked).of(POOL).shares
        drawn = {band: found.shares(position, place) for place, band in enumerate(found.bands)}
        assert drawn.pop(POOL, Fraction(0)) == pool
        whole = grouped(expected, found)
        whole.pop(POOL, None)
        assert drawn == whole


@given(ledgers(), lenses)
def test_the_days_of_a_course_are_the_days_on_which_something_happened(ledger: Ledger, lens: Lens) -> None:
    days = event_days(ledger, lens, lens.issuer)
    assert course(ledger, lens).days == tuple(days.day(place) for place in range(len(days)))


@given(ledgers(), lenses, st.integers(-5, 45).map(day))
def test_the_position_of_a_day_is_the_last_event_before_its_end(
    ledger: Ledger, lens: Lens, asked: date
) -> None:
    found = course(ledger, lens)
    position = found.position(asked)
    if position is None:
        assert not found.days or asked < found.days[0]
    else:
        assert found.days[position] <= asked
        assert position + 1 == len(found.days) or asked < found.days[position + 1]


@given(ledgers(), lenses, st.integers(0, 9), st.booleans())
def test_the_course_does_not_depend_on_the_day_looked_at(
    ledger: Ledger, lens: Lens, shown: int, securities: bool
) -> None:
    assert course(ledger, lens, shown, securities) is course(
        ledger, replace(lens, as_of=FIRST), shown, securities
    )


def issue(id: int, on: int, who: int, paper: int, quantity: str) -> Transaction:
    return Transaction(id, day(on), "issuance", security=paper, stakeholder=who, quantity=Decimal(quantity))


def test_the_largest_stand_by_themselves_and_the_rest_together() -> None:
    ledger = scenario(
        issue(1, 0, 1, COMMON, "600"),
        issue(2, 0, 2, COMMON, "300"),
        issue(3, 0, 3, COMMON, "80"),
        issue(4, 9, 4, COMMON, "20"),
    )
    found = course(ledger, EVER, shown=2)
    assert found.bands == (1, 2, OTHERS)
    assert [found.stake(1, band) for band in range(3)] == [
        Fraction(60, 100),
        Fraction(30, 100),
        Fraction(1, 10),
    ]
    assert [found.shares(0, band) for band in range(3)] == [600, 300, 80]


def test_a_split_is_rounded_holder_by_holder_and_the_days_before_it_stay() -> None:
    reverse = Transaction(3, day(9), "split", security=COMMON, ratio=Fraction(1, 25), value="up")
    ledger = scenario(issue(1, 0, 1, COMMON, "1001"), issue(2, 0, 2, COMMON, "26"), reverse)
    found = course(ledger, EVER)
    assert [[found.shares(on, band) for band in (0, 1)] for on in (0, 1)] == [[1001, 26], [41, 2]]


def test_a_conversion_price_that_moves_between_events_counts_from_its_day() -> None:
    ledger = scenario(
        issue(1, 0, 1, COMMON, "1000"),
        issue(2, 0, 2, SERIES_B, "10"),
        Transaction(3, day(4), "conversion_price", security=SERIES_B, price=Decimal(5)),
    )
    found = course(ledger, EVER)
    assert found.shares(0, found.bands.index(2)) == Fraction(10_000) / Fraction("3.48")
    assert found.shares(1, found.bands.index(2)) == 2_000


def test_shares_whose_sum_alone_leaves_64_bits_are_counted_exactly() -> None:
    many = "760000000000000000"
    ledger = replace(
        scenario(
            *(issue(who, 0, who, COMMON, many) for who in (1, 2, 3, 4, 6)), issue(6, 0, 1, SERIES_A, "1")
        ),
        conversion_rights={1: ConversionRight(1, SERIES_A, COMMON, ConversionBasis.RATIO, Fraction(1, 3))},
    )
    found = course(ledger, EVER)
    everything = 5 * Fraction(many) + Fraction(1, 3)
    assert sum(found.shares(0, band) for band in range(5)) == everything
    assert Fraction(int(found.totals[0])) / found.scale == everything
    assert found.stake(0, 0) == (Fraction(many) + Fraction(1, 3)) / everything


def test_a_course_is_asked_of_one_company() -> None:
    with pytest.raises(ValueError, match="one issuer"):
        course(scenario(), Lens(FIRST))


def test_a_company_to_which_nothing_happened_has_no_days() -> None:
    found = course(scenario(), EVER)
    assert (found.days, found.bands, found.position(FIRST)) == ((), (), None)
