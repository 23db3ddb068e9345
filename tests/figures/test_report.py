"""The report says in exact figures what the screen shows, for programs that read it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.ownership import ownership
from neocapgui.figures.report import FORMAT, decimal_text, flat_rows, ratio_json, report, text_lines
from neocapgui.ledger.facts import PublishedCount, Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import ConversionBasis, Exercise, SecurityKind
from neocapgui.ledger.transactions import Transaction
from tests.engine.ledgers import (
    ACME_ITSELF,
    ADA,
    BOB,
    CLEO,
    COMMON,
    FIRST,
    PREFERRED,
    SPAN,
    TWO_FOR_ONE,
    cast,
    day,
    issued,
    ledger_of,
    passed,
    scenarios,
    split,
)

LENS = Lens(date(2022, 12, 31))
BOOK = cast(
    replace(COMMON, authorized=Decimal(10_000)),
    issued(1, "01-01", ADA, 750),
    issued(2, "01-01", BOB, 250),
    issued(3, "02-01", CLEO, 500, security=PREFERRED.id),
    TWO_FOR_ONE,
    issued(4, "03-01", ACME_ITSELF, 60, security=6),
    issued(5, "03-01", ADA, 40, security=6),
    PublishedCount(1, day("06-30"), 1, Decimal(999), "10-Q"),
    Transaction(6, day("07-01"), "rename", issuer=4, value="Gamma GmbH"),
)


def part(stake: dict[str, str]) -> Fraction:
    return Fraction(int(stake["numerator"]), int(stake["denominator"]))


def test_the_report_of_a_company_names_its_securities_holdings_and_owners() -> None:
    answer = report(BOOK, LENS)
    assert (answer["format"], answer["as_of"]) == (FORMAT, "2022-12-31")
    acme, beta = answer["issuers"]
    assert (acme["name"], acme["name_in_force"], acme["status"]) == ("Acme, Inc.", "Acme, Inc.", "active")
    assert (beta["name"], beta["name_in_force"]) == ("Beta GmbH", "Gamma GmbH")
    assert acme["securities"] == [
        {
            "name": "Common Stock",
            "kind": "common",
            "authorized": "10000",
            "issued": "1000",
            "outstanding": "1000",
            "reserved": "1000",
        },
        {
            "name": "Series A",
            "kind": "preferred",
            "authorized": None,
            "issued": "500",
            "outstanding": "500",
            "reserved": "0",
        },
    ]
    assert acme["holdings"] == [
        {"stakeholder": "Ada", "security": "Common Stock", "quantity": "750"},
        {"stakeholder": "Bob", "security": "Common Stock", "quantity": "250"},
        {"stakeholder": "Cleo", "security": "Series A", "quantity": "500"},
    ]
    assert acme["ownership"]["as_converted"][0] == {
        "stakeholder": "Cleo",
        "shares": "1000",
        "stake": {"numerator": "1", "denominator": "2"},
        "percent": "50.00",
    }
    assert list(acme["ownership"]) == ["outstanding", "voting", "as_converted", "fully_diluted"]


def test_the_report_of_the_group_names_direct_and_effective_stakes_on_each_basis() -> None:
    lines = report(BOOK, LENS)["group"]
    assert [line["basis"] for line in lines] == [str(basis) for basis in Basis]
    assert lines[0] == {
        "owner": "Acme, Inc.",
        "issuer": "Beta GmbH",
        "basis": "outstanding",
        "direct": {"numerator": "3", "denominator": "5"},
        "effective": {"numerator": "3", "denominator": "5"},
        "percent": "60.00",
    }


def test_a_published_count_is_reported_with_its_difference_and_found() -> None:
    answer = report(BOOK, LENS)
    assert answer["assertions"] == [
        {
            "date": "2022-06-30",
            "issuer": "Acme, Inc.",
            "security": "Common Stock",
            "stated": "999",
            "ledger": "1000",
            "difference": "1",
            "source": "10-Q",
        }
    ]
    (finding,) = answer["findings"]
    assert (finding["code"], finding["severity"]) == ("assertion_missed", "warning")
    assert finding["where"] == "published count of 30 Jun 2022, shares"


def test_a_split_is_reported_holder_by_holder_with_the_cash() -> None:
    book = cast(
        issued(1, "01-01", ADA, 63),
        issued(2, "01-01", BOB, 24),
        split(3, "09-05", "1/25", "cash", price=Decimal("2.50")),
    )
    (told,) = report(book, LENS)["issuers"][0]["splits"]
    assert (told["date"], told["security"], told["fractions"]) == ("2022-09-05", "Common Stock", "cash")
    assert part(told["ratio"]) == Fraction(1, 25)
    assert told["holders"] == [
        {
            "stakeholder": "Ada",
            "before": "63",
            "exact": "2.52",
            "after": "2",
            "old_shares_left_over": "13",
            "cash_in_lieu": "1.3",
        },
        {
            "stakeholder": "Bob",
            "before": "24",
            "exact": "0.96",
            "after": "0",
            "old_shares_left_over": "24",
            "cash_in_lieu": "2.4",
        },
    ]
    assert report(book, replace(LENS, as_of=day("09-04")))["issuers"][0]["splits"] == []


def test_what_a_plan_can_still_grant_is_an_owner_by_name() -> None:
    plan = Security(20, 1, "Plan", SecurityKind.OPTION_PLAN, exercise=Exercise(1), reserve=Decimal(1000))
    owners = report(cast(plan), LENS)["issuers"][0]["ownership"]["fully_diluted"]
    assert [line["stakeholder"] for line in owners] == ["Available under plans"]


def test_an_empty_scenario_has_a_report() -> None:
    answer = report(ledger_of(), LENS)
    assert [answer[key] for key in ("issuers", "group", "assertions", "findings")] == [[], [], [], []]
    assert list(flat_rows(answer)[1]) == []
    assert text_lines(answer) == ["As of 2022-12-31", "", "Group, as converted", "", "0 findings"]


def test_a_circle_of_classes_and_a_ring_of_companies_have_a_report() -> None:
    itself = replace(TWO_FOR_ONE, into=PREFERRED.id)
    floating = replace(TWO_FOR_ONE, id=2, security=1, into=2, basis=ConversionBasis.FLOATING)
    ring = [
        issued(1, "01-01", ACME_ITSELF, 5, security=6),
        replace(issued(2, "01-01", ADA, 5), stakeholder=8),
        issued(3, "01-01", CLEO, 5, security=PREFERRED.id),
    ]
    answer = report(cast(itself, floating, *ring), LENS)
    stakes = {(line["issuer"], line["basis"]): line["percent"] for line in answer["group"]}
    assert stakes["Acme, Inc.", "outstanding"] == "50.00"
    assert stakes["Acme, Inc.", "as_converted"] == stakes["Beta GmbH", "outstanding"] == "100.00"


def test_a_count_that_never_ends_is_written_to_six_decimals_and_its_stake_exactly() -> None:
    book = cast(issued(1, "01-01", ADA, 1), issued(2, "01-01", BOB, 1), split(3, "01-02", "1/3", "none"))
    owner = report(book, LENS)["issuers"][0]["ownership"]["outstanding"][0]
    assert owner["shares"] == "0.333333"
    assert part(owner["stake"]) == Fraction(1, 2)


def test_a_decimal_is_written_out_plainly() -> None:
    for value, text in {
        Fraction(10**30): "1" + "0" * 30,
        Fraction(-5, 2): "-2.5",
        Fraction(1, 10**8): "0.00000001",
        Fraction(0): "0",
        Fraction(2, 3): "0.666667",
    }.items():
        assert decimal_text(value) == text
    assert ratio_json(Fraction(-1, 3)) == {"numerator": "-1", "denominator": "3"}


# Other forms


def test_the_report_is_told_in_lines_for_a_terminal() -> None:
    lines = text_lines(report(BOOK, LENS))
    assert lines[0] == "As of 2022-12-31"
    assert "Acme, Inc. (active)" in lines
    assert f"  {'Common Stock':<46} {'1,000':>18} outstanding" in lines
    assert f"    {'Cleo':<44} {'1,000':>18} {'50.00':>7} %" in lines
    assert "  Acme, Inc. in Beta GmbH: 60.00 %" in lines
    assert "1 finding" in lines
    assert lines[-1].startswith("  warning: On 30 Jun 2022 the ledger has 1,000 Common Stock")


def test_the_report_is_one_flat_table_for_a_spreadsheet() -> None:
    head, lines = flat_rows(report(BOOK, LENS))
    rows = list(lines)
    assert head == (
        "issuer",
        "basis",
        "stakeholder",
        "security",
        "quantity",
        "numerator",
        "denominator",
        "percent",
    )
    assert all(len(row) == len(head) for row in rows)
    assert rows[0] == ("Acme, Inc.", "holding", "Ada", "Common Stock", "750", "", "", "")
    assert ("Acme, Inc.", "as_converted", "Cleo", "", "1000", "1", "2", "50.00") in rows


def test_a_fractional_and_a_negative_count_are_told_in_lines() -> None:
    book = cast(issued(1, "01-01", ADA, "1234.5"), passed(2, "01-02", CLEO, BOB, "0.25"))
    lines = text_lines(report(book, LENS))
    assert any("1,234.5" in line for line in lines)
    assert any(" -0.25 " in line for line in lines)


def test_the_order_of_the_report_is_that_of_the_facts() -> None:
    assert [issuer["name"] for issuer in report(BOOK, LENS)["issuers"]] == ["Acme, Inc.", "Beta GmbH"]


# Laws


def every(answer: Any) -> list[Any]:
    """Return all values of a report."""
    if isinstance(answer, dict):
        return [leaf for value in answer.values() for leaf in every(value)]
    if isinstance(answer, list):
        return [leaf for value in answer for leaf in every(value)]
    return [answer]


@settings(max_examples=30)
@given(scenarios(), st.integers(-1, SPAN + 1), st.booleans())
def test_a_report_of_any_scenario_is_json_with_exact_figures(book: Ledger, after: int, planned: bool) -> None:
    lens = Lens(FIRST + timedelta(after), planned=planned)
    answer = json.loads(json.dumps(report(book, lens)))
    assert answer == report(book, lens)
    assert {type(leaf) for leaf in every(answer)} <= {str, type(None)}
    held = holdings(book, lens)
    names = {who.name: who.id for who in book.stakeholders.values()}
    for issuer, told in zip(book.issuers, answer["issuers"], strict=True):
        papers = {paper.name: paper.id for paper in book.securities_of(issuer)}
        for line in told["holdings"]:
            exact = held.of(names[line["stakeholder"]], papers[line["security"]])
            assert Fraction(Decimal(line["quantity"])) == exact or abs(
                Fraction(Decimal(line["quantity"])) - exact
            ) <= Fraction(1, 2 * 10**6)
        for basis in Basis:
            lines = told["ownership"][str(basis)]
            company = ownership(book, replace(lens, issuer=issuer, basis=basis))
            assert [part(line["stake"]) for line in lines] == [owner.stake for owner in company]
            if company.total:
                assert sum((part(line["stake"]) for line in lines), Fraction(0)) == 1
    assert text_lines(answer)[0].startswith("As of ")
    assert len(flat_rows(answer)[0]) == 8


@settings(max_examples=50)
@given(st.integers(), st.integers(0, 20))
def test_a_decimal_that_ends_parses_to_exactly_what_was_written(units: int, places: int) -> None:
    value = Fraction(units, 10**places)
    assert Fraction(Decimal(decimal_text(value))) == value


@settings(max_examples=50)
@given(st.fractions())
def test_one_that_never_ends_parses_to_the_nearest_millionth(value: Fraction) -> None:
    assert abs(Fraction(Decimal(decimal_text(value))) - value) <= Fraction(1, 2 * 10**6)
