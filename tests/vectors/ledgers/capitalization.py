"""The counts of one capitalization table, and chains of classes, asked of a ledger."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.ownership import POOL, Ownership, ownership
from neocapgui.engine.reserves import counts
from neocapgui.engine.rights import TermsInForce
from neocapgui.ledger.facts import Security
from neocapgui.ledger.terms import ConversionBasis, Exercise, SecurityKind
from tests.vectors.inputs import Inputs
from tests.vectors.ledgers.agreement import Calculation, Results, Untold, Why
from tests.vectors.ledgers.book import DAY, Book, decimal

_ITSELF = "The company"
_BOUGHT = {"options": SecurityKind.OPTION, "warrants": SecurityKind.WARRANT}


def _share_class(book: Book, entry: Inputs, base: Security) -> bool:
    """Enter a class with its holders and treasury; return whether its as-converted count is a rounded one."""
    ratio = entry.number("ratio", 1)
    share_class = book.security(
        SecurityKind.COMMON if ratio == 1 else SecurityKind.PREFERRED,
        votes=decimal(entry.number("votes_per_share", 1)),
        votes_as_converted=entry.flag("votes_as_converted", False),
    )
    if ratio != 1:
        book.right(share_class, base, ConversionBasis.RATIO, ratio=ratio)
    treasury = entry.number("treasury", 0)
    outstanding = entry.number("issued") - treasury
    book.opened(share_class, book.holder(), outstanding)
    book.opened(share_class, book.holder(_ITSELF), treasury)
    return entry.flag("round_conversion", False) and (outstanding * ratio).denominator != 1


def capitalization(i: Inputs) -> Results:
    """The classes, and for everything else a paper that turns into common stock nobody holds yet."""
    book = Book()
    base = book.security(SecurityKind.COMMON)
    rounded = [_share_class(book, entry, base) for entry in i.items("classes")]
    for key, kind in _BOUGHT.items():
        for entry in i.items(key, []):
            paper = book.security(kind, exercise=Exercise(base.id))
            book.opened(paper, book.holder(), entry.number("shares"))
    for entry in i.items("convertibles", []):
        note = book.security(SecurityKind.CONVERTIBLE)
        book.right(note, base, ConversionBasis.RATIO, ratio=Fraction(1))
        book.opened(note, book.holder(), entry.number("shares"))
    pool = decimal(i.number("pool_available", 0))
    book.security(SecurityKind.OPTION_PLAN, reserve=pool, exercise=Exercise(base.id))
    ledger = book.ledger

    def owners(basis: Basis) -> Ownership:
        return ownership(ledger, Lens(DAY, book.issuer(), basis))

    stock = (SecurityKind.COMMON, SecurityKind.PREFERRED)
    each = counts(ledger, Lens(DAY), book.issuer())
    diluted = owners(Basis.FULLY_DILUTED)
    results: Results = {
        "issued": sum(
            (one.issued for one in each if ledger.securities[one.security].kind in stock), Fraction(0)
        ),
        "outstanding": owners(Basis.OUTSTANDING).total,
        "votes": owners(Basis.VOTING).total,
        "as_converted": owners(Basis.AS_CONVERTED).total,
        "fully_diluted": diluted.total,
        "fully_diluted_without_pool": diluted.total - diluted.of(POOL).shares,
    }
    if any(rounded):
        loose = ("votes", "as_converted", "fully_diluted", "fully_diluted_without_pool")
        results |= dict.fromkeys(loose, Why.ROUNDED_CLASS)
    return results


def authorised(i: Inputs) -> Results:
    """A class as first issued, what was cancelled and retired of it, and what the company took back."""
    book, authorized, retired = Book(), i.number("authorized"), i.number("retired", 0)
    common = book.security(SecurityKind.COMMON, authorized=decimal(authorized))
    held: dict[str, Any] = {"security": common.id, "stakeholder": book.holder()}
    book.happened("issuance", **held, quantity=decimal(i.number("issued")))
    for gone in (i.number("cancelled", 0), retired):
        book.happened("cancellation", **held, quantity=decimal(gone))
    if i.flag("retired_not_reissuable", False):  # the certificate of retirement is an amendment
        book.happened("authorized", security=common.id, quantity=decimal(authorized - retired))
    treasury = decimal(i.number("treasury", 0))
    book.happened("repurchase", **held, quantity=treasury, counterparty=book.holder(_ITSELF))
    (count,) = counts(book.ledger, Lens(DAY), book.issuer())
    unissued = count.available
    if unissued is None:
        raise Untold("no number is authorized")
    return {
        "authorized": count.authorized,
        "issued": count.issued,
        "outstanding": count.outstanding,
        "unissued": unissued,
        "issuable_including_treasury": unissued + count.treasury,
    }


def class_ratio(i: Inputs) -> Results:
    """Classes of which those that convert are preferred, and the others common."""
    book, entries = Book(), i.items("classes")
    into = {entry.text("id"): entry.text("converts_to", None) for entry in entries}
    names = dict.fromkeys([*into, *(name for name in into.values() if name), i.text("class")])
    classes = {
        name: book.security(
            SecurityKind.PREFERRED if into.get(name) else SecurityKind.COMMON, stated_value=Decimal(1)
        )
        for name in names
    }
    for entry in entries:
        if target := into[entry.text("id")]:
            ratio = entry.number("numerator", 1) / entry.number("denominator", 1)
            book.right(classes[entry.text("id")], classes[target], ConversionBasis.RATIO, ratio=ratio)
    terms = TermsInForce.on(book.ledger, Lens(DAY))
    return {"ratio": terms.common_per_unit(classes[i.text("class")])}


QUESTIONS: dict[str, Calculation] = {
    "capitalization": capitalization,
    "authorised": authorised,
    "class_ratio": class_ratio,
}
