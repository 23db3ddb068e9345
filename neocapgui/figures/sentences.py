"""The sentences of the engine in the language of their reader: its number marks and its names of months."""

from __future__ import annotations

import re
from datetime import date

from neocapgui.engine.wording import rewritten
from neocapgui.figures.kinds import PLAIN, Style, day_text

_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})*(?:\.\d+)?…?")
_DAY = re.compile(r"(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})")


def sentence(said: str, style: Style = PLAIN) -> str:
    """Return a sentence with its marked figures and days as a style writes them; names are left alone.

    >>> from neocapgui.engine.wording import told
    >>> sentence(f"The 2,000 Fund holds {told(1250000)} shares.", Style(decimal_mark=",", group_mark="."))
    'The 2,000 Fund holds 1.250.000 shares.'
    """
    return rewritten(said, lambda text: in_style(text, style))


def dim_line(subtitle: str, day: date, style: Style = PLAIN) -> str:
    """Return the line under a heading with the day looked at as a style writes it.

    >>> dim_line("Alpha  ·  voting  ·  31 Aug 2001", date(2001, 8, 31), Style(months=("Jan.",) * 12))
    'Alpha  ·  voting  ·  31 Jan. 2001'
    """
    before, found, after = subtitle.rpartition(day_text(day))
    return before + day_text(day, style) + after if found else subtitle


def in_style(text: str, style: Style) -> str:
    """Return a figure or a day in the neutral form as a style writes it, and any other text as it is.

    >>> in_style("1,250.5", Style(decimal_mark=",", group_mark=".")), in_style("7 %", PLAIN)
    ('1.250,5', '7 %')
    """
    if _NUMBER.fullmatch(text):
        return text.translate({ord(","): style.group_mark, ord("."): style.decimal_mark})
    found = _DAY.fullmatch(text)
    if found is None or found[2] not in PLAIN.months:
        return text
    return day_text(date(int(found[3]), PLAIN.months.index(found[2]) + 1, int(found[1])), style)
