"""The option pricing method: published figures, limits, and the waterfall over the lognormal density."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.breakpoints import breakpoints
from neocapgui.engine.calculations.claims import Common, Debt, Option, Preferred, ShareClass
from neocapgui.engine.calculations.option_pricing import (
    Assumptions,
    call_value,
    opm_allocation,
    opm_backsolve,
)
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.waterfall import waterfall
from tests.engine.calculations.exit_stacks import stacks

Stack = tuple[list[ShareClass], list[Debt]]

SERIES_A = Preferred("A", shares=2_000_000, seniority=1, invested=5_000_000)
TABLE: list[ShareClass] = [Common("founders", 8_000_000), SERIES_A]
YEARS = Assumptions(Fraction("0.60"), 3, Fraction("0.04"))

assumptions = st.builds(
    Assumptions,
    volatility=st.fractions(Fraction(1, 10), 1, max_denominator=20),
    years=st.fractions(Fraction(1, 2), 4, max_denominator=4),
    risk_free=st.fractions(0, Fraction(1, 10), max_denominator=50),
)
equities = st.fractions(Fraction(1, 2), 60, max_denominator=8)


def test_a_call_of_a_textbook() -> None:
    # Hull, Options, Futures, and Other Derivatives: S 42, K 40, r 10%, 20%, half a year: 4.76.
    assert (
        round(call_value(42.0, 40.0, Assumptions(Fraction("0.2"), Fraction("0.5"), Fraction("0.1"))), 2)
        == 4.76
    )


def test_the_value_of_equity_at_which_the_round_is_worth_its_price() -> None:
    answer = opm_backsolve("A", Fraction("2.50"), YEARS, TABLE)
    assert abs(answer.per_share["A"] - Fraction("2.5")) < Fraction(1, 10**12)
    assert abs(answer.per_share["founders"] - Fraction("1.3901171173")) < Fraction(1, 10**9)


@pytest.mark.parametrize("still", [replace(YEARS, volatility=0), replace(YEARS, years=0)])
def test_without_volatility_or_time_the_method_is_the_waterfall(still: Assumptions) -> None:
    growth = Fraction(math.exp(0.04 * float(still.years)))
    answer = opm_allocation(35_000_000, still, TABLE)
    exit_of_today = waterfall(35_000_000 * growth, TABLE)
    for payout in exit_of_today.payouts:
        assert float(answer.values[payout.id]) == pytest.approx(float(payout.total / growth))


def test_a_price_beyond_what_a_class_may_ever_get_is_refused() -> None:
    straight = replace(SERIES_A, is_convertible=False)
    with pytest.raises(CalculationRefused) as refused:
        opm_backsolve("A", Fraction("2.50"), YEARS, [TABLE[0], straight])
    assert refused.value.code == "no_equity_value"
    assert opm_backsolve("A", Fraction("2.20"), YEARS, [TABLE[0], straight]).equity_value > 5_000_000


@pytest.mark.parametrize(("security", "price"), [("B", 1), ("A", 0), ("A", -1)])
def test_a_security_that_cannot_be_priced_is_refused(security: str, price: int) -> None:
    with pytest.raises(CalculationRefused) as refused:
        opm_backsolve(security, price, YEARS, TABLE)
    assert refused.value.code == "bad_input"


def test_impossible_assumptions_are_refused() -> None:
    with pytest.raises(CalculationRefused):
        opm_allocation(100, replace(YEARS, volatility=-1), TABLE)
    with pytest.raises(CalculationRefused):
        opm_allocation(-100, YEARS, TABLE)


def test_no_equity_is_worth_nothing_to_everybody() -> None:
    assert set(opm_allocation(0, YEARS, [*TABLE, Option("options", 10, 1)]).values.values()) == {0}


@given(stacks(), equities, assumptions)
@settings(max_examples=60, deadline=None)
def test_values_add_to_the_equity_exactly_and_none_is_negative(
    stack: Stack, equity: Fraction, market: Assumptions
) -> None:
    values = opm_allocation(equity, market, *stack).values
    assert sum(values.values()) == equity
    assert min(values.values()) >= 0


@given(stacks(), equities, assumptions)
@settings(max_examples=25, deadline=None)
def test_values_are_the_waterfall_over_the_lognormal_density(
    stack: Stack, equity: Fraction, market: Assumptions
) -> None:
    answer = opm_allocation(equity, market, *stack)
    corners = [Fraction(0), *(point.value for point in breakpoints(*stack).breakpoints)]
    exits = [*corners, corners[-1] + 10**9]  # payoffs are straight lines between these
    outcomes = [waterfall(value, *stack) for value in exits]
    rate, years = float(market.risk_free), float(market.years)
    spread = float(market.volatility) * math.sqrt(years)
    z = np.linspace(-9, 9, 40_001)
    density = np.exp(-z * z / 2) / math.sqrt(2 * math.pi) * (z[1] - z[0])
    reached = float(equity) * np.exp(rate * years - spread**2 / 2 + spread * z)
    for position, payout in enumerate(outcomes[0].payouts):
        payoffs = [float(outcome.payouts[position].total) for outcome in outcomes]
        expected = math.exp(-rate * years) * float(
            np.sum(np.interp(reached, [float(value) for value in exits], payoffs) * density)
        )
        assert float(answer.values[payout.id]) == pytest.approx(expected, abs=1e-5)


@given(stacks(), equities, assumptions)
@settings(max_examples=15, deadline=None)
def test_backsolving_an_allocation_returns_its_equity(
    stack: Stack, equity: Fraction, market: Assumptions
) -> None:
    classes, debt = stack
    price = opm_allocation(equity, market, classes, debt).per_share["common"]
    if price > Fraction(1, 1000):
        found = opm_backsolve("common", price, market, classes, debt)
        assert float(found.equity_value) == pytest.approx(float(equity), rel=1e-9)
