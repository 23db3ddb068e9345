"""The guide to a change of authorized shares: the new number, and what issued and reserved leave of it."""

from __future__ import annotations

from fractions import Fraction

from neocapgui.figures.guided.asking import day_field, paper_fields, recorded, the_only, usual
from neocapgui.figures.guided.guide import Field, Form, Guide, Proposal, Remark
from neocapgui.figures.guided.permitted import (
    TOLD,
    approval_field,
    begun_with_class,
    class_counts,
    class_field,
    classes_of_shares,
    issuer_of,
    on_approval,
    seen_from,
    stated,
)
from neocapgui.figures.kinds import Kind, grouped
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.edits import Edit, add

_COLUMNS = (
    Column("Count", Kind.TEXT, width=30),
    Column("Before", Kind.SHARES, help="At the end of the day, without this entry"),
    Column("Change", Kind.SHARES, help="What this entry adds or takes away"),
    Column("After", Kind.SHARES, help="At the end of the day, with this entry"),
)


def _fields(form: Form) -> tuple[Field, ...]:
    return (
        class_field(form, "The class whose number is changed by an amendment of the charter."),
        day_field("The day on which the amendment takes effect."),
        Field(
            "quantity",
            "Authorized from then on",
            Kind.SHARES,
            help="The new number in all, not by how much it changes.",
            hint=_now(form),
        ),
        approval_field(form, issuer_of(form, form.get("security"))),
        *paper_fields(),
    )


def _now(form: Form) -> str:
    security = form.get("security")
    if security is None:
        return "the new number in all"
    found = class_counts(form.ledger, seen_from(form), security)
    return "" if found.authorized is None else f"{grouped(found.authorized, form.style)} so far"


def _proposed(form: Form) -> dict[str, Proposal]:
    own = {
        id: name
        for id, name in classes_of_shares(form).items()
        if form.ledger.securities[id].issuer == form.lens.issuer
    }
    return usual(form) | {"security": the_only(own, "the only class of the company")}


def _edit(form: Form) -> Edit:
    security = form.need("security", "Choose the class whose authorized number changes.")
    form.need("quantity", "Type the number that is authorized from then on.")
    name = form.ledger.securities[security].name
    record = recorded(
        form,
        "authorized",
        security=security,
        quantity=stated(form, "quantity"),
        approval=form.get("approval"),
    )
    return add(f"Change the authorized {name}", [record])


def _remarks(form: Form) -> tuple[Remark, ...]:
    security, style = form.get("security"), form.style
    name = form.ledger.securities[security].name
    found, quantity = class_counts(form.ledger, seen_from(form), security), Fraction(form.get("quantity"))
    said = [Remark(_change(form, name, found.authorized, quantity))]
    needed = found.issued + found.reserved
    written = (
        f"{grouped(found.issued, style, 0, 4)} issued and {grouped(found.reserved, style, 0, 4)} reserved"
    )
    if quantity < needed:
        short = grouped(needed - quantity, style, 0, 4)
        said.append(Remark(f"That is {short} fewer than the {written} on {form.style_day}.", True))
    else:
        left = grouped(quantity - needed, style, 0, 4)
        said.append(Remark(f"With {written}, {left} stay available."))
    return (*said, *on_approval(form))


def _change(form: Form, name: str, before: Fraction | None, after: Fraction) -> str:
    style = form.style
    if before is None:
        return f"No number was recorded for {name} up to {form.style_day}."
    if after == before:
        return f"{grouped(before, style)} {name} are authorized already; the entry records it again."
    by, way = grouped(abs(after - before), style, 0, 4), "more" if after > before else "fewer"
    return f"{grouped(after, style)} {name} instead of {grouped(before, style)}: {by} {way}."


def _tables(form: Form) -> tuple[Table, ...]:
    security, after = form.get("security"), Fraction(form.get("quantity"))
    found = class_counts(form.ledger, seen_from(form), security)
    before, needed = found.authorized, found.issued + found.reserved
    change = None if before is None else after - before
    lines = (
        ("Authorized", before, change, after),
        ("Outstanding", found.outstanding, None, found.outstanding),
        ("Treasury", found.treasury, None, found.treasury),
        ("Reserved", found.reserved, None, found.reserved),
        ("Available", found.available, change, after - needed),
    )
    rows = tuple(Row(cells, key=cells[0], is_total=cells[0] == "Available") for cells in lines)
    about = f"{form.ledger.securities[security].name}  ·  end of {form.style_day}"
    return (Table("counts", "Counts", _COLUMNS, rows, about),)


GUIDE = Guide(begun_with_class, _fields, _proposed, _edit, _remarks, _tables, TOLD)
