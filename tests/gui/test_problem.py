"""Our own mistakes: one box, a note without names or amounts, and never a traceback."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from neocapgui.gui.problem import LOG, ProblemBox, note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


def mistake(secret: str) -> None:
    """Fail with something in the message that is nobody's business."""
    raise KeyError(f"{secret} holds 12,345,678")


@pytest.fixture
def problems(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[ProblemBox]:
    hooks = sys.excepthook, threading.excepthook
    problems = ProblemBox(tmp_path, qapp)
    yield problems
    sys.excepthook, threading.excepthook = hooks
    for box in boxes():
        box.close()
    problems.deleteLater()


def boxes() -> list[QMessageBox]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]


def met(problems: ProblemBox, secret: str = "Montrose") -> None:
    try:
        mistake(secret)
    except KeyError as error:
        problems.answer(type(error), error, error.__traceback__)


def test_a_mistake_is_told_in_one_plain_sentence(problems: ProblemBox, qtbot: QtBot) -> None:
    met(problems)
    qtbot.waitUntil(lambda: bool(boxes()))
    (box,) = boxes()
    assert box.text().startswith("Something went wrong inside neocapgui")
    assert "Traceback" not in box.text() + box.informativeText() + box.detailedText()
    assert "Montrose" not in box.text() + box.informativeText()


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
    hooks = sys.excepthook, threading.excepthook
    problems = ProblemBox(tmp_path / "taken", None)
    met(problems)
    sys.excepthook, threading.excepthook = hooks
    assert problems.count == 1


def test_leaving_the_program_is_no_mistake(problems: ProblemBox) -> None:
    problems.answer(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert problems.count == 0


def test_a_note_ends_with_the_innermost_place() -> None:
    with pytest.raises(KeyError) as told:
        mistake("Ada")
    assert note(told.value, told.tb).rstrip().endswith("in mistake")
