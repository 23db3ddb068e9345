"""The contract of the command line: what it prints, what it exits with, and how it says no."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from neocapgui.__main__ import main
from neocapgui.document.document import Document
from neocapgui.exchange.samples import SAMPLES
from neocapgui.ledger.edits import correct
from neocapgui.ledger.facts import Issuer, PublishedCount, Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind

FILED, ANNOUNCED = "neotherapeutics-as-filed", "neotherapeutics-as-announced"
DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
PERCENT = re.compile(r"[0-9]+\.[0-9]{2}")
on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


@pytest.fixture(scope="module")
def scenarios(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The samples as files that no test changes."""
    folder = tmp_path_factory.mktemp("scenarios")
    for one in SAMPLES:
        assert main(["sample", one.name, str(folder / f"{one.name}.db")]) == 0
    return {one.name: folder / f"{one.name}.db" for one in SAMPLES}


@pytest.fixture
def filed(scenarios: dict[str, Path]) -> Path:
    return scenarios[FILED]


def refusal(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """Return the one sentence with which a command is refused."""
    assert main([str(argument) for argument in arguments]) == 2
    answer = capsys.readouterr()
    assert answer.out == ""
    assert answer.err.endswith("\n")
    assert answer.err.count("\n") == 1
    assert "Traceback" not in answer.err
    return answer.err.strip()


def answered(capsys: pytest.CaptureFixture[str], *arguments: object, leaves: int = 0) -> str:
    """Return what a command prints."""
    assert main([str(argument) for argument in arguments]) == leaves
    answer = capsys.readouterr()
    assert answer.err == ""
    return answer.out


def run(*arguments: object, **beside: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the program as one of its own."""
    command = [sys.executable, "-m", "neocapgui", *map(str, arguments)]
    return subprocess.run(
        command, check=False, timeout=100, **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **beside}
    )


@pytest.mark.parametrize("name", [FILED, ANNOUNCED])
def test_the_json_of_a_report_has_every_field_of_its_contract(
    scenarios: dict[str, Path], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = json.loads(
        answered(capsys, "report", scenarios[name], "--as-of", "2001-09-19", "--format", "json")
    )
    assert list(answer) == ["format", "as_of", "issuers", "group", "assertions", "findings"]
    assert (answer["format"], answer["as_of"]) == ("neocapgui-report/1", "2001-09-19")
    for issuer in answer["issuers"]:
        assert {"name", "status", "securities", "holdings", "ownership"} <= issuer.keys()
        assert set(issuer["ownership"]) == {"outstanding", "voting", "as_converted", "fully_diluted"}
        for security in issuer["securities"]:
            assert security["authorized"] is None or DECIMAL.fullmatch(security["authorized"])
            assert all(DECIMAL.fullmatch(security[count]) for count in ("issued", "outstanding", "reserved"))
        assert all(DECIMAL.fullmatch(holding["quantity"]) for holding in issuer["holdings"])
        for owners in issuer["ownership"].values():
            assert all(DECIMAL.fullmatch(owner["shares"]) for owner in owners)
            assert all(PERCENT.fullmatch(owner["percent"]) for owner in owners)
            assert not owners or sum(part(owner["stake"]) for owner in owners) == 1
    for stake in answer["group"]:
        assert list(stake) == ["owner", "issuer", "basis", "direct", "effective", "percent"]
        assert 0 <= part(stake["direct"]) <= 1
        assert 0 <= part(stake["effective"]) <= 1
    for held in answer["assertions"]:
        assert Fraction(held["ledger"]) - Fraction(held["stated"]) == Fraction(held["difference"])
        assert held["source"]
    for finding in answer["findings"]:
        assert set(finding) == {"code", "severity", "message", "where"}
        assert finding["severity"] in ("error", "warning", "note")


def part(stake: dict[str, str]) -> Fraction:
    return Fraction(int(stake["numerator"]), int(stake["denominator"]))


def test_the_report_tells_what_was_announced(
    scenarios: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = json.loads(answered(capsys, "report", scenarios[ANNOUNCED], "--planned", "--format", "json"))
    parent, subsidiary = answer["issuers"][:2]
    assert parent["raised"] == [{"year": "2001", "amount": "22500000"}]
    (redeemed,) = parent["repurchased"]
    assert (redeemed["quantity"], redeemed["amount"]) == ("30", "300000")
    assert (subsidiary["name"], subsidiary["annual_saving"]) == ("NeoGene Technologies, Inc.", "2400000")
    (split,) = parent["splits"]
    assert part(split["ratio"]) == Fraction(1, 25)
    assert split["fractions"] == "cash"


def test_a_check_leaves_with_one_where_something_is_found(
    scenarios: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(answered(capsys, "check", scenarios[FILED], "--format", "json", leaves=1))
    assert found["format"] == "neocapgui-check/1"
    assert [finding["code"] for finding in found["findings"]] == ["over_authorized", "assertion_missed"]
    assert [held["difference"] for held in found["assertions"] if held["difference"] != "0"] == ["1"]
    lines = answered(capsys, "check", scenarios[ANNOUNCED]).splitlines()
    assert "  passed   No share count is published" in lines
    assert lines[-1] == f"All {sum('passed   ' in line for line in lines)} checks pass."


def test_the_json_of_a_check_has_every_section_of_the_sheet(
    scenarios: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = json.loads(answered(capsys, "check", scenarios[FILED], "--format", "json", leaves=1))
    assert list(answer) == ["format", "assertions", "findings", "sections"]
    assert {section["name"]: section["outcome"] for section in answer["sections"]} == {
        "structure": "passed",
        "seal": "passed",
        "references": "passed",
        "accounting": "warning",
        "terms": "passed",
        "published": "warning",
    }
    for section in answer["sections"]:
        for line in section["checks"]:
            assert set(line) == {"check", "checked", "outcome", "numbers", "findings"}
            assert bool(line["findings"]) == (line["outcome"] != "passed")


def test_a_damaged_number_is_a_finding_that_names_table_and_row(
    tmp_path: Path, filed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = filed.read_bytes()
    assert held.count(b"20777181") == 1
    (tmp_path / "harmed.db").write_bytes(held.replace(b"20777181", b"20777180"))
    answer = json.loads(answered(capsys, "check", tmp_path / "harmed.db", "--format", "json", leaves=1))
    (seal,) = [finding for finding in answer["findings"] if finding["code"] == "seal"]
    assert (seal["severity"], seal["where"]) == ("error", "file")
    assert re.search(r"Row \d+ of the table published counts is not as it was saved", seal["message"])


def test_a_dump_is_printed_or_written(
    tmp_path: Path, filed: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["dump", str(filed)]) == 0
    printed = capsysbinary.readouterr().out
    assert main(["dump", str(filed), str(tmp_path / "filed.sql")]) == 0
    assert (tmp_path / "filed.sql").read_bytes() == printed
    assert main(["dump", str(filed), str(filed)]) == 2
    assert capsysbinary.readouterr().err.endswith(b"is there already; a dump does not replace a file.\n")


@on_posix
@pytest.mark.parametrize(
    "asked", ["report FILE", "diff FILE FILE", "diff --format json FILE FILE", "sample --list"]
)
def test_an_answer_without_a_standard_output_is_none(asked: str, filed: Path) -> None:
    words = [str(filed) if word == "FILE" else word for word in asked.split()]
    command = [sys.executable, "-m", "neocapgui", *words]
    answer = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *command], capture_output=True, check=False, timeout=100
    )
    assert (answer.returncode, answer.stderr) == (
        2,
        b"The answer could not be written: there is no standard output.\n",
    )


@pytest.mark.parametrize("word", ["\udcfe", "x\ud800", "a\x07b", "--\udcff", "\u202e", "x" * 5000, "b a"])
@pytest.mark.parametrize("place", range(3))
def test_whatever_stands_on_the_command_line_is_answered_in_one_line(
    filed: Path, word: str, place: int, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["report", str(filed), "--as-of=2001-09-19"]
    words.insert(place + 1, word)
    said = refusal(capsys, *words)
    assert len(said.splitlines()) == 1
    assert said.isprintable()


def test_an_interruption_ends_in_a_sentence(
    filed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Document, "open", interrupted)
    assert main(["report", str(filed)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.strip()) == ("", "neocapgui was interrupted; no file was changed by halves.")


def test_one_finding_is_one_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = Ledger(
        issuers={1: Issuer(1, "Acme")},
        securities={1: Security(1, 1, "Common", SecurityKind.COMMON)},
        published_counts={1: PublishedCount(1, date(2001, 9, 19), 1, Decimal(5), "10-Q\n\x1b[31m")},
    )
    with Document.create(ledger) as document:
        document.save(tmp_path / "a.db")
    lines = answered(capsys, "check", tmp_path / "a.db", leaves=1).splitlines()
    assert lines[-1].endswith(" checks pass; 1 finding.")
    (finding,) = [line for line in lines if line.strip().startswith("warning: ")]
    assert "0 Common outstanding, 5 fewer than the 5 stated by 10-Q" in finding
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize(
    "day", ["2001-02-29", "2001-9-19", "19.9.2001", "0000-00-00", "10000-01-01", "today", "", "2001-09-19\nx"]
)
def test_what_is_no_day_is_refused(filed: Path, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = refusal(capsys, "report", filed, "--as-of", day)
    assert said == f"“{day.replace(chr(10), ' ')}” is not a day such as 2001-09-19."


@pytest.mark.parametrize("day", ["0001-01-01", "1995-06-30", "9999-12-31"])
@pytest.mark.parametrize("form", ["json", "csv", "text"])
def test_a_day_before_or_after_everything_is_a_day(
    filed: Path, day: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answered(capsys, "report", filed, "--as-of", day, "--format", form)


def test_the_csv_is_one_table_and_no_cell_of_it_a_formula(
    tmp_path: Path, filed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "renamed.db"
    with Document.open(filed) as document:
        before = document.ledger.issuers[1]
        document.do(correct("Rename", before, replace(before, name="=HYPERLINK(1)")))
        document.save(path)
    head, *rows = csv.reader(io.StringIO(answered(capsys, "report", path, "--format", "csv")))
    assert {len(row) for row in rows} == {len(head)}
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report"], "Missing argument 'FILE'."),
        (["report", "no.db"], "no.db is not there."),
        (["report", "a\n\x1b[31m.db"], "a \ufffd[31m.db is not there."),
        (["report", "."], ". is a folder; a scenario is a single file."),
        (["report", "no.db", "--format", "xml"], "'xml' is not one of 'json', 'csv', 'text'."),
        (["check", "no.db", "more"], "Got unexpected extra argument (more)"),
        (["sample"], "A sample needs a name and a file to write: neocapgui sample NAME OUT.db."),
        (["sample", "x", "y.db"], "There is no sample “x”; there are "),
        (["--bogus"], "There is no option --bogus; neocapgui --help lists what there is."),
    ],
)
def test_a_command_that_makes_no_sense_is_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refusal(capsys, *arguments)


@pytest.mark.parametrize("command", ["report", "check"])
@pytest.mark.parametrize("held", [b"", b"Not a scenario.", b"SQLite format 3\0", b"\xff" * 9000])
def test_what_is_no_scenario_stays_as_it_is(
    tmp_path: Path, command: str, held: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(held)
    assert refusal(capsys, command, path).startswith("x.db is ")
    assert path.read_bytes() == held


def test_a_report_changes_nothing_and_leaves_nothing_behind(
    scenarios: dict[str, Path], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in scenarios.values()}
    for path in scenarios.values():
        answered(capsys, "report", path)
    assert before == {path: path.read_bytes() for path in scenarios.values()}
    assert list(home.rglob("*.db")) == []


def test_a_sample_does_not_replace_the_work_of_others(
    tmp_path: Path, filed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    thesis, edited = tmp_path / "thesis.txt", tmp_path / "edited.db"
    thesis.write_text("Two years.")
    with Document.open(filed) as document:
        before = document.ledger.issuers[1]
        document.do(correct("Rename", before, replace(before, name="Acme")))
        document.save(edited)
    assert refusal(capsys, "sample", FILED, thesis) == (
        "thesis.txt is there and is no scenario; a sample does not replace it."
    )
    assert refusal(capsys, "sample", FILED, edited) == (
        "edited.db is a scenario with 1 edit; a sample does not replace it."
    )
    assert thesis.read_text() == "Two years."
    assert answered(capsys, "report", edited).splitlines()[2].startswith("Acme (")
    (tmp_path / "fresh.db").write_bytes(b"")
    for _ in range(2):  # into an empty file, and over a sample that nobody edited
        answered(capsys, "sample", FILED, tmp_path / "fresh.db")


@on_posix
def test_a_sample_does_not_replace_a_pipe(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(capsys, "sample", FILED, tmp_path / "pipe") == (
        "pipe could not be saved: it is no file; a scenario is a single file."
    )


def test_a_place_that_is_none_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refusal(capsys, "sample", FILED, tmp_path) == (
        f"{tmp_path.name} could not be saved: it is a folder."
    )
    assert refusal(capsys, "sample", FILED, tmp_path / "nowhere" / "a.db") == (
        "a.db could not be saved: the folder nowhere is not there."
    )


def test_a_command_needs_no_home_that_can_be_written_to(
    filed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = (("report", filed), ("dump", filed))
    before = [answered(capsys, *arguments) for arguments in asked]
    passing = tmp_path / "passing"
    passing.mkdir()
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("NEOCAPGUI_HOME", str(tmp_path / "taken"))
    monkeypatch.setattr("tempfile.tempdir", str(passing))
    assert [answered(capsys, *arguments) for arguments in asked] == before
    answered(capsys, "sample", FILED, tmp_path / "b.db")
    assert main(["check", str(filed)]) == 1
    capsys.readouterr()
    assert (tmp_path / "taken").read_text() == ""
    assert list(passing.iterdir()) == []


def test_a_home_that_cannot_be_is_named_where_nothing_else_can_be_either(
    filed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("NEOCAPGUI_HOME", str(tmp_path / "taken"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    place = tmp_path / "taken" / "working"
    assert refusal(capsys, "report", filed) == (
        f"{filed.name} could not be opened: no working copy can be made in {place}:"
        " its folder is not a folder."
    )
    assert "no working copy can be made in" in refusal(capsys, "sample", FILED, tmp_path / "b.db")


def test_an_empty_home_is_none(
    filed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NEOCAPGUI_HOME", "")
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "user"))
    monkeypatch.chdir(tmp_path)
    answered(capsys, "report", filed)
    assert not (tmp_path / "working").exists()


@on_posix
@pytest.mark.parametrize(
    "arguments", [["report", "FILE", "--format", "json"], ["check", "FILE"], ["sample", "--list"]]
)
def test_who_stops_reading_is_no_trouble(filed: Path, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        answer = run(*(filed if word == "FILE" else word for word in arguments), stdout=writing)
    finally:
        os.close(writing)
    assert (answer.returncode, answer.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="No disk that is always full")
def test_an_answer_that_finds_no_room_is_said(filed: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        answer = run("report", filed, "--format", "json", stdout=full)
    assert (answer.returncode, answer.stderr) == (
        2,
        b"The answer could not be written: the disk is full.\n",
    )


def test_a_locale_without_letters_gets_utf_8_all_the_same(tmp_path: Path, filed: Path) -> None:
    path = tmp_path / "renamed.db"
    with Document.open(filed) as document:
        before = document.ledger.issuers[1]
        document.do(correct("Rename", before, replace(before, name="Société 日本")))
        document.save(path)
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for form in ("json", "csv", "text"):
        answer = run("report", path, "--format", form, env=plain)
        assert (answer.returncode, answer.stderr) == (0, b"")
        assert "Société 日本" in answer.stdout.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="Other systems have no such names")
def test_a_name_that_is_no_unicode_is_a_name(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"), os.fsdecode(b"\xfe.db"))
    path.parent.mkdir()
    assert run("sample", ANNOUNCED, path).returncode == 0
    assert run("check", path).returncode == 0
    with Document.open(path) as document:
        recovered = Document.recover(document.working_copy)
        assert recovered.path is None
        recovered.close(keep=True)


def test_a_dump_into_a_folder_that_is_not_there_names_the_folder(
    filed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["dump", str(filed), str(tmp_path / "nowhere" / "x.sql")]) == 2
    assert capsys.readouterr().err == "x.sql could not be written: the folder nowhere is not there.\n"
