"""The counts of a capitalization table."""

from __future__ import annotations

from fractions import Fraction

import pytest

from neocapgui.engine.calculations.capitalization import (
    ClassTerms,
    authorized_counts,
    capitalization,
    outstanding_for_group,
)
from neocapgui.engine.calculations.refusal import CalculationRefused


def test_a_stake_depends_on_its_denominator() -> None:
    table = capitalization(
        [ClassTerms("common", 8_000_000), ClassTerms("series_a", 2_000_000)], pool_available=1_000_000
    )
    assert table.of_outstanding(2_000_000) == Fraction(1, 5)
    assert table.of_fully_diluted(2_000_000) == Fraction(2, 11)


def test_treasury_shares_many_votes_no_votes_and_votes_as_converted() -> None:
    classes = [
        ClassTerms("ordinary", 5_000_000, treasury=200_000),
        ClassTerms("high_vote", 1_000_000, votes_per_share=10),
        ClassTerms(
            "preference", 700_001, ratio=Fraction(4, 3), round_conversion=True, votes_as_converted=True
        ),
        ClassTerms("silent", 300_000, votes_per_share=0),
    ]
    table = capitalization(
        classes, options=[250_000], warrants=[60_000], convertibles=[15_000, 25_000], pool_available=150_000
    )
    assert table.issued == 7_000_001
    assert table.outstanding == 6_800_001
    assert table.votes == 15_733_334
    assert table.as_converted == 7_033_334
    assert table.fully_diluted_without_pool == 7_383_334
    assert table.fully_diluted == 7_533_334
    assert [int(line.as_converted) for line in table.classes] == [4_800_000, 1_000_000, 933_334, 300_000]


def test_a_conversion_stays_exact_where_the_charter_does_not_round() -> None:
    table = capitalization([ClassTerms("preference", 100, ratio=Fraction(4, 3))])
    assert table.as_converted == Fraction(400, 3)


def test_a_part_of_nothing_is_no_number() -> None:
    empty = capitalization([])
    assert (empty.of_outstanding(0), empty.of_fully_diluted(1)) == (None, None)


@pytest.mark.parametrize(
    "terms",
    [
        ClassTerms("a", -1),
        ClassTerms("a", 1, treasury=2),
        ClassTerms("a", 1, treasury=-1),
        ClassTerms("a", 1, ratio=-1),
        ClassTerms("a", 1, votes_per_share=-1),
    ],
)
def test_counts_below_zero_are_refused(terms: ClassTerms) -> None:
    with pytest.raises(CalculationRefused) as refused:
        capitalization([terms])
    assert refused.value.code == "bad_input"


def test_retired_shares_reduce_the_authorized_only_where_they_may_not_be_reissued() -> None:
    for_good = authorized_counts(
        12_000, 9_000, cancelled=500, retired=1_500, treasury=700, retired_not_reissuable=True
    )
    assert for_good.authorized == 10_500
    assert for_good.issued == 7_000
    assert for_good.outstanding == 6_300
    assert for_good.unissued == 3_500
    assert for_good.issuable_including_treasury == 4_200
    reissuable = authorized_counts(12_000, 9_000, cancelled=500, retired=1_500, treasury=700)
    assert reissuable.authorized == 12_000
    assert reissuable.unissued == 5_000
    assert reissuable.outstanding == 6_300


def test_more_issued_than_authorized_is_shown_and_not_refused() -> None:
    assert authorized_counts(100, 120).unissued == -20


@pytest.mark.parametrize(("cancelled", "retired", "treasury"), [(11, 0, 0), (0, -1, 0), (0, 0, 11)])
def test_more_cancelled_or_in_treasury_than_issued_is_refused(
    cancelled: int, retired: int, treasury: int
) -> None:
    with pytest.raises(CalculationRefused):
        authorized_counts(100, 10, cancelled=cancelled, retired=retired, treasury=treasury)


def test_a_parent_s_shares_in_its_subsidiaries_hands_are_not_outstanding_for_the_group() -> None:
    held = {"works": 150_000, "trade": 100_000}
    assert outstanding_for_group(5_000_000, held, treasury=100_000) == 4_650_000
    assert outstanding_for_group(10, {}) == 10
    with pytest.raises(CalculationRefused):
        outstanding_for_group(10, {"works": 6, "trade": 5})
