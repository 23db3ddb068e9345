"""The guide to an exchange of a subsidiary's security into its parent's; it posts in both companies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from neocapgui.engine.calculations.rounding import rounded_shares
from neocapgui.engine.holdings import holdings
from neocapgui.engine.itself import issuer_of_stakeholder
from neocapgui.engine.lens import Lens
from neocapgui.engine.rights import TermsInForce
from neocapgui.figures.choices import Words, names_of
from neocapgui.figures.guided.asking import (
    Some,
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
from neocapgui.figures.guided.guide import About, Field, Form, Guide, Proposal, Remark, Unanswered
from neocapgui.figures.guided.noticed import RULES
from neocapgui.figures.kinds import Kind, grouped
from neocapgui.ledger.edits import Change, Edit
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind

_PASSES = Words({True: "passes to the parent", False: "is cancelled"})


def parents(ledger: Ledger, lens: Lens, issuer: int) -> frozenset[int]:
    """Return the companies that hold anything of a company on the lens's day, directly or through others.

    Those whose paper a right to exchange gives for it count too.
    """
    being, held = issuer_of_stakeholder(ledger), holdings(ledger, lens)
    owns: dict[int, set[int]] = {}
    for place in np.flatnonzero(np.isin(held.stakeholders, list(being))).tolist():
        holding = held[place]
        company = ledger.securities[holding.security].issuer
        owns.setdefault(company, set()).add(being[holding.stakeholder])
    for right in ledger.conversion_rights.values():
        company, giver = ledger.securities[right.security].issuer, ledger.securities[right.into].issuer
        owns.setdefault(company, set()).add(giver)
    found: set[int] = set()
    open_ones = [issuer]
    while open_ones:
        more = owns.get(open_ones.pop(), set()) - found - {issuer}
        found |= more
        open_ones += more
    return frozenset(found)


def _of_subsidiaries(form: Form) -> dict[int, str]:
    """Return what can be given up: the securities of companies that have a parent, by name."""
    ledger = form.ledger
    has_parent = {issuer: bool(parents(ledger, form.on_day, issuer)) for issuer in ledger.issuers}
    return {
        id: name for id, name in securities_held(form).items() if has_parent[ledger.securities[id].issuer]
    }


def _of_parents(form: Form) -> dict[int, str]:
    """Return what can be given for it: the classes and papers of the parents, by name."""
    ledger, security = form.ledger, form.ledger.securities.get(form.get("security") or 0)
    if security is None:
        return {}
    names = names_of(ledger, Security, form.lens.issuer)
    givers = parents(ledger, form.on_day, security.issuer)
    found = (one for one in ledger.securities.values() if one.kind is not SecurityKind.OPTION_PLAN)
    return {one.id: names[one.id] for one in found if one.issuer in givers}


@dataclass(frozen=True, slots=True, eq=False)
class _Swap:
    """What is given up and what is given for it, with the terms on the day."""

    security: Security
    into: Security
    stated: Fraction | None  # value of one unit that is given up
    ratio: Fraction | None  # by the terms; None where they state none

    @classmethod
    def of(cls, form: Form) -> _Swap | None:
        security = form.ledger.securities.get(form.get("security") or 0)
        into = form.ledger.securities.get(form.get("into") or 0)
        if security is None or into is None:
            return None
        terms = TermsInForce.on(form.ledger, form.on_day)
        turns = [
            terms.turn(right)
            for right in form.ledger.rights_of(security.id)
            if right.into == into.id and terms.is_open(right)
        ]
        ratio = turns[0].shares_per_unit if turns and turns[0].governs != "last notice" else None
        return cls(security, into, terms.stated_value(security), ratio)

    def exact(self, units: Fraction, ratio: Any, price: Any) -> Fraction | None:
        """Return the shares before rounding, at a ratio or else at a price."""
        if ratio:
            return units * Fraction(ratio)
        if price and self.stated is not None:
            return units * self.stated / Fraction(price)
        return None

    def shares(self, units: Fraction, ratio: Any, price: Any) -> Fraction | None:
        exact = self.exact(units, ratio, price)
        return None if exact is None else rounded_shares(exact, self.security.rounding)


def _begun(ledger: Ledger, lens: Lens, about: About) -> Mapping[str, Any] | None:
    begun: dict[str, Any] | None = begun_with(ledger, lens, about, _of_subsidiaries)
    right = ledger.conversion_rights.get(about.right or 0)
    if begun is None or right is None:
        return begun
    is_exchange = ledger.securities[right.security].issuer != ledger.securities[right.into].issuer
    return begun | {"into": right.into} if is_exchange else None


def _fields(form: Form) -> tuple[Field, ...]:
    security = form.ledger.securities.get(form.get("security") or 0)
    swap = _Swap.of(form)
    name = "such security" if security is None else security.name
    holders = holders_of(form.ledger, form.on_day, form.get("security"))
    into = Some(_of_parents(form), "is no security of a company that holds the subsidiary")
    fields = [
        security_field(form, _of_subsidiaries(form), "The subsidiary's security that is given up."),
        day_field("The day of the exchange; both companies are posted on it."),
        Field(
            "into",
            "Into",
            Kind.REFERENCE,
            into,
            "The parent's security that is given for it.",
            "",
            is_wide=True,
        ),
        holder_field(form, holders, "Holder", "Who gives up the one and gets the other.", name),
        Field("units", "Units given up", Kind.SHARES, help="Of the subsidiary's security."),
        Field(
            "ratio",
            "Ratio",
            Kind.RATIO,
            help="The parent's shares for each unit: 200:44445.",
            hint="or a price",
        ),
    ]
    if swap is not None and swap.stated is not None:
        help = "What a share of the parent's counts for against the stated value."
        fields.append(Field("price", "Price", Kind.PRICE, help=help, hint="or a ratio"))
    help = "The parent's shares or units that are given; they are what is recorded."
    fields += [
        Field("shares", "Shares given", Kind.SHARES, help=help, hint="as the paper states them"),
        Field(
            "amount", "Amount", Kind.MONEY, help="What the exchange counts for in money.", hint="not stated"
        ),
        Field(
            "passes",
            "The paper given up",
            Kind.CHOICE,
            _PASSES,
            "Whether the parent holds it from then on, or it is cancelled.",
        ),
    ]
    return (*fields, *paper_fields())


def _proposed(form: Form) -> dict[str, Proposal]:
    found = usual(form) | {"passes": Proposal(True)}
    security = form.ledger.securities.get(form.get("security") or 0)
    if security is None:
        return found
    found["holder"] = the_only(holders_of(form.ledger, form.on_day, security.id), "the only holder")
    found["into"] = _into(form, security)
    held = held_by(form, form.get("holder") or found["holder"].value, security.id)
    if held:
        found["units"] = Proposal(as_decimal(held) or held, "all that is held")
    whole = {name: one.value for name, one in found.items() if one.value is not None} | dict(form.given)
    swap = _Swap.of(Form(form.ledger, form.lens, whole, form.style))
    if swap is None:
        return found
    ratio, price = form.get("ratio"), form.get("price")
    if ratio is None and price is None and swap.ratio is not None:
        ratio = swap.ratio
        found["ratio"] = Proposal(ratio, "by the terms")
    shares = swap.shares(Fraction(whole.get("units") or 0), ratio, price)
    if shares:
        found["shares"] = Proposal(as_decimal(shares) or shares, "by the ratio" if ratio else "by the price")
    return found


def _into(form: Form, security: Security) -> Proposal:
    """Propose what the one open right to exchange gives, or else what alone can be given."""
    terms, offered = TermsInForce.on(form.ledger, form.on_day), _of_parents(form)
    rights = [one for one in form.ledger.rights_of(security.id) if terms.is_open(one) and one.into in offered]
    if len(rights) == 1:
        return Proposal(rights[0].into, "by the terms")
    return the_only(offered, "the only one")


def _edit(form: Form) -> Edit:
    form.need("security", "Choose the subsidiary's security that is given up.")
    form.need("into", "Choose the parent's security that is given for it.")
    swap = _Swap.of(form)
    if swap is None:
        raise Unanswered("into", "Choose the parent's security that is given for it.")
    nobody = not holders_of(form.ledger, form.on_day, swap.security.id)
    why = f"Nobody holds {swap.security.name} on {form.style_day}." if nobody else "Choose who exchanges."
    holder = form.need("holder", why)
    units = form.need("units", "Type how many units are given up.")
    if not units:
        raise Unanswered("units", "Type how many units are given up.")
    shares = form.need("shares", "Type the ratio, the price, or the shares that are given.")
    receiver: int | None = None
    newcomers: tuple[Change, ...] = ()
    if form.get("passes"):
        receiver, newcomers = company_as_holder(form, swap.into.issuer)
    record = recorded(
        form,
        "exchange",
        security=swap.security.id,
        stakeholder=holder,
        counterparty=receiver,
        quantity=exactly("units", units, form.style),
        price=as_decimal(form.get("price")),
        amount=in_cents(form.get("amount")),
        into_security=swap.into.id,
        into_quantity=exactly("shares", shares, form.style),
    )
    return Edit(f"Record exchange of {swap.security.name}", (*newcomers, Change(None, record)))


def _remarks(form: Form) -> tuple[Remark, ...]:
    swap = _Swap.of(form)
    if swap is None:
        return ()
    style, units = form.style, Fraction(form.get("units") or 0)
    ratio, price = form.get("ratio"), form.get("price")
    found = []
    if swap.ratio is not None and ratio and Fraction(ratio) != swap.ratio:
        words = f"{swap.ratio.numerator}:{swap.ratio.denominator}"
        found.append(Remark(f"The terms state a ratio of {words}.", True))
    exact, shares = swap.exact(units, ratio, price), swap.shares(units, ratio, price)
    if exact is not None and shares is not None:
        if ratio:
            whole = Fraction(ratio)
            how = f"{grouped(units, style, 0, 4)} x {whole.numerator}:{whole.denominator}"
        else:
            money = grouped(units * (swap.stated or 0), style, 0, 2)
            how = f"{money} / {grouped(price, style, 2, 8)}"
        rule = RULES[swap.security.rounding]
        rounded = "" if shares == exact else f" = {grouped(exact, style, 0, 2)}, {rule}"
        found.append(Remark(f"That makes {grouped(shares, style, 0, 4)}: {how}{rounded}."))
        more = Fraction(form.get("shares") or 0) - shares
        if more:
            said, by = grouped(form.get("shares"), style, 0, 4), grouped(abs(more), style, 0, 4)
            words = f"{by} {'more' if more > 0 else 'fewer'}"
            found.append(Remark(f"The paper says {said}, {words}; that is what is recorded.", True))
    parent = form.ledger.issuers[swap.into.issuer].name
    if form.get("passes"):
        found.append(Remark(f"{parent} gives its own paper and holds what is given up."))
    return tuple(found)


GUIDE = Guide(_begun, _fields, _proposed, _edit, _remarks, tells=frozenset({"conversion_shares_differ"}))
