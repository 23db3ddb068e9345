"""A crash costs nothing that was entered: unsaved work is found and opened again."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QMessageBox, QPushButton

from neocapgui.document.document import Document
from neocapgui.gui.start.lines import Line
from neocapgui.ledger.edits import correct
from tests.gui.conftest import acme_ledger

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.app import Program
    from neocapgui.gui.main_window import MainWindow

ROOT = Path(__file__).parents[2]
CRASH = """
import os
from dataclasses import replace
from neocapgui.document.document import Document
from neocapgui.ledger.edits import correct
from tests.gui.conftest import acme_ledger

document = Document.create(acme_ledger())
for number in range({edits}):
    scenario = document.ledger.scenario[1]
    document.do(correct(f"Rename {{number}}", scenario, replace(scenario, title=f"Acme {{number}}")))
os._exit(9)
"""


def crash(edits: int) -> None:
    """Let a program make some edits and end at once, as after a power cut."""
    code = CRASH.format(edits=edits)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=dict(os.environ), timeout=100, check=False)


def offered(window: MainWindow) -> list[Line]:
    lines = window.findChildren(Line, "leftover")
    return [line for line in lines if line.isVisibleTo(window)]


def test_work_that_was_not_saved_is_offered_with_every_edit(program: Program, qtbot: QtBot) -> None:
    crash(edits=3)
    window = program.open_window()
    program.offer_leftovers()
    qtbot.waitUntil(lambda: bool(offered(window)))
    (line,) = offered(window)
    assert "Acme 2" in line.accessibleName()
    assert "“Rename 2”" in line.accessibleName()
    line.clicked.emit()
    program.settle()
    assert window.session is not None
    assert window.session.ledger.title == "Acme 2"
    assert len(window.session.history.done) == 3
    assert window.isWindowModified()
    window.carry_out("edit.undo")
    assert window.session.ledger.title == "Acme 1"


def test_a_copy_without_unsaved_work_is_not_offered(program: Program) -> None:
    crash(edits=0)
    window = program.open_window()
    program.offer_leftovers()
    assert offered(window) == []


def test_what_is_open_in_a_window_is_not_offered(program: Program, window: MainWindow) -> None:
    assert window.session is not None
    scenario = window.session.ledger.scenario[1]
    window.session.do(correct("Rename", scenario, replace(scenario, title="Open")))
    other = program.open_window()
    program.offer_leftovers()
    assert offered(other) == []


def test_unsaved_work_is_thrown_away_only_when_asked(program: Program, qtbot: QtBot) -> None:
    crash(edits=1)
    window = program.open_window()
    program.offer_leftovers()
    program.offer_leftovers()
    qtbot.waitUntil(lambda: len(offered(window)) == 1)
    menu = next(menu for menu in window.findChildren(QMenu) if menu.title() == "Open unsaved work")
    assert menu.isEnabled()
    window.discard_wanted.emit(program.unsaved.offered[0])
    assert offered(window) == []
    assert not menu.isEnabled()


def test_what_is_not_saved_on_closing_can_be_brought_back(
    program: Program, window: MainWindow, qtbot: QtBot
) -> None:
    assert window.session is not None
    scenario = window.session.ledger.scenario[1]
    window.session.do(correct("Rename", scenario, replace(scenario, title="Not saved")))
    other = program.open_window()
    window.close_without_asking()
    program.offer_leftovers()
    qtbot.waitUntil(lambda: len(program.unsaved.discarded) == 1)
    assert offered(other) == []
    other.back_wanted.emit(program.unsaved.discarded[0])
    qtbot.waitUntil(lambda: len(offered(other)) == 1)
    offered(other)[0].clicked.emit()
    program.settle()
    assert other.session is not None
    assert other.session.ledger.title == "Not saved"
    assert other.isWindowModified()


def test_discarding_asks_with_the_number_of_edits(program: Program, qtbot: QtBot) -> None:
    crash(edits=2)
    window = program.open_window()
    program.offer_leftovers()
    qtbot.waitUntil(lambda: len(offered(window)) == 1)
    buttons = [one for one in window.findChildren(QPushButton) if one.text() == "Discard…"]
    buttons[0].click()
    box = window.findChild(QMessageBox, "dialog.discard")
    assert isinstance(box, QMessageBox)
    assert box.text() == "Discard 2 edits of Acme 1?"
    box.close()
    assert len(offered(window)) == 1
    window.discard_wanted.emit(program.unsaved.offered[0])
    assert offered(window) == []
    qtbot.waitUntil(lambda: len(program.unsaved.discarded) == 1)


def test_closing_a_window_leaves_nothing_behind(program: Program, window: MainWindow, home: Path) -> None:
    window.close()
    assert list((home / "working").iterdir()) == []
    Document.create(acme_ledger()).close()
    assert list((home / "working").iterdir()) == []
