"""How the program is started: with files, with a sample, without a display, by the system."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from neocapgui.__main__ import _asked

ROOT = Path(__file__).parents[2]


def start(*arguments: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """Start the program with some arguments and surroundings of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in SCREENS}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=kept | surroundings,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
on_posix = pytest.mark.skipif(os.name == "nt", reason="Paths look otherwise there.")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="Elsewhere there always is a display.")


@linux_only
@pytest.mark.parametrize("surroundings", [{}, {"DISPLAY": ":7654"}], ids=["none", "unreachable"])
def test_without_a_display_one_sentence_names_the_way_without(surroundings: dict[str, str]) -> None:
    answer = start("-m", "neocapgui", **surroundings)
    assert answer.returncode == 2
    assert answer.stderr == (
        "There is no display to open a window on; neocapgui report FILE.db gives the same answers as text.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--nonsense"], "There is no option --nonsense; neocapgui --help lists what there is.\n"),
        (["--a\x1b[31m"], "There is no option --a\ufffd[31m; neocapgui --help lists what there is.\n"),
        (["--sample"], "--sample needs the name of a sample; neocapgui sample --list names them.\n"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_sentence(arguments: list[str], said: str) -> None:
    answer = start("-m", "neocapgui", *arguments)
    assert (answer.returncode, answer.stderr) == (2, said)


AFTERWARDS = {
    "click",
    "neocapgui.document.document",
    "neocapgui.engine.checks",
    "neocapgui.exchange.samples",
    "neocapgui.gui.panels.workplace",
    "numpy",
    "pyqtgraph",
    "sqlite_utils",
}


def test_what_comes_after_two_hyphens_is_a_file() -> None:
    assert _asked(["a.db", "--", "-x.db", "--sample"])[0] == [Path("a.db"), Path("-x.db"), Path("--sample")]


@pytest.mark.parametrize(
    ("word", "path"),
    [
        ("file:///home/ada/a%20b.db", "/home/ada/a b.db"),
        ("FILE://localhost/home/a=b%25.db", "/home/a=b%.db"),
        ("file:/home/%C3%A4.db", "/home/ä.db"),
        ("file:///a#1?.db", "/a#1?.db"),
        ("file:a.db", "file:a.db"),
        ("./file:/a.db", "./file:/a.db"),
    ],
)
@on_posix
def test_a_uri_of_a_file_manager_names_its_file(word: str, path: str) -> None:
    assert _asked([word])[0] == [Path(path)]


def test_a_uri_after_two_hyphens_is_a_path() -> None:
    assert _asked(["--", "file:///a.db"])[0] == [Path("file:///a.db")]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("file://server/a.db", "file://server/a.db is on another machine; give its path on this one.\n"),
        ("file:///a%00.db", "file:///a%00.db is no file that can be opened.\n"),
    ],
)
def test_a_uri_that_names_no_file_here_is_refused(word: str, said: str) -> None:
    answer = start("-m", "neocapgui", word)
    assert (answer.returncode, answer.stderr) == (2, said)


OPENED = """
import sys
from PySide6.QtCore import QTimer
from neocapgui.gui import app
shown = app.MainWindow.show_document
def show(window, document, *more):
    shown(window, document, *more)
    print(document.path, flush=True)
    QTimer.singleShot(0, window.close)
app.MainWindow.show_document = show
from neocapgui.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_uri_is_opened_in_the_window(tmp_path: Path) -> None:
    file = tmp_path / "a b.db"
    assert start("-m", "neocapgui", "sample", "neotherapeutics-as-filed", str(file)).returncode == 0
    answer = start(
        "-c", OPENED, file.as_uri(), QT_QPA_PLATFORM="offscreen", NEOCAPGUI_HOME=str(tmp_path / "own")
    )
    assert (answer.returncode, answer.stdout) == (0, f"{file}\n"), answer.stderr


def test_the_window_opens_without_a_home_and_says_so(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("")
    code = (
        "import sys; from PySide6.QtCore import QTimer; from neocapgui.gui import app\n"
        "said = app.MainWindow.say\n"
        "def say(window, sentence, *more):\n"
        "    said(window, sentence, *more); print(sentence, flush=True); QTimer.singleShot(0, window.close)\n"
        "app.MainWindow.say = say\n"
        "sys.exit(app.run([]))"
    )
    answer = start("-c", code, QT_QPA_PLATFORM="offscreen", NEOCAPGUI_HOME=str(taken))
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith(f"No work can be kept safe in {taken}, because ")


WAITED = """
import gc, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from neocapgui.gui import app
begun = []
class Warming(app.Warming):
    def begin(self):
        windows = app.QApplication.topLevelWidgets()
        filled = [one.is_filled for one in windows if isinstance(one, app.MainWindow)]
        begun.append((filled, "pyqtgraph" in sys.modules, gc.isenabled()))
        QTimer.singleShot(0, app.QApplication.closeAllWindows)
app.Warming = Warming
app.run([Path(name) for name in sys.argv[1:]])
print(begun)
"""


@pytest.mark.parametrize("name", ["", "a.db", "missing.db"])
def test_what_can_wait_is_loaded_once_after_the_first_page(tmp_path: Path, name: str) -> None:
    file = tmp_path / "a.db"
    assert start("-m", "neocapgui", "sample", "neotherapeutics-as-filed", str(file)).returncode == 0
    files = [str(tmp_path / name)] if name else []
    answer = start("-c", WAITED, *files, QT_QPA_PLATFORM="offscreen", NEOCAPGUI_HOME=str(tmp_path / "own"))
    assert answer.stdout == f"[([{name == 'a.db'}], False, True)]\n", answer.stderr


def test_the_import_statement_stays_pythons_own() -> None:
    code = (
        "import builtins; plain = builtins.__import__\n"
        "from neocapgui.gui.starting import load_qt; load_qt()\n"
        "import sys, PySide6.QtWidgets\n"
        "sys.exit(builtins.__import__ is not plain)"
    )
    answer = start("-c", code, QT_QPA_PLATFORM="offscreen")
    assert answer.returncode == 0, answer.stderr


def test_reading_a_document_loads_nothing_of_qt() -> None:
    code = (
        "import sys; from neocapgui.gui.loading import load_for_calculating, load_for_reading\n"
        "before = set(sys.modules); load_for_reading(); load_for_calculating()\n"
        "found = [name for name in set(sys.modules) - before if 'PySide6' in name or '.gui.' in name]\n"
        "sys.exit(' '.join(found) or 0)"
    )
    answer = start("-c", code)
    assert answer.returncode == 0, answer.stderr


def test_the_window_comes_before_numpy_and_the_charts() -> None:
    code = (
        "import sys; from neocapgui.gui.app import Application, Program\n"
        "program = Program(Application()); program.open_window()\n"
        f"sys.exit(' '.join({AFTERWARDS} & set(sys.modules)) or 0)"
    )
    answer = start("-c", code, QT_QPA_PLATFORM="offscreen")
    assert answer.returncode == 0, answer.stderr


def test_a_file_that_the_system_wants_opened_is_announced() -> None:
    code = (
        "from PySide6.QtGui import QFileOpenEvent\n"
        "from neocapgui.gui.app import Application\n"
        "application = Application(); application.file_opened.connect(print)\n"
        "application.sendEvent(application, QFileOpenEvent('/tmp/acme.db'))"
    )
    answer = start("-c", code, QT_QPA_PLATFORM="offscreen")
    assert answer.stdout == "/tmp/acme.db\n", answer.stderr


def test_the_program_tests_itself_and_leaves_nothing_behind(tmp_path: Path) -> None:
    own, passing = tmp_path / "own", tmp_path / "passing"
    passing.mkdir()
    places = {"NEOCAPGUI_HOME": str(own), "TMPDIR": str(passing), "TEMP": str(passing), "TMP": str(passing)}
    answer = start("-m", "neocapgui", "--self-test", QT_QPA_PLATFORM="offscreen", **places)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    lines = answer.stdout.splitlines()
    assert lines[-1] == "Everything worked."
    assert any(line.startswith("page charts: ") for line in lines)
    assert not own.exists()
    assert list(passing.iterdir()) == []


LATE = """
from time import perf_counter
from PySide6.QtCore import QEventLoop
from neocapgui.gui import self_test

class Late(QEventLoop):  # as where other programs have the processor
    def exec(self):
        ends = perf_counter() + 0.1
        while perf_counter() < ends:
            pass
        return super().exec()

self_test.QEventLoop = Late
raise SystemExit(self_test.self_test())
"""


def test_the_program_tests_itself_on_a_busy_machine_too() -> None:
    answer = start("-c", LATE, QT_QPA_PLATFORM="offscreen")
    assert answer.returncode == 0, answer.stdout + answer.stderr
