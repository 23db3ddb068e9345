"""Who gets how much of the money when a company is sold or wound up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from neocapgui.engine.calculations.claims import (
    Debt,
    Decision,
    Entitlement,
    Option,
    Preferred,
    ShareClass,
    entitlement,
    entitlements,
    layers,
)
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact, rounded_to


@dataclass(frozen=True, slots=True)
class Payout:
    """What one creditor or class receives."""

    id: str
    by_rank: Fraction  # repayment or preference
    by_share: Fraction  # part of the rest; an option net of its strike

    @property
    def total(self) -> Fraction:
        """Return the money in all, unrounded."""
        return self.by_rank + self.by_share


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The payouts of an exit, and the decisions that lead to them."""

    available: Fraction  # exit less costs
    value_per_share: Fraction  # of the rest, per common-equivalent share; 0 if the claims are not covered
    payouts: tuple[Payout, ...]  # debt, then classes, in the order given
    decisions: Mapping[str, Decision]  # of every preferred class that can convert
    indifferent: tuple[str, ...]  # classes which the other decision would pay the same, by name
    exercised: tuple[str, ...]  # options worth more than their strike, by name

    def rounded(self, places: int) -> dict[str, Fraction]:
        """Return the payouts half up to `places`, each by itself: the sum may differ from the money."""
        return {payout.id: rounded_to(payout.total, places) for payout in self.payouts}

    def adding_up(self, places: int) -> dict[str, Fraction]:
        """Return the payouts at `places`, odd units by largest remainder: they add to the rounded sum."""
        unit = Fraction(1, 10**places)
        shown = {payout.id: payout.total // unit * unit for payout in self.payouts}
        odd = (rounded_to(sum(payout.total for payout in self.payouts), places) - sum(shown.values())) / unit
        by_remainder = sorted(self.payouts, key=lambda payout: (shown[payout.id] - payout.total, payout.id))
        for payout in by_remainder[: int(odd)]:
            shown[payout.id] += unit
        return shown


def waterfall(
    exit_amount: Exact, classes: Sequence[ShareClass], debt: Sequence[Debt] = (), costs: Exact = 0
) -> Waterfall:
    """Return who gets what of an exit.

    Costs first, then debt and preferences by rank (equal rank in proportion to the claims), then the
    rest per common-equivalent share to common, converted and participating preferred, and exercised
    options. Let v be the value per common-equivalent share: the payoff of every claimant never falls
    with v, so the smallest v at which all payoffs add to the money gives the one set of payoffs at which
    no class gains by deciding otherwise. If the claims are not covered v is 0 and rank alone decides;
    costs above the exit leave nothing. A class is indifferent when the other decision, all others'
    unchanged, would pay it the same. Money is exact; `Waterfall.rounded` rounds it.
    Refuses `bad_input`, and `nobody_to_share` when money is left that no class is entitled to.
    Source: the NVCA model charter, article Fourth, part B, section 2.

    >>> from neocapgui.engine.calculations.claims import Common
    >>> a = Preferred("A", shares=2_000_000, seniority=1, invested=5_000_000)
    >>> answer = waterfall(35_000_000, [Common("founders", 8_000_000), a])
    >>> [(payout.id, int(payout.total)) for payout in answer.payouts], str(answer.decisions["A"])
    ([('founders', 28000000), ('A', 7000000)], 'convert')
    """
    if exit_amount < 0 or costs < 0:
        raise CalculationRefused("bad_input", f"An exit of {exit_amount} with costs of {costs} is no exit.")
    money = max(Fraction(exit_amount) - Fraction(costs), Fraction(0))
    better = entitlements(debt, classes)
    value, left = value_per_share(better, money)
    if left:
        raise CalculationRefused("nobody_to_share", f"No class is entitled to the last {left} of {money}.")
    convertible = {
        stock.id: stock for stock in classes if isinstance(stock, Preferred) and stock.is_convertible
    }
    decisions = {
        terms.id: Decision.CONVERT if terms.is_converted(value) else Decision.PREFERENCE
        for terms in better
        if terms.id in convertible
    }
    decided = {terms.id: terms for terms in better} | {
        name: entitlement(convertible[name], decision) for name, decision in decisions.items()
    }
    payouts = _payouts(tuple(decided.values()), money)

    def with_the_other_decision(name: str) -> Fraction:
        other = Decision.CONVERT if decisions[name] is Decision.PREFERENCE else Decision.PREFERENCE
        stack = {**decided, name: entitlement(convertible[name], other)}
        return _payouts(tuple(stack.values()), money)[name].total

    return Waterfall(
        available=money,
        value_per_share=value,
        payouts=tuple(payouts.values()),
        decisions=decisions,
        indifferent=tuple(sorted(n for n in decisions if with_the_other_decision(n) == payouts[n].total)),
        exercised=tuple(sorted(c.id for c in classes if isinstance(c, Option) and value > c.strike)),
    )


def value_per_share(stack: Sequence[Entitlement], money: Exact) -> tuple[Fraction, Fraction]:
    """Return the value per common-equivalent share at which all payoffs add to the money, and money left.

    The smallest such value; 0 if the claims are not covered. Money is left when nobody shares in it.

    >>> from neocapgui.engine.calculations.claims import Common
    >>> value_per_share(entitlements([Debt("bank", 100)], [Common("common", 50)]), 300)
    (Fraction(4, 1), Fraction(0, 1))
    """
    rest = Fraction(money) - sum(terms.claim for terms in stack)
    value = Fraction(0)
    if rest <= 0:
        return value, Fraction(0)
    shares = Fraction(0)
    for step in sorted((step for terms in stack for step in terms.steps), key=lambda step: step.value):
        needed = shares * (step.value - value)
        if needed >= rest:
            break
        rest, value, shares = rest - needed, step.value, shares + step.change
    return (value + rest / shares, Fraction(0)) if shares else (value, rest)


def _payouts(stack: Sequence[Entitlement], money: Fraction) -> dict[str, Payout]:
    value, _ = value_per_share(stack, money)
    paid = {terms.id: Fraction(0) for terms in stack}
    for layer in layers(stack):
        part = min(Fraction(1), money / layer.total)
        paid |= {name: claim * part for name, claim in layer.claims.items()}
        money -= layer.total * part
    return {terms.id: Payout(terms.id, paid[terms.id], terms.share_of_rest(value)) for terms in stack}
