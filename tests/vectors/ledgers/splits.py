"""Splits and reserved shares, asked of a ledger."""

from __future__ import annotations

from fractions import Fraction

from neocapgui.engine.calculations.rounding import Mode, rounded_to
from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.engine.reserves import counts
from neocapgui.engine.rights import TermsInForce
from neocapgui.engine.splits import split_outcome, splits
from neocapgui.ledger.facts import Security
from neocapgui.ledger.terms import Exercise, Rounding, SecurityKind
from tests.vectors.inputs import Inputs
from tests.vectors.ledgers.agreement import Calculation, Results, Why
from tests.vectors.ledgers.book import DAY, Book, after, decimal, split_ratio


def _ratio(i: Inputs) -> Fraction:
    return split_ratio(i.number("new"), i.number("old"))


def _warrant(book: Book, common: Security, price: Fraction | None, shares: Fraction | None) -> Security:
    """Enter an instrument as a warrant of its day: the price of a share, and the shares it buys."""
    bought = Fraction(1) if shares is None else shares
    terms = Exercise(common.id, decimal(price), decimal(bought))
    return book.security(SecurityKind.WARRANT, issued=DAY, exercise=terms)


def _instrument(one: Inputs, terms: TermsInForce, warrant: Security) -> Results:
    """Return the terms of a warrant in force, rounded as its paper says for this split."""
    price, shares = terms.exercise_price(warrant), terms.bought_per_unit(warrant)
    places, mode = one.integer("price_places", None), one.choice("share_rounding", Mode, None)
    results: Results = {"id": one.text("id"), "price": price}
    if price is not None and places is not None:
        results["price"] = rounded_to(price, places, one.choice("price_rounding", Mode, Mode.HALF_UP))
    if one.has("shares"):
        results["shares"] = shares if mode is None else rounded_to(shares, 0, mode)
    return results


def split(i: Inputs) -> Results:
    """Holders before, the split, and warrants whose terms it restates."""
    book, fraction = Book(), i.choice("fraction", Rounding)
    authorized = i.number("authorized", None)
    common = book.security(SecurityKind.COMMON, authorized=decimal(authorized))
    holders = i.number_map("holders")
    for name, shares in holders.items():
        book.opened(common, book.holder(name), shares)
    instruments = i.items("instruments", ())
    warrants = [
        _warrant(book, common, one.number("price"), one.number("shares", None)) for one in instruments
    ]
    price = decimal(i.number("cash_price", None))
    book.happened("split", after(1), security=common.id, ratio=_ratio(i), value=str(fraction), price=price)
    ledger, lens = book.ledger, Lens(after(1))
    (event,) = splits(ledger, lens)
    outcome = {row.stakeholder: row for row in split_outcome(ledger, lens, event)}
    held, terms = holdings(ledger, lens), TermsInForce.on(ledger, lens)
    results: Results = {
        "holders": {name: held.of(book.holder(name), common.id) for name in holders},
        "outstanding": sum((row.after for row in outcome.values()), Fraction(0)),
        "aggregate_exact": sum((row.exact for row in outcome.values()), Fraction(0)),
        "instruments": [
            _instrument(one, terms, warrant) for one, warrant in zip(instruments, warrants, strict=True)
        ],
    }
    if fraction is Rounding.CASH:
        paid = {row.stakeholder: row.cash for row in outcome.values() if row.cash is not None}
        results["cash"] = {name: paid.get(book.holder(name), Fraction(0)) for name in holders}
        results["cash_total"] = sum(paid.values(), Fraction(0))
    if authorized is not None:
        (count,) = (one for one in counts(ledger, lens, book.issuer()) if one.security == common.id)
        results["authorized"] = Why.AMENDED if i.flag("authorized_adjusts", False) else count.authorized
    return results


def cumulative_split(i: Inputs) -> Results:
    """Splits day after day, and a warrant of the first day."""
    book = Book()
    common = book.security(SecurityKind.COMMON)
    price, shares = i.number("price", None), i.number("shares", None)
    warrant = _warrant(book, common, price, shares)
    ratios = [_ratio(entry) for entry in i.items("ratios")]
    for days, ratio in enumerate(ratios, 1):
        book.happened("split", after(days), security=common.id, ratio=ratio)
    terms = TermsInForce.on(book.ledger, Lens(after(len(ratios))))
    results: Results = {"cumulative_reverse_ratio": 1 / terms.restated(common.id, DAY)}
    if price is not None:
        results["restated_price"] = terms.exercise_price(warrant)
    if shares is not None:
        results["restated_shares_exact"] = terms.bought_per_unit(warrant)
    return results


def reserve_check(i: Inputs) -> Results:
    """A class with its holders, and a right for each reserve: units that buy `multiple` shares each."""
    book = Book()
    common = book.security(SecurityKind.COMMON, authorized=decimal(i.number("authorized")))
    book.opened(common, book.holder(), i.number("outstanding"))
    book.opened(common, book.holder("The company"), i.number("treasury", 0))
    for entry in i.items("reserved"):
        terms = Exercise(common.id, shares_per_unit=decimal(entry.number("multiple", 1)))
        book.opened(book.security(SecurityKind.RIGHT, exercise=terms), book.holder(), entry.number("shares"))
    (count,) = (one for one in counts(book.ledger, Lens(DAY), book.issuer()) if one.security == common.id)
    return {"reserved_total": count.reserved, "available": count.available}


QUESTIONS: dict[str, Calculation] = {
    "split": split,
    "cumulative_split": cumulative_split,
    "reserve_check": reserve_check,
}
