"""The answers without a screen come without Qt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.house.source import ROOT

RUN = """
import sys
from neocapgui.__main__ import main

answer = 0
try:
    answer = main() or 0
except SystemExit as leaving:
    answer = leaving.code or 0
loaded = {"PySide6", "shiboken6", "pyqtgraph"} & {name.partition(".")[0] for name in sys.modules}
if loaded:
    sys.exit(f"{' '.join(sys.argv)}: {', '.join(sorted(loaded))} was loaded.")
sys.exit(answer)
"""


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run some code as a program of its own, with the arguments of a command line."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_the_command_line_is_imported_without_qt() -> None:
    answer = run(
        "import sys, neocapgui.command_line\n"
        "sys.exit(' '.join(name for name in sys.modules if name.startswith(('PySide6', 'pyqtgraph'))) or 0)"
    )
    assert answer.returncode == 0, answer.stderr


def test_help_is_given_without_qt() -> None:
    answer = run(RUN, "--help")
    assert answer.returncode == 0, answer.stderr
    assert "report" in answer.stdout


def test_a_sample_is_written_reported_and_checked_without_qt(tmp_path: Path) -> None:
    scenario = tmp_path / "scenario.db"
    written = run(RUN, "sample", "neotherapeutics-as-filed", str(scenario))
    assert written.returncode == 0, written.stderr
    reported = run(RUN, "report", str(scenario), "--as-of", "2001-09-19", "--format", "json")
    assert reported.returncode == 0, reported.stderr
    assert '"neocapgui-report/1"' in reported.stdout
    checked = run(RUN, "check", str(scenario), "--format", "json")
    assert checked.returncode in (0, 1), checked.stderr


def test_what_is_no_scenario_is_refused_in_one_sentence(tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.db"
    stranger.write_text("Not a scenario.", encoding="utf-8")
    answer = run(RUN, "report", str(stranger))
    assert answer.returncode == 2
    assert "stranger.db" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert stranger.read_text(encoding="utf-8") == "Not a scenario."
