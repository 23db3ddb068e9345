"""The run over a folder of vectors: what fails it, and what it says then."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.vectors.cases import FORMAT, Case, read_cases
from tests.vectors.test_vectors import troubles

ROOT = Path(__file__).parents[2]


def case(**changes: Any) -> dict[str, Any]:
    return {
        "id": "one",
        "calculation": "redemption",
        "inputs": {"face": "100", "premium": "0.10"},
        "expected": {"cash": "110"},
    } | changes


def write(folder: Path, *cases: dict[str, Any], form: str = FORMAT, name: str = "some.json") -> None:
    folder.joinpath(name).write_text(json.dumps({"format": form, "cases": cases}), encoding="utf-8")


def lines(folder: Path) -> list[str]:
    return [f"{one.id}: {line}" for one in read_cases(folder) for line in troubles(one)]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_right_case_has_no_trouble(tmp_path: Path) -> None:
    write(tmp_path, case())
    assert lines(tmp_path) == []


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"expected": {"cash": "110.5"}}, "one: cash: expected 110.5, got 110"),
        ({"expected": {"paid": "110"}}, "one: paid: expected 110, got nothing"),
        ({"calculation": "alchemy"}, "one: calculation: alchemy is unknown"),
        (
            {"inputs": {"face": "100", "premium": "0.10", "fee": "0"}},
            "one: inputs.fee: expected a defined input, got one that is unknown",
        ),
        (
            {"inputs": {"premium": "0"}},
            "one: (failure): expected a result, got UnknownInput: face is missing",
        ),
        (
            {"inputs": {"face": "-1"}},
            "one: (refusal): expected {cash: 110}, got bad_input: The face must not be below 0; it is -1.",
        ),
        (
            {"expected": None, "expected_error": "closed_loop"},
            "one: (refusal): expected closed_loop, got {cash: 110}",
        ),
        (
            {"expected_error": "closed_loop"},
            "one: is no case: ValueError('expected or expected_error, one of them')",
        ),
        ({"tolerance": {"default": "x"}}, "one: is no case: ValueError(\"'x' is no number\")"),
    ],
)
def test_one_line_says_what_is_wrong(tmp_path: Path, changes: dict[str, Any], line: str) -> None:
    write(tmp_path, case(**changes))
    assert lines(tmp_path) == [line]


def test_a_tolerance_of_the_case_is_kept(tmp_path: Path) -> None:
    write(tmp_path, case(expected={"cash": "110.5"}, tolerance={"default": "0", "cash": "0.5"}))
    assert lines(tmp_path) == []


def test_a_file_of_another_format_fails(tmp_path: Path) -> None:
    write(tmp_path, case(), form="captable-vectors/2", name="a.json")
    tmp_path.joinpath("b.json").write_text("{", encoding="utf-8")
    write(tmp_path, name="c.json")
    tmp_path.joinpath("d.json").write_text("[]", encoding="utf-8")
    assert [line.split(":")[0] for line in lines(tmp_path)] == ["a.json", "b.json", "c.json", "d.json"]
    assert lines(tmp_path)[0] == "a.json: format: expected captable-vectors/1, got captable-vectors/2"


def test_an_id_stands_once_in_all_files(tmp_path: Path) -> None:
    write(tmp_path, case(), name="a.json")
    write(tmp_path, case(), name="b.json")
    assert read_cases(tmp_path)[1] == Case("one", trouble="the id stands twice")


def test_the_run_names_the_case_and_counts(tmp_path: Path) -> None:
    write(tmp_path, case(), case(id="two", expected={"cash": "109", "paid": "1"}))
    answer = run("tests/vectors/test_vectors.py", "--vectors", tmp_path)
    assert answer.returncode == 1
    assert "two: cash: expected 109, got 110 (and 1 more)" in answer.stdout.splitlines()
    assert "1 failed, 1 passed" in answer.stdout


def test_a_folder_without_vectors_is_a_mistake_in_the_command(tmp_path: Path) -> None:
    for folder, answer in ((tmp_path, "holds no *.json"), (tmp_path / "none", "is no folder")):
        run_ = run("tests/vectors/test_vectors.py", "--vectors", folder)
        assert run_.returncode == pytest.ExitCode.USAGE_ERROR
        assert answer in run_.stderr
