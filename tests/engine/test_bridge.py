"""Why a stake moved: contributions that sum exactly, on random ledgers and on the filed one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neocapgui.engine.bridge import bridge
from neocapgui.engine.bridge_steps import TERMS
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.ownership import ownership
from neocapgui.exchange.samples import SAMPLES, sample
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.facts import ConversionRight, Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import ConversionBasis, Exercise, Rounding, SecurityKind
from neocapgui.ledger.transactions import KIND, Transaction
from tests.benchmarks.large_scenario import LAST, large_scenario

DAY = date(2001, 1, 1)
COMMON, PREFERRED, PLAN, OPTIONS = 1, 2, 3, 4


def company(*records: Transaction) -> Ledger:
    """Acme, with common, preferred at 5:2, a plan of 1,000 options, and four people of whom one is Acme."""
    return Ledger(
        issuers={1: Issuer(1, "Acme")},
        stakeholders={
            **{id: Stakeholder(id, f"Holder {id}") for id in (1, 2, 3)},
            4: Stakeholder(4, "Treasury", issuer=1),
        },
        securities={
            COMMON: Security(
                COMMON, 1, "Common", SecurityKind.COMMON, rounding=Rounding.CASH, votes=Decimal(1)
            ),
            PREFERRED: Security(PREFERRED, 1, "Preferred", SecurityKind.PREFERRED, votes=Decimal(1)),
            PLAN: Security(
                PLAN,
                1,
                "Plan",
                SecurityKind.OPTION_PLAN,
                DAY,
                reserve=Decimal(1000),
                exercise=Exercise(into=COMMON),
            ),
            OPTIONS: Security(
                OPTIONS, 1, "Options", SecurityKind.OPTION, DAY, plan=PLAN, exercise=Exercise(into=COMMON)
            ),
        },
        conversion_rights={
            1: ConversionRight(1, PREFERRED, COMMON, ConversionBasis.RATIO, ratio=Fraction(5, 2))
        },
        transactions=Transactions.of(records),
    )


@st.composite
def records(draw: st.DrawFn) -> list[Transaction]:
    """Issues, transfers, repurchases, splits and grants within some days, several on one day too."""
    found: list[Transaction] = []
    for id in range(1, draw(st.integers(1, 14)) + 1):
        day = DAY + timedelta(draw(st.integers(0, 8)))
        kind = draw(st.sampled_from(("issuance", "issuance", "transfer", "repurchase", "split", "grant")))
        quantity = Decimal(draw(st.integers(1, 500)))
        who, other = draw(st.integers(1, 3)), draw(st.integers(1, 4))
        paper = draw(st.sampled_from((COMMON, PREFERRED)))
        if kind == "split":
            ratio = draw(st.sampled_from((Fraction(1, 3), Fraction(2), Fraction(3, 2), Fraction(1, 25))))
            found.append(Transaction(id, day, "split", id, security=paper, ratio=ratio))
        elif kind == "grant":
            found.append(
                Transaction(
                    id, day, "issuance", id, security=OPTIONS, stakeholder=who, quantity=quantity / 10
                )
            )
        else:
            gives = kind != "issuance"
            found.append(
                Transaction(
                    id,
                    day,
                    kind,
                    id,
                    security=paper,
                    stakeholder=who,
                    counterparty=other if gives else None,
                    quantity=quantity,
                )
            )
    return found


@given(records(), st.sampled_from(tuple(Basis)), st.integers(1, 4), st.integers(-1, 9), st.integers(-1, 9))
def test_the_contributions_sum_to_what_the_stake_moved(
    entries: list[Transaction], basis: Basis, holder: int, one: int, other: int
) -> None:
    ledger = company(*entries)
    first, last = sorted((DAY + timedelta(one), DAY + timedelta(other)))
    lens = Lens(last, 1, basis)
    found = bridge(ledger, lens, holder, first, last)
    assert found.start == ownership(ledger, replace(lens, as_of=first)).of(holder).stake
    assert found.end == ownership(ledger, lens).of(holder).stake
    assert sum((step.contribution for step in found.steps), Fraction(0)) == found.end - found.start
    assert [step.day for step in found.steps] == sorted(step.day for step in found.steps)


@given(records(), st.sampled_from(tuple(Basis)), st.integers(1, 4))
def test_after_the_last_step_of_a_day_the_stake_is_that_of_the_day(
    entries: list[Transaction], basis: Basis, holder: int
) -> None:
    ledger = company(*entries)
    lens = Lens(DAY + timedelta(9), 1, basis)
    found = bridge(ledger, lens, holder, date.min, lens.as_of)
    at_the_end = {step.day: (step.stake, step.shares, step.total) for step in found.steps}
    for day, state in at_the_end.items():
        company_then = ownership(ledger, replace(lens, as_of=day))
        assert state[0] == company_then.of(holder).stake
        if state[0]:  # what others get moves a stake of nothing no more, and is no step
            assert state[2] == company_then.total


def test_thousands_of_entries_give_on_every_day_the_stake_of_that_day() -> None:
    ledger = large_scenario(3_000)
    lens = Lens(LAST, 1)
    holder = ownership(ledger, lens)[0].stakeholder
    found = bridge(ledger, lens, holder, date.min, LAST)
    assert len(found.steps) > 1_500
    before = Fraction(0)
    for place in range(0, len(found.steps), 97):
        step, later = found.steps[place], found.steps[place + 1 : place + 2]
        assert found.steps.moved(0, place + 1) == step.stake
        if later and later[0].day > step.day:
            before = ownership(ledger, replace(lens, as_of=step.day)).of(holder).stake
            assert before == step.stake
    assert before
    moved = [step.contribution for step in found.steps]
    largest = sorted(range(len(moved)), key=lambda at: (-abs(moved[at]), at))[:7]
    assert found.steps.largest(7) == sorted(largest)
    assert found.steps.moving() == [at for at, one in enumerate(moved) if one]
    assert sum(moved, Fraction(0)) == found.end - found.start


@pytest.mark.parametrize("name", [known.name for known in SAMPLES])
@pytest.mark.parametrize("basis", list(Basis))
def test_every_stake_of_the_samples_is_bridged_exactly(name: str, basis: Basis) -> None:
    ledger = sample(name)
    for issuer in ledger.issuers:
        lens = Lens(date(2030, 1, 1), issuer, basis)
        after = ownership(ledger, lens)
        for owner in list(after)[:6]:
            if owner.stakeholder:
                found = bridge(ledger, lens, owner.stakeholder, date(2001, 6, 1), lens.as_of)
                assert found.end == owner.stake
                assert sum(step.contribution for step in found.steps) == found.end - found.start


def test_the_stake_in_neogene_went_from_75_72_over_79_57_to_89_18() -> None:
    ledger = sample("neotherapeutics-as-filed")
    names = {who.name: who.id for who in ledger.stakeholders.values()}
    neogene = next(one.id for one in ledger.issuers.values() if one.name.startswith("NeoGene"))
    lens = Lens(date(2001, 9, 19), neogene, Basis.AS_CONVERTED)
    found = bridge(ledger, lens, names["NeoTherapeutics, Inc."], date(2001, 1, 1), lens.as_of)
    assert found.start == Fraction(875_000, 1_155_555)
    assert [(str(step.day), step.kind) for step in found.steps] == [
        ("2001-06-25", "exchange"),
        ("2001-08-13", "transfer"),
        ("2001-08-13", "transfer"),
    ]
    assert [f"{float(step.stake):.4f}" for step in found.steps] == ["0.7957", "0.8438", "0.8918"]
    assert found.end == Fraction(1_030_555, 1_155_555)


def test_rounding_in_a_split_is_a_step_of_its_own() -> None:
    held = {1: 100, 2: 49}
    issues = [
        Transaction(who, DAY, "issuance", security=COMMON, stakeholder=who, quantity=Decimal(shares))
        for who, shares in held.items()
    ]
    split = Transaction(9, DAY + timedelta(1), "split", security=COMMON, ratio=Fraction(1, 25))
    found = bridge(company(*issues, split), Lens(date.max, 1), 1, DAY, date.max)
    assert [(step.kind, step.contribution) for step in found.steps] == [
        ("split", Fraction(4, 5) - Fraction(100, 149))
    ]


def test_terms_that_move_without_an_entry_are_named_as_terms() -> None:
    issues = [
        Transaction(1, DAY, "issuance", security=COMMON, stakeholder=1, quantity=Decimal(100)),
        Transaction(2, DAY, "issuance", security=PREFERRED, stakeholder=2, quantity=Decimal(40)),
    ]
    ledger = company(*issues)
    right = replace(ledger.conversion_rights[1], ends=DAY + timedelta(3))
    ended = replace(ledger, conversion_rights={1: right})
    found = bridge(ended, Lens(date.max, 1, Basis.FULLY_DILUTED), 1, DAY, DAY + timedelta(30))
    assert {step.kind for step in found.steps} <= {TERMS}
    assert sum((step.contribution for step in found.steps), Fraction(0)) == found.end - found.start
    assert TERMS not in KIND
