"""The conversion price that follows the market: look-back windows, limits, and resets on dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from neocapgui.engine.calculations.demands import not_negative, positive
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact, Mode, rounded_shares, rounded_to
from neocapgui.engine.calculations.splitting import SplitRatio
from neocapgui.ledger.terms import Rounding, Statistic, WindowEnd


@dataclass(frozen=True, slots=True)
class TradingDay:
    """One day of the price list: a price per share for each column, as traded that day."""

    date: date
    prices: Mapping[str, Exact]  # close, vwap, low, bid, ...


@dataclass(frozen=True, slots=True)
class SplitDay:
    """A split; the prices of its own day are those after it."""

    date: date
    ratio: SplitRatio


@dataclass(frozen=True, slots=True)
class Window:
    """Which trading days of which column make a price, and what is taken of them."""

    field: str
    days: int  # trading days
    ends: WindowEnd = WindowEnd.ON_CONVERSION_DATE
    statistic: Statistic = Statistic.LOWEST
    lowest: int | None = None  # how many of the lowest are averaged; equal ones count separately
    as_of: date | None = None  # instead of the conversion date


@dataclass(frozen=True, slots=True)
class FloatingTerms:
    """A conversion price from the market, as its paper states it."""

    windows: Sequence[Window]
    multiplier: Exact = 1  # 0.92: ninety-two percent of the market
    places: int | None = None  # decimals of the variable price; None is not rounded
    mode: Mode = Mode.HALF_UP
    floor: Exact | None = None  # of the variable price only
    fixed_price: Exact | None = None  # the upper limit
    floor_restated: bool = True  # whether a split restates the floor


class Governs(StrEnum):
    """Which leg of a floating price decided."""

    VARIABLE = "variable"
    FLOOR = "floor"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Looked:
    """The days of one window and what they gave."""

    days: Sequence[tuple[date, Fraction]]  # prices restated for the splits since
    result: Fraction


@dataclass(frozen=True, slots=True)
class FloatingPrice:
    """A floating conversion price with the steps to it."""

    windows: tuple[Looked, ...]
    reference_price: Fraction  # the lowest result of a window
    variable_price: Fraction
    floor: Fraction | None  # both limits as restated
    fixed_price: Fraction | None
    conversion_price: Fraction
    governs: Governs


def floating_price(
    terms: FloatingTerms,
    trading_days: Sequence[TradingDay],
    conversion_date: date,
    splits: Sequence[SplitDay] = (),
) -> FloatingPrice:
    """Return the conversion price in force for a notice of the conversion date.

    Reference price = lowest window result; variable price = reference x multiplier, rounded where the
    terms say so; price = min(fixed price, max(floor, variable price)): the floor protects the variable
    leg only. A window counts the days of the price list, in any order given. Each split multiplies the
    prices dated before it, the fixed price and, unless its text excludes that, the floor by old / new.
    Refuses `insufficient_price_history`: a window asks for more days, or for a day without its column;
    `bad_input`: a window, limit or split that cannot be.

    Source: Bed Bath & Beyond Inc., prospectus supplement of February 2023, Series A preferred.

    >>> days = [TradingDay(date(2023, 2, 28), {"vwap": Fraction("2.10")}),
    ...         TradingDay(date(2023, 3, 1), {"vwap": Fraction("2.19")})]
    >>> terms = FloatingTerms([Window("vwap", 2)], Fraction("0.92"), floor=Fraction("0.716"), fixed_price=6)
    >>> price = floating_price(terms, days, date(2023, 3, 1))
    >>> str(price.conversion_price), str(price.governs)
    ('483/250', 'variable')
    """
    if not terms.windows:
        raise CalculationRefused("bad_input", "A floating price needs a look-back window.")
    for split in splits:
        if split.date > conversion_date:
            raise CalculationRefused(
                "bad_input", f"The split of {split.date} is after the conversion of {conversion_date}."
            )
    listed = _by_day(trading_days)
    looked = tuple(_look(window, listed, conversion_date, splits) for window in terms.windows)
    return price_of_windows(terms, looked, splits)


def price_of_windows(
    terms: FloatingTerms, looked: tuple[Looked, ...], splits: Sequence[SplitDay] = ()
) -> FloatingPrice:
    """Return the `floating_price` whose windows are known already.

    >>> windows = (Looked((), Fraction(2)),)
    >>> str(price_of_windows(FloatingTerms([Window("vwap", 2)], Fraction("0.92")), windows).conversion_price)
    '46/25'
    """
    reference = min(window.result for window in looked)
    variable = reference * positive("multiplier", terms.multiplier)
    if terms.places is not None:
        variable = rounded_to(variable, terms.places, terms.mode)
    restated = _price_factor(splits)
    floor = fixed = None
    price, governs = variable, Governs.VARIABLE
    if terms.floor is not None:
        floor = not_negative("floor", terms.floor) * (restated if terms.floor_restated else 1)
        if floor > price:
            price, governs = floor, Governs.FLOOR
    if terms.fixed_price is not None:
        fixed = positive("fixed price", terms.fixed_price) * restated
        if fixed < price:
            price, governs = fixed, Governs.FIXED
    return FloatingPrice(looked, reference, variable, floor, fixed, price, governs)


def _by_day(trading_days: Sequence[TradingDay]) -> list[TradingDay]:
    listed = sorted(trading_days, key=lambda day: day.date)
    for one, other in pairwise(listed):
        if one.date == other.date:
            raise CalculationRefused("bad_input", f"{one.date} stands twice in the price list.")
    return listed


def _look(
    window: Window, listed: Sequence[TradingDay], conversion_date: date, splits: Sequence[SplitDay]
) -> Looked:
    """Return the last days of the price list up to the end of the window, and their statistic."""
    positive("number of days of a window", window.days)
    end = conversion_date if window.as_of is None else window.as_of
    last_counts = window.ends is WindowEnd.ON_CONVERSION_DATE
    before = [day for day in listed if day.date < end or (last_counts and day.date == end)]
    given = [day for day in before[-window.days :] if window.field in day.prices]
    check_history(window, end, len(given))
    prices = tuple(
        (day.date, positive(f"{window.field} of {day.date}", day.prices[window.field]) * factor)
        for day in given
        for factor in [_price_factor([split for split in splits if day.date < split.date])]
    )
    return Looked(prices, _statistic(window, [price for _, price in prices]))


def check_history(window: Window, end: date, given: int) -> None:
    """Refuse (`insufficient_price_history`) a window that asks for more days than are given."""
    if given < window.days:
        raise CalculationRefused(
            "insufficient_price_history",
            f"The window asks for {window.days} trading days of {window.field} up to {end}; "
            f"{given} are given.",
        )


def averaged_lowest(window: Window, given: int) -> int:
    """Return how many of the lowest prices are averaged; refuse (`bad_input`) what cannot be."""
    count = window.lowest
    if count is None or not 1 <= count <= given:
        raise CalculationRefused("bad_input", f"Of {given} days the {count} lowest cannot be averaged.")
    return count


def _statistic(window: Window, prices: Sequence[Fraction]) -> Fraction:
    match window.statistic:
        case Statistic.LOWEST:
            return min(prices)
        case Statistic.LAST:
            return prices[-1]
        case Statistic.AVERAGE:
            return sum(prices, Fraction(0)) / len(prices)
        case Statistic.AVERAGE_OF_LOWEST:
            count = averaged_lowest(window, len(prices))
            return sum(sorted(prices)[:count], Fraction(0)) / count


def _price_factor(splits: Sequence[SplitDay]) -> Fraction:
    factor = Fraction(1)
    for split in splits:
        factor /= split.ratio.factor
    return factor


@dataclass(frozen=True, slots=True)
class Reset:
    """A date on which the conversion price follows the market."""

    market_price: Exact
    percent: Exact = 1  # of the market, 1.1 is 110%


def price_resets(
    initial_price: Exact,
    resets: Sequence[Reset],
    *,
    downward_only: bool,
    places: int,
    floor: Exact | None = None,
    ceiling: Exact | None = None,
) -> tuple[Fraction, ...]:
    """Return the conversion price after each reset, in order.

    New price = market x percent, half up to the places, at least the floor and at most the ceiling;
    downward only: the lower of it and the price before. Earlier conversions stay as they are.

    >>> resets = [Reset(Fraction("7.50"), Fraction("1.1")), Reset(Fraction("2.40"), Fraction("1.1"))]
    >>> [str(price) for price in price_resets(8, resets, downward_only=True, places=4, floor=3)]
    ['8', '3']
    """
    price = positive("initial price", initial_price)
    prices = []
    for reset in resets:
        market = not_negative("market price", reset.market_price) * positive("percent", reset.percent)
        new = rounded_to(market, places)
        if ceiling is not None:
            new = min(new, positive("ceiling", ceiling))
        if floor is not None:
            new = max(new, not_negative("floor", floor))
        price = min(price, new) if downward_only else new
        prices.append(price)
    return tuple(prices)


def repricing_shares(
    money: Exact,
    shares_bought: Exact,
    reset_price: Exact,
    fraction: Rounding,
    *,
    market_price: Exact | None = None,
    market_ceiling: Exact | None = None,
) -> Fraction:
    """Return the shares of an adjustable warrant: those that bring the average price to the reset price.

    Extra shares = money / reset price - shares bought, at least 0, rounded as stated. Nothing vests
    where the market price is above the ceiling of the terms.

    >>> int(repricing_shares(1_000_000, 200_000, 4, Rounding.DOWN))
    50000
    """
    if market_price is not None and market_ceiling is not None and market_price > market_ceiling:
        return Fraction(0)
    due = not_negative("money", money) / positive("reset price", reset_price)
    return rounded_shares(max(Fraction(0), due - not_negative("shares bought", shares_bought)), fraction)
