"""A file that somebody else has open: who, on which machine, since when, and what can be done."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLockFile, QSysInfo

from neocapgui.document.document import Document
from neocapgui.gui.files import in_use
from neocapgui.gui.files.in_use import FileLock, lock_file
from tests.gui.slow_disk import acme_file, choose, press, rename, said, shown_box, title_on_disk, titles

if TYPE_CHECKING:
    from neocapgui.gui.app import Program

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 14, 2)
HOLD = """
import sys
from datetime import datetime
from pathlib import Path
from neocapgui.gui.files.in_use import FileLock

lock = FileLock(Path(sys.argv[1]))
print(lock.take(datetime.now()), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Acme in a file."""
    return acme_file(tmp_path / "acme.db")


@contextmanager
def another_program(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold a file."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdin=-1, stdout=-1, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "None\n"
            yield process
        finally:
            process.kill()


def lock_of_another_machine(path: Path, days: int) -> None:
    """Put a lock beside a file as another machine does, taken some days ago."""
    lock = lock_file(path)
    lock.write_text("4711\nneocapgui\nfinance-7\n", encoding="utf-8")
    then = (datetime.now() - timedelta(days=days)).timestamp()
    os.utime(lock, (then, then))


def test_the_lock_stands_hidden_beside_the_file_and_goes_with_the_window(
    program: Program, file: Path
) -> None:
    program.open_file(file)
    program.settle()
    assert (file.parent / ".acme.db.lock").is_file()
    program.windows[0].close()
    assert [path.name for path in file.parent.iterdir()] == ["acme.db"]


def test_who_has_it_is_told_with_machine_and_time(file: Path) -> None:
    with another_program(file):
        keeper = FileLock(file).take(NOW)
        assert keeper is not None
        assert keeper.machine == QSysInfo.machineHostName()
        assert keeper.since is not None
        assert keeper.sentence.startswith(f"acme.db is open by {lock_file(file).owner()} on ")
        assert not keeper.may_be_left


def test_a_file_open_elsewhere_is_opened_to_be_read(program: Program, file: Path) -> None:
    with another_program(file):
        program.open_file(file)
        program.settle()
        window = program.windows[0]
        box = shown_box(window, "dialog.in_use")
        assert titles(box) == {"Open read-only", "Open a copy", "Cancel"}
        press(box, "Open read-only")
        program.settle()
        assert window.windowTitle() == f"acme.db[*] (read-only)  —  {file.parent}  —  neocapgui"
        assert said(window, "notice.read_only").startswith("acme.db is open by ")
        rename(window, "Mine")
        window.carry_out("file.save")
        choose(window, file.with_name("mine.db"))
        window.settle()
        assert title_on_disk(file) == "Acme"
        assert title_on_disk(file.with_name("mine.db")) == "Mine"
        assert "read-only" not in window.windowTitle()
        assert said(window, "notice.read_only") == ""
        assert lock_file(file.with_name("mine.db")).is_file()


def test_a_file_open_elsewhere_is_opened_as_a_copy(program: Program, file: Path) -> None:
    with another_program(file):
        program.open_file(file)
        program.settle()
        press(shown_box(program.windows[0], "dialog.in_use"), "Open a copy")
        program.settle()
    window = program.windows[0]
    assert window.path is None
    assert window.session is not None
    assert window.session.ledger.title == "Acme"


def test_a_file_open_elsewhere_may_be_left_alone(program: Program, file: Path) -> None:
    with another_program(file):
        program.open_file(file)
        program.settle()
        press(shown_box(program.windows[0], "dialog.in_use"), "Cancel")
        assert program.windows[0].session is None
        assert list((program.windows[0].path or file).parent.glob("*.db")) == [file]


def test_a_file_that_is_let_go_is_opened_without_a_question(program: Program, file: Path) -> None:
    with another_program(file) as other:
        other.communicate("\n")
        program.open_file(file)
        program.settle()
    assert program.windows[0].path == file


def test_a_killed_program_leaves_a_lock_that_nobody_is_asked_about(program: Program, file: Path) -> None:
    with another_program(file) as other:
        other.kill()
        other.wait()
        assert lock_file(file).is_file()
        program.open_file(file)
        program.settle()
    window = program.windows[0]
    assert window.path == file
    assert "read-only" not in window.windowTitle()


def test_the_lock_of_another_machine_is_never_passed_over_without_asking(
    program: Program, file: Path
) -> None:
    lock_of_another_machine(file, days=1)
    program.open_file(file)
    program.settle()
    box = shown_box(program.windows[0], "dialog.in_use")
    assert "on finance-7 since " in box.text()
    assert titles(box) == {"Open read-only", "Open a copy", "Cancel"}
    press(box, "Cancel")


def test_an_old_lock_of_another_machine_may_be_passed_over_when_asked(program: Program, file: Path) -> None:
    lock_of_another_machine(file, days=4)
    program.open_file(file)
    program.settle()
    window = program.windows[0]
    press(shown_box(window, "dialog.in_use"), "Open anyway")
    program.settle()
    assert window.path == file
    assert "read-only" not in window.windowTitle()
    window.close()
    assert not lock_file(file).exists()


@pytest.mark.parametrize("content", ["", "garbage", "\0" * 5000, "x\ny\n<b>z</b>\n"])
def test_a_lock_that_says_nothing_is_somebodys_all_the_same(
    program: Program, file: Path, content: str
) -> None:
    lock_file(file).write_text(content, encoding="utf-8")
    program.open_file(file)
    program.settle()
    box = shown_box(program.windows[0], "dialog.in_use")
    assert "Open anyway" in titles(box)
    press(box, "Cancel")


def test_a_lock_that_is_being_written_at_this_moment_is_not_one_that_may_be_passed_over(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, read = lock_file(file), in_use._read
    lock.touch()

    def written_meanwhile(asked: QLockFile) -> tuple[int, str]:
        found = read(asked)
        lock.write_text("4711\nneocapgui\nfinance-7\n", encoding="utf-8")
        return found

    monkeypatch.setattr(in_use, "_read", written_meanwhile)
    keeper = FileLock(file).take(NOW)
    assert keeper is not None
    assert (keeper.machine, keeper.may_be_left) == ("finance-7", False)


def test_another_name_of_the_file_has_the_same_lock(program: Program, file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(file)
    with another_program(tmp_path / "." / "link.db"):
        assert lock_file(file).is_file()
        program.open_file(file)
        program.settle()
        press(shown_box(program.windows[0], "dialog.in_use"), "Cancel")


def test_the_lock_follows_save_as(program: Program, file: Path) -> None:
    program.open_file(file)
    program.settle()
    window, two = program.windows[0], file.with_name("two.db")
    window.carry_out("file.save_as")
    choose(window, two)
    window.settle()
    assert not lock_file(file).exists()
    assert lock_file(two).is_file()


def test_a_file_open_elsewhere_is_not_saved_over(program: Program, file: Path) -> None:
    other = acme_file(file.with_name("other.db"))
    program.open_file(file)
    program.settle()
    window = program.windows[0]
    rename(window, "Mine")
    with another_program(other):
        window.carry_out("file.save_as")
        choose(window, other)
        window.settle()
        box = shown_box(window, "dialog.not_saved")
        assert box.text().startswith("other.db was not saved: other.db is open by ")
        press(box, "Cancel")
    assert title_on_disk(other) == "Acme"
    assert lock_file(file).is_file()


def test_a_folder_that_takes_no_lock_is_used_without_one(program: Program, file: Path) -> None:
    long = acme_file(file.with_name(f"{'a' * 250}.db"))  # the name of its lock would be too long
    program.open_file(long)
    program.settle()
    window = program.windows[0]
    assert window.path == long
    rename(window, "Mine")
    window.carry_out("file.save")
    window.settle()
    assert title_on_disk(long) == "Mine"


def test_the_lock_goes_when_the_program_ends_by_a_mistake(file: Path) -> None:
    code = HOLD.replace("sys.stdin.readline()", "1 / 0")
    ended = subprocess.run(
        [sys.executable, "-c", code, str(file)], cwd=ROOT, capture_output=True, timeout=100, check=False
    )
    assert ended.returncode == 1
    assert not lock_file(file).exists()


def test_a_refused_file_gets_no_lock(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "stranger.db"
    path.write_bytes(b"Not a scenario.")
    program.open_file(path)
    program.settle()
    assert [each.name for each in tmp_path.iterdir()] == ["stranger.db"]


def test_a_write_protected_file_is_saved_elsewhere(program: Program, file: Path) -> None:
    file.chmod(0o444)
    program.open_file(file)
    program.settle()
    window = program.windows[0]
    sentence = "acme.db can only be read: the file is write-protected."
    assert said(window, "notice.read_only") == sentence
    assert "(read-only)" in window.windowTitle()
    rename(window, "Mine")
    window.carry_out("file.save")
    choose(window, file.with_name("mine.db"))
    window.settle()
    assert window.path == file.with_name("mine.db")
    with Document.open(file) as document:
        assert document.ledger.title == "Acme"


def _pipe(place: Path) -> None:
    os.mkfifo(place)


def _endless(place: Path) -> None:
    place.symlink_to("/dev/zero")


def _long(place: Path) -> None:
    with place.open("wb") as file:
        file.truncate(2 * 1024**3)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("make", [_pipe, _endless, _long, Path.mkdir])
def test_what_stands_in_the_place_of_a_lock_and_is_none_holds_nobody_up(
    make: Callable[[Path], None], file: Path
) -> None:
    make(lock_file(file))
    lock = FileLock(file)
    assert lock.take(NOW) is None
    lock.release()
    assert os.path.lexists(lock_file(file))
