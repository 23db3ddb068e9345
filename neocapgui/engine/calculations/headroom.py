"""Whether the authorised shares of a class are enough for what it has promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from neocapgui.engine.calculations.demands import not_negative, positive
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact, away_from_zero


@dataclass(frozen=True, slots=True)
class Reserved:
    """Shares that one paper may take, and the multiple of them its terms want kept."""

    id: str
    shares: Exact
    multiple: Exact = 1  # 2.5: 250% of the shares


@dataclass(frozen=True, slots=True)
class Headroom:
    """What is left of the authorised shares."""

    reserved: tuple[Fraction, ...]  # for each reserve, whole shares
    reserved_total: Fraction
    available: Fraction  # below 0 where the class is too small
    shortfall: Fraction  # at least 0
    sufficient: bool


def reserve_check(
    authorized: Exact, outstanding: Exact, reserved: Sequence[Reserved], *, treasury: Exact = 0
) -> Headroom:
    """Return authorised - outstanding - treasury - reserved, each reserve x multiple rounded up.

    Treasury shares that may be issued again are no treasury here. Refuses `bad_input`: negative counts.

    >>> room = reserve_check(25_000_000, 20_777_181, [Reserved("preferred and warrants", 1_404_046)])
    >>> int(room.available), room.sufficient
    (2818773, True)
    """
    kept = tuple(
        Fraction(
            away_from_zero(
                not_negative(f"reserve of {reserve.id}", reserve.shares)
                * not_negative(f"multiple of {reserve.id}", reserve.multiple)
            )
        )
        for reserve in reserved
    )
    total = sum(kept, Fraction(0))
    used = not_negative("count outstanding", outstanding) + not_negative("count in treasury", treasury)
    available = not_negative("count authorised", authorized) - used - total
    return Headroom(kept, total, available, max(Fraction(0), -available), available >= 0)


def exhaustion_price(amount: Exact, free_shares: Exact, multiple: Exact = 1) -> Fraction:
    """Return the conversion price at which the reserve for an amount takes all free shares.

    Price = amount x multiple / free shares, not rounded; below it the class is too small. Refuses
    `bad_input`: no free shares.

    >>> exhaustion_price(1_000_000, 500_000, Fraction("2.5"))
    Fraction(5, 1)
    """
    if Fraction(free_shares) <= 0:
        raise CalculationRefused("bad_input", "There are no free shares: the reserve is exhausted.")
    return not_negative("amount", amount) * positive("multiple", multiple) / Fraction(free_shares)
