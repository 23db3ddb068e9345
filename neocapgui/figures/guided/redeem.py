"""The guide to a redemption or repurchase: face, premium by the terms, what has accrued, the money in all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from neocapgui.engine.accrued import accrued
from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import STOCK
from neocapgui.engine.rights import TermsInForce
from neocapgui.figures.choices import Words
from neocapgui.figures.guided.asking import (
    as_decimal,
    begun_with,
    company_as_holder,
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
from neocapgui.figures.guided.guide import About, Field, Form, Guide, Proposal, Remark, Unanswered, sentence
from neocapgui.figures.kinds import PLAIN, Kind, grouped, shown
from neocapgui.ledger.edits import Change, Edit
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind

_AFTERWARDS = Words({False: "is cancelled", True: "is kept by the company"})
_KINDS = tuple(kind for kind in SecurityKind if kind is not SecurityKind.OPTION_PLAN)


@dataclass(frozen=True, slots=True, eq=False)
class _Paper:
    """The paper that is taken back, with its terms on the day."""

    security: Security
    stated: Fraction | None  # value of one unit
    price: Fraction | None  # of one unit by the terms, without premium
    premium: Fraction | None

    @classmethod
    def of(cls, form: Form) -> _Paper | None:
        security = form.ledger.securities.get(form.get("security") or 0)
        if security is None:
            return None
        terms, redemption = TermsInForce.on(form.ledger, form.on_day), security.redemption
        stated = terms.stated_value(security)
        price = stated
        if redemption.price is not None:
            price = Fraction(redemption.price) / terms.restated(security.id, security.issued)
        premium = None if redemption.premium is None else Fraction(redemption.premium)
        return cls(security, stated, price, premium)

    def accrued(self, form: Form, units: Fraction) -> tuple[Fraction | None, str]:
        face = None if self.stated is None else self.stated * units
        return accrued(form.ledger, form.on_day, self.security, face)


def _begun(ledger: Ledger, lens: Lens, about: About) -> Mapping[str, Any] | None:
    return begun_with(ledger, lens, about, lambda form: securities_held(form, *_KINDS))


def _fields(form: Form) -> tuple[Field, ...]:
    paper = _Paper.of(form)
    name = "such security" if paper is None else paper.security.name
    holders = holders_of(form.ledger, form.on_day, form.get("security"))
    fields = [
        security_field(form, securities_held(form, *_KINDS), "What the company takes back."),
        day_field("The day on which it is taken back; interest runs up to it."),
        holder_field(form, holders, "Holder", "From whom it is taken back.", name),
    ]
    if paper is not None and paper.stated is not None:
        fields.append(Field("face", "Face amount", Kind.MONEY, help="The face or stated value taken back."))
    fields += [
        Field("units", "Units", Kind.SHARES, help="Shares or units taken back."),
        Field("price", "Price per unit", Kind.PRICE, help="Without premium and interest.", hint="as agreed"),
    ]
    if paper is not None and (paper.premium is not None or paper.stated is not None):
        help = "A part of the price that is paid on top: 10 %."
        fields.append(Field("premium", "Premium", Kind.RATE, help=help, hint="none"))
    if paper is not None and paper.security.accrual.rate is not None:
        help = "Interest or dividends paid with it."
        fields.append(Field("accrued", "Accrued", Kind.MONEY, help=help, hint="none"))
    help = "The money in all, as the paper states it; that is what is recorded."
    fields.append(Field("amount", "Amount", Kind.MONEY, help=help, hint="as the paper states it"))
    if paper is not None and paper.security.kind in STOCK:
        help = "Shares are cancelled, or kept by the company as treasury shares."
        fields.append(Field("kept", "The paper", Kind.CHOICE, _AFTERWARDS, help))
    return (*fields, *paper_fields())


def _proposed(form: Form) -> dict[str, Proposal]:
    paper = _Paper.of(form)
    found = usual(form) | {"kept": Proposal(False)}
    if paper is None:
        return found
    holders = holders_of(form.ledger, form.on_day, paper.security.id)
    found["holder"] = the_only(holders, "the only holder")
    units, why = _units(form, paper, form.get("holder") or found["holder"].value)
    found["price"] = Proposal(paper.price and (as_decimal(paper.price) or paper.price), "by the terms")
    found["premium"] = Proposal(paper.premium and as_decimal(paper.premium), "by the terms")
    if units is None:
        return found
    found["units"] = Proposal(as_decimal(units) or units, why)
    if paper.stated is not None:
        found["face"] = Proposal(in_cents(units * paper.stated), "by the units")
    grown, _ = paper.accrued(form, units)
    found["accrued"] = Proposal(in_cents(grown), "by the terms")
    whole = {name: one.value for name, one in found.items() if one.value is not None} | dict(form.given)
    money = _worked_out(paper, units, whole)
    found["amount"] = Proposal(in_cents(money), "by the terms" if "price" not in form.given else "worked out")
    return found


def _units(form: Form, paper: _Paper, holder: Any) -> tuple[Fraction | None, str]:
    if form.get("units") is not None:
        return Fraction(form.get("units")), ""
    if form.get("face") is not None and paper.stated:
        return Fraction(form.get("face")) / paper.stated, "by the face amount"
    held = held_by(form, holder, paper.security.id)
    return (held, "all that is held") if held else (None, "")


def _worked_out(paper: _Paper, units: Fraction, given: Mapping[str, Any]) -> Fraction | None:
    """Return units x price, the premium on it, and what has accrued; None without a price."""
    price = given.get("price")
    if price is None:
        return None
    money = units * Fraction(price) * (1 + Fraction(given.get("premium") or 0))
    bears = paper.security.accrual.rate is not None
    return money + (Fraction(given.get("accrued") or 0) if bears else 0)


def _edit(form: Form) -> Edit:
    form.need("security", "Choose what the company takes back.")
    paper = _Paper.of(form)
    if paper is None:
        raise Unanswered("security", "Choose what the company takes back.")
    name = paper.security.name
    nobody = not holders_of(form.ledger, form.on_day, paper.security.id)
    why = f"Nobody holds {name} on {form.style_day}." if nobody else "Choose from whom it is taken back."
    holder = form.need("holder", why)
    units = form.need("units", "Type the face amount or the units that are taken back.")
    if not units:
        raise Unanswered("units", "Type how many units are taken back.")
    keeper: int | None = None
    newcomers: tuple[Change, ...] = ()
    if form.get("kept") and paper.security.kind in STOCK:
        keeper, newcomers = company_as_holder(form, paper.security.issuer)
    grown, price = form.get("accrued"), as_decimal(form.get("price"))
    premium = form.get("premium")
    is_plain = not grown and not premium  # otherwise shares x price is not the money in all
    record = recorded(
        form,
        "repurchase",
        security=paper.security.id,
        stakeholder=holder,
        counterparty=keeper,
        quantity=exactly("units", units, form.style),
        price=price if is_plain else None,
        amount=in_cents(form.get("amount")),
        note=_noted(grown, premium),
    )
    verb = "redemption" if paper.stated is not None else "repurchase"
    return Edit(f"Record {verb} of {name}", (*newcomers, Change(None, record)))


def _noted(grown: Any, premium: Any) -> str:
    """Say in the record what the money is made of, for which it has no fields."""
    parts = []
    if premium:
        parts.append(f"a premium of {shown(Kind.RATE, premium, PLAIN)}")
    if grown:
        parts.append(f"{grouped(grown, PLAIN, 2, 2)} accrued")
    return f"With {' and '.join(parts)}." if parts else ""


def _remarks(form: Form) -> tuple[Remark, ...]:
    paper = _Paper.of(form)
    if paper is None:
        return ()
    style, units = form.style, Fraction(form.get("units") or 0)
    found = []
    held = held_by(form, form.get("holder"), paper.security.id)
    name = form.ledger.stakeholders[form.get("holder")].name
    if units < held:
        left = grouped(held - units, style, 0, 4)
        found.append(Remark(sentence(f"{left} of {grouped(held, style, 0, 4)} stay with {name}")))
    by_terms = _by_terms(paper, form, units)
    if by_terms is not None:
        how, money = by_terms
        found.append(Remark(how))
        found += _difference(form, money)
    _, reason = paper.accrued(form, units)
    if reason:
        found.append(Remark(f"What has accrued is not known: {reason.rstrip('.')}."))
    day = paper.security.redemption.day
    if day is not None and form.day > day:
        found.append(Remark(f"It was to be redeemed on {shown(Kind.DATE, day, style)}.", True))
    return tuple(found)


def _by_terms(paper: _Paper, form: Form, units: Fraction) -> tuple[str, Fraction] | None:
    """Return the money that the terms imply, with the arithmetic in words; None without a price in them."""
    if paper.price is None:
        return None
    style = form.style
    money = units * paper.price
    how = f"{grouped(units, style, 0, 4)} x {grouped(paper.price, style, 2, 8)}"
    if paper.premium:
        money *= 1 + paper.premium
        how += f", {shown(Kind.RATE, paper.premium, style)} premium"
    grown, _ = paper.accrued(form, units)
    if grown:
        money += grown
        how += f", {grouped(grown, style, 2, 2)} accrued up to {form.style_day}"
    cents = Fraction(in_cents(money) or 0)
    return f"The terms imply {grouped(cents, style, 2, 2)}: {how}.", cents


def _difference(form: Form, money: Fraction) -> list[Remark]:
    amount = form.get("amount")
    more = Fraction(0) if amount is None else Fraction(amount) - money
    if not more:
        return []
    said, by = grouped(amount, form.style, 2, 2), grouped(abs(more), form.style, 2, 2)
    return [Remark(f"The paper says {said}, {by} {'more' if more > 0 else 'less'}; that is recorded.", True)]


GUIDE = Guide(_begun, _fields, _proposed, _edit, _remarks)
