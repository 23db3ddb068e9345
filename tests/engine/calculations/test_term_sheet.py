"""Closed forms of a term sheet, and pro rata rights."""

from fractions import Fraction

import pytest

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Mode
from neocapgui.engine.calculations.rounds import Cheque, Pool, PoolMode, RoundTerms, priced_round
from neocapgui.engine.calculations.term_sheet import CLOSED_FORMS, pro_rata, term_sheet_figure

GIVEN: dict[str, Fraction | int] = {
    "pre_money": 12_000_000,
    "new_money": 3_000_000,
    "fraction": Fraction(1, 4),
    "stake": Fraction(2, 5),
    "first": Fraction(1, 10),
    "second": Fraction(3, 10),
    "safe_amount": 600_000,
    "post_money_cap": 8_000_000,
    "investor_fraction": Fraction(1, 5),
    "pool_fraction": Fraction(1, 20),
    "target": Fraction(1, 2),
    "pre_shares": 6_000_000,
    "post_shares": 7_500_000,
}


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("post_money", 15_000_000),
        ("new_investor_fraction", Fraction(1, 5)),
        ("pre_money_for_fraction", 9_000_000),
        ("retained", Fraction("0.32")),
        ("diluted_twice", Fraction("0.252")),
        ("retained_after_pool", Fraction("0.3")),
        ("safe_fraction", Fraction("0.075")),
        ("effective_pre_money", 11_250_000),
        ("pro_rata_amount", 1_200_000),
        ("cheque_for_target", 2_700_000),
        ("price", 2),
        ("new_shares", 1_500_000),
        ("post_pool_increase_after_round", Fraction(7_500_000, 19)),
    ],
)
def test_every_closed_form_once(name: str, figure: Fraction) -> None:
    assert term_sheet_figure(name, GIVEN) == figure


def test_every_closed_form_names_inputs_that_exist() -> None:
    assert {need for form in CLOSED_FORMS.values() for need in form.needs} == set(GIVEN)


def test_a_formula_that_divides_by_zero_is_refused_with_its_figures() -> None:
    with pytest.raises(
        CalculationRefused, match=r"safe_fraction = .* at safe_amount 5, post_money_cap 0"
    ) as refused:
        term_sheet_figure("safe_fraction", {"safe_amount": 5, "post_money_cap": 0})
    assert refused.value.code == "bad_input"


def test_the_closed_forms_agree_with_a_solved_round() -> None:
    pool = Pool(PoolMode.TARGET_UNALLOCATED, fraction=GIVEN["pool_fraction"])
    terms = RoundTerms(12_000_000, (Cheque("a", 3_000_000),), {"ada": 2_400_000, "bob": 3_600_000}, pool=pool)
    closed = priced_round(terms)
    stakes = {holding.name: holding.stake for holding in closed.holdings}
    assert stakes["a"] == term_sheet_figure("new_investor_fraction", GIVEN)
    assert stakes["ada"] == term_sheet_figure("retained_after_pool", GIVEN)
    assert closed.price == term_sheet_figure("effective_pre_money", GIVEN) / GIVEN["pre_shares"]


def test_a_cheque_for_a_target_lifts_the_stake_to_it() -> None:
    cheque = term_sheet_figure("cheque_for_target", GIVEN)
    terms = RoundTerms(
        12_000_000,
        (Cheque("ada", cheque), Cheque("others", 3_000_000 - cheque)),
        {"ada": 2_400_000, "bob": 3_600_000},
    )
    assert priced_round(terms).holdings[0].stake == GIVEN["target"]


@pytest.mark.parametrize(("mode", "shares"), [(Mode.FLOOR, 133), (Mode.CEIL, 134), (Mode.HALF_UP, 133)])
def test_pro_rata_shares_are_rounded_and_paid_to_the_cent(mode: Mode, shares: int) -> None:
    right = pro_rata(100, 300, 400, Fraction("1.1115"), mode)
    assert (right.fraction, right.shares) == (Fraction(1, 3), Fraction(shares))
    assert right.amount == {133: Fraction("147.83"), 134: Fraction("148.94")}[shares]


@pytest.mark.parametrize("figures", [(1, 0, 1, 1), (-1, 1, 1, 1), (1, 1, -1, 1), (1, 1, 1, -1)])
def test_a_pro_rata_that_cannot_be_is_refused(figures: tuple[int, int, int, int]) -> None:
    with pytest.raises(CalculationRefused) as refused:
        pro_rata(*figures)
    assert refused.value.code == "bad_input"
