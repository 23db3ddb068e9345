"""What each convertible outstanding turns into on a day, by which term, and what holds it back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from neocapgui.engine.calculations.accrual import accrual
from neocapgui.engine.calculations.demands import positive
from neocapgui.engine.calculations.floating import FloatingTerms, TradingDay, Window, floating_price
from neocapgui.engine.calculations.limits import exchange_cap, ownership_blocker
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import rounded_shares
from neocapgui.engine.entries import entries
from neocapgui.engine.holdings import Holdings, holdings
from neocapgui.engine.lens import Lens
from neocapgui.engine.rights import TermsInForce, Turn
from neocapgui.ledger.facts import ConversionRight, Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import ConversionBasis, Statistic, WindowEnd
from neocapgui.ledger.transactions import Transaction


@dataclass(frozen=True, slots=True)
class HeldBack:
    """What a limit keeps from being issued if all is converted today."""

    limit: str  # `holder's limit` or `exchange cap`
    issuable: Fraction
    held_back: Fraction
    stakeholder: int | None = None  # whom a holder's limit binds


@dataclass(frozen=True, slots=True)
class Convertible:
    """One conversion right of a security on a day."""

    security: int
    outstanding: Fraction  # units
    face: Fraction | None  # units x stated value
    turn: Turn
    shares: Fraction | None  # all units converted at once, rounded holder by holder as the paper says
    is_exchange: bool  # into a security of another issuer
    accrued: Fraction | None = None  # interest or dividends on the face since the first issue
    accrued_reason: str = ""  # why none could be told
    held_back: tuple[HeldBack, ...] = ()


def convertibles(ledger: Ledger, lens: Lens, issuer: int | None = None) -> tuple[Convertible, ...]:
    """Return every conversion and exchange right, of one issuer or of all, as of the lens's day."""
    terms, held = TermsInForce.on(ledger, lens), holdings(ledger, lens)
    totals = held.totals()
    result = []
    for right in ledger.conversion_rights.values():
        security = ledger.securities[right.security]
        if issuer is not None and security.issuer != issuer:
            continue
        if security.issued is not None and security.issued > lens.as_of:
            continue
        outstanding = totals.get(security.id, Fraction(0))
        turn, stated = terms.turn(right), terms.stated_value(security)
        face = None if stated is None else outstanding * stated
        by_holder = _by_holder(held, security, turn)
        accrued, reason = _accrued(ledger, lens, security, face)
        result.append(
            Convertible(
                security.id,
                outstanding,
                face,
                turn,
                None if turn.shares_per_unit is None else sum(by_holder.values(), Fraction(0)),
                ledger.securities[right.into].issuer != security.issuer,
                accrued,
                reason,
                _held_back(terms, held, security, right, by_holder),
            )
        )
    return tuple(result)


def _by_holder(held: Holdings, security: Security, turn: Turn) -> dict[int, Fraction]:
    """Return the whole shares each holder would get, rounded as the paper says."""
    if turn.shares_per_unit is None:
        return {}
    return {
        holding.stakeholder: rounded_shares(holding.quantity * turn.shares_per_unit, security.rounding)
        for holding in held.of_security(security.id)
    }


def _accrued(
    ledger: Ledger, lens: Lens, security: Security, face: Fraction | None
) -> tuple[Fraction | None, str]:
    """Return what has accrued on the face since the security was first issued; payments are not known."""
    terms = security.accrual
    if terms.rate is None or not face:
        return None, ""
    first = entries(ledger, lens, ["opening", "issuance"], security=security.id)
    got = first or entries(ledger, lens, ["exchange", "conversion"], into_security=security.id)
    if not got:
        return None, "no issue of it is recorded"
    start = security.issued if security.issued and security.issued > got[0].date else got[0].date
    try:
        found = accrual(
            face,
            terms.rate,
            terms.method,
            terms.day_count,
            start,
            lens.as_of,
            periods_per_year=terms.periods_per_year,
        )
    except CalculationRefused as refusal:
        return None, str(refusal)
    return found.claim - face, ""


def _held_back(
    terms: TermsInForce,
    held: Holdings,
    security: Security,
    right: ConversionRight,
    by_holder: dict[int, Fraction],
) -> tuple[HeldBack, ...]:
    limits, asked = security.limits, sum(by_holder.values(), Fraction(0))
    if not asked:
        return ()
    found = []
    outstanding = held.total(right.into)
    if limits.ownership is not None and outstanding:
        for who, shares in by_holder.items():
            with suppress(CalculationRefused):  # a limit or a holding that cannot be holds nothing back
                bound = ownership_blocker(outstanding, held.of(who, right.into), limits.ownership, shares)
                if bound.held_back:
                    found.append(HeldBack("holder's limit", bound.issued, bound.held_back, who))
    if limits.exchange_cap is not None and limits.outstanding_at_signing:
        issued = _already_issued(terms, security, right)
        factor = terms.restated(right.into, security.issued)
        signing = Fraction(limits.outstanding_at_signing) * factor
        with suppress(CalculationRefused):
            capped = exchange_cap(signing, issued, asked, cap=limits.exchange_cap)
            if capped.excess:
                found.append(HeldBack("exchange cap", capped.issued, capped.excess))
    return tuple(found)


def _already_issued(terms: TermsInForce, security: Security, right: ConversionRight) -> Fraction:
    notices = entries(
        terms.ledger, terms.lens, ["conversion"], security=security.id, into_security=right.into
    )
    counts = ((notice.into_quantity or Decimal(0), notice.date) for notice in notices)
    return sum((Fraction(count) * terms.restated(right.into, day) for count, day in counts), Fraction(0))


_NOTICES = ("conversion", "exchange", "repurchase", "in_kind")


def notices(ledger: Ledger, lens: Lens, issuer: int | None = None) -> tuple[Transaction, ...]:
    """Return the conversions, exchanges, repurchases and payments in kind up to the lens's day."""
    records = entries(ledger, lens, _NOTICES)
    if issuer is None:
        return records
    own = {security.id for security in ledger.securities_of(issuer)}
    return tuple(record for record in records if record.security in own or record.into_security in own)


@dataclass(frozen=True, slots=True)
class AtMarket:
    """What a floating conversion would give if the market stood at a price throughout its window."""

    market_price: Fraction
    conversion_price: Fraction
    governs: str
    shares: Fraction
    part: Fraction  # of the class after the issue


_STEPS = tuple(Fraction(percent, 100) for percent in (10, 25, 50, 75, 90, 100, 110, 125, 150, 200, 300))


def price_range(ledger: Ledger, lens: Lens, right: ConversionRight) -> tuple[AtMarket, ...]:
    """Return shares and dilution over market prices from a tenth to three times the last known price.

    A single number would mislead where the price floats: the fewer a share is worth, the more are given.
    Empty where the right does not float, nothing is outstanding, or no price of the market is known.
    """
    terms, held = TermsInForce.on(ledger, lens), holdings(ledger, lens)
    security = ledger.securities[right.security]
    stated, units = terms.stated_value(security), held.total(right.security)
    last = terms.last_price(right.into)
    if right.basis is not ConversionBasis.FLOATING or stated is None or last is None or units * stated <= 0:
        return ()
    outstanding = max(held.total(right.into), Fraction(0))
    points = []
    for step in _STEPS:
        with suppress(CalculationRefused):  # at this price the terms give none
            points.append(_at_market(terms, right, last * step, units * stated, outstanding, security))
    return tuple(points)


def _at_market(
    terms: TermsInForce,
    right: ConversionRight,
    market: Fraction,
    face: Fraction,
    outstanding: Fraction,
    security: Security,
) -> AtMarket:
    """Find the price as by the terms, with one trading day at the market price in place of the window."""
    said: FloatingTerms = terms.floating_terms(right)
    day = terms.lens.as_of
    one_day = Window("market", 1, WindowEnd.ON_CONVERSION_DATE, Statistic.LAST)
    found = floating_price(replace(said, windows=[one_day]), [TradingDay(day, {"market": market})], day)
    price = positive("conversion price", found.conversion_price)
    shares = rounded_shares(face / price, security.rounding)
    part = shares / (outstanding + shares) if shares else Fraction(0)
    return AtMarket(market, price, str(found.governs), shares, part)
