"""The guide to an exercise of warrants, options or rights: the shares bought, the price, what has vested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import rounded_shares
from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import BOUGHT
from neocapgui.engine.rights import TermsInForce
from neocapgui.engine.vested import vested, vests_at_once
from neocapgui.figures.guided.asking import (
    as_decimal,
    begun_with,
    day_field,
    exactly,
    held_by,
    holder_field,
    holders_of,
    in_cents,
    paper_fields,
    recorded,
    securities_held,
    security_field,
    the_only,
    usual,
)
from neocapgui.figures.guided.guide import About, Field, Form, Guide, Proposal, Remark, Unanswered
from neocapgui.figures.kinds import Kind, grouped, shown
from neocapgui.ledger.edits import Edit, add
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True, eq=False)
class _Right:
    """What is exercised, with its terms on the day."""

    security: Security
    bought: Security
    price: Fraction | None  # per share
    per_unit: Fraction

    @classmethod
    def of(cls, form: Form) -> _Right | None:
        security = form.ledger.securities.get(form.get("security") or 0)
        if security is None or security.exercise.into is None:
            return None
        terms, bought = (
            TermsInForce.on(form.ledger, form.on_day),
            form.ledger.securities[security.exercise.into],
        )
        return cls(security, bought, terms.exercise_price(security), terms.bought_per_unit(security))

    def shares(self, units: Fraction) -> Fraction:
        return rounded_shares(units * self.per_unit, self.security.rounding)

    def exercisable(self, form: Form, holder: Any) -> Fraction | None:
        """Return what of a holder's units has vested and is left; None where vesting holds nothing back."""
        if vests_at_once(self.security.vesting):
            return None
        try:
            lines = vested(form.ledger, form.on_day, self.security.id).holders
        except CalculationRefused:
            return None
        return next((one.exercisable for one in lines if one.stakeholder == holder), None)


def _rights(form: Form) -> dict[int, str]:
    securities = form.ledger.securities
    held = securities_held(form, *BOUGHT)
    return {id: name for id, name in held.items() if securities[id].exercise.into is not None}


def _begun(ledger: Ledger, lens: Lens, about: About) -> Mapping[str, Any] | None:
    return begun_with(ledger, lens, about, _rights)


def _fields(form: Form) -> tuple[Field, ...]:
    right = _Right.of(form)
    name = "such security" if right is None else right.security.name
    holders = holders_of(form.ledger, form.on_day, form.get("security"))
    fields = [
        security_field(form, _rights(form), "The warrant, option or right that is exercised."),
        day_field("The day of the exercise."),
        holder_field(form, holders, "Holder", "Who exercises.", name),
        Field("units", "Units", Kind.SHARES, help="Warrants, options or rights that are exercised."),
        Field("price", "Price", Kind.PRICE, help="Per share, as it is paid.", hint="as it is paid"),
        Field("shares", "Shares", Kind.SHARES, help="The shares bought; they are what is recorded."),
        Field("amount", "Amount", Kind.MONEY, help="The money paid in, in all.", hint="as it is paid"),
    ]
    return (*fields, *paper_fields())


def _proposed(form: Form) -> dict[str, Proposal]:
    found, right = usual(form), _Right.of(form)
    if right is None:
        return found
    holders = holders_of(form.ledger, form.on_day, right.security.id)
    found["holder"] = the_only(holders, "the only holder")
    units, why = _units(form, right, form.get("holder") or found["holder"].value)
    price = form.get("price")
    if price is None and right.price is not None:
        price = right.price
        found["price"] = Proposal(as_decimal(price) or price, "by the terms")
    if units is None:
        return found
    found["units"] = Proposal(as_decimal(units) or units, why)
    shares = right.shares(units)
    found["shares"] = Proposal(as_decimal(shares) or shares, "by the terms")
    if price is not None:
        count = Fraction(form.get("shares") or shares)
        found["amount"] = Proposal(in_cents(count * Fraction(price)), "shares x price")
    return found


def _units(form: Form, right: _Right, holder: Any) -> tuple[Fraction | None, str]:
    if form.get("units") is not None:
        return Fraction(form.get("units")), ""
    if form.get("shares") is not None and right.per_unit:
        units = Fraction(form.get("shares")) / right.per_unit
        whole = Fraction(round(units))
        return (whole if whole and right.shares(whole) == form.get("shares") else units), "by the shares"
    held, ripe = held_by(form, holder, right.security.id), right.exercisable(form, holder)
    if ripe is not None:
        return (ripe, "all that has vested") if ripe else (None, "")
    return (held, "all that is held") if held else (None, "")


def _edit(form: Form) -> Edit:
    form.need("security", "Choose what is exercised.")
    right = _Right.of(form)
    if right is None:
        raise Unanswered("security", "Choose what is exercised.")
    name = right.security.name
    nobody = not holders_of(form.ledger, form.on_day, right.security.id)
    why = f"Nobody holds {name} on {form.style_day}." if nobody else "Choose who exercises."
    holder = form.need("holder", why)
    units = form.need("units", "Type how many units are exercised.")
    if not units:
        raise Unanswered("units", "Type how many units are exercised.")
    record = recorded(
        form,
        "exercise",
        security=right.security.id,
        stakeholder=holder,
        quantity=exactly("units", units, form.style),
        price=as_decimal(form.get("price")),
        amount=in_cents(form.get("amount")),
        into_security=right.bought.id,
        into_quantity=exactly("shares", form.need("shares", "Type the shares bought."), form.style),
    )
    return add(f"Record exercise of {name}", [record])


def _remarks(form: Form) -> tuple[Remark, ...]:
    right = _Right.of(form)
    if right is None:
        return ()
    return (*_on_figures(form, right), *_on_vesting(form, right), *_on_days(form, right))


def _on_figures(form: Form, right: _Right) -> list[Remark]:
    style, units = form.style, Fraction(form.get("units") or 0)
    shares = right.shares(units)
    how = f"{grouped(units, style, 0, 4)} x {grouped(right.per_unit, style, 0, 6)}"
    found = [Remark(f"They buy {grouped(shares, style, 0, 4)} {right.bought.name}: {how}.")]
    if Fraction(form.get("shares") or 0) != shares:
        said = grouped(form.get("shares") or 0, style, 0, 4)
        found.append(Remark(f"The paper says {said} shares; that is what is recorded.", True))
    price = form.get("price")
    if right.price is None:
        found.append(Remark("The terms of this paper state no price."))
    elif price is not None and Fraction(price) != right.price:
        implied, paid = grouped(right.price, style, 2, 8), grouped(price, style, 2, 8)
        found.append(Remark(f"It is exercised at {paid} a share; the terms say {implied}.", True))
    market = TermsInForce.on(form.ledger, form.on_day).last_price(right.bought.id)
    if market is not None and price is not None and Fraction(price) > market:
        found.append(Remark(f"The market last paid {grouped(market, style, 2, 8)}, less than the price."))
    return found


def _on_vesting(form: Form, right: _Right) -> list[Remark]:
    style, units, holder = form.style, Fraction(form.get("units") or 0), form.get("holder")
    ripe = right.exercisable(form, holder)
    if ripe is None:
        return []
    name, written = form.ledger.stakeholders[holder].name, grouped(ripe, style, 0, 4)
    if units > ripe:
        more = grouped(units - ripe, style, 0, 4)
        return [Remark(f"Only {written} of {name} have vested by {form.style_day}: {more} too many.", True)]
    return [Remark(f"{written} of {name} have vested by {form.style_day} and are not exercised.")]


def _on_days(form: Form, right: _Right) -> list[Remark]:
    terms, style = right.security.exercise, form.style
    if terms.expires is not None and form.day > terms.expires:
        return [Remark(f"{right.security.name} expired on {shown(Kind.DATE, terms.expires, style)}.", True)]
    if terms.starts is not None and form.day < terms.starts:
        first = shown(Kind.DATE, terms.starts, style)
        return [Remark(f"{right.security.name} can be exercised from {first} on.", True)]
    return []


GUIDE = Guide(_begun, _fields, _proposed, _edit, _remarks, tells=frozenset({"exercised_before_vested"}))
