"""What a cell shows and what typed text means, in four languages, exactly and strictly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.figures.kinds import (
    NUMBERS,
    PLAIN,
    Kind,
    NotUnderstood,
    Style,
    day_text,
    grouped,
    number,
    parsed,
    percent,
    shown,
)

GERMAN = Style(
    ",",
    ".",
    "DMY",
    ".",
    ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
)
FRENCH = Style(
    ",",
    "\u202f",
    "DMY",
    "/",
    ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
)
SWISS = Style(".", "\u2019", "DMY", ".", GERMAN.months)
AMERICAN = Style(day_order="MDY")
STYLES = {"en": PLAIN, "us": AMERICAN, "de": GERMAN, "fr": FRENCH, "ch": SWISS}
each_style = pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)


def refused(kind: Kind, text: str, style: Style = PLAIN) -> str:
    with pytest.raises(NotUnderstood) as refusal:
        parsed(kind, text, style)
    return str(refusal.value)


# Shown


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.SHARES, Decimal(20_777_181), "20,777,181"),
        (Kind.SHARES, Decimal("0.5"), "0.5"),
        (Kind.SHARES, Fraction(1, 3), "0.3333…"),
        (Kind.SHARES, Decimal(-100), "-100"),
        (Kind.COUNTED, Fraction(20114943, 100), "201,149"),
        (Kind.PRICE, Decimal("3.48"), "3.48"),
        (Kind.PRICE, Decimal(6), "6.00"),
        (Kind.PRICE, Decimal("0.2325"), "0.2325"),
        (Kind.MONEY, Decimal(22_500_000), "22,500,000.00"),
        (Kind.MONEY, Decimal("-0.5"), "-0.50"),
        (Kind.STAKE, Fraction(1_030_555, 1_155_555), "89.18"),
        (Kind.STAKE, Fraction(1, 2), "50.00"),
        (Kind.RATE, Decimal("0.07"), "7 %"),
        (Kind.RATE, Decimal("0.0999"), "9.99 %"),
        (Kind.RATIO, Fraction(1, 25), "1:25"),
        (Kind.DATE, date(2001, 8, 31), "31 Aug 2001"),
        (Kind.DATE, date.min, "1 Jan 0001"),
        (Kind.WHOLE, 12_345, "12345"),
        (Kind.FLAG, True, "Yes"),
        (Kind.TEXT, "Société Générale", "Société Générale"),
    ],
)
def test_a_cell_shows_its_value(kind: Kind, value: Any, text: str) -> None:
    assert shown(kind, value) == text


@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_a_blank(kind: Kind) -> None:
    assert shown(kind, None) == shown(kind, "") == ""


def test_no_shares_and_no_stake_are_blanks_and_a_price_of_nothing_is_none() -> None:
    assert [shown(kind, Fraction(0)) for kind in (Kind.SHARES, Kind.COUNTED, Kind.STAKE)] == ["", "", ""]
    assert [shown(kind, Decimal(0)) for kind in (Kind.PRICE, Kind.MONEY, Kind.RATE)] == [
        "0.00",
        "0.00",
        "0 %",
    ]


@pytest.mark.parametrize(
    ("style", "price", "shares", "day"),
    [
        ("en", "1,234.5678", "20,777,181", "4 Jul 2001"),
        ("us", "1,234.5678", "20,777,181", "4 Jul 2001"),
        ("de", "1.234,5678", "20.777.181", "4 Juli 2001"),
        ("fr", "1\u202f234,5678", "20\u202f777\u202f181", "4 juil. 2001"),
        ("ch", "1\u2019234.5678", "20\u2019777\u2019181", "4 Juli 2001"),
    ],
)
def test_numbers_and_days_are_written_as_the_language_does(
    style: str, price: str, shares: str, day: str
) -> None:
    marks = STYLES[style]
    assert shown(Kind.PRICE, Decimal("1234.5678"), marks) == price
    assert shown(Kind.SHARES, Decimal(20_777_181), marks) == shares
    assert shown(Kind.DATE, date(2001, 7, 4), marks) == day == day_text(date(2001, 7, 4), marks)


def test_a_figure_that_is_cut_says_so_and_halves_go_up() -> None:
    assert grouped(Fraction("2.50005"), PLAIN, 0, 4) == "2.5001…"
    assert grouped(Fraction("-2.50005"), PLAIN, 0, 4) == "-2.5001…"
    assert grouped(Fraction("0.00004"), PLAIN, 0, 4) == "0…"
    assert grouped(10**24, PLAIN) == "1,000,000,000,000,000,000,000,000"
    assert percent(Fraction(1, 8000), PLAIN) == "0.01"
    assert percent(Fraction(1, 3), GERMAN, 4) == "33,3333"


# Typed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.50", "1234.50"),
        ("1234.50", "1234.50"),
        (" 1 234.5 ", "1234.5"),
        ("1\u00a0234", "1234"),
        ("1\u202f234", "1234"),
        ("1'234", "1234"),
        ("1\u2019234", "1234"),
        (".5", "0.5"),
        ("5.", "5"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("+5", "5"),
        ("(1,234.50)", "-1234.50"),
        ("1,234-", "-1234"),
        ("$ 1,234", "1234"),
        ("1,234 USD", "1234"),
        ("US$5", "5"),
        ("-$5.00", "-5"),
        ("($5.00)", "-5"),
        ("$(5.00)", "-5"),
        ("5.00\u20ac", "5"),
        ("12345678901234567890123456789012345.123456789", "12345678901234567890123456789012345.123456789"),
        ("-12345678901234567890123456789012345", "-12345678901234567890123456789012345"),
    ],
)
def test_money_is_typed_in_many_ways_and_always_exact(text: str, value: str) -> None:
    assert parsed(Kind.MONEY, text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "1,23",
        "12,34,567",
        "1,2345",
        "1.234.567",
        "1,234.5,6",
        "--5",
        "-5-",
        "(-5)",
        "(5",
        "5 5",
        "1e5",
        "NaN",
        "Infinity",
        "0x10",
        "five",
        "-",
        ".",
        "####",
        "5 %",
        "$",
    ],
)
def test_what_is_no_number_is_refused_with_the_text_and_an_example(text: str) -> None:
    assert refused(Kind.MONEY, text) == f"“{text}” is not a number such as 1,234.5."


def test_a_number_is_read_with_the_marks_of_the_language_only() -> None:
    assert parsed(Kind.PRICE, "1.234,56", GERMAN) == Decimal("1234.56")
    assert parsed(Kind.PRICE, "1.234", GERMAN) == 1234
    assert parsed(Kind.PRICE, "1,234", GERMAN) == Decimal("1.234")
    assert parsed(Kind.PRICE, "1 234,56", FRENCH) == Decimal("1234.56")
    assert parsed(Kind.PRICE, "1\u2019234.56", SWISS) == Decimal("1234.56")
    assert refused(Kind.PRICE, "1.5", GERMAN) == "“1.5” is not a number such as 1.234,5."
    assert refused(Kind.PRICE, "1,5", PLAIN) == "“1,5” is not a number such as 1,234.5."


def test_an_endless_number_is_refused() -> None:
    assert refused(Kind.SHARES, "9" * 201) == "A number has at most 200 digits, not 201."
    assert parsed(Kind.SHARES, "9" * 200) == int("9" * 200)


def test_shares_and_prices_are_not_negative_and_money_may_be() -> None:
    assert refused(Kind.SHARES, "-5") == "A number of shares cannot be negative: -5."
    assert refused(Kind.PRICE, "(5)") == "A price cannot be negative: (5)."
    assert parsed(Kind.MONEY, "(5)") == -5
    assert parsed(Kind.SHARES, "0") == 0


@pytest.mark.parametrize("kind", Kind)
def test_an_empty_cell_is_nothing(kind: Kind) -> None:
    nothing = "" if kind is Kind.TEXT else None
    for text in ("", "  ", "\u00a0\t"):
        assert parsed(kind, text) == nothing


@pytest.mark.parametrize(
    ("text", "rate"), [("7 %", "0.07"), ("7", "0.07"), ("9.99%", "0.0999"), ("-1", "-0.01")]
)
def test_a_rate_is_typed_in_percent_with_or_without_the_sign(text: str, rate: str) -> None:
    assert parsed(Kind.RATE, text) == parsed(Kind.STAKE, text) == Decimal(rate)


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("1:25", Fraction(1, 25)),
        ("1 : 25", Fraction(1, 25)),
        ("1/25", Fraction(1, 25)),
        ("0.04", Fraction(1, 25)),
        ("200/44,445", Fraction(200, 44_445)),
        ("1.5:2", Fraction(3, 4)),
        ("3", Fraction(3)),
    ],
)
def test_a_ratio_is_typed_as_new_for_old_or_as_a_number(text: str, ratio: Fraction) -> None:
    assert parsed(Kind.RATIO, text) == ratio


@pytest.mark.parametrize("text", ["1:0", "1:-25", "0/0"])
def test_a_ratio_of_something_for_nothing_is_refused(text: str) -> None:
    assert refused(Kind.RATIO, text) == f"“{text}” is not a ratio such as 1:25 (new shares for old shares)."


def test_a_ratio_that_a_file_may_hold_is_read_back() -> None:
    assert [parsed(Kind.RATIO, text) for text in ("0", "0:1", "-1:25")] == [0, 0, Fraction(-1, 25)]


@pytest.mark.parametrize("text", ["1:", ":25", "1:2:3", "a:b", "1/2/3"])
def test_half_a_ratio_is_refused(text: str) -> None:
    assert "is not a number such as" in refused(Kind.RATIO, text)


def test_a_whole_number_and_a_flag_are_read_strictly() -> None:
    assert parsed(Kind.WHOLE, "1,234") == 1234
    assert refused(Kind.WHOLE, "1.5") == "“1.5” is not a whole number."
    assert [parsed(Kind.FLAG, text) for text in ("Yes", "y", "TRUE", "1", "no", "N", "false", "0")] == [
        *([True] * 4),
        *([False] * 4),
    ]
    assert refused(Kind.FLAG, "perhaps") == "“perhaps” is neither Yes nor No."


def test_text_is_kept_with_single_spaces() -> None:
    assert parsed(Kind.TEXT, "  Société\u00a0 Générale ") == "Société Générale"


# Days


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("2001-08-31", "us"),
        ("2001-8-31", "de"),
        ("31 Aug 2001", "en"),
        ("31 August 2001", "en"),
        ("31-aug-2001", "en"),
        ("31Aug2001", "en"),
        ("Aug 31, 2001", "us"),
        ("August 31 2001", "us"),
        ("31/8/2001", "en"),
        ("8/31/2001", "us"),
        ("31.08.2001", "de"),
        ("31. August 2001", "de"),
        ("31 Aug. 2001", "de"),
        ("31 Aug 2001", "fr"),
        ("31 août 2001", "fr"),
        ("31 AOÛT 2001", "fr"),
        ("31.8.2001", "ch"),
    ],
)
def test_a_day_is_typed_in_many_ways(text: str, style: str) -> None:
    assert parsed(Kind.DATE, text, STYLES[style]) == date(2001, 8, 31)


def test_months_that_begin_alike_are_told_apart() -> None:
    """French juin and juil. begin with the same three letters."""
    assert parsed(Kind.DATE, "4 juin 2001", FRENCH) == date(2001, 6, 4)
    assert parsed(Kind.DATE, "4 juil. 2001", FRENCH) == date(2001, 7, 4)
    assert parsed(Kind.DATE, "4 juillet 2001", FRENCH) == date(2001, 7, 4)
    assert "is not a day" in refused(Kind.DATE, "4 jui 2001", FRENCH)
    assert parsed(Kind.DATE, "4 Mar 2001", GERMAN) == parsed(Kind.DATE, "4. März 2001", GERMAN)


def test_a_month_in_english_is_not_taken_for_one_that_sounds_like_it() -> None:
    """Finnish marraskuu is November, maaliskuu March."""
    finnish = Style(
        months=(
            "tammik.",
            "helmik.",
            "maalisk.",
            "huhtik.",
            "toukok.",
            "kesäk.",
            "heinäk.",
            "elok.",
            "syysk.",
            "lokak.",
            "marrask.",
            "jouluk.",
        )
    )
    assert parsed(Kind.DATE, "4 Mar 2001", finnish) == date(2001, 3, 4)
    assert parsed(Kind.DATE, "4 marraskuu 2001", finnish) == date(2001, 11, 4)


@pytest.mark.parametrize(
    ("months", "text"), [("月", "4 7月 2001"), ("월", "4 7월 2001"), (" июля", "4 7 июля 2001")]
)
def test_a_month_is_read_back_in_any_script(months: str, text: str) -> None:
    style = Style(months=tuple(f"{month}{months}" for month in range(1, 13)))
    assert shown(Kind.DATE, date(2001, 7, 4), style) == text
    assert parsed(Kind.DATE, text, style) == date(2001, 7, 4)


@pytest.mark.parametrize(
    "text",
    [
        "31 Feb 2001",
        "2001-02-29",
        "32.1.2001",
        "8/31/2001",
        "31/8/01",
        "31 Aug 01",
        "2001",
        "August 2001",
        "31 Xyz 2001",
        "yesterday",
        "0000-01-01",
        "2001-13-01",
    ],
)
def test_what_is_no_day_is_refused_with_the_text_and_an_example(text: str) -> None:
    assert refused(Kind.DATE, text) == f"“{text}” is not a day such as 2001-08-31 or 31 Aug 2001."


# There and back

any_figure = st.one_of(
    st.integers(0, 10**30).map(Decimal),
    st.builds(
        lambda units, places: Decimal(units).scaleb(-places), st.integers(0, 10**12), st.integers(0, 4)
    ),
)
NUMBER_KINDS = (Kind.SHARES, Kind.PRICE, Kind.MONEY)


@each_style
@given(value=any_figure, kind=st.sampled_from(NUMBER_KINDS), is_negative=st.booleans())
@settings(max_examples=50)
def test_a_number_typed_is_shown_and_understood_again(
    style: Style, value: Decimal, kind: Kind, is_negative: bool
) -> None:
    typed = grouped(value, style)
    exact = parsed(kind, typed, style)
    assert exact == value
    if kind is Kind.MONEY and is_negative:
        exact = exact.copy_negate()
    again = shown(kind, exact, style)
    if again and (kind is not Kind.MONEY or (Fraction(exact) * 100).denominator == 1):
        assert parsed(kind, again, style) == exact
        assert parsed(kind, again.replace("\u202f", " "), style) == exact


@each_style
@given(day=st.dates())
@settings(max_examples=50)
def test_a_day_shown_is_understood_again(style: Style, day: date) -> None:
    assert parsed(Kind.DATE, shown(Kind.DATE, day, style), style) == day
    assert parsed(Kind.DATE, day.isoformat(), style) == day
    if day.year >= 1000:
        parts = {"D": f"{day.day:02}", "M": f"{day.month:02}", "Y": str(day.year)}
        assert parsed(Kind.DATE, style.day_mark.join(parts[part] for part in style.day_order), style) == day


@each_style
@given(new=st.integers(1, 10**9), old=st.integers(1, 10**9), rate=st.integers(0, 10**6))
@settings(max_examples=50)
def test_a_ratio_and_a_rate_shown_are_understood_again(style: Style, new: int, old: int, rate: int) -> None:
    ratio, part = Fraction(new, old), Decimal(rate).scaleb(-8)
    assert parsed(Kind.RATIO, shown(Kind.RATIO, ratio, style), style) == ratio
    assert parsed(Kind.RATE, shown(Kind.RATE, part, style), style) == part


@given(text=st.text(max_size=12), kind=st.sampled_from(Kind), style=st.sampled_from(sorted(STYLES)))
@settings(max_examples=300)
def test_any_text_is_a_value_or_refused_in_one_sentence(text: str, kind: Kind, style: str) -> None:
    refusals = []
    try:
        value = parsed(kind, text, STYLES[style])
    except NotUnderstood as refusal:
        refusals.append(str(refusal))
    else:
        assert isinstance(shown(kind, value, STYLES[style]), str)
        assert kind not in NUMBERS or value is None or Fraction(value).denominator > 0
    assert all(sentence.endswith(".") for sentence in refusals)


def test_a_number_by_itself_is_read_like_one_in_a_cell() -> None:
    assert number("1,234.5") == Decimal("1234.5")
    assert number("1 234,5", FRENCH) == Decimal("1234.5")


def test_several_days_are_typed_with_a_semicolon_between_them() -> None:
    typed = parsed(Kind.DATES, "30 Sep 2001; 2001-08-31")
    assert typed == (date(2001, 8, 31), date(2001, 9, 30))
    assert shown(Kind.DATES, typed) == "31 Aug 2001; 30 Sep 2001"
    with pytest.raises(NotUnderstood, match="tomorrow"):
        parsed(Kind.DATES, "2001-08-31; tomorrow")


def test_a_sentence_quotes_long_typed_text_in_short_and_on_one_line() -> None:
    with pytest.raises(NotUnderstood) as refused:
        parsed(Kind.SHARES, "ten thousand\nshares " * 500)
    assert len(str(refused.value)) < 140
    assert "\n" not in str(refused.value)
