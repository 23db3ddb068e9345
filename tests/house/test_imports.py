"""The import contracts of pyproject.toml are kept, and stand as the house wants them."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from importlinter.cli import lint_imports

from tests.house.source import PROGRAM, ROOT

CONTRACTS: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "tool"
]["importlinter"]["contracts"]


def test_the_contracts_are_kept(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))
    kept = lint_imports(no_cache=True, no_logo=True)
    assert kept == 0, capsys.readouterr().out


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract["name"])
def test_no_contract_has_an_exception(contract: dict[str, Any]) -> None:
    assert "ignore_imports" not in contract


def test_every_room_has_its_floor() -> None:
    floors = next(contract for contract in CONTRACTS if contract["type"] == "layers")
    assert floors["exhaustive"] is True
    assert "exhaustive_ignores" not in floors


def test_the_contract_about_qt_names_every_room_but_gui() -> None:
    about_qt = next(contract for contract in CONTRACTS if "PySide6" in contract.get("forbidden_modules", ()))
    rooms = {
        entry.stem
        for entry in PROGRAM.iterdir()
        if entry.stem != "__init__" and (entry.suffix == ".py" or (entry / "__init__.py").exists())
    }
    assert {name.removeprefix("neocapgui.") for name in about_qt["source_modules"]} == rooms - {"gui"}
