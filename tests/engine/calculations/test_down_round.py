"""Rounds below earlier prices: against a second way to solve them, and their identities."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.antidilution import ConvertibleSeries, Issue, Protection, adjustment
from neocapgui.engine.calculations.down_round import CappedNote, DownRoundTerms, SeriesBefore, down_round
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.round_instruments import Basis
from tests.engine.calculations.round_twin import answer_or_code, down_rounds_that_hold

GROWTH = SeriesBefore("growth", 2_000_000, 3)
TERMS = DownRoundTerms(10_000_000, 5_000_000, 8_000_000, 10_000_000, (GROWTH,))


def test_the_adjustment_belongs_to_the_pre_money() -> None:
    closed = down_round(TERMS)
    (growth,) = closed.series
    assert closed.price == Fraction(16, 17)
    assert (growth.conversion_price, growth.ratio_step) == (Fraction(16, 7), Fraction(21, 16))
    assert (8_000_000 + growth.as_converted) * closed.price == TERMS.pre_money


def test_a_ratchet_gets_the_price_of_the_round() -> None:
    closed = down_round(replace(TERMS, series=(replace(GROWTH, protection=Protection.FULL_RATCHET),)))
    (growth,) = closed.series
    assert growth.conversion_price == closed.price
    assert growth.as_converted * closed.price == 2_000_000 * 3


def test_an_unprotected_series_and_a_round_without_new_money_adjust_nothing() -> None:
    unprotected = down_round(replace(TERMS, series=(replace(GROWTH, protection=Protection.NONE),)))
    unpaid = down_round(replace(TERMS, new_money=0, base=0))
    assert unprotected.series[0].ratio_step == unpaid.series[0].ratio_step == 1


def test_a_plan_never_shrinks() -> None:
    closed = down_round(replace(TERMS, pool_total_fraction=Fraction(1, 20), existing_pool_total=1_500_000))
    assert closed.pool_total == 1_500_000
    grown = down_round(replace(TERMS, pool_total_fraction=Fraction(1, 5), existing_pool_total=1_500_000))
    assert grown.pool_total == grown.fully_diluted / 5


def test_two_notes_of_one_company_take_different_legs() -> None:
    notes = (
        CappedNote("one", 250_000, 4_000_000, Fraction(1, 5)),
        CappedNote("two", 250_000, None, Fraction(1, 5)),
    )
    closed = down_round(replace(TERMS, notes=notes))
    assert [note.basis for note in closed.notes] == [Basis.CAP, Basis.DISCOUNT]
    assert closed.notes[1].cap_price is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pool_total_fraction": 1}, "promises_whole_company"),
        ({"pool_total_fraction": Fraction(2, 3)}, "promises_whole_company"),
        ({"notes": (CappedNote("note", 20, 10),)}, "promises_whole_company"),
        ({"pre_money": 0}, "bad_input"),
        ({"new_money": -1}, "bad_input"),
        ({"base": -1}, "bad_input"),
        ({"unprotected_shares": 0, "series": ()}, "bad_input"),
        ({"series": (replace(GROWTH, conversion_price=0),)}, "bad_input"),
        ({"series": (replace(GROWTH, as_converted=-1),)}, "bad_input"),
        ({"notes": (CappedNote("note", -1, 10),)}, "bad_input"),
        ({"notes": (CappedNote("note", 1, 0),)}, "bad_input"),
        ({"notes": (CappedNote("note", 1, 10, 1),)}, "bad_input"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(CalculationRefused) as refused:
        down_round(replace(TERMS, **changes))
    assert refused.value.code == code


thousands = st.integers(1, 100).map(lambda number: number * 100_000)
cents = st.integers(10, 600).map(lambda number: Fraction(number, 100))
tenths = st.integers(0, 4).map(lambda number: Fraction(number, 10))


@st.composite
def down_rounds(draw: st.DrawFn) -> DownRoundTerms:
    series = tuple(
        SeriesBefore(f"series {n}", count, price)
        for n, (count, price) in enumerate(draw(st.lists(st.tuples(thousands, cents), max_size=3)))
    )
    notes = tuple(
        CappedNote(f"note {n}", Fraction(amount, 4), cap, discount)
        for n, (amount, cap, discount) in enumerate(
            draw(st.lists(st.tuples(thousands, st.one_of(st.none(), thousands), tenths), max_size=2))
        )
    )
    return DownRoundTerms(
        draw(thousands),
        draw(thousands),
        draw(thousands),
        draw(thousands),
        series,
        notes,
        draw(tenths) / 2,
        draw(thousands) // 10,
    )


@given(down_rounds())
@settings(max_examples=100, deadline=None)
def test_twin_trying_every_trigger_and_leg_finds_the_same_round_and_no_other(terms: DownRoundTerms) -> None:
    found = down_rounds_that_hold(terms)
    closed = answer_or_code(down_round, terms)
    if isinstance(closed, str):
        assert (closed, found) == ("promises_whole_company", [])
        return
    (only,) = found
    assert (closed.fully_diluted, closed.new_money_shares, closed.pool_total) == (
        only["T"],
        only["C"],
        only["plan"],
    )
    for series in closed.series:
        assert series.as_converted == only[f"S {series.name}"]
    for note in closed.notes:
        assert note.shares == only[f"Q {note.id}"]


@given(down_rounds())
@settings(max_examples=60, deadline=None)
def test_the_parts_add_up_and_each_series_is_what_an_issue_at_that_price_makes_of_it(
    terms: DownRoundTerms,
) -> None:
    closed = answer_or_code(down_round, terms)
    assume(not isinstance(closed, str))
    money = Fraction(terms.pre_money) + Fraction(terms.new_money)
    others = Fraction(terms.unprotected_shares) + closed.pool_total + closed.new_money_shares
    parts = [*(series.as_converted for series in closed.series), *(note.shares for note in closed.notes)]
    assert closed.fully_diluted == sum(parts) + others
    assert closed.price * closed.fully_diluted == money
    issue = Issue(closed.new_money_shares, terms.new_money)
    for before, after in zip(terms.series, closed.series, strict=True):
        price = before.conversion_price
        paper = ConvertibleSeries(
            before.name, before.as_converted, price, price, Protection.WEIGHTED_AVERAGE, ("A",)
        )
        adjusted = adjustment(paper, issue, {"A": terms.base})
        assert (adjusted.conversion_price, adjusted.as_converted) == (
            after.conversion_price,
            after.as_converted,
        )
