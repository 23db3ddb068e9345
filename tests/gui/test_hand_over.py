"""A second start hands its files to the running program; what is no message of ours is not listened to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDir
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from neocapgui.gui.hand_over import Reception, handed_over, message, server_name, understood
from tests.gui.slow_disk import acme_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from neocapgui.gui.app import Program

ROOT = Path(__file__).parents[2]
PATIENT = """
import sys
from neocapgui.gui import hand_over
from neocapgui.__main__ import main

hand_over._PATIENCE = 60_000  # milliseconds: on a busy machine the program that runs answers late
sys.exit(main())
"""
KILLED = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from neocapgui.gui.hand_over import Reception

application = QCoreApplication([])
print(Reception(Path(sys.argv[1]), application).is_listening, flush=True)
sys.stdin.readline()
os._exit(9)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Acme in a file."""
    return acme_file(tmp_path / "acme.db")


@pytest.fixture
def reception(program: Program, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reception]:
    """The running program, listening, also to who is slow to speak."""
    monkeypatch.setattr("neocapgui.gui.hand_over._PATIENCE", 60_000)  # milliseconds
    reception = Reception(home, program)
    reception.asked.connect(program.answer_start)
    yield reception
    reception.close()


def second_start(*files: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", PATIENT, *map(str, files)], cwd=ROOT)


def written(lock: Path) -> list[str]:
    """The lines of the lock, none while it is not there or not written yet."""
    return lock.read_text(encoding="utf-8").splitlines() if lock.exists() else []


def test_a_second_start_opens_its_file_in_the_running_program(
    program: Program, reception: Reception, file: Path, qtbot: QtBot
) -> None:
    assert reception.is_listening
    window = program.open_window()
    second = second_start(file)
    qtbot.waitUntil(lambda: window.path == file)
    assert second.wait(60) == 0
    assert program.windows == [window]


def test_a_second_start_without_a_file_brings_the_window_to_the_front(
    program: Program, reception: Reception, qtbot: QtBot
) -> None:
    window = program.open_window()
    window.showMinimized()
    second = second_start()
    qtbot.waitUntil(lambda: second.poll() is not None)
    assert second.returncode == 0
    qtbot.waitUntil(lambda: not window.isMinimized())
    assert program.windows == [window]


def test_two_real_programs_become_one(file: Path, home: Path, qtbot: QtBot) -> None:
    with second_start() as first:
        try:
            lock = file.with_name(".acme.db.lock")
            pipe = Path(QDir.tempPath(), server_name(home))
            qtbot.waitUntil(lambda: first.poll() is not None or pipe.exists())
            assert second_start(file).wait(60) == 0
            # The lock is there before its words are.
            qtbot.waitUntil(lambda: first.poll() is not None or bool(written(lock)))
            assert written(lock)[0] == str(first.pid)
        finally:
            first.kill()
    QLocalServer.removeServer(server_name(home))


def test_a_pipe_that_a_killed_program_left_is_taken_over(program: Program, home: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(home)], cwd=ROOT, stdin=-1, stdout=-1, text=True
    ) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "True\n"
        killed.communicate("\n")
    assert Path(QDir.tempPath(), server_name(home)).exists()
    assert not handed_over(home, ())
    reception = Reception(home, program)
    assert reception.is_listening
    reception.close()


def test_a_program_that_gives_no_answer_keeps_nobody_waiting_for_ever(qapp: object, home: Path) -> None:
    hanging = QLocalServer()
    assert hanging.listen(server_name(home))
    assert not handed_over(home, ())  # nobody runs the event loop that would answer
    hanging.close()


def test_each_user_folder_has_a_pipe_that_only_its_user_can_open(
    reception: Reception, home: Path, tmp_path: Path
) -> None:
    assert server_name(home) != server_name(tmp_path)
    assert Path(QDir.tempPath(), server_name(home)).stat().st_mode & 0o077 == 0


def test_a_file_that_is_not_there_is_handed_to_nobody(reception: Reception, home: Path) -> None:
    assert not handed_over(home, [Path("/nowhere/acme.db")])


def test_a_message_names_absolute_paths_of_files_that_are_there(file: Path) -> None:
    odd = Path(os.fsdecode(bytes(file.parent) + b"/\xff\n.db"))
    odd.write_bytes(b"")
    assert understood(message([file, odd])) == (file, odd)


@pytest.mark.parametrize(
    "received",
    [
        b"",
        b"\0\n",
        b"neocapgui 2\0\n",
        b"neocapgui 1\0acme.db\0\n",
        b"neocapgui 1\0/\0\n",
        b"neocapgui 1\0/nowhere/acme.db\0\n",
        b"neocapgui 1\0/dev/null\0\n",
        b"neocapgui 1\0" + b"/" * 70_000 + b"\0\n",
        b"neocapgui 1" + b"\0/etc/hostname" * 101 + b"\0\n",
        b"GET / HTTP/1.1\r\n\r\n",
    ],
)
def test_what_is_no_message_of_ours_is_refused(received: bytes) -> None:
    assert understood(received) is None


def test_a_stranger_on_the_pipe_is_hung_up_on(
    program: Program, reception: Reception, home: Path, qtbot: QtBot
) -> None:
    asked: list[object] = []
    reception.asked.connect(asked.append)
    socket = QLocalSocket()
    socket.connectToServer(server_name(home))
    assert socket.waitForConnected(5_000)
    socket.write(b"x" * 100_000)
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    assert asked == []
