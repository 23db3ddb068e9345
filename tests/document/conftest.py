"""A saved scenario for the tests of the file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from neocapgui.document.document import Document
from tests.document.ledgers import acme


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved scenario that no test changes."""
    folder = tmp_path_factory.mktemp("sound")
    with Document.create(acme(), folder / "working") as document:
        document.save(folder / "acme.db")
    return folder / "acme.db"


@pytest.fixture
def file(sound: Path, tmp_path: Path) -> Path:
    """A copy of it that may be harmed, alone in a folder."""
    folder = tmp_path / "files"
    folder.mkdir()
    return Path(shutil.copy(sound, folder / "acme.db"))
