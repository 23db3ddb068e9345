"""Who a name stands for that is typed for the first time."""

from __future__ import annotations

from datetime import date

from neocapgui.engine.lens import Lens
from neocapgui.figures.facts_tables import transactions_table
from neocapgui.figures.grid.entry import entered
from neocapgui.figures.kinds import PLAIN
from neocapgui.figures.newcomers import newcomer
from neocapgui.ledger.edits import apply
from neocapgui.ledger.facts import Issuer, Stakeholder
from neocapgui.ledger.ledger import Ledger

PARENT, WORKS = Issuer(1, "Parent, Inc."), Issuer(2, "Works, Inc.")


def test_a_company_of_the_file_that_is_typed_as_holder_is_that_company() -> None:
    ledger = Ledger(issuers={1: PARENT, 2: WORKS})
    assert newcomer(ledger, " parent,  inc. ", 5) == Stakeholder(5, "Parent, Inc.", "issuer", 1)


def test_a_company_that_is_a_holder_already_is_not_one_twice() -> None:
    known = Stakeholder(1, "The parent", "issuer", 1)
    ledger = Ledger(issuers={1: PARENT}, stakeholders={1: known})
    assert newcomer(ledger, "Parent, Inc.", 5).issuer is None


def test_a_name_typed_into_the_ledger_ties_the_company() -> None:
    ledger = Ledger(issuers={1: PARENT, 2: WORKS})
    table = transactions_table(ledger, Lens(date(2001, 8, 10), issuer=2))
    column = next(one for one in table.columns if one.field == "stakeholder")
    edit = entered(ledger, table, None, column, "Parent, Inc.", PLAIN)
    assert edit is not None
    holders = [one.issuer for one in apply(ledger, edit).stakeholders.values()]
    assert holders == [1]
