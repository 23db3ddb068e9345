"""The ledger held against every published count of shares, to one share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings

from neocapgui.engine.assertions import assertions
from neocapgui.engine.lens import Lens
from neocapgui.ledger.facts import PublishedCount
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty
from tests.engine import naive_replay
from tests.engine.ledgers import ACME_ITSELF, ADA, BOB, cast, day, issued, scenarios, split

LENS = Lens(date(1900, 1, 1))
COVER = PublishedCount(1, day("08-10"), 1, Decimal(20_777_181), "10-Q for Q2 2001, cover")


def differences(ledger: Ledger, lens: Lens = LENS) -> list[Fraction]:
    return [one.difference for one in assertions(ledger, lens)]


def test_a_count_that_the_ledger_gives_has_no_difference() -> None:
    book = cast(COVER, issued(1, "01-01", ADA, 20_777_181))
    (one,) = assertions(book, LENS)
    assert one.count == COVER
    assert [one.ledger, one.difference] == [20_777_181, 0]


def test_a_share_more_and_a_share_less_are_told_apart() -> None:
    assert differences(cast(COVER, issued(1, "01-01", ADA, 20_777_182))) == [1]
    assert differences(cast(COVER, issued(1, "01-01", ADA, 20_777_180))) == [-1]
    assert differences(cast(COVER)) == [-20_777_181]


def test_the_count_is_that_of_the_end_of_its_own_day() -> None:
    on_the_day, after = issued(1, "08-10", ADA, 5), issued(2, "08-11", BOB, 7)
    assert differences(cast(replace(COVER, shares=Decimal(5)), on_the_day, after)) == [0]
    halved = split(3, "08-10", "1/2", "none")
    assert differences(cast(replace(COVER, shares=Decimal("2.5")), on_the_day, after, halved)) == [0]


def test_treasury_shares_are_not_outstanding() -> None:
    book = cast(
        replace(COVER, shares=Decimal(5)), issued(1, "01-01", ADA, 5), issued(2, "01-01", ACME_ITSELF, 3)
    )
    assert differences(book) == [0]


def test_planned_entries_count_only_with_the_plans() -> None:
    book = cast(replace(COVER, shares=Decimal(5)), issued(1, "01-01", ADA, 5, certainty=Certainty.PLANNED))
    assert differences(book) == [-5]
    assert differences(book, replace(LENS, planned=True)) == [0]


def test_counts_are_told_in_the_order_of_their_days() -> None:
    later, first, second = (
        replace(COVER, id=1, date=day("09-01")),
        replace(COVER, id=2, date=day("01-01")),
        replace(COVER, id=3, date=day("01-01")),
    )
    assert [one.count.id for one in assertions(cast(later, second, first), LENS)] == [2, 3, 1]
    assert assertions(cast(), LENS) == ()


@settings(max_examples=40)
@given(scenarios())
def test_the_ledger_side_is_that_of_the_slow_replay(book: Ledger) -> None:
    for one in assertions(book, LENS):
        itself = {
            who.id
            for who in book.stakeholders.values()
            if who.issuer == book.securities[one.count.security].issuer
        }
        held = naive_replay.holdings(book, one.count.date)
        assert one.ledger == sum(
            shares
            for (who, paper), shares in held.items()
            if paper == one.count.security and who not in itself
        )
        assert one.ledger == one.difference + Fraction(one.count.shares)
