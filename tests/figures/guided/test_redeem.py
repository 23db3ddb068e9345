"""A redemption or repurchase is entered: face, premium, what has accrued, the money in all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from neocapgui.engine.lens import Lens
from neocapgui.figures.guided.guide import About
from neocapgui.figures.guided.guides import GUIDE
from neocapgui.ledger.edits import apply, correct
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Redemption
from tests.figures.guided.asked import asked, before, lines, offered, records, said

DAY = date(2001, 9, 19)
LENS = Lens(DAY, 1)
SERIES_C = "7% Series C Preferred Stock"


@pytest.fixture(scope="module")
def neo() -> Ledger:
    """NeoTherapeutics on the eve of the redemption of the last 30 Series C."""
    return before(DAY)


def with_premium(ledger: Ledger, premium: str) -> Ledger:
    (paper,) = [one for one in ledger.securities.values() if one.name == SERIES_C]
    terms = Redemption(premium=Decimal(premium))
    return apply(ledger, correct("Agree on a premium", paper, replace(paper, redemption=terms)))


def test_the_terms_propose_the_stated_amount_and_what_has_accrued(neo: Ledger) -> None:
    answer = asked(neo, LENS, "redeem", security=SERIES_C)
    assert offered(answer, "units") == "30 all that is held"
    assert offered(answer, "face") == "300,000.00 by the units"
    assert offered(answer, "accrued") == "5,016.67 by the terms"  # 300,000 x 7 % x 86 / 360
    assert offered(answer, "amount") == "305,016.67 by the terms"
    (record,) = records(answer)
    assert (record.kind, record.quantity, record.amount) == ("repurchase", Decimal(30), Decimal("305016.67"))
    assert (record.price, record.note) == (None, "With 5,016.67 accrued.")
    assert answer.edit is not None
    assert answer.edit.label == "Record redemption of 7% Series C Preferred Stock"


def test_the_amount_of_the_paper_is_kept_and_its_difference_remarked(neo: Ledger) -> None:
    answer = asked(neo, LENS, "redeem", security=SERIES_C, amount="356,049.94")
    assert records(answer)[0].amount == Decimal("356049.94")
    assert said(answer, is_contrary=True) == ["The paper says 356,049.94, 51,033.27 more; that is recorded."]


def test_a_part_leaves_the_rest_where_it_was(neo: Ledger) -> None:
    answer = asked(neo, LENS, "redeem", security=SERIES_C, face="100,000")
    assert said(answer)[0] == "20 of 30 stay with Societe Generale."
    assert lines(answer.tables[0])[0][:5] == ("Societe Generale", SERIES_C, "30", "-10", "20")


def test_a_premium_of_the_terms_is_paid_on_the_price(neo: Ledger) -> None:
    answer = asked(with_premium(neo, "0.1"), LENS, "redeem", security=SERIES_C)
    assert offered(answer, "premium") == "10 % by the terms"
    assert offered(answer, "amount") == "335,016.67 by the terms"
    told = "30 x 10,000.00, 10 % premium, 5,016.67 accrued up to 19 Sep 2001."
    assert f"The terms imply 335,016.67: {told}" in said(answer)
    assert records(answer)[0].note == "With a premium of 10 % and 5,016.67 accrued."


def test_shares_bought_back_have_a_price_and_may_be_kept(neo: Ledger) -> None:
    texts = {"security": "Common Stock", "holder": "Montrose", "units": "1,000", "price": "3.50"}
    answer = asked(neo, LENS, "redeem", **texts)
    (record,) = records(answer)
    assert (record.price, record.amount, record.counterparty) == (Decimal("3.50"), Decimal(3_500), None)
    kept = asked(neo, LENS, "redeem", kept="is kept by the company", **texts)
    (record,) = records(kept)
    assert record.counterparty is not None
    assert neo.stakeholders[record.counterparty].issuer == 1


def test_an_option_plan_and_what_nobody_holds_cannot_be_taken_back(neo: Ledger) -> None:
    answer = asked(neo, LENS, "redeem", security="1997 Stock Incentive Plan")
    sentence = "“1997 Stock Incentive Plan” is no such security that anybody holds on 19 Sep 2001."
    assert answer.errors == {"security": sentence}
    begun = GUIDE["redeem"].guide.begun
    (paper,) = [one.id for one in neo.securities.values() if one.name == SERIES_C]
    assert begun(neo, LENS, About(1, paper)) == {"security": paper}
    assert begun(neo, Lens(date(1999, 1, 1), 1), About(1, paper)) is None
