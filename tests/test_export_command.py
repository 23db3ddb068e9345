"""neocapgui export: the ending decides, the scenario is never written over, and a refusal is one sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from neocapgui.__main__ import main
from neocapgui.document.document import Document
from neocapgui.exchange.samples import sample


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Acme.db"
    with Document.create(sample("neotherapeutics-as-filed")) as document:
        document.save(path)
    return path


def test_the_chart_the_table_and_the_report(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = file.parent
    for name in ("chart.svg", "report.csv", "report.json"):
        assert main(["export", str(file), str(folder / name), "--as-of", "2001-09-19"]) == 0
        assert capsys.readouterr().out == f"{folder / name} written.\n"
    assert "SHA-256" in (folder / "chart.svg").read_text(encoding="utf-8")
    assert "figures of 19 Sep 2001" in (folder / "chart.svg").read_text(encoding="utf-8")
    assert main(["report", str(file), "--as-of", "2001-09-19", "--format", "json"]) == 0
    answer = capsys.readouterr().out
    assert json.loads((folder / "report.json").read_text(encoding="utf-8")) == json.loads(answer)
    assert main(["report", str(file), "--as-of", "2001-09-19", "--format", "csv"]) == 0
    assert (folder / "report.csv").read_text(encoding="utf-8") == capsys.readouterr().out


def test_the_chart_of_a_company_by_its_name(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = file.parent / "b.svg"
    assert main(["export", str(file), str(out), "--issuer", "neogene technologies, inc."]) == 0
    assert "NeoGene Technologies, Inc." in out.read_text(encoding="utf-8")
    assert main(["export", str(file), str(out), "--issuer", "Nobody"]) == 2
    assert "“Nobody” is no company of this scenario; there are: NeoTherapeutics" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a.pdf", "a.png", "a.xlsx", "a", "a.ocf.zip"])
def test_what_is_not_offered_is_refused_in_one_sentence(
    file: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(file), str(file.parent / name)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert ".svg (ownership over time as a chart); .csv (the report as a table); .json" in said
    assert not (file.parent / name).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_the_scenario_itself_is_not_written_over(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = file.read_bytes()
    other = file.with_name("Acme.json")
    other.symlink_to(file)
    assert main(["export", str(file), str(other)]) == 2
    assert "is the scenario itself" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(file), str(file.parent / "nowhere" / "a.svg")]) == 2
    assert capsys.readouterr().err == "a.svg could not be written: the folder nowhere is not there.\n"


def test_no_qt_is_loaded(file: Path) -> None:
    code = (
        "import sys; from neocapgui.__main__ import main; "
        f"assert main(['export', {str(file)!r}, {str(file.with_suffix('.svg'))!r}]) == 0; "
        "assert not [name for name in sys.modules if name.startswith(('PySide6', 'pyqtgraph'))]"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
