"""Which part of one another the companies of a group hold, directly, through chains and around loops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.lookthrough import effective_interests_of
from neocapgui.engine.calculations.mutual_holdings import Stake
from neocapgui.engine.group import Company, direct_stakes, group, tree
from neocapgui.engine.lens import Basis, Lens
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import Fact, Ledger
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import Transaction
from tests.engine.ledgers import (
    ACME,
    ACME_ITSELF,
    ADA,
    BETA,
    FIRST,
    SPAN,
    cast,
    contradictory_ledgers,
    day,
    issued,
    ledger_of,
)

LENS = Lens(date(2022, 12, 31), basis=Basis.OUTSTANDING)
NAMES = ("Parent", "A", "B", "C")


def companies(*stakes: tuple[str, str, int]) -> Ledger:
    """Return a group of companies with 100 shares each; what no stake names is in Ada's hand."""
    facts: list[Fact] = [ADA]
    left = dict.fromkeys(NAMES, 100)
    for id, name in enumerate(NAMES, 11):
        facts.append(Issuer(id, name))
        facts.append(Stakeholder(id, name, "issuer", issuer=id))
        facts.append(Security(id, id, "Shares", SecurityKind.COMMON))
    for number, (owner, issuer, shares) in enumerate(stakes, 1):
        facts.append(held(number, NAMES.index(owner) + 11, NAMES.index(issuer) + 11, shares))
        left[issuer] -= shares
    for number, (issuer, shares) in enumerate(left.items(), 1):
        if shares:
            facts.append(held(50 + number, ADA.id, NAMES.index(issuer) + 11, shares))
    return ledger_of(*facts)


def held(number: int, who: int, security: int, shares: int) -> Transaction:
    return replace(issued(number, "01-01", ADA, shares, security=security), stakeholder=who)


def effective(ledger: Ledger) -> dict[str, str]:
    return {
        f"{ledger.issuers[line.owner].name} in {ledger.issuers[line.issuer].name}": str(line.effective)
        for line in group(ledger, LENS)
    }


def test_a_stake_is_the_holding_of_the_parent() -> None:
    book = cast(issued(1, "01-01", ACME_ITSELF, 750, security=6), issued(2, "02-01", ADA, 250, security=6))
    early, late = (group(book, replace(LENS, as_of=day(text))) for text in ("01-31", "02-01"))
    assert [(line.owner, line.issuer, line.direct, line.effective) for line in early] == [
        (ACME.id, BETA.id, Fraction(1), Fraction(1))
    ]
    assert [(line.direct, line.effective) for line in late] == [(Fraction(3, 4), Fraction(3, 4))]
    assert [line.shares for line in late] == [750]


def test_direct_and_indirect_parts_add_up() -> None:
    """80 % of A, 20 % of B, and A holds 40 % of B: 0.20 + 0.8 x 0.4 = 52 %."""
    book = companies(("Parent", "A", 80), ("Parent", "B", 20), ("A", "B", 40))
    assert effective(book) == {"Parent in A": "4/5", "Parent in B": "13/25", "A in B": "2/5"}


def test_a_company_held_only_through_others_has_no_direct_stake() -> None:
    book = companies(("Parent", "A", 60), ("A", "B", 55))
    (through,) = (line for line in group(book, LENS) if (line.owner, line.issuer) == (11, 13))
    assert [through.direct, through.shares, through.effective] == [0, 0, Fraction(33, 100)]


def test_companies_that_hold_one_another_are_solved_exactly() -> None:
    """Half of each in the other's hand: a loop is worth 1/2 + 1/8 + 1/32 + ... = 2/3 of a half."""
    book = companies(("Parent", "A", 50), ("A", "B", 50), ("B", "A", 50))
    assert effective(book) == {
        "Parent in A": "2/3",
        "Parent in B": "1/3",
        "A in B": "1/2",
        "B in A": "1/2",
    }


def test_own_shares_of_a_company_are_left_out() -> None:
    book = companies(("Parent", "A", 40), ("A", "A", 20))
    assert effective(book) == {"Parent in A": "1/2"}


def test_where_companies_own_one_another_completely_the_effective_stakes_are_not_known() -> None:
    """A ring without an outside owner has no answer; seen from a company of the ring the chains end there."""
    book = companies(("A", "B", 100), ("B", "A", 100), ("Parent", "C", 10))
    assert effective(book) == {"Parent in C": "None", "A in B": "1", "B in A": "1"}


def test_a_company_that_stands_twice_among_the_stakeholders_holds_both_parts() -> None:
    again = Stakeholder(30, "Acme (nominee)", "issuer", issuer=ACME.id)
    book = cast(
        again,
        issued(1, "01-01", ACME_ITSELF, 50, security=6),
        issued(2, "01-01", again, 30, security=6),
        issued(3, "01-01", ADA, 20, security=6),
    )
    assert direct_stakes(book, LENS) == ((ACME.id, BETA.id, Fraction(80), Fraction(4, 5)),)
    assert [line.effective for line in group(book, LENS)] == [Fraction(4, 5)]


def test_a_group_without_stakes_is_empty() -> None:
    assert group(cast(), LENS) == ()
    assert direct_stakes(cast(), LENS) == ()
    assert tree(ledger_of(), LENS) == ()


def test_more_than_the_whole_in_one_hand_is_shown_and_not_solved() -> None:
    """Ada owes 50 shares, so that Acme's 150 of 100 are more than all; a finding says so elsewhere."""
    owes = replace(issued(2, "01-01", ADA, 50, security=6), kind="cancellation")
    book = cast(issued(1, "01-01", ACME_ITSELF, 150, security=6), owes)
    (line,) = group(book, LENS)
    assert line.direct == Fraction(3, 2)
    assert line.effective is None


# The tree


def names(ledger: Ledger) -> list[tuple[int, str]]:
    return [(line.depth, ledger.issuers[line.issuer].name) for line in tree(ledger, LENS)]


def test_each_company_stands_under_the_one_that_holds_most_of_it() -> None:
    book = companies(("Parent", "A", 60), ("Parent", "B", 30), ("A", "B", 40), ("B", "C", 100))
    assert names(book) == [(0, "Parent"), (1, "A"), (2, "B"), (3, "C")]
    effective_of = {line.issuer: line.effective for line in tree(book, LENS)}
    assert effective_of == {11: None, 12: Fraction(3, 5), 13: Fraction(27, 50), 14: Fraction(27, 50)}
    assert tree(book, LENS)[0] == Company(11, None, 0, None)


def test_companies_that_nobody_holds_stand_at_the_top_in_their_order() -> None:
    assert names(companies()) == [(0, "Parent"), (0, "A"), (0, "B"), (0, "C")]


def test_a_ring_is_cut_where_the_smallest_stake_closes_it() -> None:
    book = companies(("A", "B", 60), ("B", "C", 50), ("C", "A", 40))
    assert names(book) == [(0, "Parent"), (0, "A"), (1, "B"), (2, "C")]


def test_every_company_stands_in_the_tree_once_even_in_a_complete_ring() -> None:
    book = companies(("A", "B", 100), ("B", "A", 100))
    assert sorted(name for _, name in names(book)) == ["A", "B", "C", "Parent"]


# Laws

parts = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(1, 12)), max_size=8)


@settings(max_examples=60)
@given(parts)
def test_effective_stakes_are_those_of_the_linear_system_over_the_shares_not_held_by_itself(
    stakes: list[tuple[str, str, int]],
) -> None:
    book = companies(*stakes)
    own = {name: sum(count for owner, of, count in stakes if owner == of == name) for name in NAMES}
    given_stakes = [
        Stake(owner, of, Fraction(count, 100 - own[of])) for owner, of, count in stakes if owner != of
    ]
    for line in group(book, LENS):
        owner, of = book.issuers[line.owner].name, book.issuers[line.issuer].name
        assert line.effective == effective_interests_of(owner, NAMES, given_stakes)[of]
        assert line.effective is not None
        assert line.effective >= line.direct


@settings(max_examples=80)
@given(contradictory_ledgers(), st.integers(0, SPAN), st.sampled_from(Basis), st.booleans())
def test_any_scenario_has_a_group_and_a_tree(book: Ledger, after: int, basis: Basis, planned: bool) -> None:
    lens = Lens(FIRST + timedelta(after), None, basis, planned)
    assert sorted(line.issuer for line in tree(book, lens)) == sorted(book.issuers)
    for line in group(book, lens):
        assert line.owner != line.issuer
