"""What a unit of a security turns into on a day, by the terms then in force."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from neocapgui.engine.calculations.floating import (
    FloatingPrice,
    FloatingTerms,
    TradingDay,
    Window,
    floating_price,
)
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.entries import entries, entry_rows
from neocapgui.engine.lens import Lens
from neocapgui.engine.splits import SplitEvent, split_factor, splits
from neocapgui.ledger.facts import ConversionRight, Price, Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import ConversionBasis, PriceField, SecurityKind
from neocapgui.ledger.transactions import Transaction

_MOST_PLACES = 30  # decimals of a price


@dataclass(frozen=True, slots=True)
class Turn:
    """What one unit turns into, and how that was found."""

    security: int
    into: int
    right: ConversionRight
    shares_per_unit: Fraction | None  # None where it cannot be known; `reason` says why
    price: Fraction | None = None  # per share, restated for splits
    governs: str = ""  # which leg of a floating price decided, or `fixed`, `ratio`, `last notice`
    reason: str = ""
    floating: FloatingPrice | None = None
    notice: int | None = None  # the transaction whose stated price was used


@dataclass(frozen=True, slots=True)
class TermsInForce:
    """The ledger's terms as of one day; asks each question of one security or right."""

    ledger: Ledger
    lens: Lens
    events: tuple[SplitEvent, ...]
    _common: dict[int, Turn | Fraction | CalculationRefused | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )  # what was found of chains so far

    @classmethod
    def on(cls, ledger: Ledger, lens: Lens) -> TermsInForce:
        """Return the terms in force at the end of the lens's day."""
        return cls(ledger, lens, splits(ledger, lens))

    def restated(self, security: int, said: date | None) -> Fraction:
        """Return how many shares of today stand for one of the day `said`."""
        return split_factor(self.events, security, said, self.lens.as_of)

    def stated_value(self, security: Security) -> Fraction | None:
        """Return the stated value, face or issue price of one unit, restated for its own splits."""
        if security.stated_value is None:
            return None
        return Fraction(security.stated_value) / self.restated(security.id, security.issued)

    def conversion(self, security: Security) -> Turn | None:
        """Return the conversion into a security of the same issuer, or None where there is no such right."""
        rights = [
            right
            for right in self.ledger.rights_of(security.id)
            if self.is_open(right) and self.ledger.securities[right.into].issuer == security.issuer
        ]
        return self.turn(rights[0]) if rights else None

    def is_open(self, right: ConversionRight) -> bool:
        """Return whether a right can be used on the lens's day."""
        day = self.lens.as_of
        return (right.starts is None or right.starts <= day) and (right.ends is None or day <= right.ends)

    def turn(self, right: ConversionRight) -> Turn:
        """Return what one unit turns into by a right on the lens's day."""
        match right.basis:
            case ConversionBasis.RATIO:
                return self._by_ratio(right)
            case ConversionBasis.FIXED:
                return self._by_fixed_price(right)
            case ConversionBasis.FLOATING:
                return self._by_market(right)
            case ConversionBasis.NOTICE:
                return self._by_last_notice(right)

    def _by_ratio(self, right: ConversionRight) -> Turn:
        if right.ratio is None:
            return self._unknown(right, "its ratio is not entered")
        if right.ratio <= 0:
            return self._unknown(right, f"its ratio is {right.ratio}, not above 0")
        said = self.ledger.securities[right.security].issued
        ratio = right.ratio * self.restated(right.into, said) / self.restated(right.security, said)
        return Turn(right.security, right.into, right, ratio, governs="ratio")

    def _by_fixed_price(self, right: ConversionRight) -> Turn:
        price = self.fixed_price(right)
        if price is None:
            return self._unknown(right, "its conversion price is not entered")
        return self._at_price(right, price, governs="fixed")

    def fixed_price(self, right: ConversionRight) -> Fraction | None:
        """Return the fixed price (or upper limit) in force: the last change of it, restated for splits."""
        said: date | None = self.ledger.securities[right.security].issued
        price = right.price
        change = self._last_change(right)
        if change is not None:
            said, price = change.date, change.price
        return Fraction(price) / self.restated(right.into, said) if price else None

    def _last_change(self, right: ConversionRight) -> Transaction | None:
        """Return the last of `changes`, without a look at all of them: there may be thousands."""
        rows = entry_rows(self.ledger, self.lens, ["conversion_price"], security=right.security)
        records = (self.ledger.transactions[row] for row in reversed(rows.tolist()))
        return next((record for record in records if _is_change(record, right)), None)

    def changes(self, right: ConversionRight) -> Iterator[Transaction]:
        """Return the conversion-price changes of a right up to the lens's day."""
        for record in entries(self.ledger, self.lens, ["conversion_price"], security=right.security):
            if _is_change(record, right):
                yield record

    def _by_market(self, right: ConversionRight) -> Turn:
        if right.resets and self._last_reset(right) is None:
            return self._by_fixed_price(right)
        try:
            found = self.market_price(right)
        except CalculationRefused as refusal:
            return self._unknown(right, str(refusal))
        turn = self._at_price(right, found.conversion_price, governs=str(found.governs))
        return replace(turn, floating=found)

    def _last_reset(self, right: ConversionRight) -> date | None:
        return max((day for day in right.resets if day <= self.lens.as_of), default=None)

    def market_price(self, right: ConversionRight) -> FloatingPrice:
        """Return the floating price of a right by its look-back window, with its steps.

        A price that is reset on dates is that of the last reset, and the fixed price before the first.
        """
        if right.look_back.days is None:
            raise CalculationRefused("bad_input", "its look-back window is not entered")
        looked = self._last_reset(right) or self.lens.as_of
        prices = self._asked_prices(right, looked)
        return floating_price(self.floating_terms(right), list(map(self._trading_day, prices)), looked)

    def _asked_prices(self, right: ConversionRight, looked: date) -> Sequence[Price]:
        """Return the days of a long price list on which a floating price can depend, or one said twice."""
        prices = sorted(
            (price for price in self.ledger.prices.values() if price.security == right.into),
            key=lambda price: price.date,
        )
        twice = (pair for pair in pairwise(prices) if pair[0].date == pair[1].date)
        until = bisect_right(prices, looked, key=lambda price: price.date)
        window = max(right.look_back.days or 0, 0) + 1  # one more: the day itself may not count
        return next(twice, None) or prices[max(until - window, 0) : until]

    def floating_terms(self, right: ConversionRight) -> FloatingTerms:
        """Return the floating terms of a right with both limits in the shares of the lens's day."""
        look = right.look_back
        if look.places is not None and not 0 <= look.places <= _MOST_PLACES:
            raise CalculationRefused("bad_input", f"its price cannot have {look.places} decimals")
        floor = None if right.floor is None else Fraction(right.floor)
        if floor is not None and right.floor_restated:
            floor /= self.restated(right.into, self.ledger.securities[right.security].issued)
        days = 1 if look.days is None else look.days
        return FloatingTerms(
            [Window(str(look.field), days, look.ends, look.statistic, look.lowest)],
            look.multiplier,
            look.places,
            floor=floor,
            fixed_price=self.fixed_price(right),
        )

    def last_price(self, security: int) -> Fraction | None:
        """Return the last close (or else average) of a security up to the day, restated for splits."""
        known = [
            price
            for price in self.ledger.prices.values()
            if price.security == security and price.date <= self.lens.as_of and (price.close or price.vwap)
        ]
        if not known:
            return None
        last = max(known, key=lambda price: price.date)
        return Fraction(last.close or last.vwap or 0) / self.restated(security, last.date)

    def _trading_day(self, price: Price) -> TradingDay:
        """Return a day of the price list in the shares of the lens's day."""
        factor = self.restated(price.security, price.date)
        said = {str(field): getattr(price, field) for field in PriceField}
        return TradingDay(
            price.date, {name: Fraction(value) / factor for name, value in said.items() if value is not None}
        )

    def _by_last_notice(self, right: ConversionRight) -> Turn:
        notices = [
            record
            for record in entries(self.ledger, self.lens, ["conversion"], security=right.security)
            if record.into_security == right.into and record.price
        ]
        if not notices:
            return self._unknown(right, "its price is floating and no notice has stated one yet")
        last = notices[-1]
        price = Fraction(last.price or 1) / self.restated(right.into, last.date)
        return replace(self._at_price(right, price, governs="last notice"), notice=last.id)

    def _at_price(self, right: ConversionRight, price: Fraction, governs: str) -> Turn:
        stated = self.stated_value(self.ledger.securities[right.security])
        if stated is None:
            return self._unknown(right, "its stated value is not entered")
        if stated <= 0 or price <= 0:
            what = "stated value" if stated <= 0 else "conversion price"
            return self._unknown(right, f"its {what} is not above 0")
        return Turn(right.security, right.into, right, stated / price, price, governs)

    def _unknown(self, right: ConversionRight, reason: str) -> Turn:
        return Turn(right.security, right.into, right, None, reason=reason)

    def exercise_price(self, security: Security) -> Fraction | None:
        """Return the exercise price per share, restated for splits of what is bought."""
        terms = security.exercise
        if terms.price is None or terms.into is None:
            return None
        return Fraction(terms.price) / self.restated(terms.into, security.issued)

    def bought_per_unit(self, security: Security) -> Fraction:
        """Return how many shares one warrant, option or right buys, restated for splits; exact."""
        terms = security.exercise
        if terms.into is None:
            return Fraction(0)
        return Fraction(terms.shares_per_unit) * self.restated(terms.into, security.issued)

    def common_per_unit(self, security: Security) -> Turn | Fraction | None:
        """Return how many common shares of its own issuer one unit stands for, through conversion chains.

        A Turn is returned in place of a count where some step of the chain cannot be known. Refuses
        `conversion_loop` where a chain meets a class twice.
        """
        known, chain = self._common, dict[int, Fraction]()  # a chain may be longer than calls can nest
        while security.id not in known:
            turn = None if security.kind is SecurityKind.COMMON else self.conversion(security)
            if security.kind is SecurityKind.COMMON:
                known[security.id] = Fraction(1)
            elif security.id in chain:
                known[security.id] = CalculationRefused(
                    "conversion_loop", f"{security.name} converts back into itself through other classes."
                )
            elif turn is None or turn.shares_per_unit is None:
                known[security.id] = turn
            else:
                chain[security.id] = turn.shares_per_unit
                security = self.ledger.securities[turn.into]
        found = known[security.id]
        for id in reversed(chain):
            found = known[id] = chain[id] * found if isinstance(found, Fraction) else found
        if isinstance(found, CalculationRefused):
            raise CalculationRefused(found.code, str(found))
        return found


def _is_change(record: Transaction, right: ConversionRight) -> bool:
    """Return whether a conversion-price change of a security is one of this right."""
    return record.price is not None and record.into_security in (None, right.into)
