"""Conversions, floating prices and accrual, asked of a ledger."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Mode
from neocapgui.engine.convertibles import Convertible, convertibles
from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.engine.running import shortfalls
from neocapgui.ledger.facts import Security
from neocapgui.ledger.terms import (
    Accrual,
    AccrualMethod,
    ConversionBasis,
    DayCount,
    LookBack,
    PriceField,
    Rounding,
    SecurityKind,
    Statistic,
    WindowEnd,
)
from tests.vectors.adapters.conversions import OPEN_CAP_ROUNDINGS, EventType, OpenCapRounding
from tests.vectors.inputs import Inputs
from tests.vectors.ledgers.agreement import Calculation, Results, Unrecorded, Untold, Why
from tests.vectors.ledgers.book import DAY, Book, after, decimal, split_ratio

_FACE = Decimal(1)  # a note is counted in units of its face: one dollar


def told(book: Book, security: Security, lens: Lens) -> tuple[Convertible, Fraction]:
    """Return what a security turns into, and the shares for each unit."""
    found = convertibles(book.ledger, lens, security.issuer)
    (answer,) = (one for one in found if one.security == security.id)
    if answer.turn.shares_per_unit is None:
        raise Untold(answer.turn.reason)
    return answer, answer.turn.shares_per_unit


def _held_note(book: Book, note: Security, i: Inputs) -> None:
    """Enter the face, and what has accrued and converts with it as interest paid in kind."""
    book.opened(note, book.holder(), i.number("face_amount"))
    if accrued := i.number("accrued", 0):
        book.happened(
            "in_kind",
            security=note.id,
            stakeholder=book.holder(),
            into_security=note.id,
            into_quantity=decimal(accrued),
        )


def fixed_conversion(i: Inputs) -> Results:
    """A note with a fixed price."""
    book, fraction = Book(), i.choice("fraction", Rounding)
    common = book.security(SecurityKind.COMMON)
    note = book.security(SecurityKind.CONVERTIBLE, stated_value=_FACE, rounding=fraction)
    book.right(note, common, ConversionBasis.FIXED, price=decimal(i.number("conversion_price")))
    _held_note(book, note, i)
    answer, per_unit = told(book, note, Lens(DAY))
    results: Results = {
        "amount_converted": answer.face,
        "shares_exact": answer.outstanding * per_unit,
        "shares": answer.shares,
    }
    if fraction is Rounding.CASH:
        results["cash_in_lieu"] = Why.MONEY_OF_A_NOTICE
    return results


def conversion_notices(i: Inputs) -> Results:
    """A note of which parts are converted and repurchased, and what is left of it."""
    book = Book()
    common = book.security(SecurityKind.COMMON)
    note = book.security(SecurityKind.CONVERTIBLE, stated_value=_FACE)
    book.opened(note, book.holder(), i.number("face_total"))
    for event in i.items("events"):
        face = decimal(event.number("face"))
        taken: dict[str, Any] = {"security": note.id, "stakeholder": book.holder(), "quantity": face}
        if event.choice("type", EventType) is EventType.REDEMPTION:
            book.happened("repurchase", **taken)
        else:
            price = decimal(event.number("price"))
            book.happened("conversion", **taken, into_security=common.id, price=price)
    for short in shortfalls(book.ledger, Lens(DAY)):
        raise CalculationRefused("exceeds_face_outstanding", f"{short.short} more is taken than is left.")
    return {"remaining_face": holdings(book.ledger, Lens(DAY)).total(note.id)}


def class_conversion(i: Inputs) -> Results:
    """Preferred at a ratio, or at its issue price over a conversion price."""
    book, ratio = Book(), i.number("ratio", None)
    common = book.security(SecurityKind.COMMON)
    rounding = OPEN_CAP_ROUNDINGS[i.choice("rounding", OpenCapRounding)]
    stated = None if ratio is not None else decimal(i.number("original_issue_price"))
    preferred = book.security(SecurityKind.PREFERRED, stated_value=stated, rounding=rounding)
    if ratio is not None:
        book.right(preferred, common, ConversionBasis.RATIO, ratio=ratio)
    else:
        book.right(preferred, common, ConversionBasis.FIXED, price=decimal(i.number("conversion_price")))
    book.opened(preferred, book.holder(), i.number("shares"))
    answer, per_unit = told(book, preferred, Lens(DAY))
    return {"ratio": per_unit, "shares_exact": answer.outstanding * per_unit, "shares": answer.shares}


def _look_back(i: Inputs) -> LookBack:
    windows, rounding = i.items("windows"), i.part("price_rounding", None)
    if len(windows) != 1 or windows[0].has("as_of"):
        raise Unrecorded(Why.WINDOWS)
    (window,) = windows
    if window.text("field") not in [str(column) for column in PriceField]:
        raise Unrecorded(Why.COLUMN)
    places = rounding.integer("places") if rounding else None
    if rounding and (rounding.choice("mode", Mode) is not Mode.HALF_UP or rounding.integer("places") < 0):
        raise Unrecorded(Why.MODE)
    return LookBack(
        PriceField(window.text("field")),
        window.integer("days"),
        window.choice("ends", WindowEnd),
        window.choice("statistic", Statistic),
        window.integer("k", None),
        decimal(i.number("multiplier")),
        places,
    )


def floating_conversion(i: Inputs) -> Results:
    """A note whose price follows the price list, with the splits of the common between."""
    book, look_back, day = Book(), _look_back(i), i.day("conversion_date")
    common = book.security(SecurityKind.COMMON)
    prices, splits = i.items("prices"), i.items("splits", ())
    first = min([day, *(entry.day("date") for entry in (*prices, *splits))]) - timedelta(1)
    note = book.security(
        SecurityKind.CONVERTIBLE,
        issued=first,
        stated_value=_FACE,
        rounding=i.choice("fraction", Rounding),
    )
    book.right(
        note,
        common,
        ConversionBasis.FLOATING,
        price=decimal(i.number("fixed_price", None)),
        floor=decimal(i.number("floor", None)),
        floor_restated=i.flag("floor_restated", True),
        look_back=look_back,
    )
    for entry in prices:
        columns = {str(one): decimal(entry.number(one)) for one in PriceField if entry.has(one)}
        book.price(common, entry.day("date"), **columns)
    for entry in splits:
        ratio = split_ratio(entry.number("new"), entry.number("old"))
        book.happened("split", entry.day("date"), security=common.id, ratio=ratio)
    _held_note(book, note, i)
    answer, _ = told(book, note, Lens(day))
    found = answer.turn.floating
    if found is None:
        raise Untold("the steps of the price are not kept")
    return {
        "reference_price": found.reference_price,
        "variable_price": found.variable_price,
        "conversion_price": answer.turn.price,
        "governs": answer.turn.governs,
        "shares": answer.shares,
    }


def accrual(i: Inputs) -> Results:
    """A note issued on the first day, looked at on the last."""
    book, method, start = Book(), i.choice("method", AccrualMethod), i.day("start")
    rate, periods = decimal(i.number("annual_rate")), i.integer("periods_per_year", None)
    terms = Accrual(rate, method, i.choice("day_count", DayCount), periods)
    note = book.security(SecurityKind.CONVERTIBLE, stated_value=_FACE, accrual=terms)
    book.right(note, book.security(SecurityKind.COMMON), ConversionBasis.FIXED, price=Decimal(1))
    principal = i.number("principal")
    if not principal:
        raise Unrecorded(Why.NOTHING_LENT)
    quantity = decimal(principal)
    book.happened("issuance", start, security=note.id, stakeholder=book.holder(), quantity=quantity)
    answer, _ = told(book, note, Lens(i.day("end")))
    if answer.accrued_reason:
        raise Untold(answer.accrued_reason)
    accrued = answer.accrued or Fraction(0)
    results: Results = {"claim": principal + accrued}
    return results if method is AccrualMethod.PIK else results | {"accrued_interest": accrued}


def unit_exchange(i: Inputs) -> Results:
    """A note of a subsidiary exchanged for units of the parent's preferred, which then convert."""
    book, amount = Book(), i.number("amount_surrendered")
    stated, price = decimal(i.number("stated_value_per_unit")), i.number("conversion_price", None)
    fraction = i.choice("fraction", Rounding, Rounding.NONE)
    common = book.security(SecurityKind.COMMON)
    units = book.security(SecurityKind.PREFERRED, stated_value=stated, rounding=fraction)
    note = book.security(
        SecurityKind.CONVERTIBLE,
        book.issuer("The subsidiary"),
        stated_value=_FACE,
        rounding=Rounding.NONE,
    )
    book.right(note, units, ConversionBasis.FIXED, price=stated)
    book.opened(note, book.holder(), amount)
    issued = told(book, note, Lens(DAY))[0].shares
    results: Results = {"units_issued": issued}
    if price is None or issued is None:
        return results
    try:
        book.right(units, common, ConversionBasis.FIXED, price=decimal(price))
        book.happened(
            "exchange",
            after(1),
            security=note.id,
            stakeholder=book.holder(),
            quantity=decimal(amount),
            into_security=units.id,
            into_quantity=decimal(issued),
        )
    except Unrecorded as silent:
        return results | {"as_converted_shares": silent.why}
    return results | {"as_converted_shares": told(book, units, Lens(after(1)))[0].shares}


QUESTIONS: dict[str, Calculation] = {
    "fixed_conversion": fixed_conversion,
    "conversion_notices": conversion_notices,
    "class_conversion": class_conversion,
    "floating_conversion": floating_conversion,
    "accrual": accrual,
    "unit_exchange": unit_exchange,
}
