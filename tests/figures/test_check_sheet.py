"""The check sheet: every kind of defect is found on its line, and none is invented."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import neocapgui.engine
from neocapgui.document.seal_state import SealedRow, SealState, sentences
from neocapgui.engine.lens import Lens
from neocapgui.exchange.samples import SAMPLES, sample
from neocapgui.figures.checks.sheet import RULED, CheckSheet, FileState, Line, Outcome, check_sheet
from neocapgui.figures.checks.sheet_forms import (
    check_lines,
    check_table,
    found_json,
    sections_json,
    verdict,
)
from neocapgui.figures.kinds import PLAIN
from neocapgui.ledger.facts import Approval, PublishedCount, Security
from neocapgui.ledger.ledger import Fact, Ledger
from neocapgui.ledger.terms import (
    ConversionBasis,
    Exercise,
    LookBack,
    SecurityKind,
    Vesting,
)
from neocapgui.ledger.transactions import Transaction
from tests.engine.ledgers import (
    ACME,
    ADA,
    BETA_ITSELF,
    BOB,
    COMMON,
    PREFERRED,
    TWO_FOR_ONE,
    cast,
    converted,
    day,
    issued,
    passed,
    split,
)

END = Lens(date.max)
SAVED = FileState(31, "whole")
ISSUED = issued(1, "01-01", ADA, 100)
OPTION = Security(
    9,
    1,
    "Options",
    SecurityKind.OPTION,
    exercise=Exercise(COMMON.id, Decimal(1)),
    vesting=Vesting(day("06-01"), 0, 48),
)


def sheet_of(ledger: Ledger, file: FileState = SAVED) -> CheckSheet:
    return check_sheet(ledger, END, file)


def failed(sheet: CheckSheet) -> list[tuple[str, Line]]:
    return [
        (section.name, line)
        for section in sheet.sections
        for line in section.lines
        if line.outcome is not Outcome.PASSED
    ]


def test_all_sections_stand_in_order_and_a_sound_ledger_passes_them() -> None:
    sheet = sheet_of(cast(ISSUED, passed(2, "02-01", ADA, BOB, 40)))
    assert [section.title for section in sheet.sections] == [
        "Structure",
        "Seal",
        "References",
        "Accounting identities",
        "Terms",
        "Published counts",
    ]
    assert failed(sheet) == []
    assert sheet.is_clean
    assert verdict(sheet) == f"All {sum(len(one.lines) for one in sheet.sections)} checks pass."


@pytest.mark.parametrize("name", [one.name for one in SAMPLES])
def test_nothing_is_invented_on_the_samples(name: str) -> None:
    sheet = sheet_of(sample(name))
    known = KNOWN.get(name, [])
    assert [one.code for one in sheet.findings] == known
    assert sheet.troubles == ()
    assert len(failed(sheet)) == len(known)


KNOWN = {
    "neotherapeutics-as-filed": ["over_authorized", "assertion_missed"],
    "preferred-at-a-floating-price": [
        "conversion_price_differs"
    ],  # made to show what such a notice looks like
}
DEFECTS: dict[str, tuple[str, Outcome, tuple[Fact, ...]]] = {
    "incomplete": ("structure", Outcome.ERROR, (Transaction(2, day("02-01"), "rename", issuer=1),)),
    "holder_unknown": (
        "references",
        Outcome.WARNING,
        (replace(BETA_ITSELF, issuer=None), issued(2, "01-01", BETA_ITSELF, 5)),
    ),
    "issuer_dissolved": (
        "references",
        Outcome.WARNING,
        (Transaction(2, day("02-01"), "status", issuer=1, value="dissolved"),),
    ),
    "insufficient_quantity": ("accounting", Outcome.ERROR, (passed(2, "02-01", BOB, ADA, 5),)),
    "split_ratio": ("accounting", Outcome.ERROR, (split(2, "02-01", Fraction(0)),)),
    "over_authorized": ("accounting", Outcome.WARNING, (replace(COMMON, authorized=Decimal(99)),)),
    "reserve_short": (
        "accounting",
        Outcome.WARNING,
        (
            replace(COMMON, authorized=Decimal(100)),
            Security(
                9, 1, "Plan", SecurityKind.OPTION_PLAN, reserve=Decimal(7), exercise=Exercise(into=COMMON.id)
            ),
        ),
    ),
    "before_issue": ("terms", Outcome.ERROR, (replace(COMMON, issued=day("03-01")),)),
    "amount_differs": (
        "terms",
        Outcome.WARNING,
        (issued(2, "01-02", BOB, 10, price=Decimal(2), amount=Decimal(29)),),
    ),
    "conversion_shares_differ": (
        "terms",
        Outcome.WARNING,
        (TWO_FOR_ONE, issued(2, "01-02", BOB, 10, security=PREFERRED.id), converted(3, "01-03", BOB, 10, 21)),
    ),
    "price_missing": (
        "terms",
        Outcome.NOTE,
        (
            replace(TWO_FOR_ONE, basis=ConversionBasis.FLOATING, ratio=None, look_back=LookBack(days=5)),
            issued(2, "01-02", BOB, 10, security=PREFERRED.id),
        ),
    ),
    "approval_exceeded": (
        "terms",
        Outcome.WARNING,
        (
            Approval(1, ACME.id, "Board", "Offer", shares_limit=Decimal(9)),
            issued(2, "01-02", BOB, 10, approval=1),
        ),
    ),
    "exercised_before_vested": (
        "terms",
        Outcome.WARNING,
        (
            OPTION,
            issued(2, "01-02", BOB, 48, security=OPTION.id),
            Transaction(
                3,
                day("01-03"),
                "exercise",
                security=OPTION.id,
                stakeholder=BOB.id,
                quantity=Decimal(48),
                into_security=COMMON.id,
                into_quantity=Decimal(48),
            ),
        ),
    ),
    "assertion_missed": (
        "published",
        Outcome.WARNING,
        (PublishedCount(1, day("02-01"), COMMON.id, Decimal(99), "10-Q"),),
    ),
}


@pytest.mark.parametrize("code", DEFECTS)
def test_a_seeded_defect_is_found_on_its_line_and_nothing_else_is(code: str) -> None:
    section, outcome, facts = DEFECTS[code]
    sheet = sheet_of(cast(ISSUED, *facts))
    assert {one.code for one in sheet.findings} == {code}
    ((where, line),) = failed(sheet)
    assert (where, line.outcome) == (section, outcome)
    assert [getattr(one, "code", "") for one in line.findings] == [code]


def test_shares_that_nobody_got_break_the_account_and_are_told_once_as_incomplete() -> None:
    sheet = sheet_of(cast(ISSUED, replace(issued(2, "01-02", BOB, 20), stakeholder=None)))
    assert [one.code for one in sheet.findings] == ["incomplete", "holdings_differ"]
    (_, first), (section, line) = failed(sheet)
    assert first.check == "Entries say what their kind needs"
    assert (section, line.numbers) == ("accounting", "120 issued − 0 retired ≠ 100 held")


def test_a_transfer_to_nobody_is_no_transfer() -> None:
    sheet = sheet_of(cast(ISSUED, replace(passed(2, "01-02", ADA, BOB, 20), counterparty=None)))
    assert [one.code for one in sheet.findings] == ["incomplete", "transfers_differ", "holdings_differ"]
    assert "20 passed on ≠ 0 received" in [line.numbers for _, line in failed(sheet)]


def test_every_code_that_a_check_can_find_has_its_line() -> None:
    folder = Path(neocapgui.engine.__file__).parent
    sources = [path.read_text("utf-8") for path in folder.glob("*_checks.py") if "identity" not in path.name]
    codes = {code for source in sources for code in re.findall(r"Finding\(\s*\"([a-z_]+)\"", source)}
    assert codes == RULED


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [("damaged", Outcome.ERROR), ("edited", Outcome.WARNING), ("unsealed", Outcome.WARNING)],
)
def test_a_seal_that_is_not_whole_is_found_with_table_and_row(kind: str, outcome: Outcome) -> None:
    rows = (SealedRow("prices", 4, "changed"),)
    said = sentences(kind, rows) if kind != "unsealed" else ("The file carries no seal.",)
    state = SealState(kind, rows, 1, said)
    sheet = sheet_of(cast(ISSUED), FileState.of(state, said, 31))
    ((section, line),) = failed(sheet)
    assert (section, line.outcome) == ("seal", outcome)
    assert [one.message for one in line.findings] == list(said)
    assert not sheet.is_clean
    assert [one["code"] for one in found_json(cast(ISSUED), sheet)] == ["seal"]


def test_what_else_a_file_has_to_say_stands_under_structure() -> None:
    said = "2 rows of the table prices were left out: they are no valid rows."
    sheet = sheet_of(cast(ISSUED), FileState.of(None, (said,), 31))
    ((section, line),) = failed(sheet)
    assert (section, [one.message for one in line.findings]) == ("structure", [said])


def test_the_sheet_is_the_same_as_table_text_and_json() -> None:
    ledger = sample("neotherapeutics-as-filed")
    sheet = sheet_of(ledger)
    table, lines, sections = check_table(sheet), check_lines(sheet), sections_json(sheet)
    checks = [check for section in sections for check in section["checks"]]
    assert len(table.rows) == len(sections) + len(checks) + 2
    assert [row.key for row in table.rows if row.key is not None] == list(sheet.findings)
    assert len(check_table(sheet, only_failed=True).rows) == 2 + 2 + 2
    for check in checks:
        assert any(check["check"] in line for line in lines)
        assert check["outcome"] in ("passed", "note", "warning", "error")
        assert check["checked"].isdigit()
    titles = [table.columns[0].text(row.cells[0], PLAIN) for row in table.rows if row.is_total]
    assert titles == [section["title"] for section in sections]
    assert verdict(sheet) == f"{len(checks) - 2} of {len(checks)} checks pass; 2 findings."


def test_a_ledger_of_nothing_passes() -> None:
    assert sheet_of(Ledger(), FileState()).is_clean


def test_a_file_of_many_securities_lists_a_hundred_accounts_and_all_that_fail() -> None:
    papers = [Security(id, 1, f"Class {id}", SecurityKind.COMMON) for id in range(10, 310)]
    entries = [issued(one.id, "01-01", ADA, 5, security=one.id) for one in papers]
    entries[-1] = replace(entries[-1], stakeholder=None)
    (accounting,) = [one for one in sheet_of(cast(*papers, *entries)).sections if one.name == "accounting"]
    accounts = [line for line in accounting.lines if " retired " in line.numbers]
    assert len(accounts) == 101
    assert accounts[-1].outcome is Outcome.ERROR
    assert "199 further securities add up" in [line.check for line in accounting.lines]
