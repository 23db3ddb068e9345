"""Somebody else changes the file, or it goes away: nothing is overwritten and no work is lost."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from threading import Event, current_thread
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton

from neocapgui.document import versions
from neocapgui.document.document import Document
from neocapgui.document.refusal import ChangedOnDisk
from neocapgui.document.working import Stamp
from neocapgui.gui.dialogs.changed_dialog import ChangedDialog
from neocapgui.gui.files.own_file import OwnFile
from neocapgui.gui.tables.table_view import TableView
from tests.gui.slow_disk import (
    acme_file,
    button,
    choose,
    press,
    rename,
    rename_on_disk,
    said,
    shown_box,
    title_on_disk,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.app import Program
    from neocapgui.gui.main_window import MainWindow


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Acme in a file."""
    folder = tmp_path / "drive"
    folder.mkdir()
    return acme_file(folder / "acme.db")


@pytest.fixture
def acme(program: Program, file: Path) -> MainWindow:
    """A window with the file, renamed to Mine since it was opened."""
    program.open_file(file)
    program.settle()
    rename(program.windows[0], "Mine")
    return program.windows[0]


def dialog_of(window: MainWindow) -> ChangedDialog:
    dialog = window.findChild(ChangedDialog, "dialog.changed_on_disk")
    assert dialog is not None
    return dialog


def has_dialog(window: MainWindow) -> bool:
    return any(dialog.isVisible() for dialog in window.findChildren(ChangedDialog))


def push(window: MainWindow, name: str) -> None:
    pushed = dialog_of(window).findChild(QPushButton, name)
    assert pushed is not None
    pushed.click()


def save(window: MainWindow) -> None:
    window.carry_out("file.save")
    window.settle()


def come_back(window: MainWindow) -> None:
    """Let the window hear that somebody comes back to it."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))


def test_a_save_over_somebody_elses_change_asks_and_touches_nothing(acme: MainWindow, file: Path) -> None:
    rename_on_disk(file, "Theirs")
    save(acme)
    sentence = dialog_of(acme).findChild(QLabel, "changed.said")
    assert sentence is not None
    assert sentence.text() == "acme.db was changed by another program since it was opened here."
    dialog_of(acme).reject()
    assert title_on_disk(file) == "Theirs"
    assert acme.isWindowModified()


def test_the_two_states_are_compared_in_the_words_of_the_field(
    acme: MainWindow, file: Path, qtbot: QtBot
) -> None:
    rename_on_disk(file, "Theirs")
    save(acme)
    push(acme, "changed.compare")
    qtbot.waitUntil(lambda: dialog_of(acme).findChild(TableView) is not None)
    view = dialog_of(acme).findChild(TableView)
    assert view is not None
    titles = [column.title for column in view.table_model.table.columns]
    assert titles[-2:] == ["On disk", "Here"]
    texts = {
        view.table_model.text(row, column)
        for row in range(view.table_model.rowCount())
        for column in range(len(titles))
    }
    assert {"Theirs", "Mine"} <= texts
    dialog_of(acme).reject()


def test_mine_is_kept_as_a_new_file(acme: MainWindow, file: Path) -> None:
    rename_on_disk(file, "Theirs")
    save(acme)
    push(acme, "changed.keep")
    choose(acme, file.with_name("mine.db"))
    acme.settle()
    assert (title_on_disk(file), title_on_disk(file.with_name("mine.db"))) == ("Theirs", "Mine")
    assert acme.path == file.with_name("mine.db")


def test_theirs_is_taken_and_mine_is_kept_as_a_version(acme: MainWindow, file: Path) -> None:
    rename_on_disk(file, "Theirs")
    save(acme)
    push(acme, "changed.take")
    acme.settle()
    assert acme.session is not None
    assert acme.session.ledger.title == "Theirs"
    assert not acme.isWindowModified()
    kept = versions.kept(versions.versions_folder(), acme.session.document.id)
    assert [title_on_disk(version.path) for version in kept] == ["Mine"]
    save(acme)
    assert not has_dialog(acme)


def test_coming_back_to_the_window_notices_the_change_once(
    acme: MainWindow, file: Path, qtbot: QtBot
) -> None:
    rename_on_disk(file, "Theirs")
    come_back(acme)
    qtbot.waitUntil(lambda: has_dialog(acme))
    dialog_of(acme).reject()
    assert said(acme, "notice.disk") == "acme.db was changed by another program since it was opened here."
    own = acme.findChild(OwnFile)
    assert own is not None
    with qtbot.waitSignal(own.found):
        come_back(acme)
    assert not has_dialog(acme)
    button(acme, "notice.compare").click()
    assert has_dialog(acme)
    dialog_of(acme).reject()


def test_a_save_while_the_file_is_looked_at_is_not_taken_for_somebody_elses_change(
    acme: MainWindow, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, free, fits = Event(), Event(), Stamp.fits

    def slowly(stamp: Stamp, path: Path) -> bool:
        if current_thread().name == "neocapgui-beside":
            begun.set()
            free.wait(60)
        return fits(stamp, path)

    own = acme.findChild(OwnFile)
    assert own is not None
    own._beside.settle()  # which the window began when it came to the front
    monkeypatch.setattr(Stamp, "fits", slowly)
    come_back(acme)
    assert begun.wait(60)
    save(acme)
    free.set()
    own._beside.settle()
    assert not has_dialog(acme)
    assert said(acme, "notice.disk") == ""
    assert title_on_disk(file) == "Mine"


def test_a_file_that_was_only_touched_is_the_same_file(acme: MainWindow, file: Path) -> None:
    then = datetime(2020, 1, 1).timestamp()
    os.utime(file, (then, then))
    assert acme.session is not None
    assert acme.session.document.on_disk() == "same"
    save(acme)
    assert title_on_disk(file) == "Mine"


def test_a_drive_that_is_gone_is_told_and_works_again_when_it_is_back(
    acme: MainWindow, file: Path, qtbot: QtBot
) -> None:
    elsewhere = file.parent.with_name("unplugged")
    file.parent.rename(elsewhere)
    come_back(acme)
    qtbot.waitUntil(lambda: said(acme, "notice.disk").startswith("acme.db is not where it was"))
    save(acme)
    box = shown_box(acme, "dialog.not_saved")
    assert box.text() == "acme.db could not be saved: the folder drive is not there."
    press(box, "Cancel")
    assert acme.isWindowModified()
    elsewhere.rename(file.parent)
    come_back(acme)
    qtbot.waitUntil(lambda: not said(acme, "notice.disk"))
    save(acme)
    assert title_on_disk(file) == "Mine"
    acme.close()
    assert [path.name for path in file.parent.iterdir()] == ["acme.db"]


def test_a_file_swapped_while_it_is_being_saved_is_not_overwritten(
    file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    theirs = acme_file(tmp_path / "theirs.db")
    rename_on_disk(theirs, "Theirs")
    fsync = os.fsync
    with Document.open(file) as document:

        def swap(descriptor: int) -> None:
            fsync(descriptor)
            if theirs.exists():
                os.replace(theirs, file)  # as a client that synchronizes folders does

        monkeypatch.setattr(os, "fsync", swap)
        with pytest.raises(ChangedOnDisk, match=r"^acme\.db could not be saved: another program has changed"):
            document.save(file)
    monkeypatch.undo()
    assert [path.name for path in file.parent.iterdir()] == ["acme.db"]
    assert title_on_disk(file) == "Theirs"


def test_reverting_names_the_edits_that_go_and_keeps_a_version(acme: MainWindow, file: Path) -> None:
    rename(acme, "Mine too")
    acme.carry_out("file.revert")
    box = shown_box(acme, "dialog.revert")
    assert box.text() == "Take acme.db back to what was saved last?"
    assert box.informativeText().startswith("2 edits since then will go from the screen;")
    press(box, "Revert")
    acme.settle()
    assert acme.session is not None
    assert acme.session.ledger.title == "Acme"
    assert not acme.isWindowModified()
    (version,) = versions.kept(versions.versions_folder(), acme.session.document.id)
    assert title_on_disk(version.path) == "Mine too"


def test_there_is_nothing_to_revert_in_what_is_saved(acme: MainWindow) -> None:
    revert = acme.findChild(QAction, "file.revert")
    assert revert is not None
    assert revert.isEnabled()
    save(acme)
    assert not revert.isEnabled()
