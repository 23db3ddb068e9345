"""What a company is called and how it stands on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from neocapgui.engine.lens import Lens
from neocapgui.engine.status import Standing, standing
from neocapgui.ledger.facts import Issuer
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import Transaction
from tests.engine.ledgers import ACME, cast, day

FORMED = Issuer(1, "NeoGene Technologies, Inc.", date(1999, 10, 1))
CEASED = Transaction(
    1, date(2002, 7, 23), "status", issuer=1, value="ceased operations", amount=Decimal(2_400_000)
)
RENAMED = Transaction(2, date(2002, 12, 11), "rename", issuer=1, value="Spectrum Pharmaceuticals, Inc.")


def on(text: str, *facts: Issuer | Transaction, planned: bool = False) -> Standing:
    return standing(cast(*facts), Lens(day(text), planned=planned), 1)


def test_a_company_is_active_since_it_was_formed() -> None:
    assert on("2000-01-01", FORMED) == Standing("NeoGene Technologies, Inc.", "active", date(1999, 10, 1))
    assert on("2000-01-01") == Standing(ACME.name, "active", None, None)


def test_ceasing_operations_states_the_day_and_what_it_saves_a_year() -> None:
    assert on("2002-07-22", FORMED, CEASED).status == "active"
    assert on("2002-07-23", FORMED, CEASED) == Standing(
        FORMED.name, "ceased operations", date(2002, 7, 23), Decimal(2_400_000)
    )


def test_a_new_name_is_in_force_from_its_day_and_the_status_stays() -> None:
    assert on("2002-12-10", FORMED, CEASED, RENAMED).name == FORMED.name
    after = on("2002-12-11", FORMED, CEASED, RENAMED)
    assert (after.name, after.status) == ("Spectrum Pharmaceuticals, Inc.", "ceased operations")


def test_the_last_of_several_names_of_a_day_is_in_force() -> None:
    first = replace(RENAMED, id=3, value="Interim, Inc.", order=-1)
    assert on("2002-12-11", FORMED, RENAMED, first).name == "Spectrum Pharmaceuticals, Inc."


def test_an_entry_that_does_not_say_the_new_name_or_status_changes_none() -> None:
    assert on("2003-01-01", FORMED, replace(RENAMED, value="")).name == FORMED.name
    assert on("2003-01-01", FORMED, replace(CEASED, value="")).status == "active"


def test_a_planned_change_counts_only_with_the_plans() -> None:
    planned = replace(CEASED, certainty=Certainty.PLANNED)
    assert on("2003-01-01", FORMED, planned).status == "active"
    assert on("2003-01-01", FORMED, planned, planned=True).status == "ceased operations"


def test_a_company_is_not_there_before_it_is_formed() -> None:
    """NeoGene Technologies, Inc. was incorporated on 1 October 1999."""
    before, after = (standing(cast(FORMED), Lens(date(1999, *when)), 1).status for when in ((9, 30), (10, 1)))
    assert [before, after] == ["not yet formed", "active"]


def test_a_name_of_a_million_characters_is_said_as_far_as_answers_can_bear_it() -> None:
    endless = Transaction(1, day("01-01"), "rename", issuer=1, value="N" * 1_000_000)
    found = standing(cast(endless), Lens(day("01-01")), 1)
    assert (len(found.name), found.name[-2:]) == (10_000, "N…")
