"""Files of a window: opened, saved, copied, dropped, and the question before unsaved work would go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QMessageBox, QWidget

from neocapgui.document.document import Document
from neocapgui.gui.preferences import Preferences
from neocapgui.ledger.edits import correct
from tests.gui.conftest import acme_ledger

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.app import Program
    from neocapgui.gui.main_window import MainWindow

QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for every file, however slow the machine."""
    monkeypatch.setattr("neocapgui.gui.waiting.PATIENCE", 60)
    monkeypatch.setattr("neocapgui.gui.turns._FELT", 60)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Acme in a file."""
    path = tmp_path / "acme.db"
    with Document.create(acme_ledger()) as document:
        document.save(path)
    return path


def rename(window: MainWindow, title: str) -> None:
    """Make an edit."""
    assert window.session is not None
    scenario = window.session.ledger.scenario[1]
    window.session.do(correct("Rename the scenario", scenario, replace(scenario, title=title)))


def choose(window: MainWindow, name: str, path: Path) -> None:
    """Choose a file in the dialog that is open."""
    dialog = window.findChild(QFileDialog, name)
    assert dialog is not None
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(str(path))
    dialog.accept()


def answer(window: MainWindow, name: str, button: QMessageBox.StandardButton) -> None:
    """Press a button of the box that is open."""
    box = next(one for one in window.findChildren(QMessageBox, name) if one.isVisible())
    pressed = box.button(button)
    assert pressed is not None
    pressed.click()


def label(window: MainWindow, name: str) -> str:
    found = window.findChild(QLabel, name)
    assert found is not None
    return found.text()


def test_the_title_says_name_place_and_whether_it_is_saved(program: Program, file: Path) -> None:
    program.open_file(file)
    window = program.windows[0]
    assert window.windowTitle() == f"acme.db[*]  —  {file.parent}  —  neocapgui"
    assert window.windowFilePath() == str(file)
    assert not window.isWindowModified()
    rename(window, "Acme two")
    assert window.isWindowModified()
    window.carry_out("edit.undo")
    assert not window.isWindowModified()


def test_saving_says_when_and_that_it_was_verified(program: Program, file: Path) -> None:
    program.open_file(file)
    window = program.windows[0]
    rename(window, "Acme two")
    assert label(window, "status.saved") == "Not saved"
    window.carry_out("file.save")
    assert label(window, "status.saved").startswith("Saved ")
    assert label(window, "status.saved").endswith(", verified")
    assert not window.isWindowModified()
    with Document.open(file) as document:
        assert document.ledger.title == "Acme two"


def test_a_file_under_another_name_is_the_same_file(program: Program, file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(file)
    program.open_file(file)
    program.open_file(link)
    assert [window.path for window in program.windows] == [file]


def test_undo_survives_a_restart(program: Program, file: Path) -> None:
    program.open_file(file)
    rename(program.windows[0], "Acme two")
    program.windows[0].carry_out("file.save")
    program.windows[0].close()
    program.open_file(file)
    window = program.windows[0]
    window.settle()
    undo = window.findChild(QAction, "edit.undo")
    assert undo is not None
    assert undo.text() == "Undo Rename the scenario"
    window.carry_out("edit.undo")
    assert window.session is not None
    assert window.session.ledger.title == "Acme"
    assert window.isWindowModified()


def test_a_scenario_without_a_file_asks_for_one(window: MainWindow, tmp_path: Path) -> None:
    window.carry_out("file.save")
    choose(window, "dialog.save", tmp_path / "new.db")
    assert window.path == tmp_path / "new.db"
    assert (tmp_path / "new.db").is_file()


def test_save_as_goes_on_with_the_new_file(program: Program, file: Path, tmp_path: Path) -> None:
    program.open_file(file)
    window = program.windows[0]
    rename(window, "Acme two")
    window.carry_out("file.save_as")
    choose(window, "dialog.save", tmp_path / "two.db")
    assert window.path == tmp_path / "two.db"
    with Document.open(file) as document:
        assert document.ledger.title == "Acme"


def test_a_copy_is_saved_beside_and_the_window_keeps_its_file(
    program: Program, file: Path, tmp_path: Path
) -> None:
    program.open_file(file)
    window = program.windows[0]
    rename(window, "Acme two")
    window.carry_out("file.save_copy")
    choose(window, "dialog.save", tmp_path / "copy.db")
    assert window.path == file
    assert window.isWindowModified()
    with Document.open(tmp_path / "copy.db") as copy:
        assert copy.ledger.title == "Acme two"
        assert len(copy.history.done) == 1


def test_a_folder_that_is_gone_is_told_and_another_place_is_offered(
    program: Program, file: Path, tmp_path: Path
) -> None:
    program.open_file(file)
    window = program.windows[0]
    rename(window, "Acme two")
    file.unlink()
    file.parent.rename(tmp_path.with_name("elsewhere"))
    window.carry_out("file.save")
    box = window.findChild(QMessageBox, "dialog.not_saved")
    assert box is not None
    assert "is not there" in box.text()
    assert window.isWindowModified()
    elsewhere = next(button for button in box.buttons() if button.text() == "Save as…")
    elsewhere.click()
    choose(window, "dialog.save", tmp_path.with_name("elsewhere") / "kept.db")
    assert not window.isWindowModified()


def test_unsaved_work_is_asked_about_before_closing(program: Program, file: Path) -> None:
    program.open_file(file)
    window = program.windows[0]
    rename(window, "Acme two")
    assert not window.close()
    answer(window, "dialog.unsaved", QMessageBox.StandardButton.Cancel)
    assert program.windows == [window]
    window.close()
    answer(window, "dialog.unsaved", QMessageBox.StandardButton.Save)
    assert program.windows == []
    with Document.open(file) as document:
        assert document.ledger.title == "Acme two"


def test_unsaved_work_may_be_thrown_away(program: Program, file: Path) -> None:
    program.open_file(file)
    window = program.windows[0]
    rename(window, "Acme two")
    window.close()
    answer(window, "dialog.unsaved", QMessageBox.StandardButton.Discard)
    assert program.windows == []
    with Document.open(file) as document:
        assert document.ledger.title == "Acme"


def test_clean_work_is_closed_without_a_question(program: Program, file: Path) -> None:
    program.open_file(file)
    assert program.windows[0].close()
    assert program.windows == []


@pytest.mark.parametrize(
    ("name", "content"), [("stranger.db", b"Not a scenario."), ("empty.db", b""), ("missing.db", None)]
)
def test_a_bad_file_is_told_in_the_window_and_the_window_stays(
    program: Program, tmp_path: Path, name: str, content: bytes | None
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    program.open_file(path)
    window = program.windows[0]
    assert window.session is None
    assert name in label(window, "start.said")
    assert window.isVisible()


def test_a_bad_file_beside_a_good_one_leaves_the_good_one_alone(
    window: MainWindow, program: Program, tmp_path: Path
) -> None:
    (tmp_path / "stranger.db").write_bytes(b"Not a scenario.")
    program.open_file(tmp_path / "stranger.db", window)
    assert "stranger.db" in label(window, "notice")
    assert window.session is not None


def test_a_slow_file_is_opened_beside_the_window(
    program: Program, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("neocapgui.gui.waiting.PATIENCE", 0)  # seconds
    window = program.open_window()
    program.open_file(file)
    program.open_file(file)
    assert window.session is None
    assert label(window, "start.said") == "Opening acme.db…"
    qtbot.waitUntil(lambda: window.path == file)
    assert program.windows == [window]
    program.open_file(file.with_name("missing.db"), window)
    qtbot.waitUntil(lambda: label(window, "notice") == "missing.db is not there.")


def test_opening_chooses_files_in_a_dialog(program: Program, file: Path) -> None:
    window = program.open_window()
    window.carry_out("file.open")
    choose(window, "dialog.open", file)
    assert window.path == file


def test_each_scenario_has_a_window_of_its_own(program: Program, file: Path, window: MainWindow) -> None:
    program.open_file(file, window)
    assert len(program.windows) == 2
    program.open_file(file)
    assert len(program.windows) == 2


def test_a_file_is_dropped_on_the_window(program: Program, file: Path) -> None:
    window = program.open_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)), QUrl("https://example.org/other.db")])
    nothing, none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, nothing, none))
    assert window.path == file


def test_recent_files_are_remembered_and_missing_ones_greyed(program: Program, file: Path) -> None:
    program.open_file(file)
    program.windows[0].close()
    assert Preferences().recent_files == (file,)
    file.unlink()
    window = program.open_window()
    menu = next(menu for menu in window.findChildren(QMenu) if menu.title() == "Open recent")
    assert [action.isEnabled() for action in menu.actions()] == [False]
    assert "is not there any more" in menu.actions()[0].text()


def test_a_file_opened_again_is_typed_in_where_it_was_left(
    program: Program, file: Path, qtbot: QtBot
) -> None:
    program.open_file(file)
    window = program.windows[0]
    window.settle()
    window.carry_out("page.transactions")
    window.close()
    program.open_file(file)
    window = program.windows[-1]
    window.settle()
    window.activateWindow()
    table = "table.transactions"
    qtbot.waitUntil(lambda: (one := window.focusWidget()) is not None and one.objectName() == table)


def test_a_sample_opens_as_a_copy_that_was_never_saved(program: Program) -> None:
    from neocapgui.exchange.samples import SAMPLES

    program.open_sample(SAMPLES[0].name)
    window = program.windows[0]
    assert window.path is None
    assert window.session is not None
    assert window.session.ledger.title == SAMPLES[0].title


def test_an_unknown_sample_is_told_with_the_names_of_the_known_ones(program: Program) -> None:
    program.open_sample("nothing")
    assert label(program.windows[0], "start.said").startswith("There is no sample “nothing”")


def test_a_new_scenario_is_empty_and_says_what_to_do(program: Program) -> None:
    window = program.open_window()
    window.carry_out("file.new")
    assert window.session is not None
    assert len(window.session.ledger.issuers) == 0
    for page in ("cap_table", "transactions", "securities", "group", "prices", "findings", "history"):
        window.carry_out(f"page.{page}")
        assert window.grab().width() > 0


def test_preferences_stay_in_the_folder_they_are_given(home: Path, program: Program, file: Path) -> None:
    program.open_file(file)
    assert (home / "preferences.ini").is_file()


def test_a_window_that_expects_a_file_makes_a_start_page_only_where_the_file_is_refused(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    window = program.open_window(expects=True)
    assert window.findChild(QWidget, "page.start") is None
    missing = tmp_path / "missing.db"
    program.open_file(missing, window)
    program.settle()
    page = window.findChild(QWidget, "page.start")
    assert page is not None
    assert page.isVisible()
    said = page.findChild(QLabel, "start.said")
    assert said is not None
    assert said.text() == "missing.db is not there."


def test_what_is_listed_before_the_start_page_is_made_stands_on_it(program: Program) -> None:
    window = program.open_window(expects=True)
    program.offer_samples()
    window.show_start()
    page = window.findChild(QWidget, "page.start")
    assert page is not None
    assert "NeoTherapeutics" in " ".join(label.text() for label in page.findChildren(QLabel))
