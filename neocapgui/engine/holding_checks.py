"""Checks of counts: what is held, issued, authorized, reserved and published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np

from neocapgui.engine.assertions import assertions
from neocapgui.engine.entries import entries
from neocapgui.engine.finding import Finding, Place, Severity, at
from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.engine.movements import SPLIT
from neocapgui.engine.reserves import counts
from neocapgui.engine.running import running_total, shortfalls
from neocapgui.engine.status import standing
from neocapgui.engine.wording import day_text, figure
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import KIND, KINDS, Transaction, missing_fields


def sentence_start(record: Transaction) -> str:
    """Return what a sentence calls an entry: The conversion of 15 Aug 2001."""
    return f"The {KIND[record.kind].title.lower()} of {day_text(record.date)}"


def incomplete(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find entries that lack what their kind needs; what they do not say counts as nothing."""
    transactions = ledger.transactions
    kinds = transactions.numbers["kind"]
    lacking = np.zeros(len(transactions), bool)
    for field in sorted({field for kind in KINDS for field in kind.needs}):
        needed = np.array([field in kind.needs for kind in KINDS])
        lacking |= needed[kinds] & transactions.lacking(field)
    for row in lacking.nonzero()[0].tolist():
        record = transactions[row]
        missing = missing_fields(record)
        words = " and ".join(field.replace("_", " ") for field in missing)
        yield Finding(
            "incomplete",
            Severity.ERROR,
            f"{sentence_start(record)} does not say its {words}; only what it says is counted.",
            at(record, missing[0]),
        )


def split_ratio(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find splits into nothing or less; they divide nothing."""
    numbers = ledger.transactions.numbers
    wrong = (numbers["kind"] == SPLIT) & (numbers["ratio_old"] > 0) & (numbers["ratio_new"] <= 0)
    for row in wrong.nonzero()[0].tolist():
        record = ledger.transactions[row]
        yield Finding(
            "split_ratio",
            Severity.ERROR,
            f"{sentence_start(record)} gives {record.ratio} new shares for each old one; it must be above 0, "
            f"so it divides nothing.",
            at(record, "ratio"),
        )


def more_taken_than_held(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find the entries after which someone holds less than nothing."""
    for shortfall in shortfalls(ledger, lens):
        record = ledger.transactions[shortfall.row]
        who = ledger.stakeholders[shortfall.stakeholder].name
        what = ledger.securities[shortfall.security].name
        yield Finding(
            "insufficient_quantity",
            Severity.ERROR,
            f"{sentence_start(record)} takes {figure(shortfall.short)} more {what} than {who} holds.",
            at(record, "quantity"),
        )


def before_issue(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find entries dated before the day their security came into being."""
    numbers = ledger.transactions.numbers
    born = np.zeros(2 + max(ledger.securities, default=0), np.int64)
    for security in ledger.securities.values():
        born[security.id] = security.issued.toordinal() if security.issued else 0
    early = (numbers["date"] < born[numbers["security"]]) | (numbers["date"] < born[numbers["into_security"]])
    for row in early.nonzero()[0].tolist():
        record = ledger.transactions[row]
        named = [ledger.securities[id] for id in (record.security, record.into_security) if id is not None]
        late = next(one for one in named if one.issued is not None and record.date < one.issued)
        yield Finding(
            "before_issue",
            Severity.ERROR,
            f"{sentence_start(record)} is earlier than {late.name} itself, which was created on "
            f"{day_text(late.issued or record.date)}.",
            at(record, "date"),
        )


def over_authorized(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find the first entry of a class after which more is issued than its charter authorizes."""
    for security in ledger.securities.values():
        limits = _authorized_steps(ledger, lens, security)
        if not limits:
            continue
        rows, totals = running_total(ledger, lens, security.id)
        for row, total in zip(rows.tolist(), totals, strict=True):
            day = date.fromordinal(int(ledger.transactions.numbers["date"][row]))
            allowed = next((limit for since, limit in reversed(limits) if since <= day), None)
            if allowed is not None and total > allowed:
                yield Finding(
                    "over_authorized",
                    Severity.WARNING,
                    f"{security.name} of {ledger.issuers[security.issuer].name}: {figure(total)} are issued "
                    f"on {day_text(day)}, {figure(total - allowed)} more than the {figure(allowed)} "
                    f"authorized.",
                    Place("securities", security.id, "authorized"),
                )
                break


def _authorized_steps(ledger: Ledger, lens: Lens, security: Security) -> list[tuple[date, Fraction]]:
    """Return from which day each authorized number holds, in order."""
    steps = []
    if security.authorized is not None:
        steps.append((security.issued or date.min, Fraction(security.authorized)))
    for change in entries(ledger, lens, ["authorized"], security=security.id):
        if change.quantity is not None:
            steps.append((change.date, Fraction(change.quantity)))
    return steps


def reserve_short(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find classes whose authorized shares do not cover what is issued and reserved at the end."""
    for issuer in ledger.issuers:
        for count in counts(ledger, lens, issuer):
            if count.available is None or count.available >= 0 or count.issued > (count.authorized or 0):
                continue
            security = ledger.securities[count.security]
            yield Finding(
                "reserve_short",
                Severity.WARNING,
                f"{security.name} of {ledger.issuers[issuer].name} is {figure(-count.available)} shares "
                f"short: {figure(count.issued)} issued and {figure(count.reserved)} reserved against "
                f"{figure(count.authorized or 0)} authorized.",
                Place("securities", security.id, "authorized"),
            )


def assertion_missed(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find published counts that the ledger does not give, with the difference."""
    for assertion in assertions(ledger, lens):
        difference = assertion.difference
        if difference:
            count = assertion.count
            name = ledger.securities[count.security].name
            more = "more" if difference > 0 else "fewer"
            yield Finding(
                "assertion_missed",
                Severity.WARNING,
                f"On {day_text(count.date)} the ledger has {figure(assertion.ledger)} {name} outstanding, "
                f"{figure(abs(difference))} {more} than the {figure(count.shares)} stated by "
                f"{count.source or 'the paper'}.",
                Place("published_counts", count.id, "shares"),
            )


def holder_unknown(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find holders that should be issuers of this file and are not, and holdings of dissolved issuers."""
    held = holdings(ledger, lens)
    holding = set(np.unique(held.stakeholders).tolist())
    for who in ledger.stakeholders.values():
        if who.id not in holding:
            continue
        if who.kind == "issuer" and who.issuer is None:
            message = f"{who.name} is marked as an issuer, but no issuer of this file is named for it."
        elif who.issuer is not None and standing(ledger, lens, who.issuer).status == "dissolved":
            since = standing(ledger, lens, who.issuer).since
            when = f" since {day_text(since)}" if since else ""
            message = f"{who.name} still holds securities although it is dissolved{when}."
        else:
            continue
        yield Finding("holder_unknown", Severity.WARNING, message, Place("stakeholders", who.id, "issuer"))
    yield from _held_of_dissolved(ledger, lens, set(np.unique(held.securities).tolist()))


def _held_of_dissolved(ledger: Ledger, lens: Lens, securities: set[int]) -> Iterator[Finding]:
    for issuer in ledger.issuers.values():
        stands = standing(ledger, replace(lens, issuer=issuer.id), issuer.id)
        if stands.status != "dissolved":
            continue
        left = [one for one in ledger.securities_of(issuer.id) if one.id in securities]
        for security in left:
            yield Finding(
                "issuer_dissolved",
                Severity.WARNING,
                f"{security.name} is still held although {issuer.name} is dissolved.",
                Place("securities", security.id),
            )
