"""The guide to an approval: its limits, and the financings on record that fall under it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from neocapgui.engine.approved import made_under
from neocapgui.engine.lens import Lens
from neocapgui.exchange.samples import sample
from neocapgui.figures.guided.answered import Answered
from neocapgui.figures.guided.guide import About
from neocapgui.figures.guided.guides import GUIDE
from neocapgui.ledger.edits import apply
from neocapgui.ledger.facts import Approval
from neocapgui.ledger.terms import Certainty
from tests.figures.guided.asked import asked, lines, offered, said

LENS = Lens(date(2002, 12, 31), 1)
TYPED = {"subject": "Financings", "meeting": "5 Sep 2002", "amount": "10,000,000", "shares": "10,000,000"}


def approval(**texts: str) -> Answered:
    return asked(sample("neotherapeutics-as-filed"), LENS, "approval", **texts)


def fact(answer: Answered) -> Approval:
    assert answer.edit is not None, answer.lack or answer.errors
    (found,) = [one.after for one in answer.edit.changes if isinstance(one.after, Approval)]
    return found


def test_the_vote_of_september_2002_with_its_limits() -> None:
    made = fact(approval(**TYPED, record="24 Jul 2002", source="8-K of 5 Sep 2002"))
    assert (made.issuer, made.body, made.subject, made.outcome) == (
        1,
        "stockholders",
        "Financings",
        "approved",
    )
    assert (made.record_date, made.meeting_date) == (date(2002, 7, 24), date(2002, 9, 5))
    assert (made.amount_limit, made.shares_limit) == (Decimal(10_000_000), Decimal(10_000_000))
    assert (made.source, made.certainty) == ("8-K of 5 Sep 2002", Certainty.PUBLISHED)


def test_the_financings_since_the_meeting_are_counted_against_the_limits() -> None:
    limits = TYPED | {"amount": "40,000,000", "shares": "1,000,000"}
    answer = approval(**limits)
    assert said(answer) == [
        "From 5 Sep 2002 on 7 financings brought 31,064,614.00 for 1,718,640 shares; "
        "no approval is named for that.",
        "Together they leave 8,935,386.00 of 40,000,000.00.",
    ]
    assert said(answer, is_contrary=True) == ["Together they go 718,640 beyond 1,000,000 shares."]
    assert answer.tables[0].name == "financings"
    assert lines(answer.tables[0])[1] == (
        "19 Dec 2002", "Common Stock", "Three investors of December 2002", "285,000", "598,500.00",
        "754,000", "1,536,500.00",
    )  # fmt: skip


def test_the_financings_can_be_put_under_it_in_the_same_edit() -> None:
    ledger = sample("neotherapeutics-as-filed")
    answer = approval(**TYPED, covers="are made under it")
    made = fact(answer)
    assert answer.edit is not None
    after = apply(ledger, answer.edit)
    assert len(made_under(after, LENS, made.id)) == 7
    again = apply(after, answer.edit.inverse())
    assert list(again.transactions) == list(ledger.transactions)
    assert again.approvals == ledger.approvals


def test_what_is_not_yet_decided_is_pending_and_covers_nothing() -> None:
    answer = approval(subject="Merger", meeting="15 Jan 2003")
    assert offered(answer, "outcome") == "pending by the day of the meeting"
    assert "covers" not in [one.name for one in answer.fields]
    assert fact(answer).outcome == "pending"


def test_the_board_has_no_record_date() -> None:
    answer = approval(subject="Split", body="board", record="24 Jul 2002")
    assert "record" not in [one.name for one in answer.fields]
    assert fact(answer).record_date is None


def test_days_out_of_order_and_the_same_approval_twice_are_remarked() -> None:
    answer = approval(
        subject="Market financings approved in advance", meeting="5 Sep 2002", record="6 Sep 2002"
    )
    assert said(answer, is_contrary=True)[:2] == [
        "The record date of 6 Sep 2002 lies after the meeting of 5 Sep 2002.",
        "“Market financings approved in advance” of that day and body is recorded already.",
    ]


def test_the_subject_is_asked_for() -> None:
    answer = approval()
    assert (answer.lack, answer.lacking) == ("Type what is decided.", "subject")


def test_it_begins_with_the_company_of_a_line() -> None:
    begun, ledger = GUIDE["approval"].guide.begun, sample("neotherapeutics-as-filed")
    assert begun(ledger, LENS, About(issuer=2)) == {"issuer": 2}
    assert begun(ledger, LENS, About(2, 5)) is None
