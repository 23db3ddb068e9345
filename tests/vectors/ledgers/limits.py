"""What a holder's limit and an exchange's cap hold back, asked of a ledger."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from neocapgui.engine.convertibles import Convertible, HeldBack
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.ownership import ownership
from neocapgui.ledger.facts import Security
from neocapgui.ledger.terms import ConversionBasis, Limits, Rounding, SecurityKind
from tests.vectors.inputs import Inputs
from tests.vectors.ledgers.agreement import Calculation, Results, Unrecorded, Why
from tests.vectors.ledgers.book import DAY, Book, after, decimal
from tests.vectors.ledgers.conversions import told


def _note(book: Book, limits: Limits, rounding: Rounding, price: Fraction | None) -> Security:
    """Enter a note that turns into common, at a price or share for unit; the common is entered first."""
    common = book.security(SecurityKind.COMMON)
    note = book.security(SecurityKind.CONVERTIBLE, stated_value=Decimal(1), rounding=rounding, limits=limits)
    if price is None:
        book.right(note, common, ConversionBasis.RATIO, ratio=Fraction(1))
    else:
        book.right(note, common, ConversionBasis.FIXED, price=decimal(price))
    return note


def _converted(book: Book, note: Security, into: int, units: Fraction, shares: Fraction) -> None:
    book.happened(
        "conversion",
        after(1),
        security=note.id,
        stakeholder=book.holder(),
        quantity=decimal(units),
        into_security=into,
        into_quantity=decimal(shares),
    )


def _bound(answer: Convertible, limit: str) -> HeldBack | None:
    return next((one for one in answer.held_back if one.limit == limit), None)


def ownership_blocker(i: Inputs) -> Results:
    """A note whose paper limits its holder; what may be converted is, and the holder's part is asked."""
    book, outstanding, held = Book(), i.number("outstanding"), i.number("held")
    if held > outstanding:
        raise Unrecorded(Why.MORE_THAN_ALL)
    limits, in_face = Limits(ownership=decimal(i.number("limit"))), i.has("face")
    rounding = i.choice("fraction", Rounding, Rounding.DOWN) if in_face else Rounding.NONE
    note = _note(book, limits, rounding, i.number("price") if in_face else None)
    units = i.number("face" if in_face else "requested_shares")
    book.opened(note, book.holder(), units)
    (right,) = book.ledger.conversion_rights.values()
    common = book.ledger.securities[right.into]
    book.opened(common, book.holder(), held)
    book.opened(common, book.holder("Others"), outstanding - held)
    answer, per_unit = told(book, note, Lens(DAY))
    bound = _bound(answer, "holder's limit")
    issued = bound.issuable if bound else answer.shares or Fraction(0)
    _converted(book, note, common.id, issued / per_unit if bound else units, issued)
    owners = ownership(book.ledger, Lens(after(1), book.issuer(), Basis.OUTSTANDING))
    return {
        "max_issuable": bound.issuable if bound else Why.NOT_BINDING,
        "issued": issued,
        "held_back": bound.held_back if bound else Fraction(0),
        "percent_after": owners.of(book.holder()).stake,
    }


def exchange_cap(i: Inputs) -> Results:
    """A note under a cap fixed at signing, of which a part is already converted."""
    if not i.has("cap"):
        raise Unrecorded(Why.UNNAMED_CAP)
    book, already, requested = Book(), i.number("already_issued"), i.number("requested")
    limits = Limits(
        exchange_cap=decimal(i.number("cap")),
        outstanding_at_signing=decimal(i.number("outstanding_at_signing")),
    )
    note = _note(book, limits, Rounding.NONE, None)
    (right,) = book.ledger.conversion_rights.values()
    book.opened(note, book.holder(), already + requested)
    _converted(book, note, right.into, already, already)
    answer, _ = told(book, note, Lens(after(1)))
    bound = _bound(answer, "exchange cap")
    return {
        "available": bound.issuable if bound else Why.NOT_BINDING,
        "issued": bound.issuable if bound else answer.shares,
        "excess": bound.held_back if bound else Fraction(0),
    }


QUESTIONS: dict[str, Calculation] = {"ownership_blocker": ownership_blocker, "exchange_cap": exchange_cap}
