"""A mistake ends in the one text file, wherever the real program makes it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from neocapgui.gui.problem import CRASH, LOG

ROOT = Path(__file__).parents[2]
BEGIN = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRunnable, QThreadPool, QTimer, qWarning
from PySide6.QtWidgets import QApplication, QWidget
from neocapgui.gui import app
from neocapgui.gui.beside import Beside
from neocapgui.gui.dialogs.problem_dialog import ProblemDialog
from neocapgui.gui.problem import CRASH, LOG
from neocapgui.gui.user_folder import user_folder

def mistake(*_):
    raise KeyError("Montrose holds 12,345,678")

class Failing(QWidget):
    def resizeEvent(self, event):
        mistake()

class Filter(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.User:
            mistake()
        return False

class Task(QRunnable):
    def run(self):
        mistake()

class Dropped:
    def __del__(self):
        mistake()

def is_noted():
    log = user_folder() / LOG
    return log.is_file() and "builtins.KeyError" in log.read_text(encoding="utf-8", errors="replace")

def when(has_come, then):
    timer = QTimer(QApplication.instance(), interval=5)
    timer.timeout.connect(lambda: (timer.stop(), then()) if has_come() else None)
    timer.start()

def run(fail, is_over=is_noted):
    program_of = app.Program
    def begin(application):
        program = program_of(application)
        program.open_new()
        QTimer.singleShot(0, lambda: fail(program))
        when(is_over, lambda: (program.settle(), QApplication.exit(
            0 if any(w.session is not None for w in program.windows) else 5)))
        return program
    app.Program = begin
    return app.run([])
"""
PLACES = {
    "slot": "QTimer.singleShot(0, mistake)",
    "override": "w = Failing(); program.kept = w; w.show(); w.resize(300, 200)",
    "event filter": (
        "f = Filter(program); program.installEventFilter(f);"
        " QCoreApplication.sendEvent(program, QEvent(QEvent.Type.User))"
    ),
    "thread": "threading.Thread(target=mistake).start()",
    "thread pool": "QThreadPool.globalInstance().start(Task())",
    "beside": "program.b = Beside(program); program.b.work(mistake, print)",
    "finalizer": "d = Dropped(); del d",
}


def run(code: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """Run some code in a program of its own."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=dict(os.environ) | {"QT_QPA_PLATFORM": "offscreen"} | surroundings,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


@pytest.mark.parametrize("place", PLACES)
def test_a_mistake_is_noted_without_a_name_and_the_document_stays_open(place: str, home: Path) -> None:
    answer = run(f"{BEGIN}\ndef fail(program):\n    {PLACES[place]}\nsys.exit(run(fail))")
    assert answer.returncode == 0, answer.stderr
    written = (home / LOG).read_text(encoding="utf-8")
    assert "builtins.KeyError" in written
    assert "in mistake" in written
    assert "Montrose" not in written + answer.stderr + answer.stdout
    assert "Traceback" not in answer.stderr


def test_a_mistake_is_noted_in_a_program_without_a_console(home: Path) -> None:
    code = "sys.stdout = sys.stderr = None\nsys.exit(run(lambda program: (qWarning('Montrose'), mistake())))"
    answer = run(f"{BEGIN}\n{code}")
    assert answer.returncode == 0
    written = (home / LOG).read_text(encoding="utf-8")
    assert "builtins.KeyError" in written
    assert "QtWarningMsg" in written
    assert "Montrose" not in written


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends such a program in another way.")
def test_a_native_crash_is_told_at_the_next_start(home: Path) -> None:
    crash = (
        "import os, signal\n"
        "def crash(program):\n"
        "    when((user_folder() / CRASH).is_file, lambda: os.kill(os.getpid(), signal.SIGSEGV))\n"
    )
    answer = run(f"{BEGIN}\n{crash}\nsys.exit(run(crash))")
    assert answer.returncode < 0
    assert (home / CRASH).stat().st_size > 0
    told = (
        "said = []\n"
        "def boxes():\n"
        "    return [w for w in QApplication.topLevelWidgets() if isinstance(w, ProblemDialog)]\n"
        "def look(program):\n"
        "    when(boxes, lambda: (print([box.text for box in boxes()]), said.append(True)))\n"
    )
    answer = run(f"{BEGIN}\n{told}\nsys.exit(run(look, lambda: said))")
    assert answer.stdout == "['neocapgui ended without warning the last time it ran.']\n", answer.stderr
    written = (home / LOG).read_text(encoding="utf-8")
    assert "Segmentation fault" in written
    assert str(ROOT) not in written
    assert (home / CRASH).stat().st_size == 0


@pytest.mark.parametrize(
    "broken",
    [
        "app.Look = mistake",
        "app.MainWindow = mistake",
        "app.Application = mistake",
        "sys.modules['neocapgui.gui.app'] = None",
    ],
)
def test_a_mistake_before_the_first_window_is_one_sentence(broken: str, home: Path) -> None:
    code = f"{BEGIN}\n{broken}\nfrom neocapgui.__main__ import main\nsys.exit(main([]))"
    answer = run(code)
    assert answer.returncode == 2
    assert answer.stderr == (
        "neocapgui could not start because of a mistake of its own; "
        f"a note without names or amounts is in {home / LOG}.\n"
    )
    assert "Montrose" not in (home / LOG).read_text(encoding="utf-8")


def test_a_mistake_at_the_start_is_told_also_where_no_note_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    code = f"{BEGIN}\napp.Look = mistake\nfrom neocapgui.__main__ import main\nsys.exit(main([]))"
    answer = run(code, NEOCAPGUI_HOME=str(tmp_path / "taken" / "home"))
    assert answer.returncode == 2
    assert answer.stderr == (
        "neocapgui could not start because of a mistake of its own; the mistake is KeyError, "
        f"and no note could be written in {tmp_path / 'taken' / 'home'}.\n"
    )
