"""A priced round solved exactly: price, pool, what every instrument converts into, who owns what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from neocapgui.engine.calculations.circular_total import TOTAL, Line, Part, circular_total, fixed, percentage
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.round_instruments import (
    Basis,
    Convertible,
    Counts,
    Way,
    adoptable,
    adopted,
    ways,
)
from neocapgui.engine.calculations.rounding import Exact

UNALLOCATED_POOL = "unallocated_pool"


class Convention(StrEnum):
    """How the price meets the money that converts."""

    PERCENTAGE_OWNERSHIP = "percentage_ownership"  # price x total = pre-money + new money
    DOLLARS_INVESTED = "dollars_invested"  # ... + all that converts
    PRE_MONEY_METHOD = "pre_money_method"  # price x count before, without conversions = pre-money


class PoolMode(StrEnum):
    """What the round says about the option pool."""

    NONE = "none"
    INCREASE = "increase"  # by a number of shares
    TARGET_UNALLOCATED = "target_unallocated"  # the unallocated pool is a fraction of the total
    TARGET_TOTAL = "target_total"  # the whole plan, granted options included, is


@dataclass(frozen=True, slots=True)
class Pool:
    """The option pool a round asks for."""

    mode: PoolMode = PoolMode.NONE
    shares: Exact = 0  # with `increase`
    fraction: Exact = 0  # with a target; of the fully diluted total after the round
    granted_ids: tuple[str, ...] = ()  # outstanding entries that are part of the plan


@dataclass(frozen=True, slots=True)
class Cheque:
    """New money from one investor."""

    holder: str
    amount: Exact


@dataclass(frozen=True, slots=True)
class RoundTerms:
    """A round as its term sheet states it, and the company before it."""

    pre_money: Exact
    new_money: tuple[Cheque, ...]
    outstanding: Mapping[str, Exact]  # shares and granted options, by holder or security
    convention: Convention = Convention.PERCENTAGE_OWNERSHIP
    pool: Pool = Pool()
    existing_unallocated_pool: Exact = 0
    convertibles: tuple[Convertible, ...] = ()  # in the order of issue
    mfn_elections: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conversion:
    """What an instrument converts into, and the term that says so."""

    id: str
    amount: Fraction
    shares: Fraction
    price: Fraction
    basis: Basis
    offers: tuple[tuple[Basis, Fraction], ...]  # every price it could have had


@dataclass(frozen=True, slots=True)
class RoundHolding:
    """One line of the table after the round."""

    name: str
    shares: Fraction
    stake: Fraction  # of the fully diluted total; the stakes of a round sum to exactly 1


@dataclass(frozen=True, slots=True)
class PricedRound:
    """A round after its closing; nothing is rounded."""

    price: Fraction
    fully_diluted: Fraction
    pool_increase: Fraction
    company_capitalization: Fraction  # before new money and pool increase, with all that converts
    pre_money_count: Fraction  # before new money, with the pool increase, without anything that converts
    new_money_shares: Mapping[str, Fraction]  # by holder
    conversions: tuple[Conversion, ...]
    holdings: tuple[RoundHolding, ...]


def priced_round(terms: RoundTerms) -> PricedRound:
    """Return the round in which every count agrees with every other.

    With T the fully diluted total after the round, P the price, V pre-money, N new money, F the
    outstanding and E the unallocated pool before, X the pool increase and Q the conversion shares:
    T = F + E + X + sum of Q + N / P, P by the convention, X by the pool's mode. An instrument
    converts at the lowest of P x (1 - discount) and its cap / count: Q = amount / that price. All of
    it is linear in T but for the choice between cap and discount, so it is solved exactly; nothing
    is rounded. At a tie of two prices the discount is named.

    Refusals: `pool_target_below_existing`, `promises_whole_company`, `bad_input`. Source: Y
    Combinator, Post-Money Safe User Guide, Appendix II; Cooley GO, "Calculating Share Price With
    Outstanding Convertible Notes or Safes".

    Two founders of 1,000,000 shares each, 2,000,000 of new money on 8,000,000:

    >>> founders = {"ada": 1_000_000, "bob": 1_000_000}
    >>> closed = priced_round(RoundTerms(8_000_000, (Cheque("seed", 2_000_000),), founders))
    >>> closed.price, [holding.stake for holding in closed.holdings]
    (Fraction(4, 1), [Fraction(2, 5), Fraction(2, 5), Fraction(1, 5)])
    """
    _refuse_nonsense(terms)
    increase = _pool_increase(terms)
    counts = _counts(terms, increase)
    instruments = adopted(terms.convertibles, terms.mfn_elections)
    choices = [(instrument, ways(instrument, counts)) for instrument in instruments]
    parts = [
        Part("shares and pool before the money", (counts.pre_money,)),
        Part("new money", (counts.shares_per_money * _new_money(terms),)),
    ]
    for instrument, its_ways in choices:
        shares = tuple(way.shares_per_money * instrument.amount for way in its_ways)
        parts.append(Part(instrument.id, shares))
    total = circular_total(parts)
    pool_after = Fraction(terms.existing_unallocated_pool) + increase.at(total)
    if increase.at(total) < 0:
        raise CalculationRefused(
            "pool_target_below_existing",
            f"The round would leave an unallocated pool of {percentage(pool_after / total)} of the company, "
            f"less than the {terms.existing_unallocated_pool} shares that are unallocated now.",
        )
    price = 1 / counts.shares_per_money.at(total)
    conversions = tuple(_converted(instrument, its_ways, total) for instrument, its_ways in choices)
    bought = _added_up((cheque.holder, Fraction(cheque.amount) / price) for cheque in terms.new_money)
    after = _added_up(
        [
            *((name, Fraction(count)) for name, count in terms.outstanding.items()),
            *((conversion.id, conversion.shares) for conversion in conversions),
            *bought.items(),
            *([(UNALLOCATED_POOL, pool_after)] if pool_after else []),
        ]
    )
    return PricedRound(
        price=price,
        fully_diluted=total,
        pool_increase=increase.at(total),
        company_capitalization=counts.company_capitalization.at(total),
        pre_money_count=counts.pre_money.at(total),
        new_money_shares=bought,
        conversions=conversions,
        holdings=tuple(RoundHolding(name, count, count / total) for name, count in after.items()),
    )


@dataclass(frozen=True, slots=True)
class MfnPackage:
    """What an MFN instrument gets if it adopts one instrument's terms, or none."""

    elected: str | None
    conversion: Conversion
    stake: Fraction


def mfn_packages(terms: RoundTerms, id: str) -> tuple[MfnPackage, ...]:
    """Return what an MFN instrument gets under each package it may elect, the best stake first.

    The round is solved anew for each: the election moves the price it is judged by. The other
    elections stay. No package mixes one instrument's cap with another's discount.

    >>> from neocapgui.engine.calculations.round_instruments import Form
    >>> favoured = Convertible("favoured", Form.MFN, 100)
    >>> later = Convertible("later", Form.DISCOUNT_SAFE, 100, discount=Fraction(1, 2))
    >>> terms = RoundTerms(900, (), {"ada": 1_000}, convertibles=(favoured, later))
    >>> [(package.elected, package.stake) for package in mfn_packages(terms, "favoured")]
    [('later', Fraction(2, 9)), (None, Fraction(1, 9))]
    """
    packages = []
    for elected in (None, *adoptable(terms.convertibles, id)):
        closed = priced_round(replace(terms, mfn_elections={**terms.mfn_elections, id: elected}))
        conversion = next(conversion for conversion in closed.conversions if conversion.id == id)
        packages.append(MfnPackage(elected, conversion, conversion.shares / closed.fully_diluted))
    return tuple(sorted(packages, key=lambda package: package.stake, reverse=True))


def _new_money(terms: RoundTerms) -> Fraction:
    return sum((Fraction(cheque.amount) for cheque in terms.new_money), Fraction(0))


def _pool_increase(terms: RoundTerms) -> Line:
    pool, existing = terms.pool, Fraction(terms.existing_unallocated_pool)
    match pool.mode:
        case PoolMode.NONE:
            return fixed(0)
        case PoolMode.INCREASE:
            return fixed(pool.shares)
        case PoolMode.TARGET_UNALLOCATED:
            return TOTAL * pool.fraction - fixed(existing)
        case PoolMode.TARGET_TOTAL:
            granted = sum((Fraction(terms.outstanding[id]) for id in set(pool.granted_ids)), Fraction(0))
            return TOTAL * pool.fraction - fixed(existing + granted)


def _counts(terms: RoundTerms, increase: Line) -> Counts:
    """Return 1 / price and both capitalizations; refuse money and pool that leave nothing to others."""
    new_money = _new_money(terms)
    outstanding = sum((Fraction(count) for count in terms.outstanding.values()), Fraction(0))
    pre_money = fixed(outstanding + Fraction(terms.existing_unallocated_pool)) + increase
    valued = Fraction(terms.pre_money) + new_money
    match terms.convention:
        case Convention.PERCENTAGE_OWNERSHIP:
            per_money = TOTAL / valued
        case Convention.DOLLARS_INVESTED:
            converted = sum((Fraction(instrument.amount) for instrument in terms.convertibles), valued)
            per_money = TOTAL / converted
        case Convention.PRE_MONEY_METHOD:
            per_money = pre_money / terms.pre_money
    capitalization = TOTAL - increase - per_money * new_money
    if capitalization.slope <= 0:
        raise CalculationRefused(
            "promises_whole_company",
            f"New money and pool would take {percentage(1 - capitalization.slope)} of the company.",
        )
    return Counts(per_money, capitalization, pre_money)


def _converted(instrument: Convertible, its_ways: tuple[Way, ...], total: Fraction) -> Conversion:
    """Return the conversion at the lowest price; the first way is named where two are equal."""
    way = max(its_ways, key=lambda way: way.shares_per_money.at(total))
    price = 1 / way.shares_per_money.at(total)
    offers = tuple((offer.basis, 1 / offer.shares_per_money.at(total)) for offer in its_ways)
    amount = Fraction(instrument.amount)
    return Conversion(instrument.id, amount, amount / price, price, way.basis, offers)


def _added_up(entries: Iterable[tuple[str, Fraction]]) -> dict[str, Fraction]:
    """Return the entries by name; a founder who also invests is one line."""
    sums: dict[str, Fraction] = {}
    for name, count in entries:
        sums[name] = sums.get(name, Fraction(0)) + count
    return sums


def _refuse_nonsense(terms: RoundTerms) -> None:
    pool = terms.pool
    for is_wrong, code, sentence in (
        (terms.pre_money <= 0, "bad_input", f"The pre-money valuation is {terms.pre_money}."),
        *(
            (cheque.amount < 0, "bad_input", f"{cheque.holder} invests {cheque.amount}.")
            for cheque in terms.new_money
        ),
        *(
            (count < 0, "bad_input", f"{name} holds {count} shares.")
            for name, count in terms.outstanding.items()
        ),
        (
            terms.existing_unallocated_pool < 0,
            "bad_input",
            f"{terms.existing_unallocated_pool} shares are unallocated.",
        ),
        (pool.fraction < 0, "bad_input", f"The pool target is {pool.fraction} of the company."),
        (pool.fraction >= 1, "promises_whole_company", f"The pool target is {pool.fraction} of the company."),
        *(
            (id not in terms.outstanding, "bad_input", f"{id} in the plan is not outstanding.")
            for id in pool.granted_ids
        ),
    ):
        if is_wrong:
            raise CalculationRefused(code, sentence)
