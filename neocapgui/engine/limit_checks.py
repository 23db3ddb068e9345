"""Checks of conversions against the limits of their paper: one holder's part, and the cap of an exchange."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from neocapgui.engine.calculations.limits import exchange_cap, ownership_blocker
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.entries import entries
from neocapgui.engine.finding import Finding, Severity, at
from neocapgui.engine.holding_checks import sentence_start
from neocapgui.engine.holdings import holdings_before, outstanding
from neocapgui.engine.lens import Lens
from neocapgui.engine.rights import TermsInForce
from neocapgui.engine.wording import told
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger
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
    for security in ledger.securities.values():
        limit = security.limits.ownership
        if limit is not None:
            for record in _conversions(ledger, lens, security):
                with suppress(CalculationRefused):  # a limit that cannot be is none
                    yield from _too_much_held(ledger, lens, security, record, Fraction(limit))


def _too_much_held(
    ledger: Ledger, lens: Lens, security: Security, record: Transaction, limit: Fraction
) -> Iterator[Finding]:
    row = ledger.transactions.row_of(record.id)
    into, who, shares = record.into_security, record.stakeholder, record.into_quantity
    if row is None or into is None or who is None or not shares:
        return
    held = outstanding(ledger, holdings_before(ledger, lens, row + 1))
    has, whole = held.of(who, into), held.total(into)
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
            for record in _conversions(ledger, lens, security):
                into = record.into_security
                if into is None or record.into_quantity is None:
                    continue
                since = TermsInForce.on(ledger, replace(lens, as_of=record.date))
                signed = Fraction(record.into_quantity) / since.restated(into, security.issued)
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


def _conversions(ledger: Ledger, lens: Lens, security: Security) -> tuple[Transaction, ...]:
    return entries(ledger, lens, ["conversion"], security=security.id)


def _percent(part: Fraction) -> str:
    return told(part * 100, 2, 2)
