"""How a company moved over time between its ultimate owners: who owns it through other companies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

import numpy as np

from neocapgui.engine.calculations.lookthrough import effective_interests_in
from neocapgui.engine.calculations.mutual_holdings import Stake
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.course import OTHERS, Course, course
from neocapgui.engine.itself import issuer_of_stakeholder
from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import POOL
from neocapgui.engine.timeline import event_days
from neocapgui.ledger.ledger import Ledger

UNTRACED = -2  # stands for what ends with no owner: companies that own one another, contradicting facts
_MOST_DAYS = 1_000  # days with events of all companies together
_MOST_STAKES = 40_000  # days times holders: about a second
_HOLDERS = 500  # of each company by name, the largest; the rest are others and not looked through


def look_through_course(ledger: Ledger, lens: Lens, shown: int = 9) -> Course:
    """Return how the lens's issuer moved between its ultimate owners, whatever the lens's day.

    A stake of another company of the file passes on to that company's own owners, through all chains and
    loops (`effective_interests_in`), on the lens's basis and at the end of each day on which something
    happened to any of the companies. A company nobody of the file owns is an ultimate owner itself. Exact
    fractions; the parts of a day sum to 1: what plans can grant stays by itself (POOL), what ends with no
    owner is UNTRACED, the rest beside the `shown` largest is OTHERS. Refuses `too_many` days or holders, and
    `too_linked` companies: what was not calculated is not said to have no owner.

    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Security, Stakeholder
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> from neocapgui.ledger.transactions import Transaction
    >>> held = [(2, 1, 100), (1, 2, 80), (3, 2, 20)]  # holder, company, shares; company 1 is holder 1
    >>> ledger = Ledger(
    ...     stakeholders={1: Stakeholder(1, "Parent", issuer=1)},
    ...     securities={id: Security(id, id, "Common", SecurityKind.COMMON) for id in (1, 2)},
    ...     transactions=Transactions.of(
    ...         Transaction(id, date(2001, 8, id), "opening", security=paper, stakeholder=who,
    ...                     quantity=Decimal(shares)) for id, (who, paper, shares) in enumerate(held, 1)))
    >>> found = look_through_course(ledger, Lens(date(2001, 8, 3), issuer=2))
    >>> found.bands, [[str(found.stake(day, band)) for band in (0, 1)] for day in (0, 1)]
    ((2, 3), [['1', '0'], ['4/5', '1/5']])
    """
    if lens.issuer is None:
        raise ValueError("Ownership over time is asked of one issuer.")
    return _look_through_course(ledger, replace(lens, as_of=date.max), lens.issuer, shown)


@lru_cache(maxsize=4)
def _look_through_course(ledger: Ledger, lens: Lens, issuer: int, shown: int) -> Course:
    courses = _courses(ledger, lens, issuer)
    own = courses[issuer]
    if not own.days:
        return own
    days = sorted({day for one in courses.values() for day in one.days if day >= own.days[0]})
    being = issuer_of_stakeholder(ledger)
    stakes = [_stakes(courses, being, issuer, day) for day in days]
    totals = [_total(own, day) for day in days]
    peaks: dict[int, Fraction] = {}
    for row in stakes:
        for who, part in row.items():
            peaks[who] = max(peaks.get(who, part), part)
    ranked = sorted((who for who in peaks if who > POOL), key=lambda who: (-peaks[who], who))
    first = ranked[:shown]
    rest = [*ranked[shown:], *(who for who in peaks if who == OTHERS)]
    gathered = [[who] for who in first] + [rest] * bool(rest)
    gathered += [[who] for who in (UNTRACED, POOL) if who in peaks]
    units = np.empty((len(days), len(gathered)), object)
    for day, (row, total) in enumerate(zip(stakes, totals, strict=True)):
        for band, members in enumerate(gathered):
            units[day, band] = total * sum((row.get(who, Fraction(0)) for who in members), Fraction(0))
    bands = (*first, *(OTHERS for _ in rest[:1]), *(who for who in (UNTRACED, POOL) if who in peaks))
    return Course(tuple(days), bands, units, np.array(totals, object), 1)


def _courses(ledger: Ledger, lens: Lens, issuer: int) -> dict[int, Course]:
    """Return the course of a company, and of all companies that ever owned it through any chain."""
    being = issuer_of_stakeholder(ledger)
    courses: dict[int, Course] = {}
    waiting, days, stakes = [issuer], 0, 0
    while waiting:
        company = waiting.pop()
        if company in courses:
            continue
        days += len(event_days(ledger, lens, company))
        if days > _MOST_DAYS:
            raise _too_many(ledger, issuer, f"{_MOST_DAYS:,} days with events", days)
        found = courses[company] = course(ledger, replace(lens, issuer=company), _HOLDERS)
        stakes = max(stakes, sum(len(one.bands) for one in courses.values()))
        if days * stakes > _MOST_STAKES:
            raise _too_many(ledger, issuer, f"{_MOST_STAKES:,} stakes on all days", days * stakes)
        waiting += [being[who] for who in found.bands if who in being]
    return courses


def _too_many(ledger: Ledger, issuer: int, most: str, count: int) -> CalculationRefused:
    company = ledger.issuers.get(issuer)
    name = company.name if company is not None else f"Company {issuer}"
    return CalculationRefused(
        "too_many",
        f"Ultimate owners over time are shown for up to {most}: {name} and the companies that own it have "
        f"{count:,} or more. Choose Direct owners instead.",
    )


def _at(found: Course, day: date) -> int | None:
    place = bisect_right(found.days, day) - 1
    return place if place >= 0 else None


def _total(found: Course, day: date) -> Fraction:
    place = _at(found, day)
    if place is None:
        return Fraction(0)
    return sum((found.shares(place, band) for band in range(len(found.bands))), Fraction(0))


def _stakes(
    courses: Mapping[int, Course], being: Mapping[int, int], issuer: int, day: date
) -> dict[int, Fraction]:
    """Return what each ultimate owner has of a company at the end of a day; nothing where nobody has any."""
    places = {company: _at(found, day) for company, found in courses.items()}
    owned = {
        company: place
        for company, place in places.items()
        if place is not None and _total(courses[company], day)
    }
    if issuer not in owned:
        return {}
    stakes = []
    for company, place in owned.items():
        for band, who in enumerate(courses[company].bands):
            through = being.get(who)
            holder = f"company {through}" if through in owned else str(who)
            if part := courses[company].stake(place, band):
                stakes.append(Stake(holder, f"company {company}", part))
    companies = [f"company {company}" for company in owned]
    try:
        looked_at = f"company {issuer}"
        found = effective_interests_in(looked_at, companies, _leading_to(looked_at, stakes))
    except CalculationRefused as refusal:
        if refusal.code == "too_linked":
            raise
        return {UNTRACED: Fraction(1)}  # a loop without owners outside, or holdings below nothing
    return {int(owner): part for owner, part in found.items()}


def _leading_to(company: str, stakes: list[Stake]) -> list[Stake]:
    """Return the stakes in a company and in those that own it on the day, through any chain."""
    owning = {stake.company for stake in stakes}
    above, waiting = {company}, [company]
    while waiting:
        owned = waiting.pop()
        for stake in stakes:
            if stake.company == owned and stake.holder not in above and stake.holder in owning:
                above.add(stake.holder)
                waiting.append(stake.holder)
    return [stake for stake in stakes if stake.company in above]
