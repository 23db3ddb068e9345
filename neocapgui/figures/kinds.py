"""What a cell can hold: how it is shown, and how typed text is understood, strictly."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from neocapgui.engine.calculations.demands import written
from neocapgui.engine.calculations.rounding import half_up
from neocapgui.figures.arithmetic import SumRefused, calculated


class NotUnderstood(ValueError):
    """Typed text is no value of its kind; the message is one full sentence for the user."""


class Kind(StrEnum):
    """What a column can hold."""

    TEXT = "text"
    SHARES = "shares"
    COUNTED = "counted"  # shares on a basis: held exactly, shown to the nearest whole share
    PRICE = "price"
    MONEY = "money"
    STAKE = "stake"  # a part of the company, shown in percent with two decimals
    RATE = "rate"  # a part such as an interest rate, shown in percent, typed with or without the sign
    RATIO = "ratio"  # a fraction, shown as 1:25 or as a decimal
    DATE = "date"
    DATES = "dates"  # several, with a semicolon between them
    WHOLE = "whole"
    FLAG = "flag"
    CHOICE = "choice"
    REFERENCE = "reference"  # another fact, by its name


NUMBERS = frozenset(
    {Kind.SHARES, Kind.COUNTED, Kind.PRICE, Kind.MONEY, Kind.STAKE, Kind.RATE, Kind.RATIO, Kind.WHOLE}
)


@dataclass(frozen=True, slots=True)
class Style:
    """The marks of a language: how numbers and days are written."""

    decimal_mark: str = "."
    group_mark: str = ","
    day_order: str = "DMY"  # how a day typed in figures is read: DMY, MDY or YMD
    day_mark: str = "/"
    months: tuple[str, ...] = (
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    )
    has_short_years: bool = False  # whether days are written with two figures of the year: 8/31/01


PLAIN = Style()
_QUOTED = 60  # characters
_BLANK_IF_NOTHING = frozenset({Kind.SHARES, Kind.COUNTED, Kind.STAKE, Kind.FLAG})


def quoted(text: str) -> str:
    """Return typed text as a sentence quotes it: on one line, and what is long cut short."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= _QUOTED else f"“{line[:_QUOTED]}…”"


def shown(kind: Kind, value: Any, style: Style = PLAIN) -> str:
    """Return what a cell shows; nothing is a blank, never a zero or a dash."""
    if is_blank(kind, value):
        return ""
    return _SHOW.get(kind, _show_text)(value, style)


def is_blank(kind: Kind, value: Any) -> bool:
    """Whether a cell shows nothing for a value: for none, and for a count or part of nothing.

    >>> is_blank(Kind.SHARES, 0), is_blank(Kind.PRICE, 0)
    (True, False)
    """
    return value is None or value == "" or (kind in _BLANK_IF_NOTHING and not value)


def parsed(
    kind: Kind, text: str, style: Style = PLAIN, named: Mapping[str, Fraction | None] | None = None
) -> Any:
    """Return the value that was typed, or None for an empty cell; refuse what is no value of the kind.

    A number may be a sum that begins with =, also over `named`: the columns of the line and their figures.
    """
    stripped = _spaces_removed(text)
    if not stripped:
        return "" if kind is Kind.TEXT else None
    if kind in NUMBERS and stripped.startswith("="):
        stripped = _worked_out(kind, stripped[1:], style, named)
    return _PARSE.get(kind, _parse_text)(stripped, style)


def grouped(value: Decimal | Fraction | int, style: Style = PLAIN, least: int = 0, most: int = 12) -> str:
    """Return a number with group marks and between `least` and `most` decimals; it is never cut silently:
    a figure that needs more decimals than `most` is rounded half up and ends with an ellipsis.
    """
    return _grouped(*value.as_integer_ratio(), style, least, most)


def _grouped(numerator: int, parts: int, style: Style, least: int, most: int) -> str:
    shifted = abs(numerator) * 10**most
    scaled = (2 * shifted + parts) // (2 * parts)  # half up, away from zero
    whole, rest = divmod(scaled, 10**most)
    decimals = f"{rest:0{most}d}".rstrip("0") if most else ""
    decimals = decimals.ljust(least, "0")
    mark = style.decimal_mark if decimals else ""
    sign = "-" if numerator < 0 and scaled else ""
    more = "…" if scaled * parts != shifted and least != most else ""
    return f"{sign}{whole:,}".replace(",", style.group_mark) + mark + decimals + more


def percent(stake: Fraction | Decimal, style: Style = PLAIN, places: int = 2) -> str:
    """Return a part in percent, rounded half up for display only: 1030555/1155555 is 89.18."""
    numerator, parts = stake.as_integer_ratio()
    return _grouped(100 * numerator, parts, style, places, places)


def day_text(day: date, style: Style = PLAIN) -> str:
    """Return a day as it is shown everywhere: 31 Aug 2001."""
    return f"{day.day} {style.months[day.month - 1]} {day.year:04}"


def _show_text(value: Any, style: Style) -> str:
    return str(value)


def _show_ratio(value: Any, style: Style) -> str:
    ratio = Fraction(value)
    return f"{ratio.numerator}:{ratio.denominator}"


_SHOW: dict[Kind, Callable[[Any, Style], str]] = {
    Kind.SHARES: lambda value, style: grouped(value, style, 0, 4),
    Kind.COUNTED: lambda value, style: grouped(half_up(value), style),
    Kind.PRICE: lambda value, style: grouped(value, style, 2, 8),
    Kind.MONEY: lambda value, style: grouped(value, style, 2, 2),
    Kind.STAKE: percent,
    Kind.RATE: lambda value, style: grouped(Fraction(value) * 100, style, 0, 6) + " %",
    Kind.RATIO: _show_ratio,
    Kind.WHOLE: lambda value, style: str(value),
    Kind.DATE: day_text,
    Kind.DATES: lambda value, style: "; ".join(day_text(day, style) for day in value),
    Kind.FLAG: lambda value, style: "Yes" if value else "No",
}

_MOST_DIGITS = 200
_SPACES = re.compile("[\u00a0\u202f\u2009\u2007\t ]+")
_CURRENCY = re.compile(r"^(?:USD|EUR|CHF|GBP|US\$|\$|€|£)\s*|\s*(?:USD|EUR|CHF|GBP|\$|€|£)$")


def _spaces_removed(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _parse_text(text: str, style: Style) -> str:
    return text


def number(text: str, style: Style = PLAIN) -> Decimal:
    """Return a typed number exactly; `(1,234)` and `1,234-` are negative, group marks must stand in place.

    >>> number("(1,234.50)")
    Decimal('-1234.50')
    """
    body = _CURRENCY.sub("", text.strip())
    negative = False
    if body.startswith("(") and body.endswith(")"):
        negative, body = True, body[1:-1]
    elif body.endswith("-"):
        negative, body = True, body[:-1]
    elif body[:1] in ("-", "\u2212", "+"):
        negative, body = body[0] != "+", body[1:]
    body = _CURRENCY.sub("", body.strip())
    whole, mark, decimals = body.partition(style.decimal_mark)
    digits = _ungrouped(whole, style)
    if digits is None or not (digits or decimals) or (mark and not re.fullmatch(r"\d*", decimals)):
        raise NotUnderstood(f"{quoted(text)} is not a number such as {grouped(Decimal('1234.5'), style)}.")
    if len(digits) + len(decimals) > _MOST_DIGITS:
        raise NotUnderstood(f"A number has at most {_MOST_DIGITS} digits, not {len(digits) + len(decimals)}.")
    result = Decimal((digits or "0") + ("." + decimals if decimals else ""))
    return result.copy_negate() if negative else result  # exact at any length


def _worked_out(kind: Kind, text: str, style: Style, named: Mapping[str, Fraction | None] | None) -> str:
    """Return what a typed sum comes to, as the text of its figure; refuses what no decimal writes exactly."""
    digits = "0-9'\u2019" + re.escape(style.decimal_mark + style.group_mark.strip())
    try:
        value = calculated(text, lambda figure: Fraction(number(figure, style)), digits, named)
    except SumRefused as refusal:
        raise NotUnderstood(str(refusal)) from refusal
    figure = written(value)
    if "/" in figure and kind is not Kind.RATIO:
        nearly = grouped(value, style, 0, 8)
        raise NotUnderstood(f"{quoted('=' + text)} is {nearly}, which no decimal writes exactly: round it.")
    return figure.replace(".", style.decimal_mark)


def _ungrouped(whole: str, style: Style) -> str | None:
    if re.fullmatch(r"\d*", whole):
        return whole
    for mark in {style.group_mark, " ", "'", "\u2019"}:
        if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+", whole):
            return whole.replace(mark, "")
    return None


def _parse_positive(text: str, style: Style, what: str) -> Decimal:
    value = number(text, style)
    if value < 0:
        raise NotUnderstood(f"{what} cannot be negative: {text}.")
    return value


def _parse_rate(text: str, style: Style) -> Decimal:
    body = text.removesuffix("%").strip()
    sign, digits, exponent = number(body, style).as_tuple()
    return Decimal((sign, digits, int(exponent) - 2))  # exact at any length


def _parse_ratio(text: str, style: Style) -> Fraction:
    new, mark, old = text.partition("/" if "/" in text else ":")
    denominator = Fraction(number(old, style) if mark else 1)
    if denominator <= 0:
        raise NotUnderstood(no_ratio(text))
    return Fraction(number(new, style)) / denominator


def no_ratio(text: str) -> str:
    """Return the sentence that refuses a text as a ratio."""
    return f"{quoted(text)} is not a ratio such as 1:25 (new shares for old shares)."


def _parse_whole(text: str, style: Style) -> int:
    value = number(text, style)
    if value != int(value):
        raise NotUnderstood(f"{quoted(text)} is not a whole number.")
    return int(value)


def _parse_flag(text: str, style: Style) -> bool:
    answers = {
        "yes": True,
        "y": True,
        "true": True,
        "1": True,
        "no": False,
        "n": False,
        "false": False,
        "0": False,
    }
    if text.lower() not in answers:
        raise NotUnderstood(f"{quoted(text)} is neither Yes nor No.")
    return answers[text.lower()]


_TURN = 30  # of two figures of a year, from which the last century is meant: 29 is 2029, 30 is 1930
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})(?:[ .-]+|(?=\D))(.+?)[ ,.-]*(\d{4})")
_NAMED_FIRST = re.compile(r"(\D+?)\.? (\d{1,2}),? (\d{4})")
_FIGURES = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")


def _parse_day(text: str, style: Style) -> date:
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _FIGURES.fullmatch(text):
            parts = dict(zip(style.day_order, (int(part) for part in found.groups()), strict=True))
            year = parts["Y"]
            if style.has_short_years and year < 100 and len(found[style.day_order.index("Y") + 1]) == 2:
                year += 2000 if year < _TURN else 1900
            if year >= 1000:
                return date(year, parts["M"], parts["D"])
        elif found := _NAMED.fullmatch(text):
            return date(int(found[3]), _month(found[2], style), int(found[1]))
        elif found := _NAMED_FIRST.fullmatch(text):
            return date(int(found[3]), _month(found[1], style), int(found[2]))
    except ValueError:
        pass
    example = "31.8.2001 or 2001-08-31" if style.day_mark == "." else "2001-08-31 or 31 Aug 2001"
    raise NotUnderstood(f"{quoted(text)} is not a day such as {example}.")


def _month(name: str, style: Style) -> int:
    """Return the month of a name in the user's language or in English: the same name, or else one like it."""
    typed = _bare(name)
    for is_called in (str.__eq__, _is_like):
        for months in (style.months, PLAIN.months):
            found = [place for place, month in enumerate(months, 1) if is_called(_bare(month), typed)]
            if len(found) == 1:
                return found[0]
    raise ValueError(name)


def _bare(name: str) -> str:
    return _spaces_removed(name).casefold().strip(" .")


def _is_like(month: str, typed: str) -> bool:
    return min(len(month), len(typed)) >= 3 and (month.startswith(typed) or typed.startswith(month))


def _parse_days(text: str, style: Style) -> tuple[date, ...]:
    return tuple(sorted(_parse_day(part.strip(), style) for part in text.split(";") if part.strip()))


_PARSE: dict[Kind, Callable[[str, Style], Any]] = {
    Kind.SHARES: lambda text, style: _parse_positive(text, style, "A number of shares"),
    Kind.COUNTED: lambda text, style: _parse_positive(text, style, "A number of shares"),
    Kind.PRICE: lambda text, style: _parse_positive(text, style, "A price"),
    Kind.MONEY: number,
    Kind.STAKE: _parse_rate,
    Kind.RATE: _parse_rate,
    Kind.RATIO: _parse_ratio,
    Kind.DATE: _parse_day,
    Kind.DATES: _parse_days,
    Kind.WHOLE: _parse_whole,
    Kind.FLAG: _parse_flag,
}
