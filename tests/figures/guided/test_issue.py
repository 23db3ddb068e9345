"""The guide to an issue: two figures imply the third, several holders, warrants by coverage, limits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from neocapgui.engine.lens import Lens
from neocapgui.figures.guided.answered import Answered
from neocapgui.figures.guided.guide import About
from neocapgui.figures.guided.guides import GUIDE
from neocapgui.ledger.edits import apply
from neocapgui.ledger.facts import Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty, SecurityKind
from neocapgui.ledger.transactions import Transaction
from tests.figures.guided.asked import asked, before, offered, records, said

MARCH = date(2001, 3, 8)
NOVEMBER = date(1999, 11, 19)


def issue(ledger: Ledger, day: date, company: int = 1, /, **texts: str) -> Answered:
    return asked(ledger, Lens(day, company), "issue", **texts)


def facts(answer: Answered, kind: type[Any]) -> list[Any]:
    assert answer.edit is not None, answer.lack or answer.errors
    return [change.after for change in answer.edit.changes if isinstance(change.after, kind)]


@pytest.mark.parametrize(
    ("typed", "field", "shown"),
    [
        ({"quantity": "1,250,000", "price": "4"}, "amount", "5,000,000.00 shares x price"),
        ({"price": "4", "amount": "5,000,000"}, "quantity", "1,250,000 by price and amount"),
        ({"quantity": "1,250,000", "amount": "5,000,000"}, "price", "4.00 amount / shares"),
        ({"quantity": "6,470,588", "amount": "1,100,000"}, "price", "0.17 amount / shares"),
        ({"quantity": "845,594", "amount": "10,000,000"}, "price", "11.826 amount / shares"),
    ],
)
def test_two_of_shares_price_and_amount_imply_the_third(
    typed: dict[str, str], field: str, shown: str
) -> None:
    answer = issue(before(MARCH), MARCH, security="Common Stock", holder="IAT ReInsurance", **typed)
    assert offered(answer, field) == shown


def test_the_placement_of_march_2001_with_its_warrants() -> None:
    ledger = before(MARCH)
    answer = issue(
        ledger, MARCH, security="Common Stock", holder="IAT ReInsurance Syndicate, Ltd.",
        quantity="1,250,000", price="4", coverage="10 %", exercise_price="5", expires="8 Mar 2006",
        warrant="Warrant of 8 March 2001 at five dollars", source="Purchase agreement",
    )  # fmt: skip
    sold, warrants = records(answer)
    assert (sold.kind, sold.quantity, sold.price, sold.amount) == (
        "issuance", Decimal(1_250_000), Decimal(4), Decimal(5_000_000),
    )  # fmt: skip
    assert (warrants.stakeholder, warrants.quantity, warrants.amount) == (
        sold.stakeholder, Decimal(125_000), None,
    )  # fmt: skip
    (paper,) = facts(answer, Security)
    assert warrants.security == paper.id
    assert (paper.kind, paper.issued, paper.source) == (SecurityKind.WARRANT, MARCH, "Purchase agreement")
    terms = paper.exercise
    assert (terms.into, terms.price, terms.expires) == (1, Decimal(5), date(2006, 3, 8))
    assert "125,000 warrants: 10 % of 1,250,000 = 125,000." in said(answer)
    assert "1,250,000 x 4.00 = 5,000,000.00." in said(answer)


def test_the_amount_follows_the_shares_where_the_paper_says_so() -> None:
    day = date(2000, 12, 18)
    answer = issue(
        before(day), day, 2, security="Series Z Preferred Stock", holder="Societe Generale",
        price="45", amount="2,000,000", rounding="amount follows",
    )  # fmt: skip
    (record,) = records(answer)
    assert (record.quantity, record.amount) == (Decimal(44_445), Decimal("2000025.00"))
    assert "44,445 x 45.00 = 2,000,025.00 is recorded, not the 2,000,000.00 that was typed." in said(answer)


def test_a_new_class_is_recorded_in_the_same_edit() -> None:
    day = date(2000, 9, 21)
    ledger = before(day)
    answer = issue(
        ledger, day, 2, security="Series Z Preferred Stock", holder="Newcomer Fund", quantity="100",
        stated="45", votes="1", authorized="1,000",
    )  # fmt: skip
    assert offered(answer, "kind") == "preferred by its name"
    (paper,) = facts(answer, Security)
    assert (paper.issuer, paper.kind, paper.stated_value) == (2, SecurityKind.PREFERRED, Decimal(45))
    assert (paper.authorized, paper.votes, paper.issued) == (Decimal(1_000), Decimal(1), day)
    (who,) = facts(answer, Stakeholder)
    assert who.name == "Newcomer Fund"
    assert answer.edit is not None
    after = apply(ledger, answer.edit)
    assert after.securities[paper.id] == paper
    again = apply(after, answer.edit.inverse())
    assert (again.securities, again.stakeholders) == (ledger.securities, ledger.stakeholders)
    assert list(again.transactions) == list(ledger.transactions)


def test_several_holders_share_one_issue_and_its_money_to_the_cent() -> None:
    answer = issue(
        before(NOVEMBER), NOVEMBER, security="Common Stock", amount="10,000,000", coverage="15",
        holder="Montrose Investments Ltd.", quantity="422,797",
        holder_2="Strong River Investments, Inc.", quantity_2="422,797",
        holder_3="Third Fund", quantity_3="1", holder_4="Fourth Fund", quantity_4="1",
    )  # fmt: skip
    made = records(answer)
    shares, warrants = made[:4], made[4:]
    assert [one.quantity for one in shares] == [422_797, 422_797, 1, 1]
    assert sum(one.amount for one in shares if one.amount is not None) == 10_000_000
    assert len({one.stakeholder for one in shares}) == 4
    assert [one.quantity for one in warrants] == [63_420, 63_420]  # 15 % of one share is none
    assert answer.edit is not None
    assert answer.edit.label == "Record issue of Common Stock to 4 holders"


def test_coverage_of_the_amount_is_divided_by_the_exercise_price() -> None:
    answer = issue(
        before(MARCH), MARCH, security="Common Stock", holder="IAT ReInsurance Syndicate, Ltd.",
        quantity="1,250,000", price="4", coverage="20", coverage_of="of the amount", exercise_price="6",
        warrant_rounding="down",
    )  # fmt: skip
    assert records(answer)[1].quantity == 166_666
    told = "166,666 warrants: 20 % of 5,000,000.00 / 6.00 = 166,666.67…, rounded down."
    assert told in said(answer)
    stated = issue(
        before(MARCH), MARCH, security="Common Stock", holder="IAT ReInsurance Syndicate, Ltd.",
        quantity="1,250,000", price="4", coverage="20", coverage_of="of the amount", exercise_price="6",
        warrant_rounding="down", warrants="166,667",
    )  # fmt: skip
    assert "The paper says 166,667, 1 more; that is recorded." in said(stated, is_contrary=True)
    assert records(stated)[1].quantity == 166_667


def test_a_recorded_class_of_warrants_keeps_its_terms() -> None:
    answer = issue(
        before(date(2001, 5, 1)), date(2001, 5, 1), security="Common Stock", quantity="1,000", price="5",
        holder="IAT ReInsurance Syndicate, Ltd.", coverage="10", warrant="Warrant of 8 March 2001 at $5.00",
    )  # fmt: skip
    assert {"exercise_price", "expires", "buys"}.isdisjoint(one.name for one in answer.fields)
    assert not facts(answer, Security)
    assert records(answer)[1].quantity == 100


def test_an_approval_says_what_it_leaves_and_what_goes_beyond() -> None:
    day = date(2002, 11, 21)
    typed = {
        "security": "Common Stock",
        "holder": "Five investors of November 2002",
        "price": "2",
        "approval": "Market financings approved in advance",
    }
    answer = issue(before(day), day, **typed, quantity="469,000")
    name = "“Market financings approved in advance” allows"
    assert f"{name} 10,000,000.00; with this entry 938,000.00 are used and 9,062,000.00 left." in said(answer)
    assert f"{name} 10,000,000 shares; with this entry 469,000 are used and 9,531,000 left." in said(answer)
    assert records(answer)[0].approval is not None
    more = issue(before(day), day, **typed, quantity="6,000,000")
    told = f"{name} 10,000,000.00; with this entry it is 12,000,000.00, 2,000,000.00 more."
    assert told in said(more, is_contrary=True)


def test_what_the_charter_leaves_is_told_with_shares_that_are_only_promised() -> None:
    answer = issue(
        before(NOVEMBER), NOVEMBER, security="Common Stock", quantity="845,594",
        holder="Montrose Investments Ltd.", coverage="15",
    )  # fmt: skip
    charter = "Of 25,000,000 Common Stock authorized, 6,612,401 are issued and 3,982,408 reserved"
    assert f"{charter} with this entry: 14,405,191 are left." in said(answer)
    without = issue(
        before(NOVEMBER), NOVEMBER, security="Common Stock", quantity="845,594", holder="Montrose"
    )
    assert any("and 3,855,569 reserved with this entry" in one for one in said(without))


def test_a_holder_stands_in_the_list_once_and_needs_a_count() -> None:
    twice = issue(
        before(MARCH), MARCH, security="Common Stock", holder="Societe Generale", quantity="1",
        holder_2="Societe Generale", quantity_2="1",
    )  # fmt: skip
    assert twice.errors == {"holder_2": "This holder stands in the list already."}
    open_ = issue(
        before(MARCH), MARCH, security="Common Stock", holder="Societe Generale", quantity="1", holder_2="Z"
    )
    assert (open_.edit, open_.lacking) == (None, "quantity_2")


def test_a_planned_issue_is_previewed_as_if_it_had_come() -> None:
    answer = issue(
        before(MARCH), MARCH, security="Common Stock", holder="Z", quantity="1", certainty="planned"
    )
    changes = {row.key[0]: row.cells[3] for row in answer.tables[0].rows if row.key[1] == 1}
    assert changes.pop("others") is None
    assert [*changes.values()] == [1, 1]
    assert records(answer)[0].certainty is Certainty.PLANNED


def test_it_begins_with_the_paper_and_the_holder_of_a_line_but_never_with_a_plan() -> None:
    ledger, lens = before(MARCH), Lens(MARCH, 1)
    begun = GUIDE["issue"].guide.begun
    plan = next(one for one in ledger.securities.values() if one.kind is SecurityKind.OPTION_PLAN)
    assert begun(ledger, lens, About(1, 1, 3)) == {"security": 1, "holder": 3}
    assert begun(ledger, lens, About(1, plan.id)) is None
    assert begun(ledger, lens, About(issuer=2)) is None


def test_nothing_is_lost_of_what_a_transaction_says() -> None:
    answer = issue(
        before(MARCH), MARCH, security="Common Stock", holder="Z", quantity="7", certificate="C-1",
        source="Register", certainty="inferred",
    )  # fmt: skip
    (record,) = [one for one in records(answer) if isinstance(one, Transaction)]
    assert (record.certificate, record.source, record.certainty) == ("C-1", "Register", Certainty.INFERRED)


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("amount", "-5", "-5 is below 0, which cannot be here."),
        ("coverage", "-5", "A part is not below 0."),
        ("price", "0.0000000001", "A figure is kept with at most 8 decimals."),
    ],
)
def test_a_figure_that_cannot_be_is_told_at_its_field(field: str, text: str, sentence: str) -> None:
    typed = {"security": "Common Stock", "holder": "Z", "quantity": "1", field: text}
    answer = issue(before(MARCH), MARCH, **typed)
    assert (answer.edit, answer.errors) == (None, {field: sentence})
