"""At which equity values the sharing of the next unit changes, and who shares between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from neocapgui.engine.calculations.claims import Debt, PointKind, ShareClass, entitlements, layers
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact


@dataclass(frozen=True, slots=True)
class Breakpoint:
    """An equity value at which the sharing of the next unit changes."""

    value: Fraction  # of the equity, debt included
    kind: PointKind
    ids: tuple[str, ...]  # whose claim is covered or whose terms change here
    value_per_share: Fraction  # of a common share; 0 while claims are being paid


@dataclass(frozen=True, slots=True)
class Tranche:
    """A stretch of equity value of which every unit is shared alike."""

    start: Fraction
    end: Fraction | None  # the last one has no end
    shares: Mapping[str, Fraction]  # parts of one unit; those who get nothing are left out

    def amount_within(self, equity: Exact) -> Fraction:
        """Return how much of an equity value lies in the tranche."""
        top = Fraction(equity) if self.end is None else min(Fraction(equity), self.end)
        return max(top - self.start, Fraction(0))


@dataclass(frozen=True, slots=True)
class Breakpoints:
    """The breakpoints of a stack of claims in ascending order, and the tranches they bound."""

    breakpoints: tuple[Breakpoint, ...]
    tranches: tuple[Tranche, ...]  # one more than there are breakpoints


def breakpoints(classes: Sequence[ShareClass], debt: Sequence[Debt] = ()) -> Breakpoints:
    """Return the breakpoints of debt and classes.

    Each rank of debt, then each rank of preference, is one point and is shared by claims. Above them
    the equity value at a value v per common share is debt + all payoffs at v (see `waterfall`); a point
    lies at each option strike, each participation cap (v = (cap - preference) / u), each conversion
    (v = preference / u) and where converting overtakes a cap (v = cap / u), and a class has the part
    of the next unit that its shares are of all that share there. Points of equal v are one, with
    the kind of the class that stands first; what happens at v = 0 belongs to the last claim. Exact.
    Refuses `bad_input`, and `nobody_to_share` when no class takes part in an unlimited value.
    Source: AICPA guide "Valuation of Privately-Held-Company Equity Securities Issued as Compensation".

    >>> from neocapgui.engine.calculations.claims import Common, Preferred
    >>> a = Preferred("A", shares=2_000_000, seniority=1, invested=5_000_000)
    >>> answer = breakpoints([Common("founders", 8_000_000), a])
    >>> [(int(point.value), str(point.kind)) for point in answer.breakpoints]
    [(5000000, 'preference'), (25000000, 'conversion')]
    >>> answer.tranches[-1].shares
    {'founders': Fraction(4, 5), 'A': Fraction(1, 5)}
    """
    stack = entitlements(debt, classes)
    points: list[Breakpoint] = []
    sharing: list[dict[str, Fraction]] = []  # below the first point, between the points, above the last
    equity = Fraction(0)
    for layer in layers(stack):
        sharing.append(dict(layer.claims))
        equity += layer.total
        points.append(Breakpoint(equity, layer.kind, tuple(layer.claims), Fraction(0)))
    shares = {terms.id: Fraction(0) for terms in stack}
    turns = sorted(
        ((step, terms.id) for terms in stack for step in terms.steps), key=lambda turn: turn[0].value
    )
    value = Fraction(0)
    for at, together in groupby(turns, key=lambda turn: turn[0].value):
        turning = list(together)
        width = sum(shares.values()) * (at - value)
        before = {name: held for name, held in shares.items() if held}
        for step, name in turning:
            shares[name] += step.change
        value, equity = at, equity + width
        changed = [(step.kind, name) for step, name in turning if shares[name] != before.get(name, 0)]
        kind = changed[0][0] if changed else None
        # No value lies below a point where nobody shared before: it falls together with the last claim.
        if width and kind:
            sharing.append(before)
            points.append(Breakpoint(equity, kind, tuple(name for _, name in changed), value))
    if not any(shares.values()):
        raise CalculationRefused("nobody_to_share", f"No class is entitled to what lies above {equity}.")
    sharing.append({name: held for name, held in shares.items() if held})
    bounds = (Fraction(0), *(point.value for point in points))
    ends = (*(point.value for point in points), None)
    return Breakpoints(
        tuple(points),
        tuple(
            Tranche(start, end, _parts(held)) for start, end, held in zip(bounds, ends, sharing, strict=True)
        ),
    )


def _parts(held: Mapping[str, Fraction]) -> dict[str, Fraction]:
    total = sum(held.values())
    return {name: shares / total for name, shares in held.items()}
