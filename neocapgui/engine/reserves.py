"""Authorized, issued, outstanding and reserved: the four named counts of every security."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from neocapgui.engine.calculations.rounding import away_from_zero
from neocapgui.engine.entries import entry_rows
from neocapgui.engine.holdings import holdings, treasury
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.rights import TermsInForce
from neocapgui.ledger.columns import MISSING, NOTHING
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind

Totals = Mapping[int, Fraction]  # what all hold together, by security
_BOUGHT = frozenset({SecurityKind.WARRANT, SecurityKind.OPTION, SecurityKind.RIGHT})


@dataclass(frozen=True, slots=True)
class Counts:
    """The four counts of one security on a day, and what they leave."""

    security: int
    authorized: Fraction | None  # None where the charter is not known or sets no number
    issued: Fraction  # outstanding and treasury together
    outstanding: Fraction
    treasury: Fraction
    reserved: Fraction  # for plans, and for what converts into it or buys it

    @property
    def available(self) -> Fraction | None:
        """What may still be promised: authorized less issued less reserved; below 0 it falls short."""
        return None if self.authorized is None else self.authorized - self.issued - self.reserved


def counts(ledger: Ledger, lens: Lens, issuer: int) -> tuple[Counts, ...]:
    """Return the four counts of each security of an issuer at the end of the lens's day.

    Reserved for an instrument is the larger of what its paper registers (restated for splits) while any
    of it is outstanding and what it turns into by its terms in force, rounded up; for a plan it is the
    options outstanding and the shares still available under it.

    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.terms import Exercise
    >>> from neocapgui.ledger.transactions import Transaction
    >>> day = date(2001, 8, 10)
    >>> common = Security(1, 1, "Common", SecurityKind.COMMON, authorized=Decimal(50_000_000))
    >>> warrants = Security(2, 1, "Warrants", SecurityKind.WARRANT, exercise=Exercise(into=1))
    >>> held = {1: Decimal(20_777_181), 2: Decimal(125_000)}
    >>> past = [Transaction(id, day, "opening", security=id, stakeholder=1, quantity=held[id]) for id in held]
    >>> ledger = Ledger(securities={1: common, 2: warrants}, transactions=Transactions.of(past))
    >>> [(int(one.issued), int(one.reserved), one.available) for one in counts(ledger, Lens(day), 1)]
    [(20777181, 125000, Fraction(29097819, 1)), (125000, 0, None)]
    """
    return tuple(_counts(ledger, lens, ledger.securities_of(issuer)))


def counts_of(ledger: Ledger, lens: Lens, security: Security) -> Counts:
    """Return the four counts of one security, without those of all others.

    >>> common = Security(1, 1, "Common", SecurityKind.COMMON, authorized=Decimal(50_000_000))
    >>> int(counts_of(Ledger(securities={1: common}), Lens(date(2001, 8, 10)), common).available or 0)
    50000000
    """
    (found,) = _counts(ledger, lens, (security,))
    return found


def _counts(ledger: Ledger, lens: Lens, securities: Sequence[Security]) -> Iterator[Counts]:
    held = holdings(ledger, lens)
    terms = TermsInForce.on(ledger, lens)
    totals = held.totals()
    reserved = _reserved(ledger, replace(lens, issuer=None, basis=Basis.OUTSTANDING))
    own = treasury(ledger, held)
    for security in securities:
        issued = totals.get(security.id, Fraction(0))
        kept = own.get(security.id, Fraction(0))
        yield Counts(
            security.id,
            authorized(terms, security),
            issued,
            issued - kept,
            kept,
            reserved.get(security.id, Fraction(0)),
        )


def authorized(terms: TermsInForce, security: Security) -> Fraction | None:
    """Return what the charter authorizes: a split leaves it as it is, only an amendment changes it.

    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.transactions import Transaction
    >>> day = date(2001, 6, 12)
    >>> amended = Transaction(1, day, "authorized", security=1, quantity=Decimal(50_000_000))
    >>> common = Security(1, 1, "Common", SecurityKind.COMMON, authorized=Decimal(25_000_000))
    >>> ledger = Ledger(securities={1: common}, transactions=Transactions.of([amended]))
    >>> for lens in (Lens(date(2001, 6, 11)), Lens(day)):
    ...     print(authorized(TermsInForce.on(ledger, lens), common))
    25000000
    50000000
    """
    changed = _last(terms, "authorized", security.id)
    stated = security.authorized if changed is None else changed[1]
    return None if stated is None else Fraction(stated)


def plan_reserve(terms: TermsInForce, plan: Security) -> Fraction:
    """Return the shares of a plan in all, as last stated, restated for later splits of what it grants.

    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.terms import Exercise
    >>> from neocapgui.ledger.transactions import Transaction
    >>> plan = Security(2, 1, "Plan", SecurityKind.OPTION_PLAN, issued=date(2001, 1, 1),
    ...                 reserve=Decimal(1_000_000), exercise=Exercise(into=1))
    >>> split = Transaction(1, date(2002, 9, 5), "split", security=1, ratio=Fraction(1, 25), value="cash")
    >>> ledger = Ledger(securities={2: plan}, transactions=Transactions.of([split]))
    >>> for lens in (Lens(date(2002, 9, 4)), Lens(date(2002, 9, 5))):
    ...     print(plan_reserve(TermsInForce.on(ledger, lens), plan))
    1000000
    40000
    """
    changed = _last(terms, "reserve", plan.id)
    said: date | None = plan.issued
    stated = plan.reserve
    if changed is not None:
        said, stated = changed
    if stated is None:
        return Fraction(0)
    into = plan.exercise.into
    return Fraction(stated) * (terms.restated(into, said) if into is not None else 1)


def _last(terms: TermsInForce, kind: str, security: int) -> tuple[date, Decimal] | None:
    """Return the day and the number of the last change that states one."""
    rows, transactions = (
        entry_rows(terms.ledger, terms.lens, [kind], security=security),
        terms.ledger.transactions,
    )
    stated = rows[transactions.figures["quantity"].units[rows] != MISSING]
    if not len(stated):
        return None
    last = int(stated[-1])
    quantity = transactions.figures["quantity"].at(last)
    return None if quantity is None else (date.fromordinal(int(transactions.numbers["date"][last])), quantity)


@lru_cache(maxsize=4)
def _reserved(ledger: Ledger, lens: Lens) -> Totals:
    """Return what is reserved of each security for the instruments of all companies."""
    terms, totals = TermsInForce.on(ledger, lens), holdings(ledger, lens).totals()
    reserved: dict[int, Fraction] = {}
    for security in ledger.securities.values():
        for into, shares in reservations(terms, totals, security):
            reserved[into] = reserved.get(into, Fraction(0)) + shares
    return reserved


def reservations(terms: TermsInForce, totals: Totals, security: Security) -> list[tuple[int, Fraction]]:
    """Return of which security shares are reserved for a plan or an instrument, and how many.

    >>> from neocapgui.ledger.terms import Exercise
    >>> bought, kind = Exercise(into=1), SecurityKind.OPTION_PLAN
    >>> plan = Security(2, 1, "Plan", kind, reserve=Decimal(100), exercise=bought)
    >>> terms = TermsInForce.on(Ledger(securities={2: plan}), Lens(date(2001, 8, 10)))
    >>> [(into, int(shares)) for into, shares in reservations(terms, {}, plan)]
    [(1, 100)]
    """
    into = security.exercise.into
    if security.kind is SecurityKind.OPTION_PLAN:
        return [(into, unallocated(terms, totals, security))] if into is not None else []
    outstanding = totals.get(security.id, Fraction(0))
    if not outstanding:
        return []
    if security.kind in _BOUGHT:
        if into is None:
            return []
        return [(into, Fraction(away_from_zero(outstanding * terms.bought_per_unit(security))))]
    turn = terms.conversion(security)
    if turn is None:
        return []
    by_terms = Fraction(0)
    if turn.shares_per_unit is not None:
        by_terms = Fraction(away_from_zero(outstanding * turn.shares_per_unit))
    registered = Fraction(security.reserve or 0) * terms.restated(turn.into, security.issued)
    return [(turn.into, max(by_terms, registered))]


def unallocated(terms: TermsInForce, totals: Totals, plan: Security) -> Fraction:
    """Return what a plan can still grant: its reserve less options outstanding less shares already bought.

    Source: Open Cap Format, stock plan: exercised options stay deducted, cancelled ones return.

    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.terms import Exercise
    >>> from neocapgui.ledger.transactions import Transaction
    >>> lens, into, kinds = Lens(date(2001, 1, 1)), Exercise(into=1), SecurityKind
    >>> plan = Security(2, 1, "Plan", kinds.OPTION_PLAN, reserve=Decimal(1_000_000), exercise=into)
    >>> options = Security(3, 1, "Options", kinds.OPTION, plan=2, exercise=into)
    >>> grant = Transaction(1, lens.as_of, "issuance", security=3, stakeholder=1, quantity=Decimal(300_000))
    >>> ledger = Ledger(securities={2: plan, 3: options}, transactions=Transactions.of([grant]))
    >>> print(unallocated(TermsInForce.on(ledger, lens), holdings(ledger, lens).totals(), plan))
    700000
    """
    left = plan_reserve(terms, plan)
    for grant in terms.ledger.granted_under(plan.id):
        left -= totals.get(grant.id, Fraction(0)) * terms.bought_per_unit(grant)
        left -= _exercised(terms, grant)
    return max(left, Fraction(0))


def _exercised(terms: TermsInForce, grant: Security) -> Fraction:
    rows, transactions = (
        entry_rows(terms.ledger, terms.lens, ["exercise"], security=grant.id),
        terms.ledger.transactions,
    )
    got = transactions.figures["into_quantity"]
    into, day = transactions.numbers["into_security"], transactions.numbers["date"]
    rows = rows[(got.units[rows] != MISSING) & (into[rows] != NOTHING)]
    sums: dict[tuple[int, int], int] = {}  # units by what was got and on which day
    for key, units in zip(
        zip(into[rows].tolist(), day[rows].tolist(), strict=True), got.units[rows].tolist(), strict=True
    ):
        sums[key] = sums.get(key, 0) + units
    parts = (units * terms.restated(security, date.fromordinal(on)) for (security, on), units in sums.items())
    total: Fraction = sum(parts, Fraction(0)) / 10**got.places
    return total


def unallocated_pools(ledger: Ledger, lens: Lens, issuer: int) -> Fraction:
    """Return the shares that the plans of an issuer can still grant, all together.

    >>> day, kind = date(2001, 1, 1), SecurityKind.OPTION_PLAN
    >>> plans = {id: Security(id, 1, "Plan", kind, reserve=Decimal(100 * id)) for id in (1, 2)}
    >>> print(unallocated_pools(Ledger(securities=plans), Lens(day), issuer=1))
    300
    """
    plans = [one for one in ledger.securities_of(issuer) if one.kind is SecurityKind.OPTION_PLAN]
    if not plans:
        return Fraction(0)
    terms, totals = TermsInForce.on(ledger, lens), holdings(ledger, lens).totals()
    return sum((unallocated(terms, totals, plan) for plan in plans), Fraction(0))
