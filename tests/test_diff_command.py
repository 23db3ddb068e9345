"""What `neocapgui diff` prints, what it exits with, and how it says no."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from neocapgui.document.document import Document
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.edits import Edit, add, correct, remove
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import Transaction
from tests.document.ledgers import table
from tests.test_command_line import answered, refusal

DAY = date(2001, 7, 10)
Pair = Callable[..., tuple[Path, Path]]


def small() -> Ledger:
    """Return one company in which two hold all."""
    return Ledger(
        issuers=table(Issuer(1, "Acme, Inc.")),
        stakeholders=table(Stakeholder(1, "Ada"), Stakeholder(2, "Montrose Investments")),
        securities=table(Security(1, 1, "Common", SecurityKind.COMMON, votes=Decimal(1))),
        transactions=Transactions.of(
            [
                Transaction(1, DAY, "issuance", security=1, stakeholder=1, quantity=Decimal(1000)),
                Transaction(41, DAY, "issuance", security=1, stakeholder=2, quantity=Decimal(201_149)),
            ]
        ),
    )


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    """Make A.db, and B.db that is A.db after some edits."""

    def made(*edits: Edit) -> tuple[Path, Path]:
        a, b = tmp_path / "A.db", tmp_path / "B.db"
        with Document.create(small()) as document:
            document.save(a)
            for edit in edits:
                document.do(edit)
            document.save(b)
        return a, b

    return made


def one_share_more() -> Edit:
    record = small().transactions.get(41)
    assert record is not None
    return correct("Correct", record, replace(record, quantity=Decimal(201_150)))


def test_two_scenarios_of_the_same_facts_leave_with_zero(
    pair: Pair, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = pair()
    assert answered(capsys, "diff", a, b) == "Both record the same facts.\n"
    answer = json.loads(answered(capsys, "diff", a, b, "--format", "json"))
    assert (answer["differences"], answer["count"], answer["left_out"]) == ([], 0, 0)
    assert answer["results"] == {"as_of": "2001-07-10", "holdings": [], "ownership": []}


def test_a_share_more_is_said_with_what_follows_from_it(
    pair: Pair, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = pair(one_share_more())
    lines = answered(capsys, "diff", a, b, leaves=1).splitlines()
    assert lines[:4] == [
        "1 fact differs: 1 changed.",
        "  Transaction 41, issuance, 10 Jul 2001, Montrose Investments: Shares: 201,149 -> 201,150",
        "Holdings and stakes on 2001-07-10 that differ:",
        "  Acme, Inc.: Montrose Investments, Common: 201,149 -> 201,150",
    ]
    assert "  Acme, Inc., voting: Ada: 1,000 (0.49 %) -> 1,000 (0.49 %)" in lines


def test_the_json_of_a_diff_has_every_field_of_its_contract(
    pair: Pair, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = pair(one_share_more(), add("Add", [Stakeholder(3, "Eve", "individual")]))
    answer = json.loads(answered(capsys, "diff", a, b, "--format", "json", leaves=1))
    assert answer["format"] == "neocapgui-diff/1"
    assert (answer["a"]["file"], answer["b"]["file"]) == ("A.db", "B.db")
    assert (answer["a"]["edits"], answer["b"]["edits"]) == (0, 2)
    assert answer["a"]["id"] == answer["b"]["id"]
    assert answer["count"] == 2
    assert not answer["is_history_alike"]
    assert answer["differences"] == [
        {
            "table": "stakeholders",
            "id": 3,
            "where": "Stakeholder 3, Eve",
            "what": "added",
            "field": None,
            "before": None,
            "after": "Kind individual",
        },
        {
            "table": "transactions",
            "id": 41,
            "where": "Transaction 41, issuance, 10 Jul 2001, Montrose Investments",
            "what": "changed",
            "field": "Shares",
            "before": "201149",
            "after": "201150",
        },
    ]
    results = answer["results"]
    assert results["as_of"] == "2001-07-10"
    assert results["holdings"] == [
        {
            "issuer": "Acme, Inc.",
            "stakeholder": "Montrose Investments",
            "security": "Common",
            "a": "201149",
            "b": "201150",
        }
    ]
    assert {line["basis"] for line in results["ownership"]} == {
        "outstanding",
        "voting",
        "as_converted",
        "fully_diluted",
    }
    ada = results["ownership"][0]
    assert (ada["stakeholder"], ada["a"]["shares"], ada["b"]["shares"]) == ("Ada", "1000", "1000")
    assert ada["a"]["stake"] == {"numerator": "1000", "denominator": "202149"}
    assert ada["b"]["stake"] == {"numerator": "20", "denominator": "4043"}


def test_a_history_that_differs_is_no_difference(pair: Pair, capsys: pytest.CaptureFixture[str]) -> None:
    edit = one_share_more()
    a, b = pair(edit, edit.inverse())
    assert answered(capsys, "diff", a, b) == (
        "Both record the same facts.\nOnly their histories differ, which is no difference of facts.\n"
    )
    assert not json.loads(answered(capsys, "diff", a, b, "--format", "json"))["is_history_alike"]


def test_the_results_are_those_of_the_day_asked_for(pair: Pair, capsys: pytest.CaptureFixture[str]) -> None:
    a, b = pair(one_share_more())
    lines = answered(capsys, "diff", a, b, "--as-of", "2001-07-09", leaves=1).splitlines()
    assert lines[-1] == "No holding or stake on 2001-07-09 differs."


def test_a_holder_who_comes_and_one_who_goes_are_named(
    pair: Pair, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = small()
    record = ledger.transactions.get(41)
    assert record is not None
    a, b = pair(remove("Remove", [record]), remove("Remove", [ledger.stakeholders[2]]))
    for one, other, what, change in ((a, b, "removed", "201,149 -> 0"), (b, a, "added", "0 -> 201,149")):
        lines = answered(capsys, "diff", one, other, leaves=1).splitlines()
        assert lines[0] == f"2 facts differ: 2 {what}."
        assert f"  Stakeholder 2, Montrose Investments: {what}" in lines
        assert f"  Acme, Inc.: Montrose Investments, Common: {change}" in lines


def test_hostile_names_stay_on_their_lines(pair: Pair, capsys: pytest.CaptureFixture[str]) -> None:
    before = small().stakeholders[2]
    a, b = pair(
        correct("Rename", before, replace(before, name="x\n\x1b[31m\u202e" + "y" * 5000)), one_share_more()
    )
    lines = answered(capsys, "diff", a, b, leaves=1).splitlines()
    assert lines[0] == "2 facts differ: 2 changed."
    assert lines[1].startswith("  Stakeholder 2, x \ufffd[31m\ufffdyyy")
    assert lines[2].startswith("  Transaction 41, issuance, 10 Jul 2001, x \ufffd[31m\ufffdyyy")
    assert max(map(len, lines)) <= 401
    hostile = b.rename(b.with_name("b\n\x1b.db"))
    answer = json.loads(answered(capsys, "diff", a, hostile, "--format", "json", leaves=1))
    assert answer["b"]["file"] == "b \ufffd.db"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["diff"], "Missing argument 'A'."),
        (["diff", "no.db", "no.db"], "no.db is not there."),
        (["diff", ".", "."], ". is a folder; a scenario is a single file."),
        (["diff", "no.db", "no.db", "--format", "csv"], "'csv' is not one of 'json', 'text'."),
        (["diff", "no.db", "no.db", "--as-of", "today"], "“today” is not a day such as 2001-09-19."),
    ],
)
def test_a_diff_that_makes_no_sense_is_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refusal(capsys, *arguments)


def test_a_second_file_that_is_no_scenario_is_named_and_stays_as_it_is(
    pair: Pair, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, _ = pair()
    (tmp_path / "x.db").write_bytes(b"Not a scenario.")
    assert refusal(capsys, "diff", a, tmp_path / "x.db").startswith("x.db is ")
    assert (tmp_path / "x.db").read_bytes() == b"Not a scenario."


def test_a_diff_changes_nothing_and_leaves_nothing_behind(
    pair: Pair, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = pair(one_share_more())
    before = a.read_bytes(), b.read_bytes()
    answered(capsys, "diff", a, b, leaves=1)
    assert (a.read_bytes(), b.read_bytes()) == before
    assert list(home.rglob("*.db")) == []
