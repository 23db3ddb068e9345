"""Somebody buys a stake from a holder: a parent the shares of its subsidiary, a newcomer some of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from neocapgui.engine.lens import Lens
from neocapgui.figures.guided.guide import About
from neocapgui.figures.guided.guides import GUIDE
from neocapgui.ledger.edits import apply
from neocapgui.ledger.ledger import Ledger
from tests.figures.guided.asked import asked, before, lines, offered, records, said

DAY = date(2001, 8, 13)
LENS = Lens(DAY, 1)
SERIES_A = "NeoGene · Series A Convertible Preferred Stock"


@pytest.fixture(scope="module")
def neo() -> Ledger:
    """NeoTherapeutics on the eve of its purchase of NeoGene's Series A."""
    return before(DAY)


def test_the_parent_buys_all_of_a_class_and_its_stake_goes_to_89_18_percent(neo: Ledger) -> None:
    texts = {"security": SERIES_A, "holder": "All 2 holders", "buyer": "NeoTherapeutics, Inc."}
    answer = asked(neo, LENS, "buy", amount="5,719,959.68", **texts)
    assert [(one.kind, one.quantity, one.amount) for one in records(answer)] == [
        ("transfer", Decimal(55_555), Decimal("2859979.84")),
        ("transfer", Decimal(55_555), Decimal("2859979.84")),
    ]
    assert len({one.id for one in records(answer)}) == 2
    bought = lines(answer.tables[0])[0]
    assert bought == (
        "NeoTherapeutics, Inc.", "Series A Convertible Preferred Stock", "", "111,110", "111,110",
        "79.57", "89.18",
    )  # fmt: skip
    assert said(answer, is_contrary=True) == []


def test_a_part_is_bought_by_somebody_new_at_a_price(neo: Ledger) -> None:
    texts = {"security": SERIES_A, "holder": "Montrose", "quantity": "1,000", "price": "51"}
    answer = asked(neo, LENS, "buy", buyer="Zed Fund", **texts)
    assert offered(answer, "amount") == "51,000.00 shares x price"
    assert said(answer) == [
        "“Zed Fund” is recorded as a new stakeholder.",
        "54,555 of 55,555 stay with Montrose Investments Ltd.",
    ]
    assert answer.edit is not None
    after = apply(neo, answer.edit)
    (record,) = records(answer)
    assert after.stakeholders[record.counterparty or 0].name == "Zed Fund"


def test_an_amount_tells_the_price_where_a_decimal_writes_it(neo: Ledger) -> None:
    texts = {"security": SERIES_A, "holder": "Montrose", "quantity": "1,000", "buyer": "Zed"}
    assert offered(asked(neo, LENS, "buy", amount="51,500", **texts), "price") == "51.50 amount / shares"
    answer = asked(neo, LENS, "buy", **(texts | {"quantity": "3", "amount": "100"}))
    assert offered(answer, "price") == ""
    assert records(answer)[0].price is None


def test_a_name_that_only_begins_a_known_one_is_remarked(neo: Ledger) -> None:
    answer = asked(neo, LENS, "buy", security=SERIES_A, holder="Strong River", buyer="NeoTherap")
    assert said(answer, is_contrary=True) == [
        "“NeoTherap” is recorded as a new stakeholder; there is already “NeoTherapeutics, Inc.”."
    ]


def test_a_company_of_the_file_that_holds_nothing_yet_buys_as_that_company(neo: Ledger) -> None:
    answer = asked(neo, LENS, "buy", security=SERIES_A, holder="Strong River", buyer="NeoOncoRx, Inc.")
    assert answer.edit is not None
    after = apply(neo, answer.edit)
    buyer = after.stakeholders[records(answer)[0].counterparty or 0]
    assert after.issuers[buyer.issuer or 0].name == "NeoOncoRx, Inc."


def test_the_buyer_is_not_among_the_sellers(neo: Ledger) -> None:
    answer = asked(neo, LENS, "buy", security=SERIES_A, buyer="Montrose Investments Ltd.")
    assert offered(answer, "holder") == "Strong River Investments, Inc. the only holder"


def test_money_that_does_not_fit_price_and_shares_is_remarked(neo: Ledger) -> None:
    answer = asked(
        neo, LENS, "buy", security=SERIES_A, holder="Montrose", buyer="Zed", quantity="1,000", price="51",
        amount="52,000",
    )  # fmt: skip
    assert "Shares x price is 51,000.00, the amount 52,000.00." in said(answer, is_contrary=True)


def test_who_buys_is_asked_for(neo: Ledger) -> None:
    answer = asked(neo, LENS, "buy", security=SERIES_A, holder="Montrose")
    assert (answer.lack, answer.lacking) == ("Type who buys.", "buyer")


def test_a_line_of_a_holder_offers_to_buy_from_him(neo: Ledger) -> None:
    begun = GUIDE["buy"].guide.begun
    (series_a,) = [one.id for one in neo.securities_of(2) if one.name.startswith("Series A")]
    (montrose,) = [one.id for one in neo.stakeholders.values() if one.name.startswith("Montrose")]
    assert begun(neo, LENS, About(2, series_a, montrose)) == {"security": series_a, "holder": montrose}
    assert begun(neo, LENS, About(2, series_a, 1)) is None  # the parent holds none of it yet
    assert begun(neo, LENS, About(issuer=2)) is None
