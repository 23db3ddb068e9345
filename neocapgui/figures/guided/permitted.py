"""What approvals and the charter leave for an entry: the field for an approval, and what is remarked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from neocapgui.engine.approved import made_under, used
from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import STOCK
from neocapgui.engine.reserves import Counts, counts
from neocapgui.figures.choices import names_of
from neocapgui.figures.guided.asking import Some, as_decimal
from neocapgui.figures.guided.guide import ANYTHING, About, Field, Form, Remark, Unanswered
from neocapgui.figures.kinds import Kind, day_text, grouped
from neocapgui.ledger.edits import Edit, apply
from neocapgui.ledger.facts import Approval, Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty

TOLD = frozenset({"approval_exceeded", "approval_missing", "over_authorized", "reserve_short"})


def approval_field(form: Form, issuer: int | None) -> Field:
    """Ask for the approval of a company under which the entry is made."""
    names = names_of(form.ledger, Approval)
    own = {id: names[id] for id, one in form.ledger.approvals.items() if one.issuer == issuer}
    return Field(
        "approval",
        "Approval",
        Kind.REFERENCE,
        Some(own, "is no approval of this company"),
        "The decision of the board or the stockholders under which it is done; its limits are counted down.",
        "none",
        is_wide=True,
    )


def seen_from(form: Form) -> Lens:
    """Return the point of view at the end of the day, with what is planned where the entry is planned."""
    is_planned = form.lens.planned or form.get("certainty") is Certainty.PLANNED
    return replace(form.on_day, planned=is_planned, known=None)


def on_approval(
    form: Form, money: Fraction = Fraction(0), shares: Fraction = Fraction(0)
) -> Iterator[Remark]:
    """Say what an entry of some money and shares leaves of the limits of its approval."""
    approval = form.ledger.approvals.get(form.get("approval") or 0)
    if approval is None:
        return
    name, style = f"“{approval.subject}”", form.style
    if approval.outcome != "approved":
        yield Remark(f"{name} is recorded as {approval.outcome}.", True)
    if approval.meeting_date is not None and form.day < approval.meeting_date:
        yield Remark(f"{name} was decided only on {day_text(approval.meeting_date, style)}.", True)
    if not money and not shares:
        return
    before = used(made_under(form.ledger, seen_from(form), approval.id))
    for limit, taken, places, unit in (
        (approval.amount_limit, before.money + money, 2, ""),
        (approval.shares_limit, before.shares + shares, 0, " shares"),
    ):
        if limit is None:
            continue
        spent, most = grouped(taken, style, places, max(places, 4)), grouped(limit, style, places, 4)
        left = Fraction(limit) - taken
        rest = grouped(abs(left), style, places, max(places, 4))
        if left < 0:
            yield Remark(f"{name} allows {most}{unit}; with this entry it is {spent}, {rest} more.", True)
        else:
            yield Remark(f"{name} allows {most}{unit}; with this entry {spent} are used and {rest} left.")


def class_counts(ledger: Ledger, lens: Lens, security: int) -> Counts:
    """Return the four counts of a class on the lens's day."""
    issuer = ledger.securities[security].issuer
    return next(one for one in counts(ledger, lens, issuer) if one.security == security)


def on_charter(form: Form, edit: Edit, issuer: int | None) -> Iterator[Remark]:
    """Say what the charter leaves of each class of which an entry issues or promises more."""
    if issuer is None or issuer not in form.ledger.issuers:
        return
    lens, style, after = seen_from(form), form.style, apply(form.ledger, edit)
    was = {one.security: one.available for one in counts(form.ledger, lens, issuer)}
    for one in counts(after, lens, issuer):
        if one.authorized is None or one.available is None or one.available == was.get(one.security):
            continue
        name = after.securities[one.security].name
        whole, issued, reserved, left = (
            grouped(count, style, 0, 4)
            for count in (one.authorized, one.issued, one.reserved, abs(one.available))
        )
        rest = f"{left} are left" if one.available >= 0 else f"{left} too many"
        with_it = f"{issued} are issued and {reserved} reserved with this entry"
        yield Remark(f"Of {whole} {name} authorized, {with_it}: {rest}.", one.available < 0)


def classes_of_shares(form: Form) -> dict[int, str]:
    """Return the classes of shares by name, those of the company looked at first."""
    near = form.lens.issuer
    names = names_of(form.ledger, Security, near)
    found = [one for one in form.ledger.securities.values() if one.kind in STOCK]
    found.sort(key=lambda one: (one.issuer != near, one.issuer, one.id))
    return {one.id: names[one.id] for one in found}


def begun_with_class(ledger: Ledger, lens: Lens, about: About) -> Mapping[str, Any] | None:
    """Begin with the class of shares that a row is about; a row about anything else is refused with None."""
    if about == ANYTHING:
        return {}
    security = ledger.securities.get(about.security or 0)
    is_class = security is not None and security.kind in STOCK and about.stakeholder is None
    return {"security": about.security} if is_class else None


def class_field(form: Form, help: str) -> Field:
    """Ask for a class of shares."""
    classes = Some(classes_of_shares(form), "is no class of shares of this scenario")
    return Field("security", "Class", Kind.REFERENCE, classes, help, is_wide=True)


def stated(form: Form, name: str) -> Decimal | None:
    """Return the figure of a field as the record keeps it, or None for an empty one; it is not below 0."""
    figure = form.get(name)
    if figure is None:
        return None
    if figure < 0:
        raise Unanswered(name, f"{grouped(figure, form.style)} is below 0, which cannot be here.")
    kept = as_decimal(figure)
    if kept is None:
        raise Unanswered(name, "A figure is kept with at most 8 decimals.")
    return kept


def issuer_of(form: Form, security: Any) -> int | None:
    """Return the company whose security it is, or else the one looked at."""
    fact = form.ledger.securities.get(security) if isinstance(security, int) else None
    return form.lens.issuer if fact is None else fact.issuer
