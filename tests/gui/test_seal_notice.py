"""Rows that are not as they were saved are named above the panels, shown, accepted, or left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from neocapgui.document.document import Document
from tests.gui.slow_disk import acme_file, button, choose, press, rename, said, shown_box, title_on_disk

if TYPE_CHECKING:
    from neocapgui.gui.app import Program
    from neocapgui.gui.main_window import MainWindow


@pytest.fixture
def acme(program: Program, tmp_path: Path) -> MainWindow:
    """A window with a file in which another program has renamed Ada."""
    path = acme_file(tmp_path / "acme.db")
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE stakeholders SET name = 'Eve' WHERE id = 1")
    program.open_file(path)
    program.settle()
    return program.windows[0]


def test_a_row_changed_by_another_program_is_named_and_shown(acme: MainWindow) -> None:
    assert "acme.db" in said(acme, "notice.seal") or "stakeholders" in said(acme, "notice.seal")
    assert button(acme, "notice.accept").text() == "Accept"
    button(acme, "notice.show").click()


def test_accepting_is_an_edit_of_the_history_and_ends_the_notice(acme: MainWindow) -> None:
    button(acme, "notice.accept").click()
    assert said(acme, "notice.seal") == ""
    assert not [one for one in acme.findChildren(QPushButton, "notice.accept") if one.isVisibleTo(acme)]
    assert acme.session is not None
    assert acme.session.history.done[-1].edit.label.startswith("Accept changes by another program")
    acme.carry_out("file.save")
    acme.settle()
    assert acme.path is not None
    with Document.open(acme.path) as document:
        assert document.warnings == ()


def test_saving_over_what_was_not_accepted_asks_first(acme: MainWindow) -> None:
    assert acme.path is not None
    before = acme.path.read_bytes()
    rename(acme, "Mine")
    acme.carry_out("file.save")
    press(shown_box(acme, "dialog.unaccepted"), "Cancel")
    assert acme.path.read_bytes() == before
    acme.carry_out("file.save")
    press(shown_box(acme, "dialog.unaccepted"), "Accept and save")
    acme.settle()
    assert title_on_disk(acme.path) == "Mine"
    assert said(acme, "notice.seal") == ""


def test_what_was_not_accepted_may_be_saved_elsewhere(acme: MainWindow, tmp_path: Path) -> None:
    rename(acme, "Mine")
    acme.carry_out("file.save")
    press(shown_box(acme, "dialog.unaccepted"), "Save as…")
    choose(acme, tmp_path / "mine.db")
    acme.settle()
    assert (title_on_disk(tmp_path / "acme.db"), title_on_disk(tmp_path / "mine.db")) == ("Acme", "Mine")


def test_what_is_valid_in_a_damaged_file_is_opened_when_asked(program: Program, tmp_path: Path) -> None:
    path = acme_file(tmp_path / "acme.db")
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE transactions SET quantity = 'nonsense' WHERE id = 3")
    program.open_file(path)
    program.settle()
    window = program.windows[0]
    assert window.session is None
    assert "acme.db" in said(window, "start.said")
    button(window, "notice.rescue").click()
    program.settle()
    assert window.session is not None
    assert window.path is None
    assert len(window.session.ledger.transactions) == 2
    assert said(window, "notice.seal") != ""
