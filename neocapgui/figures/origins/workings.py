"""Where a figure comes from: its entries, each with its arithmetic and its source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from neocapgui.engine.entries import counted_rows
from neocapgui.engine.holdings import holdings, holdings_before
from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import Ownership, ownership
from neocapgui.engine.paper_checks import ROUNDED
from neocapgui.engine.rights import TermsInForce
from neocapgui.figures.cap_table import BASIS_TITLES
from neocapgui.figures.choices import names_of
from neocapgui.figures.conversions import implied_shares
from neocapgui.figures.kinds import PLAIN, Kind, Style, day_text, grouped, percent, shown
from neocapgui.ledger.facts import Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import KIND, Transaction

_LISTED = 40  # entries shown for one figure; the rest is summed up


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a figure: what it adds, in words, and what vouches for it."""

    value: str
    text: str
    source: str = ""
    transaction: int | None = None


@dataclass(frozen=True, slots=True)
class Working:
    """A figure and the steps that make it."""

    title: str
    value: str
    note: str
    steps: tuple[Step, ...]
    warning: str = ""


def explain(
    ledger: Ledger, lens: Lens, stakeholder: int, security: int | None = None, style: Style = PLAIN
) -> Working:
    """Return where a holding, or (without a security) a stakeholder's shares on the basis, comes from."""
    names = names_of(ledger, Stakeholder)
    who = names.get(stakeholder, "Available under plans")
    if security is not None:
        held = holdings(ledger, lens).of(stakeholder, security)
        steps = _entries(ledger, lens, stakeholder, (security,), style)
        name = names_of(ledger, Security)[security]
        return Working("Where this comes from", _figure(held, style), f"{who}, {name}", steps)
    company = ownership(ledger, lens)
    owner = company.of(stakeholder)
    converted = _converted(ledger, lens, company, stakeholder, style)
    plain = [id for id, weight in company.weights.items() if weight == 1]
    part = f"{percent(owner.stake, style)} % of {_figure(company.total, style)}"
    note = f"{who}, {BASIS_TITLES[lens.basis]}: {part}"
    missing = "; ".join(
        f"{ledger.securities[one.security].name} is not counted: {one.reason}"
        for one in company.uncounted
        if holdings(ledger, lens).of(stakeholder, one.security)
    )
    steps = (*_entries(ledger, lens, stakeholder, tuple(plain), style), *converted)
    return Working("Where this comes from", _figure(owner.shares, style), note, steps, missing)


def _figure(value: Fraction, style: Style) -> str:
    return grouped(value, style, 0, 2) if value else "0"


def _converted(
    ledger: Ledger, lens: Lens, company: Ownership, stakeholder: int, style: Style
) -> tuple[Step, ...]:
    """Return a step for each security that counts for other than one share a unit."""
    held, terms = holdings(ledger, lens), TermsInForce.on(ledger, lens)
    steps = []
    for id, weight in company.weights.items():
        quantity = held.of(stakeholder, id)
        if weight == 1 or not quantity:
            continue
        security = ledger.securities[id]
        turn = terms.conversion(security)
        how = f"{_figure(quantity, style)} {security.name} x {grouped(weight, style, 0, 4)}"
        if turn is not None and turn.price is not None:
            how += f" (at {grouped(turn.price, style, 2, 6)}, {turn.governs})"
        source = f"{security.certainty} · {security.source}" if security.source else str(security.certainty)
        steps.append(Step(_figure(quantity * weight, style), how, source))
    return tuple(steps)


def _entries(
    ledger: Ledger, lens: Lens, stakeholder: int, securities: tuple[int, ...], style: Style
) -> tuple[Step, ...]:
    transactions = ledger.transactions
    stop = transactions.until(lens.as_of)
    numbers = {name: column[:stop] for name, column in transactions.numbers.items()}
    own = np.isin(numbers["security"], securities)
    found = (numbers["stakeholder"] == stakeholder) & (own | np.isin(numbers["into_security"], securities))
    found |= (numbers["counterparty"] == stakeholder) & own
    found |= (numbers["ratio_old"] > 0) & own
    counted = counted_rows(ledger, lens)
    if counted is not None:
        found &= counted[:stop]
    rows = found.nonzero()[0].tolist()
    steps = [
        step
        for row in rows[-_LISTED:]
        if (step := _step(ledger, lens, row, stakeholder, securities, style)) is not None
    ]
    if len(rows) > _LISTED:
        steps.insert(0, Step("", f"{len(rows) - _LISTED:,} earlier entries are not listed."))
    return tuple(steps)


def _step(
    ledger: Ledger,
    lens: Lens,
    row: int,
    stakeholder: int,
    securities: tuple[int, ...],
    style: Style,
) -> Step | None:
    record = ledger.transactions[row]
    source = f"{record.certainty} · {record.source}" if record.source else str(record.certainty)
    if record.kind == "split":
        if not holdings_before(ledger, lens, row).of(stakeholder, record.security or 0):
            return None
        ratio = shown(Kind.RATIO, record.ratio, style)
        held = holdings_before(ledger, lens, row + 1).of(stakeholder, record.security or 0)
        text = f"{day_text(record.date, style)}  split {ratio}: holds {_figure(held, style)} after it"
        return Step(ratio, text, source, record.id)
    moved = Fraction(0)
    for leg in KIND[record.kind].legs:
        quantity = getattr(record, leg.quantity)
        mine = getattr(record, leg.holder) == stakeholder and getattr(record, leg.security) in securities
        if mine and quantity is not None:
            moved += leg.sign * Fraction(quantity)
    if not moved:
        return None
    return Step(_figure(moved, style), told(ledger, lens, record, style), source, record.id)


def told(ledger: Ledger, lens: Lens, record: Transaction, style: Style = PLAIN) -> str:
    """Return an entry as one line of an analyst's sheet: the arithmetic of a conversion, or the price."""
    day, kind = day_text(record.date, style), KIND[record.kind].title.lower()
    implied = implied_shares(ledger, replace(lens, as_of=record.date), record)
    if implied is not None and record.price and record.security is not None:
        security, then = ledger.securities[record.security], replace(lens, as_of=record.date)
        stated = TermsInForce.on(ledger, then).stated_value(security) or Fraction(0)
        money = Fraction(record.quantity or 0) * stated
        exact = money / Fraction(record.price)
        return (
            f"{day}  {kind} of {_figure(Fraction(record.quantity or 0), style)} {security.name}: "
            f"{_figure(money, style)} / {grouped(record.price, style, 2, 6)} = "
            f"{grouped(exact, style, 2, 2)}, {ROUNDED[security.rounding]}"
        )
    text = f"{day}  {kind}"
    if record.security is not None:
        text += f" of {ledger.securities[record.security].name}"
    if record.price is not None:
        text += f" at {grouped(record.price, style, 2, 6)}"
    elif record.amount is not None:
        text += f" for {shown(Kind.MONEY, record.amount, style)}"
    return text
