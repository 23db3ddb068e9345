"""Conversion prices after an issue below them."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.antidilution import (
    ConvertibleSeries,
    Issue,
    Protection,
    WeightedAverage,
    adjustment,
    adjustments,
)
from neocapgui.engine.calculations.refusal import CalculationRefused

TABLE = {"common": 8_000_000, "preferred": 2_000_000, "options": 2_000_000}
BROAD = ("common", "preferred", "options")
NARROW = ("common", "preferred")


def series(
    protection: Protection = Protection.WEIGHTED_AVERAGE,
    base: tuple[str, ...] = BROAD,
    price: Fraction = Fraction(5, 2),
    price_places: int | None = None,
) -> ConvertibleSeries:
    issued_at = Fraction(5, 2)
    return ConvertibleSeries("Series A", 2_000_000, issued_at, price, protection, base, price_places)


@pytest.mark.parametrize(
    ("protection", "base", "price", "ratio"),
    [
        (Protection.WEIGHTED_AVERAGE, BROAD, Fraction("2.1875"), Fraction(8, 7)),
        (Protection.WEIGHTED_AVERAGE, NARROW, Fraction(15, 7), Fraction(7, 6)),
        (Protection.FULL_RATCHET, (), Fraction("1.25"), 2),
        (Protection.NONE, (), Fraction("2.50"), 1),
    ],
)
def test_four_million_shares_at_half_the_conversion_price(
    protection: Protection, base: tuple[str, ...], price: Fraction, ratio: Fraction
) -> None:
    adjusted = adjustment(series(protection, base), Issue(4_000_000, 5_000_000), TABLE)
    assert (adjusted.conversion_price, adjusted.ratio) == (price, ratio)
    assert adjusted.as_converted == 2_000_000 * ratio


def test_an_issue_at_the_conversion_price_triggers_nothing() -> None:
    adjusted = adjustment(series(), Issue(100, 250), TABLE)
    assert (adjusted.is_triggered, adjusted.conversion_price) == (False, Fraction(5, 2))


def test_an_exempt_issue_triggers_nothing_and_still_shows_its_figures() -> None:
    adjusted = adjustment(series(), Issue(100, 0, is_exempt=True), TABLE)
    assert not adjusted.is_triggered
    assert adjusted.average == WeightedAverage(Fraction(12_000_000), Fraction(0), Fraction(100))


def test_the_price_is_rounded_before_the_ratio_is_taken() -> None:
    table = {"all": 5_000_000}
    later = ConvertibleSeries("B", 500_000, 4, 3, Protection.WEIGHTED_AVERAGE, ("all",), price_places=4)
    adjusted = adjustment(later, Issue(1_000_000, 2_000_000), table)
    assert (adjusted.conversion_price, adjusted.ratio) == (Fraction("2.8333"), Fraction(40_000, 28_333))


def test_rounding_never_raises_a_price() -> None:
    odd = series(price=Fraction("2.50006"), price_places=4)
    adjusted = adjustment(odd, Issue(1, 1), {**TABLE})
    assert adjusted.is_triggered
    assert adjusted.conversion_price == Fraction("2.50006")


def test_a_second_issue_starts_from_the_price_in_force_and_the_original_issue_price() -> None:
    first = adjustment(series(), Issue(4_000_000, 5_000_000), TABLE)
    second = adjustment(
        series(price=first.conversion_price),
        Issue(1_000_000, 1_000_000),
        {"common": 16_000_000, "preferred": first.as_converted, "options": 2_000_000},
    )
    assert second.conversion_price < first.conversion_price
    assert second.ratio == Fraction(5, 2) / second.conversion_price


@pytest.mark.parametrize(
    ("broken", "issue"),
    [
        (series(Protection.FULL_RATCHET, ()), Issue(100, 0)),
        (series(base=("shares of nobody",)), Issue(100, 100)),
        (series(base=("common", "common")), Issue(100, 100)),
        (series(price=Fraction(0)), Issue(100, 100)),
        (replace(series(), original_issue_price=0), Issue(100, 100)),
        (replace(series(), shares=-1), Issue(100, 100)),
        (series(), Issue(0, 100)),
        (series(), Issue(100, -1)),
        (series(base=()), Issue(100, 0)),
    ],
)
def test_what_cannot_be_is_refused(broken: ConvertibleSeries, issue: Issue) -> None:
    with pytest.raises(CalculationRefused) as refused:
        adjustment(broken, issue, TABLE)
    assert refused.value.code == "bad_input"


counts = st.integers(1, 10**8)
prices = st.integers(1, 10**6).map(lambda cents: Fraction(cents, 100))


@given(st.tuples(counts, counts, counts), counts, st.integers(0, 10**10), prices)
@settings(max_examples=200)
def test_twin_the_new_price_makes_old_and_new_shares_worth_what_was_paid(
    table: tuple[int, int, int], shares: int, money: int, price: Fraction
) -> None:
    """(A + C) CP2 = A CP1 + consideration, so CP2 lies between p and CP1, the narrower the lower."""
    capitalization = dict(zip(BROAD, table, strict=True))
    issue = Issue(shares, money)
    broad = adjustment(series(price=price), issue, capitalization)
    narrow = adjustment(series(base=NARROW, price=price), issue, capitalization)
    if Fraction(money, shares) >= price:
        assert broad.conversion_price == narrow.conversion_price == price
        return
    for adjusted, counted in ((broad, sum(table)), (narrow, sum(table[:2]))):
        assert (counted + shares) * adjusted.conversion_price == counted * price + money
    assert Fraction(money, shares) <= narrow.conversion_price <= broad.conversion_price <= price
    if money:
        ratchet = adjustment(series(Protection.FULL_RATCHET, (), price), issue, capitalization)
        assert ratchet.conversion_price == Fraction(money, shares) <= narrow.conversion_price


@given(st.permutations(range(4)), counts, st.integers(1, 10**9))
@settings(max_examples=60)
def test_the_order_of_the_series_changes_nothing(order: list[int], shares: int, money: int) -> None:
    stack = [
        replace(series(), name="A"),
        replace(series(base=NARROW, price=Fraction(4)), name="B"),
        replace(series(Protection.FULL_RATCHET, ()), name="C"),
        replace(series(Protection.NONE, ()), name="D"),
    ]
    issue = Issue(shares, money)
    straight = adjustments(stack, issue, TABLE, 8_000_000)
    shuffled = adjustments([stack[place] for place in order], issue, TABLE, 8_000_000)
    assert shuffled.fully_diluted == straight.fully_diluted
    assert {after.name: after for after in shuffled.adjustments} == {
        after.name: after for after in straight.adjustments
    }
    assert straight.fully_diluted == 8_000_000 + shares + sum(
        after.as_converted for after in straight.adjustments
    )
