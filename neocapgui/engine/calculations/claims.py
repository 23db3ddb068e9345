"""What every creditor and class of a company may claim when it is sold or wound up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact


class Participation(StrEnum):
    """Whether preferred stock that holds its preference also shares in the rest."""

    NONE = "none"
    FULL = "full"
    CAPPED = "capped"  # until preference and participation together reach the cap


class CapBasis(StrEnum):
    """Whether accrued dividends use up the cap of a participating class."""

    INCLUDES_DIVIDENDS = "includes_dividends"
    EXCLUDES_DIVIDENDS = "excludes_dividends"  # they come on top of the cap


class Settlement(StrEnum):
    """What becomes of accrued dividends when preferred stock converts."""

    FORFEITED = "forfeited"
    PAID = "paid"  # in money, at the rank of the preference
    PAID_IN_KIND = "paid_in_kind"  # they count as further shares of the class from the start


class Decision(StrEnum):
    """The two ways of a preferred class that can convert."""

    CONVERT = "convert"
    PREFERENCE = "preference"  # holds, with or without participation


class PointKind(StrEnum):
    """Why the sharing of the next unit of value changes."""

    DEBT_REPAID = "debt_repaid"
    PREFERENCE = "preference"
    EXERCISE = "exercise"
    PARTICIPATION_CAP = "participation_cap"
    CONVERSION = "conversion"


@dataclass(frozen=True, slots=True)
class Debt:
    """A loan or note that is repaid before every class; the lower rank is paid first."""

    id: str
    claim: Exact
    seniority: int = 0


@dataclass(frozen=True, slots=True)
class Common:
    """Shares that take part in the rest from the first unit on."""

    id: str
    shares: Exact


@dataclass(frozen=True, slots=True)
class Option:
    """Options or warrants, exercised exactly when a common share is worth more than the strike."""

    id: str
    shares: Exact
    strike: Exact  # money per share


@dataclass(frozen=True, slots=True)
class Pool:
    """Shares reserved for grants and granted to nobody: they take no part in an exit."""

    id: str
    shares: Exact


@dataclass(frozen=True, slots=True)
class Preferred:
    """Preferred stock with its liquidation terms; the lower rank is paid first."""

    id: str
    shares: Exact
    seniority: int
    invested: Exact  # original investment: shares x original issue price
    multiple: Exact = 1
    ratio: Exact = 1  # common shares per preferred share
    participation: Participation = Participation.NONE
    cap_multiple: Exact | None = None  # of the investment, counting the preference itself
    accrued: Exact = 0  # dividends, not multiplied
    settlement: Settlement = Settlement.FORFEITED
    cap_basis: CapBasis = CapBasis.INCLUDES_DIVIDENDS
    is_convertible: bool = True


ShareClass = Common | Preferred | Option | Pool


@dataclass(frozen=True, slots=True)
class Step:
    """A value per common share above which a class shares in the rest with more shares, or fewer."""

    value: Fraction  # money per common share
    change: Fraction  # common-equivalent shares that join (+) or leave (-)
    kind: PointKind | None = None  # None where the class shares from the first unit on


@dataclass(frozen=True, slots=True)
class Entitlement:
    """One claimant's terms: a claim paid by rank, then steps of sharing in the rest."""

    id: str
    rank: tuple[int, int] = (0, 0)  # debt 0, preferred 1; then the seniority
    claim: Fraction = Fraction(0)
    steps: tuple[Step, ...] = ()

    def share_of_rest(self, value: Fraction) -> Fraction:
        """Return what the claimant gets beyond its claim when a common share is worth `value`."""
        passed = ((value - step.value) * step.change for step in self.steps if value > step.value)
        return sum(passed, Fraction(0))

    def is_converted(self, value: Fraction) -> bool:
        """Return whether converting pays more than holding when a common share is worth `value`."""
        return any(step.kind is PointKind.CONVERSION and value > step.value for step in self.steps)


@dataclass(frozen=True, slots=True)
class Layer:
    """The claims of one rank, which share in proportion to the claims."""

    kind: PointKind
    claims: Mapping[str, Fraction]

    @property
    def total(self) -> Fraction:
        """Return all the claims of the rank."""
        return sum(self.claims.values(), Fraction(0))


def entitlement(claimant: Debt | ShareClass, decision: Decision | None = None) -> Entitlement:
    """Return the terms of a claimant in one common form.

    preference = investment x multiple + accrued dividends; cap = cap multiple x investment, with the
    dividends on top where the cap excludes them; a preference above the cap is cut off at it. Conversion
    shares u = shares x ratio. Dividends paid in kind multiply investment, cap and u by 1 + dividends /
    investment. With v the value per common share the claimant gets, beyond its rank:
    common u v; option u max(0, v - strike); non-participating max(preference, u v); participating
    preference + u v; capped max(min(preference + u v, cap), u v). Without `decision` a class takes the
    better; with it, it does as told. Exact. Refuses `bad_input`. Source: the NVCA model charter, article
    Fourth, part B, sections 2 and 4, and the usual variants of its cap.

    >>> entitlement(Preferred("A", shares=2_000_000, seniority=1, invested=5_000_000)).steps[0].value
    Fraction(5, 2)
    """
    match claimant:
        case Debt():
            return Entitlement(claimant.id, (0, claimant.seniority), _amount(claimant.id, claimant.claim))
        case Common():
            return Entitlement(claimant.id, steps=_steps(Fraction(0), _amount(claimant.id, claimant.shares)))
        case Option():
            strike = _amount(claimant.id, claimant.strike)
            shares = _amount(claimant.id, claimant.shares)
            return Entitlement(claimant.id, steps=_steps(strike, shares, PointKind.EXERCISE))
        case Pool():
            return Entitlement(claimant.id)
        case Preferred():
            return _preferred(claimant, decision)


def entitlements(debt: Sequence[Debt], classes: Sequence[ShareClass]) -> tuple[Entitlement, ...]:
    """Return the terms of all claimants, debt first, each in the order given.

    Refuses `bad_input`: a name that stands twice, a negative figure, a cap that is missing.

    >>> [terms.id for terms in entitlements([Debt("bank", 100)], [Common("common", 50)])]
    ['bank', 'common']
    """
    claimants = (*debt, *classes)
    names = [claimant.id for claimant in claimants]
    for name in names:
        if names.count(name) > 1:
            raise CalculationRefused("bad_input", f"{name} stands {names.count(name)} times in the table.")
    return tuple(entitlement(claimant) for claimant in claimants)


def layers(stack: Iterable[Entitlement]) -> tuple[Layer, ...]:
    """Return the claims rank by rank, those paid first in front; ranks without a claim are left out.

    >>> stack = entitlements([Debt("bank", 700), Debt("mezzanine", 300, seniority=1)], [Common("common", 1)])
    >>> [(str(layer.kind), int(layer.total)) for layer in layers(stack)]
    [('debt_repaid', 700), ('debt_repaid', 300)]
    """
    claims = sorted((terms for terms in stack if terms.claim), key=lambda terms: terms.rank)
    return tuple(
        Layer(
            PointKind.PREFERENCE if rank[0] else PointKind.DEBT_REPAID,
            {terms.id: terms.claim for terms in equal},
        )
        for rank, equal in groupby(claims, key=lambda terms: terms.rank)
    )


def _preferred(stock: Preferred, decision: Decision | None) -> Entitlement:
    invested, accrued = _amount(stock.id, stock.invested), _amount(stock.id, stock.accrued)
    units = _amount(stock.id, stock.shares) * _amount(stock.id, stock.ratio)
    if stock.settlement is Settlement.PAID_IN_KIND and accrued:
        if not invested:
            raise CalculationRefused("bad_input", f"{stock.id} pays dividends in kind on an investment of 0.")
        growth = 1 + accrued / invested
        invested, units, accrued = invested * growth, units * growth, Fraction(0)
    preference = invested * _amount(stock.id, stock.multiple) + accrued
    ceiling = preference  # what the class gets at most without converting; no limit if fully participating
    sharing = _steps(Fraction(0), units) if stock.participation is not Participation.NONE else ()
    if stock.participation is Participation.CAPPED:
        if stock.cap_multiple is None:
            raise CalculationRefused("bad_input", f"{stock.id} participates up to a cap that is not given.")
        ceiling = invested * _amount(stock.id, stock.cap_multiple)
        if stock.cap_basis is CapBasis.EXCLUDES_DIVIDENDS:
            ceiling += accrued
        preference = min(preference, ceiling)
        if units:
            sharing += _steps((ceiling - preference) / units, -units, PointKind.PARTICIPATION_CAP)
    # Dividends that survive conversion never pay more than the preference they are a part of.
    kept = min(accrued, preference) if stock.settlement is Settlement.PAID else Fraction(0)
    held = Entitlement(stock.id, (1, stock.seniority), preference, sharing)
    if not stock.is_convertible or decision is Decision.PREFERENCE:
        return held
    if decision is Decision.CONVERT:
        return replace(held, claim=kept, steps=_steps(Fraction(0), units))
    if stock.participation is Participation.FULL or not units:
        return held
    conversion = _steps((ceiling - kept) / units, units, PointKind.CONVERSION)
    return replace(held, steps=sharing + conversion)


def _steps(value: Fraction, change: Fraction, kind: PointKind | None = None) -> tuple[Step, ...]:
    return (Step(value, change, kind),) if change else ()


def _amount(name: str, figure: Exact) -> Fraction:
    if figure < 0:
        raise CalculationRefused("bad_input", f"{name} has a negative figure of {figure}.")
    return Fraction(figure)
