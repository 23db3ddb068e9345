"""Warrants, options and rights are exercised: price and shares by the terms, days, and what has vested."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from neocapgui.engine.lens import Lens
from neocapgui.figures.guided.guide import About
from neocapgui.figures.guided.guides import GUIDE
from neocapgui.ledger.edits import add, apply
from neocapgui.ledger.facts import Issuer, Price, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Exercise, SecurityKind, Vesting
from neocapgui.ledger.transactions import Transaction
from tests.figures.guided.asked import asked, before, lines, offered, records, said

WARRANT = "Warrant of 8 March 2001 at $5.00"
DAY = date(2023, 2, 1)
LENS = Lens(DAY, 1)


@pytest.fixture
def company() -> Ledger:
    """4,800 options of Ada's at 2.00, a quarter vested after a year and 100 a month from then on."""
    option = Security(
        2,
        1,
        "Option",
        SecurityKind.OPTION,
        exercise=Exercise(1, Decimal(2), expires=date(2032, 1, 1), starts=date(2022, 6, 1)),
        vesting=Vesting(cliff_months=12, duration_months=48),
    )
    facts = (
        Issuer(1, "Company"),
        Stakeholder(1, "Ada"),
        Security(1, 1, "Common", SecurityKind.COMMON),
        option,
        Price(1, 1, date(2023, 1, 31), close=Decimal("1.50")),
        Transaction(1, date(2022, 1, 1), "issuance", security=2, stakeholder=1, quantity=Decimal(4_800)),
    )
    return apply(Ledger(), add("Record the company", facts))


def test_the_terms_propose_price_shares_and_amount() -> None:
    day = date(2001, 5, 16)
    answer = asked(before(day), Lens(day, 1), "exercise", security=WARRANT)
    assert offered(answer, "holder") == "IAT ReInsurance Syndicate, Ltd. the only holder"
    assert offered(answer, "units") == "125,000 all that is held"
    assert offered(answer, "price") == "5.00 by the terms"
    assert offered(answer, "shares") == "125,000 by the terms"
    assert offered(answer, "amount") == "625,000.00 shares x price"
    (record,) = records(answer)
    assert (record.kind, record.quantity, record.into_quantity) == (
        "exercise",
        Decimal(125_000),
        Decimal(125_000),
    )
    assert (record.price, record.amount) == (Decimal(5), Decimal(625_000))
    assert lines(answer.tables[0])[0][:5] == (
        "IAT ReInsurance Syndicate, Ltd.", "Common Stock", "1,250,000", "125,000", "1,375,000"
    )  # fmt: skip


def test_after_a_reverse_split_a_warrant_buys_less_at_a_higher_price() -> None:
    day = date(2002, 10, 1)
    answer = asked(before(day), Lens(day, 1), "exercise", security=WARRANT)
    assert offered(answer, "price") == "125.00 by the terms"
    assert offered(answer, "shares") == "5,000 by the terms"


def test_what_has_vested_is_proposed_and_more_is_remarked(company: Ledger) -> None:
    answer = asked(company, LENS, "exercise")
    assert answer.lack == "Choose what is exercised."
    answer = asked(company, LENS, "exercise", security="Option")
    assert offered(answer, "units") == "1,300 all that has vested"
    assert "1,300 of Ada have vested by 1 Feb 2023 and are not exercised." in said(answer)
    too_many = asked(company, LENS, "exercise", security="Option", units="1,500")
    assert said(too_many, is_contrary=True) == ["Only 1,300 of Ada have vested by 1 Feb 2023: 200 too many."]
    assert records(too_many)[0].quantity == 1_500


def test_a_market_below_the_price_is_told(company: Ledger) -> None:
    answer = asked(company, LENS, "exercise", security="Option")
    assert "The market last paid 1.50, less than the price." in said(answer)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2 Jan 2032", "Option expired on 1 Jan 2032."),
        ("1 Feb 2022", "Option can be exercised from 1 Jun 2022 on."),
    ],
)
def test_outside_its_days_an_exercise_is_remarked(company: Ledger, day: str, sentence: str) -> None:
    answer = asked(company, LENS, "exercise", security="Option", units="100", day=day)
    assert sentence in said(answer, is_contrary=True)


def test_another_price_and_another_count_are_kept_and_remarked(company: Ledger) -> None:
    answer = asked(company, LENS, "exercise", security="Option", units="100", price="1.90", shares="99")
    assert said(answer, is_contrary=True)[:2] == [
        "The paper says 99 shares; that is what is recorded.",
        "It is exercised at 1.90 a share; the terms say 2.00.",
    ]
    assert records(answer)[0].amount == Decimal("188.10")


def test_it_fits_lines_of_what_buys_something(company: Ledger) -> None:
    begun = GUIDE["exercise"].guide.begun
    assert begun(company, LENS, About(1, 2)) == {"security": 2}
    assert begun(company, LENS, About(1, 2, 1)) == {"security": 2, "holder": 1}
    assert begun(company, LENS, About(1, 1)) is None
