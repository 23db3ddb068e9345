"""Ticks stand on round days and figures, and never more of them than there is room for."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neocapgui.figures.charts.axes import day_ticks, figure_ticks
from neocapgui.figures.kinds import Style


@pytest.mark.parametrize(
    ("first", "last", "most", "texts"),
    [
        (date(2001, 8, 30), date(2001, 9, 2), 5, "30 Aug 2001|31 Aug 2001|1 Sep 2001|2 Sep 2001"),
        (date(2001, 1, 1), date(2001, 4, 30), 5, "Jan 2001|Feb 2001|Mar 2001|Apr 2001"),
        (date(2001, 1, 2), date(2001, 4, 30), 5, "Feb 2001|Mar 2001|Apr 2001"),
        (date(1999, 10, 1), date(2003, 11, 11), 10, "Jan 2000|Jul 2000|Jan 2001|Jul 2001|Jan 2002|Jul 2002"
         "|Jan 2003|Jul 2003"),
        (date(1999, 10, 1), date(2003, 11, 11), 6, "2000|2001|2002|2003"),
        (date(1999, 10, 1), date(2003, 11, 11), 3, "2000|2001|2002|2003"),
        (date(1, 1, 1), date(9999, 12, 31), 5, "1000|2000|3000|4000|5000|6000|7000|8000|9000"),
        (date(9999, 11, 1), date(9999, 12, 31), 3, "Nov 9999|Dec 9999"),
        (date(2001, 1, 1), date(2001, 1, 1), 1, "1 Jan 2001"),
    ],
)  # fmt: skip
def test_ticks_stand_on_round_days(first: date, last: date, most: int, texts: str) -> None:
    assert "|".join(tick.text for tick in day_ticks(first, last, most)) == texts


@given(st.dates(), st.dates(), st.integers(1, 30))
def test_there_are_at_most_so_many_days_or_twice_as_many_years_and_all_within(
    one: date, other: date, most: int
) -> None:
    first, last = sorted((one, other))
    ticks = day_ticks(first, last, most)
    has_years = all(" " not in tick.text for tick in ticks)
    assert len(ticks) <= (2 * most if has_years else most)
    assert all(first.toordinal() <= tick.at <= last.toordinal() for tick in ticks)
    assert len({after.at - before.at for before, after in pairwise(ticks)}) <= 4


@given(st.integers(0, 10**15), st.integers(3, 30))
def test_there_are_at_most_so_many_figures_and_at_least_two(top: int, most: int) -> None:
    ticks = figure_ticks(top, most)
    assert ticks[0].at == 0
    assert len(ticks) <= most
    assert len(ticks) >= 2 or top == 0
    assert all(tick.at <= top for tick in ticks)


def test_percent_stand_in_steps_that_are_read_easily() -> None:
    assert [tick.at for tick in figure_ticks(100, 11)] == list(range(0, 101, 10))
    assert [tick.at for tick in figure_ticks(100, 6)] == [0, 20, 40, 60, 80, 100]
    assert [tick.at for tick in figure_ticks(100, 3)] == [0, 50, 100]


def test_ticks_wear_the_marks_of_the_language() -> None:
    style = Style(group_mark="’", months=tuple("abcdefghijkl"))
    assert [tick.text for tick in figure_ticks(2_500, 4, style)] == ["0", "1’000", "2’000"]
    assert day_ticks(date(2001, 2, 1), date(2001, 3, 31), 2, style)[0].text == "b 2001"
