"""Who owns what part of a company on a day, counted on one of four bases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any, overload

import numpy as np

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.holdings import Holdings, by_security, holdings
from neocapgui.engine.itself import stakeholders_being
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.reserves import unallocated_pools
from neocapgui.engine.rights import TermsInForce, Turn
from neocapgui.engine.same import Same
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.terms import SecurityKind

STOCK = frozenset({SecurityKind.COMMON, SecurityKind.PREFERRED})
BOUGHT = frozenset({SecurityKind.WARRANT, SecurityKind.OPTION, SecurityKind.RIGHT})
_SAFE = 2**62
_SPARSE = 100  # numbers for each row, from which on no place is kept for every number up to the largest
_HANDFUL = 64  # holdings that are added up one by one
_FEW = 8  # times as many holdings, from which on those of one company are picked out of all
_LONGEST = 3_322  # bits of a weight, and of the denominator of all: with splits and counts still readable
_TOO_LONG = "counts of more than 1,000 digits"
POOL = 0  # stands for the stakeholder of an unallocated pool; no stakeholder has this number


@dataclass(frozen=True, slots=True)
class Owner:
    """One line of an ownership table."""

    stakeholder: int  # POOL for the unallocated pool
    shares: Fraction  # on the basis asked for
    stake: Fraction  # of all shares on that basis; the stakes of a company sum to exactly 1


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A security that the basis should count and cannot, with the reason."""

    security: int
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Ownership(Sequence[Owner]):
    """The owners of a company, the largest first; each is made when it is asked for."""

    basis: Basis
    stakeholders: Integers
    units: Integers  # of 1 / scale shares
    scale: int
    weights: Mapping[int, Fraction]  # shares that one unit of each security counts for
    uncounted: tuple[Uncounted, ...]
    total_units: int

    def __len__(self) -> int:
        return len(self.units)

    @overload
    def __getitem__(self, index: int) -> Owner: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Owner]: ...

    def __getitem__(self, index: int | slice) -> Owner | Sequence[Owner]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return Owner(int(self.stakeholders[index]), *self._shares_and_stake(self.units[index]))

    def _shares_and_stake(self, units: Any) -> tuple[Fraction, Fraction]:
        if isinstance(units, Fraction) or isinstance(self.total_units, Fraction):
            exact = units if isinstance(units, Fraction) else Fraction(int(units))
            return exact / self.scale, exact / self.total_units if self.total_units else Fraction(0)
        whole, total = int(units), self.total_units
        return Fraction(whole, self.scale), Fraction(whole, total) if total else Fraction(0)

    @property
    def total(self) -> Fraction:
        """All shares on the basis."""
        return Fraction(self.total_units) / self.scale

    def of(self, stakeholder: int) -> Owner:
        """Return the line of one stakeholder, of nothing where it owns nothing."""
        found = np.flatnonzero(self.stakeholders == stakeholder)
        return self[int(found[0])] if len(found) else Owner(stakeholder, Fraction(0), Fraction(0))


def weights(ledger: Ledger, lens: Lens, issuer: int) -> tuple[dict[int, Fraction], tuple[Uncounted, ...]]:
    """Return the shares one unit of each security of an issuer counts for, and what cannot be counted.

    Outstanding: every share of stock is one. Voting: its votes, or the votes of the common it converts
    into. As converted: common, and preferred at its conversion ratio in force. Fully diluted: also
    options, warrants, rights and other convertibles. What cannot be known counts for nothing and is named.

    >>> from datetime import date
    >>> from neocapgui.ledger.facts import ConversionRight
    >>> from neocapgui.ledger.terms import ConversionBasis
    >>> kinds = {1: SecurityKind.COMMON, 2: SecurityKind.PREFERRED, 3: SecurityKind.WARRANT}
    >>> ledger = Ledger(
    ...     securities={id: Security(id, 1, kind.value, kind) for id, kind in kinds.items()},
    ...     conversion_rights={1: ConversionRight(1, 2, 1, ConversionBasis.RATIO, ratio=Fraction(5, 2))})
    >>> {id: str(weight) for id, weight in weights(ledger, Lens(date(2001, 8, 10)), issuer=1)[0].items()}
    {1: '1', 2: '5/2'}
    """
    terms = TermsInForce.on(ledger, lens)
    counts: dict[int, Fraction] = {}
    uncounted: list[Uncounted] = []
    common = 1  # denominator of all that is counted
    for security in ledger.securities_of(issuer):
        try:
            weight = _WEIGHTS[lens.basis](terms, security)
            if isinstance(weight, Fraction):
                together = lcm(common, weight.denominator)
                if max(together, abs(weight.numerator)).bit_length() > _LONGEST:
                    raise CalculationRefused("too_long", f"its ratio and those before it make {_TOO_LONG}")
                common = together
        except CalculationRefused as loop:
            uncounted.append(Uncounted(security.id, str(loop)))
            continue
        if isinstance(weight, Turn):
            uncounted.append(Uncounted(security.id, weight.reason))
        elif weight:
            counts[security.id] = weight
    return counts, tuple(uncounted)


def _outstanding(terms: TermsInForce, security: Security) -> Turn | Fraction | None:
    return Fraction(1) if security.kind in STOCK else None


def _voting(terms: TermsInForce, security: Security) -> Turn | Fraction | None:
    if security.kind not in STOCK:
        return None
    return terms.common_per_unit(security) if security.votes_as_converted else Fraction(security.votes)


def _as_converted(terms: TermsInForce, security: Security) -> Turn | Fraction | None:
    return terms.common_per_unit(security) if security.kind in STOCK else None


def _fully_diluted(terms: TermsInForce, security: Security) -> Turn | Fraction | None:
    if security.kind in BOUGHT:
        bought = terms.ledger.securities.get(security.exercise.into or 0)
        if bought is None or bought.issuer != security.issuer:
            return None
        further = terms.common_per_unit(bought)
        return further * terms.bought_per_unit(security) if isinstance(further, Fraction) else further
    return terms.common_per_unit(security)


_WEIGHTS = {
    Basis.OUTSTANDING: _outstanding,
    Basis.VOTING: _voting,
    Basis.AS_CONVERTED: _as_converted,
    Basis.FULLY_DILUTED: _fully_diluted,
}


def ownership(ledger: Ledger, lens: Lens) -> Ownership:
    """Return the owners of the lens's issuer at the end of its day, on its basis.

    Treasury shares (of the issuer in its own hand) are not counted; the fully diluted basis adds what
    is reserved under plans and not granted. Nothing is rounded.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.transactions import Transaction
    >>> day = date(2001, 8, 13)
    >>> held = {1: 1_030_555, 2: 125_000}
    >>> issues = [Transaction(who, day, "issuance", security=1, stakeholder=who, quantity=Decimal(shares))
    ...           for who, shares in held.items()]
    >>> ledger = Ledger(securities={1: Security(1, 1, "Common", SecurityKind.COMMON)},
    ...                 transactions=Transactions.of(issues))
    >>> [str(owner.stake) for owner in ownership(ledger, Lens(day, issuer=1))]
    ['206111/231111', '25000/231111']
    """
    if lens.issuer is None:
        raise ValueError("Ownership is asked of one issuer.")
    return owners(ledger, lens, lens.issuer, holdings(ledger, lens))


@lru_cache(maxsize=16)
def owners(ledger: Ledger, lens: Lens, issuer: int, held: Holdings) -> Ownership:
    """Return the owners of an issuer from holdings that are already known.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.transactions import Transaction
    >>> lens = Lens(date(2001, 8, 10))
    >>> known = Transaction(1, lens.as_of, "opening", security=1, stakeholder=1, quantity=Decimal(20_777_181))
    >>> ledger = Ledger(securities={1: Security(1, 1, "Common", SecurityKind.COMMON)},
    ...                 transactions=Transactions.of([known]))
    >>> [(one.stakeholder, int(one.shares)) for one in owners(ledger, lens, 1, holdings(ledger, lens))]
    [(1, 20777181)]
    """
    counts, uncounted = weights(ledger, lens, issuer)
    pools = unallocated_pools(ledger, lens, issuer) if lens.basis is Basis.FULLY_DILUTED else Fraction(0)
    denominator = lcm(pools.denominator, *(weight.denominator for weight in counts.values()))
    scale = denominator * 10**held.places
    stakeholders, units = weighted(held, counts, denominator, stakeholders_being(ledger, issuer))
    if pools:
        stakeholders, more = np.append(stakeholders, POOL), int(pools * scale)
        units = np.append(units if more < _SAFE else units.astype(object), more)
    order = np.lexsort((stakeholders, -units)) if units.dtype != object else _sorted(stakeholders, units)
    stakeholders, units = stakeholders[order], units[order]
    return Ownership(lens.basis, stakeholders, units, scale, counts, uncounted, _sum(units))


def _sum(units: Integers) -> Any:
    if units.dtype == object or not len(units) or int(np.abs(units).max()) * len(units) >= _SAFE:
        return sum(units.tolist())
    return int(units.sum())


def _sorted(stakeholders: Integers, units: Integers) -> Integers:
    lines = zip(units.tolist(), stakeholders.tolist(), range(len(units)), strict=True)
    return np.array([place for *_, place in sorted(lines, key=lambda line: (-line[0], line[1]))], np.int64)


def weighted(
    held: Holdings, counts: Mapping[int, Fraction], denominator: int, left_out: Sequence[int]
) -> tuple[Integers, Integers]:
    """Return each stakeholder with its weighted units (of 10^-places / denominator shares).

    >>> held = Holdings(np.array([1, 1, 2]), np.array([1, 2, 1]), np.array([100, 10, 60]), places=0)
    >>> who, units = weighted(held, {1: Fraction(1), 2: Fraction(5, 2)}, denominator=2, left_out=())
    >>> who.tolist(), units.tolist()
    ([1, 2], [250, 120])
    """
    securities, who, units = held.securities, held.stakeholders, held.units
    order, ordered = by_security(Same(securities))
    sought = np.array([[id, id + 1] for id in counts] or [[0, 0]]).astype(ordered.dtype)
    begins, ends = np.searchsorted(ordered, sought).T
    count = int((ends - begins).sum())
    if count <= _HANDFUL:
        places = [order[first:last].tolist() for first, last in zip(begins, ends, strict=True)]
        return _weighted_one_by_one(held, places, counts, denominator, left_out)
    factors = _factors(held, counts, denominator)
    if count * _FEW < len(order):  # one company of many: no look at all others
        rows = np.sort(np.concatenate([order[first:last] for first, last in zip(begins, ends, strict=True)]))
        securities, who, units = securities[rows], who[rows], units[rows]
    factor = factors[securities]
    counted = factor != 0
    if left_out:
        counted &= ~np.isin(who, left_out)
    if counted.all():
        units = units * factor
    else:
        who, units = who[counted], units[counted] * factor[counted]
    numbers: Integers | None = None
    if int(who.max(initial=0)) > _SPARSE * (1 + len(who)):
        numbers, who = np.unique(who, return_inverse=True)
    sums = np.zeros(1 + int(who.max(initial=0)), units.dtype)
    np.add.at(sums, who, units)
    present = np.flatnonzero(sums != 0)
    return present if numbers is None else numbers[present], sums[present]


def _weighted_one_by_one(
    held: Holdings,
    places: Sequence[Sequence[int]],
    counts: Mapping[int, Fraction],
    denominator: int,
    left_out: Sequence[int],
) -> tuple[Integers, Integers]:
    """Return what `weighted` returns of a company with a handful of holdings: there may be thousands such."""
    sums: dict[int, Any] = {}
    for own, weight in zip(places, counts.values(), strict=False):
        factor = int(weight * denominator)
        for place in own:
            who, units = int(held.stakeholders[place]), held.units[place]
            if who not in left_out:
                exact = units if isinstance(units, Fraction) else int(units)
                sums[who] = sums.get(who, 0) + exact * factor
    found = {who: sums[who] for who in sorted(sums) if sums[who]}
    is_small = held.units.dtype != object and all(abs(units) * len(found) < _SAFE for units in found.values())
    units = np.empty(len(found), np.int64 if is_small else object)
    units[:] = list(found.values())
    return np.array(list(found), held.stakeholders.dtype), units


def _factors(held: Holdings, counts: Mapping[int, Fraction], denominator: int) -> Integers:
    """Return the whole factor of each security; of Python integers where 64 bits do not hold the sums."""
    size = 1 + max(int(held.securities.max(initial=0)), max(counts, default=0))
    largest = max((abs(int(weight * denominator)) for weight in counts.values()), default=0)
    wide = held.units.dtype == object or largest >= _SAFE
    if not wide and len(held):
        most = max(int(held.units.max()), -int(held.units.min()))
        wide = largest * most * len(held) >= _SAFE
    factors = np.zeros(size, object if wide else np.int64)
    for security, weight in counts.items():
        factors[security] = int(weight * denominator)
    return factors
