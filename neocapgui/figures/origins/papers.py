"""Where the figures of conversions and splits come from: faces, implied shares, interest, fractions, cash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from neocapgui.engine.calculations.rounding import cents, rounded_shares
from neocapgui.engine.convertibles import Convertible
from neocapgui.engine.finding import at
from neocapgui.engine.holdings import holdings, outstanding
from neocapgui.engine.splits import HolderAfterSplit, SplitEvent
from neocapgui.figures.kinds import Kind, day_text
from neocapgui.figures.origins.holdings import (
    HOLDERS,
    Asked,
    class_total,
    count_of,
    entry_figure,
    holder_name,
    holding,
    stated,
)
from neocapgui.figures.origins.origin import (
    DIFFERENCE,
    FOUND,
    NOT_LISTED,
    PRODUCT,
    QUOTIENT,
    SUM,
    Origin,
    Rule,
    rounded,
)
from neocapgui.figures.origins.terms import ratio_of, stated_value
from neocapgui.ledger.terms import AccrualMethod, Rounding
from neocapgui.ledger.transactions import Transaction


def units(asked: Asked, line: Convertible) -> Origin:
    """Return where the units of a convertible outstanding come from."""
    return count_of(asked, line.security, f"{asked.ledger.securities[line.security].name}, outstanding")


def face(asked: Asked, line: Convertible) -> Origin | None:
    """Return where the face comes from: units times stated value."""
    if line.face is None:
        return None
    security = asked.ledger.securities[line.security]
    parts = (units(asked, line), stated_value(asked, security))
    return Origin(f"Face of {security.name}", line.face, Kind.MONEY, PRODUCT, parts)


def converted(asked: Asked, line: Convertible) -> Origin | None:
    """Return where the shares come from if all is converted: each holder's, rounded by itself."""
    if line.shares is None:
        return None
    security, ratio = asked.ledger.securities[line.security], ratio_of(asked, line.turn)
    held = outstanding(asked.ledger, holdings(asked.ledger, asked.lens))
    found = sorted(held.of_security(security.id), key=lambda one: (-one.quantity, one.stakeholder))
    parts = []
    for one in found[:HOLDERS]:
        shares = Fraction(rounded_shares(one.quantity * ratio.value, security.rounding))
        title = f"{holder_name(asked, one.stakeholder)} would get"
        own = (holding(asked, one.stakeholder, security.id), ratio)
        parts.append(Origin(title, shares, Kind.SHARES, rounded(security.rounding), own))
    rest = line.shares - sum((part.value for part in parts), Fraction(0))
    if rest:
        title = f"{len(found) - HOLDERS:,} other holders together"
        parts.append(Origin(title, rest, Kind.SHARES, NOT_LISTED))
    return Origin(f"Shares if all {security.name} converts", line.shares, Kind.SHARES, SUM, tuple(parts))


def part_after(asked: Asked, line: Convertible) -> Origin | None:
    """Return where the part of the class comes from that the shares are after their issue."""
    new = converted(asked, line)
    if new is None or not new.value:
        return None
    held = outstanding(asked.ledger, holdings(asked.ledger, asked.lens))
    into = asked.ledger.securities[line.turn.into].name
    before = class_total(asked, held, line.turn.into, f"{into} outstanding")
    whole = Origin(f"{into} after the issue", before.value + new.value, Kind.SHARES, SUM, (before, new))
    title = f"Part of {into} after the issue"
    return Origin(title, new.value / whole.value, Kind.STAKE, QUOTIENT, (new, whole))


def interest(asked: Asked, line: Convertible) -> Origin | None:
    """Return where the interest or dividends accrued come from: the face, the rate and the days."""
    if line.accrued is None:
        return None
    security, principal = asked.ledger.securities[line.security], face(asked, line)
    terms, title = security.accrual, f"Accrued on {asked.ledger.securities[line.security].name}"
    if principal is None or terms.rate is None or terms.method is not AccrualMethod.SIMPLE or not terms.rate:
        note = f"{terms.method}, {terms.day_count}, from the first issue to the day"
        return Origin(title, line.accrued, Kind.MONEY, FOUND, (), note)
    rate = stated(asked, security, "Rate a year", "accrual.rate", Kind.RATE, Fraction(terms.rate))
    years = line.accrued / (principal.value * Fraction(terms.rate)) if principal.value else Fraction(0)
    since = f"{terms.day_count}, up to {day_text(asked.lens.as_of, asked.style)}, that day not included"
    part = Origin("Part of a year", years, Kind.SHARES, FOUND, (), since)
    return Origin(title, line.accrued, Kind.MONEY, PRODUCT, (principal, rate, part), "not rounded")


def held_back(asked: Asked, line: Convertible) -> Origin | None:
    """Return which limits keep how many shares from being issued."""
    parts = []
    for one in line.held_back:
        whom = "" if one.stakeholder is None else f" of {holder_name(asked, one.stakeholder)}"
        wanted = Origin("Shares by the terms", one.issuable + one.held_back, Kind.COUNTED, FOUND)
        allowed = Origin(f"Allowed by the {one.limit}{whom}", one.issuable, Kind.COUNTED, FOUND)
        parts.append(
            Origin(
                f"Held back by the {one.limit}{whom}",
                one.held_back,
                Kind.COUNTED,
                DIFFERENCE,
                (wanted, allowed),
            )
        )
    total = sum((part.value for part in parts), Fraction(0))
    return Origin("Held back", total, Kind.COUNTED, SUM, tuple(parts)) if parts else None


def implied(asked: Asked, record: Transaction) -> Origin | None:
    """Return where the shares come from that the terms imply at the price a notice states."""
    if record.kind != "conversion" or not record.price or record.quantity is None or record.security is None:
        return None
    security = asked.ledger.securities[record.security]
    if asked.terms.stated_value(security) is None:
        return None
    quantity = entry_figure(
        asked, record, "Units of the notice", Fraction(record.quantity), Kind.SHARES, "quantity"
    )
    price = entry_figure(asked, record, "Price of the notice", Fraction(record.price), Kind.PRICE, "price")
    value = stated_value(asked, security)
    exact = Origin("Money", quantity.value * value.value, Kind.MONEY, PRODUCT, (quantity, value))
    shares = Fraction(rounded_shares(exact.value / price.value, security.rounding))

    def divided(figures: Sequence[Fraction]) -> Fraction:
        return Fraction(rounded_shares(figures[0] / figures[1], security.rounding))

    rule = Rule(rounded(security.rounding).words, divided, "/")
    return Origin("Shares the terms imply", shares, Kind.SHARES, rule, (exact, price))


def difference(asked: Asked, record: Transaction) -> Origin | None:
    """Return where the difference comes from between the shares a notice states and those implied."""
    by_terms = implied(asked, record)
    if by_terms is None or record.into_quantity is None:
        return None
    count = Fraction(record.into_quantity)
    said = entry_figure(asked, record, "Shares the notice states", count, Kind.SHARES, "into_quantity")
    value = count - by_terms.value
    return Origin("Stated less implied", value, Kind.SHARES, DIFFERENCE, (said, by_terms))


# Splits


def before_split(asked: Asked, event: SplitEvent, line: HolderAfterSplit) -> Origin:
    """Return where the shares come from that a holder had just before a split."""
    found = holding(
        asked.on(replace(asked.lens, as_of=event.date)), line.stakeholder, event.security, event.row
    )
    return replace(found, title=f"{holder_name(asked, line.stakeholder)}, before the split")


def _ratio(asked: Asked, event: SplitEvent) -> Origin:
    record = asked.ledger.transactions[event.row]
    title = f"Split of {day_text(event.date, asked.style)}"
    return entry_figure(asked, record, title, event.ratio, Kind.RATIO, "ratio")


def exact_after(asked: Asked, event: SplitEvent, line: HolderAfterSplit) -> Origin:
    """Return where the exact shares after a split come from."""
    parts = (before_split(asked, event, line), _ratio(asked, event))
    return Origin("Exact after the split", line.exact, Kind.SHARES, PRODUCT, parts)


def after_split(asked: Asked, event: SplitEvent, line: HolderAfterSplit) -> Origin:
    """Return where a holder's whole shares after a split come from."""
    parts = (before_split(asked, event, line), _ratio(asked, event))
    return Origin("Shares after the split", line.after, Kind.SHARES, rounded(event.treatment), parts)


def fraction_left(asked: Asked, event: SplitEvent, line: HolderAfterSplit) -> Origin:
    """Return where the fraction of a new share comes from that a split leaves over, if any."""
    rule = Rule("not below 0", lambda parts: max(parts[0] - parts[1], Fraction(0)), "−")
    parts = (exact_after(asked, event, line), after_split(asked, event, line))
    return Origin("Fraction of a new share", line.fraction, Kind.SHARES, rule, parts)


def old_shares_left(asked: Asked, event: SplitEvent, line: HolderAfterSplit) -> Origin:
    """Return the fraction counted in shares before the split."""
    parts = (fraction_left(asked, event, line), _ratio(asked, event))
    return Origin("Old shares left over", line.fraction / event.ratio, Kind.SHARES, QUOTIENT, parts)


def cash_in_lieu(asked: Asked, event: SplitEvent, line: HolderAfterSplit) -> Origin | None:
    """Return where the cash for a fraction comes from, to the cent."""
    if line.cash is None or event.price is None or event.treatment is not Rounding.CASH:
        return None
    record = asked.ledger.transactions[event.row]
    price = entry_figure(asked, record, "Price of a new share", Fraction(event.price), Kind.PRICE, "price")
    rule = Rule("to the cent, half up", lambda parts: cents(parts[0] * parts[1]), "×")
    return Origin("Cash in lieu", line.cash, Kind.MONEY, rule, (fraction_left(asked, event, line), price))


def raised(asked: Asked, record: Transaction, amount: Fraction) -> Origin:
    """Return where the money comes from that one entry brought in: its amount, or shares times price."""
    day = day_text(record.date, asked.style)
    if record.amount is not None:
        return entry_figure(asked, record, f"Amount of {day}", amount, Kind.MONEY, "amount")
    field = "into_quantity" if record.kind == "exercise" else "quantity"
    count = Fraction(getattr(record, field) or 0)
    shares = entry_figure(asked, record, f"Shares of {day}", count, Kind.SHARES, field)
    price = entry_figure(asked, record, "Price", Fraction(record.price or 0), Kind.PRICE, "price")
    rule = Rule("to the cent, half up", lambda parts: cents(parts[0] * parts[1]), "×")
    return Origin(f"Money of {day}", amount, Kind.MONEY, rule, (shares, price), "", "", at(record))
