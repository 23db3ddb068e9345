"""The tables in which facts are entered and corrected: each column names the field it edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np

from neocapgui.engine.itself import issuer_of_stakeholder
from neocapgui.engine.lens import Lens
from neocapgui.engine.timeline import rows_of_issuer
from neocapgui.figures.cap_table import subtitle
from neocapgui.figures.choices import Named, Words
from neocapgui.figures.column_cells import ColumnCells
from neocapgui.figures.kinds import Kind
from neocapgui.figures.ledger_cells import ledger_cells
from neocapgui.figures.newcomers import Holders
from neocapgui.figures.tables import Column, Items, Lines, Table, fact_row
from neocapgui.ledger.facts import (
    Approval,
    ConversionRight,
    Issuer,
    Price,
    PublishedCount,
    Security,
    Stakeholder,
)
from neocapgui.ledger.ledger import TABLES, Ledger, value_at
from neocapgui.ledger.terms import (
    AccrualMethod,
    Allocation,
    Certainty,
    ConversionBasis,
    DayCount,
    Participation,
    PriceField,
    Rounding,
    SecurityKind,
    Statistic,
    WindowEnd,
)
from neocapgui.ledger.transactions import KINDS, Transaction

HOLDER_KINDS = Words({kind: kind for kind in ("institution", "individual", "issuer", "group")})
BODIES = Words({body: body for body in ("board", "stockholders")})
OUTCOMES = Words({outcome: outcome for outcome in ("pending", "approved", "rejected")})
TRANSACTION_KINDS = Words({kind.name: kind.title for kind in KINDS})


def _typed(title: str, kind: Kind, field: str, help: str = "", width: int = 0) -> Column:
    return Column(title, kind, field, True, help=help, width=width)


def _chosen(title: str, field: str, choices: Words | Named, help: str = "", width: int = 0) -> Column:
    kind = Kind.REFERENCE if isinstance(choices, Named) else Kind.CHOICE
    return Column(title, kind, field, True, choices, help=help, width=width)


_CERTAINTY = _chosen(
    "Certainty", "certainty", Words.of(Certainty), "Published, inferred from published figures, or assumed"
)
_SOURCE = _typed("Source", Kind.TEXT, "source", "The document the figure stands in", 40)
_NOTE = _typed("Note", Kind.TEXT, "note", width=40)


def _facts_table(
    ledger: Ledger,
    kind: type[Any],
    title: str,
    columns: tuple[Column, ...],
    blank: Any,
    *,
    facts: Sequence[Any] | None = None,
    about: str = "",
    empty: str = "",
) -> Table:
    """Return the table of facts of one kind; `blank` is what a new line begins as."""
    items = tuple(getattr(ledger, TABLES[kind]).values()) if facts is None else facts
    return Table(
        TABLES[kind],
        title,
        columns,
        Lines(
            items,
            lambda fact: fact_row(fact, columns),
            lambda column: ColumnCells.of(value_at(fact, columns[column].field) for fact in items),
            lambda: [fact.id for fact in items],
        ),
        about,
        empty=empty,
        blank=None if blank is None else lambda: replace(blank, id=ledger.next_id(kind)),
    )


def issuers_table(ledger: Ledger, lens: Lens) -> Table:
    """The companies of the group."""
    columns = (
        _typed("Company", Kind.TEXT, "name", "The name it was formed with or first recorded by", 32),
        _typed("Formed", Kind.DATE, "formed"),
        _typed("Jurisdiction", Kind.TEXT, "jurisdiction", width=16),
        _CERTAINTY,
        _SOURCE,
        _NOTE,
    )
    return _facts_table(
        ledger, Issuer, "Companies", columns, Issuer(0, ""), empty="Type the name of the first company."
    )


def stakeholders_table(ledger: Ledger, lens: Lens) -> Table:
    """Everybody who can hold a security."""
    columns = (
        _typed("Stakeholder", Kind.TEXT, "name", width=34),
        _chosen("Kind", "kind", HOLDER_KINDS, "Institution, individual, issuer of this file, or a group"),
        _chosen("Is the company", "issuer", Named(ledger, Issuer), "The company of this file it is", 26),
        _NOTE,
    )
    return _facts_table(
        ledger,
        Stakeholder,
        "Stakeholders",
        columns,
        Stakeholder(0, ""),
        empty="Type a holder's name, or enter a transaction: new names are recorded with it.",
    )


def securities_table(ledger: Ledger, lens: Lens) -> Table:
    """The securities of the lens's issuer with the terms their papers state."""
    securities = Named(ledger, Security, lens.issuer)
    columns = (
        _typed("Security", Kind.TEXT, "name", width=34),
        _chosen("Kind", "kind", Words.of(SecurityKind), width=12),
        _typed("Created", Kind.DATE, "issued", "The day from which its terms speak"),
        _typed("Par", Kind.PRICE, "par"),
        _typed("Authorized", Kind.SHARES, "authorized", "What the charter allows, on the day it was created"),
        _typed("Votes", Kind.SHARES, "votes", "Votes per share"),
        _typed("Votes as converted", Kind.FLAG, "votes_as_converted"),
        _typed("Stated value", Kind.PRICE, "stated_value", "Or face, or original issue price, per unit"),
        _chosen("Rounding", "rounding", Words.of(Rounding), "What becomes of a fraction of a share"),
        _typed("Rate", Kind.RATE, "accrual.rate", "Interest or dividend a year"),
        _chosen("Accrues", "accrual.method", Words.of(AccrualMethod)),
        _chosen("Day count", "accrual.day_count", Words.of(DayCount)),
        _chosen("Buys", "exercise.into", securities, "What a warrant, option or right buys", 26),
        _typed("Exercise price", Kind.PRICE, "exercise.price"),
        _typed("Per unit", Kind.SHARES, "exercise.shares_per_unit", "Shares bought by one unit"),
        _typed("Exercisable", Kind.DATE, "exercise.starts"),
        _typed("Expires", Kind.DATE, "exercise.expires"),
        _typed("Adjustable", Kind.FLAG, "exercise.adjustable"),
        _typed("Listed", Kind.FLAG, "exercise.listed"),
        _typed("Vests from", Kind.DATE, "vesting.starts", "Blank counts from the day of the grant"),
        _typed("Cliff", Kind.WHOLE, "vesting.cliff_months", "Months in which nothing vests"),
        _typed("Vests over", Kind.WHOLE, "vesting.duration_months", "Months; blank vests all at once"),
        _typed("Vests every", Kind.WHOLE, "vesting.period_months", "Months from one instalment to the next"),
        _typed("Vesting day", Kind.WHOLE, "vesting.day_of_month", "Of the month; blank is that of the start"),
        _chosen("Allocation", "vesting.allocation", Words.of(Allocation), "Whole shares by instalment", 24),
        _chosen("Plan", "plan", securities, "The option plan a grant belongs to", 20),
        _typed("Reserved", Kind.SHARES, "reserve", "Of a plan in all, of an instrument as registered"),
        _typed("Seniority", Kind.WHOLE, "liquidation.seniority", "The lower number is paid first"),
        _typed("Preference", Kind.SHARES, "liquidation.multiple", "Multiple of the stated value"),
        _chosen("Participation", "liquidation.participation", Words.of(Participation)),
        _typed("Cap multiple", Kind.SHARES, "liquidation.cap_multiple"),
        _typed("Redemption price", Kind.PRICE, "redemption.price"),
        _typed("Premium", Kind.RATE, "redemption.premium"),
        _typed("Redeemed on", Kind.DATE, "redemption.day"),
        _typed("Holder's limit", Kind.RATE, "limits.ownership", "The holder's part after the issue"),
        _typed("Exchange cap", Kind.RATE, "limits.exchange_cap", "Part of the shares outstanding at signing"),
        _typed("Outstanding at signing", Kind.SHARES, "limits.outstanding_at_signing"),
        _CERTAINTY,
        _SOURCE,
        _NOTE,
    )
    issuer = lens.issuer
    blank = None if issuer is None else Security(0, issuer, "", SecurityKind.COMMON)
    return _facts_table(
        ledger,
        Security,
        "Securities",
        columns,
        blank,
        facts=() if issuer is None else ledger.securities_of(issuer),
        about=subtitle(ledger, lens),
        empty="Type the name of the first class of shares.",
    )


def conversion_rights_table(ledger: Ledger, lens: Lens) -> Table:
    """The ways the securities of the lens's issuer convert or exchange."""
    securities = Named(ledger, Security, lens.issuer)
    columns = (
        _chosen("Security", "security", securities, width=32),
        _chosen("Into", "into", securities, "Of the same company, or (an exchange) of another", 32),
        _chosen(
            "Price", "basis", Words.of(ConversionBasis), "Ratio, fixed, floating, or stated by each notice"
        ),
        _typed("Ratio", Kind.RATIO, "ratio", "Shares for each unit"),
        _typed("Fixed price", Kind.PRICE, "price", "Beside a floating price the upper limit"),
        _chosen("Market price", "look_back.field", Words.of(PriceField)),
        _typed("Trading days", Kind.WHOLE, "look_back.days"),
        _chosen("Window ends", "look_back.ends", Words.of(WindowEnd), width=20),
        _chosen("Statistic", "look_back.statistic", Words.of(Statistic), width=18),
        _typed("Lowest", Kind.WHOLE, "look_back.lowest", "How many of the lowest are averaged"),
        _typed("Of market", Kind.RATE, "look_back.multiplier", "92 % is a discount of 8 %"),
        _typed("Decimals", Kind.WHOLE, "look_back.places", "Decimals of the price; blank is not rounded"),
        _typed("Floor", Kind.PRICE, "floor"),
        _typed("Floor restated", Kind.FLAG, "floor_restated", "Whether a split restates the floor"),
        _typed("Reset on", Kind.DATES, "resets", "Days on which a floating price is found anew", 24),
        _typed("From", Kind.DATE, "starts"),
        _typed("Until", Kind.DATE, "ends"),
        _CERTAINTY,
        _SOURCE,
        _NOTE,
    )
    own = () if lens.issuer is None else ledger.securities_of(lens.issuer)
    own_ids = {security.id for security in own}
    blank = None
    if own:
        blank = ConversionRight(0, own[-1].id, own[0].id, ConversionBasis.RATIO)
    return _facts_table(
        ledger,
        ConversionRight,
        "Conversion rights",
        columns,
        blank,
        facts=tuple(right for right in ledger.conversion_rights.values() if right.security in own_ids),
        about=subtitle(ledger, lens),
        empty="No security of this company converts yet. Choose one that does, and what it converts into.",
    )


def prices_table(ledger: Ledger, lens: Lens) -> Table:
    """Market prices, the latest last."""
    columns = (
        _chosen("Security", "security", Named(ledger, Security, lens.issuer), width=32),
        _typed("Day", Kind.DATE, "date"),
        _typed("Close", Kind.PRICE, "close"),
        _typed("VWAP", Kind.PRICE, "vwap", "Volume-weighted average price"),
        _typed("Low", Kind.PRICE, "low"),
        _typed("High", Kind.PRICE, "high"),
        _typed("Volume", Kind.SHARES, "volume"),
        _SOURCE,
    )
    own = () if lens.issuer is None else ledger.securities_of(lens.issuer)
    ids = {security.id for security in own}
    mine = [price for price in ledger.prices.values() if price.security in ids]
    mine.sort(key=lambda price: (price.date, price.id))
    return _facts_table(
        ledger,
        Price,
        "Prices",
        columns,
        Price(0, own[0].id, lens.as_of) if own else None,
        facts=mine,
        about=subtitle(ledger, lens),
        empty="Type the day and the close of a trading day.",
    )


def approvals_table(ledger: Ledger, lens: Lens) -> Table:
    """What the board and the stockholders decided, and the limits they set."""
    columns = (
        _chosen("Company", "issuer", Named(ledger, Issuer), width=28),
        _chosen("Body", "body", BODIES),
        _typed("Subject", Kind.TEXT, "subject", width=36),
        _typed("Record date", Kind.DATE, "record_date"),
        _typed("Meeting", Kind.DATE, "meeting_date"),
        _typed("Up to amount", Kind.MONEY, "amount_limit"),
        _typed("Up to shares", Kind.SHARES, "shares_limit"),
        _chosen("Outcome", "outcome", OUTCOMES),
        _CERTAINTY,
        _SOURCE,
        _NOTE,
    )
    blank = None if lens.issuer is None else Approval(0, lens.issuer, "board", "")
    empty = "No approval is recorded yet. Choose the company whose board or owners approved something."
    return _facts_table(ledger, Approval, "Approvals", columns, blank, empty=empty)


def published_counts_table(ledger: Ledger, lens: Lens) -> Table:
    """Shares outstanding as papers state them, for the ledger to be held against."""
    columns = (
        _chosen("Security", "security", Named(ledger, Security, lens.issuer), width=32),
        _typed("Day", Kind.DATE, "date"),
        _typed("Shares stated", Kind.SHARES, "shares"),
        _SOURCE,
        _NOTE,
    )
    own = () if lens.issuer is None else ledger.securities_of(lens.issuer)
    ids = {security.id for security in own}
    mine = [count for count in ledger.published_counts.values() if count.security in ids]
    mine.sort(key=lambda count: (count.date, count.id))
    blank = PublishedCount(0, lens.as_of, own[0].id, Decimal(0)) if own else None
    return _facts_table(
        ledger, PublishedCount, "Published counts", columns, blank, facts=mine, about=subtitle(ledger, lens)
    )


def transaction_columns(ledger: Ledger, near: int | None = None) -> tuple[Column, ...]:
    """Return every column of the ledger."""
    securities, stakeholders = Named(ledger, Security, near), Holders(ledger)
    return (
        _typed("Day", Kind.DATE, "date"),
        _chosen("Kind", "kind", TRANSACTION_KINDS, width=22),
        _chosen("Security", "security", securities, width=32),
        _chosen("Stakeholder", "stakeholder", stakeholders, "Who gets, gives or turns shares", 30),
        _typed("Shares", Kind.SHARES, "quantity", "Shares or units of the security"),
        _typed("Price", Kind.PRICE, "price", "Per share"),
        _typed("Amount", Kind.MONEY, "amount", "Money in all"),
        _chosen("Into", "into_security", securities, "What it turns into", 28),
        _typed("Into shares", Kind.SHARES, "into_quantity"),
        _chosen("Counterparty", "counterparty", stakeholders, "Who receives what is given away", 28),
        _typed("Ratio", Kind.RATIO, "ratio", "Of a split: new for old, 1:25"),
        _typed("Says", Kind.TEXT, "value", "New name, new status, or what a split does with fractions", 16),
        _chosen("Company", "issuer", Named(ledger, Issuer), "Only for a rename or a change of status", 26),
        _typed("Certificate", Kind.TEXT, "certificate", width=12),
        _chosen("Approval", "approval", Named(ledger, Approval), width=24),
        _CERTAINTY,
        _typed("Recorded", Kind.DATE, "recorded", "The day it became known"),
        _typed("Order", Kind.WHOLE, "order", "Order within the day"),
        _SOURCE,
        _NOTE,
    )


def transactions_table(ledger: Ledger, lens: Lens, of_all: bool = False) -> Table:
    """The ledger, of the lens's issuer or of all companies, in the order it happened."""
    rows = None if of_all else rows_of_issuer(ledger, lens.issuer)
    return _ledger_table(ledger, lens, "transactions", "Transactions", rows)


def stake_entries_table(ledger: Ledger, lens: Lens) -> Table:
    """The entries behind the stakes: whatever a company of the group got or gave of another."""
    inside = list(issuer_of_stakeholder(ledger))
    numbers = ledger.transactions.numbers
    rows = np.isin(numbers["stakeholder"], inside) | np.isin(numbers["counterparty"], inside)
    return _ledger_table(ledger, lens, "stakes", "Entries behind the stakes", rows)


def _ledger_table(ledger: Ledger, lens: Lens, name: str, title: str, chosen: Any) -> Table:
    columns = transaction_columns(ledger, lens.issuer)
    transactions = ledger.transactions
    ids = transactions.numbers["id"]
    items: Items[int] = range(len(transactions)) if chosen is None else np.flatnonzero(chosen)
    security = next(iter(ledger.securities_of(lens.issuer)), None) if lens.issuer is not None else None
    blank = Transaction(0, lens.as_of, "issuance", security=None if security is None else security.id)
    return Table(
        name,
        title,
        columns,
        Lines(
            items,
            lambda row: fact_row(transactions[int(row)], columns),
            lambda column: ledger_cells(transactions, columns[column].field, chosen),
            lambda: ids if chosen is None else ids[chosen],
        ),
        subtitle(ledger, lens),
        empty="Type the day of the first issuance or opening balance.",
        blank=lambda: replace(blank, id=ledger.next_id(Transaction)),
    )
