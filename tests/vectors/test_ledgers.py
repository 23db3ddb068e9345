"""What a ledger itself gives for a small case of every kind that is asked of one."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from neocapgui.engine.calculations.refusal import CalculationRefused
from tests.vectors.inputs import Inputs
from tests.vectors.ledgers.agreement import Results, Unrecorded, Untold, Why
from tests.vectors.test_vectors import CALCULATIONS, QUESTIONS

PRICES = [{"date": "2024-03-04", "close": "5"}, {"date": "2024-03-05", "close": "20"}]
FLOATING: dict[str, Any] = {
    "face_amount": "1000",
    "conversion_date": "2024-03-05",
    "prices": PRICES,
    "splits": [{"date": "2024-03-05", "new": "1", "old": "2"}],
    "windows": [{"field": "close", "days": 2, "ends": "on_conversion_date", "statistic": "lowest"}],
    "multiplier": "0.9",
    "floor": "6",
    "fraction": "down",
}
PAPERS: list[dict[str, Any]] = [
    {"date": "2024-01-02", "type": "pool_reserved", "plan": "plan", "shares": "100"},
    {
        "date": "2024-01-02",
        "type": "option_grant",
        "plan": "plan",
        "security": "o",
        "holder": "ada",
        "quantity": "60",
    },
    {"date": "2024-01-03", "type": "option_exercise", "security": "o", "quantity": "20"},
    {
        "date": "2024-01-03",
        "type": "issuance",
        "security": "c-1",
        "holder": "ada",
        "class": "common",
        "quantity": "20",
    },
    {
        "date": "2024-01-04",
        "type": "transfer",
        "security": "c-1",
        "quantity": "5",
        "balance_security": "c-2",
    },
    {
        "date": "2024-01-04",
        "type": "issuance",
        "security": "c-2",
        "holder": "ada",
        "class": "common",
        "quantity": "15",
    },
    {
        "date": "2024-01-04",
        "type": "issuance",
        "security": "c-3",
        "holder": "bob",
        "class": "common",
        "quantity": "5",
    },
    {"date": "2024-02-01", "type": "cancellation", "security": "c-3", "quantity": "5"},
]
RING = [
    {"holder": "one", "company": "two", "fraction": "1/2"},
    {"holder": "two", "company": "one", "fraction": "1/2"},
    {"holder": "ada", "company": "one", "fraction": "1/2"},
]

TOLD: list[tuple[str, dict[str, Any], Results]] = [
    (
        "split",
        {
            "new": "1",
            "old": "4",
            "holders": {"ada": "10", "bob": "0"},
            "fraction": "cash",
            "cash_price": "3",
            "instruments": [{"id": "w", "shares": "7", "share_rounding": "floor", "price": "2"}],
            "authorized": "50",
        },
        {
            "holders": {"ada": 2, "bob": 0},
            "outstanding": 2,
            "aggregate_exact": Fraction(5, 2),
            "cash": {"ada": Fraction(3, 2), "bob": 0},
            "cash_total": Fraction(3, 2),
            "instruments": [{"id": "w", "shares": 1, "price": 8}],
            "authorized": 50,
        },
    ),
    (
        "cumulative_split",
        {"ratios": [{"new": "1", "old": "6"}, {"new": "3", "old": "1"}], "price": "5", "shares": "9"},
        {
            "cumulative_reverse_ratio": 2,
            "restated_price": 10,
            "restated_shares_exact": Fraction(9, 2),
        },
    ),
    (
        "reserve_check",
        {
            "authorized": "100",
            "outstanding": "60",
            "treasury": "5",
            "reserved": [{"id": "n", "shares": "7", "multiple": "1.5"}],
        },
        {"reserved_total": 11, "available": 24},
    ),
    (
        "fixed_conversion",
        {"face_amount": "100", "accrued": "5", "conversion_price": "2", "fraction": "up"},
        {"amount_converted": 105, "shares_exact": Fraction(105, 2), "shares": 53},
    ),
    (
        "conversion_notices",
        {
            "face_total": "100",
            "fraction": "down",
            "events": [
                {"type": "conversion", "face": "40", "price": "3"},
                {"type": "redemption", "face": "25"},
            ],
        },
        {"remaining_face": 35},
    ),
    (
        "class_conversion",
        {"shares": "10", "original_issue_price": "3", "conversion_price": "4", "rounding": "FLOOR"},
        {"ratio": Fraction(3, 4), "shares_exact": Fraction(15, 2), "shares": 7},
    ),
    (
        "floating_conversion",  # 5 is 10 after the split, 90 % are 9; the floor of 6 is 12
        FLOATING,
        {
            "reference_price": 10,
            "variable_price": 9,
            "conversion_price": 12,
            "governs": "floor",
            "shares": 83,
        },
    ),
    (
        "accrual",
        {
            "principal": "1000",
            "annual_rate": "0.1",
            "method": "compound",
            "periods_per_year": 2,
            "day_count": "30/360",
            "start": "2023-01-15",
            "end": "2024-01-15",
        },
        {"claim": Fraction("1102.5"), "accrued_interest": Fraction("102.5")},
    ),
    (
        "unit_exchange",
        {
            "amount_surrendered": "500",
            "stated_value_per_unit": "100",
            "conversion_price": "3",
            "fraction": "nearest",
        },
        {"units_issued": 5, "as_converted_shares": 167},
    ),
    (
        "ownership_blocker",  # (10 + 80) / (100 + 80) is one half
        {
            "outstanding": "100",
            "held": "10",
            "limit": "0.5",
            "face": "200",
            "price": "2",
            "fraction": "down",
        },
        {
            "max_issuable": 80,
            "issued": 80,
            "held_back": 20,
            "percent_after": Fraction(1, 2),
            "face_converted": 160,
            "face_remaining": 40,
        },
    ),
    (
        "exchange_cap",
        {"outstanding_at_signing": "1000", "cap": "0.1", "already_issued": "30", "requested": "90"},
        {"available": 70, "issued": 70, "excess": 20},
    ),
    (
        "lookthrough",  # ada has 1/2 of one and, by one, 1/4 of two, of which one half comes back: 2/3
        {"companies": ["one", "two"], "holdings": RING, "remainder": "bob"},
        {
            "effective": {
                "ada": {"one": Fraction(2, 3), "two": Fraction(1, 3)},
                "bob": {"one": Fraction(1, 3), "two": Fraction(2, 3)},
            }
        },
    ),
    (
        "control_chain",
        {"owner": "ada", "companies": ["one", "two"], "holdings": RING},
        {"economic": {"one": Fraction(2, 3), "two": Fraction(1, 3)}},
    ),
    (
        "interest_change",
        {
            "parent": "up",
            "holdings": {"up": "60", "ada": "30", "bob": "10"},
            "events": [
                {"type": "acquired_by_parent", "from": "ada", "shares": "20"},
                {"type": "retired", "from": "bob", "shares": "10"},
            ],
        },
        {"before": Fraction(3, 5), "after": Fraction(8, 9)},
    ),
    (
        "capitalization",
        {
            "classes": [
                {"id": "common", "issued": "100", "treasury": "10"},
                {"id": "preferred", "issued": "20", "ratio": "3/2", "votes_as_converted": True},
                {"id": "silent", "issued": "5", "votes_per_share": "0"},
            ],
            "options": [{"shares": "7"}],
            "warrants": [{"shares": "6"}],
            "convertibles": [{"shares": "4"}],
            "pool_available": "8",
        },
        {
            "issued": 125,
            "outstanding": 115,
            "votes": 120,
            "as_converted": 125,
            "fully_diluted": 150,
            "fully_diluted_without_pool": 142,
        },
    ),
    (
        "authorised",
        {
            "authorized": "100",
            "issued": "70",
            "cancelled": "5",
            "retired": "10",
            "treasury": "15",
            "retired_not_reissuable": True,
        },
        {
            "authorized": 90,
            "issued": 55,
            "outstanding": 40,
            "unissued": 35,
            "issuable_including_treasury": 50,
        },
    ),
    (
        "class_ratio",
        {
            "class": "a",
            "classes": [
                {"id": "a", "converts_to": "b", "numerator": "3", "denominator": "2"},
                {"id": "b", "converts_to": "common", "numerator": "4", "denominator": "1"},
            ],
        },
        {"ratio": 6},
    ),
    (
        "positions",
        {"as_of": "2024-01-31", "transactions": PAPERS},
        {
            "positions": {"common": {"ada": 15, "bob": 5}},
            "class_totals": {"common": 20},
            "plans": {"plan": {"reserved": 100, "outstanding": 40, "exercised": 20, "available": 40}},
        },
    ),
]


@pytest.mark.parametrize(("calculation", "inputs", "told"), TOLD, ids=lambda value: str(value)[:20])
def test_the_ledger_gives_the_figures_itself(calculation: str, inputs: dict[str, Any], told: Results) -> None:
    assert QUESTIONS[calculation](Inputs(inputs)) == told
    CALCULATIONS[calculation](Inputs(inputs))


def test_every_question_is_shown_here_and_belongs_to_a_calculation() -> None:
    assert {calculation for calculation, *_ in TOLD} == set(QUESTIONS)
    assert set(QUESTIONS) <= set(CALCULATIONS)


@pytest.mark.parametrize(
    ("calculation", "inputs", "silence"),
    [
        ("floating_conversion", FLOATING | {"prices": PRICES[:1]}, Untold),
        (
            "lookthrough",
            {"companies": ["one"], "holdings": [{"holder": "one", "company": "one", "fraction": "1"}]},
            Unrecorded,
        ),
        (
            "lookthrough",
            {"companies": ["one", "two"], "holdings": [entry | {"fraction": "1"} for entry in RING[:2]]},
            Untold,
        ),
        (
            "conversion_notices",
            {
                "face_total": "10",
                "fraction": "up",
                "events": [{"type": "redemption", "face": "11"}],
            },
            CalculationRefused,
        ),
        (
            "positions",
            {
                "as_of": "2024-01-31",
                "transactions": [*PAPERS, PAPERS[-1] | {"date": "2024-01-05", "quantity": "6"}],
            },
            CalculationRefused,
        ),
    ],
)
def test_the_ledger_refuses_what_the_calculation_refuses(
    calculation: str, inputs: dict[str, Any], silence: type[Exception]
) -> None:
    with pytest.raises(silence):
        QUESTIONS[calculation](Inputs(inputs))
    with pytest.raises(CalculationRefused):
        CALCULATIONS[calculation](Inputs(inputs))


def test_a_number_without_an_end_is_no_fact() -> None:
    with pytest.raises(Unrecorded) as silent:
        QUESTIONS["split"](Inputs({"new": "1", "old": "2", "holders": {"ada": "1/3"}, "fraction": "none"}))
    assert silent.value.why is Why.NO_DECIMAL
