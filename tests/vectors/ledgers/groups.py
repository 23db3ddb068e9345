"""The companies of a group and their owners, asked of a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.group import GroupStake, group
from neocapgui.engine.lens import Lens
from neocapgui.engine.running import shortfalls
from neocapgui.ledger.facts import Security
from neocapgui.ledger.terms import SecurityKind
from tests.vectors.adapters.conversions import Passing
from tests.vectors.inputs import Inputs
from tests.vectors.ledgers.agreement import Calculation, Results, Unrecorded, Untold, Why
from tests.vectors.ledgers.book import DAY, Book, after, decimal

_ELSEWHERE = "A company elsewhere"
_UNNAMED = "Holders who are not named"


def _shares(book: Book, company: str, parts: dict[str, Fraction], rest: str) -> None:
    """Enter a company's shares, so many that every part is a whole count of them."""
    if parts.get(company) == 1:
        raise Unrecorded(Why.ONLY_ITSELF)
    security = book.security(SecurityKind.COMMON, book.issuer(company))
    number = lcm(*(part.denominator for part in parts.values()))
    for holder, part in parts.items():
        book.opened(security, book.holder(holder), part * number)
    book.opened(security, book.holder(rest), number - sum(parts.values(), Fraction(0)) * number)


def _group(i: Inputs, companies: Sequence[str], observer: str, rest: str | None) -> tuple[Book, list[str]]:
    """Enter a group, with every named holder as a company, so that its chains can be asked for.

    The observer has all of a company elsewhere: its stakes are asked for even where it has none here.
    """
    book = Book()
    parts: dict[str, dict[str, Fraction]] = {company: {} for company in companies}
    for holding in i.items("holdings"):
        holder, company = holding.text("holder"), holding.text("company")
        of_company = parts[company]
        of_company[holder] = of_company.get(holder, Fraction(0)) + holding.number("fraction")
    named = [holder for row in parts.values() for holder in row]
    named += [] if rest is None else [rest]
    for name in (*companies, *named, observer):
        book.issuer(name)
    for company, row in parts.items():
        _shares(book, company, row, _UNNAMED if rest is None else rest)
    _shares(book, _ELSEWHERE, {observer: Fraction(1)}, _UNNAMED)
    return book, [name for name in dict.fromkeys(named) if name not in companies]


def _effective(book: Book, owner: str, companies: Sequence[str], lines: Sequence[GroupStake]) -> Results:
    found: Results = dict.fromkeys(companies, Fraction(0))
    for line in lines:
        if line.owner == book.issuer(owner):
            if line.effective is None:
                raise Untold
            found |= {name: line.effective for name in companies if book.issuer(name) == line.issuer}
    return found


def lookthrough(i: Inputs) -> Results:
    """Companies that hold one another, and what their outside owners have in effect."""
    companies, observer = i.texts("companies"), "An observer"
    book, outside = _group(i, companies, observer, i.text("remainder", None))
    lines = group(book.ledger, Lens(DAY))
    _effective(book, observer, companies, lines)
    return {"effective": {owner: _effective(book, owner, companies, lines) for owner in outside}}


def control_chain(i: Inputs) -> Results:
    """The same for one owner, which may be a company of the group."""
    companies, owner = i.texts("companies"), i.text("owner")
    book, _ = _group(i, companies, owner, None)
    economic = _effective(book, owner, companies, group(book.ledger, Lens(DAY)))
    if owner in companies:
        economic[owner] = Why.OWN_SHARES
    return {"economic": economic}


def interest_change(i: Inputs) -> Results:
    """Shares of a subsidiary that pass to its parent or are retired, day after day."""
    book, parent = Book(), i.text("parent")
    owner, subsidiary = book.issuer(parent), book.issuer(f"Subsidiary of {parent}")
    shares = book.security(SecurityKind.COMMON, subsidiary)
    for holder, count in i.number_map("holdings").items():
        book.opened(shares, book.holder(holder), count)
    events = i.items("events")
    for days, event in enumerate(events, 1):
        kind = event.choice("type", Passing)
        _passed(book, shares, event, days, book.holder(parent) if kind is Passing.ACQUIRED else None)
    for short in shortfalls(book.ledger, Lens(DAY)):
        raise CalculationRefused("insufficient_quantity", f"{short.short} more is taken than is held.")

    def stake(days: int) -> Fraction:
        lines = group(book.ledger, Lens(after(days)))
        found = (line.direct for line in lines if (line.owner, line.issuer) == (owner, subsidiary))
        return next(found, Fraction(0))

    return {"before": stake(0), "after": stake(len(events))}


def _passed(book: Book, shares: Security, event: Inputs, days: int, parent: int | None) -> None:
    taken: dict[str, Any] = {
        "security": shares.id,
        "stakeholder": book.holder(event.text("from")),
        "quantity": decimal(event.number("shares")),
    }
    if parent is None:
        book.happened("cancellation", after(days), **taken)
    else:
        book.happened("transfer", after(days), **taken, counterparty=parent)


QUESTIONS: dict[str, Calculation] = {
    "lookthrough": lookthrough,
    "control_chain": control_chain,
    "interest_change": interest_change,
}
