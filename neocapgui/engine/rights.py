"""What a unit of a security turns into on a day, by the terms then in force."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from heapq import heappop, heappush

import numpy as np

from neocapgui.engine.calculations.floating import FloatingPrice, FloatingTerms, Window, price_of_windows
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.entries import entries, entry_rows
from neocapgui.engine.lens import Lens
from neocapgui.engine.price_windows import looked_back, price_list
from neocapgui.engine.same import Same
from neocapgui.engine.splits import SplitEvent, split_days, split_factor, splits
from neocapgui.ledger.columns import MISSING, NOTHING
from neocapgui.ledger.facts import ConversionRight, Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.terms import ConversionBasis, SecurityKind
from neocapgui.ledger.transactions import Transaction

_DAY = timedelta(days=1)
_LONGEST = 3_322  # bits of a count of common shares, some 1,000 digits
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
    _turns: dict[int, Turn] = field(default_factory=dict, init=False, repr=False, compare=False)

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
        right = next(
            (
                right
                for right in self.ledger.rights_of(security.id)
                if self.is_open(right) and self.ledger.securities[right.into].issuer == security.issuer
            ),
            None,
        )
        return None if right is None else self.turn(right)

    def is_open(self, right: ConversionRight) -> bool:
        """Return whether a right can be used on the lens's day."""
        day = self.lens.as_of
        return (right.starts is None or right.starts <= day) and (right.ends is None or day <= right.ends)

    def turn(self, right: ConversionRight) -> Turn:
        """Return what one unit turns into by a right on the lens's day."""
        known = self._turns.get(right.id)
        if known is None or known.right is not right:
            known = self._turns[right.id] = self._turn(right)
        return known

    def _turn(self, right: ConversionRight) -> Turn:
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
        rows = _priced_rows(self.ledger, self.lens, "conversion_price", right)
        return self._last_of(rows)

    def _last_of(self, rows: Integers) -> Transaction | None:
        """Return the last entry of some rows up to the lens's day."""
        transactions = self.ledger.transactions
        until = int(np.searchsorted(rows, np.int64(transactions.until(self.lens.as_of))))
        return transactions[int(rows[until - 1])] if until else None

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
        resets = _in_order(Same(right.resets))
        place = bisect_right(resets, self.lens.as_of)
        return resets[place - 1] if place else None

    def market_price(self, right: ConversionRight) -> FloatingPrice:
        """Return the floating price of a right by its look-back window, with its steps.

        A price that is reset on dates is that of the last reset, and the fixed price before the first.
        """
        if right.look_back.days is None:
            raise CalculationRefused("bad_input", "its look-back window is not entered")
        terms, looked = self.floating_terms(right), self._last_reset(right) or self.lens.as_of
        prices = Same(self.ledger.prices)
        _, twice = price_list(prices, right.into)
        if twice is not None:
            raise CalculationRefused("bad_input", f"{twice} stands twice in the price list.")
        splits = split_days(self.events, right.into)
        into = right.into
        (window,) = terms.windows
        found = looked_back(prices, into, window, looked, splits, lambda day: self.restated(into, day))
        return price_of_windows(terms, (found,))

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
        prices, _ = price_list(Same(self.ledger.prices), security)
        until = bisect_right(prices, self.lens.as_of, key=lambda price: price.date)
        known = (price for price in reversed(prices[:until]) if price.close or price.vwap)
        found = next(known, None)
        if found is None:
            return None
        of_day = (price for price in prices[bisect_left(prices, found.date, key=lambda one: one.date) :])
        last = next(price for price in of_day if price.close or price.vwap)  # the first one of that day
        return Fraction(last.close or last.vwap or 0) / self.restated(security, last.date)

    def _by_last_notice(self, right: ConversionRight) -> Turn:
        last = self._last_of(_priced_rows(self.ledger, self.lens, "conversion", right))
        if last is None:
            return self._unknown(right, "its price is floating and no notice has stated one yet")
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
            if isinstance(found, Fraction):
                found = chain[id] * found
                if max(abs(found.numerator), found.denominator).bit_length() > _LONGEST:
                    found = CalculationRefused(
                        "too_long", "its chain of conversions makes a count of more than 1,000 digits"
                    )
            known[id] = found
        if isinstance(found, CalculationRefused):
            raise CalculationRefused(found.code, str(found))
        return found


def right_used(ledger: Ledger, security: int, into: int | None, day: date) -> ConversionRight | None:
    """Return the right that turns one security into another: one open on a day, if there is such a one.

    >>> from neocapgui.ledger.terms import ConversionBasis
    >>> ended = ConversionRight(1, 2, 1, ConversionBasis.FIXED, ends=date(2001, 8, 31))
    >>> ledger = Ledger(conversion_rights={1: ended, 2: replace(ended, id=2, ends=None)})
    >>> [getattr(right_used(ledger, 2, 1, date(2001, month, 1)), "id", None) for month in (8, 9)]
    [1, 2]
    """
    days, rights = _rights_by_day(Same(ledger.conversion_rights)).get((security, into or 0), ((), ()))
    return rights[bisect_right(days, day)] if rights else None


@lru_cache(maxsize=2)
def _rights_by_day(rights: Same) -> dict[tuple[int, int], tuple[list[date], list[ConversionRight]]]:
    """Return for each two securities the days on which another right comes first, and each that does."""
    (every,) = rights.values
    between: dict[tuple[int, int], list[ConversionRight]] = {}
    for right in every.values():
        between.setdefault((right.security, right.into), []).append(right)
    return {ends: _spells(found) for ends, found in between.items()}


def _spells(rights: Sequence[ConversionRight]) -> tuple[list[date], list[ConversionRight]]:
    """Return the first of some rights that is open, from each day on that may change it; else the first."""
    begins = sorted((right.starts or date.min, place) for place, right in enumerate(rights))
    after = {right.starts for right in rights if right.starts is not None}
    after |= {right.ends + _DAY for right in rights if right.ends is not None and right.ends < date.max}
    days, spells, waiting, started = sorted(after), list[ConversionRight](), list[int](), 0
    for day in (date.min, *days):
        while started < len(begins) and begins[started][0] <= day:
            heappush(waiting, begins[started][1])
            started += 1
        while waiting and (rights[waiting[0]].ends or date.max) < day:
            heappop(waiting)
        spells.append(rights[waiting[0] if waiting else 0])
    return days, spells


@lru_cache(maxsize=64)
def _in_order(days: Same) -> list[date]:
    return sorted(*days.values)


def _priced_rows(ledger: Ledger, lens: Lens, kind: str, right: ConversionRight) -> Integers:
    """Return the rows of any day that state a price of a right: changes of it, or notices of conversion."""
    return _priced(ledger, lens.planned, lens.known, kind, right.security, right.into)


@lru_cache(maxsize=1024)
def _priced(
    ledger: Ledger, planned: bool, known: date | None, kind: str, security: int, into: int
) -> Integers:
    every = Lens(date.max, planned=planned, known=known)
    rows = entry_rows(ledger, every, [kind], security=security)
    named = ledger.transactions.numbers["into_security"][rows]
    price = ledger.transactions.figures["price"].units[rows]
    if kind == "conversion":
        chosen = (named == into) & (price != MISSING) & (price != 0)
    else:
        chosen = ((named == into) | (named == NOTHING)) & (price != MISSING)
    found: Integers = rows[chosen].astype(np.int64)
    return found


def _is_change(record: Transaction, right: ConversionRight) -> bool:
    """Return whether a conversion-price change of a security is one of this right."""
    return record.price is not None and record.into_security in (None, right.into)
