"""The preferences: a list of files that can be pinned, cleared, switched off; no content breaks the start."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from neocapgui.document.document import Document
from neocapgui.gui.diagnostics import diagnostics
from neocapgui.gui.looks.look import Theme
from neocapgui.gui.preferences import Preferences
from tests.gui.conftest import acme_ledger
from tests.gui.test_start import start

if TYPE_CHECKING:
    from neocapgui.gui.app import Program
    from neocapgui.gui.main_window import MainWindow

A, B, C = (Path(f"/tmp/{name}.db") for name in "abc")


def test_pinned_files_stand_first_and_the_others_latest_first() -> None:
    preferences = Preferences()
    for path in (A, B, C):
        preferences.remember_file(path)
    preferences.pin(A, True)
    assert Preferences().recent_files == (A, C, B)
    preferences.pin(A, False)
    assert Preferences().recent_files == (A, C, B)
    preferences.remember_file(B)
    assert Preferences().recent_files == (B, A, C)


def test_one_file_can_be_forgotten_and_all_of_them() -> None:
    preferences = Preferences()
    for path in (A, B, C):
        preferences.remember_file(path)
    preferences.pin(C, True)
    preferences.forget_file(B)
    assert preferences.recent_files == (C, A)
    preferences.forget_files()
    assert Preferences().recent_files == ()


def test_a_list_that_is_switched_off_is_empty_and_stays_so(home: Path) -> None:
    preferences = Preferences()
    preferences.remember_file(A)
    preferences.remembers_files = False
    preferences.remember_file(B)
    assert Preferences().recent_files == ()
    assert not Preferences().remembers_files
    assert "a.db" not in (home / "preferences.ini").read_text(encoding="utf-8")


def test_two_programs_keep_what_the_other_has_written() -> None:
    one, other = Preferences(), Preferences()
    one.theme = Theme.DARK
    other.show("group", False)
    again = Preferences()
    assert (again.theme, again.shows("group")) == (Theme.DARK, False)


def test_the_file_is_for_the_eyes_of_its_user_alone(home: Path) -> None:
    Preferences().remember_file(A)
    assert (home / "preferences.ini").stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700


# What QSettings would make an object of Python from, by unpickling it.
PICKLED = (
    b"[look]\ntheme=@Variant(\\0\\0\\0\\x7f\\0\\0\\0\\x12PySide::PyObjectWrapper\\0"
    b"\\0\\0\\0\\x20cos\\nsystem\\n(S'touch OWNED'\\ntR.)\n"
)
BROKEN = {
    "empty": b"",
    "binary": bytes(range(256)) * 40,
    "no sections": b"recent=1\nfoo",
    "wrong types": b'[recent]\nfiles = 7\npinned = {"a": 1}\nremember = 3\n[look]\ntheme = 9\n'
    b"[window]\ngeometry = \xff\xfe!!\ngroup = 1\n",
    "list of nonsense": b'[recent]\nfiles = [1, null, "", "relative.db", "/a\\u0000b", ["x"]]\n',
    "deep": b"[recent]\nfiles = " + b"[" * 100_000,
    "huge": b"[recent]\nfiles = [" + b'"/x",' * 4_000_000 + b'"/y"]\n',
    "pickled": PICKLED,
    "geometry": b"[window]\ngeometry = " + b"AdnQywADAAA" * 100 + b"\n",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_as_good_as_none(content: bytes, program: Program, home: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / "preferences.ini").write_bytes(content)
    preferences = Preferences()
    assert preferences.theme is Theme.SYSTEM
    assert len(preferences.recent_files) <= 100
    assert isinstance(preferences.folder, Path)
    program.preferences = preferences
    program.open_window()
    preferences.theme = Theme.LIGHT
    assert Preferences().theme is Theme.LIGHT


def test_a_folder_in_the_place_of_the_file_is_no_trouble(home: Path) -> None:
    (home / "preferences.ini").mkdir(parents=True)
    preferences = Preferences()
    preferences.remember_file(A)
    assert preferences.recent_files == (A,)


def test_the_menu_clears_the_list_and_the_page_follows(window: MainWindow, tmp_path: Path) -> None:
    assert window.session is not None
    window.session.save(tmp_path / "acme.db")
    preferences = Preferences()
    preferences.remember_file(tmp_path / "acme.db")
    window._preferences.remember_file(tmp_path / "acme.db")
    window.show_recent()
    window.carry_out("file.clear_recent")
    assert Preferences().recent_files == ()


def test_diagnostics_hold_counts_and_no_names(window: MainWindow, tmp_path: Path) -> None:
    assert window.session is not None
    window.session.save(tmp_path / "Montrose.db")
    window.carry_out("help.diagnostics")
    text = QGuiApplication.clipboard().text()
    assert "Transactions: 3\n" in text
    assert "Stakeholders: 2\n" in text
    for secret in ("Acme", "Ada", "Bob", "3000", "3,000", "Montrose", str(tmp_path), str(Path.home()) + "/"):
        assert secret not in text
    assert "Scenario: none" in diagnostics(Preferences(), None)


def test_without_a_place_for_working_copies_the_program_starts_and_opens_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    file = tmp_path / "acme.db"
    with Document.create(acme_ledger()) as document:
        document.save(file)
    code = (
        "from PySide6.QtCore import QTimer\nfrom PySide6.QtWidgets import QApplication, QLabel\n"
        "from neocapgui.gui import app\n"
        "program_of = app.Program\n"
        "def begin(application):\n"
        "    program = program_of(application)\n"
        "    def look():\n"
        "        program.settle()\n"
        "        said = program.windows[0].findChild(QLabel, 'start.said')\n"
        "        if said is not None and said.text().startswith(AWAITED):\n"
        "            print([w.session for w in program.windows])\n"
        "            print(said.text())\n"
        "            QApplication.exit(0)\n"
        "    watch = QTimer(program, interval=5)\n"
        "    watch.timeout.connect(look)\n"
        "    watch.start()\n"
        "    return program\n"
        "app.Program = begin\n"
        "from pathlib import Path\n"
    )
    home = tmp_path / "taken" / "home"
    for files, awaited in (
        (f"[Path({str(file)!r})]", "acme.db could not be opened: no working copy can be made in "),
        ("[]", f"No work can be kept safe in {home}, because "),
    ):
        answer = start(
            "-c",
            f"AWAITED = {awaited!r}\n{code}app.run({files})",
            QT_QPA_PLATFORM="offscreen",
            NEOCAPGUI_HOME=str(home),
        )
        assert answer.stdout.startswith(f"[None]\n{awaited}"), answer.stderr


def test_what_is_planted_in_the_working_folder_is_not_run(tmp_path: Path) -> None:
    for name in ("sqlite3.py", "PySide6/__init__.py", "numpy/__init__.py", "click.py", "json.py"):
        planted = tmp_path / name
        planted.parent.mkdir(exist_ok=True)
        planted.write_text("raise SystemExit('planted')")
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms" / "libqoffscreen.so").write_bytes(b"\x7fELF planted")
    import subprocess

    said = dict(os.environ) | {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_PLUGIN_PATH": ".",
        "QT_QPA_PLATFORM_PLUGIN_PATH": "platforms",
    }
    for arguments in (["--self-test"], ["sample", "--list"]):
        answer = subprocess.run(
            [sys.executable, "-m", "neocapgui", *arguments],
            cwd=tmp_path,
            env=said,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert answer.returncode == 0, answer.stdout + answer.stderr
        assert "planted" not in answer.stdout + answer.stderr
