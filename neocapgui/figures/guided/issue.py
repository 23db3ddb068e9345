"""The guide to an issue: to whom, how many, for how much, of a known or a new paper; warrants with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import STOCK
from neocapgui.figures.choices import Words, names_of
from neocapgui.figures.guided.asking import (
    Some,
    anybody_field,
    as_decimal,
    companies,
    day_field,
    exactly,
    in_cents,
    new_holder,
    paper_fields,
    person,
    recorded,
    usual,
)
from neocapgui.figures.guided.attached import (
    Attached,
    attached_fields,
    attached_proposals,
    attached_remarks,
    bought,
    bought_fields,
    counted,
    proposed_count,
)
from neocapgui.figures.guided.guide import (
    ANYTHING,
    About,
    Field,
    Form,
    Guide,
    Newcomer,
    Proposal,
    Remark,
)
from neocapgui.figures.guided.issued import BUYING, Allotment, Issued, lines
from neocapgui.figures.guided.noticed import RULES
from neocapgui.figures.guided.permitted import (
    TOLD,
    approval_field,
    issuer_of,
    on_approval,
    on_charter,
    stated,
)
from neocapgui.figures.kinds import Kind, grouped
from neocapgui.ledger.edits import Change, Edit, apply
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty, Exercise, Rounding, SecurityKind

_PAPERS = Words(
    {kind: kind.value.replace("_", " ") for kind in SecurityKind if kind is not SecurityKind.OPTION_PLAN}
)
_FACED = frozenset({SecurityKind.PREFERRED, SecurityKind.CONVERTIBLE, SecurityKind.SAFE})
_RULES = Words.of(Rounding)


def _begun(ledger: Ledger, lens: Lens, about: About) -> Mapping[str, Any] | None:
    if about == ANYTHING:
        return {}
    security = ledger.securities.get(about.security or 0)
    if security is None and about.stakeholder is None:
        return None
    if security is not None and security.kind is SecurityKind.OPTION_PLAN:
        return None
    begun = {"security": about.security, "holder": about.stakeholder}
    return {name: value for name, value in begun.items() if value is not None}


def _fields(form: Form) -> tuple[Field, ...]:
    issued = Issued.of(form)
    company = form.get("issuer") if issued.is_new else issuer_of(form, form.get("security"))
    help = "The class or instrument that is issued; a new name records a new one."
    return (
        Field(
            "security",
            "Security",
            Kind.REFERENCE,
            Some(_papers(form), "is no security of this scenario"),
            help,
            is_wide=True,
            may_be_new=True,
        ),
        day_field("The day of the issue."),
        *(_new_paper(form, issued) if issued.is_new else ()),
        *_holders(form, issued),
        Field("price", "Price", Kind.PRICE, help="Of one share or unit.", hint=_price_hint(form, issued)),
        Field("amount", "Amount", Kind.MONEY, help="The money paid in all.", hint="if money is paid"),
        *(() if form.get("holder_2") else (_certificate(),)),
        approval_field(form, company),
        *(attached_fields(form) if issued.kind not in BUYING else ()),
        *paper_fields(),
    )


def _certificate() -> Field:
    help = "The number on the certificate."
    return Field("certificate", "Certificate", Kind.TEXT, help=help, hint="if it has a number")


def _papers(form: Form) -> dict[int, str]:
    near = form.lens.issuer
    names = names_of(form.ledger, Security, near)
    found = [one for one in form.ledger.securities.values() if one.kind is not SecurityKind.OPTION_PLAN]
    found.sort(key=lambda one: (one.issuer != near, one.issuer, one.id))
    return {one.id: names[one.id] for one in found}


def _new_paper(form: Form, issued: Issued) -> Iterator[Field]:
    """Ask for the terms of a paper that is not recorded yet; the rest stand on the page of securities."""
    if len(form.ledger.issuers) != 1:
        yield Field("issuer", "Company", Kind.REFERENCE, companies(form), "Whose paper it is.")
    yield Field("kind", "Kind", Kind.CHOICE, _PAPERS, "What kind of paper it is.")
    if issued.kind in _FACED:
        help = "Face, stated value or original issue price of one unit."
        yield Field("stated", "Stated value", Kind.PRICE, help=help, hint="if it has one")
    if issued.kind in STOCK:
        yield Field("votes", "Votes a share", Kind.SHARES, help="Votes of one share.", hint="none")
        help = "What the charter authorizes of the class."
        yield Field("authorized", "Authorized", Kind.SHARES, help=help, hint="if it is known")
    if issued.kind in BUYING:
        yield from bought_fields(form)
    yield Field("rounding", "Fractions", Kind.CHOICE, _RULES, "What becomes of a fraction, by its terms.")


def _holders(form: Form, issued: Issued) -> Iterator[Field]:
    for number, (who, count) in enumerate(lines(), 1):
        is_first = number == 1
        title = "Holder" if is_first else f"Holder {number}"
        help = "To whom it is issued; a new name is recorded with the entry."
        yield anybody_field(form, who, title, help, "" if is_first else "nobody else")
        if not is_first and form.get(who) is None:
            return
        title = "Shares" if issued.kind is None or issued.kind in STOCK else "Units"
        help = "How many this holder gets; for one, price and amount imply it."
        yield Field(count, title if is_first else f"{title} {number}", Kind.SHARES, help=help)
        if form.get(who) is None:
            return


def _price_hint(form: Form, issued: Issued) -> str:
    fact = issued.security
    if fact is None or fact.stated_value is None:
        return "if money is paid"
    return f"stated value {grouped(fact.stated_value, form.style, 2, 8)}"


def _proposed(form: Form) -> dict[str, Proposal]:
    found = usual(form)
    companies = form.ledger.issuers
    company = form.lens.issuer if form.lens.issuer in companies else next(iter(companies), None)
    found["issuer"] = Proposal(company, "looked at" if len(companies) > 1 else "")
    found["rounding"] = Proposal(Rounding.NEAREST)
    kind = form.get("kind") or (form.get("security") is not None and _kind_by_name(form.get("security")))
    if kind:
        found["kind"] = Proposal(kind, "by its name")
    if (form.get("kind") or kind) is SecurityKind.COMMON:
        found["votes"] = Proposal(Decimal(1))
    form = _with(form, found)
    found |= attached_proposals(form)
    form = _with(form, found)
    figures = _figures(Issued.of(form))
    form = _with(form, figures)
    money = None if form.get("amount") is None else in_cents(form.get("amount"))
    return found | figures | {"warrants": proposed_count(form, money)}


def _with(form: Form, proposed: Mapping[str, Proposal]) -> Form:
    taken = {name: one.value for name, one in proposed.items() if one.value is not None}
    return replace(form, given={**taken, **form.given})


def _kind_by_name(security: Any) -> SecurityKind | None:
    """Return the kind that the name of a new paper speaks of."""
    if not isinstance(security, Newcomer):
        return None
    name = security.name.casefold()
    for word, kind in (
        ("warrant", SecurityKind.WARRANT),
        ("preferred", SecurityKind.PREFERRED),
        ("common", SecurityKind.COMMON),
        ("option", SecurityKind.OPTION),
        ("safe", SecurityKind.SAFE),
        ("note", SecurityKind.CONVERTIBLE),
        ("debenture", SecurityKind.CONVERTIBLE),
    ):
        if word in name:
            return kind
    return None


def _figures(issued: Issued) -> dict[str, Proposal]:
    """Propose the third of shares, price and amount where two are typed."""
    given, found = dict(issued.given), dict[str, Proposal]()
    others = issued.total - Fraction(given.get("quantity") or 0)
    if given.get("quantity") is None:
        shares = issued.implied_shares(others)
        if shares is None:
            return found
        found["quantity"] = Proposal(as_decimal(shares) or shares, "by price and amount")
    elif given.get("amount") is None:
        money = issued.implied_amount()
        found["amount"] = Proposal(None if money is None else in_cents(money), "shares x price")
    elif given.get("price") is None:
        found["price"] = Proposal(issued.implied_price(), "amount / shares")
    return found


def _edit(form: Form) -> Edit:
    issued = Issued.of(form)
    form.need("security", "Choose what is issued, or type the name of a new paper.")
    changes: list[Change] = []
    security, company = _paper(form, issued, changes)
    allotted = issued.allotments()
    people = _people(form, allotted, changes)
    stated(form, "amount")
    amounts, price = issued.amounts(allotted), stated(form, "price")
    certificate = form.get("certificate") or "" if len(allotted) == 1 else ""
    for place, one in enumerate(allotted):
        record = recorded(
            form,
            "issuance",
            place,
            security=security,
            stakeholder=people[place],
            quantity=exactly("quantity", one.shares, form.style),
            price=price,
            amount=amounts[place],
            certificate=certificate,
            approval=form.get("approval"),
        )
        changes.append(Change(None, record))
    _attach(form, issued, changes, people, amounts, security, company)
    whose = f" to {len(allotted)} holders" if len(allotted) > 1 else ""
    return Edit(f"Record issue of {issued.name}{whose}", tuple(changes))


def _paper(form: Form, issued: Issued, changes: list[Change]) -> tuple[int, int]:
    """Return the paper and its company; a new paper is recorded."""
    if issued.security is not None:
        return issued.security.id, issued.security.issuer
    company = form.need("issuer", "Add a company first: it issues the paper.")
    kind = form.need("kind", f"Choose what kind of paper {issued.name} is.")
    fact = Security(
        form.ledger.next_id(Security),
        company,
        issued.name,
        kind,
        issued=form.day,
        authorized=stated(form, "authorized") if kind in STOCK else None,
        votes=(stated(form, "votes") or Decimal(0)) if kind in STOCK else Decimal(0),
        stated_value=stated(form, "stated") if kind in _FACED else None,
        rounding=issued.rounding,
        exercise=bought(form) if kind in BUYING else Exercise(),
        source=form.get("source") or "",
        certainty=form.get("certainty") or Certainty.PUBLISHED,
    )
    changes.append(Change(None, fact))
    return fact.id, company


def _people(form: Form, allotted: tuple[Allotment, ...], changes: list[Change]) -> list[int]:
    """Return the stakeholders by their numbers; those who are new are recorded one after another."""
    found = []
    for one in allotted:
        id, fresh = person(form, one.holder)
        form = replace(form, ledger=apply(form.ledger, Edit("", fresh))) if fresh else form
        changes += fresh
        found.append(id)
    return found


def _attach(
    form: Form,
    issued: Issued,
    changes: list[Change],
    people: list[int],
    amounts: tuple[Decimal | None, ...],
    security: int,
    company: int,
) -> None:
    """Add the issue of the warrants, and where they are new what they are."""
    attached = Attached.of(form) if issued.kind not in BUYING else None
    if attached is None:
        return
    counts = attached.counts(issued.allotments(), amounts)
    if attached.known is None:
        id = form.ledger.next_id(Security) + (1 if issued.is_new else 0)
        changes.insert(1 if issued.is_new else 0, Change(None, attached.fact(id, security, company)))
    else:
        id = attached.known.id
    for place, (who, count) in enumerate(zip(people, counts, strict=True)):
        if count:
            record = recorded(
                form,
                "issuance",
                len(people) + place,
                security=id,
                stakeholder=who,
                quantity=counted(form, count),
            )
            changes.append(Change(None, record))


def _remarks(form: Form) -> tuple[Remark, ...]:
    issued = Issued.of(form)
    allotted = issued.allotments()
    amounts = issued.amounts(allotted)
    paid = sum((Fraction(one or 0) for one in amounts), Fraction(0))
    company = form.get("issuer") if issued.is_new else issuer_of(form, form.get("security"))
    shares = issued.total if issued.kind in STOCK else Fraction(0)
    return (
        *_on_new(form, issued, allotted),
        *_on_money(form, issued, paid),
        *attached_remarks(form, allotted, amounts),
        *on_approval(form, paid, shares),
        *on_charter(form, _edit(form), company),
    )


def _on_new(form: Form, issued: Issued, allotted: tuple[Allotment, ...]) -> Iterator[Remark]:
    """Say what is recorded for the first time, and which known names are like a new one."""
    if issued.is_new:
        yield Remark(
            f"“{issued.name}” is recorded as a new security; other terms of it stand on the page Securities."
        )
    for one in allotted:
        if isinstance(one.holder, Newcomer):
            yield new_holder(form, one.holder.name)


def _on_money(form: Form, issued: Issued, paid: Fraction) -> Iterator[Remark]:
    style, total, price = form.style, issued.total, issued.price
    if not paid:
        yield Remark("Neither price nor amount is entered: it does not count as money raised.")
        return
    if not price:
        about = grouped(paid / total, style, 0, 4)
        money, count = grouped(paid, style, 2, 2), grouped(total, style, 0, 4)
        yield Remark(f"{money} for {count} is {about} each; no short decimal writes that price.")
        return
    exact, typed = (issued.amount or paid) / price, grouped(issued.amount or paid, style, 2, 2)
    shares = f"{grouped(total, style, 0, 4)} x {grouped(price, style, 2, 8)}"
    if issued.implied_shares() == total and exact != total:
        rule = RULES[issued.rounding]
        yield Remark(f"{typed} / {grouped(price, style, 2, 8)} = {grouped(exact, style, 0, 2)}, {rule}.")
    if issued.follows and issued.amount not in (None, paid):
        yield Remark(f"{shares} = {grouped(paid, style, 2, 2)} is recorded, not the {typed} that was typed.")
    elif exact == total:
        yield Remark(f"{shares} = {typed}.")


GUIDE = Guide(_begun, _fields, _proposed, _edit, _remarks, tells=TOLD)
