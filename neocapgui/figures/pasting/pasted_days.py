"""What day a pasted text is; a day number of a spreadsheet is refused with the day it would be."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from neocapgui.figures.kinds import Kind, NotUnderstood, Style, day_text, parsed, quoted

_SERIAL = re.compile(r"\d{4,5}(?:[.,]\d+)?")
_FIRST = date(1899, 12, 30)  # day 0 of a spreadsheet, counted as Excel does from March 1900 on
_SERIALS = range(7_000, 80_000)  # 1919 to 2119
_CLOCK = re.compile(r"[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?Z?$")
_WEEKDAY = re.compile(r"^[^\W\d]{2,9}\.?,? (?=\d)")
_FIGURES = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{2}|\d{4})")
_IN_WORDS = {"DMY": "the day before the month", "MDY": "the month before the day"}


def pasted_day(text: str, style: Style, order: str = "") -> date | None:
    """Return the day of a text; `order` is how the paste writes days in figures, where the user has said it.

    The time of day is left off. Refuses (NotUnderstood) what is no day, with the repair where there is one.

    >>> from neocapgui.figures.kinds import PLAIN
    >>> pasted_day("2001-08-31 00:00:00", PLAIN)
    datetime.date(2001, 8, 31)
    """
    body = _CLOCK.sub("", text.strip().removeprefix("'").strip())
    own = replace(style, day_order=order) if order else style
    try:
        found: date | None = parsed(Kind.DATE, body, own)
        return found
    except NotUnderstood as refusal:
        if _WEEKDAY.match(body):
            return pasted_day(_WEEKDAY.sub("", body), style, order)
        raise _explained(text, body, own) or refusal from refusal


def is_turned_round(text: str, style: Style) -> bool:
    """Whether a text in figures is a day only with day and month the other way round than in the language."""
    found = _FIGURES.fullmatch(_CLOCK.sub("", text.strip()))
    if found is None or style.day_order not in _IN_WORDS or len(found[4]) < 4:
        return False
    first, second = int(found[1]), int(found[3])
    month, day = (first, second) if style.day_order == "MDY" else (second, first)
    return month > 12 >= day


def can_turn_round(text: str) -> bool:
    """Whether a text in figures is a day either way round, and two different ones."""
    found = _FIGURES.fullmatch(_CLOCK.sub("", text.strip()))
    return found is not None and int(found[1]) <= 12 and int(found[3]) <= 12 and found[1] != found[3]


def _explained(text: str, body: str, style: Style) -> NotUnderstood | None:
    if _SERIAL.fullmatch(body) and int(float(body.replace(",", "."))) in _SERIALS:
        day = _FIRST + timedelta(days=int(float(body.replace(",", "."))))
        return NotUnderstood(
            f"{quoted(text)} is a day number of a spreadsheet: it would be {day_text(day, style)}. Show it "
            "there as a date and copy again, or type the day."
        )
    found = _FIGURES.fullmatch(body)
    if found is None:
        return None
    if len(found[4]) == 2:
        return NotUnderstood(f"{quoted(text)} has a year of two figures: type the day as 2001-08-31.")
    other = "DMY" if style.day_order == "MDY" else "MDY"
    try:
        day = parsed(Kind.DATE, body, replace(style, day_order=other))
    except NotUnderstood:
        return NotUnderstood(f"{quoted(text)} is a day that no calendar has.")
    return NotUnderstood(
        f"{quoted(text)} is no day with {_IN_WORDS.get(style.day_order, 'the year first')}: "
        f"if it is {day_text(day, style)}, type {day.isoformat()}."
    )
