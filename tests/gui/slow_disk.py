"""A disk that takes its time, and the pieces that tests about files on screen have in common."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton

from neocapgui.document.document import Document
from neocapgui.ledger.edits import correct
from tests.gui.conftest import acme_ledger

if TYPE_CHECKING:
    from neocapgui.gui.main_window import MainWindow


@contextmanager
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Let nothing reach the disk until the event is set."""
    free, fsync = threading.Event(), os.fsync

    def slowly(descriptor: int) -> None:
        free.wait(60)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", slowly)
    yield free
    free.set()


def acme_file(path: Path) -> Path:
    """Put Acme into a file."""
    with Document.create(acme_ledger()) as document:
        document.save(path)
    return path


def rename(window: MainWindow, title: str) -> None:
    """Make an edit in a window."""
    assert window.session is not None
    scenario = window.session.ledger.scenario[1]
    window.session.do(correct("Rename the scenario", scenario, replace(scenario, title=title)))


def rename_on_disk(path: Path, title: str) -> None:
    """Let another program change a file."""
    with Document.open(path) as other:
        scenario = other.ledger.scenario[1]
        other.do(correct("Rename", scenario, replace(scenario, title=title)))
        other.save(path)


def title_on_disk(path: Path) -> str:
    """Return the title that a file holds."""
    with Document.open(path) as document:
        return document.ledger.title


def shown_box(window: MainWindow, name: str) -> QMessageBox:
    """Return the box that is open."""
    return next(one for one in window.findChildren(QMessageBox, name) if one.isVisible())


def press(box: QMessageBox, title: str) -> None:
    """Press a button of a box by its title."""
    next(button for button in box.buttons() if button.text() == title).click()


def titles(box: QMessageBox) -> set[str]:
    """Return the titles of the buttons of a box."""
    return {button.text() for button in box.buttons()}


def choose(window: MainWindow, path: Path) -> None:
    """Choose a place in the dialog that is open."""
    dialog = window.findChild(QFileDialog, "dialog.save")
    assert dialog is not None
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(str(path))
    dialog.accept()


def said(window: MainWindow, name: str) -> str:
    """Return what a label of a window says; "" where it is not shown."""
    found = [label for label in window.findChildren(QLabel, name) if label.isVisibleTo(window)]
    return found[-1].text() if found else ""


def button(window: MainWindow, name: str) -> QPushButton:
    """Return a button that is shown."""
    return next(one for one in window.findChildren(QPushButton, name) if one.isVisibleTo(window))
