"""The guide to a split: the reverse split of September 2002, holder by holder and term by term."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.exchange.samples import sample
from neocapgui.figures.guided.answered import Answered
from neocapgui.figures.guided.guide import About
from neocapgui.figures.guided.guides import GUIDE
from neocapgui.figures.tables import Table
from neocapgui.ledger.edits import add, apply
from neocapgui.ledger.facts import ConversionRight, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty, ConversionBasis, SecurityKind
from neocapgui.ledger.transactions import Transaction
from tests.figures.guided.asked import asked, before, lines, offered, records, said

DAY = date(2002, 9, 5)
COMMON, SMALL = 1, 900


def eve() -> Ledger:
    """Return the sample as filed on the eve of its reverse split, with a holder of 24 shares."""
    few = Transaction(
        9_000, date(2002, 9, 4), "issuance", security=COMMON, stakeholder=SMALL, quantity=Decimal(24)
    )
    return apply(before(DAY), add("Add", [Stakeholder(SMALL, "Mr. Small"), few]))


def split(ledger: Ledger, **texts: str) -> Answered:
    return asked(ledger, Lens(DAY, 1), "split", **{"security": "Common Stock", "ratio": "1:25", **texts})


def table(answer: Answered, name: str) -> Table:
    (found,) = [one for one in answer.tables if one.name == name]
    return found


def line(answer: Answered, name: str, of: str) -> tuple[str, ...]:
    return next(cells for cells in lines(table(answer, name)) if cells[0] == of)


def terms(answer: Answered, of: str) -> dict[str, tuple[str, ...]]:
    return {cells[1]: cells[2:] for cells in lines(table(answer, "restated")) if cells[0] == of}


def test_every_holder_before_exact_after_fraction_and_cash() -> None:
    answer = split(eve(), fractions="cash", price="4.00")
    bank = line(answer, "split_holders_1", "Societe Generale")
    assert bank == ("Societe Generale", "483,635", "19,345.4", "19,345", "0.4", "10", "1.60")
    small = line(answer, "split_holders_1", "Mr. Small")
    assert small == ("Mr. Small", "24", "0.96", "", "0.96", "24", "3.84")
    total = table(answer, "split_holders_1").total
    assert total is not None
    assert total.cells[1] == 39_318_022 + 24
    lost = "All shares of Common Stock are lost by Mr. Small (24): too few for one new share."
    assert lost in said(answer, is_contrary=True)


def test_the_preview_is_what_the_ledger_then_holds() -> None:
    ledger = eve()
    answer = split(ledger, fractions="cash", price="4.00")
    assert answer.edit is not None
    assert answer.edit.label == "Record the 1:25 reverse split of Common Stock"
    after = holdings(apply(ledger, answer.edit), Lens(DAY))
    bank = next(who.id for who in ledger.stakeholders.values() if who.name == "Societe Generale")
    assert after.of(bank, COMMON) == 19_345
    for row in answer.tables[0].rows:
        if row.key[0] == bank:
            assert row.cells[2:5] == (483_635, 19_345 - 483_635, 19_345)
    (record,) = records(answer)
    assert (record.ratio, record.value, record.price) == (Fraction(1, 25), "cash", Decimal("4.00"))


def test_every_instrument_has_its_new_terms_and_the_authorized_stay() -> None:
    answer = split(eve())
    assert terms(answer, "Warrant of 8 March 2001 at $5.00") == {
        "Exercise price": ("5.00", "125.00", "", ""),
        "Shares a unit": ("", "", "1", "0.04"),
    }
    assert terms(answer, "Common Stock") == {"Authorized, unchanged": ("", "", "25,000,000", "25,000,000")}


def test_conversion_prices_limits_and_floors_are_restated_as_their_paper_says() -> None:
    ledger = sample("preferred-at-a-floating-price")
    (right,) = [one for one in ledger.conversion_rights.values() if one.floor is not None]
    day = max(record.date for record in ledger.transactions)
    common, issuer = right.into, ledger.securities[right.into].issuer
    name = ledger.securities[right.security].name
    answer = asked(ledger, Lens(day, issuer), "split", security=ledger.securities[common].name, ratio="1:10")
    floor = Fraction(right.floor or 0)
    cells = {row.cells[1]: row.cells[2:4] for row in table(answer, "restated").rows if row.cells[0] == name}
    if right.floor_restated:
        assert cells["Floor"] == (floor, 10 * floor)
    else:
        assert cells["Floor, not restated by its terms"] == (floor, floor)


def test_a_ratio_of_shares_follows_the_split_of_what_it_turns_into() -> None:
    preferred = Security(901, 1, "Series X", SecurityKind.PREFERRED, date(2002, 1, 1))
    right = ConversionRight(901, 901, COMMON, ConversionBasis.RATIO, ratio=Fraction(5, 2))
    sold = Transaction(
        9_001, date(2002, 1, 2), "issuance", security=901, stakeholder=SMALL, quantity=Decimal(10)
    )
    answer = split(apply(eve(), add("Add", [preferred, right, sold])))
    assert terms(answer, "Series X") == {"Conversion ratio": ("", "", "2.5", "0.1")}


def test_reverse_splits_of_two_years_are_multiplied() -> None:
    once = split(eve())
    assert "It is the only reverse split of this class within two years." in said(once)
    assert once.edit is not None
    ledger = apply(before(DAY), once.edit)
    again = asked(ledger, Lens(date(2004, 9, 4), 1), "split", security="Common Stock", ratio="1:10")
    told = "2 reverse splits within two years make 250:1 together; from 250:1 on Nasdaq gives no time to cure"
    assert any(one.startswith(told) for one in said(again, is_contrary=True))
    later = asked(ledger, Lens(date(2004, 9, 5), 1), "split", security="Common Stock", ratio="1:10")
    assert "It is the only reverse split of this class within two years." in said(later)


def test_a_forward_split_is_said_to_be_one() -> None:
    answer = split(eve(), ratio="25:1")
    told = "1 old share becomes 25 new: a forward split; a reverse split of 25 for 1 is typed 1:25."
    assert told in said(answer)
    assert any("too few after it" in one for one in said(answer, is_contrary=True))


@pytest.mark.parametrize(
    ("ratio", "sentence"),
    [
        ("1:1", "A split of one for one changes nothing."),
        ("0:25", "A ratio has shares on both sides, as 1:25 has."),
    ],
)
def test_a_ratio_that_splits_nothing_is_refused_at_its_field(ratio: str, sentence: str) -> None:
    answer = split(eve(), ratio=ratio)
    assert answer.edit is None
    assert answer.errors == {"ratio": sentence}


def test_fractions_are_those_of_the_class_unless_the_split_says_otherwise() -> None:
    answer = split(eve())
    assert offered(answer, "fractions") == "down by the terms of the class"
    (record,) = records(split(eve(), fractions="up"))
    assert record.value == "up"


def test_cash_without_a_price_is_remarked() -> None:
    answer = split(eve(), fractions="cash")
    assert any("without a price it is not known how much" in one for one in said(answer, is_contrary=True))
    (field,) = [one for one in answer.fields if one.name == "price"]
    assert field.hint.endswith("at the last price of 0.41")


def test_every_class_is_split_by_its_own_policy_or_by_one_for_all() -> None:
    preferred = Security(901, 1, "Series X", SecurityKind.PREFERRED, date(2002, 1, 1))
    sold = Transaction(
        9_001, date(2002, 1, 2), "issuance", security=901, stakeholder=SMALL, quantity=Decimal(130)
    )
    ledger = apply(eve(), add("Add", [preferred, sold]))
    answer = split(ledger, all="every class of the company")
    assert offered(answer, "fractions") == ""
    assert {record.security: record.value for record in records(answer)} == {COMMON: "", 901: ""}
    assert line(answer, "split_holders_901", "Mr. Small")[2:4] == ("5.2", "5")
    alike = records(split(ledger, all="every class of the company", fractions="up"))
    assert {record.value for record in alike} == {"up"}
    assert answer.edit is not None
    after = holdings(apply(ledger, answer.edit), Lens(DAY))
    assert after.of(SMALL, 901) == 5


def test_a_planned_split_is_previewed_as_if_it_had_come() -> None:
    ledger = eve()
    answer = split(ledger, certainty="planned")
    totals = [row for row in answer.tables[0].rows if row.key == ("total", COMMON)]
    assert (
        totals[0].cells[4] == sum(row.cells[4] for row in answer.tables[0].rows if row.key[1] == COMMON) / 2
    )
    assert answer.edit is not None
    assert records(answer)[0].certainty is Certainty.PLANNED
    assert holdings(apply(ledger, answer.edit), Lens(DAY)).total(COMMON) == 39_318_046


def test_only_a_class_of_shares_offers_a_split() -> None:
    ledger, lens = eve(), Lens(DAY, 1)
    begun = GUIDE["split"].guide.begun
    warrant = next(one for one in ledger.securities.values() if one.kind is SecurityKind.WARRANT)
    assert begun(ledger, lens, About(1, COMMON)) == {"security": COMMON}
    assert begun(ledger, lens, About(1, warrant.id)) is None
