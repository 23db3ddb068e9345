"""How a sentence of the engine writes counts, money and days: one neutral form, marked for its reader.

A figure or day that stands in a sentence is enclosed in two signs that nobody sees, so that whoever shows the
sentence can put it into the reader's own language without guessing which digits belong to a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from neocapgui.engine.calculations.rounding import Exact, rounded_to

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_BEGIN, _END = "\x02", "\x03"  # control characters, which no name of a scenario needs
_MARKED = re.compile(f"{_BEGIN}([^{_BEGIN}{_END}]*){_END}")


def marked(text: str) -> str:
    """Return the neutral text of a figure or a day as it stands in a sentence for a reader."""
    return f"{_BEGIN}{text}{_END}"


def plain(sentence: str) -> str:
    """Return a sentence in the neutral form: for files, reports and other programs.

    >>> plain(f"The notice states {marked(figure(201149))} shares.")
    'The notice states 201,149 shares.'
    """
    return rewritten(sentence, str)


def rewritten(sentence: str, write: Callable[[str], str]) -> str:
    """Return a sentence in which each marked figure or day is written anew from its neutral text."""
    return _MARKED.sub(lambda found: write(found[1]), sentence)


def figure(value: Exact, least: int = 0, most: int = 8) -> str:
    """Return a number with thousands grouped and at least `least`, at most `most` decimals.

    >>> from fractions import Fraction
    >>> figure(201149), figure(Fraction("3.5"), 2), figure(Fraction(1, 3), 0, 4)
    ('201,149', '3.50', '0.3333')
    """
    whole_number = Fraction(value)
    if whole_number.denominator == 1:
        return f"{whole_number.numerator:,}{'.' if least else ''}{'0' * least}"
    exact = rounded_to(value, most)
    scaled = abs(exact.numerator) * 10**most // exact.denominator
    whole, rest = divmod(scaled, 10**most)
    decimals = f"{rest:0{most}d}".rstrip("0").ljust(least, "0") if most else ""
    return f"{'-' if exact < 0 else ''}{whole:,}{'.' if decimals else ''}{decimals}"


def told(value: Exact, least: int = 0, most: int = 8) -> str:
    """Return a number as `figure` writes it, marked for the reader of the sentence."""
    return marked(figure(value, least, most))


def told_day(day: date) -> str:
    """Return a day as `day_text` writes it, marked for the reader of the sentence."""
    return marked(day_text(day))


def brief(text: str, most: int = 10_000) -> str:
    """Return a text as far as a sentence can bear it: a file can hold one of a million characters.

    >>> brief("8-K"), brief("filed " * 200, most=13)
    ('8-K', 'filed filed …')
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


def day_text(day: date) -> str:
    """Return a day as every sentence writes it: 31 Aug 2001.

    >>> day_text(date(2001, 8, 31))
    '31 Aug 2001'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year:04}"
