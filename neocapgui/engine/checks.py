"""The checks: facts that contradict each other or the terms, each found by one function of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from neocapgui.engine.finding import LISTED, Finding, Severity
from neocapgui.engine.holding_checks import (
    assertion_missed,
    before_issue,
    holder_unknown,
    incomplete,
    more_taken_than_held,
    over_authorized,
    reserve_short,
    split_ratio,
)
from neocapgui.engine.lens import Lens
from neocapgui.engine.limit_checks import exchange_cap_exceeded, ownership_limit_exceeded
from neocapgui.engine.paper_checks import (
    amount_differs,
    approval_exceeded,
    conversion_differs,
    price_missing,
)
from neocapgui.engine.vesting_checks import exercised_before_vested
from neocapgui.engine.wording import told
from neocapgui.ledger.ledger import Ledger

Check = Callable[[Ledger, Lens], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    incomplete,
    split_ratio,
    more_taken_than_held,
    before_issue,
    over_authorized,
    reserve_short,
    conversion_differs,
    ownership_limit_exceeded,
    exchange_cap_exceeded,
    amount_differs,
    assertion_missed,
    holder_unknown,
    price_missing,
    approval_exceeded,
    exercised_before_vested,
)

_GRAVITY = {severity: place for place, severity in enumerate(Severity)}


def findings(ledger: Ledger, lens: Lens) -> tuple[Finding, ...]:
    """Return what all checks find in the whole ledger, the gravest first, each check in ledger order.

    The lens says whether planned events count and what was known; its day matters to no check.

    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Security, Stakeholder
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> from neocapgui.ledger.transactions import Transaction
    >>> day = date(2001, 8, 31)
    >>> records = [Transaction(1, day, "issuance", security=1, stakeholder=1, quantity=Decimal(8)),
    ...            Transaction(2, day, "expiry", security=1, stakeholder=1, quantity=Decimal(9))]
    >>> ledger = Ledger(securities={1: Security(1, 1, "Common", SecurityKind.COMMON)},
    ...     stakeholders={1: Stakeholder(1, "Fund")}, transactions=Transactions.of(records))
    >>> [(one.code, one.place.id) for one in findings(ledger, Lens(day))]
    [('insufficient_quantity', 2)]
    """
    whole = replace(lens, as_of=date.max)
    found = [finding for check in CHECKS for finding in _listed(check(ledger, whole))]
    return tuple(sorted(found, key=lambda finding: _GRAVITY[finding.severity]))


def _listed(found: Iterator[Finding]) -> Iterator[Finding]:
    number = 0
    for finding in found:
        number += finding.stands_for
        if number <= LISTED:
            yield finding
    if number > LISTED:
        said = f"{told(number - LISTED)} more of this kind: {finding.said}"
        yield replace(finding, said=said, mend=None, stands_for=1)
