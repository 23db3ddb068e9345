"""How some cells go on: by days, months and ends of months, by the step of two, by numbered names."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neocapgui.figures.grid.series import continued, is_series


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(values: str) -> list[date]:
    return [day(text) for text in values.split()]


@pytest.mark.parametrize(
    ("values", "after", "before"),
    [
        ("2001-08-31", "2001-09-01 2001-09-02", "2001-08-30 2001-08-29"),
        ("2001-08-01 2001-08-08", "2001-08-15 2001-08-22", "2001-07-25 2001-07-18"),
        ("2001-01-15 2001-02-15", "2001-03-15 2001-04-15", "2000-12-15 2000-11-15"),
        ("2000-01-31 2000-02-29", "2000-03-31 2000-04-30", "1999-12-31 1999-11-30"),
        ("2001-03-31 2001-06-30", "2001-09-30 2001-12-31", "2000-12-31 2000-09-30"),
        ("2000-02-29 2001-02-28", "2002-02-28 2003-02-28", "1999-02-28 1998-02-28"),
        ("2001-08-10 2001-08-09", "2001-08-08 2001-08-07", "2001-08-11 2001-08-12"),
    ],
)
def test_days_go_on_by_their_step_or_month_by_month(values: str, after: str, before: str) -> None:
    assert continued(days(values), 2) == days(after)
    assert continued(days(values), 2, is_backwards=True) == days(before)


@pytest.mark.parametrize(
    ("values", "after"),
    [
        (["CS-001"], ["CS-002", "CS-003"]),
        (["CS-099"], ["CS-100", "CS-101"]),
        (["Lot 5", "Lot 10"], ["Lot 15", "Lot 20"]),
        (["7"], ["8", "9"]),
        (["Ada"], ["Ada", "Ada"]),
        (["CS-1", "DS-2"], ["CS-1", "DS-2"]),
        (["Round 2001 A"], ["Round 2001 A", "Round 2001 A"]),
    ],
)
def test_names_that_end_with_a_number_go_on(values: list[str], after: list[str]) -> None:
    assert continued(values, 2) == after


def test_numbered_names_do_not_go_below_nothing() -> None:
    assert continued(["CS-001"], 1, is_backwards=True) == ["CS-000"]
    assert continued(["CS-001"], 2, is_backwards=True) == ["CS-001", "CS-001"]


@pytest.mark.parametrize(
    ("values", "after"),
    [
        ([Decimal("1.10")], [Decimal("1.10"), Decimal("1.10")]),
        ([Decimal("1.10"), Decimal("1.15")], [Decimal("1.20"), Decimal("1.25")]),
        ([5, 3], [1, -1]),
        ([Fraction(1, 3), Fraction(2, 3)], [Fraction(1), Fraction(4, 3)]),
        ([Decimal(1), Decimal(2), Decimal(4)], [Decimal(1), Decimal(2)]),
        ([True], [True, True]),
        ([None], [None, None]),
    ],
)
def test_figures_go_on_by_the_step_of_two_and_one_alone_repeats(values: list[Any], after: list[Any]) -> None:
    assert continued(values, 2) == after


def test_a_series_ends_with_the_calendar() -> None:
    assert continued([date.max], 1) == [date.max]


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-400, 400), st.integers(0, 20))
def test_a_series_has_one_step_throughout(start: date, step: int, count: int) -> None:
    second = start + timedelta(days=step)
    series = [start, second, *continued([start, second], count)]
    months = {12 * (b.year - a.year) + b.month - a.month for a, b in pairwise(series)}
    assert len({(b - a).days for a, b in pairwise(series)}) == 1 or len(months) == 1
    assert len(series) == count + 2


@given(st.integers(0, 10**6), st.integers(0, 50))
def test_what_goes_back_comes_again(number: int, count: int) -> None:
    name = f"CS-{number + 50:04}"
    back = continued([name], count, is_backwards=True)
    assert [*reversed(back), name][1:] == continued([back[-1]], count) if count else back == []


def test_only_what_does_not_repeat_is_a_series() -> None:
    assert is_series(["CS-1"])
    assert is_series([day("2001-08-31")])
    assert not is_series(["Ada"])
    assert not is_series([Decimal(5)])
    assert not is_series([])
