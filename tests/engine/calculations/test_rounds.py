"""Priced rounds, exactly: against a second way to solve them, and their identities."""

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.round_instruments import Basis, Convertible, Form
from neocapgui.engine.calculations.rounds import (
    UNALLOCATED_POOL,
    Cheque,
    Convention,
    Pool,
    PoolMode,
    PricedRound,
    RoundTerms,
    mfn_packages,
    priced_round,
)
from tests.engine.calculations.round_twin import answer_or_code, rounds_that_hold

SERIES_A = (Cheque("series_a", 3_000_000),)
FOUNDERS = RoundTerms(12_000_000, SERIES_A, {"founders": 8_000_000})


def stakes(closed: PricedRound) -> dict[str, Fraction]:
    return {holding.name: holding.stake for holding in closed.holdings}


# Hand-worked


def test_a_post_money_safe_at_its_cap_holds_amount_over_cap_before_the_money() -> None:
    safe = Convertible("angel", Form.POST_MONEY_SAFE, 1_000_000, cap=10_000_000)
    closed = priced_round(replace(FOUNDERS, convertibles=(safe,)))
    assert closed.price == Fraction("1.35")
    assert stakes(closed) == {
        "founders": Fraction(18, 25),
        "angel": Fraction(2, 25),
        "series_a": Fraction(1, 5),
    }


def test_a_pre_money_safe_does_not_count_itself() -> None:
    safe = Convertible("angel", Form.PRE_MONEY_SAFE, 1_000_000, cap=10_000_000)
    closed = priced_round(replace(FOUNDERS, convertibles=(safe,)))
    (angel,) = closed.conversions
    assert (angel.price, angel.shares) == (Fraction(5, 4), Fraction(800_000))


@pytest.mark.parametrize(
    ("convention", "price", "shares"),
    [
        (Convention.PRE_MONEY_METHOD, 8, Fraction(1_250_000, 7)),
        (Convention.PERCENTAGE_OWNERSHIP, Fraction(46, 7), Fraction(5_000_000, 23)),
        (Convention.DOLLARS_INVESTED, Fraction(53, 7), Fraction(10_000_000, 53)),
    ],
)
def test_three_conventions_for_the_same_discount(
    convention: Convention, price: Fraction, shares: Fraction
) -> None:
    safe = Convertible("safe", Form.DISCOUNT_SAFE, 1_000_000, discount=Fraction(3, 10))
    terms = RoundTerms(8_000_000, (Cheque("a", 2_000_000),), {"founders": 1_000_000}, convention)
    closed = priced_round(replace(terms, convertibles=(safe,)))
    assert (closed.price, closed.conversions[0].shares) == (price, shares)


@pytest.mark.parametrize(
    ("pool", "existing", "increase"),
    [
        (Pool(), 1_000, 0),
        (Pool(PoolMode.INCREASE, shares=500), 1_000, 500),
        (Pool(PoolMode.TARGET_UNALLOCATED, fraction=Fraction(1, 5)), 1_000, 2_000),
        (Pool(PoolMode.TARGET_TOTAL, fraction=Fraction(3, 10), granted_ids=("options",)), 1_000, 1_200),
    ],
)
def test_four_things_a_term_sheet_says_of_the_pool(pool: Pool, existing: int, increase: int) -> None:
    before = {"founders": 7_000, "options": 2_000}
    terms = RoundTerms(
        8_000_000, (Cheque("a", 2_000_000),), before, pool=pool, existing_unallocated_pool=existing
    )
    closed = priced_round(terms)
    assert closed.pool_increase == increase


@pytest.mark.parametrize(
    "pool",
    [
        Pool(PoolMode.TARGET_UNALLOCATED, fraction=Fraction(1, 10)),
        Pool(PoolMode.TARGET_TOTAL, fraction=Fraction(3, 10), granted_ids=("options",)),
        Pool(PoolMode.INCREASE, shares=-1),
    ],
)
def test_a_pool_is_never_cut(pool: Pool) -> None:
    before = {"founders": 6_000_000, "options": 2_000_000}
    terms = replace(FOUNDERS, outstanding=before, pool=pool, existing_unallocated_pool=2_000_000)
    with pytest.raises(CalculationRefused, match="2000000 shares") as refused:
        priced_round(terms)
    assert refused.value.code == "pool_target_below_existing"


@pytest.mark.parametrize(
    "changes",
    [
        {"pool": Pool(PoolMode.TARGET_UNALLOCATED, fraction=Fraction(4, 5))},
        {"pool": Pool(PoolMode.TARGET_UNALLOCATED, fraction=1)},
        {"convertibles": (Convertible("a", Form.POST_MONEY_SAFE, 100, cap=100),)},
        {
            "convertibles": (
                Convertible("a", Form.POST_MONEY_SAFE, 60, cap=100),
                Convertible("b", Form.FIXED_PERCENT, 1, percent=Fraction(2, 5)),
            )
        },
        {"convertibles": (Convertible("a", Form.UNCAPPED, 12_000_000),)},
    ],
)
def test_terms_that_promise_the_whole_company_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(CalculationRefused) as refused:
        priced_round(replace(FOUNDERS, **changes))
    assert refused.value.code == "promises_whole_company"


@pytest.mark.parametrize(
    "changes",
    [
        {"pre_money": 0},
        {"new_money": (Cheque("a", -1),)},
        {"outstanding": {}},
        {"outstanding": {"founders": -1}},
        {"existing_unallocated_pool": -1},
        {"pool": Pool(PoolMode.TARGET_UNALLOCATED, fraction=Fraction(-1, 10))},
        {"pool": Pool(PoolMode.TARGET_TOTAL, fraction=Fraction(1, 10), granted_ids=("nobody",))},
    ],
)
def test_a_round_that_cannot_be_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(CalculationRefused) as refused:
        priced_round(replace(FOUNDERS, **changes))
    assert refused.value.code == "bad_input"


def test_a_founder_who_invests_is_one_line() -> None:
    closed = priced_round(
        replace(FOUNDERS, new_money=(Cheque("founders", 1_000_000), Cheque("founders", 2_000_000)))
    )
    assert stakes(closed) == {"founders": 1}
    assert closed.new_money_shares == {"founders": 2_000_000}


def test_an_mfn_sees_the_round_under_each_package() -> None:
    mfn = Convertible("mfn", Form.MFN, 500_000)
    cap = Convertible("cap", Form.POST_MONEY_SAFE, 1_000_000, cap=10_000_000)
    discount = Convertible("discount", Form.DISCOUNT_SAFE, 1_000_000, discount=Fraction(1, 5))
    packages = mfn_packages(replace(FOUNDERS, convertibles=(mfn, cap, discount)), "mfn")
    assert [(package.elected, package.stake) for package in packages] == [
        ("discount", Fraction(1, 24)),
        ("cap", Fraction(1, 25)),
        (None, Fraction(1, 30)),
    ]
    assert packages[1].conversion.offers[1] == (Basis.CAP, packages[1].conversion.price)
    assert [package.conversion.basis for package in packages] == [Basis.DISCOUNT, Basis.CAP, Basis.ROUND]


# Any round

money = st.integers(1, 200).map(lambda tens: tens * 50_000)
some_money = st.integers(0, 60).map(lambda tens: tens * 50_000)
discounts = st.sampled_from([Fraction(0), Fraction(1, 10), Fraction(1, 5), Fraction(1, 3), Fraction(1, 2)])
caps = st.one_of(st.none(), st.integers(1, 300).map(lambda tens: tens * 50_000))
CAPPED_FORMS = (
    Form.POST_MONEY_SAFE,
    Form.NOTE_POST,
    Form.PRE_MONEY_SAFE,
    Form.NOTE_PRE,
    Form.NOTE_FIXED_BASE,
)


@st.composite
def instruments(draw: st.DrawFn, id: str = "x") -> Convertible:
    form = draw(st.sampled_from([form for form in Form if form is not Form.MFN]))
    amount = Fraction(draw(st.integers(1, 40)) * 25_000)
    match form:
        case Form.UNCAPPED:
            return Convertible(id, form, amount)
        case Form.FIXED_PRICE:
            return Convertible(id, form, amount, price=Fraction(draw(st.integers(1, 400)), 100))
        case Form.FIXED_PERCENT:
            return Convertible(id, form, amount, percent=Fraction(draw(st.integers(1, 30)), 100))
        case Form.DISCOUNT_SAFE:
            return Convertible(id, form, amount, discount=draw(discounts))
    counted = draw(st.integers(1, 100)) * 100_000 if form is Form.NOTE_FIXED_BASE else None
    return Convertible(
        id, form, amount, cap=draw(caps), discount=draw(discounts), capitalization_shares=counted
    )


@st.composite
def pools(draw: st.DrawFn) -> Pool:
    mode = draw(st.sampled_from(PoolMode))
    return Pool(
        mode,
        shares=draw(st.integers(0, 30)) * 100_000,
        fraction=Fraction(draw(st.integers(0, 45)), 100),
        granted_ids=("options",),
    )


@st.composite
def rounds(draw: st.DrawFn) -> RoundTerms:
    new_money = tuple(
        Cheque(f"fund {n}", amount) for n, amount in enumerate(draw(st.lists(some_money, max_size=2)))
    )
    present = {
        "founders": draw(st.integers(1, 100)) * 100_000,
        "options": draw(st.integers(0, 20)) * 100_000,
    }
    several = draw(st.integers(0, 4))
    return RoundTerms(
        draw(money),
        new_money,
        present,
        draw(st.sampled_from(Convention)),
        draw(pools()),
        draw(st.integers(0, 10)) * 100_000,
        tuple(draw(instruments(f"note {number}")) for number in range(several)),
    )


@given(rounds())
@settings(max_examples=120, deadline=None)
def test_twin_trying_every_choice_finds_the_same_round_and_no_other(terms: RoundTerms) -> None:
    found = rounds_that_hold(terms)
    closed = answer_or_code(priced_round, terms)
    if closed == "promises_whole_company":
        assert found == []
        return
    (only,) = found
    if closed == "pool_target_below_existing":
        assert only["X"] < 0
        return
    assert only["X"] >= 0
    assert closed.fully_diluted == only["T"]
    assert closed.price == 1 / only["u"]
    assert closed.pool_increase == only["X"]
    assert (closed.company_capitalization, closed.pre_money_count) == (only["K"], only["M"])
    for conversion in closed.conversions:
        assert conversion.shares == only[f"Q {conversion.id}"]


@given(rounds())
@settings(max_examples=150, deadline=None)
def test_identities_of_a_round(terms: RoundTerms) -> None:
    closed = answer_or_code(priced_round, terms)
    assume(not isinstance(closed, str))
    new_money = sum((Fraction(cheque.amount) for cheque in terms.new_money), Fraction(0))
    assert sum(holding.stake for holding in closed.holdings) == 1
    assert sum(holding.shares for holding in closed.holdings) == closed.fully_diluted
    assert all(holding.stake >= 0 for holding in closed.holdings)
    if terms.convention is Convention.PERCENTAGE_OWNERSHIP:
        post_money = Fraction(terms.pre_money) + new_money
        assert closed.price * closed.fully_diluted == post_money
        assert sum(closed.new_money_shares.values()) / closed.fully_diluted == new_money / post_money
    pool = stakes(closed).get(UNALLOCATED_POOL, 0)
    if terms.pool.mode is PoolMode.TARGET_UNALLOCATED:
        assert pool == terms.pool.fraction
    if terms.pool.mode is PoolMode.TARGET_TOTAL:
        assert pool + stakes(closed)["options"] == terms.pool.fraction
    for instrument, conversion in zip(terms.convertibles, closed.conversions, strict=True):
        owned = conversion.shares / closed.company_capitalization
        assert conversion.shares * conversion.price == instrument.amount
        if instrument.form is Form.FIXED_PERCENT:
            assert owned == instrument.percent
        elif instrument.form is not Form.FIXED_PRICE:
            assert conversion.price <= closed.price * (1 - Fraction(instrument.discount))
        if instrument.form is Form.POST_MONEY_SAFE and conversion.basis is Basis.CAP:
            assert owned == Fraction(instrument.amount) / Fraction(instrument.cap or 0)


@given(rounds(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_instruments_changes_nothing(terms: RoundTerms, random: Random) -> None:
    shuffled = list(terms.convertibles)
    random.shuffle(shuffled)
    straight = answer_or_code(priced_round, terms)
    turned = answer_or_code(priced_round, replace(terms, convertibles=tuple(shuffled)))
    if isinstance(straight, str):
        assert straight == turned
        return
    assert (straight.price, straight.fully_diluted) == (turned.price, turned.fully_diluted)
    assert set(straight.holdings) == set(turned.holdings)


@given(rounds(), instruments("twin one"))
@settings(max_examples=60, deadline=None)
def test_identical_terms_give_identical_stakes(terms: RoundTerms, one: Convertible) -> None:
    both = (one, *terms.convertibles, replace(one, id="twin two"))
    closed = answer_or_code(priced_round, replace(terms, convertibles=both))
    assume(not isinstance(closed, str))
    assert stakes(closed)["twin one"] == stakes(closed)["twin two"]
    first, *_, last = closed.conversions
    assert (first.price, first.basis) == (last.price, last.basis)


@given(rounds(), instruments("whole"), st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_an_instrument_cut_in_two_converts_into_the_same_shares(
    terms: RoundTerms, whole: Convertible, tenths: int
) -> None:
    assume(whole.form is not Form.FIXED_PERCENT)
    amount = Fraction(whole.amount)
    part = amount * tenths / 10
    cut = (replace(whole, amount=part), replace(whole, id="rest", amount=amount - part))
    one = answer_or_code(priced_round, replace(terms, convertibles=(*terms.convertibles, whole)))
    two = answer_or_code(priced_round, replace(terms, convertibles=(*terms.convertibles, *cut)))
    assume(not isinstance(one, str))
    assert one.fully_diluted == two.fully_diluted
    assert stakes(one)["whole"] == stakes(two)["whole"] + stakes(two)["rest"]
