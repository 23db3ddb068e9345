"""What may have been meant by a text that is no value of its column."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches

from neocapgui.figures.kinds import NUMBERS, Kind, NotUnderstood, Style, grouped
from neocapgui.figures.likeness import folded
from neocapgui.figures.near_names import near_name
from neocapgui.figures.tables import Column

_LONGEST = 200  # characters of a text that is looked at
_MANY = 2_000  # names beyond which only the beginnings are compared
_THOUSANDS = {"k": 10**3, "t": 10**3, "m": 10**6, "mn": 10**6, "mio": 10**6, "bn": 10**9, "b": 10**9}
_LETTERS = str.maketrans("OolI|S", "001115")
_YES = ("ja", "oui", "si", "sì", "x", "✓", "on", "ok", "yep")
_NO = ("nein", "non", "-", "off", "nope", "none")
_FIGURE = re.compile(r"[-\u2212+(]?\s*[$€£]?\s*\d[\d.,'\u2019\u00a0\u202f ]*\)?")
_DAY = re.compile(r"(\d{1,4})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{1,4})")
_ONE_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})")


def repair(column: Column, text: str, style: Style) -> str | None:
    """Return what was probably meant by a text that a column refuses, as it would be typed; None: no guess.

    What is returned is always a value of the column.

    >>> from neocapgui.figures.kinds import PLAIN
    >>> repair(Column("Amount", Kind.MONEY), "1.234,5", PLAIN)
    '1,234.50'
    >>> repair(Column("Day", Kind.DATE), "31 Sep 2001", PLAIN)
    '30 Sep 2001'
    """
    text = " ".join(text[:_LONGEST].split())
    if not text or text.startswith("="):
        return None
    for guess in _guesses(column, text, style):
        try:
            value = column.value(guess, style)
        except (NotUnderstood, ValueError):
            continue
        shown = column.text(value, style)
        return shown if shown and _is_same(column, shown, value, style) else guess
    return None


def with_repair(sentence: str, found: str | None) -> str:
    """Return a sentence of refusal with the question whether something else was meant."""
    return sentence if found is None else f"{sentence} Did you mean {found}?"


def _is_same(column: Column, shown: str, value: object, style: Style) -> bool:
    try:
        return bool(column.value(shown, style) == value)
    except NotUnderstood:
        return False


def _guesses(column: Column, text: str, style: Style) -> Iterator[str]:
    if column.choices is not None:
        yield from _names(list(column.choices.names()), text)
        return
    guesses = _GUESSES.get(column.kind, _figures if column.kind in NUMBERS else None)
    if guesses is not None:
        yield from guesses(text, style)


def _names(names: list[str], text: str) -> Iterator[str]:
    typed = folded(text)
    begun = [name for name in names if folded(name).startswith(typed)]
    if len(begun) == 1:
        yield begun[0]
    near = near_name(text, names[:_MANY])
    if near is not None:
        yield near
    by_fold = {folded(name): name for name in names[:_MANY]}
    yield from (by_fold[close] for close in get_close_matches(typed, by_fold, 1, 0.7))
    inside = [name for name in names if typed in folded(name)]
    if len(inside) == 1:
        yield inside[0]


def _figures(text: str, style: Style) -> Iterator[str]:
    """Yield other readings of a figure: its marks exchanged, letters for digits, words around it left out."""
    found = _FIGURE.search(text)
    if re.fullmatch(r"[\dOolI|S.,'\u2019 ]+", text) and any(letter.isdigit() for letter in text):
        yield from _figure(text.translate(_LETTERS), style)
    if found is None:
        return
    body, after = found[0].strip(), text[found.end() :].strip().casefold()
    unit = re.match(r"[a-z]+", after)
    factor = _THOUSANDS.get(unit[0]) if unit else None
    for figure in _figure(body, style):
        if factor is None:
            yield figure
            continue
        plain = figure.replace(style.decimal_mark, ".").strip("-")
        if re.fullmatch(r"\d+(\.\d+)?", plain):
            yield grouped(Decimal(plain) * factor, replace(style, group_mark=""))


def _figure(text: str, style: Style) -> Iterator[str]:
    """Yield the readings of digits and marks, the likeliest first, without group marks."""
    sign = "-" if text[:1] in "-\u2212(" and text[:1] else ""
    marks = re.sub(r"[^\d.,]", "", text)
    if not any(letter.isdigit() for letter in marks):
        return
    last = max(marks.rfind("."), marks.rfind(","))
    digits = re.sub(r"\D", "", marks)
    behind = len(marks) - last - 1
    is_one_mark = last >= 0 and marks.count(marks[last]) == 1
    has_both = "." in marks and "," in marks
    readings = []
    if is_one_mark and (has_both or behind != 3):
        readings.append(f"{digits[: len(digits) - behind] or '0'}{style.decimal_mark}{digits[-behind:]}")
        if not behind:
            readings[-1] = digits
    readings.append(digits)
    for reading in readings:
        if sign:
            yield sign + reading
        yield reading


def _counts(text: str, style: Style) -> Iterator[str]:
    """Yield readings of a count: group marks in the wrong places are group marks still, not decimals."""
    if style.decimal_mark not in text and style.group_mark in text:
        yield re.sub(r"\D", "", text)
    yield from _figures(text, style)


def _ratios(text: str, style: Style) -> Iterator[str]:
    found = re.search(
        r"(\d[\d.,]*)\s*(?:-?\s*(?:for|to|pour|für|zu)\s*-?|[:/x])\s*(\d[\d.,]*)", text.casefold()
    )
    if found:
        for new in _figure(found[1], style):
            for old in _figure(found[2], style):
                yield f"{new}:{old}"
    yield from _figures(text, style)


def _wholes(text: str, style: Style) -> Iterator[str]:
    for figure in _figures(text, style):
        yield figure
        yield figure.partition(style.decimal_mark)[0]


def _flags(text: str, style: Style) -> Iterator[str]:
    typed = text.casefold()
    if typed in _YES or "yes".startswith(typed[:2]):
        yield "Yes"
    if typed in _NO or "no".startswith(typed[:2]):
        yield "No"


def _days(text: str, style: Style) -> Iterator[str]:
    """Yield days in another order, of a short year, the last of a shorter month, or of a misspelt one."""
    if found := _ONE_RUN.fullmatch(text):
        yield "-".join(found.groups())
    if found := _DAY.fullmatch(text):
        for order in (style.day_order, "DMY", "MDY", "YMD"):
            parts = dict(zip(order, (int(part) for part in found.groups()), strict=True))
            year = parts["Y"] + (0 if parts["Y"] > 99 else 2000 if parts["Y"] < 50 else 1900)
            yield f"{year:04}-{parts['M']}-{parts['D']}"
            yield from _last(year, parts["M"], parts["D"])
    named = re.fullmatch(
        r"(?:(\d{1,2})\D{0,3}?)?[ .-]*([^\W\d]{3,})[ .,-]*(\d{1,2})?[ ,.-]*(\d{2}|\d{4})", text
    )
    if named and (named[1] or named[3]):
        months = [folded(month).strip(".") for month in style.months]
        english = [folded(month) for month in Style().months]
        year = int(named[4]) + (0 if len(named[4]) == 4 else 2000 if int(named[4]) < 50 else 1900)
        for names in (months, english):
            typed = folded(named[2])
            close = [name for name in names if typed.startswith(name[:3]) or name.startswith(typed)]
            close = close or get_close_matches(typed, names, 1, 0.6)
            if close:
                month, day = names.index(close[0]) + 1, int(named[1] or named[3])
                yield f"{year:04}-{month}-{day}"
                yield from _last(year, month, day)


def _last(year: int, month: int, day: int) -> Iterator[str]:
    if 1 <= month <= 12 and 28 < day <= 31 and 1 <= year <= 9999:
        yield f"{year:04}-{month}-{min(day, monthrange(year, month)[1])}"


_GUESSES: dict[Kind, Callable[[str, Style], Iterator[str]]] = {
    Kind.DATE: _days,
    Kind.FLAG: _flags,
    Kind.RATIO: _ratios,
    Kind.WHOLE: _wholes,
    Kind.SHARES: _counts,
    Kind.COUNTED: _counts,
}
