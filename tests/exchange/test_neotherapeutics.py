"""The story of NeoTherapeutics through the report: every published figure, exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from neocapgui.engine.capital import capital_raised
from neocapgui.engine.checks import findings
from neocapgui.engine.lens import Lens
from neocapgui.engine.splits import split_outcome, splits
from neocapgui.exchange.samples import sample
from neocapgui.figures.report import report
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty, Rounding

FILED, ANNOUNCED = "neotherapeutics-as-filed", "neotherapeutics-as-announced"
PARENT, NEOGENE = "NeoTherapeutics, Inc.", "NeoGene Technologies, Inc."
COMMON, SERIES_C = "Common Stock", "7% Series C Preferred Stock"
BANK = "Societe Generale"


@cache
def told(name: str, day: date, planned: bool = False) -> dict[str, Any]:
    return report(scenario(name), Lens(day, planned=planned))


@cache
def scenario(name: str) -> Ledger:
    return sample(name)


def issuer(name: str, day: date, company: str = PARENT, planned: bool = False) -> dict[str, Any]:
    (found,) = (one for one in told(name, day, planned)["issuers"] if one["name"] == company)
    return dict(found)


def outstanding(name: str, day: date, security: str, planned: bool = False) -> str:
    (found,) = (one for one in issuer(name, day, PARENT, planned)["securities"] if one["name"] == security)
    return str(found["outstanding"])


def held(name: str, day: date, who: str, security: str, planned: bool = False) -> str | None:
    lines = issuer(name, day, PARENT, planned)["holdings"]
    found = [one["quantity"] for one in lines if (one["stakeholder"], one["security"]) == (who, security)]
    return found[0] if found else None


def parents_stake(name: str, day: date, company: str = NEOGENE) -> dict[str, Any]:
    (line,) = (
        one
        for one in told(name, day)["group"]
        if (one["owner"], one["issuer"], one["basis"]) == (PARENT, company, "as_converted")
    )
    return dict(line)


def part(stake: dict[str, str]) -> Fraction:
    return Fraction(int(stake["numerator"]), int(stake["denominator"]))


# As filed


@pytest.mark.parametrize(
    ("day", "shares", "of", "percent"),
    [
        (date(2001, 6, 1), 875_000, 1_155_555, "75.72"),
        (date(2001, 6, 25), 919_445, 1_155_555, "79.57"),
        (date(2001, 8, 12), 919_445, 1_155_555, "79.57"),
        (date(2001, 8, 13), 1_030_555, 1_155_555, "89.18"),
    ],
    ids=str,
)
def test_the_parents_stake_in_neogene_as_converted(day: date, shares: int, of: int, percent: str) -> None:
    line = parents_stake(FILED, day)
    assert line["percent"] == percent
    assert part(line["direct"]) == part(line["effective"]) == Fraction(shares, of)


@pytest.mark.parametrize(
    ("day", "units"),
    [
        (date(2001, 6, 24), "0"),
        (date(2001, 6, 25), "200"),
        (date(2001, 8, 14), "200"),
        (date(2001, 8, 15), "130"),
        (date(2001, 8, 31), "30"),
        (date(2001, 9, 18), "30"),
        (date(2001, 9, 19), "0"),
    ],
    ids=str,
)
def test_series_c_outstanding(day: date, units: str) -> None:
    assert outstanding(FILED, day, SERIES_C) == units


@pytest.mark.parametrize(
    ("day", "shares"),
    [
        (date(2001, 8, 14), None),
        (date(2001, 8, 15), "201149"),
        (date(2001, 8, 30), "201149"),
        (date(2001, 8, 31), "483635"),
        (date(2002, 9, 4), "483635"),
        (date(2002, 9, 5), "19345"),
    ],
    ids=str,
)
def test_the_common_of_societe_generale(day: date, shares: str | None) -> None:
    assert held(FILED, day, BANK, COMMON) == shares


PUBLISHED = {
    date(2001, 8, 10): "20777181",
    date(2002, 3, 11): "23776951",
    date(2002, 3, 14): "26351951",
    date(2002, 3, 22): "26876951",
    date(2002, 11, 11): "1615094",
}


@pytest.mark.parametrize("day", PUBLISHED, ids=str)
def test_common_outstanding_is_what_the_filing_of_that_day_says(day: date) -> None:
    assert outstanding(FILED, day, COMMON) == PUBLISHED[day]
    (assertion,) = (
        one for one in told(FILED, date(2003, 12, 31))["assertions"] if one["date"] == day.isoformat()
    )
    assert (assertion["stated"], assertion["ledger"], assertion["difference"]) == (
        PUBLISHED[day],
        PUBLISHED[day],
        "0",
    )


def test_the_one_share_that_the_filing_of_january_2003_misses_is_found_and_not_hidden() -> None:
    day = date(2003, 1, 15)
    assert outstanding(FILED, day, COMMON) == "2726020"
    answer = told(FILED, day)
    (assertion,) = (one for one in answer["assertions"] if one["difference"] != "0")
    assert (assertion["date"], assertion["stated"], assertion["ledger"], assertion["difference"]) == (
        "2003-01-15",
        "2726019",
        "2726020",
        "1",
    )
    (found,) = (one for one in answer["findings"] if one["code"] == "assertion_missed")
    assert found["severity"] == "warning"
    assert found["message"].startswith(
        "On 15 Jan 2003 the ledger has 2,726,020 Common Stock outstanding, 1 more than the 2,726,019 stated"
    )


def test_that_share_is_the_only_contradiction_among_the_counts() -> None:
    codes = [one["code"] for one in told(FILED, date(2003, 12, 31))["findings"]]
    assert codes.count("assertion_missed") == 1
    assert not {
        "insufficient_quantity",
        "before_issue",
        "incomplete",
        "split_ratio",
        "conversion_shares_differ",
        "conversion_price_differs",
        "amount_differs",
        "approval_exceeded",
        "approval_missing",
        "holder_unknown",
    } & set(codes)


@pytest.mark.parametrize("name", [FILED, ANNOUNCED])
def test_the_two_notices_are_what_their_terms_imply_to_the_nearest_share(name: str) -> None:
    """700,000 / 3.48 = 201,149.43 and 1,000,000 / 3.54 = 282,485.88."""
    book = scenario(name)
    notices = [
        record
        for record in book.transactions
        if record.kind == "conversion" and record.date.isoformat()[:7] == "2001-08"
    ]
    assert [(str(one.price), str(one.amount), str(one.into_quantity)) for one in notices] == [
        ("3.48", "700000", "201149"),
        ("3.54", "1000000", "282486"),
    ]
    papers = {book.securities[one.security or 0] for one in notices}
    assert [(paper.rounding, str(paper.stated_value)) for paper in papers] == [(Rounding.NEAREST, "10000")]
    found = {finding.place.id for finding in findings(book, Lens(date.max))}
    assert found.isdisjoint({one.id for one in notices})


def test_neogene_ceased_its_operations_in_july_2002() -> None:
    for name in (FILED, ANNOUNCED):
        assert issuer(name, date(2002, 7, 22), NEOGENE)["status"] == "active"
        assert issuer(name, date(2002, 7, 23), NEOGENE)["status"] == "ceased operations"


def test_the_company_is_called_spectrum_from_december_2002() -> None:
    assert issuer(FILED, date(2002, 12, 10))["name_in_force"] == PARENT
    assert issuer(FILED, date(2002, 12, 11))["name_in_force"] == "Spectrum Pharmaceuticals, Inc."


def test_the_stakes_of_every_company_on_every_basis_sum_to_one() -> None:
    for day in (date(2000, 12, 31), date(2001, 8, 31), date(2002, 9, 5), date(2003, 12, 31)):
        for company in told(FILED, day)["issuers"]:
            for lines in company["ownership"].values():
                assert sum(part(line["stake"]) for line in lines) == (1 if lines else 0)


# As announced


def test_the_announced_conversions_and_the_redemption() -> None:
    preferred = "Convertible Preferred Stock"
    assert [held(ANNOUNCED, day, BANK, COMMON) for day in (date(2001, 8, 15), date(2001, 8, 31))] == [
        "201149",
        str(201_149 + 282_486),
    ]
    days = (date(2001, 8, 14), date(2001, 8, 15), date(2001, 8, 31), date(2001, 9, 4))
    assert [outstanding(ANNOUNCED, day, preferred) for day in days] == ["200", "130", "30", "0"]
    (redeemed,) = (one for one in scenario(ANNOUNCED).transactions if one.kind == "repurchase")
    assert (str(redeemed.quantity), str(redeemed.amount)) == ("30", "300000")


def test_the_announced_stake_in_neogene_rises_from_75_to_89_percent() -> None:
    before, after = (parents_stake(ANNOUNCED, day) for day in (date(2001, 8, 12), date(2001, 8, 13)))
    assert [part(line["direct"]) for line in (before, after)] == [Fraction(75, 100), Fraction(89, 100)]
    assert (before["percent"], after["percent"]) == ("75.00", "89.00")


def test_22_5_million_were_raised_in_2001() -> None:
    book = scenario(ANNOUNCED)
    parent = next(one.id for one in book.issuers.values() if one.name == PARENT)
    raised = capital_raised(book, Lens(date(2001, 12, 31)), parent, date(2001, 1, 1), date(2001, 12, 31))
    assert sum(one.amount for one in raised) == 22_500_000


def test_with_the_planned_split_every_holder_has_one_share_for_twenty_five_and_cash_for_the_rest() -> None:
    day = date(2002, 9, 6)
    assert held(ANNOUNCED, day, BANK, COMMON) == "483635"
    assert held(ANNOUNCED, day, BANK, COMMON, planned=True) == "19345"
    assert issuer(ANNOUNCED, day)["splits"] == []
    (told_split,) = issuer(ANNOUNCED, day, PARENT, planned=True)["splits"]
    assert (told_split["date"], told_split["fractions"]) == ("2002-09-05", "cash")
    assert part(told_split["ratio"]) == Fraction(1, 25)
    before = {line["stakeholder"]: line["quantity"] for line in issuer(ANNOUNCED, day)["holdings"]}
    assert len(told_split["holders"]) == len(before) == 3
    for line in told_split["holders"]:
        old = int(before[line["stakeholder"]])
        assert line["before"] == str(old)
        assert line["after"] == str(old // 25)
        assert line["old_shares_left_over"] == str(old % 25)
    assert outstanding(ANNOUNCED, day, COMMON, planned=True) == str(
        sum(int(shares) // 25 for shares in before.values())
    )


def test_the_bank_keeps_a_fraction_of_two_fifths_for_cash() -> None:
    """483,635 / 25 = 19,345.4; at the assumed $4.00 a new share the 0.4 is worth $1.60."""
    book, lens = scenario(ANNOUNCED), Lens(date(2002, 9, 6), planned=True)
    (event,) = splits(book, lens)
    bank = next(who.id for who in book.stakeholders.values() if who.name == BANK)
    (line,) = (one for one in split_outcome(book, lens, event) if one.stakeholder == bank)
    assert [line.exact, line.after, line.fraction] == [Fraction("19345.4"), 19_345, Fraction("0.4")]
    assert (event.treatment, event.price, line.cash) == (Rounding.CASH, Decimal(4), Fraction("1.6"))
    assert "Assumed" in book.transactions[event.row].note
    assert book.transactions[event.row].certainty is Certainty.PLANNED


def test_the_split_is_subject_to_a_vote_on_5_september_2002() -> None:
    book = scenario(ANNOUNCED)
    planned = next(one for one in book.transactions if one.kind == "split")
    vote = book.approvals[planned.approval or 0]
    assert (vote.record_date, vote.meeting_date) == (date(2002, 7, 24), date(2002, 9, 5))
    assert (vote.body, vote.outcome) == ("stockholders", "pending")


def test_the_announced_facts_contradict_nothing() -> None:
    for planned in (False, True):
        codes = [one.code for one in findings(scenario(ANNOUNCED), replace(Lens(date.max), planned=planned))]
        assert codes == []
