"""Interest compounded more often than can be calculated exactly is refused, not waited for."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from neocapgui.engine.calculations.accrual import accrual
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.ledger.terms import AccrualMethod, DayCount


def test_two_thousand_million_periods_a_year_are_refused() -> None:
    with pytest.raises(CalculationRefused, match="2,147,483,647 compounding periods") as refused:
        accrual(
            1000,
            Fraction("0.07"),
            AccrualMethod.COMPOUND,
            DayCount.THIRTY_360,
            date(2001, 1, 1),
            date(2002, 1, 1),
            periods_per_year=2**31 - 1,
        )
    assert refused.value.code == "too_many_periods"


def test_daily_compounding_over_forty_years_is_exact() -> None:
    found = accrual(
        1,
        Fraction("0.07"),
        AccrualMethod.COMPOUND,
        DayCount.THIRTY_360,
        date(2001, 1, 1),
        date(2041, 1, 1),
        periods_per_year=360,
    )
    assert found.claim == (1 + Fraction(7, 36_000)) ** (360 * 40)


def test_a_rate_of_hundreds_of_digits_is_refused_as_well() -> None:
    with pytest.raises(CalculationRefused, match="720,000 compounding periods") as refused:
        accrual(
            1000,
            10**150,
            AccrualMethod.COMPOUND,
            DayCount.THIRTY_360,
            date(2001, 1, 1),
            date(2003, 1, 1),
            periods_per_year=360_000,
        )
    assert refused.value.code == "too_many_periods"
