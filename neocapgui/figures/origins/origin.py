"""Where a figure comes from, as a tree: the rule that makes it and the figures it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from neocapgui.engine.calculations.rounding import rounded_shares
from neocapgui.engine.finding import Place
from neocapgui.engine.paper_checks import ROUNDED
from neocapgui.figures.kinds import PLAIN, Kind, Style, grouped, percent, shown
from neocapgui.ledger.terms import Rounding

_WRITTEN = 5  # parts of a sum that are written out; more are counted

Arithmetic = Callable[[Sequence[Fraction]], Fraction]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """How a figure is made of those beneath it, in words and as arithmetic."""

    words: str
    result: Arithmetic | None = None  # None: nothing is calculated, the figure is a fact
    sign: str = ""  # between the parts, where the rule can be written as a sum


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """A figure with the rule and the figures that make it, down to entries and their sources."""

    title: str
    value: Any  # exact
    kind: Kind
    rule: Rule
    parts: tuple[Origin, ...] = ()
    note: str = ""  # the entry, the clause or the convention, in words
    source: str = ""
    place: Place | None = None  # of the fact to go to


def _sum(parts: Sequence[Fraction]) -> Fraction:
    return sum(parts, Fraction(0))


def _quotient(parts: Sequence[Fraction]) -> Fraction:
    return parts[0] / parts[1] if parts[1] else Fraction(0)


FACT = Rule("stated")
TYPED = Rule("typed")
NOT_LISTED = Rule("not listed one by one")
FOUND = Rule("found")
SUM = Rule("the sum", _sum, "+")
PRODUCT = Rule("", lambda parts: Fraction(prod(parts)), "×")
QUOTIENT = Rule("", _quotient, "/")
DIFFERENCE = Rule("", lambda parts: parts[0] - _sum(parts[1:]), "\u2212")
LOWEST = Rule("the lowest of", min)
AVERAGE = Rule("the average of", lambda parts: _sum(parts) / len(parts))
LAST = Rule("the last of", lambda parts: parts[-1])
SAME = Rule("the same as", lambda parts: parts[0])


def rounded(policy: Rounding) -> Rule:
    """Return the rule that multiplies and rounds by a policy."""
    return Rule(ROUNDED[policy], lambda parts: Fraction(rounded_shares(Fraction(prod(parts)), policy)), "×")


def every(origin: Origin) -> Iterator[Origin]:
    """Return a figure and all beneath it, each before its parts."""
    yield origin
    for part in origin.parts:
        yield from every(part)


def figure(origin: Origin, style: Style = PLAIN) -> str:
    """Return the figure as it is shown; a count that is no whole number with its decimals, nothing as 0."""
    value = origin.value
    if isinstance(value, str) or value is None:
        return value or ""
    if origin.kind in (Kind.SHARES, Kind.COUNTED):
        return grouped(value, style, 0, 4)
    if origin.kind is Kind.STAKE:
        return f"{percent(value, style)} %"
    return shown(origin.kind, value, style) or "0"


def words(origin: Origin, style: Style = PLAIN) -> str:
    """Return what is said beside a figure: 1,030,555 / 1,155,555, what is done about fractions, the note."""
    rule = origin.rule
    said = [_formula(origin, style), "" if rule in (FACT, FOUND, TYPED) else rule.words, origin.note]
    if rule is SUM:
        said[1] = "" if said[0] else f"sum of {len(origin.parts):,}" if len(origin.parts) > 1 else ""
    return "  ·  ".join(part for part in said if part)


def _formula(origin: Origin, style: Style) -> str:
    rule, parts = origin.rule, origin.parts
    if not rule.sign or not 1 < len(parts) <= _WRITTEN:
        return ""
    text = f" {rule.sign} ".join(figure(part, style) for part in parts)
    return text.replace("+ -", "\u2212 ") if rule is SUM else text


def text_lines(origin: Origin, style: Style = PLAIN, depth: int = 0) -> Iterator[str]:
    """Return the tree as lines of text, each part further in than what it makes."""
    about = "  ·  ".join(part for part in (words(origin, style), origin.source) if part)
    head = f"{figure(origin, style)}  {origin.title}" if figure(origin, style) else origin.title
    yield "    " * depth + head + (f"  ({about})" if about else "")
    for part in origin.parts:
        yield from text_lines(part, style, depth + 1)
