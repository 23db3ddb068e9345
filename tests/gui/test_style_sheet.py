"""The style sheet names its pictures wherever the program is installed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox

from neocapgui.gui.looks import style_sheet
from neocapgui.gui.looks.roles import LIGHT
from neocapgui.gui.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def sheet_again(qapp: QApplication) -> Iterator[None]:
    before = qapp.styleSheet()
    yield
    qapp.setStyleSheet(before)


def checked(qapp: QApplication, qtbot: QtBot) -> QImage:
    """Return the picture of a ticked box in the sheet as the program would wear it now."""
    qapp.setStyleSheet(style_sheet.style_sheet(LIGHT, qapp.font()))
    box = QCheckBox("Planned")
    qtbot.addWidget(box)
    box.setChecked(True)
    return box.grab().toImage()


@pytest.mark.parametrize("name", ["Änne & Söhne", "a 'b'", 'q"x', "back\\slash", "(x86); {y}"])
def test_ticks_are_drawn_from_a_folder_of_any_name(
    name: str, tmp_path: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = checked(qapp, qtbot)
    try:
        shutil.copytree(resource("icons"), tmp_path / name)
    except OSError as error:
        pytest.skip(f"This system knows no folder of that name: {error.strerror}")
    monkeypatch.setattr(style_sheet, "resource", lambda *parts: (tmp_path / name).joinpath(*parts[1:]))
    assert checked(qapp, qtbot) == usual
