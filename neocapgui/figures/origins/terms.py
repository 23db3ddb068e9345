"""Where conversion prices and the shares a unit counts for come from: terms, splits, market prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from neocapgui.engine.calculations.floating import FloatingPrice, Looked
from neocapgui.engine.calculations.rounding import rounded_to
from neocapgui.engine.entries import entries
from neocapgui.engine.finding import Place
from neocapgui.engine.lens import Basis
from neocapgui.engine.ownership import BOUGHT
from neocapgui.engine.rights import Turn
from neocapgui.figures.kinds import Kind, day_text
from neocapgui.figures.origins.holdings import Asked, entry_figure, stated, vouched
from neocapgui.figures.origins.origin import (
    AVERAGE,
    FACT,
    FOUND,
    LAST,
    LOWEST,
    PRODUCT,
    QUOTIENT,
    Origin,
    Rule,
)
from neocapgui.ledger.facts import ConversionRight, Security
from neocapgui.ledger.terms import ConversionBasis, SecurityKind, Statistic

_STATISTICS = {Statistic.LOWEST: LOWEST, Statistic.AVERAGE: AVERAGE, Statistic.LAST: LAST}


def weight(asked: Asked, security: Security, value: Fraction) -> Origin:
    """Return where the shares that one unit of a security counts for on the basis come from."""
    title = f"One {security.name} counts for"
    if asked.lens.basis is Basis.VOTING and not security.votes_as_converted:
        return stated(asked, security, title, "votes", Kind.SHARES, value)
    parts = _chain(asked, security)
    return Origin(title, value, Kind.SHARES, PRODUCT if parts else FOUND, parts)


def _chain(asked: Asked, security: Security) -> tuple[Origin, ...]:
    """Return the steps from a unit to common shares, each of one conversion."""
    terms, steps = asked.terms, []
    if security.kind in BOUGHT and security.exercise.into is not None:
        steps.append(bought(asked, security))
        security = asked.ledger.securities[security.exercise.into]
    while security.kind is not SecurityKind.COMMON:
        turn = terms.conversion(security)
        if turn is None or turn.shares_per_unit is None:
            break
        steps.append(ratio_of(asked, turn))
        security = asked.ledger.securities[turn.into]
    return tuple(steps)


def bought(asked: Asked, security: Security) -> Origin:
    """Return where the shares that one warrant, option or right buys come from."""
    field, count = "exercise.shares_per_unit", Fraction(security.exercise.shares_per_unit)
    said = stated(asked, security, "Shares bought by one, as stated", field, Kind.SHARES, count)
    into = security.exercise.into
    factor = None if into is None else _factor(asked, into, security.issued)
    value = asked.terms.bought_per_unit(security)
    if factor is None:
        return replace(said, title=f"Shares bought by one {security.name}")
    return Origin(f"Shares bought by one {security.name}", value, Kind.SHARES, PRODUCT, (said, factor))


def ratio_of(asked: Asked, turn: Turn) -> Origin:
    """Return where the shares that one unit turns into come from: a ratio, or a value divided by a price."""
    ledger, security = asked.ledger, asked.ledger.securities[turn.security]
    title = f"One {security.name} turns into {ledger.securities[turn.into].name}"
    value = turn.shares_per_unit or Fraction(0)
    if turn.right.basis is ConversionBasis.RATIO:
        said = _of_right(
            asked, turn.right, "Ratio, as stated", "ratio", Kind.SHARES, turn.right.ratio or Fraction(0)
        )
        into = _factor(asked, turn.into, security.issued)
        own = _factor(asked, turn.security, security.issued)
        up = Origin("Ratio", said.value * into.value, Kind.SHARES, PRODUCT, (said, into)) if into else said
        if own is None:
            return replace(up, title=title)
        return Origin(title, value, Kind.SHARES, QUOTIENT, (up, own))
    parts = (stated_value(asked, security), price_of(asked, turn))
    return Origin(title, value, Kind.SHARES, QUOTIENT, parts)


def stated_value(asked: Asked, security: Security) -> Origin:
    """Return where the stated value of one unit comes from, restated for its own splits."""
    title, said = f"Stated value of one {security.name}", Fraction(security.stated_value or 0)
    fact = stated(asked, security, title, "stated_value", Kind.PRICE, said)
    return _restated(asked, fact, security.id, security.issued)


def price_of(asked: Asked, turn: Turn) -> Origin:
    """Return where a conversion price comes from: fixed, of the last notice, or of the market."""
    if turn.floating is not None:
        return _of_market(asked, turn, turn.floating)
    if turn.notice is not None:
        record = asked.ledger.transactions.get(turn.notice)
        if record is not None and record.price is not None:
            title = f"Price of the notice of {day_text(record.date, asked.style)}"
            said = entry_figure(asked, record, title, Fraction(record.price), Kind.PRICE, "price")
            return _restated(asked, said, turn.into, record.date)
    return _fixed(asked, turn.right)


def _fixed(asked: Asked, right: ConversionRight) -> Origin:
    """Return the fixed price (or upper limit): the last change of it, restated for splits."""
    changes = list(asked.terms.changes(right))
    if changes:
        last = changes[-1]
        title = f"Conversion price from {day_text(last.date, asked.style)}"
        said = entry_figure(asked, last, title, Fraction(last.price or 0), Kind.PRICE, "price")
        return _restated(asked, said, right.into, last.date)
    said = _of_right(
        asked, right, "Conversion price, as stated", "price", Kind.PRICE, Fraction(right.price or 0)
    )
    return _restated(asked, said, right.into, asked.ledger.securities[right.security].issued)


def _of_market(asked: Asked, turn: Turn, found: FloatingPrice) -> Origin:
    """Return the lower of the fixed price and the higher of floor and market, as the terms say."""
    right = turn.right
    market = _variable(asked, right, found)
    if found.floor is None and found.fixed_price is None:
        return market
    parts, has_floor, has_fixed = [market], found.floor is not None, found.fixed_price is not None
    if has_floor:
        floor = _of_right(asked, right, "Floor, as stated", "floor", Kind.PRICE, Fraction(right.floor or 0))
        issued = asked.ledger.securities[right.security].issued
        parts.append(_restated(asked, floor, right.into, issued) if right.floor_restated else floor)
    if has_fixed:
        parts.append(_fixed(asked, right))

    def governed(figures: Sequence[Fraction]) -> Fraction:
        price = max(figures[0], figures[1]) if has_floor else figures[0]
        return min(price, figures[-1]) if has_fixed else price

    limits = " and ".join(
        part
        for part in (
            "not below the floor" if has_floor else "",
            "at most the fixed price" if has_fixed else "",
        )
        if part
    )
    title, note = "Conversion price", f"{found.governs} governs"
    return Origin(
        title,
        found.conversion_price,
        Kind.PRICE,
        Rule(f"the market price, {limits}", governed),
        tuple(parts),
        note,
    )


def _variable(asked: Asked, right: ConversionRight, found: FloatingPrice) -> Origin:
    look, reference = right.look_back, _reference(asked, right, found.windows[0])
    of_market = _of_right(
        asked, right, "Of the market", "look_back.multiplier", Kind.RATE, Fraction(look.multiplier)
    )
    places = look.places

    def result(figures: Sequence[Fraction]) -> Fraction:
        product = figures[0] * figures[1]
        return product if places is None else rounded_to(product, places)

    how = "" if places is None else f"rounded to {places} decimals"
    return Origin(
        "Market price by the terms",
        found.variable_price,
        Kind.PRICE,
        Rule(how, result, "×"),
        (reference, of_market),
    )


def _reference(asked: Asked, right: ConversionRight, looked: Looked) -> Origin:
    look, lowest = right.look_back, right.look_back.lowest or 1
    prices = {price.date: price for price in asked.ledger.prices.values() if price.security == right.into}
    days = []
    for day, value in looked.days:
        price = prices.get(day)
        place = None if price is None else Place("prices", price.id, str(look.field))
        title = f"{look.field} of {day_text(day, asked.style)}"
        days.append(Origin(title, value, Kind.PRICE, FACT, (), "", price.source if price else "", place))

    def of_lowest(figures: Sequence[Fraction]) -> Fraction:
        return sum(sorted(figures)[:lowest], Fraction(0)) / lowest

    rule = _STATISTICS.get(look.statistic) or Rule(f"the average of the lowest {lowest} of", of_lowest)
    title = f"{look.field} of {len(days)} trading days"
    return Origin(title, looked.result, Kind.PRICE, rule, tuple(days))


def _restated(asked: Asked, said: Origin, security: int, day: date | None) -> Origin:
    """Return a price as it stands after the splits since the day on which it was said."""
    factor = _factor(asked, security, day)
    if factor is None:
        return said
    value = said.value / factor.value if factor.value else Fraction(0)
    return Origin(f"{said.title}, after splits", value, Kind.PRICE, QUOTIENT, (said, factor))


def _factor(asked: Asked, security: int, day: date | None) -> Origin | None:
    """Return how many shares of today stand for one of a day, split by split; None where none was split."""
    events = [
        event
        for event in asked.terms.events
        if event.security == security and (day is None or day < event.date) and event.date <= asked.lens.as_of
    ]
    if not events:
        return None
    parts = []
    for event in events:
        record, title = asked.ledger.transactions[event.row], f"Split of {day_text(event.date, asked.style)}"
        parts.append(entry_figure(asked, record, title, event.ratio, Kind.RATIO, "ratio"))
    value = asked.terms.restated(security, day)
    return Origin("New shares for one of then", value, Kind.RATIO, PRODUCT, tuple(parts))


def _of_right(
    asked: Asked, right: ConversionRight, title: str, field: str, kind: Kind, value: Fraction
) -> Origin:
    source, name = vouched(right.certainty, right.source), asked.ledger.securities[right.security].name
    place = Place("conversion_rights", right.id, field)
    return Origin(title, value, kind, FACT, (), f"conversion right of {name}", source, place)


def authorized_shares(asked: Asked, security: Security, value: Fraction) -> Origin:
    """Return where the authorized number of a class comes from: its last change, or its charter."""
    changes = entries(asked.ledger, asked.lens, ["authorized"], security=security.id)
    said = [change for change in changes if change.quantity is not None]
    if said:
        title = f"{security.name}, authorized from {day_text(said[-1].date, asked.style)}"
        return entry_figure(asked, said[-1], title, value, Kind.SHARES, "quantity")
    return stated(asked, security, f"{security.name}, authorized", "authorized", Kind.SHARES, value)
