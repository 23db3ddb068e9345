"""What every test stands on: the vectors asked for, a screen that needs no display, an empty home."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from collections.abc import Generator, Iterable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
OWN_VECTORS = ROOT / "tests" / "vectors"
SCREEN_FOLDERS = (ROOT / "tests" / "gui", ROOT / "neocapgui" / "gui")
SCREEN_FIXTURES = {"qapp", "qtbot", "qtlog", "qtmodeltester"}

# Read by Qt when it starts; a warning of Qt fails the test, so the surroundings are made quiet here.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="neocapgui-run-"))
if sys.platform == "linux":
    os.environ["LC_ALL"] = "C.UTF-8"

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def _trouble_with_qt() -> str:
    try:
        for name in ("QtCore", "QtGui", "QtWidgets", "QtTest"):
            importlib.import_module(f"PySide6.{name}")
    except ImportError as error:
        library = str(error).partition(":")[0]
        return f"Left out because Qt needs a system library that is not installed: {library}."
    return ""


TROUBLE_WITH_QT = _trouble_with_qt()


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    parser.addoption(
        "--vectors",
        metavar="DIR",
        default=str(OWN_VECTORS),
        help="run every case of every *.json in DIR through the calculations (default: tests/vectors)",
    )
    if TROUBLE_WITH_QT:  # before pytest-qt is configured, which would stop the whole run
        pluginmanager.unregister(name="pytest-qt")
        pluginmanager.register(WithoutScreen(), "without-screen")


def pytest_configure(config: pytest.Config) -> None:
    folder = config.invocation_params.dir / config.getoption("--vectors")
    if not folder.is_dir():
        raise pytest.UsageError(f"--vectors: {folder} is no folder.")
    if not any(folder.glob("*.json")):
        raise pytest.UsageError(f"--vectors: {folder} holds no *.json.")


def pytest_report_header() -> str:
    return TROUBLE_WITH_QT or f"screen: {os.environ['QT_QPA_PLATFORM']}"


class _LeftOut(pytest.Directory):
    def collect(self) -> Iterable[pytest.Item]:
        pytest.skip(TROUBLE_WITH_QT, allow_module_level=True)


class WithoutScreen:
    """Leaves out what opens windows, by folder and by fixture, and says why."""

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_directory(
        self, path: Path, parent: pytest.Collector
    ) -> Generator[None, pytest.Collector | None, pytest.Collector | None]:
        directory = yield
        return _LeftOut.from_parent(parent, path=path) if path in SCREEN_FOLDERS else directory

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            if SCREEN_FIXTURES.intersection(getattr(item, "fixturenames", ())):
                item.add_marker(pytest.mark.skip(reason=TROUBLE_WITH_QT))


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of folders of which none exists yet."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count(1))


@pytest.fixture(autouse=True)
def home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program keeps working copies and preferences in this test; nothing is there yet."""
    folder = next(homes)
    monkeypatch.setenv("NEOCAPGUI_HOME", str(folder))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    if not TROUBLE_WITH_QT:
        from PySide6.QtCore import QSettings

        for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            QSettings.setPath(form, QSettings.Scope.UserScope, str(folder / "config"))
    return folder
