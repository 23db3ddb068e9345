"""Sums typed into a cell: = with figures, + - * / and brackets, worked out exactly by a parser of our own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

LONGEST = 200  # characters of a sum
DEEPEST = 20  # brackets and signs inside each other
_MARKS = {"×": "*", "·": "*", "÷": "/", "\u2212": "-"}
_BLANK = re.compile(r"\s+")
_DIGIT = re.compile("[0-9]")


class SumRefused(ValueError):
    """What was typed is no sum; the message is one full sentence."""


def calculated(
    text: str,
    number: Callable[[str], Fraction],
    digits: str = "0-9.",
    named: Mapping[str, Fraction | None] | None = None,
) -> Fraction:
    """Return what a sum comes to, exactly.

    `number` reads one figure, `digits` are the marks a figure can hold, `named` are the columns of the line
    and what stands in them; a name is known in any case, and may stand in square brackets. Refuses
    (SumRefused) what is longer than 200 characters or deeper than 20 brackets, powers, a division by zero,
    an empty column and all else.

    >>> calculated("1250000/0.8", Fraction)
    Fraction(1562500, 1)
    >>> calculated("2*(shares - 1)", Fraction, named={"Shares": Fraction(5)})
    Fraction(8, 1)
    >>> calculated("3*[Into shares]", Fraction, named={"Into shares": Fraction(5)})
    Fraction(15, 1)
    >>> calculated("9**9**9", Fraction)
    Traceback (most recent call last):
    neocapgui.figures.arithmetic.SumRefused: A sum knows + - * / and brackets, but no powers.
    """
    if len(text) > LONGEST:
        raise SumRefused(f"A sum has at most {LONGEST} characters, not {len(text):,}.")
    columns = {name.casefold(): value for name, value in (named or {}).items()}
    return _Sum(list(_words(text, digits, columns)), number, columns).whole()


def _words(text: str, digits: str, columns: Mapping[str, object]) -> Iterator[str]:
    """Cut a sum into figures, names and marks."""
    names = "|".join(re.escape(name) for name in sorted(columns, key=len, reverse=True))
    name = rf"(?:{names})(?!\w)|" if names else ""
    bracketed = rf"\[ ?(?:{names}) ?\]|" if names else ""
    pattern = re.compile(rf"{bracketed}{name}\*\*|\^|[{digits}]+|[-+*/()×·÷\u2212]|\w+|.", re.DOTALL)
    for word in pattern.findall(_BLANK.sub(" ", text).casefold()):
        if word in ("**", "^"):
            raise SumRefused("A sum knows + - * / and brackets, but no powers.")
        if word != " ":
            is_bracketed = len(word) > 1 and word.startswith("[")
            yield word[1:-1].strip() if is_bracketed else _MARKS.get(word, word)


@dataclass(slots=True)
class _Sum:
    """Reads from the left: a sum is terms, a term is factors, a factor is a figure, a name or brackets."""

    words: list[str]
    number: Callable[[str], Fraction]
    columns: Mapping[str, Fraction | None]
    place: int = 0

    def whole(self) -> Fraction:
        value = self._terms(0)
        if self._next():
            raise SumRefused(f"The sum goes on with “{self._next()[:40]}” where a sign is expected.")
        return value

    def _next(self) -> str:
        return self.words[self.place] if self.place < len(self.words) else ""

    def _take(self) -> str:
        word = self._next()
        self.place += 1
        return word

    def _terms(self, depth: int) -> Fraction:
        value = self._factors(depth)
        while self._next() in ("+", "-"):
            is_more = self._take() == "+"
            further = self._factors(depth)
            value = value + further if is_more else value - further
        return value

    def _factors(self, depth: int) -> Fraction:
        value = self._factor(depth)
        while self._next() in ("*", "/"):
            is_times = self._take() == "*"
            further = self._factor(depth)
            if not is_times and not further:
                raise SumRefused("A sum cannot divide by 0.")
            value = value * further if is_times else value / further
        return value

    def _factor(self, depth: int) -> Fraction:
        if depth > DEEPEST:
            raise SumRefused(f"A sum has at most {DEEPEST} brackets inside each other.")
        word = self._take()
        if word in ("+", "-"):
            value = self._factor(depth + 1)
            return value if word == "+" else -value
        if word == "(":
            value = self._terms(depth + 1)
            if self._take() != ")":
                raise SumRefused("A bracket of the sum is not closed.")
            return value
        if word in self.columns:
            return self._column(word)
        if not word:
            raise SumRefused("The sum ends where a figure is expected.")
        if not _DIGIT.search(word):
            raise SumRefused(f"“{word[:40]}” is neither a figure nor a column of this line.")
        return self.number(word)

    def _column(self, name: str) -> Fraction:
        value = self.columns[name]
        if value is None:
            raise SumRefused(f"The sum needs {name}, which is empty in this line.")
        return value
