"""Which steps of the first scenario a ledger shows to be done."""

from __future__ import annotations

from dataclasses import replace

from neocapgui.figures.first_scenario import STEPS, next_step, steps_done
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.ledger import Ledger
from tests.gui.conftest import acme_ledger


def test_an_empty_scenario_begins_with_the_company() -> None:
    assert steps_done(Ledger(), (), False) == frozenset()
    step = next_step(())
    assert step is not None
    assert step.name == "company"


def test_each_step_is_done_when_the_facts_are_there() -> None:
    acme = acme_ledger()
    bare = replace(acme, stakeholders={}, securities={}, transactions=Transactions.of(()))
    assert steps_done(bare, (), False) == {"company"}
    assert steps_done(replace(bare, securities=acme.securities), (), False) == {"company", "security"}
    issued = replace(acme, transactions=Transactions.of(list(acme.transactions)[:2]))
    assert steps_done(issued, (), False) == {"company", "security", "holder", "issuance"}
    assert "event" in steps_done(acme, (), False)


def test_the_cap_table_counts_as_seen_once_something_is_issued() -> None:
    assert "cap_table" not in steps_done(Ledger(), {"cap_table"}, False)
    assert "cap_table" in steps_done(acme_ledger(), {"cap_table"}, False)


def test_an_empty_file_is_no_saved_scenario() -> None:
    assert steps_done(Ledger(), (), True) == frozenset()
    assert steps_done(acme_ledger(), {"cap_table"}, True) == {step.name for step in STEPS}
    assert next_step(steps_done(acme_ledger(), {"cap_table"}, True)) is None


def test_a_skipped_step_is_passed_over() -> None:
    step = next_step({"company"}, {"security"})
    assert step is not None
    assert step.name == "holder"
