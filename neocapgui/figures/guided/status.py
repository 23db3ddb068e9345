"""The guide to the status of a company: that it ceases, what that saves, what its paper can turn into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from neocapgui.engine.holdings import holdings
from neocapgui.engine.itself import issuer_of_stakeholder, stakeholders_being
from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import ownership
from neocapgui.engine.rights import TermsInForce
from neocapgui.engine.status import standing
from neocapgui.figures.choices import Words, names_of
from neocapgui.figures.guided.asking import companies, paper_fields, recorded, usual
from neocapgui.figures.guided.guide import ANYTHING, About, Field, Form, Guide, Proposal, Remark
from neocapgui.figures.guided.permitted import seen_from
from neocapgui.figures.kinds import Kind, Style, day_text, grouped, percent
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.edits import Edit, add
from neocapgui.ledger.facts import ConversionRight, Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import STATUSES

_CEASED = "ceased operations"
_STATUSES = Words({status: status for status in (*STATUSES[1:], STATUSES[0])})
_COLUMNS = (
    Column("Security", Kind.TEXT, width=30),
    Column("Units", Kind.SHARES, help="Held by all together on the day"),
    Column("Holders", Kind.WHOLE),
    Column("Into", Kind.TEXT, width=30),
    Column(
        "Shares by the terms", Kind.SHARES, help="What all units turn into by the terms; blank if unknown"
    ),
    Column("When", Kind.TEXT, help="Whether the right can be used on the day", width=26),
)


def _begun(ledger: Ledger, lens: Lens, about: About) -> Mapping[str, Any] | None:
    if about == ANYTHING:
        return {}
    is_company = about.issuer is not None and about.security is None
    is_company = is_company and about.stakeholder in (None, *issuer_of_stakeholder(ledger))
    return {"issuer": about.issuer} if is_company else None


def _fields(form: Form) -> tuple[Field, ...]:
    fields = [
        Field("issuer", "Company", Kind.REFERENCE, companies(form), "Whose status it is.", is_wide=True),
        Field(
            "status",
            "Status",
            Kind.CHOICE,
            _STATUSES,
            "Ceased operations: it exists and its paper stays. Dissolved or merged: it is no more.",
        ),
        Field("day", "From", Kind.DATE, help="The day from which the status holds."),
    ]
    if form.get("status") != "active":
        help = "What it saves in a year, as the paper says it."
        fields.append(Field("saving", "Saves a year", Kind.MONEY, help=help, hint="if the paper says so"))
    return (*fields, *paper_fields())


def _proposed(form: Form) -> dict[str, Proposal]:
    company = form.lens.issuer if form.lens.issuer in form.ledger.issuers else None
    return usual(form) | {
        "issuer": Proposal(company, "the company looked at"),
        "status": Proposal(_CEASED),
    }


def _edit(form: Form) -> Edit:
    issuer = form.need("issuer", "Choose the company whose status it is.")
    form.need("day", "Type the day from which the status holds.")
    status: str = form.need("status", "Choose the status.")
    saving: Decimal | None = form.get("saving") if status != "active" else None
    record = recorded(form, "status", issuer=issuer, value=status, amount=saving)
    name = standing(form.ledger, form.on_day, issuer).name
    return add(f"Record {name} as {status}", [record])


def _remarks(form: Form) -> tuple[Remark, ...]:
    return tuple(
        remark for part in (_on_standing, _on_saving, _on_owners, _on_rights) for remark in part(form)
    )


def _on_standing(form: Form) -> Iterator[Remark]:
    stands = standing(form.ledger, seen_from(form), form.get("issuer"))
    if stands.status == form.get("status"):
        since = f" since {day_text(stands.since, form.style)}" if stands.since else ""
        yield Remark(f"{stands.name} is recorded as {stands.status} already{since}.", True)
    elif stands.status == "not yet formed":
        yield Remark(f"{stands.name} is not yet formed on {form.style_day}.", True)
    else:
        yield Remark(f"{stands.name} is {stands.status} up to then; its shares and their holders stay.")


def _on_saving(form: Form) -> Iterator[Remark]:
    saving = form.get("saving") if form.get("status") != "active" else None
    if saving:
        month = grouped(Fraction(saving) / 12, form.style, 0, 0)
        yield Remark(f"It saves {grouped(saving, form.style, 2, 2)} a year, about {month} a month.")


def _on_owners(form: Form) -> Iterator[Remark]:
    """Say which companies of the file own a part of it."""
    lens, issuer = seen_from(form), form.get("issuer")
    owned = ownership(form.ledger, replace(lens, issuer=issuer))
    itself = stakeholders_being(form.ledger, issuer)
    for who, company in issuer_of_stakeholder(form.ledger).items():
        stake = owned.of(who).stake
        if stake and who not in itself:
            owner, own = standing(form.ledger, lens, company).name, standing(form.ledger, lens, issuer).name
            yield Remark(f"{owner} owns {percent(stake, form.style)} % of {own} on that day.")


def _on_rights(form: Form) -> Iterator[Remark]:
    found, name = _turns(form), standing(form.ledger, form.on_day, form.get("issuer")).name
    if not found:
        yield Remark(f"No paper of {name} turns into one of another company by the terms that are recorded.")
    for one in found:
        yield Remark(f"{one.sentence(form.style)}.")


@dataclass(frozen=True, slots=True)
class _Turn:
    """A right of the company's paper to turn into a paper of another company, with what is held of it."""

    right: ConversionRight
    security: str
    into: str
    units: Fraction
    holders: int
    shares: Fraction | None
    is_open: bool
    day: date

    def sentence(self, style: Style) -> str:
        """Say what could turn into what."""
        held = f"{grouped(self.units, style, 0, 4)} {self.security}"
        count = "" if self.shares is None else f"{grouped(self.shares, style, 0, 2)} "
        return f"{held} can turn into {count}{self.into}, {self.when(style)}"

    def when(self, style: Style) -> str:
        """Say whether the right can be used on the day."""
        starts, ends = self.right.starts, self.right.ends
        if self.is_open:
            return "open on that day" if ends is None else f"open until {day_text(ends, style)}"
        if ends is not None and ends < self.day:
            return f"no longer: it ended on {day_text(ends, style)}"
        return "not yet" if starts is None else f"only from {day_text(starts, style)}"


def _turns(form: Form) -> tuple[_Turn, ...]:
    ledger, lens, issuer = form.ledger, seen_from(form), form.get("issuer")
    names, held, terms = names_of(ledger, Security), holdings(ledger, lens), TermsInForce.on(ledger, lens)
    found = []
    for security in ledger.securities_of(issuer):
        own = [one for one in held.of_security(security.id) if one.quantity > 0]
        for right in ledger.rights_of(security.id):
            if not own or ledger.securities[right.into].issuer == issuer:
                continue
            units, each = sum((one.quantity for one in own), Fraction(0)), terms.turn(right).shares_per_unit
            shares = None if each is None else units * each
            is_open = terms.is_open(right)
            found.append(
                _Turn(right, security.name, names[right.into], units, len(own), shares, is_open, form.day)
            )
    return tuple(found)


def _tables(form: Form) -> tuple[Table, ...]:
    rows = tuple(
        Row(
            (one.security, one.units, one.holders, one.into, one.shares, one.when(form.style)),
            key=one.right.id,
        )
        for one in _turns(form)
    )
    if not rows:
        return ()
    return (Table("turns", "Into other companies' paper", _COLUMNS, rows, f"end of {form.style_day}"),)


GUIDE = Guide(_begun, _fields, _proposed, _edit, _remarks, _tables)
