"""Months counted from the start, across short months and leap years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.month_arithmetic import months_after, whole_months
from neocapgui.engine.calculations.refusal import CalculationRefused

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


def test_a_short_month_gives_its_last_day_and_the_next_month_the_start_day_again() -> None:
    months = [months_after(date(2021, 1, 30), month) for month in (1, 2, 12, 25)]
    assert months == [date(2021, 2, 28), date(2021, 3, 30), date(2022, 1, 30), date(2023, 2, 28)]


def test_a_leap_day_comes_back_after_four_years() -> None:
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_after(date(2024, 2, 29), 48) == date(2028, 2, 29)


def test_a_stated_day_of_the_month_replaces_the_start_day() -> None:
    assert months_after(date(2025, 1, 10), 1, 31) == date(2025, 2, 28)
    assert months_after(date(2025, 1, 10), 1, 1) == date(2025, 2, 1)


def test_months_before_the_start() -> None:
    assert months_after(date(2025, 3, 31), -1) == date(2025, 2, 28)
    assert months_after(date(2025, 1, 15), -13) == date(2023, 12, 15)


@pytest.mark.parametrize("day", [0, 32])
def test_a_month_has_at_most_31_days(day: int) -> None:
    with pytest.raises(CalculationRefused) as refused:
        months_after(date(2025, 1, 1), 1, day)
    assert refused.value.code == "bad_input"


def test_the_sixth_month_from_a_31st_ends_on_the_30th() -> None:
    start = date(2024, 3, 31)
    assert [whole_months(start, date(2024, 9, day)) for day in (29, 30)] == [5, 6]
    assert [whole_months(start, date(2024, 10, day)) for day in (30, 31)] == [6, 7]


@given(DAYS, st.integers(-600, 600))
@settings(max_examples=100)
def test_a_month_is_complete_on_its_day_and_not_the_day_before(start: date, months: int) -> None:
    day = months_after(start, months)
    assert whole_months(start, day) == months
    assert whole_months(start, day - timedelta(1)) == months - 1
