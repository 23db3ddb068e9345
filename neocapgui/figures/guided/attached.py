"""Warrants that come with an issue: a part of the shares, or of the amount at the exercise price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from neocapgui.engine.calculations.rounding import rounded_shares
from neocapgui.engine.rights import TermsInForce
from neocapgui.figures.choices import Words, names_of
from neocapgui.figures.guided.asking import Some, as_decimal, exactly
from neocapgui.figures.guided.guide import Field, Form, Newcomer, Proposal, Remark, Unanswered
from neocapgui.figures.guided.issued import Allotment, Issued
from neocapgui.figures.guided.noticed import RULES
from neocapgui.figures.guided.permitted import issuer_of, stated
from neocapgui.figures.kinds import PLAIN, Kind, day_text, grouped, shown
from neocapgui.ledger.facts import Security
from neocapgui.ledger.terms import Certainty, Exercise, Rounding, SecurityKind

ISSUED = 0  # among the classes that warrants buy: that which is issued with them
_OF = Words({"shares": "of the shares", "amount": "of the amount"})


@dataclass(frozen=True, slots=True, eq=False)
class Attached:
    """The warrants that come with what is issued."""

    form: Form
    coverage: Fraction
    of_amount: bool
    known: Security | None  # None where they are recorded with this entry
    rounding: Rounding
    price: Fraction | None  # at which one share is bought

    @classmethod
    def of(cls, form: Form) -> Attached | None:
        """Return the warrants of a form, or None where none are attached."""
        coverage = form.get("coverage")
        if not coverage:
            return None
        id = form.get("warrant")
        known = form.ledger.securities.get(id) if isinstance(id, int) else None
        price = form.get("exercise_price")
        exact = None if price is None else Fraction(price)
        if known is not None:
            exact = TermsInForce.on(form.ledger, form.on_day).exercise_price(known)
        rounding = form.get("warrant_rounding") or Rounding.NEAREST
        return cls(form, Fraction(coverage), form.get("coverage_of") == "amount", known, rounding, exact)

    def exact(self, shares: Fraction, amount: Decimal | None) -> Fraction | None:
        """Return the warrants for one holder before rounding; None where money or price are not known."""
        if not self.of_amount:
            return self.coverage * shares
        if amount is None or not self.price:
            return None
        return self.coverage * Fraction(amount) / self.price

    def counts(self, allotted: tuple[Allotment, ...], amounts: tuple[Decimal | None, ...]) -> list[Fraction]:
        """Return the warrants of each holder, rounded one by one; a typed count is that of the only one."""
        if self.coverage < 0:
            raise Unanswered("coverage", "A part is not below 0.")
        typed = self.form.get("warrants")
        if typed is not None and len(allotted) == 1:
            return [Fraction(typed)]
        found = []
        for one, money in zip(allotted, amounts, strict=True):
            exact = self.exact(one.shares, money)
            if exact is None:
                lacks = "exercise_price" if money is not None and self.known is None else "amount"
                raise Unanswered(lacks, "A part of the amount needs the amount and the exercise price.")
            found.append(rounded_shares(exact, self.rounding))
        return found

    def fact(self, id: int, issued: int, issuer: int) -> Security:
        """Return the warrants as a new security that buys a class."""
        form, new = self.form, self.form.get("warrant")
        if not isinstance(new, Newcomer):
            raise Unanswered("warrant", "Choose the warrants, or type a name for new ones.")
        return Security(
            id,
            issuer,
            new.name,
            SecurityKind.WARRANT,
            issued=form.day,
            rounding=self.rounding,
            exercise=bought(form, issued),
            source=form.get("source") or "",
            certainty=form.get("certainty") or Certainty.PUBLISHED,
        )


def bought(form: Form, issued: int = ISSUED) -> Exercise:
    """Return the exercise terms that a form states; `issued` is the number of what is issued."""
    into = form.need("buys", "Choose what the warrants buy.") or issued
    return Exercise(into, stated(form, "exercise_price"), expires=form.get("expires"))


def attached_fields(form: Form) -> Iterator[Field]:
    """Ask which part of the issue comes with warrants, and on what terms."""
    help = "Warrants for a part of what is issued: 20 % gives 20 warrants for 100 shares."
    yield Field("coverage", "Warrant coverage", Kind.RATE, help=help, hint="no warrants")
    if not form.get("coverage"):
        return
    known = _known(form)
    lack = "is no warrant of this company"
    help = "A class of warrants that is recorded, or the name of a new one."
    yield Field(
        "coverage_of", "Coverage", Kind.CHOICE, _OF, "Of the shares, or of the amount at the exercise price."
    )
    yield Field(
        "warrant",
        "Warrants",
        Kind.REFERENCE,
        Some(known, lack),
        help,
        "a new class",
        is_wide=True,
        may_be_new=True,
    )
    if not isinstance(form.get("warrant"), int):
        yield from bought_fields(form)
    help = "What becomes of a fraction of a warrant, holder by holder."
    yield Field("warrant_rounding", "Rounded", Kind.CHOICE, Words.of(Rounding), help)
    if form.get("holder_2") is None:
        help = "The number the paper states; it is what is recorded."
        yield Field("warrants", "Number of warrants", Kind.SHARES, help=help)


def bought_fields(form: Form) -> Iterator[Field]:
    """Ask what warrants buy, at what price and until when."""
    classes = _classes(form)
    lack = "is no class of shares of this company"
    yield Field(
        "buys", "Buys", Kind.REFERENCE, Some(classes, lack), "The class that one warrant buys a share of."
    )
    help = "The price a share, as the certificate states it."
    yield Field("exercise_price", "Exercise price", Kind.PRICE, help=help, hint="if it is known")
    yield Field("expires", "Expires", Kind.DATE, help="The last day of exercise.", hint="if it is known")


def attached_proposals(form: Form) -> dict[str, Proposal]:
    """Return what is taken for the warrants where nothing is said."""
    classes = _classes(form)
    found: dict[str, Proposal] = {"coverage_of": Proposal("shares")}
    commons = [id for id in classes if id == ISSUED or form.ledger.securities[id].kind is SecurityKind.COMMON]
    security = Issued.of(form).security
    if security is not None and security.id in classes:
        found["buys"] = Proposal(security.id, "what is issued")
    elif len(commons) == 1 or ISSUED in commons:
        found["buys"] = Proposal(ISSUED if ISSUED in commons else commons[0])
    if not form.get("coverage"):
        return found
    price = form.get("exercise_price")
    at = "" if price is None else f" at {grouped(price, PLAIN, 2, 8)}"  # a name knows no language
    found["warrant"] = Proposal(Newcomer(f"Warrants of {day_text(form.day)}{at}"), "a new class")
    known = form.get("warrant")
    fact = form.ledger.securities.get(known) if isinstance(known, int) else None
    found["warrant_rounding"] = Proposal(Rounding.NEAREST if fact is None else fact.rounding)
    return found


def proposed_count(form: Form, amount: Decimal | None) -> Proposal:
    """Return the warrants that come with the shares of the only holder."""
    attached, shares = Attached.of(form), form.get("quantity")
    exact = None if attached is None or not shares else attached.exact(Fraction(shares), amount)
    if attached is None or exact is None:
        return Proposal(None)
    count = rounded_shares(exact, attached.rounding)
    return Proposal(as_decimal(count) or count, "by the coverage")


def attached_remarks(
    form: Form, allotted: tuple[Allotment, ...], amounts: tuple[Decimal | None, ...]
) -> Iterator[Remark]:
    """Say how many warrants the coverage makes, and where the paper says another number."""
    attached, style = Attached.of(form), form.style
    if attached is None:
        return
    made = [attached.exact(one.shares, money) for one, money in zip(allotted, amounts, strict=True)]
    exact = [one for one in made if one is not None]
    counts = attached.counts(allotted, amounts)
    by_terms = sum((rounded_shares(one, attached.rounding) for one in exact), Fraction(0))
    part = shown(Kind.RATE, attached.coverage, style)
    if attached.of_amount and attached.price:
        price = grouped(attached.price, style, 2, 8)
        money = grouped(sum((Fraction(one or 0) for one in amounts), Fraction(0)), style, 2, 2)
        how = f"{part} of {money} / {price}"
    else:
        how = f"{part} of {grouped(sum((one.shares for one in allotted), Fraction(0)), style, 0, 4)}"
    whole = grouped(sum(exact, Fraction(0)), style, 0, 2)
    is_rounded = by_terms != sum(exact, Fraction(0))
    each = ", holder by holder" if len(allotted) > 1 and is_rounded else ""
    rule = f", {RULES[attached.rounding]}{each}" if is_rounded else ""
    yield Remark(f"{grouped(by_terms, style, 0, 4)} warrants: {how} = {whole}{rule}.")
    more = sum(counts, Fraction(0)) - by_terms
    if more:
        by, way = grouped(abs(more), style, 0, 4), "more" if more > 0 else "fewer"
        yield Remark(
            f"The paper says {grouped(sum(counts), style, 0, 4)}, {by} {way}; that is recorded.", True
        )
    if attached.known is None and attached.price is None:
        yield Remark("No exercise price is entered, so nobody can tell what an exercise pays.", True)


def counted(form: Form, count: Fraction) -> Decimal:
    """Return a number of warrants as the record keeps it."""
    return exactly("coverage", count, form.style)


def _company(form: Form) -> int | None:
    if Issued.of(form).is_new:
        issuer: int | None = form.get("issuer")
        return issuer
    return issuer_of(form, form.get("security"))


def _known(form: Form) -> dict[int, str]:
    company = _company(form)
    names = names_of(form.ledger, Security, company)
    return {
        one.id: names[one.id]
        for one in form.ledger.securities_of(company or 0)
        if one.kind is SecurityKind.WARRANT
    }


def _classes(form: Form) -> dict[Any, str]:
    company, issued = _company(form), Issued.of(form)
    names = names_of(form.ledger, Security, company)
    stock = (SecurityKind.COMMON, SecurityKind.PREFERRED)
    own = {one.id: names[one.id] for one in form.ledger.securities_of(company or 0) if one.kind in stock}
    return {ISSUED: issued.name} | own if issued.is_new and issued.kind is SecurityKind.COMMON else own
