"""Sentences with numbers and days are put together in the language of their reader, names untouched."""

from __future__ import annotations

import json
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

import neocapgui.engine
from neocapgui.engine.checks import findings
from neocapgui.engine.finding import Finding, Place, Severity
from neocapgui.engine.lens import Lens
from neocapgui.engine.remarks import remarks
from neocapgui.engine.wording import plain, told, told_day
from neocapgui.exchange.samples import SAMPLES, sample
from neocapgui.figures.checks.findings_table import findings_table, mend_words
from neocapgui.figures.checks.sheet import FileState, check_sheet
from neocapgui.figures.checks.sheet_forms import check_lines, check_table, sections_json, verdict
from neocapgui.figures.findables import contradictions
from neocapgui.figures.kinds import PLAIN, Style
from neocapgui.figures.sentences import dim_line, sentence
from neocapgui.ledger.edits import Edit

GERMAN = Style(
    decimal_mark=",",
    group_mark=".",
    day_mark=".",
    months=("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
)
SAID = (
    f"The 1,000 Club of 3 May 2001 took {told(25_000_000)} at {told(Fraction(7, 2), 2)} on "
    f"{told_day(date(2001, 6, 25))}: {told(-1_250)}."
)


def test_figures_and_days_are_written_as_the_reader_writes_them_and_names_are_left_alone() -> None:
    assert sentence(SAID, GERMAN) == (
        "The 1,000 Club of 3 May 2001 took 25.000.000 at 3,50 on 25 Juni 2001: -1.250."
    )


def test_for_files_and_other_programs_there_is_one_neutral_form() -> None:
    assert plain(SAID) == sentence(SAID) == sentence(SAID, PLAIN)
    assert plain(SAID) == "The 1,000 Club of 3 May 2001 took 25,000,000 at 3.50 on 25 Jun 2001: -1,250."


@pytest.mark.parametrize("name", ["\x02x\x03", "\x02", "\x03\x02", "\x0231 Foo 2001\x03"])
def test_a_name_that_holds_such_marks_does_no_harm(name: str) -> None:
    assert sentence(f"{name} has {told(1_000)}.", GERMAN).endswith(" has 1.000.")


@pytest.mark.parametrize("name", [one.name for one in SAMPLES])
def test_every_finding_of_the_samples_has_a_neutral_message(name: str) -> None:
    ledger = sample(name)
    lens = Lens(date.max)
    for found in (*findings(ledger, lens), *remarks(ledger, lens)):
        assert "\x02" not in found.message
        assert "\x03" not in found.message
        assert "\x02" not in sentence(found.said, GERMAN)
        assert found.mend is None or "\x02" not in found.mend.label


def test_the_table_of_findings_and_the_search_speak_the_language_of_the_reader() -> None:
    ledger = sample("neotherapeutics-as-filed")
    found = findings(ledger, Lens(date.max))
    told_of = [row.cells[2] for row in findings_table(found, GERMAN).rows]
    assert told_of == [sentence(one.said, GERMAN) for one in found]
    assert [one.title for one in contradictions(found, GERMAN)] == told_of
    assert any("." in text.rstrip(".") for text in told_of)
    assert [row.cells[2] for row in findings_table(found).rows] == [one.message for one in found]


def test_the_line_under_a_heading_has_the_day_looked_at_in_the_language_of_the_reader() -> None:
    day = date(2001, 6, 25)
    assert dim_line("Alpha  ·  voting  ·  25 Jun 2001", day, GERMAN) == "Alpha  ·  voting  ·  25 Juni 2001"
    assert dim_line("whole file, all days", day, GERMAN) == "whole file, all days"


def test_the_check_sheet_speaks_the_language_of_the_reader_and_its_reports_the_neutral_form() -> None:
    sheet = check_sheet(sample("neotherapeutics-as-filed"), Lens(date.max), FileState())
    cells = [cell for row in check_table(sheet, style=GERMAN).rows for cell in row.cells]
    lines = check_lines(sheet, GERMAN)
    (counted,) = [line for section in sheet.sections for line in section.lines if "10 Aug 2001" in line.check]
    german = "Common Stock of NeoTherapeutics, Inc. on 10 Aug. 2001"
    assert counted.check == german.replace("Aug.", "Aug")
    assert sum(str(cell).strip() == german for cell in cells) == 1
    assert any(line.startswith(f"  passed   {german}: 20.777.181 stated = ") for line in lines)
    assert any("20.777.181 stated = " in str(cell) for cell in cells)
    assert counted.numbers.startswith("20,777,181 stated = ")
    for text in (*cells, *lines, *check_lines(sheet), verdict(sheet, GERMAN)):
        assert "\x02" not in str(text)
    assert "\x02" not in json.dumps(sections_json(sheet))


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Mend: take the 201,149 shares the terms imply", "Take the 201.149 shares the terms imply"),
        ("Mend: take the price 3.48 of the terms", "Take the price 3,48 of the terms"),
        ("Mend: take the price 3.48 that the shares imply", "Take the price 3,48 that the shares imply"),
        (
            "Mend: take the amount 1,700.50 that shares and price give",
            "Take the amount 1.700,50 that shares and price give",
        ),
        ("Mend: let 1,000 Notes of 3 May 2001 begin on 4 May 2001", None),
        (
            "Mend: let Notes begin on 4 May 2001 and the other with it",
            "Let Notes begin on 4 Mai 2001 and the other with it",
        ),
        ("Mend: authorize 25,000,000 Series 1,000", "Authorize 25.000.000 Series 1,000"),
        ("Mend: remove the second issuance of 4 May 2001", "Remove the second issuance of 4 Mai 2001"),
        ("Mend: hold The 1,000 Club for an institution", "Hold The 1,000 Club for an institution"),
    ],
)
def test_the_button_of_a_mend_has_figures_and_days_as_the_reader_writes_them(
    label: str, said: str | None
) -> None:
    finding = Finding("code", Severity.NOTE, "", Place("transactions", 1), Edit(label, ()))
    assert mend_words(finding, GERMAN) == (said or "Let 1,000 Notes of 3 May 2001 begin on 4 Mai 2001")
    assert f"Mend: {mend_words(finding)}".casefold() == label.casefold()


def test_every_mend_with_a_figure_or_a_day_in_its_label_is_known_to_its_button() -> None:
    folder = Path(neocapgui.engine.__file__).parent
    sources = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    labels = re.findall(r'"Mend: ([^"]*\{(?:figure|day_text)\([^"]*)"', sources)
    assert len(labels) == 8
    for label in labels:
        text = re.sub(r"\{figure\([^}]*\)\}", "25,000", label)
        text = re.sub(r"\{day_text\([^}]*\)\}", "4 May 2001", text)
        finding = Finding("code", Severity.NOTE, "", Place("transactions", 1), Edit(f"Mend: {text}", ()))
        assert mend_words(finding, GERMAN) != mend_words(finding), label
