"""What of a grant has vested by a day, holder by holder, and when the rest does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import numpy as np

from neocapgui.engine.calculations import vesting
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import rounded_shares, toward_zero
from neocapgui.engine.calculations.vesting import Instalment, Step
from neocapgui.engine.entries import counted_rows
from neocapgui.engine.itself import stakeholders_being
from neocapgui.engine.lens import Lens
from neocapgui.engine.rights import TermsInForce
from neocapgui.engine.splits import SplitEvent
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Allocation, Vesting
from neocapgui.ledger.transactions import KIND, Leg, Transaction

_LONGEST = 1200  # months of a cliff or a duration


@dataclass(frozen=True, slots=True)
class Grant:
    """What became of the units one holder got of a security, in units after its last split."""

    held: Fraction = Fraction(0)
    exercised: Fraction = Fraction(0)
    left: Fraction = Fraction(0)  # cancelled, expired, bought back or passed on
    since: date | None = None  # the first issuance; None where the units came in another way

    @property
    def kept(self) -> Fraction:
        """What vests sooner or later, or was exercised: what left has left the last instalments."""
        return self.held + self.exercised

    @property
    def granted(self) -> Fraction:
        """All that ever came in."""
        return self.kept + self.left


@dataclass(frozen=True, slots=True)
class VestedOfHolder:
    """What of one holder's units has vested by the day, and when all of them do."""

    stakeholder: int
    granted: Fraction
    vested: Fraction
    unvested: Fraction
    exercised: Fraction
    exercisable: Fraction  # vested less exercised
    instalments: tuple[Instalment, ...]  # past and future; none where the units vest at once


@dataclass(frozen=True, slots=True)
class Vested:
    """What of a security has vested by the day: its units, restated for its own splits."""

    security: int
    as_of: date
    holders: tuple[VestedOfHolder, ...]  # by stakeholder
    shares_per_unit: Fraction | None  # bought by one unit, restated for splits; None where it buys nothing

    @property
    def granted(self) -> Fraction:
        """All that was granted."""
        return sum((line.granted for line in self.holders), Fraction(0))

    @property
    def vested(self) -> Fraction:
        """All that has vested, exercised or not."""
        return sum((line.vested for line in self.holders), Fraction(0))

    @property
    def unvested(self) -> Fraction:
        """All that vests later."""
        return sum((line.unvested for line in self.holders), Fraction(0))

    @property
    def exercised(self) -> Fraction:
        """All that was exercised."""
        return sum((line.exercised for line in self.holders), Fraction(0))

    @property
    def exercisable(self) -> Fraction:
        """All that can be exercised."""
        return sum((line.exercisable for line in self.holders), Fraction(0))

    @property
    def instalments(self) -> tuple[Instalment, ...]:
        """What vests of all holders together, at most one instalment on a day."""
        by_day: dict[date, Fraction] = {}
        for line in self.holders:
            for part in line.instalments:
                by_day[part.day] = by_day.get(part.day, Fraction(0)) + part.quantity
        return tuple(Instalment(day, by_day[day]) for day in sorted(by_day))

    @property
    def coming(self) -> Instalment | None:
        """The next instalment after the day."""
        return next((part for part in self.instalments if part.day > self.as_of), None)


def vested(ledger: Ledger, lens: Lens, security: int) -> Vested:
    """Return what has vested of a security at the end of the lens's day, holder by holder.

    All that came into a hand vests by the schedule of the security; it counts from its stated start, or
    else from the holder's first issuance, or else from the day the security was created. Instalments
    dated before the first issuance fall due with the next one. What left the hand other than by an
    exercise is taken from what vests last. A split of the security restates what was granted, and the
    schedule is made again from the whole units of it; a fraction vests with the last instalment. Shares
    in the hand of the issuer itself do not vest. Refuses `bad_input` where the terms make no schedule or
    its start is not known. Source: Open Cap Format, vesting terms.

    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> monthly = Vesting(cliff_months=12, duration_months=48)
    >>> option = Security(1, 1, "Option", SecurityKind.OPTION, vesting=monthly)
    >>> grant = Transaction(1, date(2022, 1, 1), "issuance", security=1, stakeholder=1,
    ...                     quantity=Decimal(4_800))
    >>> ledger = Ledger(securities={1: option}, transactions=Transactions.of([grant]))
    >>> for day in (date(2022, 12, 31), date(2023, 1, 1), date(2023, 2, 1)):
    ...     print(vested(ledger, Lens(day), 1).vested)
    0
    1200
    1300
    """
    fact, terms = ledger.securities[security], TermsInForce.on(ledger, lens)
    states = [found for _, found in grants(terms, security)]
    itself = stakeholders_being(ledger, fact.issuer)
    return Vested(
        security,
        lens.as_of,
        tuple(
            vested_of(fact, who, grant, lens.as_of)
            for who, grant in sorted(states[-1].items() if states else ())
            if who not in itself
        ),
        terms.bought_per_unit(fact) if fact.exercise.into is not None else None,
    )


def vested_of(security: Security, stakeholder: int, grant: Grant, as_of: date) -> VestedOfHolder:
    """Return what has vested of one holder's grant at the end of a day; refuses what `vested` does.

    >>> from neocapgui.ledger.terms import SecurityKind
    >>> monthly = Vesting(cliff_months=12, duration_months=48)
    >>> option = Security(1, 1, "Option", SecurityKind.OPTION, vesting=monthly)
    >>> grant = Grant(held=Fraction(4_600), exercised=Fraction(200), since=date(2022, 1, 1))
    >>> line = vested_of(option, 1, grant, date(2023, 1, 1))
    >>> int(line.vested), int(line.exercisable), int(line.unvested)
    (1200, 1000, 3600)
    """
    instalments = tuple(_kept(_schedule(security, grant), grant.kept))
    so_far = grant.kept if vests_at_once(security.vesting) else vesting.vested(instalments, as_of)
    return VestedOfHolder(
        stakeholder,
        grant.granted,
        so_far,
        grant.kept - so_far,
        grant.exercised,
        vesting.exercisable(so_far, grant.exercised),
        instalments,
    )


def vests_at_once(terms: Vesting) -> bool:
    """Return whether terms say nothing that would hold a grant back.

    >>> vests_at_once(Vesting()), vests_at_once(Vesting(cliff_months=12))
    (True, False)
    """
    return terms.starts is None and terms.cliff_months is None and terms.duration_months is None


def _schedule(security: Security, grant: Grant) -> tuple[Instalment, ...]:
    terms = security.vesting
    if vests_at_once(terms):
        return ()
    start = terms.starts or grant.since or security.issued
    if start is None:
        raise CalculationRefused("bad_input", f"The day from which {security.name} vests is not entered.")
    steps = _steps(security, start)
    whole = grant.granted
    if terms.allocation is not Allocation.FRACTIONAL:
        whole = Fraction(toward_zero(whole))
    *first, last = vesting.schedule(
        whole,
        start,
        steps,
        terms.allocation,
        day_of_month=terms.day_of_month,
        cliff_months=terms.cliff_months,
        grant_day=grant.since,
    )
    return (*first, replace(last, quantity=last.quantity + grant.granted - whole))


def _steps(security: Security, start: date) -> list[Step]:
    """Return the instalments that the terms state, all of one size; refuse what makes none."""
    terms = security.vesting
    duration, period, cliff = terms.duration_months, terms.period_months, terms.cliff_months or 0
    if not 0 <= cliff <= _LONGEST:
        raise CalculationRefused("bad_input", f"{security.name} cannot have a cliff of {cliff} months.")
    if start.year + _LONGEST // 12 >= date.max.year:
        raise CalculationRefused("bad_input", f"{security.name} cannot vest from the year {start.year} on.")
    if duration is None:
        return [Step(0, 1, 1)]
    if not 1 <= period <= duration <= _LONGEST or duration % period:
        raise CalculationRefused(
            "bad_input",
            f"{security.name} cannot vest over {duration} months with an instalment every {period} months.",
        )
    return [Step(period, duration // period, Fraction(period, duration))]


def _kept(instalments: tuple[Instalment, ...], kept: Fraction) -> Iterator[Instalment]:
    """Return the instalments without what left: they are filled from the first one on."""
    for part in instalments:
        quantity = min(part.quantity, kept)
        if quantity > 0:
            yield replace(part, quantity=quantity)
        kept -= quantity


def grants(terms: TermsInForce, security: int) -> Iterator[tuple[Transaction, Mapping[int, Grant]]]:
    """Return the entries of a security up to the lens's day, with every holder's grant after each.

    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> day = date(2022, 1, 1)
    >>> records = [Transaction(1, day, "issuance", security=1, stakeholder=1, quantity=Decimal(4_800)),
    ...            Transaction(2, day, "expiry", security=1, stakeholder=1, quantity=Decimal(800))]
    >>> terms = TermsInForce.on(Ledger(transactions=Transactions.of(records)), Lens(day))
    >>> [(record.id, int(found[1].held), int(found[1].left)) for record, found in grants(terms, security=1)]
    [(1, 4800, 0), (2, 4000, 800)]
    """
    transactions = terms.ledger.transactions
    numbers = transactions.numbers
    names_it = (numbers["security"] == security) | (numbers["into_security"] == security)
    counted = counted_rows(terms.ledger, terms.lens)
    rows = np.flatnonzero(names_it if counted is None else names_it & counted)
    events = {event.row: event for event in terms.events if event.security == security}
    found: dict[int, Grant] = {}
    for row in rows[rows < transactions.until(terms.lens.as_of)].tolist():
        record = transactions[row]
        if row in events:
            found = {who: _split(grant, events[row]) for who, grant in found.items()}
        for leg in KIND[record.kind].legs:
            holder, quantity = getattr(record, leg.holder), getattr(record, leg.quantity)
            if getattr(record, leg.security) == security and holder is not None and quantity is not None:
                found[holder] = _moved(found.get(holder, Grant()), leg, record, Fraction(quantity))
        yield record, found


def _moved(grant: Grant, leg: Leg, record: Transaction, quantity: Fraction) -> Grant:
    if leg.sign > 0:
        since = grant.since or (record.date if record.kind == "issuance" else None)
        return replace(grant, held=grant.held + quantity, since=since)
    if record.kind == "exercise":
        return replace(grant, held=grant.held - quantity, exercised=grant.exercised + quantity)
    return replace(grant, held=grant.held - quantity, left=grant.left + quantity)


def _split(grant: Grant, event: SplitEvent) -> Grant:
    """Return a grant after a split: what is held is rounded as in the ledger, the rest is restated."""
    return replace(
        grant,
        held=rounded_shares(grant.held * event.ratio, event.treatment),
        exercised=grant.exercised * event.ratio,
        left=grant.left * event.ratio,
    )
