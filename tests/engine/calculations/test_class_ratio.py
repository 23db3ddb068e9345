"""Chains of conversions between classes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from neocapgui.engine.calculations.class_ratio import ClassConversion, class_ratio
from neocapgui.engine.calculations.refusal import CalculationRefused


def test_the_ratios_of_a_chain_multiply() -> None:
    chain = [ClassConversion("first", "common", 4, 3), ClassConversion("second", "first", Decimal("1.5"), 1)]
    answer = class_ratio("second", chain)
    assert answer.common_class == "common"
    assert answer.ratio == 2
    assert [step.ratio for step in answer.steps] == [Fraction(3, 2), Fraction(4, 3)]


def test_a_class_that_converts_into_nothing_is_its_own_common() -> None:
    assert class_ratio("common", []).ratio == 1
    assert class_ratio("common", []).common_class == "common"


def test_a_circle_is_refused_also_when_the_chain_only_leads_into_it() -> None:
    circle = [
        ClassConversion("red", "green", 1, 1),
        ClassConversion("green", "blue", 2, 1),
        ClassConversion("blue", "green", 1, 2),
    ]
    for start in ("red", "green"):
        with pytest.raises(CalculationRefused) as refused:
            class_ratio(start, circle)
        assert refused.value.code == "conversion_loop"
    assert "green into blue into green" in str(refused.value)


def test_a_circle_elsewhere_does_not_matter() -> None:
    apart = [ClassConversion("a", "a", 1, 1), ClassConversion("b", "common", 3, 1)]
    assert class_ratio("b", apart).ratio == 3


@pytest.mark.parametrize(
    "conversions",
    [
        [ClassConversion("a", "b", 0, 1)],
        [ClassConversion("a", "b", 1, 0)],
        [ClassConversion("a", "b", 1, 1), ClassConversion("a", "c", 1, 1)],
    ],
)
def test_nonsense_is_refused(conversions: list[ClassConversion]) -> None:
    with pytest.raises(CalculationRefused) as refused:
        class_ratio("a", conversions)
    assert refused.value.code == "bad_input"
