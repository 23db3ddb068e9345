"""What of a grant has vested by a day, holder by holder, and when the rest does."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

import numpy as np

from neocapgui.engine.calculations import vesting
from neocapgui.engine.calculations.month_arithmetic import months_after
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import half_up, toward_zero
from neocapgui.engine.calculations.vesting import Instalment, Step
from neocapgui.engine.entries import counted_rows, in_batches, rows_naming
from neocapgui.engine.holdings import followed
from neocapgui.engine.itself import stakeholders_being
from neocapgui.engine.lens import Lens
from neocapgui.engine.replay import Kept, Walk
from neocapgui.engine.rights import TermsInForce
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Allocation, Vesting
from neocapgui.ledger.transactions import KIND, Transaction

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


def vested_so_far(security: Security, grant: Grant, as_of: date) -> Fraction:
    """Return what `vested_of` has vested, without its instalments: quick for thousands of exercises.

    >>> from neocapgui.ledger.terms import SecurityKind
    >>> monthly = Vesting(cliff_months=12, duration_months=48)
    >>> option = Security(1, 1, "Option", SecurityKind.OPTION, vesting=monthly)
    >>> print(vested_so_far(option, Grant(held=Fraction(4_800), since=date(2022, 1, 1)), date(2023, 2, 1)))
    1300
    """
    terms, granted = security.vesting, grant.granted
    if vests_at_once(terms):
        return grant.kept
    start = terms.starts or grant.since or security.issued
    if start is None or granted < 0:  # refused, in words
        return vested_of(security, 0, grant, as_of).vested
    (step,) = _steps(security, start)
    days = _days(start, step.months, step.occurrences, terms.day_of_month)
    released = (
        date.min
        if terms.cliff_months is None
        else months_after(start, terms.cliff_months, terms.day_of_month)
    )
    if grant.since is not None and released < grant.since:
        later = bisect_left(days, grant.since)
        released = days[later] if later < len(days) else grant.since
    due = bisect_right(days, as_of) if released <= as_of else 0
    return max(min(_fallen_due(terms.allocation, granted, due, len(days)), grant.kept), Fraction(0))


@lru_cache(maxsize=256)
def _days(start: date, months: int, count: int, day_of_month: int | None) -> list[date]:
    return [months_after(start, months * number, day_of_month) for number in range(1, count + 1)]


def _fallen_due(allocation: Allocation, granted: Fraction, due: int, count: int) -> Fraction:
    """Return what the first `due` of `count` equal instalments are together, as `allocated` gives them."""
    if due == count:
        return granted
    if allocation is Allocation.FRACTIONAL:
        return granted * due / count
    whole = toward_zero(granted)
    each, rest = divmod(whole, count)
    match allocation:
        case Allocation.CUMULATIVE_ROUNDING:
            found = half_up(Fraction(whole * due, count))
        case Allocation.CUMULATIVE_ROUND_DOWN:
            found = whole * due // count
        case Allocation.FRONT_LOADED_TO_SINGLE_TRANCHE:
            found = each * due + rest * (due > 0)
        case Allocation.BACK_LOADED_TO_SINGLE_TRANCHE:
            found = each * due
        case Allocation.FRONT_LOADED:
            found = each * due + min(due, rest)
        case Allocation.BACK_LOADED:
            found = each * due + max(0, due - (count - rest))
    return Fraction(found)


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
    ledger, transactions = terms.ledger, terms.ledger.transactions
    named = (rows_naming(transactions, field, security) for field in ("security", "into_security"))
    rows = np.unique(np.concatenate(list(named)))
    counted = counted_rows(ledger, terms.lens)
    rows = rows if counted is None else rows[counted[rows]]
    rows = rows[: int(np.searchsorted(rows, transactions.until(terms.lens.as_of)))]
    found = _Grants(followed(ledger, terms.lens), security)
    for row, record in zip(rows.tolist(), in_batches(transactions, rows), strict=True):
        found.pass_by(row, record)
        yield record, found


class _Grants(Mapping[int, Grant]):
    """Every holder's grant after the entry gone by last; each is made when somebody asks for it.

    What is held is followed as in the ledger, rounded at each split. What was exercised and what left is kept
    in units of before all splits, so that a split is one multiplication for all holders.
    """

    def __init__(self, known: Kept, security: int) -> None:
        self._security = security
        passage = known.passage(security)
        self._walk, self._row = Walk(passage), 0
        holders = known.moves.holders[passage.pairs].tolist()
        self._places = {who: place for place, who in enumerate(holders)}
        self._ratios = {division.row: division.ratio for division in passage.divisions}
        self._factor = Fraction(1)  # units of now that stand for one of before all splits
        self._exercised: dict[int, Fraction] = {}
        self._left: dict[int, Fraction] = {}
        self._since: dict[int, date | None] = {}  # of all who ever had any

    def pass_by(self, row: int, record: Transaction) -> None:
        """Go on to just after an entry."""
        self._row = row + 1
        self._factor *= self._ratios.get(row, 1)
        for leg in KIND[record.kind].legs:
            who, quantity = getattr(record, leg.holder), getattr(record, leg.quantity)
            if getattr(record, leg.security) != self._security or who is None or quantity is None:
                continue
            issued = record.date if leg.sign > 0 and record.kind == "issuance" else None
            self._since[who] = self._since.get(who) or issued
            if leg.sign < 0:
                into = self._exercised if record.kind == "exercise" else self._left
                into[who] = into.get(who, Fraction(0)) + Fraction(quantity) / self._factor

    def __getitem__(self, who: int) -> Grant:
        since, nothing = self._since[who], Fraction(0)
        self._walk.go(self._row)
        return Grant(
            self._walk.of((self._places[who],)) / self._walk.passage.one,
            self._exercised.get(who, nothing) * self._factor,
            self._left.get(who, nothing) * self._factor,
            since,
        )

    def __iter__(self) -> Iterator[int]:
        return iter(self._since)

    def __len__(self) -> int:
        return len(self._since)
