"""How a sentence of the engine writes counts, money and days: one neutral form, free of any locale."""

from __future__ import annotations

from datetime import date

from neocapgui.engine.calculations.rounding import Exact, rounded_to

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def figure(value: Exact, least: int = 0, most: int = 8) -> str:
    """Return a number with thousands grouped and at least `least`, at most `most` decimals.

    >>> from fractions import Fraction
    >>> figure(201149), figure(Fraction("3.5"), 2), figure(Fraction(1, 3), 0, 4)
    ('201,149', '3.50', '0.3333')
    """
    exact = rounded_to(value, most)
    scaled = abs(exact.numerator) * 10**most // exact.denominator
    whole, rest = divmod(scaled, 10**most)
    decimals = f"{rest:0{most}d}".rstrip("0").ljust(least, "0") if most else ""
    return f"{'-' if exact < 0 else ''}{whole:,}{'.' if decimals else ''}{decimals}"


def day_text(day: date) -> str:
    """Return a day as every sentence writes it: 31 Aug 2001.

    >>> day_text(date(2001, 8, 31))
    '31 Aug 2001'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year:04}"
