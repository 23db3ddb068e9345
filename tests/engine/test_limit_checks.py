"""Conversions against the limits of their paper."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from neocapgui.engine.finding import Place, Severity
from neocapgui.ledger.terms import ConversionBasis, Limits
from tests.engine.found import found, only
from tests.engine.ledgers import (
    ACME_ITSELF,
    ADA,
    BOB,
    PREFERRED,
    TWO_FOR_ONE,
    converted,
    day,
    issued,
    passed,
    split,
)

SERIES_C = replace(PREFERRED, name="Series C", stated_value=Decimal(10_000), issued=day("01-01"))
BY_NOTICE = replace(TWO_FOR_ONE, basis=ConversionBasis.NOTICE, ratio=None)
HELD = issued(1, "01-02", ADA, 200, security=PREFERRED.id)
OTHERS = issued(2, "01-01", BOB, 10_000_000)
AT_MOST = replace(SERIES_C, limits=Limits(ownership=Decimal("0.0999")))
CAPPED = replace(
    SERIES_C, limits=Limits(exchange_cap=Decimal("0.1999"), outstanding_at_signing=Decimal(1_000_000))
)
ONE = Decimal(1)


def test_a_holder_with_more_than_the_paper_lets_him_have() -> None:
    """9.99 % of the shares after it are 1,109,876 beside 10,000,000; 1,120,000 were issued."""
    over = converted(3, "03-01", ADA, 112, 1_120_000, price=ONE)
    finding = only(AT_MOST, BY_NOTICE, HELD, OTHERS, over)
    assert (finding.code, finding.severity) == ("ownership_limit_exceeded", Severity.WARNING)
    assert finding.message == (
        "The conversion of 1 Mar 2022 leaves Ada with 1,120,000 of 11,120,000 Common Stock, 10.07 %; "
        "Series C allows 9.99 %, so 10,124 of its 1,120,000 shares are too many."
    )
    assert finding.place == Place("transactions", 3, "into_quantity")


def test_shares_the_company_has_taken_back_make_no_room_under_the_limit() -> None:
    """1,120,000 of 11,120,000 outstanding are too many, whatever lies in the treasury."""
    treasury = issued(9, "01-01", ACME_ITSELF, 5_000_000)
    over = converted(3, "03-01", ADA, 112, 1_120_000, price=ONE)
    assert only(AT_MOST, BY_NOTICE, HELD, OTHERS, treasury, over).code == "ownership_limit_exceeded"


def test_a_holder_who_stays_within_the_limit() -> None:
    within = converted(3, "03-01", ADA, 110, 1_100_000, price=ONE)
    assert found(AT_MOST, BY_NOTICE, HELD, OTHERS, within) == []


def test_a_holder_who_sells_in_between_may_convert_again() -> None:
    twice = [converted(id, "03-01", ADA, 100, 1_000_000, price=ONE) for id in (3, 5)]
    sold = passed(4, "03-01", ADA, BOB, 1_000_000)
    assert found(AT_MOST, BY_NOTICE, HELD, OTHERS, twice[0], sold, twice[1]) == []
    assert [one.place.id for one in found(AT_MOST, BY_NOTICE, HELD, OTHERS, *twice)] == [5]


def test_what_was_bought_in_the_market_counts() -> None:
    bought = passed(3, "02-01", BOB, ADA, 1_500_000)
    finding = only(AT_MOST, BY_NOTICE, HELD, OTHERS, bought, converted(4, "03-01", ADA, 1, 10_000, price=ONE))
    assert finding.message.endswith("so 10,000 of its 10,000 shares are too many.")


def test_conversions_that_go_beyond_the_cap_in_sum() -> None:
    """19.99 % of 1,000,000 are 199,900."""
    notices = [converted(id, on, ADA, 10, 100_000, price=ONE) for id, on in ((3, "03-01"), (4, "04-01"))]
    finding = only(CAPPED, BY_NOTICE, HELD, OTHERS, *notices)
    assert (finding.code, finding.severity) == ("exchange_cap_exceeded", Severity.WARNING)
    assert finding.message == (
        "The conversion of 1 Apr 2022 by Ada takes Series C above its exchange cap: 200,000 shares in all, "
        "100 more than the 199,900 that 19.99 % of 1,000,000 allow."
    )
    assert finding.place == Place("transactions", 4, "into_quantity")
    assert found(CAPPED, BY_NOTICE, HELD, OTHERS, notices[0]) == []


@pytest.mark.parametrize(("shares", "findings"), [(100_000, 1), (2_000, 0)])
def test_shares_after_a_split_count_as_those_of_the_day_of_signing(shares: int, findings: int) -> None:
    """1 for 50: 2,000 new shares are 100,000 old ones; 99,900 and 100,000 reach 199,900."""
    first = converted(3, "03-01", ADA, 10, 99_900, amount=Decimal(100_000))
    later = converted(5, "05-01", ADA, 10, shares, amount=Decimal(100_000))
    codes = [
        one.code for one in found(CAPPED, BY_NOTICE, HELD, OTHERS, first, split(4, "04-01", "1/50"), later)
    ]
    assert codes.count("exchange_cap_exceeded") == findings


def test_a_limit_that_cannot_be_is_none() -> None:
    for limits in (
        Limits(ownership=Decimal(2)),
        Limits(ownership=Decimal(-1)),
        Limits(exchange_cap=Decimal(-1), outstanding_at_signing=Decimal(5)),
        Limits(exchange_cap=ONE, outstanding_at_signing=Decimal(-5)),
    ):
        over = converted(3, "03-01", ADA, 100, 1_000_000, price=ONE)
        assert found(replace(SERIES_C, limits=limits), BY_NOTICE, HELD, OTHERS, over) == []
