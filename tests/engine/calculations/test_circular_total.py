"""The total whose parts are counted from it."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.circular_total import TOTAL, Line, Part, circular_total, fixed
from neocapgui.engine.calculations.refusal import CalculationRefused
from tests.engine.calculations.round_twin import answer_or_code

tenths = st.integers(0, 4).map(lambda number: Fraction(number, 10))
lines = st.builds(Line, tenths, st.integers(0, 1_000).map(Fraction))
parts = st.lists(st.lists(lines, min_size=1, max_size=3).map(tuple), min_size=1, max_size=4)


def test_a_plan_of_a_tenth_and_an_investor_of_a_fifth_leave_the_founders_seven_tenths() -> None:
    total = circular_total(
        [Part("founders", (fixed(700),)), Part("plan", (TOTAL / 10,)), Part("investor", (TOTAL / 5,))]
    )
    assert total == 1_000


def test_a_part_is_the_larger_of_its_lines() -> None:
    existing_or_target = (fixed(150), TOTAL / 10)
    assert circular_total([Part("founders", (fixed(900),)), Part("plan", existing_or_target)]) == 1_050
    assert circular_total([Part("founders", (fixed(1_800),)), Part("plan", existing_or_target)]) == 2_000


def test_promising_the_whole_company_is_refused_with_every_promise() -> None:
    with pytest.raises(
        CalculationRefused, match=r"110\.00% of the company: safe 80\.00%, investor 30\.00%"
    ) as refused:
        circular_total(
            [
                Part("founders", (fixed(1),)),
                Part("safe", (TOTAL * Fraction(4, 5),)),
                Part("investor", (TOTAL * Fraction(3, 10),)),
            ]
        )
    assert refused.value.code == "promises_whole_company"


def test_a_company_of_nobody_is_refused() -> None:
    with pytest.raises(CalculationRefused) as refused:
        circular_total([Part("investor", (TOTAL / 5,))])
    assert refused.value.code == "bad_input"


@given(parts)
@settings(max_examples=200)
def test_the_total_is_the_sum_of_its_parts(drawn: list[tuple[Line, ...]]) -> None:
    named = [Part(str(number), lines) for number, lines in enumerate(drawn)]
    total = answer_or_code(circular_total, named)
    if isinstance(total, str):
        steepest = sum(max(line.slope for line in part.lines) for part in named)
        nothing = not any(line.constant for part in named for line in part.lines)
        assert (total == "bad_input" and nothing) or (total == "promises_whole_company" and steepest >= 1)
        return
    assert total == sum(max(line.at(total) for line in part.lines) for part in named)


@given(parts)
@settings(max_examples=100)
def test_the_order_of_the_parts_changes_nothing(drawn: list[tuple[Line, ...]]) -> None:
    named = [Part(str(number), lines) for number, lines in enumerate(drawn)]
    assert answer_or_code(circular_total, named) == answer_or_code(circular_total, named[::-1])
