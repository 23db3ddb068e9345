"""How long the long tests are: `--bound N` for N hundredths of their full length, 100 if nothing is said."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from neocapgui.document.document import Document
from neocapgui.exchange.samples import sample
from tests.document.ledgers import acme


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bound",
        metavar="N",
        type=int,
        default=100,
        help="how long tests/endurance is, in hundredths of what it promises (default: 100)",
    )


@pytest.fixture(scope="session")
def bounded(request: pytest.FixtureRequest) -> Callable[[int], int]:
    """Return how many of so many things are to be tried."""
    hundredths: int = request.config.getoption("--bound")
    return lambda full: max(1, full * hundredths // 100)


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small saved scenario that no test changes."""
    return _saved(tmp_path_factory.mktemp("sound"), Document.create(acme()))


@pytest.fixture(scope="session")
def as_filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as filed, saved; no test changes it."""
    return _saved(tmp_path_factory.mktemp("as_filed"), Document.create(sample("neotherapeutics-as-filed")))


def _saved(folder: Path, document: Document) -> Path:
    with document:
        document.save(folder / "scenario.db")
    return Path(shutil.copy(folder / "scenario.db", folder / "sound.db"))
