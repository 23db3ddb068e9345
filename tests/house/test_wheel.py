"""An installed program has every package of the source and the files it shows: help, fonts, samples."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatch
from typing import Any

from tests.house.source import PROGRAM, ROOT

SETUPTOOLS: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "setuptools"
]
NOT_SHIPPED = {"pictures"}  # of the README


def test_every_package_is_installed() -> None:
    found = {".".join(file.parent.relative_to(ROOT).parts) for file in PROGRAM.rglob("__init__.py")}
    assert sorted(found | {"neocapgui.resources"}) == SETUPTOOLS["packages"]


def test_every_file_that_the_program_shows_is_installed() -> None:
    patterns = SETUPTOOLS["package-data"]["neocapgui.resources"]
    folder = ROOT / SETUPTOOLS["package-dir"]["neocapgui.resources"]
    files = [file.relative_to(folder) for file in folder.rglob("*") if file.is_file()]
    left_out = {
        file.parts[0] for file in files if not any(fnmatch(file.as_posix(), pattern) for pattern in patterns)
    }
    assert left_out == NOT_SHIPPED
