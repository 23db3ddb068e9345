"""The exact market prices at which floor, fixed price and limits take their turn."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neocapgui.engine.convertibles import convertibles
from neocapgui.engine.lens import Lens
from neocapgui.engine.market_range import PriceCurve, price_curve, price_range
from neocapgui.ledger.facts import ConversionRight, Price
from neocapgui.ledger.ledger import Fact
from neocapgui.ledger.terms import ConversionBasis, Limits, LookBack, Rounding, WindowEnd
from tests.engine.ledgers import ADA, BOB, PREFERRED, TWO_FOR_ONE, cast, day, issued

LENS = Lens(day("12-31"), 1)
SERIES_C = replace(PREFERRED, stated_value=Decimal(10_000), issued=day("01-01"), rounding=Rounding.UP)
RIGHT = replace(
    TWO_FOR_ONE,
    basis=ConversionBasis.FLOATING,
    ratio=None,
    price=Decimal("6.15"),
    floor=Decimal("0.716"),
    look_back=LookBack(days=1, ends=WindowEnd.ON_CONVERSION_DATE, multiplier=Decimal("0.92")),
)
HELD = issued(1, "01-02", ADA, 200, security=PREFERRED.id)
OTHERS = issued(2, "01-01", BOB, 10_000_000)
TODAY = Price(1, 1, day("12-31"), vwap=Decimal("2.10"))


def curve(*facts: Fact, right: ConversionRight = RIGHT) -> PriceCurve:
    found = price_curve(cast(SERIES_C, right, HELD, OTHERS, TODAY, *facts), LENS, right)
    assert found is not None
    return found


def test_the_floor_and_the_fixed_price_begin_where_the_multiplied_market_meets_them() -> None:
    """0.716 / 0.92 and 6.15 / 0.92."""
    found = curve()
    assert found.floor_below == Fraction("0.716") / Fraction("0.92")
    assert found.fixed_above == Fraction("6.15") / Fraction("0.92")
    assert found.limited_below is None
    by_price = {point.market_price: point for point in found.points}
    assert by_price[found.floor_below].conversion_price == Fraction("0.716")
    assert by_price[found.fixed_above].conversion_price == Fraction("6.15")
    for point in found.points:
        below, above = point.market_price < found.floor_below, point.market_price > found.fixed_above
        assert point.governs == ("floor" if below else "fixed" if above else "variable")


def test_today_is_a_point_with_the_shares_of_the_convertible() -> None:
    """92 % of 2.10 is 1.932; 2,000,000 / 1.932 = 1,035,196.69, rounded up."""
    found = curve()
    (today,) = convertibles(cast(SERIES_C, RIGHT, HELD, OTHERS, TODAY), LENS, 1)
    assert found.last is not None
    assert [found.last.market_price, found.last.shares] == [Fraction("2.10"), today.shares]
    assert found.last.shares == 1_035_197
    assert found.last.part == Fraction(1_035_197, 11_035_197)


def test_each_holder_is_rounded_alone() -> None:
    """1,000,000 / 1.932 = 517,598.34 for each of two."""
    halves = [issued(id, "01-02", who, 100, security=PREFERRED.id) for id, who in ((1, ADA), (3, BOB))]
    found = curve(*halves)
    assert found.last is not None
    assert found.last.shares == 2 * 517_599


def test_a_rounded_price_reaches_a_limit_at_half_a_step() -> None:
    """To the cent: 0.72 is rounded from 0.715 on, and 6.16, the first cent above 6.15, from 6.155 on."""
    rounded = replace(RIGHT, look_back=replace(RIGHT.look_back, places=2))
    found = curve(right=rounded)
    assert found.floor_below == Fraction("0.715") / Fraction("0.92")
    assert found.fixed_above == Fraction("6.155") / Fraction("0.92")
    for point in found.points:
        below, above = point.market_price < found.floor_below, point.market_price >= found.fixed_above
        assert point.governs == ("floor" if below else "fixed" if above else "variable")


def test_a_fixed_price_below_the_floor_governs_alone() -> None:
    found = curve(right=replace(RIGHT, price=Decimal("0.50")))
    assert (found.floor_below, found.fixed_above) == (None, None)
    assert {point.governs for point in found.points} == {"fixed"}


def test_a_holders_limit_begins_to_bind_where_it_is_used_up() -> None:
    """9.99 % of 10,000,000 lets 1,109,876 be issued: 2,000,000 / 1,109,876 / 0.92."""
    found = curve(replace(SERIES_C, limits=Limits(ownership=Decimal("0.0999"))))
    assert found.limited_below == Fraction(2_000_000, 1_109_876) / Fraction("0.92")
    for point in found.points:
        assert point.issuable == min(point.shares, 1_109_876)
        assert (point.issuable < point.shares) == (point.market_price < found.limited_below)


def test_the_cap_of_the_exchange_binds_all_together() -> None:
    """19.99 % of 4,000,000 is 799,600: 2,000,000 / 799,600 / 0.92."""
    limits = Limits(exchange_cap=Decimal("0.1999"), outstanding_at_signing=Decimal(4_000_000))
    found = curve(replace(SERIES_C, limits=limits))
    assert found.limited_below == Fraction(2_000_000, 799_600) / Fraction("0.92")
    assert found.points[0].issuable == 799_600


def test_limits_that_always_bind_or_never_do_have_no_price() -> None:
    def limited_below(signing: int) -> Fraction | None:
        limits = Limits(exchange_cap=Decimal("0.1"), outstanding_at_signing=Decimal(signing))
        return curve(replace(SERIES_C, limits=limits)).limited_below

    assert limited_below(100) is None
    assert limited_below(100_000_000) is None


def test_a_right_that_is_over_has_no_curve() -> None:
    over = replace(RIGHT, ends=day("06-30"))
    book = cast(SERIES_C, over, HELD, OTHERS, TODAY)
    assert price_curve(book, LENS, over) is None
    assert price_range(book, LENS, over) == ()


@pytest.mark.parametrize("last", ["0.0003", "2.10", "77.5", "12000"])
def test_the_curve_is_fine_and_its_prices_are_round(last: str) -> None:
    free = replace(RIGHT, price=None, floor=None)
    found = curve(replace(TODAY, vwap=Decimal(last)), right=free)
    assert 120 <= len(found.points) <= 330
    prices = [point.market_price for point in found.points]
    assert prices == sorted(set(prices))
    step = max(after - before for before, after in pairwise(prices))
    size = Decimal(step.numerator) / step.denominator
    assert size.normalize().as_tuple().digits in {(1,), (2,), (5,)}


@given(
    st.decimals("0.01", 20, places=2),
    st.one_of(st.none(), st.decimals("0.01", 9, places=3)),
    st.one_of(st.none(), st.decimals("0.01", 9, places=3)),
    st.one_of(st.none(), st.integers(0, 4)),
)
def test_the_fewer_a_share_is_worth_the_more_are_given(
    last: Decimal, floor: Decimal | None, fixed: Decimal | None, places: int | None
) -> None:
    right = replace(RIGHT, floor=floor, price=fixed, look_back=replace(RIGHT.look_back, places=places))
    book = cast(SERIES_C, right, HELD, OTHERS, replace(TODAY, vwap=last))
    found = price_curve(book, LENS, right)
    for points in (() if found is None else found.points, price_range(book, LENS, right)):
        shares = [point.shares for point in points]
        assert shares == sorted(shares, reverse=True)
    if found is not None:
        floor_below = found.floor_below or 0
        assert all((point.governs == "floor") == (point.market_price < floor_below) for point in found.points)
