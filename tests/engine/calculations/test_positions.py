"""Positions as of a day, against following each security alone."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.positions import (
    Closed,
    Closing,
    Granted,
    Issued,
    Paper,
    Reserved,
    SplitInPlace,
    Taken,
    Taking,
    positions,
    security_balance,
)
from neocapgui.engine.calculations.refusal import CalculationRefused

END = date(2030, 12, 31)


def day(month: int, number: int = 1, year: int = 2023) -> date:
    return date(year, month, number)


def refusal(papers: list[Paper], as_of: date = END) -> CalculationRefused:
    with pytest.raises(CalculationRefused) as refused:
        positions(papers, as_of)
    return refused.value


def test_a_transfer_across_two_securities_leaves_a_balance_security() -> None:
    papers: list[Paper] = [
        Issued(day(1), "a1", "x", "common", 3_000),
        Issued(day(2), "a2", "x", "common", 2_000),
        Taken(day(6), Taking.TRANSFER, "a1", 3_000),
        Issued(day(6), "b1", "y", "common", 3_000),
        Taken(day(6), Taking.TRANSFER, "a2", 500, "a3"),
        Issued(day(6), "b2", "y", "common", 500),
        Issued(day(6), "a3", "x", "common", 1_500),
    ]
    answer = positions(papers, END)
    assert answer.by_class() == {"common": {"x": 1_500, "y": 3_500}}
    assert answer.class_totals() == {"common": 5_000}
    assert [held.security for held in answer.securities] == ["b1", "b2", "a3"]
    assert positions(papers, day(5)).by_class() == {"common": {"x": 5_000}}


def test_without_a_balance_security_the_source_keeps_the_rest() -> None:
    papers: list[Paper] = [
        Issued(day(1), "a1", "x", "common", 100),
        Taken(day(2), Taking.REPURCHASE, "a1", 30),
    ]
    assert positions(papers, END).by_class() == {"common": {"x": 70}}


def test_more_than_the_security_holds_is_refused_with_the_numbers() -> None:
    papers: list[Paper] = [
        Issued(day(1), "a1", "x", "common", 5_000),
        Taken(day(6), Taking.TRANSFER, "a1", 5_500),
    ]
    refused = refusal(papers)
    assert refused.code == "insufficient_quantity"
    assert "a1 holds 5000 on 2023-06-01" in str(refused)
    assert positions(papers, day(5)).class_totals() == {"common": 5_000}  # the transfer is later


@pytest.mark.parametrize(
    "second",
    [
        Taken(day(3), Taking.REPURCHASE, "a1", 100),
        Closed(day(3), Closing.RETRACTION, "a1"),
        Closed(day(3), Closing.REISSUANCE, "a1"),
    ],
)
def test_a_security_closed_twice_is_refused(second: Paper) -> None:
    papers: list[Paper] = [
        Issued(day(1), "a1", "x", "common", 100),
        Taken(day(2), Taking.CANCELLATION, "a1", 100),
        second,
    ]
    assert refusal(papers).code == "insufficient_quantity"


def test_nothing_can_be_taken_of_a_security_that_a_balance_security_replaced() -> None:
    papers: list[Paper] = [
        Issued(day(1), "a1", "x", "common", 100),
        Taken(day(2), Taking.TRANSFER, "a1", 10, "a2"),
        Issued(day(2), "a2", "x", "common", 90),
        Taken(day(3), Taking.TRANSFER, "a1", 1),
    ]
    assert refusal(papers).code == "insufficient_quantity"


def test_a_retraction_counts_on_its_own_day_and_not_before() -> None:
    papers: list[Paper] = [Issued(day(1), "a1", "x", "common", 100), Closed(day(2), Closing.RETRACTION, "a1")]
    assert positions(papers, day(1, 31)).class_totals() == {"common": 100}
    assert positions(papers, day(2)).class_totals() == {}


def test_on_one_day_issuances_come_first_and_the_others_in_their_order() -> None:
    split = SplitInPlace(day(1), "common", 2, 1)
    taken = Taken(day(1), Taking.TRANSFER, "a1", 100)
    issued = Issued(day(1), "a1", "x", "common", 100)
    assert positions([split, taken, issued], END).class_totals() == {"common": 100}
    assert positions([taken, split, issued], END).class_totals() == {}


def test_a_split_in_place_multiplies_one_class_and_no_options() -> None:
    papers: list[Paper] = [
        Issued(day(1), "a1", "x", "common", 401),
        Issued(day(1), "p1", "x", "preferred", 70),
        Reserved(day(1), "common", 50),
        Granted(day(1), "o1", "x", "common", 20),
        SplitInPlace(day(2), "common", 3, 2),
        Issued(day(3), "a2", "y", "common", 1),
    ]
    answer = positions(papers, END)
    assert answer.by_class() == {"common": {"x": Fraction(1203, 2), "y": 1}, "preferred": {"x": 70}}
    assert answer.plans["common"].outstanding == 20


def test_a_plan_keeps_exercised_options_deducted_and_takes_cancelled_ones_back() -> None:
    papers: list[Paper] = [
        Reserved(day(1), "plan", 1_000_000),
        Granted(day(2), "o-1", "pia", "plan", 300_000),
        Granted(day(2), "o-2", "rolf", "plan", 150_000),
        Taken(day(3), Taking.EXERCISE, "o-1", 50_000),
        Issued(day(3), "c-1", "pia", "common", 50_000),
        Taken(day(4), Taking.CANCELLATION, "o-2", 40_000),
        Reserved(day(5), "plan", 900_000),  # the new total
    ]
    answer = positions(papers, END)
    plan = answer.plans["plan"]
    assert plan.reserved == 900_000
    assert plan.outstanding == 360_000
    assert plan.exercised == 50_000
    assert plan.available == 490_000
    assert answer.by_class() == {"common": {"pia": 50_000}}
    assert positions(papers, day(4, 30)).plans["plan"].available == 590_000


def test_more_options_than_are_reserved_are_shown_and_not_refused() -> None:
    papers: list[Paper] = [Reserved(day(1), "plan", 10), Granted(day(2), "o-1", "pia", "plan", 30)]
    assert positions(papers, END).plans["plan"].available == -20


@pytest.mark.parametrize(
    "paper",
    [
        Issued(day(2), "a1", "y", "common", 1),
        Issued(day(2), "a2", "y", "common", -1),
        Taken(day(2), Taking.TRANSFER, "a1", -1),
        SplitInPlace(day(2), "common", 0, 1),
        SplitInPlace(day(2), "common", 1, 0),
        Reserved(day(2), "plan", -1),
    ],
)
def test_nonsense_is_refused(paper: Paper) -> None:
    assert refusal([Issued(day(1), "a1", "x", "common", 100), paper]).code == "bad_input"


SECURITIES = st.sampled_from(["s1", "s2", "s3", "s4"])
CLASSES = {"s1": "common", "s2": "common", "s3": "preferred", "s4": "common"}
HOLDERS = {"s1": "ada", "s2": "bo", "s3": "ada", "s4": "ada"}
DAYS = st.dates(day(1, 1), day(1, 6))


@st.composite
def papers(draw: st.DrawFn) -> list[Paper]:
    """Draw each security once at most, and a few other papers around it."""
    securities = draw(st.lists(SECURITIES, unique=True, min_size=1))
    issued: list[Paper] = [
        Issued(draw(DAYS), security, HOLDERS[security], CLASSES[security], draw(st.integers(0, 30)))
        for security in securities
    ]
    names = st.sampled_from(securities)
    late = st.dates(day(1, 3), day(1, 9))
    other = st.one_of(
        st.builds(
            Taken, late, st.sampled_from(Taking), names, st.integers(0, 9), st.sampled_from([None, "b"])
        ),
        st.builds(Closed, late, st.sampled_from(Closing), names),
        st.builds(
            SplitInPlace, late, st.sampled_from(["common", "preferred"]), st.integers(1, 3), st.integers(1, 3)
        ),
    )
    return draw(st.permutations(issued + draw(st.lists(other, max_size=5))))


def replayed_one_by_one(papers: list[Paper], as_of: date) -> dict[str, dict[str, Fraction]] | None:
    """Follow each security alone through its days; None where a paper takes too much."""
    table: dict[str, dict[str, Fraction]] = {}
    known = sorted((paper for paper in papers if paper.day <= as_of), key=lambda paper: paper.day)
    for security in CLASSES:
        issue = next(
            (paper for paper in known if isinstance(paper, Issued) and paper.security == security), None
        )
        quantity = None if issue is None else Fraction(issue.quantity)
        for paper in known:
            is_early = issue is None or paper.day < issue.day
            match paper:
                case SplitInPlace(_, share_class, new, old) if share_class == CLASSES[security]:
                    if quantity is not None and not is_early:
                        quantity = quantity * Fraction(new) / Fraction(old)
                case Taken(_, _, source, taken, balance) if source == security:
                    if is_early or quantity is None or taken > quantity:
                        return None
                    quantity = None if balance or taken == quantity else quantity - Fraction(taken)
                case Closed(_, _, source) if source == security:
                    if is_early or quantity is None:
                        return None
                    quantity = None
        line = table.setdefault(CLASSES[security], {})
        line[HOLDERS[security]] = line.get(HOLDERS[security], Fraction(0)) + (quantity or 0)
    shown = {
        name: {holder: shares for holder, shares in line.items() if shares} for name, line in table.items()
    }
    return {name: line for name, line in shown.items() if line}


@given(papers(), st.dates(day(1, 1), day(1, 10)))
@settings(max_examples=150, deadline=None)
def test_the_replay_agrees_with_following_each_security_alone(given_papers: list[Paper], as_of: date) -> None:
    expected = replayed_one_by_one(given_papers, as_of)
    if expected is None:
        assert refusal(given_papers, as_of).code == "insufficient_quantity"
    else:
        assert positions(given_papers, as_of).by_class() == expected


@given(papers(), st.dates(day(1, 1), day(1, 10)))
@settings(max_examples=60, deadline=None)
def test_holders_add_to_class_totals(given_papers: list[Paper], as_of: date) -> None:
    try:
        answer = positions(given_papers, as_of)
    except CalculationRefused:
        return
    held: dict[str, Fraction] = {}
    for security in answer.securities:
        held[security.of] = held.get(security.of, Fraction(0)) + security.quantity
    assert answer.class_totals() == held


@given(st.integers(0, 10**9), st.integers(0, 10**9))
@settings(max_examples=60)
def test_every_transfer_conserves_the_class(issued: int, wanted: int) -> None:
    moved = min(issued, wanted)
    before: list[Paper] = [
        Issued(day(1), "a1", "x", "common", issued),
        Issued(day(1), "a0", "y", "common", 1),
    ]
    after: list[Paper] = [
        *before,
        Taken(day(2), Taking.TRANSFER, "a1", moved),
        Issued(day(2), "b1", "y", "common", moved),
    ]
    assert positions(after, END).class_totals() == positions(before, END).class_totals()


def test_the_balance_of_securities_does_not_depend_on_order() -> None:
    issues = [("s-1", 500), ("s-2", 300), ("s-3", 200)]
    balance = security_balance(issues, ["s-2", "s-3", "s-9"], [40, 60, 25, 15, 10, 5])
    assert balance.issued == 500
    assert balance.consumed == 155
    assert balance.outstanding == 345


def test_more_consumed_than_issued_is_refused() -> None:
    with pytest.raises(CalculationRefused) as refused:
        security_balance([("s-1", 5), ("s-2", 5)], ["s-2"], [6])
    assert refused.value.code == "insufficient_quantity"
