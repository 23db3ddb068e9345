"""The course of a company between its ultimate owners: exact on every day, and whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.course import OTHERS, course
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.look_through_course import UNTRACED, look_through_course
from neocapgui.engine.ownership import ownership
from neocapgui.engine.timeline import event_days
from neocapgui.exchange.samples import sample
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import Transaction

FILED = sample("neotherapeutics-as-filed")
PARENT, NEOGENE = 1, 2  # companies
PUBLIC, MINORITY = 2, 35  # holders: of NeoTherapeutics; the founders and others of NeoGene
DAY = date(2001, 8, 31)
FIRST = date(2001, 1, 1)


def held(*issues: tuple[int, int, int]) -> Ledger:
    """Return companies 1 to 3, being holders 1 to 3, and issues (holder, company, shares), one a day."""
    return Ledger(
        issuers={id: Issuer(id, f"Company {id}") for id in (1, 2, 3)},
        stakeholders={
            id: Stakeholder(id, f"Holder {id}", issuer=id if id <= 3 else None) for id in range(1, 9)
        },
        securities={id: Security(id, id, "Common", SecurityKind.COMMON) for id in (1, 2, 3)},
        transactions=Transactions.of(
            Transaction(
                id,
                FIRST + timedelta(id),
                "issuance",
                security=company,
                stakeholder=who,
                quantity=Decimal(shares),
            )
            for id, (who, company, shares) in enumerate(issues, 1)
        ),
    )


def parts(ledger: Ledger, issuer: int) -> list[dict[int, Fraction]]:
    """Return what each ultimate owner has on each day; who has nothing is left out."""
    found = look_through_course(ledger, Lens(date.max, issuer))
    return [
        {who: found.stake(day, band) for band, who in enumerate(found.bands) if found.stake(day, band)}
        for day in range(len(found.days))
    ]


def test_the_publics_part_of_neogene_is_its_part_of_the_parent_times_the_parents() -> None:
    found = look_through_course(FILED, Lens(DAY, NEOGENE), 40)
    place = found.position(DAY)
    assert place is not None
    public = found.stake(place, found.bands.index(PUBLIC))
    assert public == Fraction(661_464_871, 1_259_388_144) * Fraction(206_111, 231_111)
    assert found.stake(place, found.bands.index(MINORITY)) == Fraction(25_000, 231_111)


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("issuer", FILED.issuers)
def test_the_parts_of_a_day_sum_to_one_and_the_shares_to_those_of_the_company(
    issuer: int, basis: Basis
) -> None:
    lens = Lens(DAY, issuer, basis)
    found = look_through_course(FILED, lens)
    for place, day in enumerate(found.days):
        total = ownership(FILED, replace(lens, as_of=day)).total
        assert sum(found.shares(place, band) for band in range(len(found.bands))) == total
        stakes = sum(found.stake(place, band) for band in range(len(found.bands)))
        assert stakes == (1 if total else 0)


def test_it_has_the_days_of_every_company_involved() -> None:
    found = look_through_course(FILED, Lens(DAY, NEOGENE))
    both: set[date] = set()
    for issuer in (PARENT, NEOGENE):
        days = event_days(FILED, Lens(DAY), issuer)
        both.update(days.day(place) for place in range(len(days)))
    own = course(FILED, Lens(DAY, NEOGENE)).days
    assert list(found.days) == sorted(day for day in both if day >= own[0])


def test_a_company_without_companies_above_it_is_as_it_was_directly() -> None:
    lens = Lens(DAY, PARENT)
    direct, through = course(FILED, lens, 40), look_through_course(FILED, lens, 40)
    assert set(through.bands) == set(direct.bands)
    for place in range(len(direct.days)):
        for band, who in enumerate(direct.bands):
            assert through.stake(place, through.bands.index(who)) == direct.stake(place, band)


def test_a_chain_and_a_loop_pass_on_to_those_outside() -> None:
    ledger = held((4, 1, 50), (1, 2, 50), (2, 1, 50), (5, 2, 50))
    assert parts(ledger, 2) == [
        {4: Fraction(1)},
        {4: Fraction(1)},
        {4: Fraction(1, 3), 5: Fraction(2, 3)},
    ]


def test_a_company_nobody_is_known_to_own_is_an_ultimate_owner() -> None:
    assert parts(held((1, 2, 75), (4, 2, 25)), 2) == [
        {1: Fraction(1)},
        {1: Fraction(3, 4), 4: Fraction(1, 4)},
    ]


def test_what_ends_with_nobody_is_named() -> None:
    assert parts(held((1, 2, 100), (2, 1, 100)), 2) == [{1: Fraction(1)}, {UNTRACED: Fraction(1)}]


def test_a_loop_elsewhere_does_not_matter() -> None:
    assert parts(held((1, 3, 9), (3, 1, 9), (4, 2, 1)), 2) == [{4: Fraction(1)}]


def test_the_small_are_others() -> None:
    found = look_through_course(held((4, 1, 60), (5, 1, 40), (1, 2, 100)), Lens(date.max, 2), shown=1)
    assert found.bands == (4, OTHERS)
    assert (found.stake(0, 0), found.stake(0, 1)) == (Fraction(3, 5), Fraction(2, 5))


def test_too_many_days_are_refused_in_a_sentence() -> None:
    many = held(*[(4, 1, 1)] * 1001, (1, 2, 1))
    with pytest.raises(CalculationRefused, match="up to 1,000 days with events: Company 2 and"):
        look_through_course(many, Lens(date.max, 2))


def in_one_another(count: int, outside: int, least: int = 1000) -> Ledger:
    """Return companies that hold `least` shares or more of all others, each with some owners of its own."""
    companies = range(1, count + 1)
    issues = [(who, company, least + who * company % 97) for who in companies for company in companies]
    issues = [one for one in issues if one[0] != one[1]]
    issues += [(1000 * company + who, company, 100) for company in companies for who in range(outside)]
    return Ledger(
        issuers={id: Issuer(id, f"Company {id}") for id in companies},
        stakeholders={
            id: Stakeholder(id, f"Holder {id}", issuer=id if id <= count else None)
            for id in dict.fromkeys(who for who, *_ in issues)
        },
        securities={id: Security(id, id, "Common", SecurityKind.COMMON) for id in companies},
        transactions=Transactions.of(
            Transaction(id, FIRST, "opening", security=company, stakeholder=who, quantity=Decimal(shares))
            for id, (who, company, shares) in enumerate(issues, 1)
        ),
    )


def test_a_dozen_companies_in_one_another_have_thousands_of_owners() -> None:
    found = look_through_course(in_one_another(12, 150), Lens(date.max, 1, Basis.OUTSTANDING))
    assert found.bands[-1] == OTHERS
    assert UNTRACED not in found.bands
    assert sum((found.stake(0, band) for band in range(len(found.bands))), Fraction(0)) == 1


def test_what_takes_too_long_to_look_through_is_not_said_to_have_no_owner() -> None:
    with pytest.raises(CalculationRefused, match="too many ways to be looked through") as refused:
        look_through_course(in_one_another(20, 1, 10**90), Lens(date.max, 1, Basis.OUTSTANDING))
    assert refused.value.code == "too_linked"
