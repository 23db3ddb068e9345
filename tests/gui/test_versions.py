"""Versions kept while one works, and the dialog that shows, compares and opens them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from neocapgui.document import versions
from neocapgui.document.document import Document
from neocapgui.document.versions import Version
from neocapgui.gui.app import Program
from neocapgui.gui.dialogs.versions_dialog import VersionsDialog
from neocapgui.gui.files.version_keeping import VersionKeeping
from neocapgui.gui.main_window import MainWindow
from neocapgui.gui.session import Session
from neocapgui.ledger.edits import add, correct
from neocapgui.ledger.facts import Stakeholder
from tests.document.ledgers import facts
from tests.gui.conftest import ADA, acme_ledger
from tests.gui.pages import button, cells, point, said, table

GOLDEN = Path(__file__).parents[1] / "golden"
DORA = Stakeholder(3, "Dora Fund")


def kept(session: Session) -> tuple[Version, ...]:
    """Return the versions of the document on the screen."""
    return versions.kept(versions.versions_folder(), session.document.id)


def dialog(qtbot: QtBot, session: Session) -> VersionsDialog:
    """Return the dialog, with the latest version compared if there is one."""
    shown = VersionsDialog(session)
    qtbot.addWidget(shown)
    if kept(session):
        with qtbot.waitSignal(shown.compared):
            shown.show()
    else:
        shown.show()
    return shown


@pytest.fixture
def keeping(session: Session) -> Iterator[VersionKeeping]:
    """What keeps versions of Acme; it ends with its test, in the thread it began in."""
    keeping = VersionKeeping(session)
    yield keeping
    keeping.settle()
    keeping.deleteLater()


# Keeping


def test_each_save_keeps_a_version_of_the_file(
    session: Session, keeping: VersionKeeping, tmp_path: Path
) -> None:
    file = tmp_path / "acme.db"
    for number in (3, 4):
        session.do(add(f"Add {number}", [Stakeholder(number, str(number))]))
        session.save(file)
        keeping.settle()
    assert [version.reason for version in kept(session)] == ["saved", "saved"]
    assert kept(session)[0].path.read_bytes() == file.read_bytes()
    with Document.copy_of(kept(session)[1].path) as earlier:
        assert list(earlier.ledger.stakeholders) == [1, 2, 3]


def test_what_was_edited_since_is_kept_at_intervals_and_nothing_else(
    session: Session, keeping: VersionKeeping
) -> None:
    keeping.keep_interval()
    keeping.settle()
    assert kept(session) == ()
    session.do(add("Add Dora Fund", [DORA]))
    for _ in range(2):
        keeping.keep_interval()
        keeping.settle()
    (version,) = kept(session)
    assert version.reason == "interval"
    with Document.open(version.path) as earlier:
        assert earlier.warnings == ()
        assert facts(earlier.ledger) == facts(session.ledger)
        assert earlier.history == session.history
    session.undo()
    keeping.keep_interval()
    keeping.settle()
    assert len(kept(session)) == 2
    assert list(versions.versions_folder().glob("*.copying*")) == []


def test_a_version_that_is_kept_late_goes_where_it_was_to_go(
    session: Session, keeping: VersionKeeping, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = Event()
    keeping._pool.submit(free.wait)
    session.do(add("Add Dora Fund", [DORA]))
    keeping.keep_interval()
    session.save(tmp_path / "acme.db")
    monkeypatch.setenv("NEOCAPGUI_HOME", str(tmp_path / "elsewhere"))
    free.set()
    keeping.settle()
    assert len(versions.kept(home / "versions", session.document.id)) == 2
    assert not (tmp_path / "elsewhere").exists()


def test_a_version_that_cannot_be_kept_stops_no_work(
    session: Session, keeping: VersionKeeping, home: Path, qtbot: QtBot
) -> None:
    home.mkdir(exist_ok=True)
    (home / "versions").write_text("no folder")
    session.do(add("Add Dora Fund", [DORA]))
    with qtbot.waitSignal(keeping.troubled) as told:
        keeping.keep_interval()
    assert told.args is not None
    assert str(told.args[0]).endswith(".")
    assert session.history.done[-1].edit.label == "Add Dora Fund"


def test_a_file_of_an_older_format_is_kept_as_it_was_before_it_is_saved(
    session: Session, keeping: VersionKeeping, tmp_path: Path
) -> None:
    old_file = Path(shutil.copy(GOLDEN / "version-1.db", tmp_path))
    before = old_file.read_bytes()
    session.show(Document.open(old_file))
    session.save(old_file)
    keeping.settle()
    assert sorted(version.reason for version in kept(session)) == ["opened", "saved"]
    (original,) = [version for version in kept(session) if version.reason == "opened"]
    assert original.path.read_bytes() == before
    assert old_file.read_bytes() != before


# The dialog


@pytest.fixture
def saved(session: Session, keeping: VersionKeeping, tmp_path: Path) -> Session:
    """Acme saved twice, and edited once more."""
    for number in (3, 4):
        session.do(add(f"Add {number}", [Stakeholder(number, f"Fund {number}")]))
        session.save(tmp_path / "acme.db")
        keeping.settle()
    ada = session.ledger.stakeholders[ADA]
    session.do(correct("Rename", ada, replace(ada, name="Adele")))
    return session


def test_the_versions_are_listed_with_what_differs_from_the_screen(saved: Session, qtbot: QtBot) -> None:
    shown = dialog(qtbot, saved)
    assert said(shown).startswith("2 versions of acme.db, ")
    assert "of at most 2.0 GB" in said(shown)
    view, differing = table(shown, "versions"), table(shown, "differences")
    assert cells(view, "Reason") == ["Saved", "Saved"]
    assert len(differing.table_model.table.rows) == 1
    assert cells(differing, "In the version") == ["Ada"]
    assert cells(differing, "On the screen") == ["Adele"]
    with qtbot.waitSignal(shown.compared):
        point(view, 1, "Kept")
    assert "2 facts differ: 1 added, 1 changed." in said(shown)
    with qtbot.waitSignal(shown.compared):
        saved.undo()
    assert "1 fact differs: 1 added." in said(shown)


def test_without_versions_it_says_when_they_are_kept(session: Session, qtbot: QtBot) -> None:
    shown = dialog(qtbot, session)
    assert "No version has been kept yet." in said(shown)
    assert not button(shown, "Open as a copy").isEnabled()
    assert not button(shown, "Compare").isEnabled()


def test_a_damaged_version_is_told_in_a_sentence(saved: Session, qtbot: QtBot) -> None:
    latest = kept(saved)[0].path
    content = latest.read_bytes()
    latest.write_bytes(content[:4096] + bytes(len(content) - 4096))
    shown = dialog(qtbot, saved)
    assert f"{latest.name} could not be opened" in said(shown)
    assert not table(shown, "differences").table_model.table.rows
    latest.write_bytes(content.replace(b"Fund 3", b"Find 3"))
    with qtbot.waitSignal(shown.compared):
        shown.compare()
    assert "Row 3 of the table stakeholders is not as it was saved" in said(shown)


def test_a_version_opens_as_a_copy_in_a_window_of_its_own(
    program: Program, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    session = window.session
    assert session is not None
    session.save(tmp_path / "acme.db")
    keeping = session.findChild(VersionKeeping)
    assert isinstance(keeping, VersionKeeping)
    keeping.settle()
    session.do(add("Add Dora Fund", [DORA]))
    window.carry_out("document.versions")
    shown = window.findChild(VersionsDialog)
    assert shown is not None
    with qtbot.waitSignal(shown.compared):
        shown.compare()
    button(shown, "Open as a copy").click()
    program.settle()
    other = program.windows[-1]
    assert other is not window
    assert other.session is not None
    assert other.path is None
    assert facts(other.session.ledger) == facts(acme_ledger())
    assert other.session.document.id != session.document.id
    assert DORA.id in session.ledger.stakeholders
