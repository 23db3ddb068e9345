"""Our own mistakes: one box, a note without names or amounts, and never a traceback."""

from __future__ import annotations

import contextlib
import errno
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton

from neocapgui.gui.dialogs.problem_dialog import ProblemDialog
from neocapgui.gui.problem import LOG, ProblemBox, note
from neocapgui.gui.problem_log import ProblemLog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


def mistake(secret: str) -> None:
    """Fail with something in the message that is nobody's business."""
    raise KeyError(f"{secret} holds 12,345,678")


@pytest.fixture
def problems(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[ProblemBox]:
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    problems = ProblemBox(tmp_path, qapp)
    yield problems
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    while boxes():
        boxes()[0].close()
    problems.deleteLater()


def boxes() -> list[ProblemDialog]:
    return [
        one for one in QApplication.topLevelWidgets() if isinstance(one, ProblemDialog) and one.isVisible()
    ]


def met(problems: ProblemBox, secret: str = "Montrose") -> None:
    try:
        mistake(secret)
    except KeyError as error:
        problems.answer(type(error), error, error.__traceback__)


def test_a_mistake_is_told_in_one_plain_sentence(problems: ProblemBox, qtbot: QtBot) -> None:
    met(problems)
    qtbot.waitUntil(lambda: bool(boxes()))
    (box,) = boxes()
    assert box.text.startswith("Something went wrong inside neocapgui")
    assert "Your edits are kept" in box.kept
    assert "Traceback" not in box.text + box.kept + box.report
    assert "Montrose" not in box.text + box.kept + box.report


def test_many_mistakes_are_one_box(problems: ProblemBox, qtbot: QtBot) -> None:
    for _ in range(5):
        met(problems)
    qtbot.waitUntil(lambda: bool(boxes()))
    assert len(boxes()) == 1
    assert problems.count == 5


def test_the_note_says_where_but_neither_names_nor_amounts(problems: ProblemBox, tmp_path: Path) -> None:
    met(problems)
    written = (tmp_path / LOG).read_text(encoding="utf-8")
    assert "builtins.KeyError" in written
    assert "gui/test_problem.py" in written
    assert "in mistake" in written
    assert "Montrose" not in written
    assert "12,345,678" not in written
    assert str(Path.home()) not in written


def test_a_mistake_in_a_thread_is_told_in_the_window(problems: ProblemBox, qtbot: QtBot) -> None:
    thread = threading.Thread(target=mistake, args=("Ada",))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(boxes()))
    assert problems.count == 1


def test_a_full_disk_does_not_bring_a_second_problem(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    problems = ProblemBox(tmp_path / "taken", None)
    problems.watch_for_crashes()
    met(problems)
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    assert problems.count == 1


def test_leaving_the_program_is_no_mistake(problems: ProblemBox) -> None:
    problems.answer(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert problems.count == 0


def test_a_note_ends_with_the_innermost_place() -> None:
    with pytest.raises(KeyError) as told:
        mistake("Ada")
    assert note(told.value, told.tb).rstrip().endswith("in mistake")


def test_the_window_shows_the_report_that_the_log_holds_and_copies_it(
    problems: ProblemBox, tmp_path: Path, qtbot: QtBot
) -> None:
    met(problems)
    qtbot.waitUntil(lambda: bool(boxes()))
    (box,) = boxes()
    report = box.findChild(QPlainTextEdit, "problem.report")
    copy = box.findChild(QPushButton, "problem.copy")
    assert isinstance(report, QPlainTextEdit)
    assert isinstance(copy, QPushButton)
    assert report.toPlainText() == (tmp_path / LOG).read_text(encoding="utf-8")
    copy.click()
    assert QGuiApplication.clipboard().text() == report.toPlainText()


def test_a_hundred_mistakes_of_one_kind_are_one_window_and_another_kind_has_its_own(
    problems: ProblemBox, qtbot: QtBot
) -> None:
    for _ in range(100):
        met(problems)
    with contextlib.suppress(ZeroDivisionError):
        fail_otherwise(problems)
    qtbot.waitUntil(lambda: bool(boxes()))
    assert "KeyError" in boxes()[0].report
    qtbot.waitUntil(lambda: problems.waiting == 1)
    boxes()[0].close()
    assert "ZeroDivisionError" in boxes()[0].report
    boxes()[0].close()
    met(problems)
    QApplication.processEvents()
    assert boxes() == []


def fail_otherwise(problems: ProblemBox) -> None:
    try:
        raise ZeroDivisionError("Montrose")
    except ZeroDivisionError as error:
        problems.answer(type(error), error, error.__traceback__)


def test_the_log_of_a_thousand_equal_mistakes_holds_six_notes(problems: ProblemBox, tmp_path: Path) -> None:
    for _ in range(1000):
        met(problems)
    written = (tmp_path / LOG).read_text(encoding="utf-8")
    assert written.count("builtins.KeyError") == 6  # the first three, the tenth, hundredth and thousandth
    assert written.endswith("met 1,000 times since the start\n")


def test_fifty_megabytes_of_notes_leave_at_most_five(tmp_path: Path) -> None:
    log = ProblemLog(tmp_path)
    for _ in range(2500):
        log.add("x" * 20_000 + "\n")
    kept = [file.stat().st_size for file in tmp_path.iterdir()]
    assert len(kept) == 2
    assert sum(kept) <= 5_000_000


def test_the_log_is_for_the_eyes_of_its_user_alone(tmp_path: Path) -> None:
    log = ProblemLog(tmp_path / "home")
    log.add("A note.\n")
    assert (log.path.stat().st_mode & 0o777, log.path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_cause_is_noted_without_its_message() -> None:
    try:
        try:
            mistake("Montrose")
        except KeyError as error:
            raise OSError(errno.ENOSPC, "Montrose.db") from error
    except OSError as error:
        told = note(error, error.__traceback__)
    assert "builtins.OSError (ENOSPC)" in told
    assert "builtins.KeyError" in told
    assert "Montrose" not in told


def test_endless_recursion_is_a_short_note() -> None:
    def again() -> None:
        again()

    with pytest.raises(RecursionError) as told:
        again()
    assert len(note(told.value, told.tb).splitlines()) < 60
