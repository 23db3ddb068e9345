"""The days on which the stake of one holder in a company crossed a threshold, and which way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from neocapgui.engine.course import Course, course
from neocapgui.engine.itself import stakeholders_being
from neocapgui.engine.lens import Lens
from neocapgui.ledger.ledger import Ledger

# A blocking minority, a third, the majority, the majority that changes articles, and those that company
# and tax law attach consequences to.
THRESHOLDS = (
    Fraction(20, 100),
    Fraction(1, 3),
    Fraction(1, 2),
    Fraction(2, 3),
    Fraction(75, 100),
    Fraction(80, 100),
    Fraction(90, 100),
)
_BANDS = 12
_MANY = 500


@dataclass(frozen=True, slots=True)
class Crossing:
    """One threshold that a stake reached or fell below on a day."""

    day: date
    threshold: Fraction
    before: Fraction  # the stake at the end of the day before with events
    after: Fraction  # at the end of the day
    is_upward: bool  # reached; otherwise fell below


def crossings(
    ledger: Ledger, lens: Lens, stakeholder: int, thresholds: Sequence[Fraction] = THRESHOLDS
) -> tuple[Crossing, ...]:
    """Return when the stake of a holder in the lens's issuer crossed a threshold, over all days.

    A threshold is crossed upward on the day at whose end the stake is at or above it for the first time
    again, and downward on the day at whose end it is below it. Stakes are exact and on the lens's basis,
    so a stake of exactly one half has reached one half. Several thresholds crossed on one day stand in
    the order in which the stake passes them.

    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Security
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> from neocapgui.ledger.transactions import Transaction
    >>> issues = [Transaction(who, date(2001, 8, who), "issuance", security=1, stakeholder=who,
    ...                       quantity=Decimal(shares)) for who, shares in {1: 75, 2: 25, 3: 25}.items()]
    >>> ledger = Ledger(securities={1: Security(1, 1, "Common", SecurityKind.COMMON)},
    ...                 transactions=Transactions.of(issues))
    >>> found = crossings(ledger, Lens(date(2001, 8, 3), issuer=1), stakeholder=1)
    >>> [(one.day.day, str(one.threshold), one.is_upward) for one in found if one.day.day > 1]
    [(2, '9/10', False), (2, '4/5', False), (3, '3/4', False), (3, '2/3', False)]
    """
    found = course_with(ledger, lens, stakeholder)
    if found is None:
        return ()
    moved, band = found
    result: list[Crossing] = []
    before = Fraction(0)
    for place, day in enumerate(moved.days):
        after = moved.stake(place, band)
        result += _crossed(day, before, after, thresholds)
        before = after
    return tuple(result)


def course_with(ledger: Ledger, lens: Lens, stakeholder: int) -> tuple[Course, int] | None:
    """Return the course of the lens's issuer in which a holder stands by itself, and its band.

    None where it never had anything that counts.

    >>> course_with(Ledger(), Lens(date(2001, 8, 3), issuer=1), stakeholder=1) is None
    True
    """
    for shown in (_BANDS, _MANY):
        found = course(ledger, lens, shown)
        if stakeholder in found.bands:
            return found, found.bands.index(stakeholder)
    return None


def group_crossings(ledger: Ledger, lens: Lens) -> tuple[tuple[int, int, Crossing], ...]:
    """Return (owner, issuer, crossing) for every stake of one company of the file in another, by day.

    >>> group_crossings(Ledger(), Lens(date(2001, 8, 3)))
    ()
    """
    found = [
        (owner, issuer, crossing)
        for issuer in ledger.issuers
        for owner in ledger.issuers
        if owner != issuer
        for who in stakeholders_being(ledger, owner)
        for crossing in crossings(ledger, replace(lens, issuer=issuer), who)
    ]
    return tuple(sorted(found, key=lambda line: line[2].day))


def _crossed(day: date, before: Fraction, after: Fraction, thresholds: Sequence[Fraction]) -> list[Crossing]:
    if after > before:
        passed = [one for one in sorted(thresholds) if before < one <= after]
    else:
        passed = [one for one in sorted(thresholds, reverse=True) if after < one <= before]
    return [Crossing(day, one, before, after, after > before) for one in passed]
