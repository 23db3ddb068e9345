"""How a parent's part of a subsidiary changes when shares pass to it or are retired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from neocapgui.engine.calculations.demands import not_negative, written
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact

Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Taken(Generic[Name]):
    """Shares of a subsidiary taken from a holder: acquired by the parent, or retired."""

    holder: Name
    shares: Exact
    retired: bool = False


@dataclass(frozen=True, slots=True)
class InterestChange(Generic[Name]):
    """The parent's part of the subsidiary before and after."""

    before: Fraction
    after: Fraction
    steps: tuple[Fraction, ...]  # after each event
    holdings: dict[Name, Fraction]  # after


def interest_change(
    parent: Name, holdings: Mapping[Name, Exact], events: Sequence[Taken[Name]]
) -> InterestChange[Name]:
    """Return the parent's shares / all shares (as converted) before and after the events, in order.

    Acquired shares pass to the parent; retired ones leave the count, so that the two differ. Refuses
    `insufficient_quantity`: more is taken than the holder has; `bad_input`: no shares, no parent.

    Source: NeoTherapeutics, Inc., Form 8-K of 4 September 2001, Exhibit 99.1: 75 to 89 percent.

    >>> holdings = {"parent": 75, "investor": 4, "redeemed": 10, "others": 11}
    >>> interest_change("parent", holdings, [Taken("investor", 4), Taken("redeemed", 10, retired=True)]).after
    Fraction(79, 90)
    """
    held = {holder: not_negative(f"holding of {holder}", shares) for holder, shares in holdings.items()}
    if parent not in held:
        raise CalculationRefused("bad_input", f"{parent} is not among the holders of the subsidiary.")
    parts = [_part(parent, held)]
    for event in events:
        taken, has = not_negative("count of shares", event.shares), held.get(event.holder, Fraction(0))
        if taken > has:
            raise CalculationRefused(
                "insufficient_quantity", f"{event.holder} has {written(has)} shares, not {written(taken)}."
            )
        held[event.holder] = has - taken
        if not event.retired:
            held[parent] += taken
        parts.append(_part(parent, held))
    return InterestChange(parts[0], parts[-1], tuple(parts[1:]), held)


def _part(parent: Name, held: Mapping[Name, Fraction]) -> Fraction:
    total = sum(held.values(), Fraction(0))
    if total == 0:
        raise CalculationRefused("bad_input", "The subsidiary has no shares outstanding.")
    return held[parent] / total
