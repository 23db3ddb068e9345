"""What a holder's limit and an exchange's cap hold back, asked of a ledger."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from neocapgui.engine.convertibles import left_under_cap, most_for_holder
from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.ownership import ownership
from neocapgui.engine.rights import TermsInForce
from neocapgui.ledger.facts import ConversionRight, Security
from neocapgui.ledger.terms import ConversionBasis, Limits, Rounding, SecurityKind
from tests.vectors.inputs import Inputs
from tests.vectors.ledgers.agreement import Calculation, Results, Unrecorded, Untold, Why
from tests.vectors.ledgers.book import DAY, Book, after, decimal
from tests.vectors.ledgers.conversions import told


@dataclass(frozen=True, slots=True)
class _Papers:
    """A note, the common stock it turns into, and its right to."""

    note: Security
    common: Security
    right: ConversionRight


def _papers(book: Book, limits: Limits, rounding: Rounding, price: Fraction | None) -> _Papers:
    """Enter a note that turns into common at a price, or share for unit."""
    common = book.security(SecurityKind.COMMON)
    note = book.security(SecurityKind.CONVERTIBLE, stated_value=Decimal(1), rounding=rounding, limits=limits)
    if price is None:
        right = book.right(note, common, ConversionBasis.RATIO, ratio=Fraction(1))
    else:
        right = book.right(note, common, ConversionBasis.FIXED, price=decimal(price))
    return _Papers(note, common, right)


def _converted(book: Book, papers: _Papers, units: Fraction, shares: Fraction) -> None:
    book.happened(
        "conversion",
        after(1),
        security=papers.note.id,
        stakeholder=book.holder(),
        quantity=decimal(units),
        into_security=papers.common.id,
        into_quantity=decimal(shares),
    )


def _issued(book: Book, papers: _Papers, lens: Lens, limit: str) -> tuple[Fraction, Fraction]:
    """Return what may be issued of all that the note turns into, and what a limit holds back."""
    answer, _ = told(book, papers.note, lens)
    for bound in answer.held_back:
        if bound.limit == limit:
            return bound.issuable, bound.held_back
    return answer.shares or Fraction(0), Fraction(0)


def ownership_blocker(i: Inputs) -> Results:
    """A note whose paper limits its holder; what may be converted is, and the holder's part is asked."""
    book, outstanding, held = Book(), i.number("outstanding"), i.number("held")
    if held > outstanding:
        raise Unrecorded(Why.MORE_THAN_ALL)
    limits, in_face = Limits(ownership=decimal(i.number("limit"))), i.has("face")
    rounding = i.choice("fraction", Rounding, Rounding.DOWN) if in_face else Rounding.NONE
    price = i.number("price") if in_face else None
    papers, units = (
        _papers(book, limits, rounding, price),
        i.number("face" if in_face else "requested_shares"),
    )
    book.opened(papers.note, book.holder(), units)
    book.opened(papers.common, book.holder(), held)
    book.opened(papers.common, book.holder("Others"), outstanding - held)
    most = most_for_holder(holdings(book.ledger, Lens(DAY)), papers.note, papers.right, book.holder())
    if most is None:
        raise Untold("the limit is none")
    issued, held_back = _issued(book, papers, Lens(DAY), "holder's limit")
    results: Results = {"max_issuable": most, "issued": issued, "held_back": held_back}
    _converted(book, papers, issued * (price or 1) if held_back else units, issued)
    owners = ownership(book.ledger, Lens(after(1), book.issuer(), Basis.OUTSTANDING))
    results["percent_after"] = owners.of(book.holder()).stake
    if in_face:
        left = holdings(book.ledger, Lens(after(1))).of(book.holder(), papers.note.id)
        results |= {"face_remaining": left, "face_converted": units - left}
    return results


def exchange_cap(i: Inputs) -> Results:
    """A note under a cap fixed at signing, of which a part is already converted."""
    if not i.has("cap"):
        raise Unrecorded(Why.UNNAMED_CAP)
    book, already, requested = Book(), i.number("already_issued"), i.number("requested")
    limits = Limits(
        exchange_cap=decimal(i.number("cap")),
        outstanding_at_signing=decimal(i.number("outstanding_at_signing")),
    )
    papers = _papers(book, limits, Rounding.NONE, None)
    book.opened(papers.note, book.holder(), already + requested)
    _converted(book, papers, already, already)
    lens = Lens(after(1))
    available = left_under_cap(TermsInForce.on(book.ledger, lens), papers.note, papers.right)
    if available is None:
        raise Untold("the cap is none")
    issued, excess = _issued(book, papers, lens, "exchange cap")
    return {"available": available, "issued": issued, "excess": excess}


QUESTIONS: dict[str, Calculation] = {"ownership_blocker": ownership_blocker, "exchange_cap": exchange_cap}
