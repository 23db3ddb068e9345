"""What each class is worth today by the option pricing method."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from neocapgui.engine.calculations.breakpoints import Tranche, breakpoints
from neocapgui.engine.calculations.claims import Debt, Pool, ShareClass
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What the method assumes about the equity until the exit."""

    volatility: Exact  # of the equity, per year: 0.6
    years: Exact  # to the exit
    risk_free: Exact  # per year, continuously compounded


@dataclass(frozen=True, slots=True)
class TrancheValue:
    """A tranche between two breakpoints and what it is worth today."""

    tranche: Tranche
    value: Fraction


@dataclass(frozen=True, slots=True)
class Allocation:
    """The value of the equity, shared out."""

    equity_value: Fraction  # debt included
    tranches: tuple[TrancheValue, ...]
    values: Mapping[str, Fraction]  # of every debt and class; they add to the equity value exactly
    per_share: Mapping[str, Fraction]  # of every class


def call_value(equity: float, strike: float, assumptions: Assumptions) -> float:
    """Return the value of a call on equity without dividends (Black and Scholes, 1973).

    C = S N(d1) - K e^(-rt) N(d2), d1 = (ln(S / K) + (r + volatility^2 / 2) t) / (volatility sqrt t),
    d2 = d1 - volatility sqrt t, N by the complementary error function. In binary floating point, good to
    about 15 digits. Without volatility or time it is what the equity exceeds the discounted strike by.

    >>> round(call_value(100.0, 100.0, Assumptions(Fraction(1, 5), 1, Fraction(1, 20))), 6)
    10.450584
    """
    volatility, years, rate = (
        float(f) for f in (assumptions.volatility, assumptions.years, assumptions.risk_free)
    )
    discounted = strike * math.exp(-rate * years)
    spread = volatility * math.sqrt(years)
    if equity <= 0 or discounted <= 0 or spread == 0:
        return max(equity - discounted, 0.0)
    d1 = math.log(equity / discounted) / spread + spread / 2
    return equity * _normal(d1) - discounted * _normal(d1 - spread)


def opm_allocation(
    equity_value: Exact, assumptions: Assumptions, classes: Sequence[ShareClass], debt: Sequence[Debt] = ()
) -> Allocation:
    """Return the value of every class by the option pricing method.

    The tranche between two breakpoints is worth the difference of the calls struck at them; the first call is
    the equity itself, and beyond the last point nothing is taken off. A class has its part of each
    tranche. Calls are floating point, everything after them is exact, so the values add to the equity
    value. Options count net of their strike. Unrounded. Refuses `bad_input` (negative equity value,
    volatility or time) and what `breakpoints` refuses. Source: the AICPA guide named there.

    >>> from neocapgui.engine.calculations.claims import Common, Preferred
    >>> a = Preferred("A", shares=2_000_000, seniority=1, invested=5_000_000)
    >>> stack = [Common("founders", 8_000_000), a]
    >>> terms = Assumptions(Fraction("0.60"), 3, Fraction("0.04"))
    >>> answer = opm_allocation(Fraction("16120936.94"), terms, stack)
    >>> round(float(answer.per_share["founders"]), 6)
    1.390117
    """
    _refuse_impossible(assumptions)
    if equity_value < 0:
        raise CalculationRefused("bad_input", f"An equity value of {equity_value} is negative.")
    tranches = breakpoints(classes, debt).tranches
    worth = _tranche_values(Fraction(equity_value), assumptions, tranches)
    values = {claimant.id: Fraction(0) for claimant in (*debt, *classes)}
    for tranche, value in zip(tranches, worth, strict=True):
        for name, part in tranche.shares.items():
            values[name] += part * value
    return Allocation(
        equity_value=Fraction(equity_value),
        tranches=tuple(TrancheValue(t, v) for t, v in zip(tranches, worth, strict=True)),
        values=values,
        per_share={c.id: values[c.id] / Fraction(c.shares) if c.shares else Fraction(0) for c in classes},
    )


def opm_backsolve(
    security: str,
    price_per_share: Exact,
    assumptions: Assumptions,
    classes: Sequence[ShareClass],
    debt: Sequence[Debt] = (),
) -> Allocation:
    """Return the allocation of the equity value at which one class is worth its deal price.

    The value of a class rises with the equity value, so halving an interval finds it, here to the last
    binary digit. `classes` is the table after the round: the new shares stand in it. Refuses `bad_input`
    and `no_equity_value`, when the class is limited to less than its price. Source: as `opm_allocation`.

    >>> from neocapgui.engine.calculations.claims import Common, Preferred
    >>> a = Preferred("A", shares=2_000_000, seniority=1, invested=5_000_000)
    >>> stack = [Common("founders", 8_000_000), a]
    >>> terms = Assumptions(Fraction("0.60"), 3, Fraction("0.04"))
    >>> answer = opm_backsolve("A", Fraction("2.50"), terms, stack)
    >>> round(float(answer.equity_value), 1)
    16120936.9
    """
    _refuse_impossible(assumptions)
    priced = {c.id: Fraction(c.shares) for c in classes if not isinstance(c, Pool)}
    if not priced.get(security):
        raise CalculationRefused("bad_input", f"{security} has no shares to be priced in the table.")
    if price_per_share <= 0:
        raise CalculationRefused("bad_input", f"A price of {price_per_share} for {security} says nothing.")
    target = float(Fraction(price_per_share) * priced[security])
    tranches = breakpoints(classes, debt).tranches
    parts = [float(tranche.shares.get(security, 0)) for tranche in tranches]
    if target >= _limit(parts, tranches, assumptions) * (1 - 1e-12):
        raise CalculationRefused(
            "no_equity_value", f"No equity value makes a share of {security} worth {price_per_share}."
        )

    def worth(equity: float) -> float:
        values = _tranche_values(Fraction(equity), assumptions, tranches)
        return math.fsum(part * float(value) for part, value in zip(parts, values, strict=True))

    low, high = 0.0, target
    while worth(high) < target:
        low, high = high, 2 * high
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if worth(middle) < target else (low, middle)
    return opm_allocation(Fraction(high), assumptions, classes, debt)


def _tranche_values(
    equity: Fraction, assumptions: Assumptions, tranches: Sequence[Tranche]
) -> list[Fraction]:
    calls = [equity]
    for tranche in tranches[1:]:
        struck = Fraction(call_value(float(equity), float(tranche.start), assumptions))
        # A higher strike is never worth more, nor less than nothing; the last binary digit may say so.
        calls.append(min(calls[-1], max(struck, Fraction(0))))
    return [upper - lower for upper, lower in zip(calls, (*calls[1:], Fraction(0)), strict=True)]


def _limit(parts: Sequence[float], tranches: Sequence[Tranche], assumptions: Assumptions) -> float:
    """Return what a class cannot be worth however high the equity: its most at the exit, discounted."""
    if parts[-1]:
        return math.inf
    most = math.fsum(
        part * float((t.end or 0) - t.start) for part, t in zip(parts, tranches, strict=True) if part
    )
    return most * math.exp(-float(assumptions.risk_free) * float(assumptions.years))


def _normal(x: float) -> float:
    return math.erfc(-x / math.sqrt(2)) / 2


def _refuse_impossible(assumptions: Assumptions) -> None:
    if assumptions.volatility < 0 or assumptions.years < 0:
        raise CalculationRefused(
            "bad_input",
            f"A volatility of {assumptions.volatility} over {assumptions.years} years is impossible.",
        )
