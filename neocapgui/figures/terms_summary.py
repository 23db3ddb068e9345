"""The terms of a security in groups with their units, as the paper states them and as they stand today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.lens import Lens
from neocapgui.engine.rights import TermsInForce, Turn
from neocapgui.engine.vested import vested, vests_at_once
from neocapgui.figures.choices import names_of
from neocapgui.figures.currencies import currency_of, price_text
from neocapgui.figures.kinds import PLAIN, Kind, Style, grouped, shown
from neocapgui.ledger.facts import ConversionRight, Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import ConversionBasis, Participation

_STATISTICS = {
    "lowest": "the lowest",
    "average": "the average",
    "average_of_lowest": "the average of the lowest",
    "last": "the last",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its group, what it is called, what it says."""

    group: str
    label: str
    text: str


def terms_of(ledger: Ledger, lens: Lens, security: int, style: Style = PLAIN) -> tuple[Term, ...]:
    """Return the terms of a security that say anything, in groups; restated ones beside the stated."""
    fact = ledger.securities[security]
    terms = TermsInForce.on(ledger, lens)
    found = [*_class(terms, fact, style), *_accrual(fact, style), *_exercise(terms, fact, style)]
    found += [*_vesting(terms, fact, style), *_conversion(terms, fact, style)]
    found += [*_liquidation(ledger, fact, style), *_limits(fact, style)]
    found.append(("Paper", "Certainty", str(fact.certainty)))
    found += [("Paper", "Source", fact.source), ("Paper", "Note", fact.note)]
    return tuple(Term(*line) for line in found if line[2])


_Line = tuple[str, str, str]


def _class(terms: TermsInForce, fact: Security, style: Style) -> Iterator[_Line]:
    group = "Class"
    yield group, "Kind", fact.kind.replace("_", " ")
    yield group, "Created", shown(Kind.DATE, fact.issued, style)
    yield group, "Par", _price(terms.ledger, fact.par, style)
    yield group, "Authorized", shown(Kind.SHARES, fact.authorized, style)
    votes = "as converted" if fact.votes_as_converted else f"{grouped(fact.votes, style)} a share"
    yield group, "Votes", votes if fact.votes or fact.votes_as_converted else ""
    yield group, "Stated value", _price(terms.ledger, fact.stated_value, style)
    restated = _after_splits(terms, terms.stated_value(fact), 2, fact.issued, style, fact.id)
    yield group, "Stated value after splits", restated
    yield group, "Fractions", fact.rounding.replace("_", " ")
    yield group, "Reserved", shown(Kind.SHARES, fact.reserve, style)


def _accrual(fact: Security, style: Style) -> Iterator[_Line]:
    accrual = fact.accrual
    if accrual.rate is not None:
        yield "Dividend or interest", "Rate", f"{shown(Kind.RATE, accrual.rate, style)} a year"
        yield "Dividend or interest", "Accrues", f"{accrual.method}, {accrual.day_count}"


def _exercise(terms: TermsInForce, fact: Security, style: Style) -> Iterator[_Line]:
    exercise, group = fact.exercise, "Exercise"
    if exercise.into is None:
        return
    yield group, "Buys", names_of(terms.ledger, Security)[exercise.into]
    price, count = terms.exercise_price(fact), terms.bought_per_unit(fact)
    yield group, "Price", _price(terms.ledger, exercise.price, style) or "not known"
    yield group, "Price after splits", _after_splits(terms, price, 2, fact.issued, style, exercise.into)
    yield group, "Shares a unit", shown(Kind.SHARES, exercise.shares_per_unit, style)
    restated = _after_splits(terms, count, 0, fact.issued, style, exercise.into)
    yield group, "Shares a unit after splits", restated
    yield group, "From", shown(Kind.DATE, exercise.starts, style)
    yield group, "Expires", shown(Kind.DATE, exercise.expires, style)
    yield group, "Adjustable", "shares or price are set by a formula later" if exercise.adjustable else ""
    yield group, "Listed", "publicly traded" if exercise.listed else ""


def _conversion(terms: TermsInForce, fact: Security, style: Style) -> Iterator[_Line]:
    for right in terms.ledger.rights_of(fact.id):
        is_exchange = terms.ledger.securities[right.into].issuer != fact.issuer
        group = "Exchange" if is_exchange else "Conversion"
        yield group, "Into", names_of(terms.ledger, Security)[right.into]
        yield group, "Terms", said(right, style, currency_of(terms.ledger))
        yield from ((group, f"{label} after splits", text) for label, text in _restated(terms, right, style))
        yield group, "Today", _today(terms.turn(right), style, currency_of(terms.ledger))


def _restated(terms: TermsInForce, right: ConversionRight, style: Style) -> Iterator[tuple[str, str]]:
    """Return the figures of a right as splits since they were stated have restated them, each named."""
    issued = terms.ledger.securities[right.security].issued
    if right.basis is ConversionBasis.RATIO:
        ratio = terms.turn(right).shares_per_unit
        yield "Ratio", _after_splits(terms, ratio, 0, issued, style, right.security, right.into)
    else:
        stated = max((change.date for change in terms.changes(right)), default=issued)
        yield "Price", _after_splits(terms, terms.fixed_price(right), 2, stated, style, right.into)
    if right.basis is ConversionBasis.FLOATING and right.floor_restated and right.floor is not None:
        floor = Fraction(right.floor) / terms.restated(right.into, issued)
        yield "Floor", _after_splits(terms, floor, 2, issued, style, right.into)


def _after_splits(
    terms: TermsInForce, figure: Fraction | None, places: int, stated: date | None, style: Style, *split: int
) -> str:
    """Return a restated figure and the splits of some securities since it was stated; blank without any."""
    splits = " and ".join(
        f"{shown(Kind.RATIO, event.ratio, style)} on {shown(Kind.DATE, event.date, style)}"
        for event in terms.events
        if event.security in split
        and (stated is None or stated < event.date)
        and event.date <= terms.lens.as_of
    )
    if not splits or figure is None:
        return ""
    sign = currency_of(terms.ledger) if places else ""
    return f"{price_text(figure, style, sign) if places else grouped(figure, style, 0, 6)} ({splits})"


def _price(ledger: Ledger, value: Decimal | None, style: Style) -> str:
    """Return a price with every decimal it has, behind the sign of the scenario's currency."""
    return "" if value is None else price_text(value, style, currency_of(ledger), most=8)


def _vesting(terms: TermsInForce, fact: Security, style: Style) -> Iterator[_Line]:
    group, vesting = "Vesting", fact.vesting
    if vests_at_once(vesting):
        return
    yield group, "Starts", shown(Kind.DATE, vesting.starts, style) or "on the day of the grant"
    yield group, "Cliff", _months(vesting.cliff_months)
    if vesting.duration_months is not None:
        yield group, "Over", f"{_months(vesting.duration_months)}, every {_months(vesting.period_months)}"
    yield group, "Allocation", vesting.allocation.replace("_", " ")
    try:
        found = vested(terms.ledger, terms.lens, fact.id)
    except CalculationRefused as refusal:
        yield group, "Today", f"not known: {refusal}"
        return
    if not found.instalments:
        return
    first, last, coming = found.instalments[0], found.instalments[-1], found.coming
    yield group, "First day", shown(Kind.DATE, first.day, style)
    yield group, "Last day", shown(Kind.DATE, last.day, style)
    so_far = grouped(found.vested, style, 0, 4)
    yield group, "Vested", f"{so_far} of {grouped(found.granted, style, 0, 4)}"
    yield group, "Unvested", shown(Kind.SHARES, found.unvested, style)
    if found.shares_per_unit is not None:
        units = shown(Kind.SHARES, found.exercisable, style)
        if units and found.shares_per_unit != 1:
            units += f", for {grouped(found.exercisable * found.shares_per_unit, style, 0, 4)} shares"
        yield group, "Exercised", shown(Kind.SHARES, found.exercised, style)
        yield group, "Exercisable", units
    if coming is not None:
        quantity = shown(Kind.SHARES, coming.quantity, style)
        yield group, "Next", f"{quantity} on {shown(Kind.DATE, coming.day, style)}"


def _months(months: int | None) -> str:
    return "" if months is None else f"{months} month{'' if months == 1 else 's'}"


def said(right: ConversionRight, style: Style = PLAIN, currency: str = "") -> str:
    """Return a conversion right in plain language; prices bear the sign of a currency that is given."""
    match right.basis:
        case ConversionBasis.RATIO:
            if right.ratio is None:
                return "Converts at a ratio that is not entered"
            return f"{grouped(right.ratio, style, 0, 8)} for each unit"
        case ConversionBasis.FIXED:
            if right.price is None:
                return "Converts at a price that is not entered"
            return f"Converts at {price_text(right.price, style, currency)}"
        case ConversionBasis.NOTICE:
            return "Converts at a floating price that each notice states; the formula is not known"
        case ConversionBasis.FLOATING:
            return _floating(right, style, currency)


def _floating(right: ConversionRight, style: Style, currency: str) -> str:
    look = right.look_back
    share = "" if look.multiplier == 1 else f"{shown(Kind.RATE, look.multiplier, style)} of "
    lowest = f" {look.lowest}" if look.lowest else ""
    name = {"vwap": "VWAP"}.get(look.field, str(look.field))
    market = f"{share}{_STATISTICS[look.statistic]}{lowest} {name} of {look.days or '?'} trading days"
    text = f"Converts at {market}"
    if right.price is not None:
        text = f"Converts at the lower of {price_text(right.price, style, currency)} and {market}"
    if right.floor is not None:
        text += f", not below {price_text(right.floor, style, currency)}"
    return text


def _today(turn: Turn, style: Style, currency: str) -> str:
    if turn.shares_per_unit is None:
        return f"not known: {turn.reason}"
    text = f"{grouped(turn.shares_per_unit, style, 0, 6)} a unit"
    return (
        text
        if turn.price is None
        else f"{text} at {price_text(turn.price, style, currency)} ({turn.governs})"
    )


def _liquidation(ledger: Ledger, fact: Security, style: Style) -> Iterator[_Line]:
    terms, group = fact.liquidation, "Liquidation"
    if terms.seniority is not None:
        yield group, "Rank", str(terms.seniority)
        yield group, "Preference", f"{grouped(terms.multiple, style)} x stated value"
    if terms.participation is not Participation.NONE:
        cap = f", up to {grouped(terms.cap_multiple, style)} x" if terms.cap_multiple is not None else ""
        yield group, "Participates", f"{terms.participation}{cap}"
    yield "Redemption", "Price", _price(ledger, fact.redemption.price, style)
    yield "Redemption", "Premium", shown(Kind.RATE, fact.redemption.premium, style)
    yield "Redemption", "Day", shown(Kind.DATE, fact.redemption.day, style)


def _limits(fact: Security, style: Style) -> Iterator[_Line]:
    limits = fact.limits
    yield "Limits", "Holder", shown(Kind.RATE, limits.ownership, style)
    yield "Limits", "Exchange cap", shown(Kind.RATE, limits.exchange_cap, style)
    yield "Limits", "Outstanding at signing", shown(Kind.SHARES, limits.outstanding_at_signing, style)
