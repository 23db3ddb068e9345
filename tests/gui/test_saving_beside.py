"""A slow disk holds back the window's editing, never the window; what was asked meanwhile comes after."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from tests.gui.slow_disk import (
    acme_file,
    choose,
    press,
    rename,
    said,
    shown_box,
    slow_disk,
    title_on_disk,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.app import Program
    from neocapgui.gui.main_window import MainWindow


@pytest.fixture
def acme(program: Program, tmp_path: Path) -> MainWindow:
    """A window with Acme, renamed since it was opened."""
    program.open_file(acme_file(tmp_path / "acme.db"))
    program.settle()
    rename(program.windows[0], "Acme two")
    return program.windows[0]


@pytest.fixture
def free(acme: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The event that lets the disk go on."""
    with slow_disk(monkeypatch) as event:
        yield event


def workplace_is_enabled(window: MainWindow) -> bool:
    page = window.findChild(QWidget, "page.overview")
    assert page is not None
    return page.isEnabled()


def test_a_slow_save_says_what_it_is_and_lets_nothing_be_edited(
    acme: MainWindow, free: threading.Event, qtbot: QtBot, tmp_path: Path
) -> None:
    acme.carry_out("file.save")
    assert said(acme, "status.message") == "Saving acme.db…"
    assert said(acme, "status.saved") == "Not saved"
    assert not workplace_is_enabled(acme)
    free.set()
    qtbot.waitUntil(lambda: not acme.is_busy)
    assert workplace_is_enabled(acme)
    assert said(acme, "status.message") == ""
    assert said(acme, "status.saved").endswith(", verified")
    assert title_on_disk(tmp_path / "acme.db") == "Acme two"


def cancel(window: MainWindow) -> QToolButton:
    button = window.findChild(QToolButton, "status.cancel")
    assert button is not None
    return button


def test_a_save_can_be_given_up_and_nothing_is_said_to_be_saved(
    acme: MainWindow, free: threading.Event, qtbot: QtBot, tmp_path: Path
) -> None:
    before = (tmp_path / "acme.db").read_bytes()
    assert not cancel(acme).isVisible()
    acme.carry_out("file.save")
    assert cancel(acme).isVisible()
    cancel(acme).click()
    free.set()
    qtbot.waitUntil(lambda: not acme.is_busy)
    assert not cancel(acme).isVisible()
    told = "acme.db was not saved, as you wished: what was there is untouched, and every edit is kept."
    assert told in {label.text() for label in acme.findChildren(QLabel) if label.isVisible()}
    assert said(acme, "status.saved") == "Not saved"
    assert acme.isWindowModified()
    assert (tmp_path / "acme.db").read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".saving")] == []
    acme.carry_out("file.save")
    acme.settle()
    assert title_on_disk(tmp_path / "acme.db") == "Acme two"
    assert said(acme, "status.saved").endswith(", verified")


def test_escape_gives_up_a_save_and_with_it_the_closing_of_the_window(
    acme: MainWindow, program: Program, free: threading.Event, qtbot: QtBot, tmp_path: Path
) -> None:
    acme.activateWindow()
    qtbot.waitUntil(acme.isActiveWindow)
    acme.carry_out("file.save")
    acme.close()
    QTest.keyClick(acme, Qt.Key.Key_Escape)
    free.set()
    qtbot.waitUntil(lambda: not acme.is_busy)
    assert program.windows == [acme]
    assert acme.isWindowModified()
    assert title_on_disk(tmp_path / "acme.db") == "Acme"


def test_a_copy_can_be_given_up(
    acme: MainWindow, free: threading.Event, qtbot: QtBot, tmp_path: Path
) -> None:
    acme.carry_out("file.save_copy")
    choose(acme, tmp_path / "copy.db")
    cancel(acme).click()
    free.set()
    qtbot.waitUntil(lambda: not acme.is_busy)
    assert not (tmp_path / "copy.db").exists()
    assert acme.isWindowModified()


def test_keys_typed_while_saving_are_answered_and_change_nothing(
    acme: MainWindow, free: threading.Event, qtbot: QtBot
) -> None:
    acme.carry_out("file.save")
    QTest.keyClick(acme, Qt.Key.Key_7)
    assert said(acme, "status.message") == "Saving acme.db… What is typed meanwhile is not taken."
    free.set()
    qtbot.waitUntil(lambda: not acme.is_busy)
    assert acme.session is not None
    assert len(acme.session.history.done) == 1


def test_an_edit_that_comes_all_the_same_waits_until_the_file_is_written(
    acme: MainWindow, free: threading.Event, tmp_path: Path
) -> None:
    acme.carry_out("file.save")
    threading.Timer(0.2, free.set).start()
    rename(acme, "Acme three")
    assert not acme.is_busy
    assert acme.isWindowModified()
    assert title_on_disk(tmp_path / "acme.db") == "Acme two"


def test_a_second_save_while_one_is_under_way_is_the_same_save(
    acme: MainWindow, free: threading.Event, qtbot: QtBot
) -> None:
    assert acme.session is not None
    saved: list[None] = []
    acme.session.saved.connect(lambda: saved.append(None))
    acme.carry_out("file.save")
    acme.carry_out("file.save")
    free.set()
    qtbot.waitUntil(lambda: not acme.is_busy)
    assert len(saved) == 1


def test_a_window_closed_while_saving_closes_when_it_is_saved(
    acme: MainWindow, program: Program, free: threading.Event, qtbot: QtBot, tmp_path: Path
) -> None:
    acme.carry_out("file.save")
    acme.carry_out("file.quit")
    assert program.windows == [acme]
    free.set()
    qtbot.waitUntil(lambda: program.windows == [])
    assert title_on_disk(tmp_path / "acme.db") == "Acme two"


def test_a_window_closed_while_a_save_fails_stays_with_its_work(
    acme: MainWindow, program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = threading.Event()

    def fail(descriptor: int) -> None:
        free.wait(60)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    acme.carry_out("file.save")
    acme.close()
    free.set()
    qtbot.waitUntil(lambda: not acme.is_busy)
    assert program.windows == [acme]
    assert shown_box(acme, "dialog.not_saved").text() == "acme.db could not be saved: the disk is full."
    assert acme.isWindowModified()
    press(shown_box(acme, "dialog.not_saved"), "Cancel")


def test_a_copy_is_saved_beside_the_window_too(
    acme: MainWindow, free: threading.Event, qtbot: QtBot, tmp_path: Path
) -> None:
    acme.carry_out("file.save_copy")
    choose(acme, tmp_path / "copy.db")
    assert said(acme, "status.message") == "Saving copy.db…"
    free.set()
    qtbot.waitUntil(lambda: not acme.is_busy)
    assert title_on_disk(tmp_path / "copy.db") == "Acme two"
    assert acme.path == tmp_path / "acme.db"
    assert acme.isWindowModified()


def test_what_is_being_typed_is_saved_with_the_rest(acme: MainWindow, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QApplication, QLineEdit

    from neocapgui.gui.tables.table_view import TableView

    acme.activateWindow()
    qtbot.waitUntil(acme.isActiveWindow)
    acme.carry_out("page.securities")
    view = next(one for one in acme.findChildren(TableView) if one.isVisible())
    view.setFocus()
    view.point_at(0, 0)
    view.edit_here()
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.setText("Ordinary")
    acme.carry_out("file.save")
    acme.settle()
    assert acme.session is not None
    assert acme.session.ledger.securities[1].name == "Ordinary"
    assert not acme.isWindowModified()
