"""The one fully diluted total whose parts are themselves counted from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact


@dataclass(frozen=True, slots=True)
class Line:
    """A figure that is linear in the total: `slope` x total + `constant`."""

    slope: Fraction = Fraction(0)
    constant: Fraction = Fraction(0)

    def at(self, total: Fraction) -> Fraction:
        """Return the figure at a total."""
        return self.slope * total + self.constant

    def __add__(self, other: Line) -> Line:
        return Line(self.slope + other.slope, self.constant + other.constant)

    def __sub__(self, other: Line) -> Line:
        return self + other * -1

    def __mul__(self, factor: Exact) -> Line:
        exact = Fraction(factor)
        return Line(self.slope * exact, self.constant * exact)

    def __truediv__(self, divisor: Exact) -> Line:
        return self * (1 / Fraction(divisor))


TOTAL = Line(slope=Fraction(1))


def fixed(count: Exact) -> Line:
    """Return a figure that does not move with the total.

    >>> fixed(8_000_000).at(Fraction(10_000_000))
    Fraction(8000000, 1)
    """
    return Line(constant=Fraction(count))


@dataclass(frozen=True, slots=True)
class Part:
    """Shares of the total under a name: as many as the largest of its lines says.

    An instrument that converts at the lower of two prices takes the larger of two counts; a plan
    that never shrinks is the larger of its target and what exists.
    """

    name: str
    lines: tuple[Line, ...]

    def line(self, total: Fraction) -> Line:
        """Return the line that counts at a total; of equal ones the steepest, which counts next."""
        return max(self.lines, key=lambda line: (line.at(total), line.slope))


def circular_total(parts: Sequence[Part]) -> Fraction:
    """Return the total that is the sum of its parts, each counted from that same total.

    Solves total = sum over parts of max(lines) exactly. The excess of the total over its parts is
    concave: from zero upward, take the line of each part that counts at the present total, solve
    the linear equation, and repeat until no line changes. Every step goes up and changes a line, so
    the steps are few; there is no tolerance.

    The solution is the only one where no part is negative and the fixed shares are positive: were a
    later crossing possible, the parts would grow faster than the total and never have met it.

    Refusals: `promises_whole_company` if the parts that grow with the total take 100% of it or
    more; `bad_input` if there is nothing to count.

    8,000,000 founders' shares and a fifth of the total for the new money:

    >>> circular_total([Part("founders", (fixed(8_000_000),)), Part("investor", (TOTAL / 5,))])
    Fraction(10000000, 1)
    """
    total = Fraction(0)
    while True:
        chosen = [(part.name, part.line(total)) for part in parts]
        promised = sum((line.slope for _, line in chosen), Fraction(0))
        if promised >= 1:
            shares = [(name, line.slope) for name, line in chosen if line.slope]
            raise _promises_whole_company(promised, shares)
        solved = sum((line.constant for _, line in chosen), Fraction(0)) / (1 - promised)
        if solved <= 0:
            raise CalculationRefused("bad_input", f"The parts of the company add up to {solved} shares.")
        if solved == total:
            return total
        total = solved


def _promises_whole_company(promised: Fraction, shares: list[tuple[str, Fraction]]) -> CalculationRefused:
    listed = ", ".join(f"{name} {percentage(share)}" for name, share in shares)
    return CalculationRefused(
        "promises_whole_company", f"The terms promise {percentage(promised)} of the company: {listed}."
    )


def percentage(stake: Fraction) -> str:
    """Return a stake as it stands in a sentence, to two decimals of a percent.

    >>> percentage(Fraction(2, 3))
    '66.67%'
    """
    return f"{Decimal(stake.numerator) / Decimal(stake.denominator):.2%}"
