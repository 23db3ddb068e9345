"""Terms that can hurt the holders of common stock: each looked for by one function of a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from neocapgui.engine.finding import Finding, Place, Severity
from neocapgui.engine.lens import Lens
from neocapgui.engine.rights import TermsInForce
from neocapgui.engine.same import Same
from neocapgui.engine.wording import told, told_day
from neocapgui.ledger.facts import ConversionRight, Price, Security
from neocapgui.ledger.ledger import TABLES, Ledger
from neocapgui.ledger.terms import ConversionBasis, SecurityKind, Statistic

Lint = Callable[[TermsInForce, Security, ConversionRight], Iterator[Finding]]

FAR_BELOW = Fraction(1, 2)  # of the last market price; a floor under it protects late
LONG = 20  # trading days; a month of trading
_LOWEST = frozenset({Statistic.LOWEST, Statistic.AVERAGE_OF_LOWEST})
_FLOATS = frozenset({ConversionBasis.FLOATING, ConversionBasis.NOTICE})
_STATISTICS = {Statistic.LOWEST: "the lowest", Statistic.AVERAGE_OF_LOWEST: "the average of the lowest"}
_FAVOURED = re.compile(r"\bMFN\b|most[- ]favou?red", re.IGNORECASE)
_DEFAULT = re.compile(
    r"\bdefault (?:rate|interest|price|conversion)|\bupon (?:an event of )?default", re.IGNORECASE
)


def remarks_on_terms(ledger: Ledger, lens: Lens) -> tuple[Finding, ...]:
    """Return what deserves a look in the terms of all securities, security by security.

    Nothing here contradicts anything, so it is no finding of the checks. The day matters to what is held
    against the market: the last price known by then. A most-favoured-nation clause and a default rate have
    no field of their own; they are told where a note speaks of them.

    >>> from datetime import date
    >>> from neocapgui.ledger.terms import LookBack
    >>> note = Security(2, 1, "Note", SecurityKind.CONVERTIBLE, stated_value=Decimal(1))
    >>> right = ConversionRight(1, 2, 1, ConversionBasis.FLOATING, look_back=LookBack(days=10))
    >>> common = Security(1, 1, "Common", SecurityKind.COMMON)
    >>> ledger = Ledger(securities={1: common, 2: note}, conversion_rights={1: right})
    >>> [one.code for one in remarks_on_terms(ledger, Lens(date(2001, 8, 31)))][:2]
    ['no_floor', 'lowest_of_window']
    """
    return tuple(one for security in ledger.securities for one in remarks_on(ledger, lens, security))


def remarks_on(ledger: Ledger, lens: Lens, security: int) -> tuple[Finding, ...]:
    """Return what deserves a look in the terms of one security.

    >>> from datetime import date
    >>> warrant = Security(2, 1, "Warrant", SecurityKind.WARRANT)
    >>> remarks_on(Ledger(securities={2: warrant}), Lens(date(2001, 8, 31)), 2)
    ()
    """
    terms, fact = TermsInForce.on(ledger, lens), ledger.securities[security]
    found = [*adjustable_warrant(fact), *said_in_note(fact, fact.note, Place("securities", fact.id, "note"))]
    for right in ledger.rights_of(security):
        found += [one for lint in LINTS for one in lint(terms, fact, right)]
        found += said_in_note(fact, right.note, Place("conversion_rights", right.id, "note"))
    return tuple(found)


def no_floor(terms: TermsInForce, security: Security, right: ConversionRight) -> Iterator[Finding]:
    """Find floating prices that nothing keeps from falling."""
    if right.basis is not ConversionBasis.FLOATING or right.floor is not None:
        return
    each, falls = terms.turn(right).shares_per_unit, "At half the price one unit turns into twice the shares"
    if each:
        twice = f"{told(2 * each, 0, 2)} shares, not {told(each, 0, 2)}"
        falls = f"At half the price one unit turns into {twice}"
    yield _remark(
        "no_floor",
        right,
        "floor",
        f"{security.name} converts at a floating price without a floor. {falls}: their number has no end.",
    )


def floor_far_below(terms: TermsInForce, security: Security, right: ConversionRight) -> Iterator[Finding]:
    """Find floors below half of the last market price."""
    last = _last_price(terms, right.into)
    if right.floor is None or right.basis is not ConversionBasis.FLOATING or last is None:
        return
    floor = terms.floating_terms(right).floor
    market = _market(last) / terms.restated(right.into, last.date)
    if floor is not None and market and Fraction(floor) < FAR_BELOW * market:
        part = told(Fraction(floor) / market * 100, 0, 1)
        yield _remark(
            "floor_far_below",
            right,
            "floor",
            f"The floor of {security.name}, {told(floor, 2, 4)}, is {part} % of {told(market, 2, 4)}, "
            f"the market price of {told_day(last.date)}: it holds only after most of the loss.",
        )


def long_look_back(terms: TermsInForce, security: Security, right: ConversionRight) -> Iterator[Finding]:
    """Find look-back windows longer than a month of trading."""
    days = right.look_back.days
    if right.basis is ConversionBasis.FLOATING and days is not None and days > LONG:
        yield _remark(
            "long_look_back",
            right,
            "look_back.days",
            f"{security.name} looks back {days} trading days, more than {LONG}: an old low goes on setting "
            f"the price after the market has risen.",
        )


def lowest_of_window(terms: TermsInForce, security: Security, right: ConversionRight) -> Iterator[Finding]:
    """Find prices set by the lowest days of a window."""
    look = right.look_back
    if right.basis is ConversionBasis.FLOATING and look.statistic in _LOWEST and (look.days or 0) > 1:
        yield _remark(
            "lowest_of_window",
            right,
            "look_back.statistic",
            f"{security.name} converts at {_STATISTICS[look.statistic]} of {look.days} trading days: one bad "
            f"day, which a sale can make, sets the price for all.",
        )


def stacked_discounts(terms: TermsInForce, security: Security, right: ConversionRight) -> Iterator[Finding]:
    """Find discounts on a price that is a low already."""
    look = right.look_back
    is_low = look.statistic in _LOWEST and (look.days or 0) > 1
    if right.basis is ConversionBasis.FLOATING and is_low and look.multiplier < 1:
        off = told((1 - Fraction(look.multiplier)) * 100)
        yield _remark(
            "stacked_discounts",
            right,
            "look_back.multiplier",
            f"{security.name} takes {off} % off {_STATISTICS[look.statistic]} of {look.days} trading days: "
            f"one discount stands on another, so the real one is larger than {off} %.",
        )


def down_only(terms: TermsInForce, security: Security, right: ConversionRight) -> Iterator[Finding]:
    """Find prices that follow the market down and never up."""
    if right.basis is ConversionBasis.FLOATING and right.price is not None:
        when = f" on {len(right.resets)} reset days" if right.resets else ""
        yield _remark(
            "down_only",
            right,
            "price",
            f"The price of {security.name} follows the market{when} but never rises above "
            f"{told(right.price, 2)}: its holder gains on the way down and loses nothing on the way up.",
        )


def uncapped_reserve(terms: TermsInForce, security: Security, right: ConversionRight) -> Iterator[Finding]:
    """Find floating papers for which no number of shares is registered, capped or ended by a floor."""
    ends = (security.reserve, security.limits.exchange_cap, right.floor)
    if right.basis in _FLOATS and all(one is None for one in ends):
        yield _remark(
            "uncapped_reserve",
            right,
            "",
            f"No number of shares is registered for {security.name}, and neither a floor nor a cap ends it: "
            f"the shares to be reserved cannot be told.",
        )


def no_ownership_limit(terms: TermsInForce, security: Security, right: ConversionRight) -> Iterator[Finding]:
    """Find floating papers that let one holder take any part of the company."""
    if right.basis in _FLOATS and security.limits.ownership is None:
        yield _remark(
            "no_ownership_limit",
            security,
            "limits.ownership",
            f"{security.name} sets no limit to what one holder may have after a conversion, such as 4.99 % "
            f"or 9.99 %: control can pass by conversion.",
        )


def no_exchange_cap(terms: TermsInForce, security: Security, right: ConversionRight) -> Iterator[Finding]:
    """Find floating papers without the cap that listing rules ask for."""
    if right.basis in _FLOATS and security.limits.exchange_cap is None:
        yield _remark(
            "no_exchange_cap",
            security,
            "limits.exchange_cap",
            f"{security.name} has no exchange cap, such as 19.99 % of the shares outstanding at signing: "
            f"listing rules may demand a vote of the stockholders before more is issued.",
        )


def unpriced_class(terms: TermsInForce, security: Security, right: ConversionRight) -> Iterator[Finding]:
    """Find conversions by the market into a class that is no common stock or has no market price."""
    into = terms.ledger.securities[right.into]
    if right.basis is not ConversionBasis.FLOATING:
        return
    if into.kind is not SecurityKind.COMMON:
        why = f"which is {into.kind.replace('_', ' ')} and has no market of its own"
    elif _last_price(terms, right.into) is None:
        why = f"for which no market price is entered up to {told_day(terms.lens.as_of)}"
    else:
        return
    yield _remark(
        "unpriced_class",
        right,
        "into",
        f"{security.name} converts by the market into {into.name}, {why}: "
        f"nobody can tell what it turns into.",
    )


def formula_unknown(terms: TermsInForce, security: Security, right: ConversionRight) -> Iterator[Finding]:
    """Find floating prices whose formula no paper gives."""
    if right.basis is ConversionBasis.NOTICE:
        yield _remark(
            "formula_unknown",
            right,
            "basis",
            f"{security.name} converts at a floating price whose formula is not known: each notice states "
            f"its own, and neither floor nor discount can be checked.",
        )


LINTS: tuple[Lint, ...] = (
    no_floor,
    floor_far_below,
    long_look_back,
    lowest_of_window,
    stacked_discounts,
    down_only,
    uncapped_reserve,
    no_ownership_limit,
    no_exchange_cap,
    unpriced_class,
    formula_unknown,
)


def adjustable_warrant(security: Security) -> Iterator[Finding]:
    """Find warrants, options and rights whose shares or price a formula sets later.

    >>> from neocapgui.ledger.terms import Exercise
    >>> warrant = Security(2, 1, "Warrant", SecurityKind.WARRANT, exercise=Exercise(adjustable=True))
    >>> [one.code for one in adjustable_warrant(warrant)]
    ['adjustable_warrant']
    """
    if security.exercise.adjustable:
        yield _remark(
            "adjustable_warrant",
            security,
            "exercise.adjustable",
            f"The shares or the price of {security.name} are set by a formula later: what it buys for "
            f"{told(security.exercise.price or 0, 2)} a share today may be more shares for less tomorrow.",
        )


def said_in_note(security: Security, note: str, place: Place) -> Iterator[Finding]:
    """Find notes that speak of a most-favoured-nation clause or of terms that change on default.

    >>> paper = Security(2, 1, "Note", SecurityKind.CONVERTIBLE)
    >>> [one.code for one in said_in_note(paper, "Has an MFN clause.", Place("securities", 2))]
    ['most_favoured']
    """
    if _FAVOURED.search(note):
        yield Finding(
            "most_favoured",
            Severity.REMARK,
            f"The note of {security.name} speaks of a most-favoured-nation clause: better terms of any later "
            f"paper become its own.",
            place,
        )
    if _DEFAULT.search(note):
        yield Finding(
            "default_terms",
            Severity.REMARK,
            f"The note of {security.name} speaks of terms upon default: rate or conversion price get worse "
            f"just when money is short.",
            place,
        )


def _remark(code: str, about: Security | ConversionRight, field: str, message: str) -> Finding:
    return Finding(code, Severity.REMARK, message, Place(TABLES[type(about)], about.id, field))


def _last_price(terms: TermsInForce, security: int) -> Price | None:
    """Return the last price of a class up to the day that says anything."""
    return _last_prices(Same(terms.ledger.prices), terms.lens.as_of).get(security)


@lru_cache(maxsize=2)
def _last_prices(prices: Same, until: date) -> dict[int, Price]:
    (every,) = prices.values
    last: dict[int, Price] = {}
    for price in every.values():
        if price.date <= until and _market(price):
            known = last.get(price.security)
            if known is None or (known.date, known.id) < (price.date, price.id):
                last[price.security] = price
    return last


def _market(price: Price) -> Fraction:
    found = next((one for one in (price.close, price.vwap, price.low, price.high) if one), Decimal(0))
    return Fraction(found)
