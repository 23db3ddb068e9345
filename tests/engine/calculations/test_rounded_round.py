"""Rounds in rounded prices and whole shares."""

from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.round_instruments import Convertible, Form
from neocapgui.engine.calculations.rounded_round import RoundedTerms, rounded_round
from neocapgui.engine.calculations.rounding import Exact, Mode
from neocapgui.engine.calculations.rounds import Cheque
from tests.engine.calculations.round_twin import answer_or_code

TERMS = RoundedTerms(3_000_000, (Cheque("seed", 1_000_000),), 700_000, Fraction(1, 10), 4)


def test_shares_of_a_rounded_price_add_up() -> None:
    """4,000,000 / 1,076,921 = 3.71429... up to 3.7143; 1,000,000 / 3.7143 = 269,229.7 down."""
    closed = rounded_round(TERMS)
    assert (closed.fully_diluted, closed.price, closed.new_money_shares) == (
        1_076_921,
        Fraction("3.7143"),
        (Fraction(269_229),),
    )
    assert closed.price_times_shares == Fraction("4000007.6703")


def test_a_pool_above_its_target_stays() -> None:
    closed = rounded_round(replace(TERMS, existing_unallocated_pool=200_000))
    assert (closed.total_pool, closed.pool_increase) == (Fraction(200_000), Fraction(0))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pool_fraction": Fraction(3, 4)}, "promises_whole_company"),
        ({"safes": (Convertible("a", Form.POST_MONEY_SAFE, 10, cap=10),)}, "promises_whole_company"),
        ({"safes": (Convertible("a", Form.UNCAPPED, 10),)}, "bad_input"),
        ({"outstanding_total": Fraction(1, 2)}, "bad_input"),
        ({"outstanding_total": -1}, "bad_input"),
        ({"pre_money": 0}, "bad_input"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(CalculationRefused) as refused:
        rounded_round(replace(TERMS, **changes))
    assert refused.value.code == code


@st.composite
def rounded_terms(draw: st.DrawFn) -> RoundedTerms:
    cheques = draw(st.lists(st.integers(1, 40).map(lambda number: number * 50_000), min_size=1, max_size=2))
    safes = []
    for number in range(draw(st.integers(0, 3))):
        safes.append(
            Convertible(
                f"safe {number}",
                draw(st.sampled_from([Form.POST_MONEY_SAFE, Form.PRE_MONEY_SAFE])),
                draw(st.integers(1, 20)) * 10_000,
                cap=draw(st.one_of(st.none(), st.integers(20, 200).map(lambda number: number * 50_000))),
                discount=draw(st.sampled_from([Fraction(0), Fraction(1, 5), Fraction(1, 4)])),
            )
        )
    return RoundedTerms(
        draw(st.integers(20, 400)) * 50_000,
        tuple(Cheque(f"fund {number}", amount) for number, amount in enumerate(cheques)),
        draw(st.integers(1_000, 20_000_000)),
        Fraction(draw(st.integers(0, 25)), 100),
        draw(st.integers(2, 6)),
        tuple(safes),
        draw(st.integers(0, 100_000)),
        draw(st.sampled_from(Mode)),
    )


def decimal(exact: Exact) -> Decimal:
    return Decimal(Fraction(exact).numerator) / Decimal(Fraction(exact).denominator)


def down(shares: Decimal) -> int:
    return int(shares.to_integral_value(ROUND_FLOOR))


def naive_sum(terms: RoundedTerms, total: int) -> int:
    """The sum of the parts at a total, in decimals, share counts rounded down."""
    with localcontext(prec=60):
        tick = Decimal(1).scaleb(-terms.price_places)
        cheques = [decimal(cheque.amount) for cheque in terms.new_money]
        price = ((decimal(terms.pre_money) + sum(cheques)) / total).quantize(tick, ROUND_CEILING)
        existing = int(terms.existing_unallocated_pool)
        pool = max(existing, down(decimal(terms.pool_fraction) * total))
        bought = sum(down(cheque / price) for cheque in cheques)
        before_money = int(terms.outstanding_total) + pool
        converted = 0
        for safe in terms.safes:
            lower = price * (1 - decimal(safe.discount))
            if safe.cap is not None:
                company = total - bought - (pool - existing)
                counted = company if safe.form is Form.POST_MONEY_SAFE else before_money
                lower = min(lower, decimal(safe.cap) / counted)
            converted += down(decimal(safe.amount) / lower.quantize(tick, ROUND_CEILING))
        return before_money + converted + bought


def naive_sequence(terms: RoundedTerms) -> list[int]:
    """The totals from the start until one is met again, which stands last a second time."""
    new_money = sum(Fraction(cheque.amount) for cheque in terms.new_money)
    before = Fraction(terms.outstanding_total) + Fraction(terms.existing_unallocated_pool)
    left = 1 - Fraction(terms.pool_fraction) - new_money / (Fraction(terms.pre_money) + new_money)
    totals = [int(before / left)]
    while totals[-1] not in totals[:-1]:
        totals.append(naive_sum(terms, totals[-1]))
    return totals


@given(rounded_terms())
@settings(max_examples=60, deadline=None)
def test_twin_the_total_is_where_the_sequence_repeats(terms: RoundedTerms) -> None:
    terms = replace(terms, share_rounding=Mode.FLOOR)
    closed = answer_or_code(rounded_round, terms)
    if isinstance(closed, str):
        assert closed in ("promises_whole_company", "no_whole_solution")
        return
    assert naive_sum(terms, closed.fully_diluted) == closed.fully_diluted
    *_, before, last = naive_sequence(terms)
    assert before != last or closed.fully_diluted == last


def test_where_the_sequence_runs_in_a_circle_the_nearest_total_that_adds_up_is_meant() -> None:
    safe = Convertible("safe", Form.POST_MONEY_SAFE, 652, cap=1_720)
    terms = RoundedTerms(2_514, (Cheque("fund", 1_032),), 1_092, Fraction(1, 5), 1, (safe,), 5_000)
    *_, before, twice = naive_sequence(terms)
    assert before != twice
    nearest = min(
        (total for total in range(twice - 2_000, twice + 2_001) if naive_sum(terms, total) == total),
        key=lambda total: (abs(total - twice), total),
    )
    assert rounded_round(terms).fully_diluted == nearest == twice - 860


@given(rounded_terms())
@settings(max_examples=60, deadline=None)
def test_the_parts_add_up_to_one_share(terms: RoundedTerms) -> None:
    closed = answer_or_code(rounded_round, terms)
    if isinstance(closed, str):
        assert closed in ("promises_whole_company", "no_whole_solution")
        return
    bought = sum(closed.new_money_shares)
    parts = Fraction(terms.outstanding_total) + closed.total_pool + sum(closed.safe_shares) + bought
    assert parts == closed.fully_diluted
    assert closed.capitalization_before_new_money == closed.fully_diluted - bought - closed.pool_increase
    money = Fraction(terms.pre_money) + sum(Fraction(cheque.amount) for cheque in terms.new_money)
    assert 0 <= closed.price - money / closed.fully_diluted < Fraction(1, 10**terms.price_places)
    for shares in (*closed.new_money_shares, *closed.safe_shares):
        assert shares.denominator == 1
