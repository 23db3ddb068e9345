"""What is remarked on a notice: how its figures follow from the terms, where they differ, what holds back."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neocapgui.engine.accrued import accrued
from neocapgui.engine.convertibles import left_under_cap, most_for_holder
from neocapgui.engine.holdings import holdings, outstanding
from neocapgui.figures.guided.guide import Form, Remark, sentence
from neocapgui.figures.guided.noticed import RULES, Noticed
from neocapgui.figures.kinds import Kind, grouped, percent, shown
from neocapgui.figures.terms_summary import said
from neocapgui.ledger.terms import ConversionBasis


def remarks(form: Form, noticed: Noticed | None) -> tuple[Remark, ...]:
    """Return what is to be said on a notice, in the order in which its figures follow from each other."""
    if noticed is None:
        return ()
    return tuple(
        remark
        for part in (_on_price, _on_shares, _on_face, _on_accrued, _on_limits)
        for remark in part(form, noticed)
    )


def _on_price(form: Form, noticed: Noticed) -> Iterator[Remark]:
    turn, style = noticed.turn, form.style
    if not noticed.has_price or noticed.right.basis is ConversionBasis.NOTICE:
        return
    yield Remark(f"{said(noticed.right, style)}.")
    if turn.price is None:
        yield Remark(f"The price by the terms is not known: {turn.reason}.")
        return
    if turn.floating is not None:
        yield Remark(_governing(noticed, form))
    stated = form.get("price")
    if stated and Fraction(stated) != turn.price:
        implied, typed = grouped(turn.price, style, 2, 8), grouped(stated, style, 2, 8)
        yield Remark(f"The notice is at {typed} a share; the terms imply {implied}.", True)


def _governing(noticed: Noticed, form: Form) -> str:
    """Say which leg of a floating price decides, and what the others would give."""
    found, style = noticed.turn.floating, form.style
    if found is None:
        return ""
    price, variable = (grouped(one, style, 2, 8) for one in (found.conversion_price, found.variable_price))
    days = [day for window in found.windows for day, _ in window.days]
    looked = ""
    if days:
        first, last = shown(Kind.DATE, min(days), style), shown(Kind.DATE, max(days), style)
        looked = f" (look-back {first} to {last})"
    match found.governs.value:
        case "floor":
            return f"The floor governs: {price}; the market gives {variable}{looked}."
        case "fixed":
            return (
                f"The fixed price governs as the upper limit: {price}; the market gives {variable}{looked}."
            )
        case _:
            return f"The market governs: {price}{looked}."


def _on_shares(form: Form, noticed: Noticed) -> Iterator[Remark]:
    style, security = form.style, noticed.security
    units, price, accrued = Fraction(form.get("units") or 0), form.get("price"), form.get("accrued")
    exact, shares = noticed.exact(units, price, accrued), noticed.shares(units, price, accrued)
    if exact is None or shares is None:
        return
    if noticed.has_price and price and noticed.stated is not None:
        money = units * noticed.stated + Fraction(accrued or 0)
        how = f"{grouped(money, style, 0, 2)} / {grouped(Fraction(price), style, 2, 8)}"
    else:
        per_unit = noticed.turn.shares_per_unit or Fraction(0)
        how = f"{grouped(units, style, 0, 4)} x {grouped(per_unit, style, 0, 6)}"
    rule = f", {RULES[security.rounding]}" if shares != exact else ""
    yield Remark(f"The terms imply {grouped(shares, style)}: {how} = {grouped(exact, style, 0, 2)}{rule}.")
    more = Fraction(form.get("shares") or 0) - shares
    if more:
        difference = f"{grouped(abs(more), style, 0, 4)} {'more' if more > 0 else 'fewer'}"
        stated = grouped(form.get("shares"), style, 0, 4)
        yield Remark(f"The notice says {stated}, {difference}; that is what is recorded.", True)


def _on_face(form: Form, noticed: Noticed) -> Iterator[Remark]:
    face, units = form.get("face"), form.get("units")
    if face is None or units is None or noticed.stated is None:
        return
    implied = Fraction(units) * noticed.stated
    if abs(Fraction(face) - implied) >= Fraction(1, 100):
        written, units_written = grouped(implied, form.style, 2, 2), grouped(units, form.style, 0, 4)
        yield Remark(
            f"{units_written} units have a face of {written}, not {grouped(face, form.style, 2, 2)}.", True
        )


def _on_accrued(form: Form, noticed: Noticed) -> Iterator[Remark]:
    """Say what has accrued on the face that is converted; what was paid on it is not recorded."""
    rate, face = noticed.security.accrual.rate, form.get("face")
    if rate is None or not face:
        return
    found, reason = accrued(form.ledger, form.on_day, noticed.security, Fraction(face))
    if reason:
        yield Remark(f"What has accrued is not known: {reason.rstrip('.')}.")
    elif found:
        money, on = grouped(found, form.style, 2, 2), form.style_day
        yield Remark(
            f"{money} have accrued on it up to {on} at {shown(Kind.RATE, rate, form.style)} a year, "
            f"less what was paid meanwhile."
        )


def _on_limits(form: Form, noticed: Noticed) -> Iterator[Remark]:
    style, security, right = form.style, noticed.security, noticed.right
    holder, shares = form.get("holder"), Fraction(form.get("shares") or 0)
    limits = security.limits
    held = outstanding(form.ledger, holdings(form.ledger, form.on_day))
    most = most_for_holder(held, security, right, holder)
    if most is not None and limits.ownership is not None:
        part, name = percent(limits.ownership, style), form.ledger.stakeholders[holder].name
        what = f"The holder's limit of {part} % lets {grouped(most, style)} shares go to {name}"
        yield from _bound(form, what, shares - most)
    left = left_under_cap(noticed.terms, security, right)
    if left is not None and limits.exchange_cap is not None:
        what = f"Under the exchange cap of {percent(limits.exchange_cap, style)} % there are"
        yield from _bound(form, f"{what} {grouped(left, style)} shares left", shares - left)


def _bound(form: Form, words: str, beyond: Fraction) -> Iterator[Remark]:
    if beyond > 0:
        yield Remark(f"{words}: {grouped(beyond, form.style)} of these are held back by the terms.", True)
    else:
        yield Remark(sentence(words))
