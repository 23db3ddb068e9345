"""The marks of the user's language, as Qt knows them, for the figures."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from neocapgui.figures.kinds import Style

_PARTS = {"d": "D", "M": "M", "y": "Y"}


def style_of(locale: QLocale) -> Style:
    """Return how a language writes numbers and days.

    >>> style = style_of(QLocale("de_DE"))
    >>> style.decimal_mark, style.group_mark, style.day_order, style.day_mark
    (',', '.', 'DMY', '.')
    """
    short = locale.dateFormat(QLocale.FormatType.ShortFormat)
    order = "".join(dict.fromkeys(_PARTS[letter] for letter in short if letter in _PARTS))
    marks = [letter for letter in short if not letter.isalnum() and not letter.isspace()]
    return Style(
        decimal_mark=locale.decimalPoint(),
        group_mark=locale.groupSeparator(),
        day_order=order if sorted(order) == ["D", "M", "Y"] else "DMY",
        day_mark=marks[0] if marks else "/",
        has_short_years=short.count("y") == 2,
        months=tuple(locale.monthName(month, QLocale.FormatType.ShortFormat) for month in range(1, 13)),
    )
