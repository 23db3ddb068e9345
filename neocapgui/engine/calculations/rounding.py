"""Rounding by named policy, and never by the machine: half is always away from zero."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from neocapgui.ledger.terms import Rounding

Exact = Fraction | Decimal | int


class Mode(StrEnum):
    """How a figure that is no share count is rounded to decimal places."""

    HALF_UP = "half_up"
    FLOOR = "floor"
    CEIL = "ceil"


def half_up(value: Exact) -> int:
    """Return the nearest whole number, a half away from zero.

    >>> half_up(Fraction(5, 2)), half_up(Fraction(-5, 2))
    (3, -3)
    """
    exact = Fraction(value)
    whole = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return whole if exact >= 0 else -whole


def toward_zero(value: Exact) -> int:
    """Return the whole part; the fraction is lost.

    >>> toward_zero(Fraction(5, 2)), toward_zero(Fraction(-5, 2))
    (2, -2)
    """
    exact = Fraction(value)
    whole = abs(exact.numerator) // exact.denominator
    return whole if exact >= 0 else -whole


def away_from_zero(value: Exact) -> int:
    """Return the next whole number away from zero.

    >>> away_from_zero(Fraction(20114943, 100))
    201150
    """
    exact = Fraction(value)
    whole = -(-abs(exact.numerator) // exact.denominator)
    return whole if exact >= 0 else -whole


def rounded_shares(exact: Exact, policy: Rounding) -> Fraction:
    """Return one holder's shares by the instrument's policy; `cash` leaves whole shares.

    >>> rounded_shares(Fraction(700_000) / Fraction("3.48"), Rounding.NEAREST)
    Fraction(201149, 1)
    """
    match policy:
        case Rounding.NEAREST:
            return Fraction(half_up(exact))
        case Rounding.DOWN | Rounding.CASH:
            return Fraction(toward_zero(exact))
        case Rounding.UP | Rounding.AMOUNT_FOLLOWS:
            return Fraction(away_from_zero(exact))
        case Rounding.NONE:
            return Fraction(exact)


def rounded_to(value: Exact, places: int, mode: Mode = Mode.HALF_UP) -> Fraction:
    """Return `value` at `places` decimals; floor and ceil go toward minus and plus infinity.

    >>> rounded_to(Fraction("2.505"), 2)
    Fraction(251, 100)
    """
    shifted = Fraction(value) * 10**places
    match mode:
        case Mode.HALF_UP:
            whole = half_up(shifted)
        case Mode.FLOOR:
            whole = shifted.numerator // shifted.denominator
        case Mode.CEIL:
            whole = -(-shifted.numerator // shifted.denominator)
    return Fraction(whole, 10**places)


def cents(amount: Exact) -> Fraction:
    """Return money as it is paid out: to the cent, half up, payee by payee.

    >>> cents(Fraction(100, 3)), cents(Fraction("0.125"))
    (Fraction(3333, 100), Fraction(13, 100))
    """
    return rounded_to(amount, 2)
