"""The guide to buying a stake from a holder: who sells what to whom, and for how much."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from neocapgui.engine.itself import issuer_of_stakeholder, stakeholders_being
from neocapgui.engine.lens import Lens
from neocapgui.figures.guided.asking import (
    anybody_field,
    as_decimal,
    begun_with,
    day_field,
    exactly,
    held_by,
    holder_field,
    holders_of,
    in_cents,
    new_holder,
    paper_fields,
    person,
    recorded,
    securities_held,
    security_field,
    the_only,
    usual,
)
from neocapgui.figures.guided.guide import (
    About,
    Field,
    Form,
    Guide,
    Newcomer,
    Proposal,
    Remark,
    Unanswered,
    sentence,
)
from neocapgui.figures.kinds import Kind, grouped
from neocapgui.ledger.edits import Change, Edit
from neocapgui.ledger.ledger import Ledger

_ALL = 0  # stands for all holders together; no stakeholder has this number
_CENT = Fraction(1, 100)


def _begun(ledger: Ledger, lens: Lens, about: About) -> Mapping[str, Any] | None:
    if about.security is None and about.stakeholder in issuer_of_stakeholder(ledger):
        offered = [
            id
            for id in securities_held(Form(ledger, lens))
            if about.issuer in (None, ledger.securities[id].issuer)
            and holders_of(ledger, lens, id).keys() - {about.stakeholder}
        ]  # a company of the file is the one that buys
        only = {"security": offered[0]} if len(offered) == 1 else {}
        return {"buyer": about.stakeholder, **only} if offered else None
    return begun_with(ledger, lens, about, securities_held)


def _sellers(form: Form) -> dict[int, str]:
    """Return who can sell, the most first, and behind them all together where there are several."""
    holders, buyer = holders_of(form.ledger, form.on_day, form.get("security")), form.get("buyer")
    security = form.ledger.securities.get(form.get("security") or 0)
    itself = () if security is None else stakeholders_being(form.ledger, security.issuer)
    sellers = {who: name for who, name in holders.items() if who != buyer}
    outside = [who for who in sellers if who not in itself]
    return sellers | ({_ALL: f"All {len(outside):,} holders"} if len(outside) > 1 else {})


def _those_selling(form: Form, seller: int) -> list[int]:
    security = form.ledger.securities[form.get("security")]
    itself = stakeholders_being(form.ledger, security.issuer)
    everybody = [who for who in _sellers(form) if who != _ALL and who not in itself]
    return everybody if seller == _ALL else [seller]


def _fields(form: Form) -> tuple[Field, ...]:
    security = form.ledger.securities.get(form.get("security") or 0)
    name = "such security" if security is None else security.name
    fields = [
        security_field(form, securities_held(form), "What is sold."),
        day_field("The day on which it passes."),
        holder_field(
            form, _sellers(form), "Seller", "Who sells; all holders together sell all they have.", name
        ),
        anybody_field(form, "buyer", "Buyer", "Who buys; a new name is recorded with it.", "who buys"),
    ]
    if form.get("holder") != _ALL:
        fields.append(Field("quantity", "Shares", Kind.SHARES, help="Shares or units that pass."))
    fields += [
        Field("price", "Price", Kind.PRICE, help="Per share, as the paper states it.", hint="not stated"),
        Field("amount", "Amount", Kind.MONEY, help="The money in all, to all sellers.", hint="not stated"),
    ]
    return (*fields, *paper_fields())


def _proposed(form: Form) -> dict[str, Proposal]:
    found = usual(form)
    security = form.ledger.securities.get(form.get("security") or 0)
    if security is None:
        return found
    found["holder"] = the_only(_sellers(form), "the only holder")
    seller = form.get("holder") if form.get("holder") is not None else found["holder"].value
    shares = _shares(form, seller)
    if seller not in (None, _ALL) and shares:
        found["quantity"] = Proposal(as_decimal(shares) or shares, "all that is held")
    count = Fraction(form.get("quantity")) if form.get("quantity") is not None else shares
    price, amount = form.get("price"), form.get("amount")
    if count and price is not None:
        found["amount"] = Proposal(in_cents(count * Fraction(price)), "shares x price")
    if count and amount is not None:
        found["price"] = Proposal(as_decimal(Fraction(amount) / count), "amount / shares")
    return found


def _shares(form: Form, seller: int | None) -> Fraction:
    if seller is None:
        return Fraction(0)
    sold = (held_by(form, who, form.get("security")) for who in _those_selling(form, seller))
    return sum(sold, Fraction(0))


def _edit(form: Form) -> Edit:
    security = form.ledger.securities[form.need("security", "Choose what is sold.")]
    nobody = not holders_of(form.ledger, form.on_day, security.id)
    seller = form.need(
        "holder", f"Nobody holds {security.name} on {form.style_day}." if nobody else "Choose who sells."
    )
    buyer, newcomers = person(form, form.need("buyer", "Type who buys."))
    if buyer == seller:
        raise Unanswered("buyer", f"{form.ledger.stakeholders[buyer].name} cannot buy from itself.")
    selling = _those_selling(form, seller)
    if seller == _ALL:
        counts = [held_by(form, who, security.id) for who in selling]
    else:
        counts = [Fraction(form.need("quantity", "Type how many shares pass."))]
    if not any(counts):
        raise Unanswered("quantity", "Type how many shares pass.")
    records = [
        recorded(
            form,
            "transfer",
            further=number,
            security=security.id,
            stakeholder=who,
            counterparty=buyer,
            quantity=exactly("quantity", count, form.style),
            price=as_decimal(form.get("price")),
            amount=amount,
        )
        for number, (who, count, amount) in enumerate(
            zip(selling, counts, shared_out(form.get("amount"), counts), strict=True)
        )
    ]
    changes = (*newcomers, *(Change(None, record) for record in records))
    return Edit(f"Record purchase of {security.name}", changes)


def shared_out(amount: Decimal | None, counts: list[Fraction]) -> list[Decimal | None]:
    """Return an amount by the shares of each seller in whole cents; the first get the cents left over.

    >>> [str(part) for part in shared_out(Decimal("100.00"), [Fraction(1)] * 3)]
    ['33.34', '33.33', '33.33']
    """
    if amount is None:
        return [None] * len(counts)
    whole = sum(counts, Fraction(0))
    parts = [Fraction(amount) * count / whole // _CENT * _CENT for count in counts]
    left = int((Fraction(amount) - sum(parts)) / _CENT)
    return [in_cents(part + (_CENT if place < left else 0)) for place, part in enumerate(parts)]


def _remarks(form: Form) -> tuple[Remark, ...]:
    style, seller, found = form.style, form.get("holder"), []
    if isinstance(form.get("buyer"), Newcomer):
        found.append(new_holder(form, form.get("buyer").name))
    count = _shares(form, seller) if seller == _ALL else Fraction(form.get("quantity") or 0)
    if seller != _ALL:
        held, name = _shares(form, seller), form.ledger.stakeholders[seller].name
        if count < held:
            left = grouped(held - count, style, 0, 4)
            found.append(Remark(sentence(f"{left} of {grouped(held, style, 0, 4)} stay with {name}")))
    price, amount = form.get("price"), form.get("amount")
    if price is not None and amount is not None and count:
        difference = Fraction(amount) - count * Fraction(price)
        if abs(difference) >= _CENT:
            product = grouped(count * Fraction(price), style, 2, 2)
            stated = grouped(amount, style, 2, 2)
            found.append(Remark(f"Shares x price is {product}, the amount {stated}.", True))
    return tuple(found)


GUIDE = Guide(_begun, _fields, _proposed, _edit, _remarks, tells=frozenset({"amount_differs"}))
