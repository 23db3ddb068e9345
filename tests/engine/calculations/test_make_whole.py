"""Conversion rates raised by a make-whole table."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.make_whole import MakeWhole, MakeWholeTable, make_whole
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact
from neocapgui.ledger.terms import Rounding

FIRST, LAST = date(2026, 1, 15), date(2027, 1, 15)
TABLE = MakeWholeTable([20, 25, 30], [FIRST, LAST], [[8, 4, 2], [6, 2, 0]])


def rate(stock_price: Exact, day: date, table: MakeWholeTable = TABLE, **changes: Any) -> MakeWhole:
    terms: dict[str, Any] = {
        "base_rate": 40,
        "rate_places": 4,
        "principal": 1500,
        "fraction": Rounding.DOWN,
    } | changes
    return make_whole(table, stock_price=stock_price, effective_date=day, **terms)


def test_between_prices_and_between_dates() -> None:
    answer = rate(24, date(2026, 7, 20))
    assert answer.additional_exact == Fraction("4.8") - 2 * Fraction(186, 365)
    assert (answer.additional_shares, answer.conversion_rate) == (Fraction("3.7808"), Fraction("43.7808"))
    assert answer.shares == 65


@pytest.mark.parametrize(
    ("stock_price", "day", "added"),
    [
        (20, FIRST, 8),
        (20, date(2020, 1, 1), 8),  # on or before the first date the first row counts
        (25, FIRST, 4),
        (30, LAST, 0),
        (Fraction("19.99"), FIRST, 0),  # below the table nothing is added, nor above it
        (Fraction("30.01"), FIRST, 0),
        (Fraction("27.5"), LAST, 1),
    ],
)
def test_on_the_edges_of_the_table(stock_price: Exact, day: date, added: int) -> None:
    assert rate(stock_price, day).additional_shares == added


def test_the_highest_rate_cuts_the_rate_and_not_the_addition() -> None:
    answer = rate(20, FIRST, max_rate=Fraction("46.5"), principal=10_000)
    assert [answer.additional_shares, answer.conversion_rate, answer.shares] == [8, Fraction("46.5"), 465]


def test_the_rate_is_rounded_from_the_unrounded_addition() -> None:
    table = MakeWholeTable([1, 2], [FIRST], [[Fraction("0.25"), Fraction("0.25")]])
    answer = rate(1, FIRST, table, base_rate=Fraction("0.25"), rate_places=1)
    assert (answer.additional_shares, answer.conversion_rate) == (Fraction("0.3"), Fraction("0.5"))


@pytest.mark.parametrize(
    "table",
    [
        MakeWholeTable([], [FIRST], [[]]),
        MakeWholeTable([20, 20], [FIRST], [[1, 1]]),
        MakeWholeTable([20], [LAST, FIRST], [[1], [1]]),
        MakeWholeTable([20], [FIRST], [[1, 2]]),
        MakeWholeTable([20], [FIRST], [[1], [2]]),
    ],
)
def test_a_table_that_is_none_is_refused(table: MakeWholeTable) -> None:
    with pytest.raises(CalculationRefused) as refused:
        rate(20, FIRST, table)
    assert refused.value.code == "bad_input"


def test_a_date_after_the_table_is_refused() -> None:
    with pytest.raises(CalculationRefused) as refused:
        rate(20, LAST + timedelta(1))
    assert refused.value.code == "bad_input"


@settings(max_examples=60, deadline=None)
@given(st.integers(2000, 3000), st.integers(0, 365))
def test_an_interpolated_addition_lies_within_its_cell(hundredths: int, days: int) -> None:
    price, day = Fraction(hundredths, 100), FIRST + timedelta(days)
    left = 0 if price < 25 else 1
    corners = [row[column] for row in TABLE.rows for column in (left, left + 1)]
    assert min(corners) <= TABLE.additional(price, day) <= max(corners)
