"""The guide to a change of authorized shares: how many more, what is left, and what is too few."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from neocapgui.engine.lens import Lens
from neocapgui.engine.reserves import authorized
from neocapgui.engine.rights import TermsInForce
from neocapgui.figures.guided.guide import About
from neocapgui.figures.guided.guides import GUIDE
from neocapgui.ledger.edits import apply
from tests.figures.guided.asked import asked, before, lines, records, said

DAY = date(2002, 9, 5)
LENS = Lens(DAY, 1)


def test_an_increase_says_how_many_more_and_what_is_left() -> None:
    ledger = before(DAY)
    answer = asked(ledger, LENS, "authorized", security="Common Stock", quantity="50,000,000")
    assert said(answer) == [
        "50,000,000 Common Stock instead of 25,000,000: 25,000,000 more.",
        "With 39,318,022 issued and 3,227,591 reserved, 7,454,387 stay available.",
    ]
    (record,) = records(answer)
    assert (record.kind, record.security, record.quantity) == ("authorized", 1, Decimal(50_000_000))
    assert answer.edit is not None
    after = apply(ledger, answer.edit)
    assert authorized(TermsInForce.on(after, LENS), after.securities[1]) == 50_000_000
    assert list(apply(after, answer.edit.inverse()).transactions) == list(ledger.transactions)


def test_a_number_below_issued_and_reserved_is_remarked_and_recorded() -> None:
    answer = asked(before(DAY), LENS, "authorized", security="Common Stock", quantity="20,000,000")
    told = "That is 22,545,613 fewer than the 39,318,022 issued and 3,227,591 reserved on 5 Sep 2002."
    assert said(answer, is_contrary=True) == [told]
    assert answer.edit is not None


def test_the_counts_stand_first_because_no_holding_changes() -> None:
    answer = asked(before(DAY), LENS, "authorized", security="Common Stock", quantity="50,000,000")
    assert [table.name for table in answer.tables] == ["counts", "preview"]
    assert lines(answer.tables[0])[0] == ("Authorized", "25,000,000", "25,000,000", "50,000,000")
    assert lines(answer.tables[0])[-1] == ("Available", "-17,545,613", "25,000,000", "7,454,387")


def test_its_approval_is_named_and_one_that_was_decided_later_is_remarked() -> None:
    ledger, lens = before(DAY), Lens(date(2002, 9, 4), 1)
    name = "Market financings approved in advance"
    answer = asked(ledger, lens, "authorized", security="Common Stock", quantity="50,000,000", approval=name)
    assert records(answer)[0].approval is not None
    assert said(answer, is_contrary=True) == [f"“{name}” was decided only on 5 Sep 2002."]


def test_the_number_is_asked_for_and_so_is_the_class() -> None:
    empty = asked(before(DAY), LENS, "authorized")
    assert empty.lack == "Choose the class whose authorized number changes."
    half = asked(before(DAY), LENS, "authorized", security="Common Stock")
    assert (half.lack, half.lacking) == ("Type the number that is authorized from then on.", "quantity")
    (field,) = [one for one in half.fields if one.name == "quantity"]
    assert field.hint == "25,000,000 so far"


def test_it_is_offered_for_classes_of_shares_only() -> None:
    begun, ledger = GUIDE["authorized"].guide.begun, before(DAY)
    assert begun(ledger, LENS, About(1, 1)) == {"security": 1}
    assert begun(ledger, LENS, About(1, 1, 3)) is None
    assert begun(ledger, LENS, About(stakeholder=3)) is None
