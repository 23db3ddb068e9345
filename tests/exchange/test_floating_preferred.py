"""The sample of a preferred whose price follows the market: two sound notices and one that differs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from neocapgui.engine.checks import findings
from neocapgui.engine.convertibles import convertibles
from neocapgui.engine.lens import Lens
from neocapgui.engine.market_range import price_curve
from neocapgui.exchange.samples import SAMPLES, sample
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty

NAME = "preferred-at-a-floating-price"
LAST = date(2023, 3, 28)


@pytest.fixture(scope="module")
def book() -> Ledger:
    return sample(NAME)


def test_it_is_listed() -> None:
    assert {one.name: one.title for one in SAMPLES}[NAME] == "Floating preferred (constructed)"


def test_every_row_says_that_it_is_assumed(book: Ledger) -> None:
    facts = [
        *book.issuers.values(),
        *book.securities.values(),
        *book.conversion_rights.values(),
        *book.transactions,
    ]
    assert {fact.certainty for fact in facts} == {Certainty.ASSUMED}
    assert all("assumed" in fact.note.lower() for fact in (*facts, *book.stakeholders.values()))
    assert {price.source for price in book.prices.values()} == {"Assumed VWAP path"}


def test_the_third_notice_is_the_only_contradiction(book: Ledger) -> None:
    (found,) = findings(book, Lens(date.max))
    assert found.code == "conversion_price_differs"
    assert found.message == "The conversion of 28 Mar 2023 is at 1.467 a share; the terms imply 1.4996."


@pytest.mark.parametrize(
    ("day", "lowest", "price"),
    [
        (date(2023, 2, 28), "2.10", "1.932"),
        (date(2023, 3, 14), "1.95", "1.794"),
        (LAST, "1.63", "1.4996"),
    ],
    ids=str,
)
def test_the_price_is_92_percent_of_the_lowest_of_ten_days(
    book: Ledger, day: date, lowest: str, price: str
) -> None:
    (found,) = convertibles(book, Lens(day), 1)
    assert found.turn.floating is not None
    assert len(found.turn.floating.windows[0].days) == 10
    assert found.turn.floating.reference_price == Fraction(lowest)
    assert found.turn.price == Fraction(price)


def test_the_notices_state_517_599_and_445_931_shares(book: Ledger) -> None:
    """1,000,000 / 1.932 = 517,598.34 and 800,000 / 1.794 = 445,930.88, both rounded up."""
    counts = [record.into_quantity for record in book.transactions if record.kind == "conversion"]
    assert counts == [Decimal(517_599), Decimal(445_931), Decimal(408_998)]


def test_the_limits_hold_back_what_is_left(book: Ledger) -> None:
    """19.99 % of 12,000,000 are 2,398,800, of which 1,372,528 were issued."""
    (found,) = convertibles(book, Lens(LAST), 1)
    assert found.outstanding == 360
    cap = found.held_back[-1]
    assert cap.limit == "exchange cap"
    assert cap.issuable == 1_026_272


def test_its_curve_has_all_the_turns(book: Ledger) -> None:
    curve = price_curve(book, Lens(LAST), book.conversion_rights[1])
    assert curve is not None
    assert curve.floor_below == Fraction("0.716") / Fraction("0.92")
    assert curve.fixed_above == Fraction("6.15") / Fraction("0.92")
    assert curve.limited_below is not None
    assert {point.governs for point in curve.points} == {"floor", "variable", "fixed"}
