"""Where the program keeps what is its own: as it is told, beside a portable program, or with the user."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from neocapgui.document.own_folder import PORTABLE, own_folder


def test_it_stands_where_it_is_told(home: Path) -> None:
    assert own_folder() == home


def test_it_is_a_folder_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NEOCAPGUI_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert own_folder().name == "neocapgui"


@pytest.mark.parametrize("is_portable", [True, False])
def test_a_frozen_program_with_the_flag_keeps_it_beside_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, is_portable: bool
) -> None:
    monkeypatch.delenv("NEOCAPGUI_HOME")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "neocapgui"))
    if is_portable:
        (tmp_path / PORTABLE).touch()
    assert (own_folder() == tmp_path / "neocapgui-data") is is_portable
