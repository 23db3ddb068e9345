"""The conversion rate raised by a make-whole table after an early conversion event."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from neocapgui.engine.calculations.demands import not_negative, positive
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact, rounded_shares, rounded_to
from neocapgui.ledger.terms import Rounding

PRINCIPAL_UNIT = 1000  # a conversion rate is in shares for this much of principal


@dataclass(frozen=True, slots=True)
class MakeWholeTable:
    """Additional shares per 1,000 of principal: a row for each effective date, a column for each price."""

    stock_prices: Sequence[Exact]  # ascending
    dates: Sequence[date]  # ascending
    rows: Sequence[Sequence[Exact]]

    def additional(self, stock_price: Exact, effective_date: date) -> Fraction:
        """Return the additional shares, linear between neighbouring prices and dates, not rounded.

        Below the lowest and above the highest price nothing is added; on or before the first date the
        first row counts. Refuses `bad_input`: a date after the last, a table that is none.
        """
        prices = self._checked()
        price = positive("stock price", stock_price)
        if effective_date > self.dates[-1]:
            raise CalculationRefused(
                "bad_input", f"{effective_date} is after {self.dates[-1]}, the last date of the table."
            )
        if not prices[0] <= price <= prices[-1]:
            return Fraction(0)
        before = max(0, bisect_right(self.dates, effective_date) - 1)
        earlier = _between(prices, self.rows[before], price)
        if effective_date <= self.dates[before]:
            return earlier
        later = _between(prices, self.rows[before + 1], price)
        first, second = self.dates[before], self.dates[before + 1]
        return earlier + (later - earlier) * Fraction((effective_date - first).days, (second - first).days)

    def _checked(self) -> list[Fraction]:
        prices = [positive("stock price of the table", price) for price in self.stock_prices]
        is_ascending = all(one < other for one, other in pairwise(prices)) and all(
            one < other for one, other in pairwise(self.dates)
        )
        if not prices or not self.dates or not is_ascending:
            raise CalculationRefused("bad_input", "A make-whole table needs ascending prices and dates.")
        if len(self.rows) != len(self.dates) or any(len(row) != len(prices) for row in self.rows):
            raise CalculationRefused(
                "bad_input", f"The table needs {len(self.dates)} rows of {len(prices)} numbers."
            )
        return prices


def _between(prices: Sequence[Fraction], row: Sequence[Exact], price: Fraction) -> Fraction:
    column = bisect_right(prices, price) - 1
    here = Fraction(row[column])
    if price == prices[column]:
        return here
    part = (price - prices[column]) / (prices[column + 1] - prices[column])
    return here + (Fraction(row[column + 1]) - here) * part


@dataclass(frozen=True, slots=True)
class MakeWhole:
    """A raised conversion rate and the shares it gives."""

    additional_exact: Fraction
    additional_shares: Fraction  # to the places of the rate
    conversion_rate: Fraction
    shares_exact: Fraction
    shares: Fraction


def make_whole(
    table: MakeWholeTable,
    *,
    base_rate: Exact,
    rate_places: int,
    principal: Exact,
    stock_price: Exact,
    effective_date: date,
    fraction: Rounding,
    max_rate: Exact | None = None,
) -> MakeWhole:
    """Return the conversion rate per 1,000 of principal raised by the table, and the shares.

    Rate = the lower of base + unrounded addition and `max_rate`, half up to `rate_places`; shares =
    principal / 1000 x that rate, rounded as the instrument says. Refuses `bad_input`.

    >>> table = MakeWholeTable([20, 25, 30], [date(2026, 1, 15), date(2027, 1, 15)], [[8, 4, 2], [6, 2, 0]])
    >>> answer = make_whole(table, base_rate=40, rate_places=4, principal=1500, stock_price=24,
    ...                     effective_date=date(2026, 7, 20), fraction=Rounding.DOWN)
    >>> str(answer.conversion_rate), int(answer.shares)
    ('27363/625', 65)
    """
    added = table.additional(stock_price, effective_date)
    rate = positive("base rate", base_rate) + added
    if max_rate is not None:
        rate = min(rate, positive("highest rate", max_rate))
    rate = rounded_to(rate, rate_places)
    exact = not_negative("principal", principal) / PRINCIPAL_UNIT * rate
    return MakeWhole(added, rounded_to(added, rate_places), rate, exact, rounded_shares(exact, fraction))
