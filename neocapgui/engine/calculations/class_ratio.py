"""Into what, and at which ratio, a class converts in the end through other classes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact


@dataclass(frozen=True, slots=True)
class ClassConversion:
    """The right of a class to convert: `denominator` shares become `numerator` shares of another."""

    share_class: str
    converts_to: str
    numerator: Exact
    denominator: Exact

    @property
    def ratio(self) -> Fraction:
        """Shares received for each share given up."""
        return Fraction(self.numerator) / Fraction(self.denominator)


@dataclass(frozen=True, slots=True)
class ClassRatio:
    """The class at the end of the chain, and the product of the ratios along it."""

    common_class: str
    ratio: Fraction
    steps: tuple[ClassConversion, ...]  # none where the class converts into nothing


def class_ratio(share_class: str, conversions: Iterable[ClassConversion]) -> ClassRatio:
    """Return what one share of a class is in the class that its chain of conversions ends with.

    The ratio is exact. Refuses `conversion_loop` where the chain returns to a class it has passed, and
    as `bad_input` a ratio that is not above zero, or a class that converts into two.

    >>> chain = [ClassConversion("second", "first", 3, 2), ClassConversion("first", "common", 4, 3)]
    >>> class_ratio("second", chain).ratio
    Fraction(2, 1)
    """
    rights: dict[str, ClassConversion] = {}
    for right in conversions:
        if right.share_class in rights:
            raise CalculationRefused("bad_input", f"{right.share_class} is said to convert twice.")
        if right.numerator <= 0 or right.denominator <= 0:
            raise CalculationRefused(
                "bad_input",
                f"{right.share_class} cannot convert at {right.numerator} for {right.denominator} shares.",
            )
        rights[right.share_class] = right
    at, ratio, steps = share_class, Fraction(1), list[ClassConversion]()
    passed = {share_class}
    while step := rights.get(at):
        at, ratio = step.converts_to, ratio * step.ratio
        steps.append(step)
        if at in passed:
            chain = " into ".join([share_class, *(step.converts_to for step in steps)])
            raise CalculationRefused("conversion_loop", f"The classes convert in a circle: {chain}.")
        passed.add(at)
    return ClassRatio(at, ratio, tuple(steps))
