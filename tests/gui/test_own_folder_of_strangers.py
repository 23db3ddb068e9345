"""What a stranger put into the folder of the program is not followed, not taken away, and ends no start."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from neocapgui.document.document import Document
from neocapgui.document.unsaved import unsaved
from neocapgui.gui.preferences import Preferences
from neocapgui.gui.problem import CRASH
from neocapgui.gui.problem_log import LOG, ProblemLog
from neocapgui.gui.recovery import discarded, leftovers, reopen
from neocapgui.ledger.edits import correct
from tests.gui.conftest import acme_ledger
from tests.gui.slow_disk import acme_file

if TYPE_CHECKING:
    from neocapgui.gui.app import Program

YEARS_AGO = time.time() - 1000 * 86400
PRECIOUS = "What somebody wrote."


def unsaved_work(folder: Path, file: Path | None = None) -> Path:
    """Return a working copy with one edit that a program left in a folder."""
    document = Document.create(acme_ledger(), folder) if file is None else Document.open(file, folder)
    scenario = document.ledger.scenario[1]
    document.do(correct("Rename", scenario, replace(scenario, title="Left")))
    document.close(keep=True)
    return document.working_copy


def aged(path: Path) -> Path:
    os.utime(path, (YEARS_AGO, YEARS_AGO))
    return path


def test_files_of_other_names_are_neither_offered_nor_taken_away(home: Path, tmp_path: Path) -> None:
    own = unsaved_work(home / "working")
    sound = acme_file(tmp_path / "acme.db")
    strangers = []
    for folder in (home / "working", home / "discarded"):
        folder.mkdir(exist_ok=True)
        strangers += [
            aged(Path(shutil.copy(sound, folder / "my only copy.db"))),
            aged(Path(shutil.copy(sound, folder / f"{uuid4()} (2).db"))),
        ]
        for name in ("a\nb\u202e.db", "empty.db", "notes.copying.txt"):
            strangers.append(folder / name)
            strangers[-1].write_bytes(b"")
            aged(strangers[-1])
    assert [left.working_copy for left in leftovers()] == [own]
    assert discarded() == ()
    assert [path for path in strangers if not path.exists()] == []


def test_a_link_to_work_elsewhere_is_not_followed(home: Path, tmp_path: Path) -> None:
    elsewhere = unsaved_work(tmp_path / "elsewhere")
    before = elsewhere.read_bytes()
    for folder in (home / "working", home / "discarded"):
        folder.mkdir(parents=True)
        (folder / elsewhere.name).symlink_to(elsewhere)
    assert (leftovers(), discarded()) == ((), ())
    assert [(folder / elsewhere.name).is_symlink() for folder in home.iterdir()] == [True, True]
    assert elsewhere.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes with a place in a folder.")
def test_nobody_waits_at_a_pipe(home: Path, program: Program) -> None:
    working = home / "working"
    held = unsaved_work(working)
    for place in (
        working / f"{uuid4()}.db",
        held.with_name(f"{held.name}.lock"),
        home / "preferences.ini",
        home / LOG,
    ):
        place.unlink(missing_ok=True)
        os.mkfifo(place)
    assert leftovers() == ()
    assert Preferences().recent_files == ()
    assert not ProblemLog(home).add("A note\n")
    assert program.open_window().isVisible()


def test_a_log_that_is_a_link_leads_to_no_file_of_the_user(home: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text(PRECIOUS)
    home.mkdir()
    for name in (LOG, CRASH):
        (home / name).symlink_to(precious)
    assert not ProblemLog(home).add("A note\n")
    assert precious.read_text() == PRECIOUS


def test_a_file_used_last_that_cannot_be_reached_keeps_no_window_from_opening(
    home: Path, tmp_path: Path, program: Program
) -> None:
    used = json.dumps([str(tmp_path / ("n" * 5000))])  # refused by the system as a disk is that is gone
    home.mkdir(exist_ok=True)
    (home / "preferences.ini").write_text(f"[recent]\nfiles = {used}\npinned = {used}\n")
    assert len(Preferences().recent_files) == 1
    assert Preferences().folder in (Path.home(), tmp_path)
    assert program.open_window().isVisible()


def test_work_that_names_a_file_and_not_what_stood_in_it_is_saved_over_nothing(
    home: Path, tmp_path: Path
) -> None:
    file = acme_file(tmp_path / "acme.db")
    left = unsaved_work(home / "working", file)
    with closing(sqlite3.connect(left, isolation_level=None)) as connection:
        connection.execute("DELETE FROM meta WHERE key = 'stamp'")
    (leftover,) = leftovers()
    with reopen(leftover) as document:
        assert document.path is None
        assert document.ledger.title == "Left"


def test_work_on_a_file_whose_place_is_out_of_reach_is_told_whole(home: Path, tmp_path: Path) -> None:
    left = unsaved_work(home / "working", acme_file(tmp_path / "acme.db"))
    gone = str(tmp_path / ("n" * 5000) / "acme.db")
    with closing(sqlite3.connect(left, isolation_level=None)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'origin'", (gone,))
    found = unsaved(left)
    assert found is not None
    assert not found.is_origin_there
    assert [one.trouble for one in leftovers()] == [""]
