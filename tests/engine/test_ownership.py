"""Who owns what part of a company, on four bases; what cannot be counted is named with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.ownership import POOL, Ownership, ownership, weights
from neocapgui.ledger.facts import ConversionRight, Security, Stakeholder
from neocapgui.ledger.ledger import Fact, Ledger
from neocapgui.ledger.terms import ConversionBasis, Exercise, SecurityKind
from neocapgui.ledger.transactions import Transaction
from tests.engine import naive_replay
from tests.engine.ledgers import (
    ACME_ITSELF,
    ADA,
    BETA_ITSELF,
    BOB,
    CLEO,
    COMMON,
    FIRST,
    PREFERRED,
    SPAN,
    TWO_FOR_ONE,
    cast,
    contradictory_ledgers,
    day,
    issued,
    passed,
    split,
)

LENS = Lens(date(2022, 12, 31), 1, Basis.OUTSTANDING)
ON = {basis: replace(LENS, basis=basis) for basis in Basis}


def stakes(company: Ownership) -> dict[int, Fraction]:
    return {owner.stakeholder: owner.stake for owner in company}


def shares(company: Ownership) -> dict[int, Fraction]:
    return {owner.stakeholder: owner.shares for owner in company}


def owned(basis: Basis, *facts: Fact) -> dict[int, Fraction]:
    return shares(ownership(cast(*facts), ON[basis]))


FOUNDERS = (issued(1, "01-01", ADA, 750), issued(2, "01-01", BOB, 250))
SERIES_A = issued(3, "02-01", CLEO, 500, security=PREFERRED.id)


def test_a_transfer_moves_ownership_on_its_day() -> None:
    book = cast(*FOUNDERS, passed(3, "01-03", ADA, BOB, 125))
    before = ownership(book, replace(LENS, as_of=day("01-02")))
    after = ownership(book, replace(LENS, as_of=day("01-03")))
    assert stakes(before) == {ADA.id: Fraction(3, 4), BOB.id: Fraction(1, 4)}
    assert stakes(after) == {ADA.id: Fraction(5, 8), BOB.id: Fraction(3, 8)}


def test_the_largest_owner_comes_first_and_equals_by_number() -> None:
    book = cast(issued(1, "01-01", CLEO, 5), issued(2, "01-01", BOB, 10), issued(3, "01-01", ADA, 5))
    assert [owner.stakeholder for owner in ownership(book, LENS)] == [BOB.id, ADA.id, CLEO.id]
    many = cast(*(issued(id, "01-01", who, 10**20) for id, who in enumerate((CLEO, ADA, BOB), 1)))
    assert [owner.stakeholder for owner in ownership(many, LENS)] == [ADA.id, BOB.id, CLEO.id]


def test_each_basis_counts_preferred_by_its_own_rule() -> None:
    """1,000 common and 500 preferred that convert two for one: 1,500 shares, 1,000 votes, 2,000 converted."""
    facts = (*FOUNDERS, SERIES_A, TWO_FOR_ONE)
    assert owned(Basis.OUTSTANDING, *facts) == {ADA.id: 750, CLEO.id: 500, BOB.id: 250}
    assert owned(Basis.VOTING, *facts) == {ADA.id: 750, BOB.id: 250}
    assert owned(Basis.AS_CONVERTED, *facts) == {CLEO.id: 1000, ADA.id: 750, BOB.id: 250}
    assert owned(Basis.FULLY_DILUTED, *facts) == {CLEO.id: 1000, ADA.id: 750, BOB.id: 250}


def test_votes_are_those_of_the_paper_or_of_what_it_converts_into() -> None:
    ten_votes = replace(COMMON, votes=Decimal(10))
    converted = replace(PREFERRED, votes_as_converted=True)
    assert owned(Basis.VOTING, ten_votes, converted, *FOUNDERS, SERIES_A, TWO_FOR_ONE) == {
        ADA.id: 7500,
        BOB.id: 2500,
        CLEO.id: 1000,
    }


def test_treasury_shares_belong_to_nobody() -> None:
    bought = Transaction(
        9,
        day("03-01"),
        "repurchase",
        security=1,
        stakeholder=ADA.id,
        counterparty=ACME_ITSELF.id,
        quantity=Decimal(500),
    )
    company = ownership(cast(*FOUNDERS, bought), LENS)
    assert shares(company) == {ADA.id: 250, BOB.id: 250}
    assert company.total == 500
    assert company.of(ACME_ITSELF.id).shares == 0


def test_what_one_company_holds_of_another_is_no_treasury_share() -> None:
    assert owned(Basis.OUTSTANDING, *FOUNDERS, issued(9, "01-01", BETA_ITSELF, 1000)) == {
        BETA_ITSELF.id: 1000,
        ADA.id: 750,
        BOB.id: 250,
    }


# Fully diluted

PLAN = Security(20, 1, "2022 Plan", SecurityKind.OPTION_PLAN, exercise=Exercise(into=1), reserve=Decimal(300))
GRANT = Security(21, 1, "Grant", SecurityKind.OPTION, plan=20, exercise=Exercise(into=1, price=Decimal(1)))
WARRANT = Security(
    22, 1, "Warrant", SecurityKind.WARRANT, exercise=Exercise(1, shares_per_unit=Decimal("2.5"))
)


def test_fully_diluted_counts_options_warrants_and_what_a_plan_can_still_grant() -> None:
    facts = (
        *FOUNDERS,
        PLAN,
        GRANT,
        WARRANT,
        issued(4, "02-01", CLEO, 100, security=21),
        issued(5, "02-01", CLEO, 40, security=22),
    )
    assert owned(Basis.FULLY_DILUTED, *facts) == {ADA.id: 750, BOB.id: 250, CLEO.id: 200, POOL: 200}
    assert owned(Basis.AS_CONVERTED, *facts) == {ADA.id: 750, BOB.id: 250}
    company = ownership(cast(*facts), ON[Basis.FULLY_DILUTED])
    assert company.of(POOL).stake == Fraction(1, 7)


def test_a_warrant_of_another_companys_shares_is_no_share_of_this_one() -> None:
    abroad = replace(WARRANT, exercise=Exercise(into=6))
    assert owned(Basis.FULLY_DILUTED, *FOUNDERS, abroad, issued(4, "02-01", CLEO, 40, security=22)) == {
        ADA.id: 750,
        BOB.id: 250,
    }


def test_a_warrant_for_preferred_counts_what_the_preferred_converts_into() -> None:
    for_preferred = replace(WARRANT, exercise=Exercise(into=PREFERRED.id))
    facts = (*FOUNDERS, TWO_FOR_ONE, for_preferred, issued(4, "02-01", CLEO, 40, security=22))
    assert owned(Basis.FULLY_DILUTED, *facts) == {ADA.id: 750, BOB.id: 250, CLEO.id: 80}


def test_a_split_restates_what_options_and_conversions_give() -> None:
    """Preferred at 2 common becomes 2/25, a warrant for 2.5 becomes 1/10, the pool of 300 becomes 12."""
    said = day("01-01")
    facts: tuple[Fact, ...] = (
        issued(1, "01-01", ADA, 2500),
        issued(2, "01-01", BOB, 2500),
        replace(PREFERRED, issued=said),
        issued(3, "02-01", CLEO, 5000, security=PREFERRED.id),
        TWO_FOR_ONE,
        replace(PLAN, issued=said),
        replace(WARRANT, issued=said),
        issued(5, "02-01", CLEO, 40, security=22),
        split(9, "06-01", "1/25"),
    )
    assert owned(Basis.FULLY_DILUTED, *facts) == {CLEO.id: 404, ADA.id: 100, BOB.id: 100, POOL: 12}


# What cannot be counted


def reason(*facts: Fact, basis: Basis = Basis.AS_CONVERTED) -> str:
    company = ownership(cast(*FOUNDERS, SERIES_A, *facts), ON[basis])
    (left_out,) = company.uncounted
    assert left_out.security == PREFERRED.id
    assert shares(company) == {ADA.id: 750, BOB.id: 250}
    return left_out.reason


@pytest.mark.parametrize(
    ("right", "because"),
    [
        (replace(TWO_FOR_ONE, ratio=None), "its ratio is not entered"),
        (replace(TWO_FOR_ONE, ratio=Fraction(0)), "its ratio is 0, not above 0"),
        (replace(TWO_FOR_ONE, ratio=Fraction(-1, 2)), "its ratio is -1/2, not above 0"),
        (replace(TWO_FOR_ONE, basis=ConversionBasis.FIXED), "its conversion price is not entered"),
        (
            replace(TWO_FOR_ONE, basis=ConversionBasis.FIXED, price=Decimal(0)),
            "its conversion price is not entered",
        ),
        (
            replace(TWO_FOR_ONE, basis=ConversionBasis.FIXED, price=Decimal(-3)),
            "its conversion price is not above 0",
        ),
        (replace(TWO_FOR_ONE, basis=ConversionBasis.FLOATING), "its look-back window is not entered"),
        (
            replace(TWO_FOR_ONE, basis=ConversionBasis.NOTICE),
            "its price is floating and no notice has stated one yet",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_preferred_that_cannot_be_converted_is_left_out_with_the_reason(
    right: ConversionRight, because: str
) -> None:
    assert reason(right) == because


@pytest.mark.parametrize("stated", [None, 0, -5])
def test_preferred_without_a_stated_value_has_no_conversion(stated: int | None) -> None:
    at_price = replace(TWO_FOR_ONE, basis=ConversionBasis.FIXED, price=Decimal(4))
    value = None if stated is None else Decimal(stated)
    because = "is not entered" if stated is None else "is not above 0"
    assert reason(replace(PREFERRED, stated_value=value), at_price) == f"its stated value {because}"


def test_preferred_that_converts_back_into_itself_is_left_out() -> None:
    itself = replace(TWO_FOR_ONE, into=PREFERRED.id)
    assert reason(itself) == "Series A converts back into itself through other classes."


def test_a_circle_of_classes_is_left_out_whole_and_the_rest_stands() -> None:
    b, c = (Security(id, 1, f"Series {id}", SecurityKind.PREFERRED) for id in (21, 22))
    circle = [
        ConversionRight(1, PREFERRED.id, 21, ConversionBasis.RATIO, Fraction(1)),
        ConversionRight(2, 21, 22, ConversionBasis.RATIO, Fraction(1)),
        ConversionRight(3, 22, PREFERRED.id, ConversionBasis.RATIO, Fraction(1)),
    ]
    book = cast(*FOUNDERS, SERIES_A, b, c, *circle)
    for basis in (Basis.AS_CONVERTED, Basis.FULLY_DILUTED):
        company = ownership(book, ON[basis])
        assert [one.security for one in company.uncounted] == [PREFERRED.id, 21, 22]
        assert shares(company) == {ADA.id: 750, BOB.id: 250}


def test_ratios_multiply_along_a_chain_of_classes() -> None:
    """Three for two, then four for three: two in all."""
    middle = Security(21, 1, "Series B", SecurityKind.PREFERRED)
    chain = [
        ConversionRight(1, PREFERRED.id, 21, ConversionBasis.RATIO, Fraction(3, 2)),
        ConversionRight(2, 21, COMMON.id, ConversionBasis.RATIO, Fraction(4, 3)),
    ]
    book = cast(*FOUNDERS, SERIES_A, middle, *chain)
    assert weights(book, ON[Basis.AS_CONVERTED], 1)[0] == {COMMON.id: 1, PREFERRED.id: 2, 21: Fraction(4, 3)}


def test_a_class_that_converts_only_into_another_companys_shares_is_not_converted() -> None:
    abroad = replace(TWO_FOR_ONE, into=6)
    company = ownership(cast(*FOUNDERS, SERIES_A, abroad), ON[Basis.AS_CONVERTED])
    assert (stakes(company), company.uncounted) == ({ADA.id: Fraction(3, 4), BOB.id: Fraction(1, 4)}, ())


# Contradictions and sizes


def test_a_company_nobody_holds_has_no_owners() -> None:
    company = ownership(cast(), LENS)
    assert list(company) == []
    assert len(company) == company.total == 0
    assert company.of(ADA.id).stake == 0
    with pytest.raises(IndexError):
        company[0]


def test_a_company_that_is_not_recorded_has_no_owners() -> None:
    assert list(ownership(cast(*FOUNDERS), replace(LENS, issuer=99))) == []


def test_ownership_is_asked_of_one_company() -> None:
    with pytest.raises(ValueError, match="one issuer"):
        ownership(cast(), Lens(date(2022, 1, 1)))


def test_who_owes_shares_owns_less_than_nothing_and_the_stakes_still_sum_to_one() -> None:
    company = ownership(cast(*FOUNDERS, passed(9, "01-02", CLEO, ADA, 100)), LENS)
    assert shares(company) == {ADA.id: 850, BOB.id: 250, CLEO.id: -100}
    assert stakes(company)[CLEO.id] == Fraction(-1, 10)
    assert sum(stakes(company).values()) == 1


def test_shares_that_cancel_out_leave_no_stakes() -> None:
    company = ownership(cast(passed(9, "01-02", CLEO, ADA, 100)), LENS)
    assert shares(company) == {ADA.id: 100, CLEO.id: -100}
    assert stakes(company) == {ADA.id: 0, CLEO.id: 0}


def test_stakes_beyond_64_bits_and_fractional_shares_are_exact() -> None:
    many = 3 * 10**24
    company = ownership(cast(issued(1, "01-01", ADA, many), issued(2, "01-01", BOB, "0.5")), LENS)
    assert stakes(company)[BOB.id] == Fraction(1, 2 * many + 1)
    thirds = ownership(
        cast(issued(1, "01-01", ADA, 1), issued(2, "01-01", BOB, 2), split(3, "01-02", "1/3", "none")), LENS
    )
    assert shares(thirds) == {ADA.id: Fraction(1, 3), BOB.id: Fraction(2, 3)}
    assert stakes(thirds) == {ADA.id: Fraction(1, 3), BOB.id: Fraction(2, 3)}


@pytest.mark.parametrize("reserve", [2**62, 2**63, 2**64 - 1, 2**64, 10**30])
def test_a_plan_of_any_size_is_counted_exactly(reserve: int) -> None:
    company = ownership(cast(*FOUNDERS, replace(PLAN, reserve=Decimal(reserve))), ON[Basis.FULLY_DILUTED])
    assert company.of(POOL).shares == reserve
    assert company.total == reserve + 1000


def test_owners_are_asked_by_place_and_by_holder() -> None:
    company = ownership(cast(*FOUNDERS), LENS)
    assert company[-1] == company[1] == company.of(BOB.id)
    assert company[:1] == [company[0]]
    assert ADA.id == company[0].stakeholder


@settings(max_examples=80)
@given(
    contradictory_ledgers(),
    st.integers(0, SPAN),
    st.sampled_from(Basis),
    st.sampled_from((1, 4)),
    st.booleans(),
)
def test_stakes_sum_to_exactly_one_and_agree_with_the_slow_replay(
    book: Ledger, after: int, basis: Basis, issuer: int, planned: bool
) -> None:
    lens = Lens(FIRST + timedelta(after), issuer, basis, planned)
    company = ownership(book, lens)
    counts, _ = weights(book, lens, issuer)
    itself = {who.id for who in book.stakeholders.values() if who.issuer == issuer}
    expected: dict[int, Fraction] = {}
    for (who, paper), held in naive_replay.holdings(book, lens.as_of, planned).items():
        if paper in counts and who not in itself:
            expected[who] = expected.get(who, Fraction(0)) + held * counts[paper]
    expected = {who: count for who, count in expected.items() if count}
    assert shares(company) == expected
    assert company.total == sum(expected.values())
    if company.total:
        assert sum(stakes(company).values()) == 1
        assert all(owner.stake == owner.shares / company.total for owner in company)
    assert [owner.shares for owner in company] == sorted(expected.values(), reverse=True)


def test_two_names_of_one_company_are_both_treasury() -> None:
    again = Stakeholder(30, "Acme treasury", "issuer", issuer=1)
    facts = (again, *FOUNDERS, issued(8, "01-01", ACME_ITSELF, 5), issued(9, "01-01", again, 7))
    assert owned(Basis.OUTSTANDING, *facts) == {ADA.id: 750, BOB.id: 250}


@pytest.mark.parametrize("votes", ["7e100", "-7e100", "9223372036854775808"])
@pytest.mark.parametrize("facts", [(), FOUNDERS], ids=["nothing held", "held"])
def test_weights_beyond_any_number_of_the_machine_are_counted(
    votes: str, facts: tuple[Transaction, ...]
) -> None:
    heavy = replace(COMMON, votes=Decimal(votes))
    expected = {ADA.id: 750 * Fraction(votes), BOB.id: 250 * Fraction(votes)} if facts else {}
    assert owned(Basis.VOTING, *facts, heavy) == expected
