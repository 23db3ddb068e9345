"""What a floating conversion gives over a range of market prices, and where another term begins to govern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from neocapgui.engine.calculations.demands import positive
from neocapgui.engine.calculations.floating import FloatingTerms, TradingDay, Window, floating_price
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import rounded_shares
from neocapgui.engine.convertibles import left_under_cap, most_for_holder
from neocapgui.engine.holdings import holdings, outstanding
from neocapgui.engine.lens import Lens
from neocapgui.engine.rights import TermsInForce
from neocapgui.ledger.facts import ConversionRight
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import ConversionBasis, Rounding, Statistic, WindowEnd

_ROUND = tuple(Fraction(percent, 100) for percent in (10, 25, 50, 75, 90, 100, 110, 125, 150, 200, 300))
_FINE = 120  # steps at least
_FAR = 5  # times the last price: where a term takes its turn up to there, the curve goes on to it
_BEYOND = Fraction(11, 10)


@dataclass(frozen=True, slots=True)
class AtMarket:
    """What a floating conversion would give if the market stood at a price throughout its window."""

    market_price: Fraction
    conversion_price: Fraction
    governs: str
    shares: Fraction  # all units at once, rounded holder by holder as the paper says
    part: Fraction  # of the class after the issue
    issuable: Fraction  # of the shares: what the holders' limits and the exchange cap allow


@dataclass(frozen=True, slots=True)
class PriceCurve:
    """A floating conversion over the market prices, with the prices at which its terms take turns."""

    right: ConversionRight
    outstanding: Fraction  # of the class, before the issue
    points: tuple[AtMarket, ...]  # the lowest market price first
    last: AtMarket | None  # at the last known price; None where the terms give nothing there
    floor_below: Fraction | None  # the floor governs below this market price
    fixed_above: Fraction | None  # the fixed price governs above (of a rounded price: from) this one
    limited_below: Fraction | None  # limits hold shares back below this one


def price_range(ledger: Ledger, lens: Lens, right: ConversionRight) -> tuple[AtMarket, ...]:
    """Return shares and dilution over market prices from a tenth to three times the last known price.

    A single number would mislead where the price floats: the fewer a share is worth, the more are given.
    Empty where the right does not float or is not open, nothing is outstanding, or no price of the
    market is known.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Price, Security
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> from neocapgui.ledger.transactions import Transaction
    >>> day, right = date(2001, 8, 31), ConversionRight(1, 2, 1, ConversionBasis.FLOATING)
    >>> sold = Transaction(1, day, "issuance", security=2, stakeholder=1, quantity=Decimal(700_000))
    >>> note = Security(2, 1, "Note", SecurityKind.CONVERTIBLE, stated_value=Decimal(1))
    >>> ledger = Ledger(securities={2: note}, prices={1: Price(1, 1, day, close=Decimal("3.48"))},
    ...                 transactions=Transactions.of([sold]))
    >>> {str(one.market_price): int(one.shares) for one in price_range(ledger, Lens(day), right)[2:6:3]}
    {'87/50': 402299, '87/25': 201149}
    """
    offer = _offer(ledger, lens, right)
    return () if offer is None else offer.points(offer.last * step for step in _ROUND)


def price_curve(ledger: Ledger, lens: Lens, right: ConversionRight) -> PriceCurve | None:
    """Return the same range in fine, round steps, and exactly where floor, fixed price and limits begin.

    It goes on a tenth beyond a term that takes its turn within five times the last known price.
    With a multiplier k the floor governs below floor / k and the fixed price above fixed price / k; where
    the variable price is rounded, from the price on whose product is rounded to the next step. Limits
    hold back below the highest market price at which a holder, or all together, get exactly what they may
    have: face / shares allowed / k. A term that never governs, or always, has no such price.
    None where `price_range` is empty.

    Source: the parameters of Bed Bath & Beyond Inc., prospectus supplement of February 2023, Series A.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Price, Security
    >>> from neocapgui.ledger.terms import LookBack, SecurityKind
    >>> from neocapgui.ledger.transactions import Transaction
    >>> day, most = date(2023, 3, 1), LookBack(days=1, multiplier=Decimal("0.92"))
    >>> right = ConversionRight(1, 2, 1, ConversionBasis.FLOATING, price=Decimal("6.15"),
    ...                         floor=Decimal("0.716"), look_back=most)
    >>> sold = Transaction(1, day, "issuance", security=2, stakeholder=1, quantity=Decimal(100))
    >>> paper = Security(2, 1, "Series A", SecurityKind.PREFERRED, stated_value=Decimal(10_000))
    >>> ledger = Ledger(securities={2: paper}, prices={1: Price(1, 1, day, close=Decimal("2.10"))},
    ...                 transactions=Transactions.of([sold]))
    >>> curve = price_curve(ledger, Lens(day), right)
    >>> str(curve.floor_below), str(curve.fixed_above)  # 0.716 / 0.92 and 6.15 / 0.92
    ('179/230', '615/92')
    """
    offer = _offer(ledger, lens, right)
    if offer is None:
        return None
    low, high = offer.last * _ROUND[0], offer.last * _ROUND[-1]
    turns = (offer.floor_below, offer.fixed_above, offer.limited_below)
    near = [price * _BEYOND for price in turns if price is not None and price <= offer.last * _FAR]
    high = max([high, *near])
    inside = {price for price in turns if price is not None and low < price < high}
    points = offer.points(sorted({*_round_prices(low, high), offer.last} | inside))
    last = next((point for point in points if point.market_price == offer.last), None)
    return PriceCurve(right, offer.outstanding, points, last, *turns) if points else None


def _round_prices(low: Fraction, high: Fraction) -> list[Fraction]:
    """Return the multiples of 1, 2 or 5 and zeros between two prices, at least some 120 of them."""
    step = Fraction(1)
    while step * _FINE > high - low:
        step /= 10
    while 10 * step * _FINE <= high - low:
        step *= 10
    step *= next(size for size in (5, 2, 1) if size * step * _FINE <= high - low)
    return [step * number for number in range(ceil(low / step), floor(high / step) + 1)]


@dataclass(frozen=True, slots=True)
class _Lot:
    """What a holder converts, and the most that his limit lets him have."""

    face: Fraction
    most: Fraction | None


@dataclass(frozen=True, slots=True)
class _Offer:
    """All that is outstanding of a floating paper, with its terms on a day."""

    lens: Lens
    said: FloatingTerms
    lots: tuple[tuple[_Lot, int], ...]  # and how many holders have such a one
    cap: Fraction | None  # shares that all together may still have
    rounding: Rounding
    outstanding: Fraction
    last: Fraction  # market price

    def points(self, prices: Iterable[Fraction]) -> tuple[AtMarket, ...]:
        """Return what is given at some prices; those at which the terms give none are left out."""
        found = []
        for price in prices:
            with suppress(CalculationRefused):
                found.append(self.at(price))
        return tuple(found)

    def at(self, market: Fraction) -> AtMarket:
        """Find the price as by the terms, with one trading day at the market price in place of the window."""
        one_day = Window("market", 1, WindowEnd.ON_CONVERSION_DATE, Statistic.LAST)
        day = self.lens.as_of
        found = floating_price(
            replace(self.said, windows=[one_day]), [TradingDay(day, {"market": market})], day
        )
        price = positive("conversion price", found.conversion_price)
        shares = issuable = Fraction(0)
        for lot, holders in self.lots:
            own = rounded_shares(lot.face / price, self.rounding)
            shares += own * holders
            issuable += (own if lot.most is None else min(own, lot.most)) * holders
        if self.cap is not None:
            issuable = min(issuable, self.cap)
        part = shares / (self.outstanding + shares) if shares else Fraction(0)
        return AtMarket(market, price, str(found.governs), shares, part, issuable)

    @property
    def floor_below(self) -> Fraction | None:
        """The market price below which the floor governs."""
        if not self.said.floor or self._is_always_fixed:
            return None
        return self._reaching(Fraction(self.said.floor))

    @property
    def fixed_above(self) -> Fraction | None:
        """The market price above which the fixed price governs; from which on, where prices are rounded."""
        fixed = self.said.fixed_price
        if fixed is None or self._is_always_fixed:
            return None
        if self.said.places is None:
            return self._reaching(Fraction(fixed))
        least = Fraction(1, 10**self.said.places)
        return self._reaching((Fraction(fixed) // least + 1) * least)

    @property
    def limited_below(self) -> Fraction | None:
        """The market price below which limits hold shares back."""
        face = sum((lot.face * holders for lot, holders in self.lots), Fraction(0))
        bounds = [(lot.face, lot.most) for lot, _ in self.lots] + [(face, self.cap)]
        prices = [owed / most for owed, most in bounds if most]
        if not prices or any(most == 0 for _, most in bounds):
            return None
        price, fixed = max(prices), self.said.fixed_price
        if (fixed is not None and price > fixed) or price <= Fraction(self.said.floor or 0):
            return None
        return self._reaching(price)

    @property
    def _is_always_fixed(self) -> bool:
        """Whether the floor stands above the fixed price, which then governs alone."""
        fixed, least = self.said.fixed_price, self.said.floor
        return fixed is not None and least is not None and Fraction(least) > fixed

    def _reaching(self, price: Fraction) -> Fraction:
        """Return the lowest market price whose variable price is at least a price."""
        places = self.said.places
        if places is not None:
            price = Fraction(2 * ceil(price * 10**places) - 1, 2 * 10**places)
        return price / Fraction(self.said.multiplier)


def _offer(ledger: Ledger, lens: Lens, right: ConversionRight) -> _Offer | None:
    terms, held = TermsInForce.on(ledger, lens), outstanding(ledger, holdings(ledger, lens))
    security = ledger.securities[right.security]
    stated, units = terms.stated_value(security), held.total(right.security)
    last = terms.last_price(right.into)
    if right.basis is not ConversionBasis.FLOATING or not terms.is_open(right):
        return None
    if stated is None or last is None or last <= 0 or units * stated <= 0:
        return None
    lots = Counter(
        _Lot(one.quantity * stated, most_for_holder(held, security, right, one.stakeholder))
        for one in held.of_security(security.id)
    )
    try:
        said = terms.floating_terms(right)
        positive("multiplier", said.multiplier)
    except CalculationRefused:
        return None
    return _Offer(
        lens,
        said,
        tuple(lots.items()),
        left_under_cap(terms, security, right),
        security.rounding,
        max(held.total(right.into), Fraction(0)),
        last,
    )
