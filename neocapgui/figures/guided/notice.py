"""The guide to a notice of conversion or exchange: its terms propose the price and the shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from neocapgui.engine.calculations.rounding import rounded_to
from neocapgui.engine.lens import Lens
from neocapgui.figures.choices import Words
from neocapgui.figures.guided.asking import (
    Some,
    as_decimal,
    company_as_holder,
    day_field,
    exactly,
    held_by,
    holder_field,
    holders_of,
    in_cents,
    paper_fields,
    recorded,
    the_only,
    usual,
)
from neocapgui.figures.guided.guide import ANYTHING, About, Field, Form, Guide, Proposal, Unanswered
from neocapgui.figures.guided.notice_remarks import remarks
from neocapgui.figures.guided.noticed import Noticed, rights_in_force
from neocapgui.figures.kinds import Kind, grouped
from neocapgui.ledger.edits import Change, Edit
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import ConversionBasis, Rounding
from neocapgui.ledger.transactions import KIND

_PASSES = Words({True: "to the company that gives its own", False: "is cancelled"})
_PRICE_PLACES = (2, 3, 4)  # decimals among which the price of a notice is looked for


def _begun(ledger: Ledger, lens: Lens, about: About) -> Mapping[str, Any] | None:
    if about == ANYTHING:
        return {}
    if about.right is None and about.security is None and about.stakeholder is None:
        return None
    rights = rights_in_force(ledger, lens)
    if about.right is not None or about.security is not None:
        of_it = [
            id
            for id in rights
            if id == about.right
            or (about.right is None and ledger.conversion_rights[id].security == about.security)
        ]
        if not of_it:
            return None
        rights = {id: rights[id] for id in of_it}
    if about.stakeholder is not None:
        held = {id: holders_of(ledger, lens, ledger.conversion_rights[id].security) for id in rights}
        rights = {id: name for id, name in rights.items() if about.stakeholder in held[id]}
        if not rights:
            return None
    begun = {"right": next(iter(rights)) if len(rights) == 1 else None, "holder": about.stakeholder}
    return {name: value for name, value in begun.items() if value is not None}


def _fields(form: Form) -> tuple[Field, ...]:
    noticed = Noticed.of(form)
    rights = Some(rights_in_force(form.ledger, form.on_day), f"is no right in force on {form.style_day}")
    name = "such security" if noticed is None else noticed.security.name
    holders = holders_of(form.ledger, form.on_day, None if noticed is None else noticed.right.security)
    fields = [
        Field("right", "Right", Kind.REFERENCE, rights, "What turns into what.", is_wide=True),
        day_field("The day of the notice; the terms in force on it count."),
        holder_field(form, holders, "Holder", "Who gave the notice.", name),
    ]
    if noticed is not None and noticed.stated is not None:
        fields.append(
            Field("face", "Face amount", Kind.MONEY, help="The face or stated value that is converted.")
        )
    fields.append(Field("units", "Units", Kind.SHARES, help="Units of the paper that are converted."))
    if noticed is not None and noticed.has_price:
        hint = _last_price(noticed, form) or "as the notice states it"
        fields.append(Field("price", "Price", Kind.PRICE, help="The price a share of the notice.", hint=hint))
    fields.append(
        Field(
            "shares",
            "Shares",
            Kind.SHARES,
            help="The shares the notice states; they are what is recorded.",
            hint="as the notice states them",
        )
    )
    if noticed is not None and noticed.has_price and noticed.security.accrual.rate is not None:
        fields.append(
            Field(
                "accrued",
                "Accrued, converted too",
                Kind.MONEY,
                hint="none",
                help="Interest or dividends that the notice converts together with the face.",
            )
        )
    if noticed is not None and noticed.is_exchange:
        fields.append(
            Field(
                "passes",
                "Surrendered paper",
                Kind.CHOICE,
                _PASSES,
                "Whether it passes to the company that gives its own paper for it, or is cancelled.",
            )
        )
    return (*fields, *paper_fields())


def _last_price(noticed: Noticed, form: Form) -> str:
    if noticed.right.basis is not ConversionBasis.NOTICE or noticed.turn.price is None:
        return ""
    return f"{grouped(noticed.turn.price, form.style, 2, 8)} in the last notice"


def _proposed(form: Form) -> dict[str, Proposal]:
    rights = rights_in_force(form.ledger, form.on_day)
    found = usual(form) | {"right": the_only(rights, "the only right in force")}
    right = form.get("right") or found["right"].value
    form = replace(form, given={**form.given, "right": right})
    noticed = Noticed.of(form)
    if noticed is None:
        return found
    holders = holders_of(form.ledger, form.on_day, noticed.right.security)
    found["holder"] = the_only(holders, "the only holder")
    form = replace(form, given={"holder": found["holder"].value, **form.given})
    found["passes"] = Proposal(True)
    return found | _figures(form, noticed)


def _figures(form: Form, noticed: Noticed) -> dict[str, Proposal]:
    stated, price = noticed.stated, form.get("price")
    accrued = form.get("accrued")
    units, why = _units(form, noticed)
    found: dict[str, Proposal] = {}
    if units is None:
        return found
    found["units"] = Proposal(as_decimal(units) or units, why)
    if stated is not None:
        found["face"] = Proposal(in_cents(units * stated), "by the units")
    if price is None and noticed.has_price:
        found["price"] = _price(form, noticed, units)
        if noticed.right.basis is ConversionBasis.NOTICE:
            price = found["price"].value
    shares = noticed.shares(units, price, accrued)
    if shares is not None:
        found["shares"] = Proposal(as_decimal(shares) or shares, "by the terms")
    return found


def _units(form: Form, noticed: Noticed) -> tuple[Fraction | None, str]:
    """Return the units of a notice: as stated, of its face, of its shares, or else all that are held."""
    face, shares, stated = form.get("face"), form.get("shares"), noticed.stated
    if form.get("units") is not None:
        return Fraction(form.get("units")), ""
    if face is not None and stated:
        return Fraction(face) / stated, "by the face amount"
    held = held_by(form, form.get("holder"), noticed.security.id)
    if shares is not None and (found := _units_of(noticed, Fraction(shares), form.get("price"))) is not None:
        return found, "by the shares"
    return (held, "all that is held") if held else (None, "")


def _units_of(noticed: Noticed, shares: Fraction, price: Any) -> Fraction | None:
    """Return the whole units that turn into a count of shares, or else the exact part of one."""
    each = noticed.exact(Fraction(1), price)
    if not each:
        return None
    exact = shares / each
    for whole in (Fraction(round(exact)), Fraction(int(exact))):
        if whole and noticed.shares(whole, price) == shares:
            return whole
    return exact


def _price(form: Form, noticed: Noticed, units: Fraction) -> Proposal:
    """Propose the price of the terms, or the one that face and shares of a notice make together."""
    shares, turn = form.get("shares"), noticed.turn
    if noticed.right.basis is not ConversionBasis.NOTICE:
        return Proposal(None if turn.price is None else as_decimal(turn.price) or turn.price, "by the terms")
    if shares and noticed.stated:
        money = units * noticed.stated + Fraction(form.get("accrued") or 0)
        for places in _PRICE_PLACES:
            price = rounded_to(money / Fraction(shares), places)
            if price and noticed.shares(units, price, form.get("accrued")) == shares:
                return Proposal(as_decimal(price), "by face and shares")
    return Proposal(None)


def _edit(form: Form) -> Edit:
    noticed = Noticed.of(form)
    if noticed is None:
        raise Unanswered("right", "Choose what turns into what.")
    holder = form.need("holder", _nobody(form, noticed))
    units = form.need("units", "Type the face amount or the units that are converted.")
    if not units:
        raise Unanswered("units", "Type how many units are converted.")
    needs_price = noticed.has_price and not form.get("price")
    reason = "Type the price or the shares that the notice states."
    shares = form.need("shares", reason if needs_price else f"{_unknown(noticed)} Type the shares it states.")
    into = noticed.terms.ledger.securities[noticed.right.into]
    kind = "exchange" if noticed.is_exchange else "conversion"
    receiver: int | None = None
    newcomers: tuple[Change, ...] = ()
    if noticed.is_exchange and form.get("passes"):
        receiver, newcomers = company_as_holder(form, into.issuer)
    record = recorded(
        form,
        kind,
        security=noticed.right.security,
        stakeholder=holder,
        counterparty=receiver,
        quantity=exactly("units", units, form.style),
        price=as_decimal(form.get("price")),
        amount=_amount(form, noticed, shares),
        into_security=noticed.right.into,
        into_quantity=exactly("shares", shares, form.style),
    )
    return Edit(
        f"Record {KIND[kind].title.lower()} of {noticed.security.name}", (*newcomers, Change(None, record))
    )


def _amount(form: Form, noticed: Noticed, shares: Any) -> Decimal | None:
    price = form.get("price")
    if noticed.security.rounding is Rounding.AMOUNT_FOLLOWS and price:
        return in_cents(Fraction(shares) * Fraction(price))
    face = form.get("face")
    return None if face is None else in_cents(Fraction(face) + Fraction(form.get("accrued") or 0))


def _nobody(form: Form, noticed: Noticed) -> str:
    if holders_of(form.ledger, form.on_day, noticed.right.security):
        return "Choose who gave the notice."
    return f"Nobody holds {noticed.security.name} on {form.style_day}."


def _unknown(noticed: Noticed) -> str:
    reason = noticed.turn.reason or "the terms imply no count"
    return f"{reason[:1].upper()}{reason[1:]}".rstrip(".") + "."


GUIDE = Guide(
    _begun,
    _fields,
    _proposed,
    _edit,
    remarks=lambda form: remarks(form, Noticed.of(form)),
    tells=frozenset(
        {
            "conversion_price_differs",
            "conversion_shares_differ",
            "ownership_limit_exceeded",
            "exchange_cap_exceeded",
        }
    ),
)
