"""Floating prices: by hand, between their limits, and against a slow second way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.floating import (
    FloatingTerms,
    Governs,
    Reset,
    SplitDay,
    TradingDay,
    Window,
    floating_price,
    price_resets,
    repricing_shares,
)
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Mode
from neocapgui.engine.calculations.splitting import SplitRatio
from neocapgui.ledger.terms import Rounding, Statistic, WindowEnd

MONDAY = date(2025, 3, 3)

Path = Sequence[Fraction | None]


def closes(*figures: str | Fraction | None) -> list[TradingDay]:
    """A close for each day from Monday; None is a day without trading."""
    return [
        TradingDay(on(number), {"close": Fraction(figure)})
        for number, figure in enumerate(figures)
        if figure is not None
    ]


def on(number: int) -> date:
    return MONDAY + timedelta(number)


def refusal(
    terms: FloatingTerms, days: Sequence[TradingDay], day: date, splits: Sequence[SplitDay] = ()
) -> str:
    with pytest.raises(CalculationRefused) as refused:
        floating_price(terms, days, day, splits)
    return refused.value.code


def test_the_day_of_the_notice_counts_only_where_the_terms_say_so() -> None:
    days = closes("4.02", "3.98", "4.05", "3.96", "2.00")
    before = FloatingTerms([Window("close", 4, WindowEnd.DAY_BEFORE, Statistic.AVERAGE)])
    assert floating_price(before, days, on(4)).reference_price == Fraction("4.0025")
    including = FloatingTerms([Window("close", 4, WindowEnd.ON_CONVERSION_DATE, Statistic.LOWEST)])
    assert floating_price(including, days, on(4)).reference_price == 2


def test_days_without_trading_do_not_count() -> None:
    days = closes("3", "1", None, None, "2", "5")
    terms = FloatingTerms([Window("close", 3, WindowEnd.DAY_BEFORE)])
    looked = floating_price(terms, days, on(5)).windows[0]
    assert dict(looked.days) == {on(0): 3, on(1): 1, on(4): 2}
    last = FloatingTerms([Window("close", 1, WindowEnd.ON_CONVERSION_DATE, Statistic.LAST)])
    assert floating_price(last, days, on(3)).reference_price == 1  # a notice on a day without trading


def test_equal_lowest_values_count_separately() -> None:
    days = closes("2", "1", "3", "1", "9")
    terms = FloatingTerms([Window("close", 5, statistic=Statistic.AVERAGE_OF_LOWEST, lowest=3)])
    assert floating_price(terms, days, on(4)).reference_price == Fraction(4, 3)


def test_the_order_of_the_price_list_does_not_matter() -> None:
    days = closes("2", "1", "3")
    terms = FloatingTerms([Window("close", 2, statistic=Statistic.LAST)])
    assert floating_price(terms, days[::-1], on(2)) == floating_price(terms, days, on(2))


def test_a_split_inside_the_window_restates_what_stands_before_it() -> None:
    days = closes("1.90", "2.08", "0.96", "0.98")
    splits = [SplitDay(on(2), SplitRatio(2, 1))]
    windows = [Window("close", 4)]
    price = floating_price(FloatingTerms(windows, 1, floor=2, fixed_price=6), days, on(3), splits)
    assert [figure for _, figure in price.windows[0].days] == [
        Fraction(figure) for figure in ("0.95", "1.04", "0.96", "0.98")
    ]
    assert [price.floor, price.fixed_price, price.governs] == [1, 3, Governs.FLOOR]
    excluded = FloatingTerms(windows, 1, floor=2, fixed_price=6, floor_restated=False)
    assert floating_price(excluded, days, on(3), splits).floor == 2


def test_the_floor_protects_the_variable_leg_only() -> None:
    days = closes("4.80")
    terms = FloatingTerms([Window("close", 1)], Fraction("0.9"), floor=Fraction("4.5"), fixed_price=4)
    price = floating_price(terms, days, on(0))
    assert [price.variable_price, price.conversion_price] == [Fraction("4.32"), 4]
    assert price.governs is Governs.FIXED


def test_at_equal_prices_the_variable_leg_governs_and_then_the_floor() -> None:
    days = closes("4")
    equal = floating_price(FloatingTerms([Window("close", 1)], floor=4, fixed_price=4), days, on(0))
    assert equal.governs is Governs.VARIABLE
    floor = floating_price(FloatingTerms([Window("close", 1)], floor=5, fixed_price=5), days, on(0))
    assert floor.governs is Governs.FLOOR


def test_only_the_variable_price_is_rounded() -> None:
    days = closes("4.0025")
    terms = FloatingTerms([Window("close", 1)], Fraction("0.95"), places=4, mode=Mode.HALF_UP)
    assert floating_price(terms, days, on(0)).conversion_price == Fraction("3.8024")
    fixed = FloatingTerms([Window("close", 1)], places=1, fixed_price=Fraction("2.55"))
    assert floating_price(fixed, days, on(0)).conversion_price == Fraction("2.55")


def test_a_window_that_reaches_before_the_list_is_refused() -> None:
    days = closes("4.02", "3.98", "4.05", "3.96", "3.90")
    terms = FloatingTerms([Window("close", 5, WindowEnd.DAY_BEFORE)])
    assert refusal(terms, days, on(4)) == "insufficient_price_history"
    assert refusal(FloatingTerms([Window("vwap", 1)]), days, on(4)) == "insufficient_price_history"


def test_terms_and_splits_that_cannot_be_are_refused() -> None:
    days = closes("4")
    assert refusal(FloatingTerms([]), days, on(0)) == "bad_input"
    assert refusal(FloatingTerms([Window("close", 0)]), days, on(0)) == "bad_input"
    assert refusal(FloatingTerms([Window("close", 1)], 0), days, on(0)) == "bad_input"
    assert refusal(FloatingTerms([Window("close", 1)]), days * 2, on(0)) == "bad_input"
    too_many = Window("close", 1, statistic=Statistic.AVERAGE_OF_LOWEST, lowest=2)
    assert refusal(FloatingTerms([too_many]), days, on(0)) == "bad_input"
    later = [SplitDay(on(1), SplitRatio(2, 1))]
    assert refusal(FloatingTerms([Window("close", 1)]), days, on(0), later) == "bad_input"


def test_resets_go_down_only_to_the_floor() -> None:
    resets = [Reset(Fraction(market), Fraction("1.10")) for market in ("7.50", "5.555", "2.40")]
    prices = price_resets(8, resets, downward_only=True, places=4, floor=3)
    assert list(prices) == [8, Fraction("6.1105"), 3]


def test_resets_in_both_directions_stay_below_the_ceiling() -> None:
    resets = [Reset(Fraction("1.234")), Reset(Fraction("2.505")), Reset(9)]
    prices = price_resets(2, resets, downward_only=False, places=2, ceiling=4)
    assert list(prices) == [
        Fraction("1.23"),
        Fraction("2.51"),
        4,
    ]


def test_an_adjustable_warrant_brings_the_average_price_down() -> None:
    assert repricing_shares(1_000_000, 200_000, 4, Rounding.DOWN) == 50_000
    assert repricing_shares(1_000_000, 200_000, 6, Rounding.DOWN) == 0
    assert repricing_shares(10**6, 10**5, 4, Rounding.DOWN, market_price=9, market_ceiling=8) == 0


figures = st.integers(1, 500).map(lambda hundredths: Fraction(hundredths, 100))
paths = st.lists(st.one_of(st.none(), figures), min_size=1, max_size=14)
windows = st.builds(
    Window,
    st.just("close"),
    st.integers(1, 5),
    st.sampled_from(WindowEnd),
    st.sampled_from(Statistic),
    st.integers(1, 5),
    st.one_of(st.none(), st.integers(0, 13).map(on)),
)
terms_of_any_kind = st.builds(
    FloatingTerms,
    st.lists(windows, min_size=1, max_size=3),
    st.sampled_from([Fraction("0.85"), Fraction(1), Fraction("1.2")]),
    st.one_of(st.none(), st.integers(0, 4)),
    st.sampled_from(Mode),
    st.one_of(st.none(), figures),
    st.one_of(st.none(), figures),
    st.booleans(),
)
split_days = st.lists(
    st.builds(
        SplitDay, st.integers(0, 9).map(on), st.builds(SplitRatio, st.integers(1, 4), st.integers(1, 4))
    ),
    max_size=3,
)


def slow_statistic(window: Window, listed: dict[date, Fraction], day: date) -> Fraction | None:
    """What a window gives by a calendar that is walked back day by day; None where it has too few days."""
    if window.ends is WindowEnd.DAY_BEFORE:
        day -= timedelta(1)
    seen: list[Fraction] = []
    while len(seen) < window.days:
        if day < MONDAY:
            return None
        if day in listed:
            seen.append(listed[day])
        day -= timedelta(1)
    if window.statistic is Statistic.LAST:
        return seen[0]
    wanted = {Statistic.LOWEST: 1, Statistic.AVERAGE_OF_LOWEST: window.lowest}.get(window.statistic)
    lowest: list[Fraction] = []
    while seen and len(lowest) != wanted:
        lowest.append(min(seen))
        seen.remove(min(seen))
    return sum(lowest, Fraction(0)) / len(lowest)


def slow_price(terms: FloatingTerms, path: Path, day: date, splits: Sequence[SplitDay]) -> Fraction | None:
    """The price with everything restated split by split; None where a window has too few days."""
    listed = {on(number): figure for number, figure in enumerate(path) if figure is not None}
    floor = Fraction(terms.floor or 0)
    fixed = Fraction(terms.fixed_price or 10**9)
    for split in splits:
        new, old = Fraction(split.ratio.new), Fraction(split.ratio.old)
        listed = {on: price * old / new if on < split.date else price for on, price in listed.items()}
        fixed = fixed * old / new
        floor = floor * old / new if terms.floor_restated else floor
    results = [slow_statistic(window, listed, window.as_of or day) for window in terms.windows]
    if None in results:
        return None
    price = min(result for result in results if result is not None) * Fraction(terms.multiplier)
    if terms.places is not None:
        unit = Fraction(1, 10**terms.places)
        over = price % unit
        is_up = {Mode.FLOOR: False, Mode.CEIL: over > 0, Mode.HALF_UP: over >= unit / 2}[terms.mode]
        price += unit - over if is_up else -over
    return min(fixed, max(floor, price))


@settings(max_examples=200, deadline=None)
@given(terms_of_any_kind, paths, split_days)
def test_the_price_agrees_with_a_calendar_walked_day_by_day(
    terms: FloatingTerms, path: Path, splits: Sequence[SplitDay]
) -> None:
    if any(w.statistic is Statistic.AVERAGE_OF_LOWEST and (w.lowest or 0) > w.days for w in terms.windows):
        return
    slow = slow_price(terms, path, on(10), splits)
    days = closes(*path)
    if slow is None:
        assert refusal(terms, days, on(10), splits) == "insufficient_price_history"
        return
    price = floating_price(terms, days, on(10), splits)
    assert price.conversion_price == slow
    if price.floor is not None and price.fixed_price is not None and price.floor <= price.fixed_price:
        assert price.floor <= price.conversion_price <= price.fixed_price


@settings(max_examples=60, deadline=None)
@given(terms_of_any_kind, paths, split_days, st.randoms(use_true_random=False))
def test_the_order_of_windows_splits_and_days_changes_nothing(
    terms: FloatingTerms, path: Path, splits: Sequence[SplitDay], random: Random
) -> None:
    def price(order: bool) -> tuple[Fraction, Governs] | str:
        days, shuffled, kinds = closes(*path), list(splits), list(terms.windows)
        if order:
            random.shuffle(days)
            random.shuffle(shuffled)
            random.shuffle(kinds)
        again = FloatingTerms(
            kinds, terms.multiplier, terms.places, terms.mode, terms.floor, terms.fixed_price
        )
        try:
            answer = floating_price(again, days, on(10), shuffled)
        except CalculationRefused as refused:
            return "refused for one of several reasons" if refused.code else "refused for none"
        return answer.conversion_price, answer.governs

    assert price(order=False) == price(order=True)
