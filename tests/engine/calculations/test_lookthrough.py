"""Effective interests: hand-worked groups, the defining equation, the power series and the sum over paths."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.lookthrough import (
    EffectiveInterest,
    attributed_values,
    effective_interests,
    effective_interests_of,
    total_values,
)
from neocapgui.engine.calculations.mutual_holdings import Stake, holders_of, solved
from neocapgui.engine.calculations.refusal import CalculationRefused

Group = tuple[list[str], list[Stake]]
Table = dict[str, dict[str, Fraction]]

NAMES = [f"company {number}" for number in range(6)]


def table(interests: Iterable[EffectiveInterest]) -> Table:
    effective: Table = {}
    for interest in interests:
        effective.setdefault(interest.owner, {})[interest.company] = interest.effective
    return effective


def stake(holder: str, company: str, fraction: str | int) -> Stake:
    return Stake(holder, company, Fraction(fraction))


@st.composite
def groups(draw: st.DrawFn, loops: bool = True) -> Group:
    """Draw companies of which each has an outside owner with at least a tenth."""
    companies = NAMES[: draw(st.integers(1, 6))]
    stakes = []
    for number, company in enumerate(companies):
        holders = companies if loops else companies[:number]
        weights = draw(st.lists(st.integers(0, 9), min_size=len(holders), max_size=len(holders)))
        outside = draw(st.dictionaries(st.sampled_from(["ada", "bo", "cy"]), st.integers(1, 5), min_size=1))
        whole = sum(weights) + sum(outside.values())
        parts = dict(zip(holders, weights, strict=True)) | outside
        stakes += [Stake(holder, company, Fraction(part, whole)) for holder, part in parts.items()]
    return companies, stakes


def test_a_chain_multiplies_and_parallel_chains_add() -> None:
    chain = [stake("parent", "a", "0.8"), stake("parent", "b", "0.2"), stake("a", "b", "0.4")]
    assert table(effective_interests(["a", "b"], chain, "others")) == {
        "parent": {"a": Fraction(4, 5), "b": Fraction(13, 25)},
        "others": {"a": Fraction(1, 5), "b": Fraction(12, 25)},
    }


def test_an_interest_keeps_its_direct_part() -> None:
    chain = [stake("parent", "a", "0.8"), stake("parent", "b", "0.2"), stake("a", "b", "0.4")]
    in_b = effective_interests(["a", "b"], chain)[1]
    assert (in_b.company, in_b.direct, in_b.indirect) == ("b", Fraction(1, 5), Fraction(8, 25))


def test_two_companies_holding_half_of_each_other_leave_two_thirds_and_one_third() -> None:
    mutual = [stake("one", "two", "0.5"), stake("two", "one", "0.5")]
    stakes = [*mutual, stake("ada", "one", "0.5"), stake("bo", "two", "0.5")]
    assert table(effective_interests(["one", "two"], stakes)) == {
        "ada": {"one": Fraction(2, 3), "two": Fraction(1, 3)},
        "bo": {"one": Fraction(1, 3), "two": Fraction(2, 3)},
    }
    assert total_values(["one", "two"], stakes, {"one": 1, "two": 1}) == {"one": 2, "two": 2}


def test_own_shares_scale_the_others_up() -> None:
    own = [stake("mill", "mill", "0.2"), stake("ada", "mill", "0.5"), stake("bo", "mill", "0.3")]
    assert table(effective_interests(["mill"], own)) == {
        "ada": {"mill": Fraction(5, 8)},
        "bo": {"mill": Fraction(3, 8)},
    }


@pytest.mark.parametrize("length", [1, 2, 3, 7])
def test_a_closed_ring_is_refused_and_its_companies_are_named(length: int) -> None:
    ring = [f"ring {number}" for number in range(length)]
    stakes = [stake(holder, company, 1) for holder, company in pairwise([*ring, ring[0]])]
    bystanders = [stake("ada", "top", 1), stake("top", "ring 0", 0), stake("ring 0", "shop", "0.5")]
    companies = [*ring, "top", "shop"]
    for ask in (
        lambda: effective_interests(companies, stakes + bystanders, "others"),
        lambda: effective_interests_of("ada", companies, stakes + bystanders),
        lambda: total_values(companies, stakes + bystanders, {"top": 1}),
    ):
        with pytest.raises(CalculationRefused) as refused:
            ask()
        assert refused.value.code == "closed_loop"
        assert ", ".join(ring) in str(refused.value)
        assert "shop" not in str(refused.value)


def test_a_ring_with_one_outside_share_belongs_to_its_owner() -> None:
    share = Fraction(1, 10**30)
    ring = [stake("a", "b", 1), stake("b", "c", 1), Stake("c", "a", 1 - share), Stake("ada", "a", share)]
    assert table(effective_interests(["a", "b", "c"], ring)) == {"ada": {"a": 1, "b": 1, "c": 1}}


@pytest.mark.parametrize(
    ("companies", "stakes"),
    [
        (["a", "a"], []),
        (["a"], [stake("ada", "b", "0.5")]),
        (["a"], [stake("ada", "a", "-0.1")]),
        (["a"], [stake("ada", "a", "0.6"), stake("bo", "a", "0.5")]),
    ],
)
def test_nonsense_is_refused(companies: list[str], stakes: list[Stake]) -> None:
    with pytest.raises(CalculationRefused) as refused:
        effective_interests(companies, stakes, "others")
    assert refused.value.code == "bad_input"


def test_assets_of_an_unknown_company_are_refused() -> None:
    with pytest.raises(CalculationRefused) as refused:
        total_values(["a"], [], {"b": 1})
    assert refused.value.code == "bad_input"


def test_a_company_as_owner_is_the_end_of_its_chains() -> None:
    mutual = [stake("p", "s", "0.8"), stake("s", "p", "0.1"), stake("s", "t", "0.5")]
    assert effective_interests_of("p", ["p", "s", "t"], mutual) == {
        "p": Fraction(8, 100),  # its own shares, through its subsidiary
        "s": Fraction(8, 10),
        "t": Fraction(4, 10),
    }


def test_a_chain_of_five_hundred_companies() -> None:
    chain = [f"{number}" for number in range(500)]
    stakes = [stake("top", "0", "0.9")] + [stake(one, other, "0.9") for one, other in pairwise(chain)]
    for companies in (chain, chain[::-1], sorted(chain)):
        interests = table(effective_interests(companies, stakes, "others"))
        assert interests["top"]["499"] == Fraction(9, 10) ** 500
        assert interests["others"]["499"] == 1 - Fraction(9, 10) ** 500


def test_a_ring_of_five_hundred_companies() -> None:
    ring = [f"{number}" for number in range(500)]
    stakes = [stake(one, other, "0.5") for one, other in pairwise([*ring, "0"])] + [stake("ada", "0", "0.5")]
    interests = table(effective_interests(ring, stakes, "others"))
    once_around = Fraction(1, 2) ** 500
    assert interests["ada"]["0"] == Fraction(1, 2) / (1 - once_around)
    assert all(interests["ada"][name] + interests["others"].get(name, 0) == 1 for name in ring)


@given(groups())
@settings(max_examples=60, deadline=None)
def test_interests_put_back_into_their_definition_give_themselves(group: Group) -> None:
    companies, stakes = group
    effective = table(effective_interests(companies, stakes))
    holders = holders_of(companies, stakes)
    for owner in {holder for row in holders.values() for holder in row} - set(companies):
        for company, row in holders.items():
            through = sum(
                part * effective[owner].get(name, 0) for name, part in row.items() if name in companies
            )
            assert effective[owner].get(company, 0) == row.get(owner, 0) + through


@given(groups())
@settings(max_examples=60, deadline=None)
def test_the_interests_in_a_company_add_to_the_whole(group: Group) -> None:
    companies, stakes = group
    interests = effective_interests(companies, stakes)
    for company in companies:
        assert sum(interest.effective for interest in interests if interest.company == company) == 1


@given(groups())
@settings(max_examples=40, deadline=None)
def test_interests_are_what_the_power_series_comes_to(group: Group) -> None:
    companies, stakes = group
    effective = table(effective_interests(companies, stakes))
    part = {(each.holder, each.company): Fraction(each.fraction) for each in stakes}
    for owner, interests in effective.items():
        term = {company: Fraction(part.get((owner, company), 0)) for company in companies}
        series = dict.fromkeys(companies, Fraction(0))
        for _ in range(25):
            series = {company: series[company] + term[company] for company in companies}
            term = {
                company: sum((term[via] * part.get((via, company), 0) for via in companies), Fraction(0))
                for company in companies
            }
        # What is missing of the series passes, whatever its way, through the companies once more.
        missing = {company: interests.get(company, Fraction(0)) - series[company] for company in companies}
        assert all(rest >= 0 for rest in missing.values())
        assert missing == {
            company: term[company] + sum(missing[via] * part.get((via, company), 0) for via in companies)
            for company in companies
        }
        assert max(missing.values()) <= Fraction(54, 55) ** 25  # at most 6 x 9 parts of 55 go on


@given(groups(loops=False))
@settings(max_examples=60, deadline=None)
def test_without_loops_interests_are_the_sum_over_all_paths(group: Group) -> None:
    companies, stakes = group
    held: dict[str, list[Stake]] = {}
    for each in stakes:
        held.setdefault(each.holder, []).append(each)

    def walk(holder: str, part: Fraction, found: dict[str, Fraction]) -> dict[str, Fraction]:
        for each in held.get(holder, ()):
            found[each.company] = found.get(each.company, Fraction(0)) + part * Fraction(each.fraction)
            walk(each.company, part * Fraction(each.fraction), found)
        return found

    effective = table(effective_interests(companies, stakes))
    for owner in effective:
        paths = walk(owner, Fraction(1), {})
        assert effective[owner] == {company: part for company, part in paths.items() if part}


@given(groups(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_companies_and_stakes_changes_nothing(group: Group, random: Random) -> None:
    companies, stakes = group
    other = random.sample(companies, len(companies)), random.sample(stakes, len(stakes))
    assert table(effective_interests(*other)) == table(effective_interests(companies, stakes))


@given(groups(), st.lists(st.integers(-100, 1000), min_size=6, max_size=6))
@settings(max_examples=40, deadline=None)
def test_values_add_to_the_assets_and_shares_are_worth_what_stands_behind_them(
    group: Group, amounts: list[int]
) -> None:
    companies, stakes = group
    assets = dict(zip(companies, amounts, strict=False))
    attributed = attributed_values(effective_interests(companies, stakes), assets)
    assert sum(attributed.values()) == sum(assets.values())
    totals = total_values(companies, stakes, assets)
    part = holders_of(companies, stakes)
    for company in companies:
        held = sum(part[other].get(company, 0) * totals[other] for other in companies)
        assert totals[company] == assets[company] + held
    for owner, value in attributed.items():  # the value of the shares in hand is the value behind them
        assert value == sum(part[company].get(owner, 0) * totals[company] for company in companies)


@given(groups())
@settings(max_examples=40, deadline=None)
def test_one_owner_asked_alone_has_the_same_interests(group: Group) -> None:
    companies, stakes = group
    for owner, interests in table(effective_interests(companies, stakes)).items():
        alone = effective_interests_of(owner, companies, stakes)
        assert {company: part for company, part in alone.items() if part} == interests


def test_solving_leaves_its_inputs_alone() -> None:
    own = {"a": {"ada": Fraction(1, 2)}}
    parts = {"a": {"a": Fraction(1, 2)}}
    assert solved(own, parts) == {"a": {"ada": 1}}
    assert own == {"a": {"ada": Fraction(1, 2)}}
    assert parts == {"a": {"a": Fraction(1, 2)}}
