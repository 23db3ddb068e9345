"""A subsidiary's security is exchanged into its parent's: by ratio or price, in both companies at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from neocapgui.engine.lens import Lens
from neocapgui.figures.guided.exchange import parents
from neocapgui.figures.guided.guide import About
from neocapgui.figures.guided.guides import GUIDE
from neocapgui.ledger.ledger import Ledger
from tests.figures.guided.asked import asked, before, lines, offered, records, said

DAY = date(2001, 6, 25)
LENS = Lens(DAY, 1)
SERIES_B = "NeoGene · Series B Preferred Stock"


@pytest.fixture(scope="module")
def neo() -> Ledger:
    """NeoTherapeutics on the eve of the exchange of NeoGene's Series B."""
    return before(DAY)


def test_the_right_proposes_what_is_given_and_how_much(neo: Ledger) -> None:
    answer = asked(neo, LENS, "exchange", security=SERIES_B)
    assert offered(answer, "into") == "7% Series C Preferred Stock by the terms"
    assert offered(answer, "holder") == "Societe Generale the only holder"
    assert offered(answer, "units") == "44,445 all that is held"
    assert offered(answer, "shares") == "200 by the ratio"
    (record,) = records(answer)
    assert (record.kind, record.quantity, record.into_quantity) == ("exchange", Decimal(44_445), Decimal(200))
    assert neo.stakeholders[record.counterparty or 0].issuer == 1
    assert said(answer, is_contrary=True) == []


def test_both_companies_are_shown_and_the_parents_stake_rises(neo: Ledger) -> None:
    shown = lines(asked(neo, LENS, "exchange", security=SERIES_B).tables[0])
    assert shown[0][:5] == ("Societe Generale", "7% Series C Preferred Stock", "", "200", "200")
    assert ("NeoTherapeutics, Inc.", SERIES_B, "", "44,445", "44,445", "75.72", "79.57") in shown
    assert ("Societe Generale", SERIES_B, "44,445", "-44,445", "", "3.85", "") in shown


def test_a_price_against_the_stated_value_makes_the_shares_too(neo: Ledger) -> None:
    answer = asked(neo, LENS, "exchange", security=SERIES_B, into="Common Stock", units="1,000", price="3.48")
    assert offered(answer, "shares") == "12,932 by the price"
    told = "That makes 12,932: 45,000 / 3.48 = 12,931.03…, rounded up, and the amount follows."
    assert told in said(answer)


def test_another_ratio_and_another_count_are_kept_and_remarked(neo: Ledger) -> None:
    answer = asked(neo, LENS, "exchange", security=SERIES_B, ratio="1:200", shares="224")
    assert said(answer, is_contrary=True)[:2] == [
        "The terms state a ratio of 40:8889.",
        "The paper says 224, 1 more; that is what is recorded.",  # 44,445 / 200 = 222.2, up
    ]
    assert records(answer)[0].into_quantity == 224


def test_the_paper_given_up_can_be_cancelled(neo: Ledger) -> None:
    answer = asked(neo, LENS, "exchange", security=SERIES_B, passes="is cancelled")
    assert records(answer)[0].counterparty is None


def test_without_terms_ratio_or_price_is_asked_for(neo: Ledger) -> None:
    answer = asked(neo, LENS, "exchange", security=SERIES_B, into="Common Stock")
    assert answer.lack == "Type the ratio, the price, or the shares that are given."


def test_only_what_a_subsidiary_gave_out_can_be_exchanged(neo: Ledger) -> None:
    begun = GUIDE["exchange"].guide.begun
    by_name = {one.name: one.id for one in neo.securities.values() if one.issuer == 2}
    series_b = by_name["Series B Preferred Stock"]
    assert begun(neo, LENS, About(2, series_b)) == {"security": series_b}
    common = next(iter(neo.securities_of(1))).id
    assert begun(neo, LENS, About(1, common)) is None
    assert parents(neo, LENS, 2) == {1}
    assert parents(neo, LENS, 1) == frozenset()


def test_the_right_of_a_line_says_into_what(neo: Ledger) -> None:
    (right,) = [one.id for one in neo.conversion_rights.values() if one.ratio == Fraction(200, 44_445)]
    fact = neo.conversion_rights[right]
    begun = GUIDE["exchange"].guide.begun(neo, LENS, About(2, fact.security, right=right))
    assert begun == {"security": fact.security, "into": fact.into}
