"""What is followed quickly through huge files is what a slow look at every entry and day finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.floating import FloatingTerms, TradingDay, Window, floating_price
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import rounded_shares
from neocapgui.engine.checks import findings
from neocapgui.engine.finding import LISTED
from neocapgui.engine.holdings import followed, holdings_before
from neocapgui.engine.lens import Lens
from neocapgui.engine.mends import authorized_steps, first_over_authorized
from neocapgui.engine.ownership import weights
from neocapgui.engine.paper_checks import amount_differs
from neocapgui.engine.rights import TermsInForce, right_used
from neocapgui.engine.running import running_total
from neocapgui.engine.splits import split_factor, splits
from neocapgui.engine.vested import Grant, vested_of, vested_so_far
from neocapgui.ledger.facts import ConversionRight, Price
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import (
    Allocation,
    ConversionBasis,
    LookBack,
    PriceField,
    Rounding,
    SecurityKind,
    Statistic,
    Vesting,
    WindowEnd,
)
from neocapgui.ledger.transactions import KIND, Transaction
from tests.engine.ledgers import (
    ADA,
    BOB,
    CLEO,
    COMMON,
    FIRST,
    PAPERS,
    PREFERRED,
    SPAN,
    cast,
    contradictory_ledgers,
    issued,
    passed,
    split,
)

LENS = Lens(date(2022, 1, 1))
DAYS = st.integers(0, SPAN).map(lambda after: FIRST + timedelta(after))
RATIOS = st.builds(Fraction, st.integers(1, 7), st.integers(1, 7))


@settings(max_examples=60)
@given(contradictory_ledgers(), st.booleans())
def test_a_walk_stands_where_the_holdings_are_at_every_row(book: Ledger, planned: bool) -> None:
    lens = replace(LENS, planned=planned)
    known = followed(book, lens)
    for row in (*range(len(book.transactions) + 1), len(book.transactions) // 2):  # forward, and back again
        held = holdings_before(book, lens, row)
        for paper in PAPERS:
            walk = known.walk(paper, row)
            assert walk.total / walk.passage.one == held.total(paper)
            holders = known.moves.holders[walk.passage.pairs].tolist()
            for place, who in enumerate(holders):
                assert walk.of((place,)) / walk.passage.one == held.of(who, paper)


@given(
    st.lists(st.tuples(RATIOS, st.sampled_from(Rounding), st.integers(0, 9)), min_size=1, max_size=12),
    st.sampled_from((0, 3, 20)),
)
def test_kept_and_rounded_fractions_follow_one_another_exactly(
    divided: list[tuple[Fraction, Rounding, int]], digits: int
) -> None:
    shares, book = Fraction(7 * 10**digits), [issued(1, "01-01", ADA, 7 * 10**digits)]
    expected = shares
    for number, (ratio, policy, more) in enumerate(divided, 2):
        book.append(split(2 * number, "01-02", ratio, str(policy), order=number))
        book.append(issued(2 * number + 1, "01-02", ADA, Decimal(more) / 4, order=number))
        expected = Fraction(rounded_shares(expected * ratio, policy)) + Fraction(more, 4)
    held = holdings_before(cast(*book), LENS, len(book))
    assert held.of(ADA.id, COMMON.id) == expected
    assert held.total(COMMON.id) == expected


@given(contradictory_ledgers(), st.none() | DAYS, DAYS)
def test_a_split_factor_is_the_product_of_the_ratios_between(
    book: Ledger, said: date | None, until: date
) -> None:
    events = splits(book, LENS)
    for paper in PAPERS:
        expected = Fraction(1)
        for event in events:
            if event.security == paper and (said is None or said < event.date) and event.date <= until:
                expected *= event.ratio
        assert split_factor(events, paper, said, until) == expected


@given(
    st.lists(st.tuples(DAYS, st.none() | st.integers(-1, 9).map(Decimal)), max_size=10),
    DAYS,
    st.integers(-1, 5),
    st.sampled_from(WindowEnd),
    st.sampled_from(Statistic),
    st.none() | st.integers(0, 4),
    st.lists(st.tuples(DAYS, RATIOS), max_size=3),
)
def test_a_window_over_splits_gives_what_a_look_at_every_day_gives(
    said: list[tuple[date, Decimal | None]],
    today: date,
    days: int,
    ends: WindowEnd,
    statistic: Statistic,
    lowest: int | None,
    divided: list[tuple[date, Fraction]],
) -> None:
    look = LookBack(PriceField.LOW, days, ends, statistic, lowest, Decimal("0.9"), 3)
    right = ConversionRight(9, PREFERRED.id, COMMON.id, ConversionBasis.FLOATING, look_back=look)
    prices = [Price(id, COMMON.id, on, low=low) for id, (on, low) in enumerate(said, 1)]
    entries = [split(id, on.isoformat(), ratio) for id, (on, ratio) in enumerate(divided, 1)]
    terms = TermsInForce.on(cast(PREFERRED, right, *prices, *entries), Lens(today))
    listed = []
    for price in prices:
        factor = terms.restated(COMMON.id, price.date)
        listed.append(
            TradingDay(price.date, {} if price.low is None else {"low": Fraction(price.low) / factor})
        )
    whole = FloatingTerms([Window("low", days, ends, statistic, lowest)], look.multiplier, look.places)
    try:
        expected: object = floating_price(whole, listed, today)
    except CalculationRefused as refusal:
        expected = str(refusal)
    try:
        found: object = terms.market_price(right)
    except CalculationRefused as refusal:
        found = str(refusal)
    assert found == expected


@given(
    st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS, st.sampled_from((1, 6))), max_size=6),
    DAYS,
)
def test_the_right_that_is_used_is_the_first_open_one_or_else_the_first(
    spells: list[tuple[date | None, date | None, int]], on: date
) -> None:
    rights = [
        ConversionRight(id, 2, into, ConversionBasis.NOTICE, starts=starts, ends=ends)
        for id, (starts, ends, into) in enumerate(spells, 1)
    ]
    own = [right for right in rights if right.into == 1]
    is_open = [
        right
        for right in own
        if (right.starts is None or right.starts <= on) and (right.ends is None or on <= right.ends)
    ]
    assert right_used(cast(*rights), 2, 1, on) == next(iter(is_open + own), None)


@given(
    st.builds(
        Vesting,
        st.none() | st.dates(date(2021, 6, 1), date(2022, 6, 1)),
        st.none() | st.integers(0, 15),
        st.none() | st.integers(1, 14),
        st.just(1),
        st.none() | st.integers(1, 31),
        st.sampled_from(Allocation),
    ),
    st.fractions(-5, 50, max_denominator=3),
    st.fractions(0, 50, max_denominator=3),
    st.fractions(0, 20, max_denominator=3),
    st.none() | st.dates(date(2021, 1, 1), date(2023, 6, 1)),
    st.dates(date(2021, 1, 1), date(2024, 1, 1)),
)
def test_what_has_vested_is_the_sum_of_the_instalments_fallen_due(
    terms: Vesting, held: Fraction, exercised: Fraction, left: Fraction, since: date | None, on: date
) -> None:
    option = replace(COMMON, id=20, kind=SecurityKind.OPTION, issued=date(2021, 5, 31), vesting=terms)
    grant = Grant(held, exercised, left, since)
    try:
        expected: object = vested_of(option, 1, grant, on).vested
    except CalculationRefused as refusal:
        expected = str(refusal)
    try:
        found: object = vested_so_far(option, grant, on)
    except CalculationRefused as refusal:
        found = str(refusal)
    assert found == expected


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("issuance", "exercise", "conversion", "transfer")),
            st.integers(-3, 9).map(Decimal),
            st.integers(-300, 300).map(lambda cents: Decimal(cents) / 100),
            st.integers(-900, 900).map(lambda mills: Decimal(mills) / 1000),
        ),
        max_size=6,
    ),
    st.sampled_from(Rounding),
)
def test_the_amounts_told_to_differ_are_those_rounding_does_not_explain(
    said: list[tuple[str, Decimal, Decimal, Decimal]], rounding: Rounding
) -> None:
    book = [
        Transaction(
            id,
            FIRST,
            kind,
            security=PREFERRED.id,
            stakeholder=ADA.id,
            counterparty=BOB.id,
            quantity=count,
            into_security=None if id % 3 else COMMON.id,
            into_quantity=count + 1,
            price=price,
            amount=amount,
        )
        for id, (kind, count, price, amount) in enumerate(said, 1)
    ]
    ledger = cast(replace(COMMON, rounding=rounding), *book)
    expected = []
    for record in book:
        stated = getattr(record, KIND[record.kind].per_share)
        price = Fraction(record.price or 0)
        difference = abs(Fraction(record.amount or 0) - price * Fraction(stated))
        turned = KIND[record.kind].per_share == "into_quantity" and record.into_security
        follows = ledger.securities[turned or PREFERRED.id].rounding is Rounding.AMOUNT_FOLLOWS
        if difference > Fraction(1, 200) and (follows or difference >= price):
            expected.append(record.id)
    assert [one.place.id for one in amount_differs(ledger, LENS)] == expected


@given(
    st.lists(st.tuples(DAYS, st.integers(0, 40).map(lambda halves: Decimal(halves) / 2)), max_size=4),
    st.lists(st.tuples(DAYS, st.integers(-5, 30).map(Decimal)), max_size=5),
    st.none() | st.integers(0, 30).map(Decimal),
    st.none() | DAYS,
    st.none() | DAYS,
)
def test_the_first_day_over_the_charter_is_that_of_a_look_at_every_entry(
    amended: list[tuple[date, Decimal]],
    sold: list[tuple[date, Decimal]],
    stated: Decimal | None,
    since: date | None,
    divided: date | None,
) -> None:
    common = replace(COMMON, authorized=stated, issued=since, rounding=Rounding.NONE)
    entries = [issued(id, on.isoformat(), ADA, count) for id, (on, count) in enumerate(sold, 1)]
    for id, (on, count) in enumerate(amended, 20):
        entries.append(Transaction(id, on, "authorized", security=COMMON.id, quantity=count))
    if divided is not None:
        entries.append(split(40, divided.isoformat(), "2/3"))
    ledger, lens = cast(common, *entries), Lens(date.max)
    limits = authorized_steps(ledger, lens, common)
    expected = None
    rows, totals = running_total(ledger, lens, COMMON.id)
    for row, total in zip(rows.tolist(), totals, strict=True):
        day = ledger.transactions[row].date
        allowed = next((limit for begins, limit, _ in reversed(limits) if begins <= day), None)
        if allowed is not None and total > allowed:
            expected = day, total, allowed
            break
    assert first_over_authorized(ledger, lens, common) == expected


def test_a_file_full_of_one_mistake_is_counted_and_not_told_line_by_line() -> None:
    count = 3 * LISTED
    taken = [issued(id, "01-02", ADA, 5, price=Decimal(7), amount=Decimal(3)) for id in range(1, count + 1)]
    lacking = [passed(id, "01-01", ADA, BOB, 1, counterparty=None) for id in range(count + 1, 2 * count + 1)]
    found = findings(cast(*taken, *lacking), LENS)
    for code in ("amount_differs", "incomplete"):
        own = [one for one in found if one.code == code]
        assert len(own) == LISTED + 1
        assert own[-1].message.startswith("400 more of this kind: The ")
        assert own[-1].mend is None
        assert {one.stands_for for one in own} == {1}


def test_a_chain_whose_count_nobody_could_read_is_named_and_not_counted() -> None:
    papers = [
        replace(PREFERRED, id=id, name=f"Series {id}", kind=SecurityKind.PREFERRED) for id in range(10, 60)
    ]
    rights = [
        ConversionRight(one.id, one.id, one.id + 1, ConversionBasis.RATIO, ratio=Fraction(10**30))
        for one in papers[:-1]
    ]
    last = ConversionRight(99, papers[-1].id, COMMON.id, ConversionBasis.RATIO, ratio=Fraction(1))
    counted, uncounted = weights(cast(*papers, *rights, last), replace(LENS, issuer=1), 1)
    assert counted[papers[-1].id] == 1
    reason = "its chain of conversions makes a count of more than 1,000 digits"
    assert {one.reason for one in uncounted if one.security < 20} == {reason}


def test_holders_of_a_far_split_are_left_alone() -> None:
    book = cast(
        issued(1, "01-01", ADA, 7),
        issued(2, "01-01", CLEO, 3, security=PREFERRED.id),
        split(3, "01-02", "1/2", security=PREFERRED.id),
    )
    held = holdings_before(book, LENS, 3)
    assert [int(held.of(who.id, id)) for who, id in ((ADA, COMMON.id), (CLEO, PREFERRED.id))] == [7, 2]
