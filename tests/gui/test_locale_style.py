"""How the languages of the system write numbers and days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QLocale

from neocapgui.figures.kinds import Kind, parsed, shown
from neocapgui.gui.looks.locale_style import style_of

LANGUAGES = ("en_US", "en_GB", "en_IN", "de_DE", "de_CH", "fr_FR", "ja_JP", "C")


@pytest.mark.parametrize(
    ("language", "number", "order"),
    [
        ("en_US", "1,234.50", "MDY"),
        ("en_GB", "1,234.50", "DMY"),
        ("de_DE", "1.234,50", "DMY"),
        ("fr_FR", "1\u202f234,50", "DMY"),
        ("ja_JP", "1,234.50", "YMD"),
    ],
)
def test_numbers_and_days_are_written_as_usual(language: str, number: str, order: str) -> None:
    style = style_of(QLocale(language))
    assert shown(Kind.PRICE, Decimal("1234.5"), style) == number
    assert style.day_order == order


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_can_be_typed_again(language: str) -> None:
    style = style_of(QLocale(language))
    price = Decimal("1234567.25")
    assert parsed(Kind.PRICE, shown(Kind.PRICE, price, style), style) == price
    for month in range(1, 13):
        day = date(2001, month, 28)
        assert parsed(Kind.DATE, day.isoformat(), style) == day
        assert parsed(Kind.DATE, shown(Kind.DATE, day, style), style) == day


def test_no_language_has_two_months_of_one_name() -> None:
    for language in LANGUAGES:
        assert len(set(style_of(QLocale(language)).months)) == 12
