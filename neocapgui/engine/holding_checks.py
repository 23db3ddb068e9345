"""Checks of counts: what is held, issued, authorized, reserved and published."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from neocapgui.engine.assertions import assertions
from neocapgui.engine.finding import LISTED, Finding, Place, Severity, abridged, at
from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.engine.mends import (
    authorize_enough,
    begin_earlier,
    fill_in,
    first_over_authorized,
    name_the_company,
)
from neocapgui.engine.movements import SPLIT
from neocapgui.engine.reserves import counts
from neocapgui.engine.running import shortfalls
from neocapgui.engine.status import standing
from neocapgui.engine.wording import brief, told, told_day
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import KIND, KINDS, Transaction, missing_fields


def sentence_start(record: Transaction) -> str:
    """Return what a sentence calls an entry: The conversion of 15 Aug 2001.

    >>> from datetime import date
    >>> from neocapgui.engine.wording import plain
    >>> plain(sentence_start(Transaction(1, date(2001, 8, 15), "conversion")))
    'The conversion of 15 Aug 2001'
    """
    return f"The {KIND[record.kind].title.lower()} of {told_day(record.date)}"


def incomplete(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find entries that lack what their kind needs; what they do not say counts as nothing.

    >>> from datetime import date
    >>> from neocapgui.ledger.columns import Transactions
    >>> split = Transaction(1, date(2002, 9, 5), "split", security=1)
    >>> (found,) = incomplete(Ledger(transactions=Transactions.of([split])), Lens(split.date))
    >>> found.place
    Place(table='transactions', id=1, field='ratio')
    """
    transactions = ledger.transactions
    kinds = transactions.numbers["kind"]
    lacking = np.zeros(len(transactions), bool)
    for field in sorted({field for kind in KINDS for field in kind.needs}):
        needed = np.array([field in kind.needs for kind in KINDS])
        lacking |= needed[kinds] & transactions.lacking(field)
    for row, stands_for in abridged(lacking.nonzero()[0]):
        record = transactions[row]
        missing = missing_fields(record)
        words = " and ".join(field.replace("_", " ") for field in missing)
        yield Finding(
            "incomplete",
            Severity.ERROR,
            f"{sentence_start(record)} does not say its {words}; only what it says is counted.",
            at(record, missing[0]),
            fill_in(ledger, lens, record),
            stands_for,
        )


def split_ratio(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find splits into nothing or less; they divide nothing.

    >>> from datetime import date
    >>> from fractions import Fraction
    >>> from neocapgui.ledger.columns import Transactions
    >>> split = Transaction(1, date(2002, 9, 5), "split", security=1, ratio=Fraction(0))
    >>> (found,) = split_ratio(Ledger(transactions=Transactions.of([split])), Lens(split.date))
    >>> found.place
    Place(table='transactions', id=1, field='ratio')
    """
    numbers = ledger.transactions.numbers
    wrong = (numbers["kind"] == SPLIT) & (numbers["ratio_old"] > 0) & (numbers["ratio_new"] <= 0)
    for row, stands_for in abridged(wrong.nonzero()[0]):
        record = ledger.transactions[row]
        yield Finding(
            "split_ratio",
            Severity.ERROR,
            f"{sentence_start(record)} gives {record.ratio} new shares for each old one; it must be above 0, "
            f"so it divides nothing.",
            at(record, "ratio"),
            stands_for=stands_for,
        )


def more_taken_than_held(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find the entries after which someone holds less than nothing.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Security, Stakeholder
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> issue = Transaction(1, date(2001, 1, 1), "issuance", security=1, stakeholder=1, quantity=Decimal(200))
    >>> back = Transaction(2, date(2001, 9, 19), "repurchase", security=1, stakeholder=1,
    ...                    quantity=Decimal(230))
    >>> ledger = Ledger(stakeholders={1: Stakeholder(1, "The bank")},
    ...                 securities={1: Security(1, 1, "Series C", SecurityKind.PREFERRED)},
    ...                 transactions=Transactions.of([issue, back]))
    >>> [one.message for one in more_taken_than_held(ledger, Lens(back.date))]
    ['The repurchase of 19 Sep 2001 takes 30 more Series C than The bank holds.']
    """
    found = shortfalls(ledger, lens)
    for place, stands_for in abridged(np.arange(len(found))):
        shortfall = found[place]
        record = ledger.transactions[shortfall.row]
        who = ledger.stakeholders[shortfall.stakeholder].name
        what = ledger.securities[shortfall.security].name
        yield Finding(
            "insufficient_quantity",
            Severity.ERROR,
            f"{sentence_start(record)} takes {told(shortfall.short)} more {what} than {who} holds.",
            at(record, "quantity"),
            stands_for=stands_for,
        )


def before_issue(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find entries dated before the day their security came into being.

    >>> from datetime import date
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Security
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> common = Security(1, 1, "Common", SecurityKind.COMMON, issued=date(2001, 8, 13))
    >>> early = Transaction(1, date(2001, 8, 10), "issuance", security=1)
    >>> ledger = Ledger(securities={1: common}, transactions=Transactions.of([early]))
    >>> [one.message for one in before_issue(ledger, Lens(early.date))]
    ['The issuance of 10 Aug 2001 is earlier than Common itself, which was created on 13 Aug 2001.']
    """
    numbers = ledger.transactions.numbers
    born = np.zeros(2 + max(ledger.securities, default=0), np.int64)
    for security in ledger.securities.values():
        born[security.id] = security.issued.toordinal() if security.issued else 0
    early = (numbers["date"] < born[numbers["security"]]) | (numbers["date"] < born[numbers["into_security"]])
    for row, stands_for in abridged(early.nonzero()[0]):
        record = ledger.transactions[row]
        ids = dict.fromkeys((record.security, record.into_security))
        named = [ledger.securities[id] for id in ids if id is not None]
        late = [one for one in named if one.issued is not None and record.date < one.issued]
        yield Finding(
            "before_issue",
            Severity.ERROR,
            f"{sentence_start(record)} is earlier than {late[0].name} itself, which was created on "
            f"{told_day(late[0].issued or record.date)}.",
            at(record, "date"),
            begin_earlier(ledger, late, record.date),
            stands_for,
        )


def over_authorized(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find the first entry of a class after which more is issued than its charter authorizes.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Issuer, Security
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> sold = Transaction(1, date(2001, 8, 10), "issuance", security=1, stakeholder=1, quantity=Decimal(150))
    >>> common = Security(1, 1, "Common", SecurityKind.COMMON, authorized=Decimal(100))
    >>> ledger = Ledger(issuers={1: Issuer(1, "Works")}, securities={1: common},
    ...                 transactions=Transactions.of([sold]))
    >>> [one.message for one in over_authorized(ledger, Lens(sold.date))]
    ['Common of Works: 150 are issued on 10 Aug 2001, 50 more than the 100 authorized.']
    """
    number = 0
    for security in ledger.securities.values():
        found = first_over_authorized(ledger, lens, security)
        if found is None:
            continue
        day, total, allowed = found
        yield Finding(
            "over_authorized",
            Severity.WARNING,
            f"{security.name} of {ledger.issuers[security.issuer].name}: {told(total)} are issued "
            f"on {told_day(day)}, {told(total - allowed)} more than the {told(allowed)} "
            f"authorized.",
            Place("securities", security.id, "authorized"),
            authorize_enough(ledger, lens, security) if number < LISTED else None,
        )
        number += 1


def reserve_short(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find classes whose authorized shares do not cover what is issued and reserved at the end.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.facts import Issuer, Security
    >>> from neocapgui.ledger.terms import Exercise, SecurityKind
    >>> common = Security(1, 1, "Common", SecurityKind.COMMON, authorized=Decimal(100))
    >>> plan = Security(2, 1, "Plan", SecurityKind.OPTION_PLAN, reserve=Decimal(120),
    ...                 exercise=Exercise(into=1))
    >>> ledger = Ledger(issuers={1: Issuer(1, "Works")}, securities={1: common, 2: plan})
    >>> [one.message for one in reserve_short(ledger, Lens(date(2001, 8, 10)))]
    ['Common of Works is 20 shares short: 0 issued and 120 reserved against 100 authorized.']
    """
    number = 0
    for issuer in ledger.issuers:
        for count in counts(ledger, lens, issuer):
            if count.available is None or count.available >= 0 or count.issued > (count.authorized or 0):
                continue
            security = ledger.securities[count.security]
            yield Finding(
                "reserve_short",
                Severity.WARNING,
                f"{security.name} of {ledger.issuers[issuer].name} is {told(-count.available)} shares "
                f"short: {told(count.issued)} issued and {told(count.reserved)} reserved against "
                f"{told(count.authorized or 0)} authorized.",
                Place("securities", security.id, "authorized"),
                authorize_enough(ledger, lens, security) if number < LISTED else None,
            )
            number += 1


def assertion_missed(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find published counts that the ledger does not give, with the difference.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.facts import PublishedCount, Security
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> said = PublishedCount(1, date(2001, 8, 10), 1, Decimal(20_777_181))
    >>> ledger = Ledger(securities={1: Security(1, 1, "Common", SecurityKind.COMMON)},
    ...                 published_counts={1: said})
    >>> [one.message.split("outstanding, ")[1] for one in assertion_missed(ledger, Lens(said.date))]
    ['20,777,181 fewer than the 20,777,181 stated by the paper.']
    """
    for assertion in assertions(ledger, lens):
        difference = assertion.difference
        if difference:
            count = assertion.count
            name = ledger.securities[count.security].name
            more = "more" if difference > 0 else "fewer"
            yield Finding(
                "assertion_missed",
                Severity.WARNING,
                f"On {told_day(count.date)} the ledger has {told(assertion.ledger)} {name} outstanding, "
                f"{told(abs(difference))} {more} than the {told(count.shares)} stated by "
                f"{brief(count.source) or 'the paper'}.",
                Place("published_counts", count.id, "shares"),
            )


def holder_unknown(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find holders that should be issuers of this file and are not, and holdings of dissolved issuers.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Stakeholder
    >>> known = Transaction(1, date(2001, 8, 10), "opening", security=1, stakeholder=1, quantity=Decimal(100))
    >>> ledger = Ledger(stakeholders={1: Stakeholder(1, "Works", kind="issuer")},
    ...                 transactions=Transactions.of([known]))
    >>> [one.message for one in holder_unknown(ledger, Lens(known.date))]
    ['Works is marked as an issuer, but no issuer of this file is named for it.']
    """
    held = holdings(ledger, lens)
    holding = set(np.unique(held.stakeholders).tolist())
    standings, number = {issuer: standing(ledger, lens, issuer) for issuer in ledger.issuers}, 0
    for who in ledger.stakeholders.values():
        if who.id not in holding:
            continue
        mend = None
        if who.kind == "issuer" and who.issuer is None:
            mend = name_the_company(ledger, who) if number < LISTED else None
            message = f"{who.name} is marked as an issuer, but no issuer of this file is named for it."
        elif who.issuer is not None and standings[who.issuer].status == "dissolved":
            since = standings[who.issuer].since
            when = f" since {told_day(since)}" if since else ""
            message = f"{who.name} still holds securities although it is dissolved{when}."
        else:
            continue
        place = Place("stakeholders", who.id, "issuer")
        yield Finding("holder_unknown", Severity.WARNING, message, place, mend)
        number += 1
    dissolved = {issuer for issuer, stands in standings.items() if stands.status == "dissolved"}
    yield from _held_of_dissolved(ledger, dissolved, set(np.unique(held.securities).tolist()))


def _held_of_dissolved(ledger: Ledger, dissolved: set[int], securities: set[int]) -> Iterator[Finding]:
    for issuer in ledger.issuers.values():
        if issuer.id not in dissolved:
            continue
        left = [one for one in ledger.securities_of(issuer.id) if one.id in securities]
        for security in left:
            yield Finding(
                "issuer_dissolved",
                Severity.WARNING,
                f"{security.name} is still held although {issuer.name} is dissolved.",
                Place("securities", security.id),
            )
