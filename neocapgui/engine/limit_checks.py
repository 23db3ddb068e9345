"""Checks of conversions against the limits of their paper: one holder's part, and the cap of an exchange."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction

import numpy as np

from neocapgui.engine.calculations.limits import exchange_cap, ownership_blocker
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.entries import entry_rows, in_batches
from neocapgui.engine.finding import Finding, Severity, at
from neocapgui.engine.holding_checks import sentence_start
from neocapgui.engine.holdings import followed
from neocapgui.engine.itself import stakeholders_being
from neocapgui.engine.lens import Lens
from neocapgui.engine.replay import Walk
from neocapgui.engine.splits import split_factor, splits
from neocapgui.engine.wording import told
from neocapgui.ledger.columns import MISSING, NOTHING
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.transactions import Transaction


def ownership_limit_exceeded(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find conversions after which their holder has more of the class than the paper lets him have.

    The limit is a part of the shares outstanding just after the conversion, in the order of the ledger;
    shares the holder got otherwise count.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Stakeholder
    >>> from neocapgui.ledger.terms import Limits, SecurityKind
    >>> common = Security(1, 1, "Common", SecurityKind.COMMON)
    >>> note = Security(2, 1, "Note", SecurityKind.CONVERTIBLE, limits=Limits(ownership=Decimal("0.1")))
    >>> day, units = date(2001, 8, 31), Decimal(1)
    >>> past = [Transaction(1, day, "opening", security=1, stakeholder=2, quantity=Decimal(900)),
    ...         Transaction(2, day, "conversion", security=2, stakeholder=1, quantity=units,
    ...                     into_security=1, into_quantity=Decimal(110))]
    >>> ledger = Ledger(stakeholders={1: Stakeholder(1, "The bank")}, securities={1: common, 2: note},
    ...                 transactions=Transactions.of(past))
    >>> [one.message.split(", so ")[1] for one in ownership_limit_exceeded(ledger, Lens(day))]
    ['10 of its 110 shares are too many.']
    """
    limited = [one for one in ledger.securities.values() if one.limits.ownership is not None]
    states = _just_after(ledger, lens, limited)
    for security in limited:
        for record in _conversions(ledger, lens, security):
            if record.id in states:
                with suppress(CalculationRefused):  # a limit that cannot be is none
                    yield from _too_much_held(ledger, security, record, states[record.id])


def _just_after(
    ledger: Ledger, lens: Lens, limited: Sequence[Security]
) -> dict[int, tuple[Fraction, Fraction]]:
    """Return what the holder of each conversion has of the class just after it, and what all have.

    Each class is gone through once, from conversion to conversion; treasury shares are left out.
    """
    numbers, shares = ledger.transactions.numbers, ledger.transactions.figures["into_quantity"].units
    rows = [entry_rows(ledger, lens, ["conversion"], security=security.id) for security in limited]
    together = np.sort(np.concatenate(rows)) if rows else np.zeros(0, np.int64)
    known, walks = followed(ledger, lens), dict[int, tuple[Walk, Integers, list[int]]]()
    found: dict[int, tuple[Fraction, Fraction]] = {}
    for row in together.tolist():
        into, who = int(numbers["into_security"][row]), int(numbers["stakeholder"][row])
        if NOTHING in (into, who) or shares[row] in (MISSING, 0):
            continue
        if into not in walks:
            passage = known.passage(into)
            holders = known.moves.holders[passage.pairs]
            issuer = ledger.securities[into].issuer if into in ledger.securities else NOTHING
            kept = np.flatnonzero(np.isin(holders, stakeholders_being(ledger, issuer))).tolist()
            walks[into] = Walk(passage), holders, kept
        walk, holders, kept = walks[into]
        walk.go(row + 1)
        place = int(np.searchsorted(holders, holders.dtype.type(who)))
        own = [place] if place < len(holders) and holders[place] == who and place not in kept else []
        one = walk.passage.one
        found[int(numbers["id"][row])] = walk.of(own) / one, (walk.total - walk.of(kept)) / one
    return found


def _too_much_held(
    ledger: Ledger, security: Security, record: Transaction, state: tuple[Fraction, Fraction]
) -> Iterator[Finding]:
    into, who, shares = record.into_security, record.stakeholder, record.into_quantity
    if into is None or who is None or not shares:
        return
    limit, (has, whole) = Fraction(security.limits.ownership or 0), state
    if has <= limit * whole and shares == int(shares):  # the usual case, quickly: within the limit
        return
    allowed = ownership_blocker(whole - Fraction(shares), has - Fraction(shares), limit, shares)
    if not allowed.held_back:
        return
    yield Finding(
        "ownership_limit_exceeded",
        Severity.WARNING,
        f"{sentence_start(record)} leaves {ledger.stakeholders[who].name} with {told(has)} of "
        f"{told(whole)} {ledger.securities[into].name}, {_percent(has / whole)} %; "
        f"{security.name} allows {_percent(limit)} %, so {told(allowed.held_back)} of its "
        f"{told(shares)} shares are too many.",
        at(record, "into_quantity"),
    )


def exchange_cap_exceeded(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find papers whose conversions took in sum more shares than the cap fixed at signing.

    All is counted in shares of the day of signing; the finding stands at the conversion that goes beyond.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.terms import Limits, SecurityKind
    >>> limits = Limits(exchange_cap=Decimal("0.2"), outstanding_at_signing=Decimal(1_000))
    >>> notice = Transaction(1, date(2001, 8, 31), "conversion", security=2, quantity=Decimal(700),
    ...                      into_security=1, into_quantity=Decimal(250))
    >>> ledger = Ledger(securities={2: Security(2, 1, "Note", SecurityKind.CONVERTIBLE, limits=limits)},
    ...                 transactions=Transactions.of([notice]))
    >>> [one.message.split(": ")[1] for one in exchange_cap_exceeded(ledger, Lens(notice.date))]
    ['250 shares in all, 50 more than the 200 that 20.00 % of 1,000 allow.']
    """
    for security in ledger.securities.values():
        limits = security.limits
        if limits.exchange_cap is None or limits.outstanding_at_signing is None:
            continue
        taken: dict[int, Fraction] = {}
        beyond: dict[int, Transaction] = {}
        with suppress(CalculationRefused):  # a cap that cannot be is none
            most = exchange_cap(limits.outstanding_at_signing, 0, 0, cap=limits.exchange_cap).cap_shares
            events = splits(ledger, lens)
            for record in _conversions(ledger, lens, security):
                into = record.into_security
                if into is None or record.into_quantity is None:
                    continue
                since = split_factor(events, into, security.issued, record.date)
                signed = Fraction(record.into_quantity) / since
                taken[into] = taken.get(into, Fraction(0)) + signed
                if taken[into] > most:
                    beyond.setdefault(into, record)
            for into, record in beyond.items():
                yield _over_cap(ledger, security, record, taken[into], most)


def _over_cap(
    ledger: Ledger, security: Security, record: Transaction, taken: Fraction, most: Fraction
) -> Finding:
    limits, who = security.limits, ledger.stakeholders.get(record.stakeholder or 0)
    whose = f" by {who.name}" if who else ""
    return Finding(
        "exchange_cap_exceeded",
        Severity.WARNING,
        f"{sentence_start(record)}{whose} takes {security.name} above its exchange cap: "
        f"{told(taken)} shares in all, {told(taken - most)} more than the {told(most)} that "
        f"{_percent(Fraction(limits.exchange_cap or 0))} % of {told(limits.outstanding_at_signing or 0)} "
        f"allow.",
        at(record, "into_quantity"),
    )


def _conversions(ledger: Ledger, lens: Lens, security: Security) -> Iterator[Transaction]:
    return in_batches(ledger.transactions, entry_rows(ledger, lens, ["conversion"], security=security.id))


def _percent(part: Fraction) -> str:
    return told(part * 100, 2, 2)
