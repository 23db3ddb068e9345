"""What of a grant has vested: by holder, after exercises, departures and splits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.vesting import Frequency, Instalment, vested_by_duration
from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.engine.rights import TermsInForce
from neocapgui.engine.vested import Vested, VestedOfHolder, grants, vested
from neocapgui.ledger.edits import with_value
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Fact, Ledger
from neocapgui.ledger.terms import Allocation, Certainty, Exercise, Rounding, SecurityKind, Vesting
from neocapgui.ledger.transactions import Transaction
from tests.engine.ledgers import (
    ACME_ITSELF,
    ADA,
    BOB,
    COMMON,
    FIRST,
    PAPERS,
    SPAN,
    cast,
    contradictory_ledgers,
    day,
    issued,
    passed,
    split,
)

OPTION = Security(
    20,
    1,
    "Option",
    SecurityKind.OPTION,
    day("01-01"),
    exercise=Exercise(1, Decimal(1)),
    vesting=Vesting(day("01-01"), cliff_months=12, duration_months=48),
)
GRANT = issued(1, "01-01", ADA, 4_800, security=20)


def taken(id: int, kind: str, on: str, units: int) -> Transaction:
    """Return an entry by which Ada's options become fewer."""
    record = Transaction(id, day(on), kind, security=20, stakeholder=ADA.id, quantity=Decimal(units))
    return replace(record, into_security=1, into_quantity=Decimal(units)) if kind == "exercise" else record


def answer(on: str, *facts: Fact, **lens: Any) -> Vested:
    return vested(cast(OPTION, *facts), Lens(day(on), 1, **lens), 20)


def of_ada(on: str, *facts: Fact) -> VestedOfHolder:
    (line,) = [line for line in answer(on, *facts).holders if line.stakeholder == ADA.id]
    return line


def figures(line: VestedOfHolder | Vested) -> tuple[int, int, int, int]:
    """Return vested, unvested, exercised, exercisable."""
    return int(line.vested), int(line.unvested), int(line.exercised), int(line.exercisable)


def dated(*instalments: Instalment | None) -> list[tuple[date, int]]:
    """Return the days of instalments and their whole units."""
    return [(part.day, int(part.quantity)) for part in instalments if part is not None]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2022-12-31", 0),
        ("2023-01-01", 1_200),
        ("2023-01-31", 1_200),
        ("2023-02-01", 1_300),
        ("2026-01-01", 4_800),
    ],
)
def test_four_years_monthly_after_a_cliff_of_one(on: str, expected: int) -> None:
    assert figures(of_ada(on, GRANT)) == (expected, 4_800 - expected, 0, expected)


def test_the_instalments_are_told_with_the_next_one() -> None:
    found = answer("2023-02-01", GRANT)
    assert len(found.instalments) == 37
    assert dated(found.instalments[0], found.instalments[-1], found.coming) == [
        (date(2023, 1, 1), 1_200),
        (date(2026, 1, 1), 100),
        (date(2023, 3, 1), 100),
    ]
    assert answer("2026-01-01", GRANT).coming is None


def test_what_is_exercised_stays_vested_and_can_be_exercised_no_more() -> None:
    assert figures(of_ada("2023-06-01", GRANT, taken(2, "exercise", "2023-02-01", 500))) == (
        1_700,
        3_100,
        500,
        1_200,
    )


def test_what_lapses_when_the_holder_leaves_is_taken_from_what_vests_last() -> None:
    left = taken(2, "cancellation", "2023-06-30", 3_100)  # 1,700 of 4,800 had vested
    line = of_ada("2027-01-01", GRANT, left)
    assert figures(line) == (1_700, 0, 0, 1_700)
    assert line.granted == 4_800
    assert line.instalments[-1].day == date(2023, 6, 1)
    expired = taken(3, "expiry", "2023-09-28", 1_700)
    assert figures(of_ada("2027-01-01", GRANT, left, expired)) == (0, 0, 0, 0)


def test_each_holder_vests_by_himself_and_all_of_them_together() -> None:
    bob = issued(2, "01-01", BOB, 48, security=20)
    found = answer("2023-01-01", GRANT, bob)
    assert [(line.stakeholder, int(line.vested)) for line in found.holders] == [(ADA.id, 1_200), (BOB.id, 12)]
    assert figures(found) == (1_212, 3_636, 0, 1_212)
    assert found.granted == 4_848
    assert found.instalments[1].quantity == 101


def test_without_a_start_each_holder_counts_from_his_own_grant() -> None:
    undated = replace(OPTION, issued=None, vesting=replace(OPTION.vesting, starts=None))
    bob = issued(2, "07-01", BOB, 48, security=20)
    found = answer("2023-01-01", undated, GRANT, bob)
    assert [line.vested for line in found.holders] == [1_200, 0]
    assert found.holders[1].instalments[0].day == date(2023, 7, 1)


def test_instalments_before_the_grant_fall_due_with_the_next_one() -> None:
    late = replace(OPTION, vesting=Vesting(date(2021, 11, 15), duration_months=10))
    found = answer("2022-02-15", late, issued(1, "01-20", ADA, 100, security=20))
    assert dated(*found.instalments[:2]) == [
        (date(2022, 2, 15), 30),  # 15 December, 15 January and 15 February
        (date(2022, 3, 15), 10),
    ]
    assert figures(found) == (30, 70, 0, 30)


def test_whoever_is_given_options_goes_on_with_their_schedule() -> None:
    given_away = passed(2, "2023-01-15", ADA, BOB, 480, security=20)
    found = answer("2023-02-01", GRANT, given_away)
    assert [figures(line) for line in found.holders] == [(1_300, 3_020, 0, 1_300), (130, 350, 0, 130)]
    assert [line.granted for line in found.holders] == [4_800, 480]


def test_quarters_a_cliff_without_instalments_and_a_day_of_the_month() -> None:
    quarterly = replace(OPTION, vesting=Vesting(date(2022, 1, 31), duration_months=12, period_months=3))
    days = [
        part.day for part in answer("06-30", quarterly, issued(1, "01-01", ADA, 8, security=20)).instalments
    ]
    assert days == [date(2022, 4, 30), date(2022, 7, 31), date(2022, 10, 31), date(2023, 1, 31)]
    whole = replace(OPTION, vesting=Vesting(date(2022, 1, 1), cliff_months=18))
    assert dated(*answer("06-30", whole, GRANT).instalments) == [(date(2023, 7, 1), 4_800)]
    fifteenth = replace(OPTION, vesting=Vesting(day("01-31"), duration_months=2, day_of_month=15))
    assert answer("06-30", fifteenth, GRANT).instalments[0].day == date(2022, 2, 15)


@pytest.mark.parametrize(
    ("allocation", "expected"),
    [
        (Allocation.CUMULATIVE_ROUNDING, [5, 4, 5, 4]),
        (Allocation.CUMULATIVE_ROUND_DOWN, [4, 5, 4, 5]),
        (Allocation.FRONT_LOADED, [5, 5, 4, 4]),
        (Allocation.BACK_LOADED, [4, 4, 5, 5]),
        (Allocation.FRONT_LOADED_TO_SINGLE_TRANCHE, [6, 4, 4, 4]),
        (Allocation.BACK_LOADED_TO_SINGLE_TRANCHE, [4, 4, 4, 6]),
        (Allocation.FRACTIONAL, [Fraction(9, 2)] * 4),
    ],
)
def test_eighteen_shares_over_four_instalments(allocation: Allocation, expected: list[Fraction]) -> None:
    """Open Cap Format, AllocationType."""
    four = replace(OPTION, vesting=Vesting(duration_months=4, allocation=allocation))
    found = answer("06-30", four, issued(1, "01-01", ADA, 18, security=20))
    assert [part.quantity for part in found.instalments] == expected


def test_a_grant_without_vesting_terms_vests_at_once() -> None:
    at_once = replace(OPTION, vesting=Vesting())
    found = answer("01-01", at_once, GRANT)
    assert figures(found) == (4_800, 0, 0, 4_800)
    assert found.instalments == ()
    assert answer("2021-12-31", at_once, GRANT).holders == ()


def test_shares_that_the_company_bought_back_do_not_vest() -> None:
    stock = replace(COMMON, vesting=Vesting(day("01-01"), duration_months=10))
    back = Transaction(
        2,
        day("06-01"),
        "repurchase",
        security=1,
        stakeholder=ADA.id,
        counterparty=ACME_ITSELF.id,
        quantity=Decimal(50),
    )
    found = vested(cast(stock, issued(1, "01-01", ADA, 100), back), Lens(day("12-31"), 1), 1)
    assert [line.stakeholder for line in found.holders] == [ADA.id]
    assert figures(found) == (50, 0, 0, 50)
    assert found.shares_per_unit is None


def test_a_split_of_what_is_bought_leaves_the_units_and_restates_the_shares() -> None:
    found = answer("2023-02-01", GRANT, split(2, "06-01", "1/25"))
    assert found.exercisable == 1_300
    assert found.shares_per_unit == Fraction(1, 25)


def test_a_split_of_the_options_restates_what_was_granted_exercised_and_vested() -> None:
    book = (
        GRANT,
        taken(2, "exercise", "2023-02-01", 500),
        split(3, "2023-03-10", "1/7", "down", security=20),
    )
    before, after = of_ada("2023-03-09", *book), of_ada("2023-03-10", *book)
    assert figures(before) == (1_400, 3_400, 500, 900)
    # 4,300 held are 614 and 2/7 lost; 500/7 = 71 3/7 were exercised: 685 3/7 granted, of which 685 are whole
    assert after.granted == 614 + Fraction(500, 7)
    assert after.vested == 200  # 685 x 14/48 = 199.8, half up
    assert after.exercisable == 200 - Fraction(500, 7)
    assert sum(part.quantity for part in after.instalments) == after.granted


def test_a_split_in_two_doubles_every_instalment() -> None:
    doubled = split(3, "06-01", "2", security=20)
    whole, twice = of_ada("2023-02-01", GRANT), of_ada("2023-02-01", GRANT, doubled)
    assert [2 * part.quantity for part in whole.instalments] == [part.quantity for part in twice.instalments]
    assert figures(twice) == (2_600, 7_000, 0, 2_600)


def test_planned_and_later_known_entries_count_where_the_lens_says_so() -> None:
    planned = replace(taken(2, "exercise", "2023-02-01", 500), certainty=Certainty.PLANNED)
    assert answer("2023-06-01", GRANT, planned).exercised == 0
    assert answer("2023-06-01", GRANT, planned, planned=True).exercised == 500
    heard = replace(taken(2, "exercise", "2023-02-01", 500), recorded=date(2023, 5, 1))
    assert answer("2023-06-01", GRANT, heard, known=date(2023, 4, 30)).exercised == 0


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        (
            Vesting(duration_months=10, period_months=3),
            "Option cannot vest over 10 months with an instalment every 3 months.",
        ),
        (
            Vesting(duration_months=12, period_months=0),
            "Option cannot vest over 12 months with an instalment every 0 months.",
        ),
        (
            Vesting(duration_months=2**31 - 1),
            "Option cannot vest over 2147483647 months with an instalment every 1 months.",
        ),
        (Vesting(cliff_months=-1), "Option cannot have a cliff of -1 months."),
        (Vesting(date.max, duration_months=12), "Option cannot vest from the year 9999 on."),
        (Vesting(duration_months=12, day_of_month=32), "A month has no day 32."),
    ],
)
def test_terms_that_make_no_schedule_are_refused(terms: Vesting, sentence: str) -> None:
    with pytest.raises(CalculationRefused) as refusal:
        answer("06-30", replace(OPTION, vesting=terms), GRANT)
    assert (refusal.value.code, str(refusal.value)) == ("bad_input", sentence)


def test_a_schedule_without_a_day_to_count_from_is_refused() -> None:
    undated = replace(OPTION, issued=None, vesting=Vesting(duration_months=48))
    opening = replace(GRANT, kind="opening")
    with pytest.raises(CalculationRefused, match="The day from which Option vests is not entered"):
        answer("06-30", undated, opening)


@given(
    st.integers(0, 10_000),
    st.integers(0, 24),
    st.integers(1, 16),
    st.sampled_from(Frequency),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.dates(date(2020, 1, 1), date(2026, 1, 1)),
)
def test_rounded_down_it_agrees_with_vesting_by_duration(
    units: int, cliff: int, periods: int, frequency: Frequency, on: date, start: date
) -> None:
    months = periods * frequency.months
    round_down = Allocation.CUMULATIVE_ROUND_DOWN
    option = replace(OPTION, vesting=Vesting(start, cliff, months, frequency.months, allocation=round_down))
    found = vested(cast(option, issued(1, "2019-01-01", ADA, units, security=20)), Lens(on, 1), 20)
    assert found.vested == vested_by_duration(
        units, start, on, cliff_months=cliff, duration_months=months, frequency=frequency
    )


@settings(max_examples=60)
@given(
    contradictory_ledgers(),
    st.integers(0, SPAN).map(lambda after: date.fromordinal(FIRST.toordinal() + after)),
    st.sampled_from(PAPERS),
    st.booleans(),
)
def test_the_units_of_a_grant_are_those_of_the_holdings(
    book: Ledger, on: date, security: int, planned: bool
) -> None:
    lens = Lens(on, 1, planned=planned)
    held = holdings(book, lens)
    *_, last = ({}, *(found for _, found in grants(TermsInForce.on(book, lens), security)))
    assert {who: grant.held for who, grant in last.items() if grant.held} == {
        one.stakeholder: one.quantity for one in held.of_security(security)
    }


terms_of_any_kind = st.builds(
    Vesting,
    st.none() | st.dates(date(2021, 6, 1), date(2022, 6, 1)),
    st.none() | st.integers(0, 6),
    st.none() | st.integers(1, 12),
    st.just(1),
    st.none() | st.integers(1, 31),
    st.sampled_from(Allocation),
)


@given(
    terms_of_any_kind,
    st.sampled_from(Rounding),
    st.lists(st.integers(1, 200), min_size=1, max_size=3),
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 3), Fraction(3, 2)]),
    st.dates(date(2022, 1, 1), date(2023, 12, 31)),
)
def test_what_is_held_is_exercisable_or_unvested(
    terms: Vesting,
    rounding: Rounding,
    granted: list[int],
    exercised: int,
    cancelled: int,
    ratio: Fraction,
    on: date,
) -> None:
    option = replace(OPTION, vesting=terms, rounding=rounding)
    book = cast(
        option,
        *(issued(id, "01-01", ADA, 60 + units, security=20) for id, units in enumerate(granted, 1)),
        taken(11, "exercise", "03-01", exercised),
        taken(12, "cancellation", "04-01", cancelled),
        split(13, "05-01", ratio, security=20),
    )
    lens = Lens(on, 1)
    (line,) = vested(book, lens, 20).holders
    kept = line.vested + line.unvested
    assert kept == holdings(book, lens).of(ADA.id, 20) + line.exercised
    assert line.instalments == () or sum(part.quantity for part in line.instalments) == kept
    assert line.unvested >= 0
    if line.exercised <= line.vested:
        assert line.exercisable + line.unvested == holdings(book, lens).of(ADA.id, 20)
    else:
        assert line.exercisable == 0


def test_terms_are_typed_into_a_security_as_into_any_value() -> None:
    changed = with_value(OPTION, "vesting.duration_months", 36)
    assert changed.vesting == replace(OPTION.vesting, duration_months=36)
