"""What several guides ask for alike: the day, a holder, a security, the paper it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from neocapgui.engine.calculations.rounding import cents
from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.figures.choices import Words, names_of, narrowed
from neocapgui.figures.company_names import company_names
from neocapgui.figures.guided.guide import (
    ANYTHING,
    About,
    Field,
    Form,
    Newcomer,
    Proposal,
    Remark,
    Unanswered,
    sentence,
)
from neocapgui.figures.kinds import Kind, NotUnderstood, Style, grouped, quoted
from neocapgui.figures.near_names import near_name
from neocapgui.figures.newcomers import Holders
from neocapgui.ledger.columns import plain
from neocapgui.ledger.edits import Change
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty, SecurityKind
from neocapgui.ledger.transactions import Transaction

_PLACES = 8  # decimals of a figure that is worked out and becomes a fact
_CERTAINTIES = Words.of(Certainty)


class Some:
    """A few facts by name, in the order they are given; `lack` says why another is none of them."""

    def __init__(self, names: Mapping[Any, str], lack: str, known_as: Iterable[tuple[Any, str]] = ()) -> None:
        """Offer facts; `lack` completes “Ada ...”: `holds no Series C on 31 Aug 2001`.

        `known_as` are other names by which they are understood as well, when these are typed in full.
        """
        self._names = dict(names)
        self._others = {name.casefold(): id for id, name in known_as}
        self._numbers = {name.casefold(): id for id, name in self._names.items()}
        self._lack = lack

    def name_of(self, value: Any) -> str:
        """Return what is shown for a value."""
        return str(self._names.get(value, ""))

    def value_of(self, text: str) -> Any:
        """Return what is called so, or what alone begins so or has those letters in it."""
        typed = " ".join(text.split()).casefold()
        if not typed:
            return None
        if typed in self._numbers:
            return self._numbers[typed]
        begun = [id for name, id in self._numbers.items() if name.startswith(typed)]
        if len(begun) == 1:
            return begun[0]
        if typed in self._others:
            return self._others[typed]
        holding = narrowed(self._names.values(), typed, 2)
        if not begun and len(holding) == 1:
            return self._numbers[holding[0].casefold()]
        raise NotUnderstood(f"{quoted(text)} {self._lack}.")

    def names(self) -> Iterable[str]:
        """Return the names."""
        return self._names.values()


def companies(form: Form) -> Some:
    """Offer the companies by their names in force on the day looked at; the first recorded ones are known."""
    recorded = names_of(form.ledger, Issuer).items()
    return Some(company_names(form.ledger, form.lens), "is no company of this scenario", recorded)


def day_field(help: str) -> Field:
    """Ask for the day of the entry."""
    return Field("day", "Day", Kind.DATE, help=help)


def paper_fields() -> tuple[Field, ...]:
    """Ask where it is written, and how sure that is."""
    return (
        Field(
            "source", "Source", Kind.TEXT, help="The document it stands in.", hint="the document it stands in"
        ),
        Field(
            "certainty",
            "Certainty",
            Kind.CHOICE,
            _CERTAINTIES,
            "Published, inferred from published figures, assumed, or only planned.",
        ),
    )


def usual(form: Form) -> dict[str, Proposal]:
    """Return what is taken for the day and the certainty where nothing is said."""
    return {
        "day": Proposal(form.lens.as_of, "the day looked at"),
        "certainty": Proposal(Certainty.PUBLISHED),
    }


def holder_field(form: Form, holders: Mapping[int, str], title: str, help: str, what: str) -> Field:
    """Ask for one of some holders; `what` says what another does not hold."""
    day = form.style_day
    return Field("holder", title, Kind.REFERENCE, Some(holders, f"holds no {what} on {day}"), help)


def anybody_field(form: Form, name: str, title: str, help: str, hint: str = "") -> Field:
    """Ask for any stakeholder; a new name is recorded with the entry."""
    return Field(name, title, Kind.REFERENCE, Holders(form.ledger), help, hint, may_be_new=True)


def securities_held(form: Form, *kinds: SecurityKind) -> dict[int, str]:
    """Return the securities that somebody holds on the day, of some kinds or of all, by name.

    Those of the company looked at stand first.
    """
    ledger, near = form.ledger, form.lens.issuer
    names, held = names_of(ledger, Security, near), held_securities(ledger, form.on_day)
    found = [one for one in ledger.securities.values() if one.id in held and (not kinds or one.kind in kinds)]
    found.sort(key=lambda one: (one.issuer != near, one.issuer, one.id))
    return {one.id: names[one.id] for one in found}


def security_field(form: Form, offered: Mapping[int, str], help: str) -> Field:
    """Ask for one of some securities that somebody holds on the day."""
    choices = Some(offered, f"is no such security that anybody holds on {form.style_day}")
    return Field("security", "Security", Kind.REFERENCE, choices, help, is_wide=True)


def begun_with(
    ledger: Ledger, lens: Lens, about: About, fits: Callable[[Form], Mapping[int, str]]
) -> dict[str, Any] | None:
    """Return the security and the holder of a line, where the security fits and he holds it on the day."""
    if about == ANYTHING:
        return {}
    offered = fits(Form(ledger, lens))
    if about.security is not None:
        offered = {id: name for id, name in offered.items() if id == about.security}
    elif about.issuer is not None:
        own = ledger.securities
        offered = {id: name for id, name in offered.items() if own[id].issuer == about.issuer}
    if about.stakeholder is not None:
        held = holdings(ledger, lens)
        offered = {id: name for id, name in offered.items() if held.of(about.stakeholder, id) > 0}
    if not offered or (about.security is None and about.stakeholder is None):
        return None
    begun = {"security": next(iter(offered)) if len(offered) == 1 else None, "holder": about.stakeholder}
    return {name: value for name, value in begun.items() if value is not None}


def the_only(values: Mapping[Any, str], why: str) -> Proposal:
    """Propose what alone can be chosen; among several nothing is proposed."""
    return Proposal(next(iter(values)), why) if len(values) == 1 else Proposal(None)


def holders_of(ledger: Ledger, lens: Lens, security: int | None) -> Mapping[int, str]:
    """Return who holds a security at the end of the lens's day, by name, the most first."""
    return {} if security is None else _holders(ledger, lens.as_of, lens.planned, lens.known, security)


@lru_cache(maxsize=4)
def _holders(
    ledger: Ledger, day: date, planned: bool, known: date | None, security: int
) -> Mapping[int, str]:
    names, held = names_of(ledger, Stakeholder), holdings(ledger, Lens(day, planned=planned, known=known))
    places = np.flatnonzero((held.securities == security) & (held.units > 0))
    most = np.argsort(-held.units[places], kind="stable")
    return {who: names[who] for who in held.stakeholders[places[most]].tolist()}


def held_by(form: Form, holder: Any, security: Any) -> Fraction:
    """Return what a holder has of a security at the end of the day of the entry."""
    if not isinstance(holder, int) or not isinstance(security, int):
        return Fraction(0)
    return holdings(form.ledger, form.on_day).of(holder, security)


def held_securities(ledger: Ledger, lens: Lens) -> frozenset[int]:
    """Return the securities that anybody holds at the end of the lens's day."""
    held = holdings(ledger, lens)
    return frozenset(np.flatnonzero(np.bincount(held.securities)).tolist())


def as_decimal(figure: Fraction | Decimal | int | None) -> Decimal | None:
    """Return a figure as a decimal of at most eight places where that is exact, or else None.

    >>> as_decimal(Fraction(7, 4)), as_decimal(Fraction(1, 3))
    (Decimal('1.75'), None)
    """
    if figure is None:
        return None
    units = Fraction(figure) * 10**_PLACES
    return plain(units.numerator, _PLACES) if units.denominator == 1 else None


def in_cents(money: Fraction | Decimal | None) -> Decimal | None:
    """Return money rounded half up to the cent.

    >>> in_cents(Fraction(1, 3)), in_cents(Fraction("0.005"))
    (Decimal('0.33'), Decimal('0.01'))
    """
    return None if money is None else plain(int(cents(money) * 100), 2)


def recorded(form: Form, kind: str, further: int = 0, **said: Any) -> Transaction:
    """Return an entry on the day of the form, the last of that day.

    The `further` ones of the same edit are numbered on. Source and certainty are those of the form.
    """
    transactions = form.ledger.transactions
    rows = range(transactions.since(form.day), transactions.until(form.day))
    order = max((transactions[row].order for row in rows), default=0)
    return Transaction(
        form.ledger.next_id(Transaction) + further,
        form.day,
        kind,
        order=order,
        source=form.get("source") or "",
        certainty=form.get("certainty") or Certainty.PUBLISHED,
        **said,
    )


def exactly(field: str, figure: Any, style: Style) -> Decimal:
    """Return a figure as the record keeps it; one that no short decimal writes is asked for."""
    found = as_decimal(figure)
    if found is None:
        written = grouped(figure, style, 0, 6)
        raise Unanswered(
            field, f"No decimal writes {written} exactly: type the figure that the paper states."
        )
    return found


def person(form: Form, value: Any) -> tuple[int, tuple[Change, ...]]:
    """Return the number of a stakeholder, and the change that records one who is new.

    Whoever is called as a company of the file is that company.
    """
    if not isinstance(value, Newcomer):
        return int(value), ()
    for issuer in form.ledger.issuers.values():
        if issuer.name.casefold() == value.name.casefold():
            return company_as_holder(form, issuer.id)
    fact = Stakeholder(form.ledger.next_id(Stakeholder), value.name)
    return fact.id, (Change(None, fact),)


def new_holder(form: Form, name: str) -> Remark:
    """Say that a name is recorded as a new stakeholder, and whom it may have been meant for."""
    known = [*names_of(form.ledger, Stakeholder).values()]
    known += [one.name for one in form.ledger.issuers.values()]
    if any(one.casefold() == name.casefold() for one in known):
        return Remark(sentence(f"{name} becomes a stakeholder, being a company of this scenario"))
    begun = next((one for one in known if one.casefold().startswith(name.casefold())), None)
    like = begun or near_name(name, known)
    if like is not None:
        return Remark(f"“{name}” is recorded as a new stakeholder; there is already “{like}”.", True)
    return Remark(f"“{name}” is recorded as a new stakeholder.")


def company_as_holder(form: Form, issuer: int) -> tuple[int, tuple[Change, ...]]:
    """Return the stakeholder that a company of the file is, and the change that records it as one."""
    known = form.ledger.stakeholder_of(issuer)
    if known is not None:
        return known.id, ()
    name = form.ledger.issuers[issuer].name
    fact = Stakeholder(form.ledger.next_id(Stakeholder), name, "issuer", issuer)
    return fact.id, (Change(None, fact),)
