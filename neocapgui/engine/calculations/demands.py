"""What a calculation demands of the figures it is given, before it begins."""

from __future__ import annotations

from fractions import Fraction

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact


def written(value: Exact) -> str:
    """Return a number as a sentence writes it: a decimal where it ends, otherwise a fraction.

    >>> written(Fraction("3.480")), written(Fraction(16, 3)), written(-5)
    ('3.48', '16/3', '-5')
    """
    exact = Fraction(value)
    twos, fives = (exact.denominator & -exact.denominator).bit_length() - 1, 0
    denominator = exact.denominator >> twos
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    places = max(twos, fives)
    if denominator != 1 or places == 0:
        return str(exact)
    digits = str(abs(exact.numerator) * 10**places // exact.denominator).rjust(places + 1, "0")
    return f"{'-' if exact < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def positive(name: str, value: Exact) -> Fraction:
    """Return `value` exactly; refuse (`bad_input`) what is not above zero, such as a price of nothing.

    >>> positive("price", Fraction("3.48"))
    Fraction(87, 25)
    >>> positive("price", 0)
    Traceback (most recent call last):
        ...
    neocapgui.engine.calculations.refusal.CalculationRefused: The price must be above 0, not 0.
    """
    exact = Fraction(value)
    if exact <= 0:
        raise CalculationRefused("bad_input", f"The {name} must be above 0, not {written(exact)}.")
    return exact


def not_negative(name: str, value: Exact) -> Fraction:
    """Return `value` exactly; refuse (`bad_input`) what is below zero, such as a count of minus one.

    >>> not_negative("count", 0)
    Fraction(0, 1)
    >>> not_negative("count", -1)
    Traceback (most recent call last):
        ...
    neocapgui.engine.calculations.refusal.CalculationRefused: The count must not be below 0; it is -1.
    """
    exact = Fraction(value)
    if exact < 0:
        raise CalculationRefused("bad_input", f"The {name} must not be below 0; it is {written(exact)}.")
    return exact
