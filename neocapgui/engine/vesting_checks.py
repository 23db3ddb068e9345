"""Checks of vesting: nothing is exercised before it has vested."""

from __future__ import annotations

from collections.abc import Iterator

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.entries import entry_rows
from neocapgui.engine.finding import Finding, Place, Severity, at
from neocapgui.engine.holding_checks import sentence_start
from neocapgui.engine.lens import Lens
from neocapgui.engine.rights import TermsInForce
from neocapgui.engine.vested import grants, vested_so_far, vests_at_once
from neocapgui.engine.wording import told
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger


def exercised_before_vested(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find exercises that bring a holder to more than had vested on their day, and terms that cannot tell.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Stakeholder
    >>> from neocapgui.ledger.terms import SecurityKind, Vesting
    >>> from neocapgui.ledger.transactions import Transaction
    >>> monthly = Vesting(cliff_months=12, duration_months=48)
    >>> option = Security(1, 1, "Option", SecurityKind.OPTION, vesting=monthly)
    >>> grant = Transaction(1, date(2022, 1, 1), "issuance", security=1, stakeholder=1,
    ...                     quantity=Decimal(4_800))
    >>> early = Transaction(2, date(2023, 1, 1), "exercise", security=1, stakeholder=1,
    ...                     quantity=Decimal(1_300), into_security=2, into_quantity=Decimal(1_300))
    >>> ledger = Ledger(stakeholders={1: Stakeholder(1, "Ada")},
    ...                 securities={1: option, 2: Security(2, 1, "Common", SecurityKind.COMMON)},
    ...                 transactions=Transactions.of([grant, early]))
    >>> [one.code for one in exercised_before_vested(ledger, Lens(early.date))]  # 1,200 had vested
    ['exercised_before_vested']
    """
    terms = TermsInForce.on(ledger, lens)
    for security in ledger.securities.values():
        is_exercised = len(entry_rows(ledger, lens, ["exercise"], security=security.id)) > 0
        if is_exercised and not vests_at_once(security.vesting):
            try:
                yield from _exercised_early(terms, security)
            except CalculationRefused as refusal:
                yield Finding(
                    "vesting_unknown",
                    Severity.NOTE,
                    f"Whether {security.name} had vested when it was exercised is not known: {refusal}",
                    Place("securities", security.id, "vesting"),
                )


def _exercised_early(terms: TermsInForce, security: Security) -> Iterator[Finding]:
    for record, found in grants(terms, security.id):
        who = record.stakeholder
        if who is None or who not in found or (record.kind, record.security) != ("exercise", security.id):
            continue
        grant = found[who]
        so_far = vested_so_far(security, grant, record.date)
        if grant.exercised > so_far:
            yield Finding(
                "exercised_before_vested",
                Severity.WARNING,
                f"{sentence_start(record)} brings what {terms.ledger.stakeholders[who].name} exercised of "
                f"{security.name} to {told(grant.exercised)}, {told(grant.exercised - so_far)} more "
                f"than the {told(so_far)} of {told(grant.granted)} that had vested.",
                at(record, "quantity"),
            )
