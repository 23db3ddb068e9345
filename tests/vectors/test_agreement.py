"""A calculation beside its ledger: who is asked, who is believed, and what is said where they disagree."""

from __future__ import annotations

from typing import Any

import pytest

from neocapgui.engine.calculations.refusal import CalculationRefused
from tests.vectors.cases import Case
from tests.vectors.inputs import Inputs
from tests.vectors.ledgers.agreement import Calculation, Results, Unrecorded, Untold, Why, agreed
from tests.vectors.test_vectors import CALCULATIONS, troubles


def says(**figures: Any) -> Calculation:
    return lambda inputs: dict(figures)


def raises(error: Exception) -> Calculation:
    def calculation(inputs: Inputs) -> Results:
        raise error

    return calculation


def asked(calculation: Calculation, question: Calculation) -> Results:
    return agreed(calculation, question)(Inputs({}))


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ({"shares": 4}, "shares: the ledger gives 4, the calculation 3"),
        ({"of": {"ada": 1, "bob": 3}}, "of.bob: the ledger gives 3, the calculation 2"),
        ({"of": {"ada": 1}}, "of.bob: the ledger gives nothing, the calculation 2"),
        ({"of": {"ada": 1, "bob": 2, "cleo": 0}}, "of.cleo: the ledger gives 0, the calculation nothing"),
        ({"rows": [{"price": 5}, {"price": 7}]}, "rows.1.price: the ledger gives 7, the calculation 6"),
        ({"rows": []}, "rows: the ledger gives [], the calculation [{price: 5}, {price: 6}]"),
        ({"par": 1}, "par: the ledger gives 1, the calculation nothing"),
    ],
)
def test_a_figure_on_which_they_disagree_is_named(told: Results, line: str) -> None:
    calculation = says(shares=3, of={"ada": 1, "bob": 2}, rows=[{"price": 5}, {"price": 6}])
    with pytest.raises(AssertionError) as wrong:
        asked(calculation, says(**told))
    assert str(wrong.value) == line


def test_the_ledger_may_leave_a_result_out_and_for_a_named_reason_a_part_of_one() -> None:
    calculation = says(shares=3, of={"ada": 1, "bob": 2})
    for question in (
        says(of={"ada": 1, "bob": Why.NO_DECIMAL}),
        says(shares=Why.NO_DECIMAL),
        raises(Unrecorded(Why.NO_DECIMAL)),
    ):
        assert asked(calculation, question) == {"shares": 3, "of": {"ada": 1, "bob": 2}}


def test_a_ledger_that_gives_nothing_for_a_result_is_wrong() -> None:
    for silence in (Untold("its ratio is not entered"), CalculationRefused("bad_input", "No ratio.")):
        with pytest.raises(AssertionError, match="the ledger gives nothing: "):
            asked(says(shares=3), raises(silence))


def test_what_is_refused_is_refused_by_the_ledger_too() -> None:
    refused = raises(CalculationRefused("closed_loop", "A closed loop."))
    for question in (
        refused,
        raises(Untold()),
        raises(Untold("A closed loop.")),
        raises(Unrecorded(Why.RATIO)),
    ):
        with pytest.raises(CalculationRefused, match="A closed loop"):
            asked(refused, question)
    for question in (
        says(shares=3),
        raises(Untold("its ratio is not entered")),
        raises(CalculationRefused("conversion_loop", "A loop.")),
    ):
        with pytest.raises(AssertionError, match=r"refused|said"):
            asked(refused, question)


def test_inputs_that_contradict_themselves_are_no_facts_to_enter() -> None:
    with pytest.raises(CalculationRefused):
        asked(raises(CalculationRefused("bad_input", "A price below 0.")), says(shares=3))


def test_a_case_says_in_one_line_where_the_ledger_disagrees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CALCULATIONS, "redemption", agreed(says(cash=1), says(cash=2)))
    case = Case("one", "redemption", {}, {"cash": "1"})
    assert list(troubles(case)) == ["(ledger): cash: the ledger gives 2, the calculation 1"]
