"""The guide to an approval: who decided what, its limits, and which financings on record fall under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from neocapgui.engine.approved import Used, used
from neocapgui.engine.capital import capital_raised
from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import STOCK
from neocapgui.figures.choices import Words, names_of
from neocapgui.figures.facts_tables import BODIES, OUTCOMES
from neocapgui.figures.guided.asking import companies, paper_fields
from neocapgui.figures.guided.guide import ANYTHING, About, Field, Form, Guide, Proposal, Remark
from neocapgui.figures.guided.permitted import stated
from neocapgui.figures.kinds import Kind, day_text, grouped
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.edits import Change, Edit
from neocapgui.ledger.facts import Approval, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import KIND, Transaction

_COVERS = Words({False: "stay without it", True: "are made under it"})
_TOLD = frozenset({"approval_exceeded"})
_COLUMNS = (
    Column("Day", Kind.DATE),
    Column("Security", Kind.TEXT, width=28),
    Column("Holder", Kind.TEXT, width=28),
    Column("Shares", Kind.SHARES, help="Shares of a class; of other paper none"),
    Column("Amount", Kind.MONEY, help="Paid in, as stated or shares x price"),
    Column("Shares in all", Kind.SHARES, help="From the first of these on"),
    Column("Amount in all", Kind.MONEY, help="From the first of these on"),
)


def _begun(ledger: Ledger, lens: Lens, about: About) -> Mapping[str, Any] | None:
    if about == ANYTHING:
        return {}
    is_company = about.issuer is not None and about.security is None and about.stakeholder is None
    return {"issuer": about.issuer} if is_company else None


def _fields(form: Form) -> tuple[Field, ...]:
    fields = [
        Field("issuer", "Company", Kind.REFERENCE, companies(form), "Whose decision it is.", is_wide=True),
        Field("body", "Body", Kind.CHOICE, BODIES, "The board of directors, or the stockholders."),
        Field(
            "subject",
            "Subject",
            Kind.TEXT,
            help="What is decided, in the words of the paper.",
            hint="what is decided",
            is_wide=True,
        ),
        Field("meeting", "Meeting", Kind.DATE, help="The day of the meeting or of the decision."),
    ]
    if form.get("body") != "board":
        help = "Who is a holder on this day may vote."
        fields.append(Field("record", "Record date", Kind.DATE, help=help, hint="if there is one"))
    fields += [
        Field("amount", "Up to amount", Kind.MONEY, help="The money that may be raised.", hint="no limit"),
        Field("shares", "Up to shares", Kind.SHARES, help="The shares that may be issued.", hint="no limit"),
        Field("outcome", "Outcome", Kind.CHOICE, OUTCOMES, "Pending until it is decided."),
    ]
    if _financings(form):
        help = "The financings since the meeting that name no approval, listed below."
        fields.append(Field("covers", "Financings since then", Kind.CHOICE, _COVERS, help))
    return (*fields, *paper_fields())


def _proposed(form: Form) -> dict[str, Proposal]:
    company = form.lens.issuer if form.lens.issuer in form.ledger.issuers else None
    meeting = form.get("meeting")
    is_past = meeting is None or meeting <= form.lens.as_of
    day = (
        Proposal(None) if form.get("outcome") == "pending" else Proposal(form.lens.as_of, "the day looked at")
    )
    return {
        "issuer": Proposal(company, "the company looked at"),
        "body": Proposal("stockholders"),
        "meeting": day,
        "outcome": Proposal("approved" if is_past else "pending", "by the day of the meeting"),
        "covers": Proposal(False),
        "certainty": Proposal(Certainty.PUBLISHED),
    }


def _approval(form: Form) -> Approval:
    issuer = form.need("issuer", "Choose the company whose approval it is.")
    subject: str = form.need("subject", "Type what is decided.")
    body: str = form.need("body", "Choose the board or the stockholders.")
    return Approval(
        form.ledger.next_id(Approval),
        issuer,
        body,
        subject,
        None if body == "board" else form.get("record"),
        form.get("meeting"),
        stated(form, "amount"),
        stated(form, "shares"),
        form.need("outcome", "Choose how it was decided, or pending."),
        form.get("source") or "",
        form.get("certainty") or Certainty.PUBLISHED,
    )


def _edit(form: Form) -> Edit:
    fact = _approval(form)
    covered = _financings(form) if form.get("covers") else ()
    changes = [Change(record, replace(record, approval=fact.id)) for record in covered]
    return Edit(f"Record approval “{fact.subject}”", (Change(None, fact), *changes))


def _financings(form: Form) -> tuple[Transaction, ...]:
    """Return what brought the company money from the meeting on and names no approval yet."""
    issuer, meeting = form.get("issuer"), form.get("meeting")
    if issuer is None or meeting is None or form.get("outcome") != "approved":
        return ()
    ledger = form.ledger
    raised = capital_raised(ledger, form.lens, issuer, meeting, date.max)
    rows = ledger.transactions.rows_of([one.transaction for one in raised])
    records = [ledger.transactions[row] for row in rows if row is not None]
    return tuple(record for record in records if record.approval is None)


def _shares(form: Form, record: Transaction) -> Fraction:
    """Return the shares of a class that a financing brought into being; of other paper none."""
    security = record.security if record.into_security is None else record.into_security
    is_stock = form.ledger.securities[security or 0].kind in STOCK
    return Fraction(getattr(record, KIND[record.kind].per_share) or 0) if is_stock else Fraction(0)


def _remarks(form: Form) -> tuple[Remark, ...]:
    return tuple(remark for part in (_on_days, _on_same, _on_financings) for remark in part(form))


def _on_days(form: Form) -> Iterator[Remark]:
    fact, style = _approval(form), form.style
    if fact.record_date and fact.meeting_date and fact.record_date > fact.meeting_date:
        record, meeting = (day_text(day, style) for day in (fact.record_date, fact.meeting_date))
        yield Remark(f"The record date of {record} lies after the meeting of {meeting}.", True)
    if fact.meeting_date and fact.outcome != "pending" and fact.meeting_date > form.lens.as_of:
        meeting = day_text(fact.meeting_date, style)
        yield Remark(f"The meeting of {meeting} lies after the day looked at.")
    if fact.amount_limit is None and fact.shares_limit is None:
        yield Remark("It sets no limit of money or shares, so nothing is counted down.")


def _on_same(form: Form) -> Iterator[Remark]:
    fact = _approval(form)
    for one in form.ledger.approvals.values():
        key = one.issuer, one.body, one.subject.casefold(), one.meeting_date
        if key == (fact.issuer, fact.body, fact.subject.casefold(), fact.meeting_date):
            yield Remark(f"“{one.subject}” of that day and body is recorded already.", True)


def _on_financings(form: Form) -> Iterator[Remark]:
    fact, records, style = _approval(form), _financings(form), form.style
    if fact.outcome == "approved" and fact.meeting_date is not None and not records:
        meeting = day_text(fact.meeting_date, style)
        yield Remark(f"No financing from {meeting} on is without an approval.")
    if not records or fact.meeting_date is None:
        return
    sum_of = _sum(form, records)
    many = "1 financing brought" if len(records) == 1 else f"{len(records):,} financings brought"
    shares, money = grouped(sum_of.shares, style, 0, 4), grouped(sum_of.money, style, 2, 2)
    yield Remark(
        f"From {day_text(fact.meeting_date, style)} on {many} {money} for {shares} shares; "
        f"no approval is named for that."
    )
    for limit, taken, places, unit in (
        (fact.amount_limit, sum_of.money, 2, ""),
        (fact.shares_limit, sum_of.shares, 0, " shares"),
    ):
        if limit is not None:
            most, left = grouped(limit, style, places, 4), Fraction(limit) - taken
            rest = grouped(abs(left), style, places, max(places, 4))
            says = f"leave {rest} of {most}{unit}" if left >= 0 else f"go {rest} beyond {most}{unit}"
            yield Remark(f"Together they {says}.", left < 0)


def _sum(form: Form, records: tuple[Transaction, ...]) -> Used:
    """Return the money of financings, and those of their shares that are of a class."""
    shares = sum((_shares(form, record) for record in records), Fraction(0))
    return Used(used(records).money, shares)


def _tables(form: Form) -> tuple[Table, ...]:
    records = _financings(form)
    if not records:
        return ()
    names, holders = names_of(form.ledger, Security, form.get("issuer")), names_of(form.ledger, Stakeholder)
    rows, shares, money = [], Fraction(0), Fraction(0)
    for record in records:
        one = _sum(form, (record,))
        shares, money = shares + one.shares, money + one.money
        who, what = holders.get(record.stakeholder or 0, ""), names[record.security or 0]
        cells = (record.date, what, who, one.shares, one.money, shares, money)
        rows.append(Row(cells, key=record.id))
    return (Table("financings", "Financings since then", _COLUMNS, tuple(rows)),)


GUIDE = Guide(_begun, _fields, _proposed, _edit, _remarks, _tables, _TOLD)
