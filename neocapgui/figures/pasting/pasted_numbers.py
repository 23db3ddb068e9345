"""What number a pasted text is, in whatever marks it was written; what can be two numbers is told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from neocapgui.figures.kinds import NotUnderstood, Style, grouped, quoted


class Point(StrEnum):
    """What a mark before three figures does in a paste, where only the user can know it."""

    UNKNOWN = ""
    GROUPS = "groups"  # 1.234 is one thousand two hundred and thirty-four
    DECIMALS = "decimals"  # 1.234 is a little more than one


class TwoReadings(NotUnderstood):
    """A text that can be two numbers."""

    def __init__(self, text: str, style: Style, mark: str, as_groups: Decimal, as_decimals: Decimal) -> None:
        """Tell both numbers in the marks of the language."""
        self.text, self.mark = text, mark
        self.as_groups, self.as_decimals = as_groups, as_decimals
        both = f"{grouped(as_groups, style)} or {grouped(as_decimals, style, 3)}"
        super().__init__(f"{quoted(text)} can be {both}: say above which it is.")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it was written, and what stood beside it."""

    value: Decimal
    currency: str = ""  # the sign or code: $, EUR
    is_percent: bool = False
    remark: str = ""


_FITS = {  # which currencies a sign can stand for
    "$": ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN"),
    "US$": ("USD",),
    "C$": ("CAD",),
    "A$": ("AUD",),
    "HK$": ("HKD",),
    "€": ("EUR",),
    "£": ("GBP",),
    "¥": ("JPY", "CNY"),
    "₹": ("INR",),
    "₪": ("ILS",),
    "₩": ("KRW",),
    "Rs.": ("INR",),
    "SFr.": ("CHF",),
    "Fr.": ("CHF",),
    "kr": ("SEK", "NOK", "DKK"),
}
_KNOWN = """
USD EUR CHF GBP JPY CAD AUD NZD SEK NOK DKK CNY HKD SGD INR ILS KRW BRL MXN ZAR PLN CZK HUF TRY
"""
_CODES = _KNOWN.split()
_CURRENCY = "|".join(sorted(map(re.escape, (*_FITS, *_CODES)), key=len, reverse=True))
_BEFORE = re.compile(rf"({_CURRENCY})\s*(?=[\d(.,+\-\u2212])")
_AFTER = re.compile(rf"\s*(?<![A-Za-z])({_CURRENCY})$")
_MOST_DIGITS = 200
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#NV"})
_MINUS = "-\u2212\u2013\u2014"
_SPACES = " \u00a0\u202f\u2009\u2007"
_TOUCHING = re.compile(rf"[{_SPACES}\t]+")
_WESTERN = re.compile(r"\d{1,3}(?:(.)\d{3})(?:\1\d{3})*")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")  # written with commas alone: 1.23.456 is a slip


def fits(currency: str, own: str) -> bool:
    """Whether a sign or code can stand for a currency.

    >>> fits("$", "USD"), fits("EUR", "USD")
    (True, False)
    """
    return currency == own or own in _FITS.get(currency, ())


def figure(text: str, style: Style, point: Point = Point.UNKNOWN) -> Figure | None:
    """Return the number a pasted text is; None where it is a dash for nothing, as accountants write it.

    Understood are the marks of the language, `(1,234)`, a minus in front or behind, `%`, a currency, an
    apostrophe in front, hidden spaces, groups of three with any mark and Indian groups. Refuses
    (NotUnderstood) what is no number, and with TwoReadings what can be two.

    >>> from neocapgui.figures.kinds import PLAIN
    >>> figure("(US$ 12,34,567.50)", PLAIN).value
    Decimal('-1234567.50')
    """
    body = _TOUCHING.sub(" ", text).strip().removeprefix("'").strip()
    _check_spreadsheet(text, body)
    if body and body[-1] in _MINUS and body.rstrip(_MINUS + " ") in ("", *_FITS, *_CODES):
        return None  # "-" and "$ -" are nothing in a column of accounts
    currency, is_percent, is_negative = "", False, False
    while body:
        if body[0] == "(" and body[-1] == ")" and len(body) > 1:
            is_negative, body = True, body[1:-1]
        elif body[0] in _MINUS and len(body) > 1 and not is_negative:
            is_negative, body = True, body[1:]
        elif body[0] == "+":
            body = body[1:]
        elif body[-1] in _MINUS and len(body) > 1 and not is_negative:
            is_negative, body = True, body[:-1]
        elif body[-1] == "%" and not is_percent:
            is_percent, body = True, body[:-1]
        elif not currency and (found := _BEFORE.match(body) or _AFTER.search(body)):
            currency = found[1]
            body = body[found.end() :] if found.start() == 0 else body[: found.start()]
        else:
            break
        body = body.strip()
    if len(body) > 2 * _MOST_DIGITS:
        raise NotUnderstood(f"A number has at most {_MOST_DIGITS} digits.")
    value, remark = _value(text, body, style, point, is_negative)
    return Figure(value, currency, is_percent, remark)


def _check_spreadsheet(text: str, body: str) -> None:
    if body and set(body) == {"#"}:
        raise NotUnderstood(
            f"{quoted(text)} is no number: the column was too narrow in the spreadsheet; widen it there and "
            "copy again."
        )
    if body.upper() in _ERRORS:
        raise NotUnderstood(f"{quoted(text)} is an error of the spreadsheet and no value.")
    if re.fullmatch(r"[+-]?\d+([.,]\d+)?[eE]\+?\d+", body):
        raise NotUnderstood(
            f"{quoted(text)} was shortened by the spreadsheet: show all its figures there and copy again."
        )


def _value(text: str, body: str, style: Style, point: Point, is_negative: bool) -> tuple[Decimal, str]:
    sign = "-" if is_negative else ""
    marks = [mark for mark in body if not mark.isascii() or not mark.isdigit()]
    if not re.search("[0-9]", body) or not set(marks) <= set(".,'\u2019 "):
        raise _no_number(text, style)
    bare = body.replace(" ", "").replace("'", "").replace("\u2019", "")
    has_groups = bare != body
    points = [mark for mark in bare if mark in ".,"]
    if not points:
        return Decimal(sign + _whole(text, body, style)), ""
    last = points[-1]
    if points.count(last) > 1:  # only a mark of groups comes more than once
        if has_groups or set(points) != {last}:
            raise _no_number(text, style)
        return Decimal(sign + _whole(text, body, style)), ""
    whole, _, decimals = body.rpartition(last)
    if not re.fullmatch("[0-9]*", decimals) or not (whole or decimals):
        raise _no_number(text, style)
    digits = _whole(text, whole, style) if whole else "0"
    as_decimals = Decimal(f"{sign}{digits}.{decimals or '0'}")
    can_group = len(points) == 1 and not has_groups and re.fullmatch(r"[1-9]\d{0,2}", whole)
    if can_group and len(decimals) == 3 and last != style.decimal_mark:
        as_groups = Decimal(sign + whole + decimals)
        if style.decimal_mark == "." and last == style.group_mark:
            return as_groups, ""
        if point is Point.UNKNOWN:
            raise TwoReadings(text, style, last, as_groups, as_decimals)
        return (as_groups if point is Point.GROUPS else as_decimals), ""
    if last == style.decimal_mark:
        return as_decimals, ""
    return as_decimals, f"{quoted(text)} is read as {grouped(as_decimals, style, 0, 12)}."


def _whole(text: str, whole: str, style: Style) -> str:
    """Return the figures of a whole number whose groups, if it has any, stand in place."""
    if re.fullmatch("[0-9]+", whole):
        return whole
    if re.fullmatch(r"[0-9.,'\u2019 ]+", whole) and (_WESTERN.fullmatch(whole) or _INDIAN.fullmatch(whole)):
        return re.sub("[^0-9]", "", whole)
    raise _no_number(text, style)


def _no_number(text: str, style: Style) -> NotUnderstood:
    return NotUnderstood(f"{quoted(text)} is not a number such as {grouped(Decimal('1234.5'), style)}.")
