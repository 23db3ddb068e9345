"""Of a long price list only the days that count are looked at; the price is that of the whole list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from neocapgui.engine.calculations.floating import FloatingPrice, TradingDay, floating_price
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.lens import Lens
from neocapgui.engine.rights import TermsInForce
from neocapgui.ledger.facts import ConversionRight, Price
from neocapgui.ledger.terms import ConversionBasis, LookBack, PriceField, WindowEnd
from tests.engine.ledgers import COMMON, PREFERRED, cast

FIRST = date(2022, 12, 20)
DAYS = st.integers(0, 15).map(lambda days: FIRST + timedelta(days))
FIGURE = st.none() | st.integers(1, 9).map(Decimal)
RIGHT = ConversionRight(9, PREFERRED.id, COMMON.id, ConversionBasis.FLOATING)


def priced(terms: TermsInForce, right: ConversionRight) -> FloatingPrice | str:
    try:
        return terms.market_price(right)
    except CalculationRefused as refusal:
        return str(refusal)


def trading_day(price: Price) -> TradingDay:
    said = {str(field): getattr(price, field) for field in PriceField}
    return TradingDay(
        price.date, {name: Fraction(value) for name, value in said.items() if value is not None}
    )


def priced_by_all(terms: TermsInForce, right: ConversionRight, looked: date) -> FloatingPrice | str:
    days = [trading_day(price) for price in terms.ledger.prices.values()]
    try:
        return floating_price(terms.floating_terms(right), days, looked)
    except CalculationRefused as refusal:
        return str(refusal)


@given(
    st.lists(st.tuples(DAYS, FIGURE, FIGURE), max_size=12, unique_by=lambda said: said[0])
    | st.lists(st.tuples(DAYS, FIGURE, FIGURE), max_size=12),
    DAYS,
    st.integers(-1, 6),
    st.sampled_from(WindowEnd),
    st.lists(DAYS, max_size=2).map(tuple),
)
def test_the_window_gives_the_price_of_the_whole_list(
    said: list[tuple[date, Decimal | None, Decimal | None]],
    today: date,
    days: int,
    ends: WindowEnd,
    resets: tuple[date, ...],
) -> None:
    prices = [Price(id, COMMON.id, on, close, vwap) for id, (on, close, vwap) in enumerate(said, 1)]
    right = replace(RIGHT, look_back=LookBack(days=days, ends=ends), resets=resets)
    terms = TermsInForce.on(cast(PREFERRED, right, *prices), Lens(today))
    looked = max((day for day in resets if day <= today), default=today)
    assert priced(terms, right) == priced_by_all(terms, right, looked)
