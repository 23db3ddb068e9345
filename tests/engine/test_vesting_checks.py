"""Exercises held against what had vested on their day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.finding import Finding, Place, Severity
from neocapgui.engine.lens import Lens
from neocapgui.engine.vesting_checks import exercised_before_vested
from neocapgui.ledger.facts import Security, Stakeholder
from neocapgui.ledger.ledger import Fact, Ledger
from neocapgui.ledger.terms import Allocation, Certainty, Exercise, SecurityKind, Vesting
from neocapgui.ledger.transactions import Transaction
from tests.engine.found import found, only
from tests.engine.ledgers import (
    ADA,
    BOB,
    amounts,
    cast,
    day,
    issued,
    maybe_number,
    scenarios,
    some_day,
    split,
)

OPTION = Security(
    20,
    1,
    "Option",
    SecurityKind.OPTION,
    day("01-01"),
    exercise=Exercise(1, Decimal(1)),
    vesting=Vesting(day("01-01"), cliff_months=3, duration_months=40),
)
GRANT = issued(1, "01-01", ADA, 4_000, security=20)


def exercised(id: int, on: str, units: int, who: Stakeholder = ADA) -> Transaction:
    """Return an exercise of options into as many shares."""
    return Transaction(
        id,
        day(on),
        "exercise",
        security=20,
        stakeholder=who.id,
        quantity=Decimal(units),
        into_security=1,
        into_quantity=Decimal(units),
    )


def early(*facts: Fact, planned: bool = False) -> list[Finding]:
    return list(exercised_before_vested(cast(OPTION, *facts), Lens(date.max, planned=planned)))


def test_more_exercised_than_vested() -> None:
    finding = only(OPTION, GRANT, exercised(7, "05-15", 650))
    assert (finding.code, finding.severity) == ("exercised_before_vested", Severity.WARNING)
    assert finding.message == (
        "The exercise of 15 May 2022 brings what Ada exercised of Option to 650, 250 more than the 400 of "
        "4,000 that had vested."
    )
    assert finding.place == Place("transactions", 7, "quantity")
    assert found(OPTION, GRANT, exercised(7, "05-15", 400)) == []


def test_exercises_add_up_and_each_is_held_against_its_own_day() -> None:
    book = (GRANT, exercised(7, "03-31", 1), exercised(8, "05-01", 399), exercised(9, "05-31", 2))
    assert [one.place.id for one in early(*book)] == [7, 9]
    assert "to 402, 2 more than the 400 of 4,000" in early(*book)[1].message


def test_every_holder_is_held_against_his_own_grant() -> None:
    bob = issued(2, "01-01", BOB, 40, security=20)
    (finding,) = early(GRANT, bob, exercised(7, "05-15", 10, BOB), exercised(8, "05-15", 400))
    assert "Bob exercised of Option to 10, 6 more than the 4 of 40" in finding.message


def test_a_split_of_the_options_is_no_early_exercise() -> None:
    halved = split(3, "05-02", "1/2", "down", security=20)
    assert early(GRANT, exercised(7, "05-01", 400), halved) == []
    (finding,) = early(GRANT, halved, exercised(7, "05-15", 400))
    assert "to 400, 200 more than the 200 of 2,000" in finding.message


def test_an_option_without_vesting_terms_can_be_exercised_at_once() -> None:
    assert early(replace(OPTION, vesting=Vesting()), GRANT, exercised(7, "01-01", 4_000)) == []


def test_a_planned_exercise_counts_where_planned_events_do() -> None:
    planned = replace(exercised(7, "02-01", 5), certainty=Certainty.PLANNED)
    assert early(GRANT, planned) == []
    assert len(early(GRANT, planned, planned=True)) == 1


def test_terms_that_cannot_tell_are_said_where_something_was_exercised() -> None:
    wrong = replace(OPTION, vesting=Vesting(duration_months=10, period_months=3))
    assert early(wrong, GRANT) == []
    finding = only(wrong, GRANT, exercised(7, "05-15", 5), exercised(8, "05-16", 5))
    assert (finding.code, finding.severity) == ("vesting_unknown", Severity.NOTE)
    assert finding.message == (
        "Whether Option had vested when it was exercised is not known: Option cannot vest over 10 months "
        "with an instalment every 3 months."
    )
    assert finding.place == Place("securities", 20, "vesting")


vestings = st.builds(
    Vesting,
    some_day,
    maybe_number,
    maybe_number,
    st.integers(-1, 3),
    maybe_number,
    st.sampled_from(Allocation),
)


@settings(max_examples=60)
@given(scenarios(), st.data())
def test_contradictory_records_are_findings_and_no_exceptions(book: Ledger, data: st.DataObject) -> None:
    papers = {
        id: replace(paper, vesting=data.draw(vestings), par=data.draw(amounts))
        for id, paper in book.securities.items()
    }
    for finding in exercised_before_vested(replace(book, securities=papers), Lens(date.max, planned=True)):
        assert finding.message[0].isupper()
        assert finding.message.endswith(".")
        assert not finding.message.endswith("..")
