"""What each convertible outstanding turns into on a day, and what holds it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from neocapgui.engine.convertibles import Convertible, convertibles, notices
from neocapgui.engine.lens import Lens
from neocapgui.engine.market_range import price_range
from neocapgui.ledger.facts import ConversionRight, Price, Security
from neocapgui.ledger.ledger import Fact
from neocapgui.ledger.terms import (
    Accrual,
    ConversionBasis,
    Limits,
    LookBack,
    Rounding,
    SecurityKind,
    Statistic,
    WindowEnd,
)
from neocapgui.ledger.transactions import Transaction
from tests.engine.ledgers import (
    ADA,
    BOB,
    CLEO,
    COMMON,
    PREFERRED,
    TWO_FOR_ONE,
    cast,
    converted,
    day,
    issued,
    passed,
    split,
)

LENS = Lens(date(2022, 12, 31), 1)
SERIES_C = replace(PREFERRED, stated_value=Decimal(10_000), issued=day("01-01"))
NOTICE = replace(TWO_FOR_ONE, basis=ConversionBasis.NOTICE, ratio=None)
FIXED = replace(NOTICE, basis=ConversionBasis.FIXED, price=Decimal("3.48"))
HELD = issued(1, "01-02", ADA, 200, security=PREFERRED.id)


def only(*facts: Fact, lens: Lens = LENS) -> Convertible:
    (found,) = convertibles(cast(*facts), lens, 1)
    return found


def test_two_million_of_face_at_a_fixed_price() -> None:
    """200 x 10,000 / 3.48 = 574,712.64."""
    found = only(SERIES_C, FIXED, HELD)
    assert [found.outstanding, found.face, found.shares] == [200, 2_000_000, 574_713]
    assert found.turn.price == Fraction("3.48")
    assert found.turn.governs == "fixed"
    assert not found.is_exchange


def test_each_holder_is_rounded_alone() -> None:
    """100 x 10,000 / 3.48 = 287,356.32 for each of two."""
    found = only(SERIES_C, FIXED, HELD, passed(2, "01-03", ADA, BOB, 100, security=PREFERRED.id))
    assert found.shares == 2 * 287_356


def test_a_notice_states_the_price_for_the_ones_that_follow() -> None:
    first = converted(2, "08-15", ADA, 70, 201_149, price=Decimal("3.48"))
    before = only(SERIES_C, NOTICE, HELD, first, lens=replace(LENS, as_of=day("08-14")))
    assert before.shares is None
    assert before.turn.reason == "its price is floating and no notice has stated one yet"
    after = only(SERIES_C, NOTICE, HELD, first)
    assert [after.outstanding, after.turn.price, after.shares] == [130, Fraction("3.48"), 373_563]
    assert after.turn.notice == 2
    assert after.turn.governs == "last notice"
    second = converted(3, "08-31", ADA, 100, 282_486, price=Decimal("3.54"))
    later = only(SERIES_C, NOTICE, HELD, first, second)
    assert [later.turn.price, later.turn.notice, later.shares] == [Fraction("3.54"), 3, 84_746]


def test_a_split_restates_the_price_of_the_last_notice() -> None:
    first = converted(2, "08-15", ADA, 70, 201_149, price=Decimal("3.48"))
    after = only(SERIES_C, NOTICE, HELD, first, split(3, "09-05", "1/25"))
    assert after.turn.price == 87
    assert after.shares == 14_943  # 1,300,000 / 87 = 14,942.53


def test_a_change_of_the_price_is_in_force_from_its_day() -> None:
    change = Transaction(2, day("06-01"), "conversion_price", security=PREFERRED.id, price=Decimal("2.50"))
    facts = (SERIES_C, FIXED, HELD, change)
    assert only(*facts, lens=replace(LENS, as_of=day("05-31"))).turn.price == Fraction("3.48")
    assert only(*facts).shares == 800_000
    elsewhere = replace(change, into_security=6)
    assert only(SERIES_C, FIXED, HELD, elsewhere).turn.price == Fraction("3.48")
    assert only(*facts, split(3, "09-05", "1/25")).turn.price == Fraction("62.5")


def test_preferred_that_is_split_itself_keeps_its_value_in_all() -> None:
    """Ten for one: 2,000 units of 1,000; still 2,000,000 / 3.48."""
    found = only(SERIES_C, FIXED, HELD, split(3, "09-05", "10", security=PREFERRED.id))
    assert [found.outstanding, found.face, found.shares] == [2000, 2_000_000, 574_713]


def test_a_ratio_follows_the_splits_of_both_papers() -> None:
    """Two common for one; after ten for one of the preferred 1/5, after one for four of the common 1/20."""
    dated = replace(PREFERRED, issued=day("01-01"))
    tenth = split(3, "02-01", "10", security=PREFERRED.id)
    quarter = split(4, "03-01", "1/4")
    found = only(dated, TWO_FOR_ONE, HELD, tenth, quarter)
    assert [found.outstanding, found.turn.shares_per_unit, found.shares] == [2000, Fraction(1, 20), 100]


def test_an_exchange_into_another_companys_paper_says_so() -> None:
    assert only(SERIES_C, replace(TWO_FOR_ONE, into=6), HELD).is_exchange


def test_a_security_that_does_not_exist_yet_is_no_convertible() -> None:
    assert convertibles(cast(SERIES_C, FIXED), replace(LENS, as_of=day("2021-12-31")), 1) == ()


def test_all_companies_are_asked_or_one() -> None:
    assert len(convertibles(cast(FIXED), LENS)) == 1
    assert convertibles(cast(FIXED), LENS, 4) == ()


# From the market

FLOATING = replace(
    NOTICE,
    basis=ConversionBasis.FLOATING,
    price=Decimal(6),
    floor=Decimal("0.716"),
    look_back=LookBack(
        days=2, ends=WindowEnd.ON_CONVERSION_DATE, statistic=Statistic.LOWEST, multiplier=Decimal("0.92")
    ),
)
PRICES = (
    Price(1, 1, day("12-29"), vwap=Decimal("9.99")),
    Price(2, 1, day("12-30"), close=Decimal("2.50"), vwap=Decimal("2.10")),
    Price(3, 1, day("12-31"), vwap=Decimal("2.19")),
)


def test_a_floating_price_follows_the_market() -> None:
    """92 % of 2.10 is 1.932; 2,000,000 / 1.932 = 1,035,196.69."""
    found = only(SERIES_C, FLOATING, HELD, *PRICES)
    assert [found.turn.price, found.shares] == [Fraction("1.932"), 1_035_197]
    assert found.turn.governs == "variable"


def test_the_floor_and_the_fixed_price_govern_where_the_market_is_far() -> None:
    cheap = [replace(price, vwap=Decimal("0.10")) for price in PRICES]
    dear = [replace(price, vwap=Decimal(50)) for price in PRICES]
    low, high = only(SERIES_C, FLOATING, HELD, *cheap).turn, only(SERIES_C, FLOATING, HELD, *dear).turn
    assert [low.price, high.price] == [Fraction("0.716"), 6]
    assert [low.governs, high.governs] == ["floor", "fixed"]


def test_a_price_that_is_reset_on_dates_stays_until_the_next_one() -> None:
    """Two days up to the reset of 30 December: the lower of 9.99 and 2.10, of which 92 % is 1.932."""
    reset = replace(FLOATING, resets=(day("12-30"),))
    cheaper = replace(PRICES[2], vwap=Decimal("1.00"))  # after the reset, so it changes nothing
    assert only(SERIES_C, reset, HELD, *PRICES[:2], cheaper).turn.price == Fraction("1.932")


def test_before_the_first_reset_the_fixed_price_governs() -> None:
    later = replace(FLOATING, resets=(day("12-31").replace(year=day("12-31").year + 1),))
    found = only(SERIES_C, later, HELD, *PRICES).turn
    assert [found.price, found.governs] == [6, "fixed"]


def test_prices_before_a_split_are_restated() -> None:
    """2.10 before a 1-for-25 split is 52.50 after it, and the fixed price of 6 is 150."""
    found = only(
        SERIES_C,
        replace(FLOATING, look_back=replace(FLOATING.look_back, days=1)),
        HELD,
        PRICES[1],
        split(9, "12-31", "1/25"),
    )
    assert found.turn.price == Fraction("48.3")


def test_too_few_trading_days_are_told() -> None:
    found = only(SERIES_C, FLOATING, HELD, PRICES[2])
    assert found.shares is None
    assert found.turn.reason == ("The window asks for 2 trading days of vwap up to 2022-12-31; 1 are given.")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (
            replace(FLOATING, look_back=replace(FLOATING.look_back, days=None)),
            "its look-back window is not entered",
        ),
        (
            replace(FLOATING, look_back=replace(FLOATING.look_back, days=0)),
            "The number of days of a window must be above 0, not 0.",
        ),
        (
            replace(FLOATING, look_back=replace(FLOATING.look_back, places=-1)),
            "its price cannot have -1 decimals",
        ),
        (
            replace(FLOATING, look_back=replace(FLOATING.look_back, places=10**9)),
            "its price cannot have 1000000000 decimals",
        ),
        (
            replace(FLOATING, look_back=replace(FLOATING.look_back, multiplier=Decimal(0))),
            "The multiplier must be above 0, not 0.",
        ),
        (replace(FLOATING, floor=Decimal(-1)), "The floor must not be below 0; it is -1."),
        (replace(FLOATING, price=Decimal(-1)), "The fixed price must be above 0, not -1."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_terms_that_cannot_be_are_told_and_raise_nothing(wrong: ConversionRight, reason: str) -> None:
    found = only(SERIES_C, wrong, HELD, *PRICES)
    assert (found.shares, found.turn.reason) == (None, reason)
    assert price_range(cast(SERIES_C, wrong, HELD, *PRICES), LENS, wrong) is not None


def test_a_price_that_rounds_to_nothing_gives_no_shares() -> None:
    cents = replace(FLOATING, floor=None, look_back=replace(FLOATING.look_back, places=0))
    nearly_nothing = [replace(price, vwap=Decimal("0.01")) for price in PRICES]
    assert only(SERIES_C, cents, HELD, *nearly_nothing).turn.reason == "its conversion price is not above 0"


def test_the_fewer_a_share_is_worth_the_more_are_given() -> None:
    book = cast(SERIES_C, FLOATING, HELD, *PRICES, issued(5, "01-01", BOB, 1_000_000))
    points = price_range(book, LENS, FLOATING)
    (today,) = (point for point in points if point.market_price == Fraction("2.19"))
    assert today.conversion_price == Fraction("2.0148")
    assert today.shares == 992_654  # 2,000,000 / 2.0148 = 992,654.36
    assert today.part == Fraction(992_654, 1_992_654)
    assert [point.shares for point in points] == sorted((point.shares for point in points), reverse=True)
    assert {point.governs for point in points} == {"floor", "variable", "fixed"}


def test_there_is_no_range_without_a_market_or_anything_outstanding() -> None:
    assert price_range(cast(SERIES_C, FLOATING, HELD), LENS, FLOATING) == ()
    assert price_range(cast(SERIES_C, FLOATING, *PRICES), LENS, FLOATING) == ()
    assert price_range(cast(SERIES_C, FIXED, HELD, *PRICES), LENS, FIXED) == ()
    short = passed(1, "01-02", ADA, BOB, 200, security=PREFERRED.id)
    assert price_range(cast(SERIES_C, FLOATING, short, *PRICES), LENS, FLOATING) == ()


# Accrual and limits


def test_dividends_accrue_from_the_issue_on() -> None:
    """7 % of 2,000,000 over 73 days of a year of 365: 28,000."""
    paid = replace(SERIES_C, accrual=Accrual(Decimal("0.07")))
    found = only(paid, FIXED, HELD, lens=replace(LENS, as_of=day("03-16")))
    assert found.accrued == 28_000


def test_what_cannot_accrue_says_why() -> None:
    paid = replace(SERIES_C, accrual=Accrual(Decimal("0.07")))
    came = replace(passed(1, "01-02", BOB, ADA, 200, security=PREFERRED.id), counterparty=ADA.id)
    found = only(paid, FIXED, replace(came, stakeholder=None))
    assert found.accrued is None
    assert found.accrued_reason == "no issue of it is recorded"


def test_a_holder_gets_no_more_than_the_limit_lets_him_have() -> None:
    """9.99 % of 10,000,000: 1,109,876 of 1,200,000 may be issued."""
    limited = replace(SERIES_C, stated_value=Decimal(6000), limits=Limits(ownership=Decimal("0.0999")))
    at_one = replace(FIXED, price=Decimal(1))
    (bound,) = only(limited, at_one, HELD, issued(5, "01-01", BOB, 10_000_000)).held_back
    assert bound.limit == "holder's limit"
    assert bound.stakeholder == ADA.id
    assert [bound.issuable, bound.held_back] == [1_109_876, 90_124]


def test_no_more_is_issued_than_the_exchange_lets_the_company_issue() -> None:
    """19.99 % of 20,777,181 less 483,635 issued: 3,669,723 of 4,000,000."""
    limits = Limits(exchange_cap=Decimal("0.1999"), outstanding_at_signing=Decimal(20_777_181))
    limited = replace(SERIES_C, limits=limits)
    notice = converted(2, "02-01", ADA, 0, 483_635, price=Decimal("0.50"))
    (bound,) = only(limited, NOTICE, HELD, notice).held_back
    assert bound.limit == "exchange cap"
    assert [bound.issuable, bound.held_back] == [3_669_723, 330_277]


def test_a_limit_that_cannot_be_holds_nothing_back() -> None:
    for limits in (
        Limits(ownership=Decimal(2)),
        Limits(ownership=Decimal(-1)),
        Limits(exchange_cap=Decimal(-1), outstanding_at_signing=Decimal(5)),
        Limits(exchange_cap=Decimal(1), outstanding_at_signing=Decimal(-5)),
    ):
        owed = passed(5, "01-01", CLEO, BOB, 10)
        assert (
            only(replace(SERIES_C, limits=limits), FIXED, HELD, owed, issued(6, "01-01", BOB, 1)).held_back
            == ()
        )


# Notices


def test_notices_are_listed_of_one_company_up_to_the_day() -> None:
    first = converted(2, "08-15", ADA, 70, 201_149)
    bought = Transaction(
        3, day("09-19"), "repurchase", security=PREFERRED.id, stakeholder=ADA.id, quantity=Decimal(30)
    )
    swap = Transaction(
        4,
        day("10-01"),
        "exchange",
        security=6,
        stakeholder=CLEO.id,
        quantity=Decimal(1),
        into_security=PREFERRED.id,
        into_quantity=Decimal(1),
    )
    book = cast(HELD, first, bought, swap)
    assert [record.id for record in notices(book, LENS, 1)] == [2, 3, 4]
    assert [record.id for record in notices(book, LENS, 4)] == [4]
    assert [record.id for record in notices(book, replace(LENS, as_of=day("09-18")))] == [2]


def test_a_note_that_is_rounded_down_gives_no_fraction() -> None:
    note = Security(
        20, 1, "Note", SecurityKind.CONVERTIBLE, stated_value=Decimal(1000), rounding=Rounding.DOWN
    )
    right = replace(FIXED, id=2, security=20, price=Decimal(3))
    found = only(note, right, issued(1, "01-02", ADA, 1, security=20))
    assert found.shares == 333
    assert COMMON.rounding is Rounding.NEAREST
