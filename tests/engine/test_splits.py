"""What each split did to every holder, and how splits restate what was said before them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.rounding import rounded_shares
from neocapgui.engine.holdings import holdings, holdings_before
from neocapgui.engine.lens import Lens
from neocapgui.engine.splits import SplitEvent, split_factor, split_outcome, splits
from neocapgui.ledger.edits import add, apply
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty, Rounding
from tests.engine.ledgers import (
    ADA,
    BOB,
    CLEO,
    COMMON,
    FIRST,
    cast,
    contradictory_ledgers,
    day,
    issued,
    ratios,
    roundings,
    small,
    sound_ledgers,
    split,
)

LENS = Lens(date(2022, 12, 31))


def only_split(ledger: Ledger, lens: Lens = LENS) -> SplitEvent:
    (event,) = splits(ledger, lens)
    return event


def test_a_split_is_told_as_the_ledger_records_it() -> None:
    book = cast(issued(1, "01-01", ADA, 50), split(7, "09-05", "1/25", "cash", price=Decimal("2.50")))
    assert splits(book, LENS) == (
        SplitEvent(1, 7, day("09-05"), COMMON.id, Fraction(1, 25), Rounding.CASH, Decimal("2.50")),
    )


def test_a_split_that_says_nothing_of_fractions_follows_its_security() -> None:
    book = cast(replace(COMMON, rounding=Rounding.UP), split(7, "09-05", "1/25"))
    assert only_split(book).treatment is Rounding.UP
    assert only_split(cast(split(7, "09-05", "1/25", "rounded as the board decides"))).treatment is (
        Rounding.NEAREST
    )


def test_a_planned_split_is_an_event_only_where_plans_count() -> None:
    book = cast(issued(1, "01-01", ADA, 50), split(7, "09-05", "1/25", certainty=Certainty.PLANNED))
    assert splits(book, LENS) == ()
    assert only_split(book, replace(LENS, planned=True)).id == 7


def test_a_split_known_later_is_not_known_before() -> None:
    book = cast(split(7, "09-05", "1/25", recorded=day("10-01")))
    assert splits(book, replace(LENS, known=day("09-30"))) == ()
    assert len(splits(book, replace(LENS, known=day("10-01")))) == 1


def test_a_split_without_a_ratio_or_a_security_or_into_nothing_is_none() -> None:
    half = split(7, "09-05", "1/2")
    broken = [
        replace(half, ratio=None),
        replace(half, id=8, security=None),
        replace(half, id=9, ratio=Fraction(0)),
        replace(half, id=10, ratio=Fraction(-1, 2)),
    ]
    book = cast(issued(1, "01-01", ADA, 50), *broken)
    assert splits(book, LENS) == ()
    assert holdings(book, LENS).of(ADA.id, 1) == 50


# What it did to the holders


def test_each_holder_is_rounded_alone_and_paid_for_his_fraction() -> None:
    """483,635 / 25 = 19,345.4; 63 / 25 = 2.52; 24 / 25 = 0.96; at 2.50 a new share."""
    book = cast(
        issued(1, "01-01", ADA, 483_635),
        issued(2, "01-01", BOB, 63),
        issued(3, "01-01", CLEO, 24),
        split(7, "09-05", "1/25", "cash", price=Decimal("2.50")),
    )
    outcome = split_outcome(book, LENS, only_split(book))
    assert [line.stakeholder for line in outcome] == [ADA.id, BOB.id, CLEO.id]
    assert [line.before for line in outcome] == [483_635, 63, 24]
    assert [line.exact for line in outcome] == [Fraction("19345.4"), Fraction("2.52"), Fraction("0.96")]
    assert [line.after for line in outcome] == [19_345, 2, 0]
    assert [line.fraction for line in outcome] == [Fraction("0.4"), Fraction("0.52"), Fraction("0.96")]
    assert [line.cash for line in outcome] == [1, Fraction("1.30"), Fraction("2.40")]


def test_cash_in_lieu_is_rounded_half_up_to_the_cent() -> None:
    book = cast(issued(1, "01-01", ADA, 1), split(7, "09-05", "1/2", "cash", price=Decimal("0.01")))
    assert split_outcome(book, LENS, only_split(book))[0].cash == Fraction(1, 100)


def test_where_no_price_is_known_the_cash_is_not_known() -> None:
    book = cast(issued(1, "01-01", ADA, 1), split(7, "09-05", "1/2", "cash"))
    assert split_outcome(book, LENS, only_split(book))[0].cash is None


def test_where_fractions_are_rounded_up_nothing_is_left_over() -> None:
    book = cast(issued(1, "01-01", ADA, 26), split(7, "09-05", "1/25", "up"))
    (line,) = split_outcome(book, LENS, only_split(book))
    assert [line.after, line.fraction, line.cash] == [2, 0, None]


def test_what_happened_earlier_on_the_day_of_the_split_is_divided_and_later_is_not() -> None:
    book = cast(
        issued(1, "09-05", ADA, 50, order=1),
        split(7, "09-05", "1/25", order=2),
        issued(3, "09-05", ADA, 50, order=3),
    )
    (line,) = split_outcome(book, LENS, only_split(book))
    assert [line.before, line.after] == [50, 2]
    assert holdings(book, LENS).of(ADA.id, 1) == 52


def test_a_split_of_a_paper_nobody_holds_does_nothing_to_nobody() -> None:
    book = cast(split(7, "09-05", "1/25"), issued(1, "10-01", ADA, 50))
    assert split_outcome(book, LENS, only_split(book)) == ()


# How it restates what was said


def test_one_share_of_earlier_stands_for_the_product_of_the_splits_since() -> None:
    book = cast(split(7, "02-01", "2"), split(8, "03-01", "1/25"), split(9, "04-01", "3", security=6))
    events = splits(book, LENS)
    assert split_factor(events, 1, day("01-01"), day("12-31")) == Fraction(2, 25)
    assert split_factor(events, 1, None, day("12-31")) == Fraction(2, 25)
    assert split_factor(events, 1, day("01-01"), day("02-15")) == 2
    assert split_factor(events, 1, day("02-01"), day("12-31")) == Fraction(1, 25)
    assert split_factor(events, 1, day("03-01"), day("12-31")) == 1
    assert split_factor(events, 6, day("01-01"), day("12-31")) == 3
    assert split_factor(events, 2, day("01-01"), day("12-31")) == 1


@settings(max_examples=60)
@given(contradictory_ledgers())
def test_restating_twice_is_restating_by_the_product(book: Ledger) -> None:
    events = splits(book, Lens(date.max, planned=True))
    start, middle, end = FIRST, FIRST + timedelta(5), FIRST + timedelta(20)
    for security in (1, 2, 6, 9):
        whole = split_factor(events, security, start, end)
        assert whole == split_factor(events, security, start, middle) * split_factor(
            events, security, middle, end
        )


@settings(max_examples=60)
@given(sound_ledgers(), ratios, roundings)
def test_a_split_by_r_rounds_every_holder_alone(book: Ledger, ratio: Fraction, treatment: Rounding) -> None:
    after = apply(book, add("Split", [split(99, "12-01", ratio, str(treatment))]))
    old, new = holdings(book, LENS), holdings(after, LENS)
    for one in old:
        expected = one.quantity
        if one.security == COMMON.id:
            expected = rounded_shares(one.quantity * ratio, treatment)
        assert new.of(one.stakeholder, one.security) == expected
    lines = split_outcome(after, LENS, next(event for event in splits(after, LENS) if event.id == 99))
    assert sum((line.after for line in lines), Fraction(0)) == new.total(COMMON.id)
    assert sum((line.before for line in lines), Fraction(0)) == old.total(COMMON.id)


@settings(max_examples=40)
@given(sound_ledgers(small), st.integers(2, 40))
def test_a_forward_split_and_its_reverse_lead_back(book: Ledger, times: int) -> None:
    there = split(98, "12-01", Fraction(times), "nearest")
    back = split(99, "12-02", Fraction(1, times), "nearest")
    old = holdings(apply(book, add("Round", [split(97, "11-30", "1", "nearest")])), LENS)
    new = holdings(apply(book, add("Both", [split(97, "11-30", "1", "nearest"), there, back])), LENS)
    assert list(new) == list(old)


@settings(max_examples=60)
@given(sound_ledgers(), ratios, st.decimals(0, 100, places=2))
def test_cash_in_lieu_is_the_fraction_at_the_new_price_which_is_old_shares_at_the_old_price(
    book: Ledger, ratio: Fraction, price: Decimal
) -> None:
    after = apply(book, add("Split", [split(99, "12-01", ratio, "cash", price=price)]))
    event = next(event for event in splits(after, LENS) if event.id == 99)
    for line in split_outcome(after, LENS, event):
        left_over_old = line.before - line.after / ratio
        old_price = Fraction(price) * ratio
        assert line.cash is not None
        assert abs(line.cash - left_over_old * old_price) <= Fraction(1, 200)
        assert 0 <= line.fraction < 1
        assert holdings_before(after, LENS, event.row).of(line.stakeholder, COMMON.id) == line.before
