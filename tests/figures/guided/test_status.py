"""The guide to a company's status: what ceasing saves, who owns it, what its paper can still turn into."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from neocapgui.engine.lens import Lens
from neocapgui.engine.status import standing
from neocapgui.exchange.samples import sample
from neocapgui.figures.guided.guide import About
from neocapgui.figures.guided.guides import GUIDE
from neocapgui.ledger.edits import apply
from tests.figures.guided.asked import asked, before, lines, offered, records, said

NEOGENE = "NeoGene Technologies, Inc."


def test_that_neogene_ceases_with_what_it_saves() -> None:
    day = date(2002, 7, 23)
    ledger = before(day)
    answer = asked(ledger, Lens(day, 1), "status", issuer=NEOGENE, saving="2,400,000")
    assert offered(answer, "status") == "ceased operations"
    (record,) = records(answer)
    assert (record.kind, record.issuer, record.value) == ("status", 2, "ceased operations")
    assert record.amount == Decimal(2_400_000)
    assert "It saves 2,400,000.00 a year, about 200,000 a month." in said(answer)
    assert f"NeoTherapeutics, Inc. owns 89.18 % of {NEOGENE} on that day." in said(answer)
    assert answer.edit is not None
    assert answer.edit.label == f"Record {NEOGENE} as ceased operations"
    stands = standing(apply(ledger, answer.edit), Lens(day), 2)
    assert (stands.status, stands.since, stands.annual_saving) == (
        "ceased operations",
        day,
        Decimal(2_400_000),
    )


def test_what_can_turn_into_the_parents_paper_is_listed_first() -> None:
    day = date(2001, 6, 20)
    answer = asked(before(day), Lens(day, 1), "status", issuer=NEOGENE)
    assert lines(answer.tables[0]) == [
        (
            "Series A Convertible Preferred Stock", "111,110", "2",
            "NeoTherapeutics · Preferred Stock, undesignated", "", "open until 13 Aug 2001",
        ),
        (
            "Series B Preferred Stock", "44,445", "1",
            "NeoTherapeutics · 7% Series C Preferred Stock", "200", "open on that day",
        ),
    ]  # fmt: skip
    told = (
        "44,445 Series B Preferred Stock can turn into 200 NeoTherapeutics · 7% Series C Preferred Stock, "
        "open on that day."
    )
    assert told in said(answer)


def test_a_company_without_such_paper_is_said_to_have_none() -> None:
    answer = asked(sample("neotherapeutics-as-filed"), Lens(date(2002, 1, 1), 3), "status")
    assert offered(answer, "issuer") == "NeoOncoRx, Inc. the company looked at"
    told = "No paper of NeoOncoRx, Inc. turns into one of another company by the terms that are recorded."
    assert told in said(answer)


def test_a_status_that_holds_already_is_remarked() -> None:
    answer = asked(sample("neotherapeutics-as-filed"), Lens(date(2002, 8, 1), 1), "status", issuer=NEOGENE)
    told = f"{NEOGENE} is recorded as ceased operations already since 23 Jul 2002."
    assert told in said(answer, is_contrary=True)


def test_an_active_company_saves_nothing() -> None:
    answer = asked(
        sample("neotherapeutics-as-filed"), Lens(date(2002, 8, 1), 1), "status", issuer=NEOGENE,
        status="active", saving="5",
    )  # fmt: skip
    assert "saving" not in [one.name for one in answer.fields]
    assert records(answer)[0].amount is None


def test_it_begins_with_the_company_of_a_line() -> None:
    ledger, lens = sample("neotherapeutics-as-filed"), Lens(date(2002, 1, 1), 1)
    begun = GUIDE["status"].guide.begun
    parent = ledger.stakeholder_of(1)
    assert parent is not None
    assert begun(ledger, lens, About(issuer=2)) == {"issuer": 2}
    assert begun(ledger, lens, About(2, None, parent.id)) == {"issuer": 2}
    bank = next(who.id for who in ledger.stakeholders.values() if who.issuer is None)
    assert begun(ledger, lens, About(1, None, bank)) is None
    assert begun(ledger, lens, About(1, 1)) is None
