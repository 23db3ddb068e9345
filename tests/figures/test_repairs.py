"""What may have been meant by a text that is no value; a guess is always a value of its column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neocapgui.figures.facts_tables import TRANSACTION_KINDS
from neocapgui.figures.grid.exact_text import exact_text
from neocapgui.figures.grid.repairs import repair
from neocapgui.figures.kinds import PLAIN, Kind, NotUnderstood, Style
from neocapgui.figures.tables import Column

GERMAN = Style(decimal_mark=",", group_mark=".", day_mark=".")
KINDS = [kind for kind in Kind if kind not in (Kind.CHOICE, Kind.REFERENCE)]


@pytest.mark.parametrize(
    ("kind", "text", "meant"),
    [
        (Kind.MONEY, "1.234,5", "1,234.50"),
        (Kind.PRICE, "3,48", "3.48"),
        (Kind.SHARES, "12,34,567", "1,234,567"),
        (Kind.SHARES, "201,14", "20,114"),
        (Kind.SHARES, "1O0", "100"),
        (Kind.SHARES, "-500", "500"),
        (Kind.SHARES, "201,149 shares", "201,149"),
        (Kind.MONEY, "1.5m", "1,500,000.00"),
        (Kind.MONEY, "about $700k", "700,000.00"),
        (Kind.DATE, "31.8.01", "31 Aug 2001"),
        (Kind.DATE, "20010831", "31 Aug 2001"),
        (Kind.DATE, "8/31/2001", "31 Aug 2001"),
        (Kind.DATE, "31 Agu 2001", "31 Aug 2001"),
        (Kind.DATE, "2001-09-31", "30 Sep 2001"),
        (Kind.RATIO, "1 for 25", "1:25"),
        (Kind.RATE, "7.5 percent", "7.5 %"),
        (Kind.WHOLE, "1.5", "1"),
        (Kind.FLAG, "ja", "Yes"),
        (Kind.SHARES, "many", None),
        (Kind.DATE, "tomorrow", None),
        (Kind.MONEY, "=1/3", None),
    ],
)
def test_what_was_meant_is_guessed(kind: Kind, text: str, meant: str | None) -> None:
    assert repair(Column("A", kind), text, PLAIN) == meant


def test_marks_are_those_of_the_language() -> None:
    assert repair(Column("Amount", Kind.MONEY), "1,234.5", GERMAN) == "1.234,50"


@pytest.mark.parametrize(("text", "meant"), [("isuance", "Issuance"), ("transf", "Transfer"), ("zzz", None)])
def test_a_word_of_a_choice_is_guessed(text: str, meant: str | None) -> None:
    assert repair(Column("Kind", Kind.CHOICE, choices=TRANSACTION_KINDS), text, PLAIN) == meant


@given(
    st.sampled_from(KINDS),
    st.text("0123456789.,' -()/:%OlAugk$", max_size=16),
    st.sampled_from([PLAIN, GERMAN]),
)
def test_a_guess_is_always_a_value_of_the_column(kind: Kind, text: str, style: Style) -> None:
    column = Column("A", kind)
    guess = repair(column, text, style)
    if guess is not None:
        column.value(guess, style)


@given(
    st.sampled_from(KINDS),
    st.text("0123456789.,-:/", min_size=1, max_size=12),
    st.sampled_from([PLAIN, GERMAN]),
)
def test_the_exact_text_of_a_value_is_the_value_again(kind: Kind, text: str, style: Style) -> None:
    column = Column("A", kind)
    try:
        value = column.value(text, style)
    except NotUnderstood:
        return
    assert column.value(exact_text(column, value, style), style) == value or not value
